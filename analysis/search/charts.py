"""The chart of a search: levers and what they give in fresh worlds, a line a package, dark where regret is small."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.report.charts.bar_rows import Slide
from analysis.report.charts.layout import Heading
from analysis.report.charts.parallel_lines import (
    ParallelAxis,
    ParallelLine,
    ParallelWords,
    parallel_chart,
    parallel_page,
)
from analysis.search.front import front_table
from analysis.search.plan import Objective
from analysis.search.search import BASE, SearchResult, is_searched
from analysis.search.sentences import measure_figure, measure_label
from analysis.words import band_of
from model.catalogue import Catalogue

FRONT = "front"


def front_chart(found: SearchResult, words: Catalogue) -> Slide:
    """Return the chart as a slide."""
    return parallel_chart(_heading(found, words), axes_of(found, words), lines_of(found, words), _words(words))


def front_page(found: SearchResult, words: Catalogue) -> str:
    """Return the chart as a page in which axes are brushed."""
    tag = {"en": "en", "zh": "zh-Hans"}[words.language]
    band = band_of(found.plan.is_invented, words)
    heading = _heading(found, words)
    return parallel_page(heading, axes_of(found, words), lines_of(found, words), _words(words), (tag, band))


def axes_of(found: SearchResult, words: Catalogue) -> list[ParallelAxis]:
    """Return an axis for each lever over its range, and for each objective over the candidates; better is up."""
    levers = [
        ParallelAxis(
            words.text(f"parameters.{lever.path}.label"),
            words.text("search.chart_levers"),
            lever.low,
            lever.high,
            "{:.3g}".format,
        )
        for lever in found.plan.levers
    ]
    table = front_table(found).iloc[_drawn(found)]
    return [*levers, *(_axis(one, table, words) for one in found.plan.objectives)]


def _axis(one: Objective, table: pd.DataFrame, words: Catalogue) -> ParallelAxis:
    values = table[f"{one.measure}_{one.over}"]
    low, high = float(values.min()), float(values.max())
    is_less_better = one.better == "less" or one.over == "regret"
    bottom, top = (high, low) if is_less_better else (low, high)
    title = words.text("search.chart_axis").format(
        measure=measure_label(one.measure, words), over=words.text(f"search.over_{one.over}")
    )
    return ParallelAxis(title, words.text("search.chart_objectives"), bottom, top, _written(one.measure))


def _written(measure: str) -> Callable[[float], str]:
    return lambda value: measure_figure(measure, value)


def lines_of(found: SearchResult, words: Catalogue) -> list[ParallelLine]:
    """Return a line for each candidate that is kept, and for the base scenario."""
    table, regret = front_table(found), mean_regret(found)
    numbers = {candidate: number for number, candidate in enumerate(found.shown, start=1)}
    lines = []
    for candidate in _drawn(found):
        row, name = table.iloc[candidate], found.names[candidate]
        is_base = name == BASE
        values = [float(value) for value in found.levers[candidate]]
        values += [float(row[f"{one.measure}_{one.over}"]) for one in found.plan.objectives]
        if is_searched(name):
            name = words.text("search.candidate").format(n=name.rpartition("_")[2])
        if candidate in numbers:
            name = words.text("search.package").format(n=numbers[candidate])
        shown = words.text("search.base") if is_base else name
        mark = str(numbers.get(candidate, ""))
        lines.append(ParallelLine(shown, tuple(values), float(regret[candidate]), mark, is_base))
    return lines


def _drawn(found: SearchResult) -> list[int]:
    """Return the candidates that are drawn: all that are kept, and the base scenario."""
    return sorted({*found.kept, found.names.index(BASE)})


def mean_regret(found: SearchResult) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the greatest regret of every candidate, each measure from 0 to 1 over those drawn, and their mean."""
    table, drawn = front_table(found), _drawn(found)
    measures = list(dict.fromkeys(one.measure for one in found.plan.objectives))
    regrets = table[[f"{measure}_regret" for measure in measures]].to_numpy(dtype=np.float64)
    low, width = regrets[drawn].min(axis=0), np.ptp(regrets[drawn], axis=0)
    mean = ((regrets - low) / np.where(width > 0.0, width, 1.0)).mean(axis=1)
    least, most = mean[drawn].min(), mean[drawn].max()
    scaled: np.ndarray[tuple[int], np.dtype[np.float64]] = (mean - least) / (most - least or 1.0)
    return np.clip(scaled, 0.0, 1.0)


def _heading(found: SearchResult, words: Catalogue) -> Heading:
    return Heading(
        str(getattr(found.plan.shown_title, words.language)),
        words.text("search.chart_reading").format(n=len(_drawn(found)) - 1, worlds=found.plan.check.worlds),
        words.text("search.no_optimum"),
    )


def _words(words: Catalogue) -> ParallelWords:
    return ParallelWords(**{name: words.text(f"search.chart_{name}") for name in ParallelWords._fields})

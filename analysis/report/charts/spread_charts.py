"""Charts of many points: their effects in order, a measure over each factor, and replications as they are added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.design.sampling import kind_of
from analysis.design.specification import Factor, Specification
from analysis.report.charts import style
from analysis.report.charts.effects import paired_effects
from analysis.report.charts.grid_maps import grid_of, told_level
from analysis.report.charts.layout import Heading, Legend, fitted
from analysis.report.charts.small_panels import small_panels
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import WINDOW_MONTHS
from analysis.report.contents import Contents, Replication, leading_measures
from analysis.report.section_words import label, level_text, point_text
from analysis.words import words_in
from model.catalogue import Catalogue
from model.measures import headline_measures
from model.scenario import Text

Floats = NDArray[np.float64]
_CLEAR, _UNCLEAR = style.POINT, "#b9b9b9"
_MOST_DRAWN = 2000  # points of a curve; more cannot be told apart
_BINS = 12
_MOST_ROWS = 20
_BETWEEN_LEVELS = 0.08
_LINES_OF_A_LEVEL = 2
_MOST_PROFILES = 15
_MIDDLE = (10.0, 50.0, 90.0)


@chart_style()
def effects_in_order(effects: pd.DataFrame, measures: tuple[str, ...], catalogue: Catalogue) -> Figure:
    """Return a chart of the differences of all points from the base scenario, in ascending order, a panel a measure."""
    n = int(effects["point"].nunique())
    heading = Heading(
        catalogue.text("charts.effects_in_order"),
        catalogue.text("charts.effects_in_order_reading").format(n=f"{n:,}"),
        catalogue.text("charts.not_a_forecast"),
    )
    legend = Legend(
        (Patch(color=_CLEAR), Patch(color=_UNCLEAR)),
        (catalogue.text("charts.interval_without_0"), catalogue.text("charts.interval_with_0")),
    )
    titles = [catalogue.text(f"measures.{measure}.label") for measure in measures]
    figure, panels = small_panels(heading, titles, legend)
    for axes, measure in zip(panels, measures, strict=True):
        rows = effects[effects["measure"] == measure].sort_values("difference", kind="stable")
        rows = rows[rows["difference"].notna()]
        _draw_in_order(axes, rows[["difference", "low", "high"]].to_numpy(dtype=np.float64))
        _set_measure_axis(axes, measure)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    return figure


def _draw_in_order(axes: Axes, rows: Floats) -> None:
    if not len(rows):
        return
    chosen = np.unique(np.linspace(0, len(rows) - 1, min(len(rows), _MOST_DRAWN)).astype(int))
    difference, low, high = rows[chosen].T
    is_clear = (low > 0.0) | (high < 0.0)
    width = max(0.4, 260.0 / len(chosen))
    for which, colour in ((~is_clear, _UNCLEAR), (is_clear, _CLEAR)):
        axes.vlines(chosen[which], low[which], high[which], color=colour, linewidth=min(width, 5.0), alpha=0.55,
                    rasterized=len(chosen) > 300)  # fmt: skip
        axes.plot(chosen[which], difference[which], linestyle="", marker=".", markersize=min(2.0 + width, 7.0),
                  color=colour, rasterized=len(chosen) > 300)  # fmt: skip
    axes.axhline(0.0, color=style.INK, linewidth=1.0)
    # Intervals of a few pairs of runs can be so wide that nothing else would be seen.
    room = 0.15 * float(np.ptp(rows[:, 0])) or 1e-6
    low_end, high_end = min(0.0, float(rows[:, 0].min())), max(0.0, float(rows[:, 0].max()))
    if len(rows) > _MOST_DRAWN // 10:
        axes.set_ylim(low_end - room, high_end + room)
    axes.set_xlim(-0.02 * len(rows) - 0.5, 1.02 * len(rows) - 0.5)


@chart_style()
def factor_profiles(
    specification: Specification, points: Floats, means: pd.DataFrame, measure: str, catalogue: Catalogue
) -> Figure:
    """Return a chart of a measure over each factor: the median and the middle 80% of the points at like values.

    What lies within the band is what the other factors do; it is no interval of confidence.
    """
    name = catalogue.text(f"measures.{measure}.label")
    heading = Heading(
        catalogue.text("charts.profiles").format(measure=name),
        catalogue.text("charts.profiles_reading").format(n=f"{len(points):,}"),
        catalogue.text("charts.not_a_forecast"),
    )
    legend = Legend(
        (Line2D([], [], color=_CLEAR, linewidth=2.4), Patch(color=_CLEAR, alpha=style.BAND_OPACITIES[1])),
        (catalogue.text("charts.median_of_points"), catalogue.text("charts.middle_of_points")),
    )
    titles = [label(path, catalogue) for path in specification.factor_paths]
    figure, panels = small_panels(heading, titles, legend)
    values = means[means["measure"] == measure].sort_values("point")["mean"].to_numpy(dtype=np.float64)
    for axes, factor, column in zip(panels, specification.factors, points.T, strict=True):
        if factor.levels:
            _draw_levels(axes, specification, factor, (column, values), catalogue)
            _set_measure_axis(axes, measure)
            continue
        middles, spread = binned(column, values)
        axes.fill_between(middles, spread[:, 0], spread[:, 2], color=_CLEAR, alpha=style.BAND_OPACITIES[1], linewidth=0)
        axes.plot(middles, spread[:, 1], color=_CLEAR, linewidth=2.4, marker="o" if len(middles) < 8 else "")
        _set_measure_axis(axes, measure)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    limits = [axes.get_ylim() for axes in panels]
    for axes in panels:
        axes.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))
    return figure


def _draw_levels(
    axes: Axes, specification: Specification, factor: Factor, points: tuple[Floats, Floats], catalogue: Catalogue
) -> None:
    """Draw the median and the middle 80% at each level of a factor without an order, side by side; no line joins them.

    `points` are the factor's value and the measure's at each point of the design.
    """
    column, values = points
    places = np.arange(len(factor.values), dtype=np.float64)
    spread = np.array([np.nanpercentile(values[column == value], [10, 50, 90]) for value in factor.values])
    axes.vlines(places, spread[:, 0], spread[:, 2], color=_CLEAR, alpha=style.BAND_OPACITIES[1], linewidth=12)
    axes.plot(places, spread[:, 1], color=_CLEAR, linestyle="", marker="o")
    room = axes.get_position().width * style.SLIDE_WIDTH / len(places) - _BETWEEN_LEVELS
    names = [level_text(specification, factor, value, catalogue) for value in factor.values]
    fitting = [fitted(name, room, style.TICK_SIZE, _LINES_OF_A_LEVEL) for name in names]
    axes.set_xticks(places, [words.text for words in fitting])
    for tick, words in zip(axes.get_xticklabels(), fitting, strict=True):
        tick.set_fontsize(words.size)
    axes.set_xlim(-0.5, len(names) - 0.5)


def binned(column: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return middles of bins of a factor, shape (bins,), and the 10th, 50th and 90th percentile of values in each."""
    different = np.unique(column)
    if len(different) > _BINS:
        ends = np.linspace(different[0], different[-1], _BINS + 1)
        places = np.clip(np.searchsorted(ends, column, side="right") - 1, 0, _BINS - 1)
        middles = (ends[1:] + ends[:-1]) / 2
    else:
        places, middles = np.searchsorted(different, column), different
    kept = [place for place in range(len(middles)) if np.any(~np.isnan(values[places == place]))]
    spread = np.array([np.nanpercentile(values[places == place], _MIDDLE) for place in kept]).reshape(-1, 3)
    return middles[kept], spread


@chart_style()
def convergence_chart(replication: tuple[Replication, ...], catalogue: Catalogue) -> Figure:
    """Return a chart of the mean of the base scenario with its 95% interval as replications are added."""
    heading = Heading(
        catalogue.text("charts.convergence"),
        catalogue.text("charts.convergence_reading"),
        catalogue.text("charts.not_a_forecast"),
    )
    legend = Legend(
        (Line2D([], [], color=_CLEAR, linewidth=2.4), Patch(color=_CLEAR, alpha=style.BAND_OPACITIES[1])),
        (catalogue.text("charts.mean_so_far"), catalogue.text("charts.interval_95")),
    )
    titles = [catalogue.text(f"measures.{item.measure}.label") for item in replication]
    figure, panels = small_panels(heading, titles, legend)
    for axes, item in zip(panels, replication, strict=True):
        n, mean, half = running(item.values)
        axes.fill_between(n, mean - half, mean + half, color=_CLEAR, alpha=style.BAND_OPACITIES[1], linewidth=0.0)
        axes.plot(n, mean, color=_CLEAR, linewidth=2.4)
        _set_measure_axis(axes, item.measure)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    return figure


def running(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return for every number of values from 3 on: it, the mean of the first so many, and half its 95% interval."""
    n = np.arange(1.0, len(values) + 1.0)
    mean = np.cumsum(values) / n
    squares = np.array([np.sum((values[: k + 1] - mean[k]) ** 2) for k in range(len(values))])
    error = np.sqrt(squares / np.maximum(n - 1, 1.0) / n)
    half = stdtrit(np.maximum(n - 1, 1.0), 0.975) * error
    return n[2:], mean[2:], half[2:]


def _set_measure_axis(axes: Axes, measure: str) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: told_level(measure, value)))


def convergence_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws the chart of convergence in a report, if there are replications enough to see any."""
    if all(len(item.values) <= 2 for item in contents.replication):
        return {}
    return {"convergence": lambda: convergence_chart(contents.replication, words)}


def effect_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws the chart of effects in a report.

    The points of a sensitivity design are a sample for the indices: to see each of them says nothing.
    """
    if len(contents.points) <= 1 or contents.ablation is not None or contents.indices is not None:
        return {}
    return {"effects": lambda: _effects(contents, words)}


def _effects(contents: Contents, words: Catalogue) -> Figure:
    """Return the chart of effects: a row for each point if they are few, else all points in order."""
    specification = contents.specification
    is_usual_window = specification.window_until is None and (
        specification.window_months == min(WINDOW_MONTHS, specification.base.months)
    )
    has_all = set(headline_measures()) <= set(contents.measures)
    if len(contents.points) > _MOST_ROWS or not is_usual_window or not has_all:
        return effects_in_order(contents.effects, contents.measures, words)
    scenarios = [specification.base]
    for number, point in enumerate(contents.points):
        titles = (point_text(specification, point, number, words_in(language)) for language in ("en", "zh"))
        scenarios.append(replace(specification.base, name=f"point {number}", title=Text(*titles)))
    table = contents.effects.assign(
        scenario="point " + contents.effects["point"].astype(str), baseline_mean=contents.effects["reference_mean"]
    )
    return paired_effects(table, scenarios, words)


def profile_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws a leading measure over each factor in a report, where no map shows it better."""
    specification = contents.specification
    has_map = contents.best is not None or grid_of(specification, contents.points, contents.means) is not None
    is_readable = len(specification.factors) <= _MOST_PROFILES and kind_of(specification.design).fills_space
    if contents.ablation is not None or has_map or not is_readable:
        return {}
    return {
        f"profiles_{number}": lambda measure=measure: factor_profiles(  # type: ignore[misc]
            specification, contents.points, contents.means, measure, words
        )
        for number, measure in enumerate(leading_measures(contents), 1)
    }

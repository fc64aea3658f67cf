"""What a notebook shows of an experiment: what it is, its measures over the points, and charts of the first one."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd

from analysis.design.specification import Specification
from model.catalogue import labels
from model.notebook import Axis, dot_chart
from model.notebook import table as html_table

_MOST_CHARTS = 4
_FEWEST_POINTS = 2


def page_of(told: str, specification: Specification, runs: pd.DataFrame) -> str:
    """Return a page on an experiment: `told` in one line, and what its finished runs, a row each, come to.

    Measures are means over the replications of a point. Charts show the first measure over the factors with which it
    goes together most, by Spearman's rank correlation.
    """
    title, question = specification.title, specification.question
    parts = [
        f"<p><b>{html.escape(f'{title.en} / {title.zh}')}</b><br>{html.escape(f'{question.en} / {question.zh}')}<br>"
        f"{html.escape(told)}</p>"
    ]
    paths, measures = list(specification.factor_paths), list(specification.measures)
    points = runs.groupby("point")[[*paths, *measures]].mean() if len(runs) else runs[[*paths, *measures]]
    factors = [
        (one.path, _both_labels("parameters", one.path), f"{one.low:.4g}", f"{one.high:.4g}")
        for one in specification.factors
    ]
    if factors:
        parts.append(html_table(("factor", "", "from", "to"), factors))
    parts.append(html_table(("measure", "", "mean", "least", "greatest"), [_row(name, points) for name in measures]))
    if len(points) >= _FEWEST_POINTS and measures:
        parts += [_chart(path, measures[0], points) for path in _strongest(paths, measures[0], points)]
    return "".join(parts)


def _row(name: str, points: pd.DataFrame) -> tuple[str, ...]:
    there = points[name].dropna()
    numbers = (there.mean(), there.min(), there.max()) if len(there) else ()
    cells = [f"{number:.4g}" for number in numbers] or ["-"] * 3
    return (name, _both_labels("measures", name), *cells)


def _strongest(paths: list[str], measure: str, points: pd.DataFrame) -> list[str]:
    """Return the factors with which a measure goes together most; those that have one value are left out."""
    varied = [path for path in paths if points[path].nunique() > 1]
    if points[measure].nunique() < _FEWEST_POINTS:
        return varied[:_MOST_CHARTS]
    ranks = points[[*varied, measure]].rank()
    strength = {path: abs(float(np.nan_to_num(ranks[path].corr(ranks[measure])))) for path in varied}
    return sorted(varied, key=lambda path: -strength[path])[:_MOST_CHARTS]


def _chart(path: str, measure: str, points: pd.DataFrame) -> str:
    label, values = _both_labels("measures", measure), points[measure].to_numpy(dtype=float)
    there = values[np.isfinite(values)]
    ends = (float(there.min()), float(there.max())) if len(there) else (0.0, 1.0)
    low, high = float(points[path].min()), float(points[path].max())
    axes = (Axis(_both_labels("parameters", path), low, high), Axis(label, *ends))
    return dot_chart(f"{measure}, {path}", axes, points[path].to_numpy(dtype=float), values)


def _both_labels(kind: str, name: str) -> str:
    """Return the label of a parameter or measure in both languages; its own name where there is none."""
    try:
        told = [labels(language).text(f"{kind}.{name}.label") for language in ("en", "zh")]
    except KeyError:
        return name
    return " / ".join(told)

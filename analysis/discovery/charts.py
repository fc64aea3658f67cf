"""The charts of a discovery: how each box was peeled, and where its limits lie in the ranges that were sampled."""

from __future__ import annotations

import math

import numpy as np

from analysis.design.specification import Factor
from analysis.discovery.discovery import Discovery, Limit
from analysis.discovery.sentences import label_of
from analysis.report.charts import style
from analysis.report.charts.bar_rows import Slide
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.layout import Heading
from analysis.report.charts.peeling_chart import Peeling, PeelingWords, peeling_chart
from analysis.report.charts.style import chart_style
from model.catalogue import Catalogue

LIMITS, PEELING = "limits", "peeling"


def charts_of(what: str, found: Discovery, words: Catalogue) -> dict[str, Slide]:
    """Return the charts of a discovery by the names of their files: none if nothing was found.

    `what` is the condition in words. A tree peels nothing, so that it has the chart of limits alone.
    """
    if not found.boxes:
        return {}
    charts = {LIMITS: _limits(what, found, words)}
    if all(box.peeling for box in found.boxes):
        charts[PEELING] = _peelings(what, found, words)
    return charts


@chart_style()
def _limits(what: str, found: Discovery, words: Catalogue) -> Slide:
    """Return the limits as shares of the ranges sampled, with the middle 80% of the resamples that have them."""
    factors = {factor.path: factor for factor in found.factors}
    names, dots = [], []
    for number, box in enumerate(found.boxes, start=1):
        for limit in box.limits:
            names.append(_name(number, limit, factors[limit.path], words))
            dots.append(_dot(limit, factors[limit.path]))
    title = words.text("discovery.chart_position")
    shares = DotPanel(title, [DotSeries(dots, style.POINT, "o")], "{:.0%}".format)
    resampled = [Dot(limit.share, math.nan, math.nan, limit.is_firm) for box in found.boxes for limit in box.limits]
    again = DotPanel(words.text("discovery.chart_share"), [DotSeries(resampled, style.POINT, "o")], "{:.0%}".format)
    heading = Heading(_capital(what), words.text("discovery.chart_limits"), words.text("discovery.chart_limits_note"))
    return rows_chart(heading, names, [shares, again])


def _dot(limit: Limit, factor: Factor) -> Dot:
    ends = np.array([limit.at, limit.low, limit.high])
    at, low, high = (ends - factor.low) / (factor.high - factor.low)
    return Dot(float(at), float(low), float(high), limit.is_firm)


def _name(number: int, limit: Limit, factor: Factor, words: Catalogue) -> str:
    texts = {
        "n": number,
        "factor": label_of(factor.path, words),
        "side": words.text(f"discovery.{limit.side}"),
        "at": f"{limit.at:.3g}",
    }
    return words.text("discovery.chart_row").format(**texts)


def _peelings(what: str, found: Discovery, words: Catalogue) -> Slide:
    heading = Heading(
        _capital(what),
        words.text("discovery.chart_peeling"),
        words.text("discovery.chart_note"),
    )
    peelings = [
        Peeling(
            words.text("discovery.chart_box" if number == 1 else "discovery.chart_next_box").format(n=number),
            np.array([step.coverage for step in box.peeling]),
            np.array([step.density for step in box.peeling]),
            (box.chosen.coverage, box.chosen.density),
            (box.kept_apart.coverage, box.kept_apart.density),
            box.peeling[0].density,
        )
        for number, box in enumerate(found.boxes, start=1)
    ]
    said = {name: words.text(f"discovery.chart_{name}") for name in PeelingWords._fields}
    return peeling_chart(heading, peelings, found.how.density, PeelingWords(**said))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

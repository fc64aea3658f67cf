"""The charts of a calibration: what is left of each range, prior beside posterior, what goes together, ranks, gaps."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from analysis.inference.calibration import Calibration
from analysis.inference.calibration_document import MANY_DROPPED, label_of
from analysis.inference.inference import IN_PART
from analysis.report.charts import style
from analysis.report.charts.bar_rows import Slide
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.inference_charts import Bars, posterior_chart, ranks_chart, shares_in_bins, table_chart
from analysis.report.charts.layout import Heading
from analysis.report.charts.style import chart_style
from model.catalogue import Catalogue


@chart_style()
def marginals_chart(found: Calibration, words: Catalogue) -> Slide:
    """Return the chart of the marginals: median and 95% interval as shares of the range assumed, and contraction."""
    rows = found.inference.marginals
    width = rows["high"] - rows["low"]
    shares = rows[["median", "q025", "q975"]].sub(rows["low"], axis=0).div(width, axis=0)
    is_told = rows["contraction"] >= IN_PART
    intervals = [
        Dot(float(median), float(low), float(high), bool(told))
        for (median, low, high), told in zip(shares.to_numpy(), is_told, strict=True)
    ]
    points = [
        Dot(float(share), math.nan, math.nan, bool(told))
        for share, told in zip(rows["contraction"], is_told, strict=True)
    ]
    panels = [
        DotPanel(words.text("calibration.chart_left"), [DotSeries(intervals, style.POINT, "o")], "{:.0%}".format),
        DotPanel(words.text("calibration.contraction"), [DotSeries(points, style.POINT, "o")], "{:.1f}".format),
    ]
    note = words.text("calibration.chart_note").format(
        name=found.targets.name, n=f"{len(found.inference.table.points):,}"
    )
    heading = Heading(words.text("calibration.chart"), words.text("calibration.chart_reading"), note)
    return rows_chart(heading, [label_of(name, words) for name in rows["name"]], panels)


def charts_of(found: Calibration, words: Catalogue) -> dict[str, Callable[[], Slide]]:
    """Return the charts by the names of their files, each to be drawn when called.

    Where points were dropped is drawn if they are more than a twentieth.
    """
    charts: dict[str, Callable[[], Slide]] = {
        "marginals": lambda: marginals_chart(found, words),
        "posterior": lambda: _posterior(found, words),
        "ranks": lambda: _ranks(found, words),
    }
    if len(found.inference.prior.names) > 1:
        charts["pairs"] = lambda: _pairs(found, words)
    if float(np.mean(~found.inference.table.is_whole)) > MANY_DROPPED:
        charts["dropped"] = lambda: _dropped(found, words)
    return charts


def _heading(found: Calibration, words: Catalogue, name: str) -> Heading:
    note = words.text("calibration.chart_note").format(
        name=found.targets.name, n=f"{len(found.inference.table.points):,}"
    )
    return Heading(words.text(f"calibration.chart_{name}"), words.text(f"calibration.chart_{name}_reading"), note)


def _posterior(found: Calibration, words: Catalogue) -> Slide:
    prior, table = found.inference.prior, found.inference.table
    panels, before = [], []
    for place, name in enumerate(prior.names):
        ends = (float(prior.low[place]), float(prior.high[place]))
        panels.append(Bars(label_of(name, words), ends, shares_in_bins(found.draws[:, place], ends)))
        is_drawn = prior.of_draws is not None and not math.isnan(float(prior.of_draws[place]))
        rows = table.points[:, place] if is_drawn else np.linspace(*ends, 2_400)
        before.append(shares_in_bins(rows, ends))
    said = (words.text("calibration.chart_draws"), words.text("calibration.chart_prior"))
    return posterior_chart(_heading(found, words, "posterior"), panels, before, said)


def _ranks(found: Calibration, words: Catalogue) -> Slide:
    table = found.inference.check.histograms
    panels = [
        Bars(label_of(name, words), (0.0, 1.0), table.loc[table["name"] == name, "count"].to_numpy(dtype=np.float64))
        for name in found.inference.prior.names
    ]
    band = (float(table["low"].iloc[0]), float(table["high"].iloc[0]))
    said = (words.text("calibration.chart_rank"), words.text("calibration.chart_band"))
    return ranks_chart(_heading(found, words, "ranks"), panels, band, said)


def _pairs(found: Calibration, words: Catalogue) -> Slide:
    names, pairs = found.inference.prior.names, found.inference.pairs
    values = np.full((len(names), len(names)), np.nan)
    for row in pairs.to_dict("records"):
        one, other = sorted((names.index(str(row["first"])), names.index(str(row["second"]))))
        values[other, one] = row["correlation"]
    labels = [f"{number}  {label_of(name, words)}" for number, name in enumerate(names, start=1)]
    numbers = [str(number) for number in range(1, len(names))]
    return table_chart(_heading(found, words, "pairs"), labels, numbers, values[:, :-1], 1.0, is_share=False)


def _dropped(found: Calibration, words: Catalogue) -> Slide:
    rows = found.inference.table.dropped_by_thirds()
    shares = np.array([of_thirds for _, of_thirds in rows])
    columns = [words.text(f"calibration.chart_third_{third}") for third in (1, 2, 3)]
    names = [label_of(name, words) for name, _ in rows]
    most = max(float(shares.max()), MANY_DROPPED)
    return table_chart(_heading(found, words, "dropped"), names, columns, shares, most, is_share=True)

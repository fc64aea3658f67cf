"""Charts of sensitivity: elementary effects or Sobol' indices with their intervals, and the share of luck."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.report.charts import style
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.grid_maps import told_level
from analysis.report.charts.layout import Heading, Legend
from analysis.report.charts.style import chart_style
from analysis.report.contents import Contents, FactorIndices, leading_measures
from model.catalogue import Catalogue

MOST_FACTORS = 20
_FIRST, _TOTAL = ("#d55e00", "s"), (style.POINT, "o")
_HEADINGS = {
    "morris": ("charts.morris", "charts.morris_reading"),
    "saltelli": ("charts.sobol", "charts.sobol_reading"),
}


def deciding_index(found: FactorIndices) -> str:
    """Return the index by which factors are ranked."""
    return "mu_star" if found.method == "morris" else "total"


def ranked_factors(found: FactorIndices, measure: str) -> list[str]:
    """Return the factors, the one that matters most for a measure first; those that cannot be told last."""
    of_measure = found.indices[
        (found.indices["measure"] == measure) & (found.indices["index"] == deciding_index(found))
    ]
    ranked = of_measure.sort_values("value", ascending=False, kind="stable", na_position="last")
    return [str(factor) for factor in ranked["factor"]]


@chart_style()
def sensitivity_chart(found: FactorIndices, measures: tuple[str, ...], catalogue: Catalogue) -> Figure:
    """Return a chart of how much each factor matters: a row a factor, a panel a measure, the strongest factors first.

    For Sobol' indices there is a last row with the share of the variance that is luck.

    Parameters
    ----------
    measures : one to three; the order of the rows is that of the first.
    """
    factors = ranked_factors(found, measures[0])[:MOST_FACTORS]
    names = [catalogue.text(f"parameters.{factor}.label") for factor in factors]
    is_morris = found.method == "morris"
    if not is_morris:
        names.append(catalogue.text("charts.luck"))
    title, reading = _HEADINGS[found.method]
    heading = Heading(
        catalogue.text(title),
        catalogue.text(reading).format(n=len(factors), of=len(ranked_factors(found, measures[0]))),
        catalogue.text("charts.not_a_forecast"),
    )
    panels = [_panel(found, measure, factors, catalogue) for measure in measures]
    return rows_chart(heading, names, panels, None if is_morris else _legend(catalogue))


def _panel(found: FactorIndices, measure: str, factors: list[str], catalogue: Catalogue) -> DotPanel:
    title = catalogue.text(f"measures.{measure}.label")
    if found.method == "morris":
        dots = _dots(found, measure, "mu_star", factors)
        return DotPanel(title, [DotSeries(dots, *_TOTAL)], lambda value: told_level(measure, value))
    share = float(found.noise.loc[found.noise["measure"] == measure, "noise_share"].iloc[0])
    luck = Dot(share, share, share, True)
    none = Dot(float("nan"), float("nan"), float("nan"), False)
    total = [*_dots(found, measure, "total", factors), luck]
    first = [*_dots(found, measure, "first", factors), none]
    return DotPanel(title, [DotSeries(total, *_TOTAL, 0.16), DotSeries(first, *_FIRST, -0.16)], _told_share)


def _told_share(value: float) -> str:
    return f"{100.0 * value:.3g}%".replace("-", "−")


def _dots(found: FactorIndices, measure: str, index: str, factors: list[str]) -> list[Dot]:
    table = found.indices
    chosen = table[(table["measure"] == measure) & (table["index"] == index)].set_index("factor").loc[factors]
    numbers = chosen[["value", "low", "high"]].to_numpy(dtype=np.float64)
    is_told = [verdict != "not enough runs" for verdict in chosen["verdict"]]
    rows = zip(numbers.tolist(), is_told, strict=True)
    return [Dot(value, low, high, is_filled) for (value, low, high), is_filled in rows]


def _legend(catalogue: Catalogue) -> Legend:
    handles = tuple(
        Line2D([], [], color=colour, marker=marker, linestyle="", markersize=7.0) for colour, marker in (_TOTAL, _FIRST)
    )
    return Legend(handles, (catalogue.text("charts.total_index"), catalogue.text("charts.first_index")))


def sensitivity_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws the chart of sensitivity in a report, if its experiment was made for one."""
    found = contents.indices
    if found is None:
        return {}
    return {"sensitivity": lambda: sensitivity_chart(found, leading_measures(contents), words)}

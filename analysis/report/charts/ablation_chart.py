"""Chart of what drives the result: the model without each mechanism, with it alone, and without any."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.report.charts import style
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.grid_maps import told_level
from analysis.report.charts.layout import Heading, Legend
from analysis.report.charts.style import chart_style
from analysis.report.contents import Contents, MechanismEffects, leading_measures
from model.catalogue import Catalogue

_WITHOUT, _ONLY = (style.POINT, "o"), ("#d55e00", "s")


@chart_style()
def ablation_chart(ablation: MechanismEffects, measures: tuple[str, ...], catalogue: Catalogue) -> Figure:
    """Return a chart with a row for each mechanism: what taking it out changes, and what it does alone.

    Differences are from the model as it is (`without`), and from the model without any mechanism (`only`); the last
    row is the model without any against the model as it is. Shares are in percentage points.

    Parameters
    ----------
    measures : one to three.
    """
    rows = ablation.rows
    mechanisms = list(dict.fromkeys(rows.loc[rows["mechanism"] != "", "mechanism"]))
    has_none = bool((rows["case"] == "none").any())
    names = [*mechanisms, *([catalogue.text("charts.no_mechanism")] if has_none else [])]
    heading = Heading(
        catalogue.text("charts.ablation"),
        catalogue.text("charts.ablation_reading"),
        catalogue.text("charts.not_a_forecast"),
    )
    panels = []
    for measure in measures:
        title = catalogue.text(f"measures.{measure}.label")
        without = [_dot(ablation, measure, "without", name) for name in mechanisms]
        only = [_dot(ablation, measure, "only", name) for name in mechanisms]
        if has_none:
            without.append(_dot(ablation, measure, "none", ""))
            only.append(_NOTHING)
        series = [DotSeries(without, *_WITHOUT, 0.16), DotSeries(only, *_ONLY, -0.16)]
        panels.append(DotPanel(title, series, lambda value, name=measure: told_level(name, value)))  # type: ignore[misc]
    return rows_chart(heading, names, panels, _legend(catalogue))


_NOTHING = Dot(float("nan"), float("nan"), float("nan"), False)


def _dot(ablation: MechanismEffects, measure: str, case: str, mechanism: str) -> Dot:
    rows = ablation.rows
    chosen = rows[(rows["case"] == case) & (rows["mechanism"] == mechanism) & (rows["measure"] == measure)]
    if chosen.empty:
        return _NOTHING
    row = chosen.iloc[0]
    low, high = float(row["low"]), float(row["high"])
    return Dot(float(row["difference"]), low, high, low > 0.0 or high < 0.0)


def _legend(catalogue: Catalogue) -> Legend:
    handles = tuple(
        Line2D([], [], color=colour, marker=marker, linestyle="", markersize=7.0)
        for colour, marker in (_WITHOUT, _ONLY)
    )
    return Legend(handles, (catalogue.text("charts.without_it"), catalogue.text("charts.with_it_alone")))


def ablation_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws the chart of mechanisms in a report, if its experiment takes them out."""
    ablation = contents.ablation
    if ablation is None:
        return {}
    return {"mechanisms": lambda: ablation_chart(ablation, leading_measures(contents), words)}

"""Charts over time: innovation and lazy government, the mix of actions, exemption believed and practised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from analysis.report.charts import style
from analysis.report.charts.layout import Heading, Legend
from analysis.report.charts.series import Fans, action_shares_of, fans_of, number_of_runs
from analysis.report.charts.style import Line, chart_style
from analysis.report.charts.time_panels import (
    Frame,
    draw_fan,
    draw_line,
    legend_line,
    legend_of_changes,
    mark_changes,
    mark_changes_by_lines,
    new_time_panels,
    set_share_axis,
)
from analysis.report.charts.words import title_of
from model.catalogue import Catalogue
from model.scenario.scenario import Scenario

_FAN_MEASURES = ("innovation_rate", "lazy_prevalence")
_YEAR = 12
_EXEMPTION_MEASURES = ("perceived_exemption", "actual_exemption")


@chart_style()
def time_fans(months: pd.DataFrame, scenarios: Sequence[Scenario], catalogue: Catalogue) -> Figure:
    """Return a chart of innovation rate and lazy prevalence over time: medians over runs with 50% and 90% bands.

    Up to three scenarios are laid over each other, in a panel for each measure; more have a panel each, in which the
    first scenario is drawn as well, for comparison.

    Parameters
    ----------
    months : the stored table of months: columns scenario, run, month, jurisdiction and the measures; rows of "all".
    scenarios : which of them to show, in that order.

    Raises
    ------
    ValueError
        If there are no months of one of the scenarios.
    """
    fans = fans_of(months, _names(scenarios), _FAN_MEASURES)
    heading = _heading(
        "charts.time_fans", "charts.time_fans_reading", number_of_runs(months, _names(scenarios)), catalogue
    )
    if len(scenarios) <= len(style.OVERLAID):
        return _overlaid(fans, scenarios, heading, catalogue)
    lines = (style.INNOVATION, style.LAZY)
    first = catalogue.text("charts.for_comparison").format(title=title_of(scenarios[0], catalogue))
    legend = Legend(
        (*map(legend_line, lines), legend_line(style.REFERENCE)),
        (catalogue.text("charts.innovation"), catalogue.text("charts.lazy"), first),
    )
    figure, panels = _panels(fans, scenarios, _Words(heading, legend, "charts.share_of_officials"), catalogue)
    for axes, scenario in zip(panels, scenarios, strict=True):
        for measure, line in zip(_FAN_MEASURES, lines, strict=True):
            if scenario is not scenarios[0]:
                draw_line(axes, fans[scenarios[0].name, measure], _reference(line))
            draw_fan(axes, fans[scenario.name, measure], line)
    return figure


@chart_style()
def perceived_and_actual_exemption(months: pd.DataFrame, scenarios: Sequence[Scenario], catalogue: Catalogue) -> Figure:
    """Return a chart of perceived and actual exemption over time, a panel for each scenario.

    Parameters and errors are those of `time_fans`.
    """
    # A month has so few cases that their share would be noise.
    fans = fans_of(months, _names(scenarios), _EXEMPTION_MEASURES, over=_YEAR)
    heading = _heading(
        "charts.exemption_over_time",
        "charts.exemption_over_time_reading",
        number_of_runs(months, _names(scenarios)),
        catalogue,
    )
    lines = (style.PERCEIVED, style.ACTUAL)
    names = tuple(catalogue.text(f"measures.{measure}.label") for measure in _EXEMPTION_MEASURES)
    legend = Legend(tuple(map(legend_line, lines)), names)
    figure, panels = _panels(fans, scenarios, _Words(heading, legend, "charts.share_of_cases"), catalogue)
    for axes, scenario in zip(panels, scenarios, strict=True):
        for measure, line in zip(_EXEMPTION_MEASURES, lines, strict=True):
            draw_fan(axes, fans[scenario.name, measure], line, bands=1)
    return figure


@chart_style()
def action_mix(months: pd.DataFrame, scenarios: Sequence[Scenario], catalogue: Catalogue) -> Figure:
    """Return a chart of the mean shares of the five actions over time as stacked areas, a panel for each scenario.

    Parameters and errors are those of `time_fans`.
    """
    shares = action_shares_of(months, _names(scenarios))
    n_months = max(values.shape[1] for values in shares.values())
    names = tuple(catalogue.text(f"actions.{action}.label") for action in style.ACTION_AREAS)
    legend = Legend(tuple(map(_swatch, style.ACTION_AREAS.values())), names)
    frame = Frame(
        _heading(
            "charts.action_mix", "charts.action_mix_reading", number_of_runs(months, _names(scenarios)), catalogue
        ),
        legend + legend_of_changes(scenarios, catalogue, has_spans=False),
        _titles(scenarios, catalogue),
        catalogue.text("charts.share_of_officials"),
        n_months,
    )
    figure, panels = new_time_panels(frame, catalogue)
    for axes, scenario in zip(panels, scenarios, strict=True):
        _stack(axes, shares[scenario.name])
        mark_changes_by_lines(axes, scenario.changes, n_months)
    set_share_axis(panels, 1.0)
    return figure


class _Words(NamedTuple):
    """The words around the panels: heading, legend but for changes of policy, key of what the upright axis shows."""

    heading: Heading
    legend: Legend
    y_label: str


def _names(scenarios: Sequence[Scenario]) -> list[str]:
    return [scenario.name for scenario in scenarios]


def _heading(title: str, reading: str, n: int, catalogue: Catalogue) -> Heading:
    return Heading(catalogue.text(title), catalogue.text(reading).format(n=n), catalogue.text("charts.not_a_forecast"))


def _titles(scenarios: Sequence[Scenario], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(title_of(scenario, catalogue) for scenario in scenarios)


def _panels(
    fans: Fans, scenarios: Sequence[Scenario], words: _Words, catalogue: Catalogue
) -> tuple[Figure, list[Axes]]:
    """Return a panel for each scenario, with its changes of policy marked."""
    n_months = _longest(fans)
    legend = words.legend + legend_of_changes(scenarios, catalogue)
    y_label = catalogue.text(words.y_label)
    frame = Frame(words.heading, legend, _titles(scenarios, catalogue), y_label, n_months)
    figure, panels = new_time_panels(frame, catalogue)
    for axes, scenario in zip(panels, scenarios, strict=True):
        mark_changes(axes, scenario.changes, n_months)
    set_share_axis(panels, _highest(fans))
    return figure, panels


def _overlaid(fans: Fans, scenarios: Sequence[Scenario], heading: Heading, catalogue: Catalogue) -> Figure:
    """Return a panel for each measure with the scenarios over each other."""
    n_months = _longest(fans)
    lines = style.OVERLAID[: len(scenarios)]
    legend = Legend(tuple(map(legend_line, lines)), _titles(scenarios, catalogue))
    frame = Frame(
        heading,
        legend + legend_of_changes(scenarios, catalogue),
        (catalogue.text("charts.innovation"), catalogue.text("charts.lazy")),
        catalogue.text("charts.share_of_officials"),
        n_months,
    )
    figure, panels = new_time_panels(frame, catalogue)
    for axes, measure in zip(panels, _FAN_MEASURES, strict=True):
        for scenario, line in zip(scenarios, lines, strict=True):
            mark_changes(axes, scenario.changes, n_months, line.colour)
            draw_fan(axes, fans[scenario.name, measure], line)
    set_share_axis(panels, _highest(fans))
    return figure


def _longest(fans: Fans) -> int:
    return max(len(fan.median) for fan in fans.values())


def _reference(line: Line) -> Line:
    return Line(line.colour, style.REFERENCE.dashes, style.REFERENCE.width)


def _highest(fans: Fans) -> float:
    """Return the highest share in any fan; a measure that is missing throughout counts as nothing."""
    return max((float(np.nanmax(fan.high_90)) for fan in fans.values() if not np.isnan(fan.high_90).all()), default=1.0)


def _stack(axes: Axes, shares: NDArray[np.float64]) -> None:
    """Draw the areas, shape (actions, months), on each other, with a white line between them."""
    edges = np.vstack([np.zeros(shares.shape[1]), np.cumsum(shares, axis=0)])
    month = np.arange(shares.shape[1])
    for low, high, area in zip(edges[:-1], edges[1:], style.ACTION_AREAS.values(), strict=True):
        axes.fill_between(
            month, low, high, facecolor=area.colour, hatch=area.hatch, edgecolor=style.HATCH_COLOUR, linewidth=0.7
        )


def _swatch(area: style.Area) -> Patch:
    return Patch(facecolor=area.colour, hatch=area.hatch, edgecolor=style.HATCH_COLOUR, linewidth=0.0)

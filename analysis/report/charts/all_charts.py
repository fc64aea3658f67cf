"""All charts, in two tables: those over time of every result, and those of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis.report.charts.ablation_chart import ablation_drawings
from analysis.report.charts.effects import paired_effects
from analysis.report.charts.grid_maps import map_drawings
from analysis.report.charts.heat_map import severity_exemption_map
from analysis.report.charts.over_time import action_mix, perceived_and_actual_exemption, time_fans
from analysis.report.charts.saving import Provenance, save_chart
from analysis.report.charts.sensitivity_chart import sensitivity_drawings
from analysis.report.charts.spread_charts import convergence_drawings, effect_drawings, profile_drawings
from analysis.report.contents import Contents
from model.catalogue import Catalogue
from model.scenario.scenario import Scenario

__all__ = [
    "CHARTS_OVER_TIME",
    "REPORT_CHARTS",
    "Draw",
    "Provenance",
    "ReportChart",
    "action_mix",
    "chart_in_file",
    "paired_effects",
    "perceived_and_actual_exemption",
    "save_chart",
    "severity_exemption_map",
    "time_fans",
]

Draw = Callable[[], Figure]

# By the names of their files: months of all runs in, scenarios to show, words.
CHARTS_OVER_TIME: Mapping[str, Callable[[pd.DataFrame, Sequence[Scenario], Catalogue], Figure]] = MappingProxyType(
    {"time_fans": time_fans, "action_mix": action_mix, "exemption": perceived_and_actual_exemption}
)


class ReportChart(NamedTuple):
    """A chart of reports: its name, the section it stands in, and what draws it, by the names of files.

    The files are called as the chart, or as the chart with a number: map_1. Its words are `report.caption_<name>` and
    `report.alt_<name>`. An experiment that has nothing to show in it gets no drawing.
    """

    name: str
    section: Literal["replications", "effects", "maps", "profiles", "sensitivity", "mechanisms"]
    drawings: Callable[[Contents, Catalogue], Mapping[str, Draw]]


REPORT_CHARTS = (
    ReportChart("convergence", "replications", convergence_drawings),
    ReportChart("effects", "effects", effect_drawings),
    ReportChart("map", "maps", map_drawings),
    ReportChart("profiles", "profiles", profile_drawings),
    ReportChart("sensitivity", "sensitivity", sensitivity_drawings),
    ReportChart("mechanisms", "mechanisms", ablation_drawings),
)


def chart_in_file(name: str) -> ReportChart:
    """Return the chart of reports that a file holds; StopIteration if there is none of that name."""
    return next(chart for chart in REPORT_CHARTS if chart.name == re.sub(r"_\d+$", "", name))

"""All charts, from one place: stored results in, figures out; `save_chart` writes them."""

from __future__ import annotations

from analysis.report.charts.effects import paired_effects
from analysis.report.charts.heat_map import severity_exemption_map
from analysis.report.charts.over_time import action_mix, perceived_and_actual_exemption, time_fans
from analysis.report.charts.saving import Provenance, save_chart

__all__ = [
    "Provenance",
    "action_mix",
    "paired_effects",
    "perceived_and_actual_exemption",
    "save_chart",
    "severity_exemption_map",
    "time_fans",
]

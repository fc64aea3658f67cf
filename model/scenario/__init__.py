"""Scenarios: find and read them; and everything else that is done with them, from one place."""

from __future__ import annotations

from model.scenario.differences import Difference, differences
from model.scenario.errors import ScenarioError
from model.scenario.files import find_scenario, read_scenario, shipped_scenarios
from model.scenario.scenario import Change, ListedJurisdiction, Scenario, Settings, Text, marked, text_of
from model.scenario.serialisation import scenario_toml
from model.scenario.settings import named, parse_setting, with_settings

__all__ = [
    "Change",
    "Difference",
    "ListedJurisdiction",
    "Scenario",
    "ScenarioError",
    "Settings",
    "Text",
    "differences",
    "find_scenario",
    "marked",
    "named",
    "parse_setting",
    "read_scenario",
    "scenario_toml",
    "shipped_scenarios",
    "text_of",
    "with_settings",
]

"""The mechanisms of the model, and what switches each of them off.

The switches are those of model.md, section 7, declared at the parameters themselves: existing ones at neutral values.
"""

from __future__ import annotations

from analysis.design.factors import value_in
from model.parameters import mechanisms
from model.scenario import Scenario

# How a row of effects was made: from all mechanisms to all but one, from none to one alone, from all to none.
OFF, ALONE, ALL_OFF = "off", "alone", "all_off"


def neutral_settings(scenario: Scenario, mechanism: str) -> dict[str, float]:
    """Return the settings that switch a mechanism off in a scenario."""
    return {
        path: value_in(scenario, value) if isinstance(value, str) else value
        for path, value in mechanisms()[mechanism].items()
    }


def is_in_use(scenario: Scenario, mechanism: str) -> bool:
    """Tell whether a scenario has a mechanism on, so that there is something to switch off."""
    return any(value_in(scenario, path) != value for path, value in neutral_settings(scenario, mechanism).items())


def left_out_of(scenario: Scenario) -> dict[str, str]:
    """Return the mechanisms that a scenario changes in time or from place to place: one switch would not reach them."""
    changed = {path for change in scenario.changes for path in change.settings}
    local = {path for jurisdiction in scenario.jurisdictions for path in jurisdiction.settings}
    reasons = {}
    for name, neutral in mechanisms().items():
        touched = {*neutral, *(value for value in neutral.values() if isinstance(value, str))}
        for paths, how in ((changed, "in time"), (local, "from jurisdiction to jurisdiction")):
            if touched & paths:
                reasons[name] = f"the scenario changes {', '.join(sorted(touched & paths))} {how}"
    return reasons

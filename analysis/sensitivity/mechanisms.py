"""The mechanisms of the model, and what switches each of them off.

The switches are those of model.md, section 7, declared at the parameters themselves: existing ones at neutral values.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    """Tell whether a scenario has a mechanism on anywhere at any time, so that there is something to switch off."""
    return any(
        {value_in(scenario, path), *_overrides(scenario, path)} != {value}
        for path, value in neutral_settings(scenario, mechanism).items()
    )


def overridden_paths(scenario: Scenario) -> frozenset[str]:
    """Return the parameters that have other values in listed jurisdictions or by changes over time."""
    return frozenset(path for settings in _settings_elsewhere(scenario) for path in settings)


def left_out_of(scenario: Scenario) -> dict[str, str]:
    """Return the mechanisms that cannot be switched off everywhere at once, with the reason.

    Such a one is neutral at the value of another parameter, and the scenario has no one value of the two.
    """
    reasons = {}
    for name, neutral in mechanisms().items():
        followed = {value for value in neutral.values() if isinstance(value, str)}
        touched = ({*neutral, *followed} if followed else set()) & overridden_paths(scenario)
        if touched:
            reasons[name] = f"the scenario changes {', '.join(sorted(touched))} from place to place or in time"
    return reasons


def _overrides(scenario: Scenario, path: str) -> set[float]:
    """Return the values of a parameter in listed jurisdictions and after changes over time."""
    return {settings[path] for settings in _settings_elsewhere(scenario) if path in settings}


def _settings_elsewhere(scenario: Scenario) -> list[Mapping[str, float]]:
    """Return the settings of changes over time and of listed jurisdictions."""
    return [*(change.settings for change in scenario.changes), *(place.settings for place in scenario.jurisdictions)]

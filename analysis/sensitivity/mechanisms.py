"""The mechanisms of the model, and what switches each of them off.

The switches are those of model.md, section 7: existing parameters at their neutral values.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analysis.design.factors import value_in
from model.parameters import Population
from model.scenario import Scenario
from model.scenario.scenario import switch_of

# How a row of effects was made: from all mechanisms to all but one, from none to one alone, from all to none.
OFF, ALONE, ALL_OFF = "off", "alone", "all_off"


# What switches a mechanism off: a number, or the path of the parameter whose value it takes.
Neutral = Mapping[str, float | str]


_SPREADS = tuple(f"population.{name}" for name in Population._fields if name.endswith("_sd"))
MECHANISMS: Mapping[str, Neutral] = MappingProxyType(
    {
        "learning_from_cases": dict.fromkeys(
            ("behaviour.weight_own", "behaviour.weight_peer", "behaviour.weight_national"), 0.0
        ),
        "conformity": {"behaviour.conformity": 0.0},
        "negativity": {"behaviour.negativity": 1.0},
        "uneven_disclosure": {"exemption.disclosure": "accountability.publicity"},
        "learning_by_doing": {"work.learning_max": 0.0},
        "public_loop": {"public.tolerance_weight": 0.0},
        "remedy": {"exemption.remedy": 0.0},
        "filing": {switch_of("filed_innovation"): 0.0},
        "self_dealing": {switch_of("self_dealing"): 0.0},
        "review_burden": {"exemption.review_burden": 0.0},
        "career_horizon": {"career.ceiling_age": "career.retirement_age"},
        "loss_aversion": {"population.loss_aversion_median": 1.0, "population.loss_aversion_sd": 0.0},
        "heterogeneity": dict.fromkeys(_SPREADS, 0.0),
        "flexibility": {"guidance.flexibility": 0.0},
    }
)


def neutral_settings(scenario: Scenario, mechanism: str) -> dict[str, float]:
    """Return the settings that switch a mechanism off in a scenario."""
    return {
        path: value_in(scenario, value) if isinstance(value, str) else value
        for path, value in MECHANISMS[mechanism].items()
    }


def is_in_use(scenario: Scenario, mechanism: str) -> bool:
    """Tell whether a scenario has a mechanism on, so that there is something to switch off."""
    return any(value_in(scenario, path) != value for path, value in neutral_settings(scenario, mechanism).items())


def left_out_of(scenario: Scenario) -> dict[str, str]:
    """Return the mechanisms that a scenario changes in time or from place to place: one switch would not reach them."""
    changed = {path for change in scenario.changes for path in change.settings}
    local = {path for jurisdiction in scenario.jurisdictions for path in jurisdiction.settings}
    reasons = {}
    for name, neutral in MECHANISMS.items():
        touched = {*neutral, *(value for value in neutral.values() if isinstance(value, str))}
        for paths, how in ((changed, "in time"), (local, "from jurisdiction to jurisdiction")):
            if touched & paths:
                reasons[name] = f"the scenario changes {', '.join(sorted(touched & paths))} {how}"
    return reasons

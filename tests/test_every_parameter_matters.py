"""No parameter is idle: push any of them within its bounds and some measure moves.

The paths and the values come from the declarations, so a new parameter is covered without a change here; if it acts
only together with others, BASES says with which.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pytest

from model.measures import MEASURES
from model.parameters import FIXED_AT_START, Deciding, Parameters, about, parameter_paths, value_at
from model.scenario import Change, Scenario, with_settings
from model.scenario.schema import settable_paths
from model.simulate import simulate
from tests.made_scenarios import listed_scenario, made_scenario

OFFICIALS, JURISDICTIONS, MONTHS = 200, 5, 24
CHANGE_MONTH = 8
# What has to be otherwise than by default for a parameter to act at all.
BASES: dict[str, dict[str, float]] = {
    "guidance.flexibility": {"work.complexity_spread": 0.3},
    "guidance.local_knowledge": {"guidance.flexibility": 0.5},
    "guidance.local_favour": {"guidance.flexibility": 0.5},
    "behaviour.initial_innovation_share": {"behaviour.initial_innovation_share": 1 / 3},
    **{f"decision.{name}": {"decision.rule": 1.0} for name in Deciding._fields if name.startswith(("gain_", "loss_"))},
    "decision.weight": {"decision.rule": 1.0},
    "decision.fear_half_cases": {"decision.rule": 2.0},
    "decision.threshold_mean": {"decision.rule": 3.0},
    "decision.threshold_sd": {"decision.rule": 3.0},
    "decision.aspiration": {"decision.rule": 4.0},
    "decision.learning_rate": {"decision.rule": 5.0},
    "network.neighbours": {"network.kind": 1.0},
    "network.rewiring": {"network.kind": 1.0},
    **{f"network.{name}": {"network.kind": 2.0} for name in ("span", "blame_down", "superior_weight")},
}
# A kernel is compiled for every rule and network, so these are tried where slow tests are asked for.
OF_STRUCTURE = tuple(path for path in parameter_paths() if path.startswith(("decision.", "network.")))
WHOLE = ("network.neighbours", "network.span")


def told_apart(paths: Iterable[str]) -> list[Any]:
    """Return paths as values of a test, those of the structure marked as slow."""
    return [pytest.param(path, marks=pytest.mark.slow) if path in OF_STRUCTURE else path for path in paths]


SWITCHES = tuple(path for path in parameter_paths() if path.endswith("_open"))
TRIES = 3


def base_of(path: str) -> dict[str, float]:
    return BASES.get(path, {})


def pushed_values(path: str) -> list[float]:
    """Return values to try: the ends of the plausible range, else half and twice the default, within the bounds."""
    low, high = about(path).bounds
    before = base_of(path).get(path, value_at(Parameters(), path))
    if path in SWITCHES:
        return [0.0]
    if about(path).words:
        return [float(number) for number in range(1, len(about(path).words))][:TRIES]
    if path in WHOLE:
        return [float(before // 2), 2.0 * before]
    wanted = about(path).plausible or (0.5 * before, 2.0 * before + 0.1)
    pushed = [min(max(value, low), high) for value in (*wanted, low, high)]
    return list(dict.fromkeys(value for value in pushed if value != before))[:TRIES]


@functools.cache
def _values(settings: frozenset[tuple[str, float]]) -> np.ndarray:
    return simulate(made_scenario(dict(settings), OFFICIALS, JURISDICTIONS, MONTHS), 1).values[0]


def values_with(settings: Mapping[str, float]) -> np.ndarray:
    """Return the measures of one run, (months, N_MEASURES)."""
    return _values(frozenset(settings.items()))


def is_valid(settings: Mapping[str, float]) -> bool:
    """Tell whether the ceiling stays below retirement, the one relation between two parameters."""
    career = made_scenario(settings).parameters.career
    return career.ceiling_age <= career.retirement_age


def moved(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return which entries differ, a missing value being equal to a missing value."""
    return (here != there) & ~(np.isnan(here) & np.isnan(there))


def pushes(path: str) -> list[dict[str, float]]:
    """Return the settings to try for a parameter, on top of its base."""
    tried = [{**base_of(path), path: value} for value in pushed_values(path)]
    return [settings for settings in tried if is_valid(settings)]


@pytest.mark.parametrize("path", told_apart(parameter_paths()))
def test_that_every_parameter_moves_some_measure(path: str) -> None:
    before = values_with(base_of(path))
    assert pushes(path)
    assert any(moved(values_with(settings), before).any() for settings in pushes(path)), f"{path} moves nothing"


@pytest.mark.parametrize("measure", MEASURES)
def test_that_every_measure_is_moved_by_some_parameter(measure: str) -> None:
    place, before = MEASURES.index(measure), values_with({})
    paths = (path for path in parameter_paths() if not base_of(path) and path not in OF_STRUCTURE)
    tried = (settings for path in paths for settings in pushes(path))
    assert any(moved(values_with(settings), before)[:, place].any() for settings in tried)


@pytest.mark.parametrize("path", [path for path in settable_paths("change") if path in parameter_paths()])
def test_that_every_parameter_that_may_change_in_time_acts_from_that_month_on(path: str) -> None:
    base = base_of(path)
    before = values_with(base)
    is_moved = False
    for settings in pushes(path):
        change = Change(CHANGE_MONTH, None, 0, {path: settings[path]})
        after = simulate(made_scenario(base, OFFICIALS, JURISDICTIONS, MONTHS, [change]), 1).values[0]
        assert not moved(after, before)[:CHANGE_MONTH].any()
        is_moved = is_moved or bool(moved(after, before)[CHANGE_MONTH:].any())
    assert is_moved, f"a change of {path} moves nothing"


@pytest.mark.parametrize("path", told_apart(sorted(FIXED_AT_START)))
def test_that_a_later_change_of_what_is_fixed_at_the_start_does_nothing(path: str) -> None:
    base = base_of(path)
    for settings in pushes(path):
        change = Change(1, None, 0, {path: settings[path]})
        after = simulate(made_scenario(base, OFFICIALS, JURISDICTIONS, MONTHS, [change]), 1).values[0]
        assert not moved(after, values_with(base)).any()


@pytest.mark.parametrize("path", [path for path in settable_paths("jurisdiction") if path in parameter_paths()])
def test_that_every_parameter_that_a_jurisdiction_may_set_acts_there(path: str) -> None:
    sizes = [OFFICIALS // 2] * 2
    # Flexibility fits the rate to how much harder a place is than the mean, so the two must not be alike.
    unlike = ({"work.complexity": 0.2}, {"work.complexity": 0.5})

    def local_values(own: Mapping[str, float]) -> np.ndarray:
        scenario = listed_scenario(sizes, ({**unlike[0], **base_of(path), **own}, unlike[1]), months=MONTHS)
        return simulate(scenario, 1, by_jurisdiction=True).series[0].by_jurisdiction[:, 0]

    before = local_values({})
    tried = [local_values({path: settings[path]}) for settings in pushes(path)]
    assert any(moved(after, before).any() for after in tried), f"{path} moves nothing in its jurisdiction"


@pytest.mark.parametrize("path", SWITCHES)
def test_that_a_closed_action_is_not_taken(path: str) -> None:
    values = values_with({path: 0.0})
    measure = {"routine": "routine_rate", "filed_innovation": "filed_share", "self_dealing": "self_dealing_share"}
    action = path.removeprefix("behaviour.").removesuffix("_open")
    assert not np.nansum(values[:, MEASURES.index(measure[action])])


@pytest.mark.parametrize("path", parameter_paths())
def test_that_a_scenario_hands_every_parameter_on(path: str) -> None:
    """What is set by its name arrives under its name, and nothing else does."""
    scenario: Scenario = made_scenario(base_of(path))
    settings = pushes(path)[0]
    changed = with_settings(scenario, {path: settings[path]}).parameters
    for other in parameter_paths():
        expected = settings.get(other, value_at(scenario.parameters, other))
        found = value_at(changed, other)
        assert found == expected or (math.isnan(found) and math.isnan(expected))

"""How a scenario differs from another one, setting by setting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from model.parameters import parameter_paths, value_at
from model.scenario.scenario import (
    INITIAL_INNOVATION_SHARE,
    Change,
    ListedJurisdiction,
    Scenario,
    open_actions,
    switches_of,
)
from model.scenario.schema import ACTIONS_PATH
from model.scenario.serialisation import word_at

Value = float | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Difference:
    """One setting that is not as in the baseline.

    ``when`` is the change that sets it (None: it holds from the start), ``where`` the listed jurisdiction (None: it
    holds everywhere). The path is "table.name", or "behaviour.actions" with the names of the open actions as values, or
    "size.officials", "size.jurisdictions" or "size.months". A value is None for an initial share that is not given, and
    a word where the parameter is set by one.
    """

    path: str
    baseline_value: Value
    value: Value
    when: Change | None
    where: ListedJurisdiction | None


def differences(scenario: Scenario, baseline: Scenario) -> list[Difference]:
    """Return where the scenario departs from the baseline: at the start, in listed jurisdictions, by its changes.

    All are compared with the baseline at its start. What a jurisdiction or a change sets back to the baseline's value,
    though the scenario starts from another one, is listed too.
    """
    before, start = _start_values(baseline), _start_values(scenario)
    found = [
        Difference(path, before[path], value, None, None) for path, value in start.items() if value != before[path]
    ]
    for where in scenario.jurisdictions:
        local = _with_actions({**_numbers(scenario), **where.settings})
        found += [
            Difference(path, before[path], value, None, where) for path, value in local.items() if value != start[path]
        ]
    for when in scenario.changes:
        found += [Difference(path, before[path], value, when, None) for path, value in when.settings.items()]
    return found


def _numbers(scenario: Scenario) -> dict[str, float]:
    return {path: value_at(scenario.parameters, path) for path in parameter_paths()}


def _start_values(scenario: Scenario) -> dict[str, Value]:
    """Return every setting at the start, the sizes first."""
    sizes = {"officials": scenario.officials, "jurisdictions": scenario.n_jurisdictions, "months": scenario.months}
    return {**{f"size.{name}": size for name, size in sizes.items()}, **_with_actions(_numbers(scenario))}


def _with_actions(numbers: Mapping[str, float]) -> dict[str, Value]:
    """Return settings with the switches as the list of open actions, and no initial share as None."""
    values: dict[str, Value] = {
        path: word_at(path, value) for path, value in numbers.items() if path not in switches_of(())
    }
    share = numbers[INITIAL_INNOVATION_SHARE]
    values[INITIAL_INNOVATION_SHARE] = None if math.isnan(share) else share
    return {**values, ACTIONS_PATH: open_actions(numbers)}

"""The policy in force in a month: a function of (baseline, month), never a mutation (model.md, 7).

Changes are taken in the order in which the scenario lists them. Each moves the levers it names from what they would be
without it to its own values, at once or in equal steps over some months, and back when it ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import LANES, Layout, Policies
from model.parameters import Parameters, replaced, row_of, value_at
from model.scenario import Change, Scenario


@dataclass(frozen=True)
class Setting:
    """A scenario as the engines are handed it: who sits where, and which policy holds in which month."""

    layout: Layout
    policies: Policies
    months: int


def strength_of(change: Change, month: int) -> float:
    """Return how far a change is in force in a month, from 0 to 1: in the n-th of N months of phase-in it is n / N."""
    if month < change.month or (change.until is not None and month >= change.until):
        return 0.0
    return min(1.0, (month - change.month + 1) / max(1, change.phase_in_months))


def parameters_in(scenario: Scenario, jurisdiction: int, month: int) -> Parameters:
    """Return the parameters in force in a jurisdiction (its number) and month."""
    parameters = scenario.parameters
    if scenario.jurisdictions:
        parameters = replaced(parameters, dict(scenario.jurisdictions[jurisdiction].settings))
    for change in scenario.changes:
        strength = strength_of(change, month)
        if strength > 0.0:
            parameters = replaced(
                parameters,
                {
                    path: (1.0 - strength) * value_at(parameters, path) + strength * value
                    for path, value in dict(change.settings).items()
                },
            )
    return parameters


def spread_positions(scenario: Scenario) -> NDArray[np.float64]:
    """Return where each jurisdiction stands in the spread of complexity, from -1 to 1, shape (J,).

    A listed jurisdiction has its own complexity, so it stands at 0, and so does a single one.
    """
    n = scenario.n_jurisdictions
    if scenario.jurisdictions or n == 1:
        return np.zeros(n)
    return 2.0 * np.arange(n) / (n - 1) - 1.0


def layout_of(scenario: Scenario) -> Layout:
    """Return who sits where: the officials of a jurisdiction fill its own blocks."""
    sizes = np.array(scenario.sizes, dtype=np.int64)
    blocks = -(-sizes // LANES)
    return Layout(
        sizes,
        np.concatenate([[0], np.cumsum(blocks)]).astype(np.int64),
        (np.cumsum(sizes) - sizes).astype(np.int64),
        spread_positions(scenario),
    )


def policies_of(scenario: Scenario) -> Policies:
    """Return the rows of parameters that hold at some time somewhere, each once, and which holds when and where."""
    kinds = range(scenario.n_jurisdictions) if scenario.jurisdictions else range(1)
    rows: dict[tuple[float, ...], int] = {}
    row_of_kind = np.zeros((scenario.months, len(kinds)), dtype=np.int64)
    for month in range(scenario.months):
        strengths = [strength_of(change, month) for change in scenario.changes]
        is_as_before = month > 0 and strengths == [strength_of(change, month - 1) for change in scenario.changes]
        for kind in kinds:
            if is_as_before:
                row_of_kind[month, kind] = row_of_kind[month - 1, kind]
            else:
                row = tuple(row_of(parameters_in(scenario, kind, month)))
                row_of_kind[month, kind] = rows.setdefault(row, len(rows))
    return Policies(np.array(list(rows), dtype=np.float64), row_of_kind)


def setting_of(scenario: Scenario) -> Setting:
    """Return a scenario in the form in which the engines are handed it."""
    return Setting(layout_of(scenario), policies_of(scenario), scenario.months)

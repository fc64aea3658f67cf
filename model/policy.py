"""The policy in force in a month: a function of (baseline, month), never a mutation (model.md, 7).

Changes are taken in the order in which the scenario lists them. Each moves the levers it names from what they would be
without it to its own values, at once or in equal steps over some months, and back when it ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import LANES, Layout, Policies, Structure, structure_of
from model.compiled import compiled
from model.parameters import N_PARAMETERS, Parameters, all_parameters_of_row, parameter_paths, replaced, row_of
from model.rules.change import strength_of
from model.scenario import Scenario


@dataclass(frozen=True)
class Setting:
    """A scenario as the engines are handed it: seats, the policy of every month, how officials decide and see."""

    layout: Layout
    policies: Policies
    months: int
    structure: Structure


@compiled
def apply_changes(
    row: NDArray[np.float64], times: NDArray[np.float64], targets: NDArray[np.float64], month: int
) -> None:
    """Move a row of parameters, shape (P,), to what is in force in a month.

    `times` (C, 3) holds each change's first month, the month it ends (or infinity) and its months of phase-in;
    `targets` (C, P) the values it moves to, NaN for levers that it leaves alone.
    """
    for change in range(times.shape[0]):
        strength = strength_of(month, times[change, 0], times[change, 1], times[change, 2])
        if strength > 0.0:
            for place in range(row.shape[0]):
                target = targets[change, place]
                if not math.isnan(target):
                    row[place] = (1.0 - strength) * row[place] + strength * target


@compiled
def fill_policies(
    bases: NDArray[np.float64],
    times: NDArray[np.float64],
    targets: NDArray[np.float64],
    rows: NDArray[np.float64],
    row_in_force: NDArray[np.int64],
) -> int:
    """Fill in the policy of every month for every kind of jurisdiction; return how many rows that takes.

    `bases` (K, P) is where each kind starts from, `times` and `targets` as in `apply_changes`, `rows` (at least months
    * K, P) and `row_in_force` (months, K) are filled. A month in which nothing moves shares the rows of the month
    before.
    """
    n_rows = 0
    for month in range(row_in_force.shape[0]):
        moves = month == 0
        for change in range(times.shape[0]):
            first, until, phase_in = times[change, 0], times[change, 1], times[change, 2]
            now, before = strength_of(month, first, until, phase_in), strength_of(month - 1, first, until, phase_in)
            moves = moves or now != before
        for kind in range(bases.shape[0]):
            if moves:
                for place in range(bases.shape[1]):
                    rows[n_rows, place] = bases[kind, place]
                apply_changes(rows[n_rows], times, targets, month)
                row_in_force[month, kind] = n_rows
                n_rows += 1
            else:
                row_in_force[month, kind] = row_in_force[month - 1, kind]
    return n_rows


@compiled
def fill_layout(sizes: NDArray[np.int64], is_listed: bool, layout: Layout) -> None:
    """Seat officials: fill in a layout for jurisdictions of these sizes, shape (J,).

    The officials of a jurisdiction fill its own blocks. Jurisdictions stand in the spread of complexity from -1 to 1; a
    listed one has its own complexity, so it stands at 0, and so does a single one.
    """
    n = sizes.shape[0]
    layout.first_block[0] = 0
    official = 0
    for j in range(n):
        layout.sizes[j] = sizes[j]
        layout.first_official[j] = official
        layout.first_block[j + 1] = layout.first_block[j] + (sizes[j] + LANES - 1) // LANES
        layout.spread_position[j] = 0.0 if is_listed or n == 1 else 2.0 * j / (n - 1) - 1.0
        official += sizes[j]


def base_rows(scenario: Scenario) -> NDArray[np.float64]:
    """Return the parameters before any change, a row for each listed jurisdiction or one for all, shape (K, P)."""
    local = [dict(jurisdiction.settings) for jurisdiction in scenario.jurisdictions] or [{}]
    return np.array([row_of(replaced(scenario.parameters, settings)) for settings in local])


def changes_of(scenario: Scenario) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the changes of a scenario as numbers: times (C, 3) and targets (C, P), as in `apply_changes`."""
    times = np.empty((len(scenario.changes), 3))
    targets = np.full((len(scenario.changes), N_PARAMETERS), np.nan)
    place_of = {path: place for place, path in enumerate(parameter_paths())}
    for number, change in enumerate(scenario.changes):
        until = math.inf if change.until is None else change.until
        times[number] = change.month, until, change.phase_in_months
        for path, value in dict(change.settings).items():
            targets[number, place_of[path]] = value
    return times, targets


def parameters_in(scenario: Scenario, jurisdiction: int, month: int) -> Parameters:
    """Return the parameters in force in a jurisdiction (its number) and month."""
    bases = base_rows(scenario)
    row = bases[jurisdiction if len(bases) > 1 else 0]
    apply_changes(row, *changes_of(scenario), month)
    return all_parameters_of_row(row)


def layout_of(scenario: Scenario) -> Layout:
    """Return who sits where."""
    n = scenario.n_jurisdictions
    layout = Layout(np.zeros(n, np.int64), np.zeros(n + 1, np.int64), np.zeros(n, np.int64), np.zeros(n))
    fill_layout(np.array(scenario.sizes, dtype=np.int64), bool(scenario.jurisdictions), layout)
    return layout


def policies_of(scenario: Scenario) -> Policies:
    """Return the rows of parameters that hold at some time somewhere, and which holds when and where."""
    bases = base_rows(scenario)
    rows = np.zeros((scenario.months * len(bases), N_PARAMETERS))
    row_in_force = np.zeros((scenario.months, len(bases)), dtype=np.int64)
    n_rows = fill_policies(bases, *changes_of(scenario), rows, row_in_force)
    return Policies(np.ascontiguousarray(rows[:n_rows]), row_in_force)


def setting_of(scenario: Scenario) -> Setting:
    """Return a scenario in the form in which the engines are handed it."""
    structure = structure_of(scenario.parameters)
    return Setting(layout_of(scenario), policies_of(scenario), scenario.months, structure)

"""Robust search: packages are evolved in some worlds, and what is left of them is told by worlds they have not seen.

Every generation is a sweep in a folder of its own, and what is tried follows from the seed and from what was found. So
the same call goes on after an interruption of any kind: finished generations are read, not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.discovery.discovery import Discovery, How, discovered
from analysis.errors import ExperimentError
from analysis.execution.cost_estimate import Estimate
from analysis.execution.sweep import RESULTS, SweepWatch, estimate
from analysis.search.evolution import Costs, Space, evolve
from analysis.search.plan import MOST_SHOWN, SearchPlan
from analysis.search.robustness import (
    beaten_by,
    best_costs,
    costs_of,
    holds_in_worlds,
    not_dominated,
    objectives_of,
    spread_out,
    violations_of,
)
from analysis.search.worlds import experiment_of, failure_seed, failure_worlds, simulated, worlds_of
from model.parameters import value_at
from model.scenario import differences, find_scenario, shipped_scenarios

Floats = NDArray[np.float64]

BASE = "base"
_CANDIDATE = "candidate_"
_AT_BOUND = 0.02
_RESAMPLES_OF_FAILURES = 50


class FoundPackages(NamedTuple):
    """All packages that were tried, shape (packages, levers), and how many of them are feasible and not dominated."""

    packages: Floats
    objectives: Floats
    violations: Floats


@dataclass(frozen=True)
class AtBound:
    """In how many of the packages shown a lever is at one of its bounds."""

    path: str
    bound: float
    n: int
    of: int

    @property
    def is_mostly(self) -> bool:
        """Tell whether it is there in more than half of them."""
        return 2 * self.n > self.of


@dataclass(frozen=True)
class Failing:
    """Where a package fails: in which share of fresh worlds, and under what conditions (None: cannot be told).

    `fails`, shape (failure worlds,), is 1 in those of `failure_worlds` in which it does, else 0.
    """

    share: float
    discovery: Discovery | None
    fails: Floats


@dataclass(frozen=True)
class SearchResult:
    """What is left of a search in fresh worlds.

    `names` and `levers` (shape (candidates, levers)) are those of the candidates: what was found, the base scenario and
    shipped ones. `values`, shape (candidates, worlds, measures), are from the fresh worlds alone. `beaten` says by
    which other candidate each is beaten, -1 if by none; `kept` are those that keep to the constraints and are not;
    `shown` are at most eight of them, with where they fail. Without any that keeps to the constraints, the one that
    exceeds them least is kept, and `is_feasible` is false.
    """

    plan: SearchPlan
    names: tuple[str, ...]
    levers: Floats
    values: Floats
    n_tried: int
    n_front: int
    kept: tuple[int, ...]
    beaten: NDArray[np.int64]
    violations: Floats
    is_feasible: bool
    shown: tuple[int, ...]
    failing: tuple[Failing, ...]
    bounds: tuple[AtBound, ...]

    @property
    def n_beaten(self) -> int:
        """Return how many packages of the front are beaten in the fresh worlds, or break a constraint there."""
        return sum(place not in self.kept for place, name in enumerate(self.names) if is_searched(name))


def search(
    plan: SearchPlan, folder: str | Path | None = None, *, workers: int | None = None, watch: SweepWatch | None = None
) -> SearchResult:
    """Return the packages that hold up in many worlds; what is finished in the folder is not run again.

    Raises
    ------
    ExperimentError
        If the place does not take the result, runs failed, or pymoo is not installed.
    """
    place, watching = Path(folder) if folder is not None else RESULTS / plan.name, watch or SweepWatch()
    tried = _searched(plan, place, workers, watching)
    front = _front(tried, 3 * plan.population)
    names, levers = _candidates(plan, tried.packages[front])
    worlds = worlds_of(plan, plan.check.worlds, plan.check.seed)
    luck = (plan.check.seed, plan.check.replications)
    checked = experiment_of(plan, "check", levers, worlds, luck)
    values = simulated(plan, (checked, len(worlds)), place / "check", workers, watching)
    violations = violations_of(values, plan)
    allowed = (violations <= 0.0).all(axis=1)
    beaten = np.full(len(levers), -1)
    if allowed.any():
        among = np.flatnonzero(allowed)
        costs = [(one, costs_of(one.measure, one.sign, values, plan)[among]) for one in plan.objectives]
        found = beaten_by(costs)
        beaten[among] = np.where(found >= 0, among[np.maximum(found, 0)], -1)
        kept = tuple(int(candidate) for candidate in among if beaten[candidate] < 0)
    else:
        kept = (int(np.maximum(violations, 0.0).sum(axis=1).argmin()),)
    shown = _shown(objectives_of(values, plan), kept, names)
    failing = _failing(plan, levers, shown, place, (workers, watching))
    return SearchResult(
        plan=plan,
        names=names,
        levers=levers,
        values=values,
        n_tried=len(tried.packages),
        n_front=len(front),
        kept=kept,
        beaten=beaten,
        violations=violations,
        is_feasible=bool(allowed.any()),
        shown=shown,
        failing=failing,
        bounds=_bounds(plan, levers[[candidate for candidate in kept if is_searched(names[candidate])]]),
    )


def estimate_of(plan: SearchPlan, folder: str | Path | None = None, workers: int | None = None) -> Estimate:
    """Return what a generation of the search will take, from a pilot; nothing is written."""
    worlds = worlds_of(plan, plan.n_worlds, plan.seed)
    low, high = (np.array([getattr(lever, end) for lever in plan.levers]) for end in ("low", "high"))
    drawn = low + np.random.default_rng((plan.seed, 3)).random((plan.population, len(low))) * (high - low)
    specification = experiment_of(plan, "pilot", drawn, worlds, (plan.seed, plan.replications))
    return estimate(specification, Path(folder or RESULTS / plan.name) / "pilot", workers=workers)


def _searched(plan: SearchPlan, place: Path, workers: int | None, watch: SweepWatch) -> FoundPackages:
    """Return all that is tried, generation by generation; regret is taken from the best of the first generation."""
    worlds = worlds_of(plan, plan.n_worlds, plan.seed)
    tried: list[FoundPackages] = []
    best: list[Floats] = []

    def evaluate(number: int, drawn: Floats) -> Costs:
        packages = readable(plan, drawn)
        name = f"generation_{number}"
        specification = experiment_of(plan, name, packages, worlds, (plan.seed, plan.replications))
        values = simulated(plan, (specification, len(worlds)), place / name, workers, watch)
        if not best:
            best.append(best_costs(values, plan))
        found = FoundPackages(packages, objectives_of(values, plan, best[0]), violations_of(values, plan))
        tried.append(found)
        return Costs(found.objectives, found.violations)

    low, high = (np.array([getattr(lever, end) for lever in plan.levers]) for end in ("low", "high"))
    space = Space(low, high, len(plan.objectives), len(plan.constraints))
    evolve(space, plan.population, plan.generations, plan.seed, evaluate)
    packages, first = np.unique(np.vstack([one.packages for one in tried]), axis=0, return_index=True)
    return FoundPackages(
        packages,
        np.vstack([one.objectives for one in tried])[first],
        np.vstack([one.violations for one in tried])[first],
    )


def readable(plan: SearchPlan, drawn: Floats) -> Floats:
    """Return packages with levers of three digits, so that what is written in a scenario is what was tried."""
    rounded = np.vectorize(lambda value: float(f"{value:.3g}"), otypes=[np.float64])(drawn)
    low, high = (np.array([getattr(lever, end) for lever in plan.levers]) for end in ("low", "high"))
    clipped: Floats = np.clip(rounded, low, high)
    return clipped


def _front(tried: FoundPackages, most: int) -> NDArray[np.int64]:
    """Return which packages are to be checked: those allowed and not dominated, spread out if they are too many."""
    allowed = np.flatnonzero((tried.violations <= 0.0).all(axis=1))
    if not len(allowed):
        return np.array([np.maximum(tried.violations, 0.0).sum(axis=1).argmin()])
    front = allowed[not_dominated(tried.objectives[allowed])]
    return front if len(front) <= most else front[_farthest(tried.objectives[front], most)]


def _farthest(objectives: Floats, n: int) -> list[int]:
    """Return so many rows, each as far as can be from those before; the first is the best in the first objective."""
    width = np.ptp(objectives, axis=0)
    scaled = (objectives - objectives.min(axis=0)) / np.where(width > 0.0, width, 1.0)
    taken = [int(scaled[:, 0].argmin())]
    nearest = ((scaled - scaled[taken[0]]) ** 2).sum(axis=1)
    while len(taken) < n:
        taken.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, ((scaled - scaled[taken[-1]]) ** 2).sum(axis=1))
    return sorted(taken)


def is_searched(name: str) -> bool:
    """Tell whether a candidate of this name was found by the search, and is neither the base scenario nor shipped."""
    return name.startswith(_CANDIDATE)


def _candidates(plan: SearchPlan, packages: Floats) -> tuple[tuple[str, ...], Floats]:
    """Return names and levers of what is checked: the packages found, the base scenario, and shipped ones.

    A shipped scenario joins if it differs from the base scenario in nothing but levers, within their ranges.
    """
    paths = [lever.path for lever in plan.levers]
    names = [f"{_CANDIDATE}{number}" for number in range(1, len(packages) + 1)]
    rows = [*packages, np.array([value_at(plan.base.parameters, path) for path in paths])]
    names.append(BASE)
    for name in shipped_scenarios():
        scenario = find_scenario(name)
        departures = differences(scenario, plan.base)
        sizes = [one for one in departures if one.path.startswith("size.")]
        others = [one for one in departures if one not in sizes]
        row = np.array([value_at(scenario.parameters, path) for path in paths])
        is_inside = all(lever.low <= value <= lever.high for lever, value in zip(plan.levers, row, strict=True))
        if others and is_inside and all(one.path in paths and not one.when and not one.where for one in others):
            names.append(name)
            rows.append(row)
    return tuple(names), np.array(rows)


def _shown(objectives: Floats, kept: Sequence[int], names: Sequence[str]) -> tuple[int, ...]:
    """Return the packages that stand for all that is kept; the base scenario and shipped ones stand beside them."""
    packages = [candidate for candidate in kept if is_searched(names[candidate])]
    if not packages:
        return ()
    return tuple(packages[place] for place in spread_out(objectives[packages], MOST_SHOWN))


def _bounds(plan: SearchPlan, packages: Floats) -> tuple[AtBound, ...]:
    """Return at which bound each lever is in how many packages, the bound at which it is more often."""
    found = []
    for lever, column in zip(plan.levers, packages.T, strict=True):
        near = _AT_BOUND * (lever.high - lever.low)
        low, high = int((column <= lever.low + near).sum()), int((column >= lever.high - near).sum())
        bound, n = (lever.low, low) if low >= high else (lever.high, high)
        found.append(AtBound(lever.path, bound, n, len(packages)))
    return tuple(found)


def _failing(
    plan: SearchPlan, levers: Floats, shown: Sequence[int], place: Path, how: tuple[int | None, SweepWatch]
) -> tuple[Failing, ...]:
    """Return where each package shown fails, in further fresh worlds, by scenario discovery."""
    if not shown:
        return ()
    worlds, seed = failure_worlds(plan), failure_seed(plan)
    base = np.array([value_at(plan.base.parameters, lever.path) for lever in plan.levers])
    specification = experiment_of(plan, "failures", np.vstack([levers[list(shown)], base]), worlds, (seed, 1))
    values = simulated(plan, (specification, len(worlds)), place / "failures", *how)
    fails = fails_in_worlds(values, plan)
    unknown = worlds[:, : len(plan.worlds)]
    found = []
    for row in fails:
        try:
            told = discovered(plan.worlds, unknown, row, How(resamples=_RESAMPLES_OF_FAILURES, seed=plan.seed))
        except ExperimentError:  # it fails everywhere or nowhere
            told = None
        found.append(Failing(float(row.mean()), told, row))
    return tuple(found)


def fails_in_worlds(values: Floats, plan: SearchPlan) -> Floats:
    """Tell (1 or 0) in which worlds all packages but the last fail, shape (packages - 1, worlds).

    A package fails in a world if a constraint does not hold there, or if it is worse than the last package, the base
    scenario, in more than half of the objectives.
    """
    worse = np.zeros(values.shape[:2])
    for objective in plan.objectives:
        costs = costs_of(objective.measure, objective.sign, values, plan)
        worse += costs > costs[-1] + objective.indifference
    fails = ~holds_in_worlds(values, plan) | (2 * worse > len(plan.objectives))
    return fails[:-1].astype(np.float64)

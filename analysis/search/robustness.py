"""What packages are like over many worlds, and which of them are beaten beyond luck."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from analysis.search.plan import Constraint, Objective, Over, SearchPlan

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

WORST = 0.1
_RESAMPLES = 400
_ONE_SIDED = 97.5
_SEED = 11
_NOT_TO_BE_HAD = 1e6


def costs_of(measure: str, sign: float, values: Floats, plan: SearchPlan) -> Floats:
    """Return the costs of a measure, shape (packages, worlds); `values` has the plan's measures last.

    A world without a value counts as the package's others do on average; a package without any has a cost that nobody
    would take.
    """
    costs = sign * values[:, :, plan.measures.index(measure)]
    is_there = ~np.isnan(costs)
    n = is_there.sum(axis=1)
    means = np.where(n > 0, np.where(is_there, costs, 0.0).sum(axis=1) / np.maximum(n, 1), _NOT_TO_BE_HAD)
    filled: Floats = np.where(is_there, costs, means[:, None])
    return filled


def over_worlds(over: Over, costs: Floats, best: Floats) -> Floats:
    """Return what costs, worlds last, come to: their mean, that of the worst tenth of worlds, or the greatest regret.

    `best` are the least costs to be had in each world.
    """
    if over == "mean":
        mean: Floats = costs.mean(axis=-1)
        return mean
    if over == "regret":
        regret: Floats = (costs - best).max(axis=-1)
        return regret
    n = max(1, math.ceil(WORST * costs.shape[-1]))
    worst: Floats = np.sort(costs, axis=-1)[..., -n:].mean(axis=-1)
    return worst


def objectives_of(values: Floats, plan: SearchPlan, best: Floats | None = None) -> Floats:
    """Return the objectives of packages, shape (packages, objectives), less being better.

    `best`, shape (objectives, worlds), are the costs that regret is taken from; without it the best of these packages.
    """
    columns = []
    for place, objective in enumerate(plan.objectives):
        costs = costs_of(objective.measure, objective.sign, values, plan)
        columns.append(over_worlds(objective.over, costs, costs.min(axis=0) if best is None else best[place]))
    return np.column_stack(columns)


def best_costs(values: Floats, plan: SearchPlan) -> Floats:
    """Return the least cost of every objective in each world, shape (objectives, worlds)."""
    return np.array([costs_of(one.measure, one.sign, values, plan).min(axis=0) for one in plan.objectives])


def violations_of(values: Floats, plan: SearchPlan) -> Floats:
    """Return by how much each constraint is exceeded, shape (packages, constraints); 0 and below is allowed."""
    columns = [_over_limit(one, values, plan) for one in plan.constraints]
    return np.column_stack(columns) if columns else np.zeros((len(values), 0))


def _over_limit(constraint: Constraint, values: Floats, plan: SearchPlan) -> Floats:
    costs = costs_of(constraint.measure, constraint.sign, values, plan)
    return over_worlds(constraint.over, costs, costs.min(axis=0)) - constraint.limit


def holds_in_worlds(values: Floats, plan: SearchPlan) -> Truths:
    """Tell in which worlds all constraints hold, shape (packages, worlds)."""
    holds = np.ones(values.shape[:2], dtype=bool)
    for constraint in plan.constraints:
        holds &= costs_of(constraint.measure, constraint.sign, values, plan) <= constraint.limit
    return holds


def beaten_by(costs: list[tuple[Objective, Floats]]) -> NDArray[np.int64]:
    """Return by which other package each is beaten beyond luck, -1 if by none.

    One beats another if in no objective it can be worse by more than what is held to be nothing, at 97.5%, and in one
    it is better by more than that. The bounds come from resampled worlds, the same for all packages, so that a package
    never beats its copy. `costs` has for each objective the costs, shape (packages, worlds).
    """
    n, n_worlds = costs[0][1].shape
    drawn = np.random.default_rng(_SEED).integers(n_worlds, size=(_RESAMPLES, n_worlds))
    is_not_worse, is_better = np.ones((n, n), dtype=bool), np.zeros((n, n), dtype=bool)
    for objective, of_objective in costs:
        best = of_objective.min(axis=0)
        resampled = np.array([over_worlds(objective.over, of_objective[:, draw], best[draw]) for draw in drawn])
        for one in range(n):
            # The bound of how much worse `one` is than each other.
            bound = np.percentile(resampled[:, [one]] - resampled, _ONE_SIDED, axis=0)
            is_not_worse[one] &= bound <= objective.indifference
            is_better[one] |= bound < -objective.indifference
    beats = is_not_worse & is_better
    beaten: NDArray[np.int64] = np.where(beats.any(axis=0), beats.argmax(axis=0), -1)
    return beaten


def not_dominated(objectives: Floats) -> Truths:
    """Tell which rows no other row dominates: nowhere worse and somewhere better."""
    is_kept = np.ones(len(objectives), dtype=bool)
    for place, row in enumerate(objectives):
        nowhere_worse = (objectives <= row).all(axis=1)
        somewhere_better = (objectives < row).any(axis=1)
        is_kept[place] = not (nowhere_worse & somewhere_better).any()
    return is_kept


def spread_out(objectives: Floats, k: int) -> list[int]:
    """Return the rows that stand for all: the medoids of k groups, by objectives scaled to their ranges (PAM)."""
    width = np.ptp(objectives, axis=0)
    scaled = (objectives - objectives.min(axis=0)) / np.where(width > 0.0, width, 1.0)
    apart = np.sqrt(((scaled[:, None, :] - scaled[None, :, :]) ** 2).sum(axis=2))
    medoids = [int(apart.sum(axis=1).argmin())]
    while len(medoids) < min(k, len(objectives)):
        nearest = apart[:, medoids].min(axis=1)
        gains = np.maximum(nearest[:, None] - apart, 0.0).sum(axis=0)
        gains[medoids] = -1.0
        medoids.append(int(gains.argmax()))
    return sorted(_exchanged(apart, medoids))


def _exchanged(apart: Floats, medoids: list[int]) -> list[int]:
    """Return the medoids after exchanging one for another row as long as that brings them nearer to all."""
    cost = float(apart[:, medoids].min(axis=1).sum())
    for _ in range(20):
        tried = [
            (float(apart[:, [*medoids[:place], row, *medoids[place + 1 :]]].min(axis=1).sum()), place, row)
            for place in range(len(medoids))
            for row in range(len(apart))
            if row not in medoids
        ]
        best = min(tried, default=None)
        if best is None or best[0] >= cost - 1e-12:
            break
        cost, place, row = best
        medoids[place] = row
    return medoids

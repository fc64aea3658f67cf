"""Packages in worlds: the points at which the model is run, and what comes out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.execution.sweep import SweepWatch, sweep
from analysis.search.plan import SearchPlan, scale_of
from analysis.statistics.effects import checked_gaps, values_of
from model.parameters import DECISION_RULES
from model.scenario import Text

Floats = NDArray[np.float64]

_RUNS_OF_A_BLOCK = 128
_RULE = "decision.rule"


def worlds_of(plan: SearchPlan, n: int, seed: int) -> Floats:
    """Return so many worlds, shape (n, what is unknown), spread evenly over the ranges or drawn from the draws.

    With decision rules there is a column more: which rule is in force, in turns.
    """
    if plan.draws:
        order = np.random.default_rng((seed, 5)).permutation(max(n, len(plan.draws)))[:n] % len(plan.draws)
        drawn: Floats = np.array(plan.draws)[order]
    else:
        unit = qmc.LatinHypercube(len(plan.worlds), rng=np.random.default_rng((seed, 5))).random(n)
        low, high = (np.array([getattr(factor, end) for factor in plan.worlds]) for end in ("low", "high"))
        drawn = low + unit * (high - low)
    if not plan.rules:
        return drawn
    rules = np.array([DECISION_RULES.index(rule) for rule in plan.rules], dtype=np.float64)
    return np.column_stack([drawn, rules[np.arange(n) % len(rules)]])


def failure_seed(plan: SearchPlan) -> int:
    """Return the seed of the worlds that tell where packages fail, and of the luck in them."""
    return plan.check.seed + 1_000_003


def failure_worlds(plan: SearchPlan) -> Floats:
    """Return the further worlds that tell where packages fail, as `worlds_of` does."""
    return worlds_of(plan, plan.check.failure_worlds, failure_seed(plan))


def paths_of_worlds(plan: SearchPlan) -> tuple[str, ...]:
    """Return the key paths of what is unknown, the decision rule last if it is."""
    return (*(factor.path for factor in plan.worlds), *((_RULE,) if plan.rules else ()))


def experiment_of(
    plan: SearchPlan, name: str, packages: Floats, worlds: Floats, luck: tuple[int, int]
) -> Specification:
    """Return the sweep of packages by worlds; `luck` is the seed and the number of replications.

    World w and replication r have run number w * replications + r, whatever the package.
    """
    seed, replications = luck
    points = np.hstack([np.repeat(packages, len(worlds), axis=0), np.tile(worlds, (len(packages), 1))])
    unknown = (*plan.worlds, *((Factor(_RULE, 0.0, len(DECISION_RULES) - 1.0),) if plan.rules else ()))
    return Specification(
        name=f"{plan.name}_{name}",
        title=Text(f"{plan.title.en}: {name}", f"{plan.title.zh}：{name}"),
        question=Text("Which packages hold up in many worlds?", "哪些政策组合在多种情形下都站得住？"),
        base=plan.base,
        factors=(*plan.levers, *unknown),
        design=DesignPlan("list", listed=tuple(tuple(map(float, point)) for point in points)),
        measures=plan.measures,
        replications=replications,
        window_months=plan.window_months,
        seed=seed,
        common_random_numbers=False,
        runs_per_block=_RUNS_OF_A_BLOCK,
        luck_cycle=len(worlds),
    )


def simulated(
    plan: SearchPlan, sized: tuple[Specification, int], folder: Path, workers: int | None, watch: SweepWatch
) -> Floats:
    """Return the mean measures of a sweep of packages by worlds, shape (packages, worlds, measures).

    What is finished in the folder is not run again. A measure that is missing in all replications is missing (NaN).
    """
    specification, n_worlds = sized
    experiment = sweep(specification, folder, workers=workers, watch=watch)
    checked_gaps(experiment)
    values = values_of(experiment, plan.measures)
    is_there = ~np.isnan(values)
    n = is_there.sum(axis=1)
    means: Floats = np.divide(np.where(is_there, values, 0.0).sum(axis=1), n, out=np.full(n.shape, np.nan), where=n > 0)
    scales = [scale_of(measure, plan.base.officials) for measure in plan.measures]
    return (means * scales).reshape(-1, n_worlds, len(plan.measures))

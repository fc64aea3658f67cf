"""Evolutionary search over many objectives. The one file that knows pymoo, and only when it is called.

NSGA-II (Deb et al. 2002), from five objectives on NSGA-III, by pymoo. What is tried depends on the seed and on what was
found before, and on nothing else.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.errors import ExperimentError

Floats = NDArray[np.float64]

MANY_OBJECTIVES = 5
_MISSING = 'search needs packages that are not installed: pip install -c constraints.txt -e ".[evidence]"'


class Space(NamedTuple):
    """What is searched: bounds of the variables, and how many objectives and constraints there are."""

    low: Floats
    high: Floats
    n_objectives: int
    n_constraints: int


class Costs(NamedTuple):
    """Of each candidate: its objectives, less being better, and its constraints, which hold at 0 and below."""

    objectives: Floats
    constraints: Floats


def evolve(
    space: Space,
    population: int,
    generations: int,
    seed: int,
    evaluate: Callable[[int, Floats], Costs],
) -> None:
    """Have candidates evaluated, generation by generation; `evaluate` is given the number from 0 and the candidates.

    Raises
    ------
    ExperimentError
        If pymoo is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pymoo.algorithms.moo.nsga2 import NSGA2  # noqa: PLC0415 - an extra, and slow to import
            from pymoo.algorithms.moo.nsga3 import NSGA3  # noqa: PLC0415
            from pymoo.core.evaluator import Evaluator  # noqa: PLC0415
            from pymoo.core.problem import Problem  # noqa: PLC0415
            from pymoo.core.termination import NoTermination  # noqa: PLC0415
            from pymoo.problems.static import StaticProblem  # noqa: PLC0415
            from pymoo.util.ref_dirs import get_reference_directions  # noqa: PLC0415
    except ImportError:
        raise ExperimentError(_MISSING) from None

    problem = Problem(
        n_var=len(space.low),
        n_obj=space.n_objectives,
        n_ieq_constr=space.n_constraints,
        xl=space.low,
        xu=space.high,
    )
    start = _start(space, population, seed)
    algorithm: Any
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if space.n_objectives >= MANY_OBJECTIVES:
            directions = get_reference_directions("energy", space.n_objectives, population, seed=seed)
            algorithm = NSGA3(directions, pop_size=population, sampling=start)
        else:
            algorithm = NSGA2(pop_size=population, sampling=start)
        algorithm.setup(problem, termination=NoTermination(), seed=seed, verbose=False)
        for number in range(generations):
            asked = algorithm.ask()
            found = evaluate(number, np.asarray(asked.get("X"), dtype=np.float64))
            values = {"F": found.objectives}
            if space.n_constraints:
                values["G"] = found.constraints
            Evaluator().eval(StaticProblem(problem, **values), asked)
            algorithm.tell(infills=asked)


def _start(space: Space, population: int, seed: int) -> Floats:
    drawn = np.random.default_rng((seed, 3)).random((population, len(space.low)))
    start: Floats = space.low + drawn * (space.high - space.low)
    return start

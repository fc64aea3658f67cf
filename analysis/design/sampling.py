"""Designs: at which values of the factors the model is run.

References: McKay, Beckman & Conover (1979) for the Latin hypercube; Sobol' (1967) with Owen's scrambling; Saltelli et
al. (2010) for the points of Sobol' indices; Morris (1991) and Campolongo et al. (2007) for elementary effects. They are
made by scipy.stats.qmc and SALib.
"""

from __future__ import annotations

import itertools
import math
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from analysis.design.specification import DesignPlan, Specification

Points = NDArray[np.float64]


def design_points(specification: Specification) -> Points:
    """Return the points of the design, shape (points, factors), in the order in which they are numbered.

    In a grid the last factor changes fastest.
    """
    design = specification.design
    if design.kind == "list":
        return np.array(design.listed, dtype=np.float64).reshape(len(design.listed), len(specification.factors))
    if design.kind == "grid":
        return np.array(list(itertools.product(*(factor.values for factor in specification.factors))))
    if design.kind in ("latin_hypercube", "sobol"):
        return _scaled(_unit_points(design, len(specification.factors)), specification)
    return _analysis_points(specification)


def number_of_points(specification: Specification) -> int:
    """Return how many points the design has, without making them."""
    design, n = specification.design, len(specification.factors)
    if design.kind == "list":
        return len(design.listed)
    if design.kind == "grid":
        return math.prod(len(factor.values) for factor in specification.factors)
    if design.kind == "saltelli":
        return design.base_points * (2 * n + 2 if design.second_order else n + 2)
    return design.trajectories * (n + 1) if design.kind == "morris" else design.points


def problem_of(specification: Specification) -> dict[str, Any]:
    """Return the factors as SALib wants them described: num_vars, names, bounds."""
    return {
        "num_vars": len(specification.factors),
        "names": list(specification.factor_paths),
        "bounds": [[factor.low, factor.high] for factor in specification.factors],
    }


def with_points(specification: Specification, name: str, points: Points) -> Specification:
    """Return the experiment under another name with listed points, shape (points, factors), in place of its design."""
    listed = tuple(tuple(float(value) for value in point) for point in points)
    factors = tuple(replace(factor, values=()) for factor in specification.factors)
    return replace(specification, name=name, factors=factors, design=DesignPlan("list", listed=listed))


def _unit_points(design: DesignPlan, n: int) -> Points:
    generator = np.random.default_rng(design.seed)
    if design.kind == "sobol":
        return np.asarray(qmc.Sobol(n, rng=generator).random(design.points))
    return np.asarray(qmc.LatinHypercube(n, rng=generator).random(design.points))


def _scaled(unit: Points, specification: Specification) -> Points:
    low = np.array([factor.low for factor in specification.factors])
    high = np.array([factor.high for factor in specification.factors])
    # Written so that the ends of the ranges are hit exactly and never passed.
    scaled: Points = np.clip((1.0 - unit) * low + unit * high, low, high)
    return scaled


def _analysis_points(specification: Specification) -> Points:
    """Return the points that a method of SALib's asks for."""
    # Here and not above: SALib takes a second to load, and most designs do without.
    from SALib.sample import morris, sobol  # noqa: PLC0415

    design, problem = specification.design, problem_of(specification)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if design.kind == "saltelli":
            points = sobol.sample(problem, design.base_points, calc_second_order=design.second_order, seed=design.seed)
        else:
            points = morris.sample(problem, design.trajectories, num_levels=design.levels, seed=design.seed)
    low = [factor.low for factor in specification.factors]
    high = [factor.high for factor in specification.factors]
    return np.clip(np.asarray(points, dtype=np.float64), low, high)

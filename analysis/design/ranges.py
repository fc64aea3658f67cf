"""The ranges of an experiment's factors, and points within them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.design.distributions import quantiles
from analysis.design.specification import Factor, Specification
from analysis.errors import ExperimentError

Points = NDArray[np.float64]


def problem_of(specification: Specification) -> dict[str, Any]:
    """Return the factors as SALib wants them described: num_vars, names, bounds.

    A factor with levels or a distribution goes from 0 to 1, the share of its values that lie below.
    """
    return {
        "num_vars": len(specification.factors),
        "names": list(specification.factor_paths),
        "bounds": [[0.0, 1.0] if _is_spread(factor) else [factor.low, factor.high] for factor in specification.factors],
    }


def scaled(unit: Points, specification: Specification) -> Points:
    """Return points of the unit cube, shape (points, factors), stretched over the ranges of the factors."""
    low, high = _ends(specification)
    # Written so that the ends of the ranges are hit exactly and never passed.
    stretched: Points = np.clip((1.0 - unit) * low + unit * high, low, high)
    return _spread(stretched, unit, specification)


def clipped(points: ArrayLike, specification: Specification) -> Points:
    """Return points that SALib has made of `problem_of`, shape (points, factors), without rounding errors."""
    made = np.asarray(points, dtype=np.float64)
    return _spread(np.clip(made, *_ends(specification)), made, specification)


def check_is_evenly_spread(specification: Specification) -> None:
    """Raise ExperimentError if a factor has levels or a distribution: for a method that walks in even steps."""
    for factor in specification.factors:
        if _is_spread(factor):
            why = "has levels without an order" if factor.levels else "is not spread evenly over its range"
            allowed = "take a design of kind latin_hypercube, sobol or saltelli"
            kind = specification.design.kind
            raise ExperimentError(f"{factor.path} {why}, but a design of kind {kind} walks in even steps; {allowed}")


def _is_spread(factor: Factor) -> bool:
    return bool(factor.levels) or factor.distribution is not None


def _spread(points: Points, unit: Points, specification: Specification) -> Points:
    """Return points with the columns of levels and distributions as the shares in `unit` have them."""
    for place, factor in enumerate(specification.factors):
        shares = np.clip(unit[:, place], 0.0, 1.0)
        if factor.levels:
            codes = np.array(factor.values)
            points[:, place] = codes[np.minimum((shares * len(codes)).astype(np.int64), len(codes) - 1)]
        elif factor.distribution is not None:
            points[:, place] = quantiles(factor.distribution, factor.low, factor.high, shares)
    return points


def _ends(specification: Specification) -> tuple[Points, Points]:
    low = np.array([factor.low for factor in specification.factors])
    return low, np.array([factor.high for factor in specification.factors])

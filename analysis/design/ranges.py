"""The ranges of an experiment's factors, and points within them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.design.specification import Specification

Points = NDArray[np.float64]


def problem_of(specification: Specification) -> dict[str, Any]:
    """Return the factors as SALib wants them described: num_vars, names, bounds."""
    return {
        "num_vars": len(specification.factors),
        "names": list(specification.factor_paths),
        "bounds": [[factor.low, factor.high] for factor in specification.factors],
    }


def scaled(unit: Points, specification: Specification) -> Points:
    """Return points of the unit cube, shape (points, factors), stretched over the ranges of the factors."""
    low, high = _ends(specification)
    # Written so that the ends of the ranges are hit exactly and never passed.
    stretched: Points = np.clip((1.0 - unit) * low + unit * high, low, high)
    return stretched


def clipped(points: ArrayLike, specification: Specification) -> Points:
    """Return points that lie in the ranges but for rounding errors, shape (points, factors), without these."""
    return np.clip(np.asarray(points, dtype=np.float64), *_ends(specification))


def _ends(specification: Specification) -> tuple[Points, Points]:
    low = np.array([factor.low for factor in specification.factors])
    return low, np.array([factor.high for factor in specification.factors])

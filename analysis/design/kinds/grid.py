"""A grid: every combination of the factors' values."""

from __future__ import annotations

import itertools
import math

import numpy as np

from analysis.design.forms import whole
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points a grid has."""
    return math.prod(len(factor.values) for factor in specification.factors)


def points(specification: Specification) -> Points:
    """Return the points of a grid, shape (points, factors); the last factor changes fastest."""
    return np.array(list(itertools.product(*(factor.values for factor in specification.factors))))


GRID = DesignKind(
    name="grid",
    keys={"steps": whole(2, 100_000, "steps = 11")},
    required=(),
    factors_by="values",
    fills_space=True,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "grid",
        "网格",
    ),
    about=Text(
        "Every combination of the factors' values is a point.",
        "各因素取值的每一种组合是一个点。",
    ),
    limit=None,
)

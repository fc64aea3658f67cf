"""A list: points one by one, as a file or a program gives them."""

from __future__ import annotations

import numpy as np

from analysis.design.forms import text
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points a list has."""
    return len(specification.design.listed)


def points(specification: Specification) -> Points:
    """Return the points of a list, shape (points, factors), in their order."""
    listed = specification.design.listed
    return np.array(listed, dtype=np.float64).reshape(len(listed), len(specification.factors))


LISTED_POINTS = DesignKind(
    name="list",
    keys={"file": text("the path of a CSV file in quotes", 'file = "points.csv"')},
    required=("file",),
    factors_by="points",
    fills_space=True,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "list",
        "列表",
    ),
    about=Text(
        "The points are listed one by one.",
        "各点逐一列出。",
    ),
    limit=None,
)

"""Morris' design (Morris 1991; Campolongo et al. 2007), from which elementary effects are computed; made by SALib."""

from __future__ import annotations

import warnings

from analysis.design.forms import SEED, even, whole
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points, check_is_evenly_spread, clipped, problem_of
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points Morris' design has."""
    return specification.design.trajectories * (len(specification.factors) + 1)


def points(specification: Specification) -> Points:
    """Return the points of Morris' design, shape (points, factors): trajectory by trajectory."""
    # Here and not above: SALib takes a second to load, and most designs do without.
    from SALib.sample import morris  # noqa: PLC0415

    check_is_evenly_spread(specification)
    design, problem = specification.design, problem_of(specification)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = morris.sample(problem, design.trajectories, num_levels=design.levels, seed=design.seed)
    return clipped(made, specification)


MORRIS = DesignKind(
    name="morris",
    keys={
        "trajectories": whole(2, 100_000, "trajectories = 20"),
        "levels": even(2, 100, "levels = 4"),
        "seed": SEED,
    },
    required=("trajectories",),
    factors_by="ranges",
    fills_space=False,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "Morris",
        "Morris 设计",
    ),
    about=Text(
        "Morris' design (Morris 1991; Campolongo, Cariboni & Saltelli 2007): trajectories that move one "
        "factor at a time. It screens many factors with few runs.",
        "Morris 设计（Morris 1991；Campolongo, Cariboni & Saltelli 2007）："
        "每次只变动一个因素的轨迹，用较少的运行筛选许多因素。",
    ),
    limit=Text(
        "Elementary effects rank factors; they are no shares of the variance. They depend on the ranges.",
        "基本效应给因素排序，不是方差的份额，并且取决于范围。",
    ),
)

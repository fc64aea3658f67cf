"""A Latin hypercube (McKay, Beckman & Conover 1979), made by scipy.stats.qmc."""

from __future__ import annotations

import numpy as np

from analysis.design.forms import MOST_POINTS, SEED, whole
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points, scaled
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points a Latin hypercube has."""
    return specification.design.points


def points(specification: Specification) -> Points:
    """Return the points of a Latin hypercube, shape (points, factors)."""
    # Here and not above: scipy.stats takes half a second to load, and most designs do without.
    from scipy.stats import qmc  # noqa: PLC0415

    design = specification.design
    sampler = qmc.LatinHypercube(len(specification.factors), rng=np.random.default_rng(design.seed))
    return scaled(np.asarray(sampler.random(design.points)), specification)


LATIN_HYPERCUBE = DesignKind(
    name="latin_hypercube",
    keys={"points": whole(2, MOST_POINTS, "points = 500"), "seed": SEED},
    required=("points",),
    factors_by="ranges",
    fills_space=True,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "Latin hypercube",
        "拉丁超立方",
    ),
    about=Text(
        "A Latin hypercube (McKay, Beckman & Conover 1979): each factor's range is cut into as many "
        "parts as there are points, and each part holds one point.",
        "拉丁超立方（McKay, Beckman & Conover 1979）：每个因素的范围按点数等分，每一份恰有一个点。",
    ),
    limit=None,
)

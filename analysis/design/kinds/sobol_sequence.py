"""A Sobol' sequence (Sobol' 1967) with Owen's scrambling, made by scipy.stats.qmc."""

from __future__ import annotations

import numpy as np

from analysis.design.forms import SEED, power_of_2
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points, scaled
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points a Sobol' sequence has."""
    return specification.design.points


def points(specification: Specification) -> Points:
    """Return the points of a Sobol' sequence, shape (points, factors)."""
    # Here and not above: scipy.stats takes half a second to load, and most designs do without.
    from scipy.stats import qmc  # noqa: PLC0415

    design = specification.design
    sampler = qmc.Sobol(len(specification.factors), rng=np.random.default_rng(design.seed))
    return scaled(np.asarray(sampler.random(design.points)), specification)


SOBOL_SEQUENCE = DesignKind(
    name="sobol",
    keys={"points": power_of_2(2, 2**22, "points = 512"), "seed": SEED},
    required=("points",),
    factors_by="ranges",
    fills_space=True,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "Sobol' sequence",
        "Sobol' 序列",
    ),
    about=Text(
        "A scrambled Sobol' sequence (Sobol' 1967, Owen 1998): points that fill the space of the factors evenly.",
        "加扰的 Sobol' 序列（Sobol' 1967，Owen 1998）：均匀充满因素空间的点。",
    ),
    limit=None,
)

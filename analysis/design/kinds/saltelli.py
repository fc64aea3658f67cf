"""Saltelli's design (Saltelli et al. 2010), from which Sobol' indices are computed; made by SALib."""

from __future__ import annotations

import warnings

from analysis.design.forms import SEED, power_of_2, truth
from analysis.design.kinds.kind import DesignKind
from analysis.design.ranges import Points, clipped, problem_of
from analysis.design.specification import Specification
from model.scenario import Text


def number_of_points(specification: Specification) -> int:
    """Return how many points Saltelli's design has."""
    design, n = specification.design, len(specification.factors)
    return design.base_points * (2 * n + 2 if design.second_order else n + 2)


def points(specification: Specification) -> Points:
    """Return the points of Saltelli's design, shape (points, factors)."""
    # Here and not above: SALib takes a second to load, and most designs do without.
    from SALib.sample import sobol  # noqa: PLC0415

    design, problem = specification.design, problem_of(specification)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = sobol.sample(problem, design.base_points, calc_second_order=design.second_order, seed=design.seed)
    return clipped(made, specification)


SALTELLI = DesignKind(
    name="saltelli",
    keys={
        "base_points": power_of_2(2, 2**22, "base_points = 512"),
        "second_order": truth("second_order"),
        "seed": SEED,
    },
    required=("base_points",),
    factors_by="ranges",
    fills_space=True,
    number_of_points=number_of_points,
    points=points,
    label=Text(
        "Saltelli",
        "Saltelli 设计",
    ),
    about=Text(
        "Saltelli's design (Saltelli et al. 2010): two samples of base points, and for each factor one "
        "in which that factor alone comes from the other sample. Sobol' indices are computed from it.",
        "Saltelli 设计（Saltelli et al. 2010）：两组基础样本，"
        "再对每个因素取一组仅该因素来自另一样本的点。据此计算 Sobol' 指数。",
    ),
    limit=Text(
        "Sobol' indices depend on the ranges of the factors, which are taken as independent and, where the table of "
        "factors names no other spread, as uniform. "
        "Other ranges give another ranking.",
        "Sobol' 指数取决于因素的范围，并假定各因素独立；因素表未另作说明的，均为均匀分布。换一组范围，排序也会不同。",
    ),
)

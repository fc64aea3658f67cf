"""Designs: at which values of the factors the model is run. Each kind has a file of its own in `kinds`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from analysis.design.kinds.grid import GRID
from analysis.design.kinds.kind import DesignKind
from analysis.design.kinds.latin_hypercube import LATIN_HYPERCUBE
from analysis.design.kinds.listed_points import LISTED_POINTS
from analysis.design.kinds.morris import MORRIS
from analysis.design.kinds.saltelli import SALTELLI
from analysis.design.kinds.sobol_sequence import SOBOL_SEQUENCE
from analysis.design.ranges import Points
from analysis.design.specification import DesignPlan, Specification
from analysis.errors import ExperimentError

# All kinds, by what stands at kind in an experiment file.
DESIGN_KINDS: Mapping[str, DesignKind] = MappingProxyType(
    {kind.name: kind for kind in (GRID, LISTED_POINTS, LATIN_HYPERCUBE, SOBOL_SEQUENCE, SALTELLI, MORRIS)}
)


def kind_of(design: DesignPlan) -> DesignKind:
    """Return the kind of a design; ExperimentError if there is no such kind."""
    if design.kind not in DESIGN_KINDS:
        raise ExperimentError(f"there is no design of kind {design.kind}; allowed is {', '.join(DESIGN_KINDS)}")
    return DESIGN_KINDS[design.kind]


def design_points(specification: Specification) -> Points:
    """Return the points of the design, shape (points, factors), in the order in which they are numbered."""
    return kind_of(specification.design).points(specification)


def number_of_points(specification: Specification) -> int:
    """Return how many points the design has, without making them."""
    return kind_of(specification.design).number_of_points(specification)


def with_points(specification: Specification, name: str, points: Points) -> Specification:
    """Return the experiment under another name with listed points, shape (points, factors), in place of its design."""
    listed = tuple(tuple(float(value) for value in point) for point in points)
    # Levels without an order are told by their values, which no range could stand for.
    factors = tuple(factor if factor.levels else replace(factor, values=()) for factor in specification.factors)
    return replace(specification, name=name, factors=factors, design=DesignPlan(LISTED_POINTS.name, listed=listed))

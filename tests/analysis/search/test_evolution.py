"""The evolution comes near the known fronts of textbook problems, and tries the same twice."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("pymoo")

from pymoo.indicators.hv import HV
from pymoo.util.ref_dirs import get_reference_directions

from analysis.search.evolution import Costs, Space, evolve

Floats = NDArray[np.float64]


def zdt1(points: Floats) -> Floats:
    first = points[:, 0]
    rest = 1.0 + 9.0 * points[:, 1:].mean(axis=1)
    return np.column_stack([first, rest * (1.0 - np.sqrt(first / rest))])


def dtlz2(points: Floats, n_objectives: int) -> Floats:
    angles, rest = points[:, : n_objectives - 1] * np.pi / 2, points[:, n_objectives - 1 :]
    radius = 1.0 + ((rest - 0.5) ** 2).sum(axis=1)
    columns = []
    for place in range(n_objectives):
        column = radius * np.cos(angles[:, : n_objectives - 1 - place]).prod(axis=1)
        columns.append(column * np.sin(angles[:, n_objectives - 1 - place]) if place else column)
    return np.column_stack(columns)


def last_generation(space: Space, population: int, generations: int, function: object, seed: int = 1) -> Floats:
    seen: list[Floats] = []

    def evaluate(_number: int, points: Floats) -> Costs:
        seen.append(function(points))  # type: ignore[operator]
        return Costs(seen[-1], np.zeros((len(points), 0)))

    evolve(space, population, generations, seed, evaluate)
    return np.vstack(seen)


def test_that_the_front_of_zdt1_is_found_to_one_percent() -> None:
    found = last_generation(Space(np.zeros(10), np.ones(10), 2, 0), 60, 150, zdt1)
    measure = HV(ref_point=np.array([1.1, 1.1]))
    first = np.linspace(0.0, 1.0, 2000)
    known = measure(np.column_stack([first, 1.0 - np.sqrt(first)]))
    assert measure(found) == pytest.approx(known, rel=0.01)


@pytest.mark.slow
def test_that_the_whole_front_of_dtlz2_with_three_objectives_is_found_to_one_percent() -> None:
    """The front is the eighth of the unit sphere; the rest of the cube up to 1.1 is what is to be had."""
    found = last_generation(Space(np.zeros(7), np.ones(7), 3, 0), 200, 400, lambda points: dtlz2(points, 3))
    known = 1.1**3 - np.pi / 6
    assert HV(ref_point=np.full(3, 1.1))(found) == pytest.approx(known, rel=0.01)


@pytest.mark.slow
def test_that_the_front_of_dtlz2_with_five_objectives_is_found_to_one_percent() -> None:
    """From five objectives on directions are aimed at: one package is taken for each, as the front has one on each.

    Sixty points on a surface of four dimensions cannot come within 1% of the volume of the whole surface, so what is
    known is the volume of the sixty points of the front on these directions.
    """
    found = last_generation(Space(np.zeros(9), np.ones(9), 5, 0), 60, 300, lambda points: dtlz2(points, 5))
    directions = get_reference_directions("energy", 5, 60, seed=1)
    known = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    along = found @ known.T
    aside = np.sqrt(np.maximum((found**2).sum(axis=1, keepdims=True) - along**2, 0.0))
    nearest = found[(along + 5.0 * aside).argmin(axis=0)]  # as in penalty boundary intersection
    measure = HV(ref_point=np.full(5, 1.1))
    assert measure(nearest) == pytest.approx(measure(known), rel=0.01)


def test_that_the_same_seed_tries_the_same_and_another_something_else() -> None:
    space = Space(np.zeros(4), np.ones(4), 2, 0)
    one, again, other = (last_generation(space, 12, 5, zdt1, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_that_constraints_are_kept_to() -> None:
    seen: list[Floats] = []

    def evaluate(_number: int, points: Floats) -> Costs:
        seen.append(points)
        return Costs(np.column_stack([points[:, 0], 1.0 - points[:, 0]]), 0.6 - points[:, [1]])

    evolve(Space(np.zeros(2), np.ones(2), 2, 1), 20, 30, 1, evaluate)
    assert np.mean(seen[-1][:, 1] >= 0.6) > 0.9
    assert np.mean(seen[0][:, 1] >= 0.6) < 0.7

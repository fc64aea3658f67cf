"""Which package beats which: never its copy, rarely its equal, and the planted one always."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.search.plan import Objective
from analysis.search.robustness import beaten_by, not_dominated, over_worlds, spread_out

Floats = NDArray[np.float64]
MORE, LESS = Objective("innovation_rate", "more"), Objective("lazy_prevalence", "less", "worst_decile")
N_WORLDS = 64


def worlds_with(draws: np.random.Generator, n: int, spread: float = 0.1) -> Floats:
    """Return costs of packages that are equal in truth: what the world does, the same to all, and luck."""
    of_world = 0.3 + spread * draws.standard_normal(N_WORLDS)
    return of_world + 0.02 * draws.standard_normal((n, N_WORLDS))


def test_that_a_package_never_beats_its_copy() -> None:
    draws = np.random.default_rng(1)
    for _ in range(50):  # 20 packages each, so 1,000 pairs in both directions
        packages = [worlds_with(draws, 20, 0.5) for _ in range(2)]
        beaten = beaten_by([(one, np.vstack([cost, cost])) for one, cost in zip((MORE, LESS), packages, strict=True)])
        of_copy = np.concatenate([np.arange(20, 40), np.arange(20)])
        assert not (beaten == of_copy).any()


def test_that_packages_equal_in_truth_beat_each_other_rarely() -> None:
    draws = np.random.default_rng(2)
    n = sum(
        bool((beaten_by([(MORE, worlds_with(draws, 2)), (LESS, worlds_with(draws, 2))]) >= 0).any()) for _ in range(200)
    )
    assert n <= 0.05 * 200


def test_that_equals_with_a_single_objective_beat_each_other_rarely() -> None:
    draws = np.random.default_rng(3)
    n = sum(bool((beaten_by([(MORE, worlds_with(draws, 2))]) >= 0).any()) for _ in range(200))
    assert n <= 0.05 * 200


def test_that_a_planted_package_that_is_worse_in_everything_is_beaten() -> None:
    draws = np.random.default_rng(4)
    for _ in range(20):
        costs = [worlds_with(draws, 3), worlds_with(draws, 3)]
        for of_objective in costs:
            of_objective[2] += 0.03
        assert beaten_by([(MORE, costs[0]), (LESS, costs[1])])[2] in (0, 1)


def test_that_who_is_better_in_one_and_worse_in_another_is_not_beaten() -> None:
    draws = np.random.default_rng(5)
    one, other = worlds_with(draws, 2), worlds_with(draws, 2)
    one[0] += 0.05
    other[1] += 0.05
    assert list(beaten_by([(MORE, one), (LESS, other)])) == [-1, -1]


def test_what_the_worst_tenth_and_the_regret_are() -> None:
    costs = np.array([np.arange(20.0), np.zeros(20)])
    assert over_worlds("mean", costs, costs.min(axis=0)) == pytest.approx([9.5, 0.0])
    assert over_worlds("worst_decile", costs, costs.min(axis=0)) == pytest.approx([18.5, 0.0])
    assert over_worlds("regret", costs, costs.min(axis=0)) == pytest.approx([19.0, 0.0])


def test_that_only_what_nothing_dominates_is_kept() -> None:
    objectives = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.5], [0.5, 0.5]])
    assert list(not_dominated(objectives)) == [True, True, False, True, True]


def test_that_representatives_are_members_and_one_of_each_group() -> None:
    draws = np.random.default_rng(6)
    centres = np.repeat(np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 5.0]]), 10, axis=0)
    taken = spread_out(centres + 0.1 * draws.standard_normal((30, 2)), 3)
    assert sorted(place // 10 for place in taken) == [0, 1, 2]
    assert spread_out(draws.random((2, 2)), 8) == [0, 1]

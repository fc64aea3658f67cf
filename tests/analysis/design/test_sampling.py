"""That the designs have the points they are known for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from analysis.design import kinds
from analysis.design.ranges import problem_of
from analysis.design.sampling import DESIGN_KINDS, design_points, kind_of, number_of_points, with_points
from analysis.design.specification import DesignPlan, Factor
from analysis.errors import ExperimentError
from tests.made_experiments import made_experiment

FACTORS = (
    Factor("accountability.severity", 0.0, 0.6),
    Factor("exemption.probability", 0.1, 0.9),
    Factor("behaviour.memory_half_life_months", 6.0, 60.0),
)
PLANS = {
    "latin_hypercube": DesignPlan("latin_hypercube", points=50, seed=3),
    "sobol": DesignPlan("sobol", points=64, seed=3),
    "saltelli": DesignPlan("saltelli", base_points=16, seed=3),
    "saltelli with second order": DesignPlan("saltelli", base_points=16, second_order=True, seed=3),
    "morris": DesignPlan("morris", trajectories=7, levels=4, seed=3),
}


@pytest.mark.parametrize("name", PLANS)
def test_that_points_lie_in_their_ranges_and_are_as_many_as_promised(name: str) -> None:
    made = made_experiment(factors=FACTORS, design=PLANS[name])
    points = design_points(made)
    assert points.shape == (number_of_points(made), 3)
    assert (points >= [factor.low for factor in FACTORS]).all()
    assert (points <= [factor.high for factor in FACTORS]).all()


@pytest.mark.parametrize("name", PLANS)
def test_that_the_seed_of_the_design_decides_its_points(name: str) -> None:
    made = made_experiment(factors=FACTORS, design=PLANS[name])
    other = replace(made, design=replace(made.design, seed=4))
    assert np.array_equal(design_points(made), design_points(made))
    assert not np.array_equal(design_points(made), design_points(other))
    assert np.array_equal(design_points(made), design_points(replace(made, seed=99)))


def test_that_the_last_factor_of_a_grid_changes_fastest() -> None:
    factors = (Factor("work.complexity", 0.1, 0.2, (0.1, 0.2)), Factor("work.diffusion", 0.0, 1.0, (0.0, 0.5, 1.0)))
    points = design_points(made_experiment(factors=factors, design=DesignPlan("grid")))
    assert points.tolist() == [[0.1, 0.0], [0.1, 0.5], [0.1, 1.0], [0.2, 0.0], [0.2, 0.5], [0.2, 1.0]]


def test_that_each_stratum_of_a_latin_hypercube_holds_one_point() -> None:
    points = design_points(made_experiment(factors=FACTORS, design=PLANS["latin_hypercube"]))
    for column, factor in zip(points.T, FACTORS, strict=True):
        unit = (column - factor.low) / (factor.high - factor.low)
        assert sorted(np.floor(unit * 50).astype(int)) == list(range(50))


def test_that_a_sobol_sequence_is_more_even_than_luck() -> None:
    made = made_experiment(factors=FACTORS, design=PLANS["sobol"])
    low, high = np.array([(factor.low, factor.high) for factor in FACTORS]).T
    unit = (design_points(made) - low) / (high - low)
    random = np.random.default_rng(1).random((64, 3))
    assert qmc.discrepancy(unit) < 0.2 * qmc.discrepancy(random)


def test_that_a_step_of_a_morris_trajectory_moves_one_factor() -> None:
    points = design_points(made_experiment(factors=FACTORS, design=PLANS["morris"])).reshape(7, 4, 3)
    moved = np.diff(points, axis=1) != 0
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()


def test_that_saltelli_points_exchange_one_column_at_a_time() -> None:
    points = design_points(made_experiment(factors=FACTORS, design=PLANS["saltelli"])).reshape(16, 5, 3)
    first, last = points[:, 0], points[:, -1]
    for factor in range(3):
        mixed = points[:, 1 + factor]
        assert np.array_equal(mixed[:, factor], last[:, factor])
        others = [other for other in range(3) if other != factor]
        assert np.array_equal(mixed[:, others], first[:, others])


def test_that_points_can_be_put_in_place_of_a_design() -> None:
    made = made_experiment(factors=FACTORS, design=PLANS["morris"])
    points = np.array([[0.1, 0.2, 7.0], [0.3, 0.4, 8.0]])
    other = with_points(made, "closer", points)
    assert np.array_equal(design_points(other), points)
    assert other.name == "closer"


def test_that_salib_is_told_names_and_ranges() -> None:
    problem = problem_of(made_experiment(factors=FACTORS))
    assert problem["num_vars"] == 3
    assert problem["bounds"][2] == [6.0, 60.0]


def test_that_every_file_of_a_kind_is_in_the_table_and_says_all_in_both_languages() -> None:
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__", "kind"}
    assert files == {kind.points.__module__.rpartition(".")[2] for kind in DESIGN_KINDS.values()}
    for name, kind in DESIGN_KINDS.items():
        assert name == kind.name
        assert set(kind.required) <= set(kind.keys)
        for text in (kind.label, kind.about, *([kind.limit] if kind.limit else [])):
            assert text.en.isascii()
            assert not text.zh.isascii()


def test_that_a_kind_that_is_not_there_is_refused() -> None:
    with pytest.raises(ExperimentError, match="no design of kind halton; allowed is grid, list, latin_hypercube"):
        kind_of(DesignPlan("halton", points=8))

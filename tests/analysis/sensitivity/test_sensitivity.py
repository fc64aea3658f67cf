"""That sensitivity gives the known answers on Ishigami's function with noise added, and says when it cannot."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol
from SALib.test_functions import Ishigami

from analysis.design.ranges import problem_of
from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.sensitivity.morris import elementary_effects
from analysis.sensitivity.sensitivity import analysed, is_enough, sensitivity
from analysis.sensitivity.verdicts import (
    INDEX_COLUMNS,
    LEAST_ROWS,
    LEAST_TRAJECTORIES,
    NOISE_COLUMNS,
    Analysis,
    cause_of,
    verdict_of,
)
from analysis.statistics.effects import IncompleteError
from tests.made_experiments import EXEMPTION, SEVERITY, made_experiment, silent

Floats = NDArray[np.float64]

# With a = 7 and b = 0.1 (Ishigami & Homma 1990).
VARIANCE = 7**2 / 8 + 0.1 * math.pi**4 / 5 + 0.1**2 * math.pi**8 / 18 + 1 / 2
FIRST = (0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2 / VARIANCE, 7**2 / 8 / VARIANCE, 0.0)
OF_X1_AND_X3 = 8 * 0.1**2 * math.pi**8 / 225 / VARIANCE
TOTAL = (FIRST[0] + OF_X1_AND_X3, FIRST[1], OF_X1_AND_X3)


def ishigami(n: int, is_common: bool = False, second_order: bool = False, more_factors: int = 0) -> Specification:
    """Return an experiment with the three factors of Ishigami's function, and others that do nothing."""
    names = [f"x{number + 1}" for number in range(3 + more_factors)]
    return made_experiment(
        factors=tuple(Factor(name, -math.pi, math.pi) for name in names),
        design=DesignPlan("saltelli", base_points=n, second_order=second_order, seed=1),
        common_random_numbers=is_common,
    )


def screening(trajectories: int, is_common: bool = False) -> Specification:
    made = ishigami(2, is_common, more_factors=1)
    return replace(made, design=DesignPlan("morris", trajectories=trajectories, seed=1))


def known(points: Floats) -> Floats:
    values: Floats = Ishigami.evaluate(points[:, :3])
    return values


def noisy(points: Floats, replications: int, spread: float, seed: int = 1) -> Floats:
    """Return the function at points with luck of its own in every run, shape (points, replications)."""
    generator = np.random.default_rng(seed)
    values: Floats = known(points)[:, None] + generator.normal(0.0, spread, size=(len(points), replications))
    return values


def by_name(found: Analysis, index: str) -> dict[str, tuple[float, float, float]]:
    return {one.factor: (one.value, one.low, one.high) for one in found.indices if one.name == index}


def verdicts(found: Analysis, index: str) -> list[str]:
    return [one.verdict for one in found.indices if one.name == index]


@pytest.mark.parametrize("spread", [0.0, 2.0, 5.0])
def test_that_the_indices_are_the_known_ones_whatever_the_noise(spread: float) -> None:
    made = ishigami(2048)
    points = design_points(made)
    found = analysed(made, points, noisy(points, 10, spread), 200)
    for index, truth in (("first", FIRST), ("total", TOTAL)):
        for (value, low, high), true_value in zip(by_name(found, index).values(), truth, strict=True):
            assert low <= true_value <= high
            assert value == pytest.approx(true_value, abs=0.06)
    assert verdicts(found, "total") == ["matters"] * 3


@pytest.mark.parametrize("spread", [1.0, 4.0])
def test_that_the_share_of_noise_is_the_one_that_was_added(spread: float) -> None:
    made = ishigami(1024)
    points = design_points(made)
    noise = analysed(made, points, noisy(points, 8, spread), 20).noise
    assert noise.variance == pytest.approx(VARIANCE, rel=0.05)
    assert noise.noise_variance == pytest.approx(spread**2, rel=0.05)
    assert noise.noise_share == pytest.approx(spread**2 / (spread**2 + VARIANCE), rel=0.06)
    left = spread**2 / 8
    assert noise.noise_share_of_means == pytest.approx(left / (left + VARIANCE), rel=0.08)


def test_that_a_factor_that_does_nothing_gets_no_share_of_the_noise() -> None:
    made = ishigami(1024, more_factors=1)
    points = design_points(made)
    values = noisy(points, 4, 6.0)
    value, low, high = by_name(analysed(made, points, values, 200), "total")["x4"]
    assert low <= 0.0 <= high
    assert abs(value) < 0.05
    raw = salib_sobol.analyze(problem_of(made), values.mean(axis=1), calc_second_order=False, num_resamples=2)
    assert raw["ST"][3] > 0.25  # what the estimator alone says


@pytest.mark.slow
def test_that_the_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    made = ishigami(256)
    hits = []
    for seed in range(60):
        shaken = replace(made, design=replace(made.design, seed=seed + 1))
        points = design_points(shaken)
        found = analysed(shaken, points, noisy(points, 5, 3.0, seed), 100)
        for index, truth in (("first", FIRST), ("total", TOTAL)):
            of_index = by_name(found, index).values()
            hits += [low <= true_value <= high for (_, low, high), true_value in zip(of_index, truth, strict=True)]
    assert np.mean(hits) > 0.93


def test_that_luck_that_all_points_share_is_no_noise_of_the_means() -> None:
    made = ishigami(512, is_common=True)
    points = design_points(made)
    shared = np.random.default_rng(5).normal(0.0, 20.0, size=8)
    found = analysed(made, points, known(points)[:, None] + shared, 100)
    plain = analysed(made, points, np.repeat(known(points)[:, None], 8, axis=1), 100)
    for index in ("first", "total"):
        for one, other in zip(by_name(found, index).values(), by_name(plain, index).values(), strict=True):
            assert one == pytest.approx(other, abs=1e-9)
    assert found.noise.noise_share_of_means == pytest.approx(0.0, abs=1e-12)
    assert found.noise.noise_share > 0.9


@pytest.mark.slow
def test_that_luck_that_works_with_a_factor_is_taken_out_under_common_random_numbers() -> None:
    """The luck of a replication tilts x1 at all points alike; over many replications that is no effect of x1."""
    made = ishigami(256, is_common=True)
    points = design_points(made)
    hits, values = [], []
    for seed in range(60):
        tilt = np.random.default_rng(seed).normal(0.0, 2.0, size=6)
        runs = known(points)[:, None] + np.sin(points[:, :1]) * tilt
        found = by_name(analysed(made, points, runs, 100), "total")["x1"]
        values.append(found[0])
        hits.append(found[1] <= TOTAL[0] <= found[2])
    exact = by_name(analysed(made, points, known(points)[:, None], 20), "total")["x1"][0]
    assert np.mean(values) == pytest.approx(exact, abs=0.05)
    assert np.mean(hits) > 0.85


def test_that_too_few_runs_are_called_too_few() -> None:
    made = ishigami(16)
    points = design_points(made)
    found = analysed(made, points, noisy(points, 2, 8.0), 200)
    assert found.noise.verdict == "not enough runs"
    assert "not enough runs" in verdicts(found, "total")


def test_that_nothing_but_noise_is_never_said_to_matter() -> None:
    made = ishigami(64)
    points = design_points(made)
    for seed in range(5):
        values = np.random.default_rng(seed).normal(size=(len(points), 4))
        found = analysed(made, points, values, 100)
        assert found.noise.verdict == "not enough runs"
        assert "matters" not in verdicts(found, "total")


def test_that_second_order_indices_are_the_known_ones() -> None:
    made = ishigami(2048, second_order=True)
    points = design_points(made)
    found = by_name(analysed(made, points, noisy(points, 5, 2.0), 100), "second")
    assert list(found) == [f"{one} x {other}" for one, other in itertools.combinations(("x1", "x2", "x3"), 2)]
    assert found["x1 x x3"][1] <= OF_X1_AND_X3 <= found["x1 x x3"][2]
    assert found["x1 x x2"][1] <= 0.0 <= found["x1 x x2"][2]


def test_that_without_noise_the_indices_are_those_of_salib() -> None:
    made = ishigami(128, second_order=True)
    points = design_points(made)
    values = known(points)
    found = analysed(made, points, values[:, None], 20)
    theirs = salib_sobol.analyze(problem_of(made), values, num_resamples=2)
    # SALib centres on the mean of all points, and so do the indices here.
    assert [value for value, _, _ in by_name(found, "first").values()] == pytest.approx(theirs["S1"].tolist())
    assert [value for value, _, _ in by_name(found, "total").values()] == pytest.approx(theirs["ST"].tolist())
    upper = theirs["S2"][np.triu_indices(3, 1)]
    assert [value for value, _, _ in by_name(found, "second").values()] == pytest.approx(upper.tolist())
    assert math.isnan(found.noise.noise_share)


def test_that_a_measure_that_never_changes_has_no_indices() -> None:
    made = ishigami(16)
    points = design_points(made)
    found = analysed(made, points, np.full((len(points), 3), 0.25), 20)
    assert set(verdicts(found, "total")) == {"negligible"}
    assert [value for value, _, _ in by_name(found, "first").values()] == [0.0, 0.0, 0.0]


def test_that_rows_with_a_missing_point_are_left_out_and_counted() -> None:
    made = ishigami(256)
    points = design_points(made)
    values = noisy(points, 4, 1.0)
    values[7] = np.nan
    values[12, :3] = np.nan
    noise = analysed(made, points, values, 20).noise
    assert (noise.rows, noise.rows_left_out) == (254, 2)
    nothing = analysed(made, points, np.full_like(values, np.nan), 20)
    assert set(verdicts(nothing, "total")) == {"not enough runs"}


def test_that_elementary_effects_are_those_of_salib() -> None:
    made = screening(20)
    points = design_points(made)
    values = noisy(points, 3, 1.0)
    found = analysed(made, points, values, 50)
    theirs = salib_morris.analyze(problem_of(made), points, values.mean(axis=1), num_resamples=2, seed=1)
    effects, _ = elementary_effects(problem_of(made), points, values, is_common=False)
    assert effects.mean(axis=0) == pytest.approx(theirs["mu"])
    assert np.abs(effects).mean(axis=0) == pytest.approx(np.asarray(theirs["mu_star"]))
    assert effects.std(axis=0, ddof=1) == pytest.approx(theirs["sigma"])
    assert [value for value, _, _ in by_name(found, "mu_star").values()] == pytest.approx(
        np.asarray(theirs["mu_star"]).tolist()
    )


def test_that_screening_finds_what_matters_and_what_does_nothing() -> None:
    made = screening(40)
    points = design_points(made)
    found = analysed(made, points, noisy(points, 20, 0.2), 200)
    assert verdicts(found, "mu_star") == ["matters"] * 3 + ["negligible"]
    assert found.noise.noise_variance == pytest.approx(0.04, rel=0.2)


def test_that_effects_made_by_luck_are_not_said_to_matter() -> None:
    made = screening(40)
    points = design_points(made)
    values = np.random.default_rng(3).normal(size=(len(points), 5))
    assert set(verdicts(analysed(made, points, values, 100), "mu_star")) == {"not enough runs"}
    common = screening(40, is_common=True)
    shared = np.random.default_rng(3).normal(0.0, 50.0, size=5)
    found = analysed(common, points, known(points)[:, None] + shared, 100)
    assert verdicts(found, "mu_star") == ["matters"] * 3 + ["negligible"]


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((0.5, 0.4, 0.6), "matters"),
        ((0.5, 0.1, 0.9), "not enough runs"),
        ((0.01, -0.02, 0.04), "negligible"),
        ((0.04, -0.02, 0.10), "not enough runs"),
        ((-0.5, -0.6, -0.4), "matters"),
        ((math.nan, math.nan, math.nan), "not enough runs"),
    ],
)
def test_that_a_verdict_says_what_the_interval_allows(interval: tuple[float, float, float], verdict: str) -> None:
    assert verdict_of(*interval) == verdict


def saltelli(**changes: object) -> Specification:
    factors = (Factor(SEVERITY, 0.0, 0.6), Factor(EXEMPTION, 0.0, 1.0))
    return made_experiment(factors=factors, design=DesignPlan("saltelli", base_points=16), **changes)


def test_that_an_experiment_is_analysed_for_each_measure(tmp_path: Path) -> None:
    found = sensitivity(sweep(saltelli(), tmp_path / "made", watch=silent()), resamples=50)
    assert tuple(found.indices.columns) == INDEX_COLUMNS
    assert tuple(found.noise.columns) == NOISE_COLUMNS
    assert found.noise["measure"].tolist() == ["innovation_rate"]
    assert len(found.indices) == 2 * 2
    assert found.gaps == ()
    assert is_enough(found.noise, found.indices).tolist() == [found.noise["verdict"][0] != "not enough runs"]


def test_that_the_same_experiment_gives_the_same_intervals(tmp_path: Path) -> None:
    experiment = sweep(saltelli(), tmp_path / "made", watch=silent())
    first, second = (sensitivity(experiment, resamples=50).indices for _ in range(2))
    assert first.equals(second)


def test_that_another_design_is_refused_with_what_to_do(tmp_path: Path) -> None:
    experiment = sweep(made_experiment(points=3), tmp_path / "made", watch=silent())
    with pytest.raises(ExperimentError, match="kind list; sensitivity needs one of kind morris"):
        sensitivity(experiment)


def test_that_an_incomplete_experiment_is_refused_unless_allowed(tmp_path: Path) -> None:
    experiment = sweep(saltelli(), tmp_path / "made", shard=(1, 2), watch=silent())
    with pytest.raises(IncompleteError, match="--allow-incomplete"):
        sensitivity(experiment)
    found = sensitivity(experiment, resamples=20, allow_incomplete=True)
    assert found.gaps
    assert found.noise["rows_left_out"][0] > 0


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
def test_that_few_rows_make_no_index_matter_and_the_cause_is_named(kind: str) -> None:
    made = ishigami(4) if kind == "saltelli" else screening(3)
    least = LEAST_ROWS if kind == "saltelli" else LEAST_TRAJECTORIES
    points = design_points(made)
    found = analysed(made, points, noisy(points, 5, 0.001), 50)
    assert {index.verdict for index in found.indices} == {"not enough runs"}
    assert cause_of(found.noise, least) == "few rows"


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
def test_that_a_measure_that_is_missing_at_most_points_gets_no_index_and_the_cause_is_named(kind: str) -> None:
    made, of_a_row = (ishigami(64), 5) if kind == "saltelli" else (screening(20), 5)
    least = LEAST_ROWS if kind == "saltelli" else LEAST_TRAJECTORIES
    points = design_points(made)
    values = noisy(points, 5, 0.001)
    values[3 * of_a_row :: of_a_row] = np.nan  # three rows are whole
    found = analysed(made, points, values, 50)
    assert all(math.isnan(index.value) and index.verdict == "not enough runs" for index in found.indices)
    assert (found.noise.rows, found.noise.rows_left_out) == (3, len(points) // of_a_row - 3)
    assert cause_of(found.noise, least) == "missing"


def test_that_one_replication_is_named_as_the_cause_before_the_design() -> None:
    made = ishigami(8)
    points = design_points(made)
    assert cause_of(analysed(made, points, noisy(points, 1, 5.0), 50).noise, LEAST_ROWS) == "single"
    assert cause_of(analysed(made, points, noisy(points, 3, 50.0), 50).noise, LEAST_ROWS) == "luck"
    assert cause_of(analysed(made, points, noisy(points, 3, 0.01), 50).noise, LEAST_ROWS) == "design"

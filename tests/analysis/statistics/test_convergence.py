"""That the coefficient of variation is what it should be, and that stable means stable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.execution.sweep import sweep
from analysis.statistics.convergence import COLUMNS, coefficients_of, convergence, convergence_of
from tests.made_experiments import made_experiment, silent


def test_that_each_coefficient_is_that_of_the_first_values() -> None:
    values = np.random.default_rng(1).normal(1e6, 3.0, size=20)
    found = coefficients_of(values)
    assert np.isnan(found[0])
    for k in range(2, 21):
        assert found[k - 1] == pytest.approx(values[:k].std(ddof=1) / values[:k].mean(), rel=1e-6)


def test_that_the_sign_of_the_mean_does_not_matter() -> None:
    values = np.array([1.0, 2.0, 3.0, 2.0])
    assert coefficients_of(-values)[1:] == pytest.approx(coefficients_of(values)[1:])


def test_that_with_many_values_it_is_stable_and_with_few_it_is_not() -> None:
    values = np.random.default_rng(2).normal(10.0, 2.0, size=4000)
    many = convergence_of(values)
    assert many.enough is not None
    assert 200 < many.enough < 2800
    assert convergence_of(values[:12]).enough is None


def test_that_a_looser_tolerance_needs_fewer() -> None:
    values = np.random.default_rng(3).normal(10.0, 2.0, size=3000)
    loose, strict = convergence_of(values, 0.2).enough, convergence_of(values, 0.05).enough
    assert loose is not None
    assert strict is not None
    assert loose < strict


def test_that_values_all_alike_are_stable_at_once() -> None:
    assert convergence_of(np.full(20, 0.4)).enough == 2


def test_that_near_zero_nothing_is_said() -> None:
    values = np.random.default_rng(4).normal(0.0, 1.0, size=500)
    assert convergence_of(values).enough is None
    assert np.isnan(convergence_of(values).coefficients).all()
    assert convergence_of(np.zeros(10)).enough is None


def test_that_missing_values_are_left_out() -> None:
    values = np.array([np.nan, 1.0, 2.0, np.nan, 3.0])
    assert len(convergence_of(values).coefficients) == 3
    assert convergence_of(np.full(4, np.nan)).enough is None


def test_that_an_experiment_has_a_row_for_every_point_and_the_base(tmp_path: Path) -> None:
    made = made_experiment(points=4, replications=12)
    experiment = sweep(made, tmp_path / "made", watch=silent())
    table = convergence(experiment, ("innovation_rate", "inaction_rate"))
    assert list(table.columns) == list(COLUMNS)
    assert sorted(set(table["point"])) == [-1, 0, 1, 2, 3]
    assert (table["n"] == 12).all()

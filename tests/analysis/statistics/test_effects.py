"""That statistics of an experiment are right, and refuse one with gaps."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.statistics.effects import (
    EFFECT_COLUMNS,
    MEAN_COLUMNS,
    IncompleteError,
    checked_gaps,
    effects,
    more_for,
    needed_for,
    point_means,
    values_of,
)
from analysis.store.experiment import open_experiment
from tests.made_experiments import made_experiment, silent

MEASURE = "innovation_rate"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("statistics") / "made"
    sweep(made_experiment(points=4, replications=6), place, watch=silent())
    return place


@pytest.fixture(scope="module")
def unpaired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("statistics") / "own"
    sweep(made_experiment(points=4, replications=6, common_random_numbers=False), place, watch=silent())
    return place


def of_point(table: pd.DataFrame, point: int) -> pd.Series:
    return table[(table["point"] == point) & (table["measure"] == MEASURE)].iloc[0]


def test_that_means_have_the_interval_of_students_t(folder: Path) -> None:
    experiment = open_experiment(folder)
    table = point_means(experiment, (MEASURE, "actual_exemption"))
    assert list(table.columns) == list(MEAN_COLUMNS)
    values = values_of(experiment, (MEASURE,))[2, :, 0]
    low, high = stats.t.interval(0.95, 5, values.mean(), stats.sem(values))
    row = of_point(table, 2)
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((values.mean(), low, high))


def test_that_effects_are_paired_replication_by_replication(folder: Path) -> None:
    experiment = open_experiment(folder)
    table = effects(experiment, (MEASURE,))
    assert list(table.columns) == list(EFFECT_COLUMNS)
    rows, base = experiment.table(), experiment.reference()
    values = rows[rows["point"] == 1][MEASURE].to_numpy()
    tested = stats.ttest_rel(values, base[MEASURE].to_numpy()).confidence_interval()
    row = of_point(table, 1)
    assert (row["low"], row["high"]) == pytest.approx(tuple(tested))
    assert row["is_paired"]
    assert row["mean"] - row["reference_mean"] == pytest.approx(row["difference"])


def test_that_without_common_random_numbers_the_interval_is_welchs(unpaired: Path) -> None:
    experiment = open_experiment(unpaired)
    row = of_point(effects(experiment, (MEASURE,)), 3)
    rows, base = experiment.table(), experiment.reference()
    values = rows[rows["point"] == 3][MEASURE].to_numpy()
    tested = stats.ttest_ind(values, base[MEASURE].to_numpy(), equal_var=False).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx(tuple(tested))
    assert not row["is_paired"]


def test_that_an_experiment_with_gaps_is_refused_and_the_gaps_are_named(tmp_path: Path) -> None:
    made = made_experiment(points=4, replications=6)
    experiment = sweep(made, tmp_path / "made", shard=(1, 2), watch=silent())
    with pytest.raises(IncompleteError, match=r"runs 5 to 9 not run.*--allow-incomplete"):
        point_means(experiment, (MEASURE,))
    with pytest.raises(IncompleteError):
        effects(experiment, (MEASURE,))
    assert {gap.reason for gap in checked_gaps(experiment, allow_incomplete=True)} == {"not run"}
    table = point_means(experiment, (MEASURE,), allow_incomplete=True)
    assert table["n"].tolist() == [5, 2, 3, 4]


def test_that_a_measure_that_is_not_held_is_refused(folder: Path) -> None:
    with pytest.raises(ExperimentError, match="does not hold the measure public_value; it holds innovation_rate"):
        point_means(open_experiment(folder), ("public_value",))


def test_that_the_replications_needed_are_as_many_as_make_the_interval_narrow() -> None:
    values = np.random.default_rng(1).normal(0.0, 1.0, size=30)
    needed = needed_for(values, 0.1)
    assert needed.more is not None
    spread = values.std(ddof=1)
    n = needed.n + needed.more
    half = [stats.t.ppf(0.975, m - 1) * spread / math.sqrt(m) for m in (n - 1, n)]
    assert half[1] <= 0.1 < half[0]


def test_that_nothing_is_promised_where_nothing_can_be() -> None:
    assert needed_for(np.array([1.0, np.nan]), 0.1).more is None
    assert needed_for(np.array([0.0, 1.0]), 1e-9).more is None
    assert needed_for(np.ones(5), 0.1).more == 0
    assert more_for(math.nan, 10, 0.1) is None
    with pytest.raises(ValueError, match="above 0"):
        needed_for(np.ones(5), 0.0)

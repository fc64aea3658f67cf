"""Policies are compared run by run, with the mean and the interval of a textbook."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.statistics.paired_effects import EFFECT_COLUMNS, intervals_of, measure_means, paired_effects
from model.measures import MEASURES


def runs_table(values: dict[str, dict[int, float]], measure: str = "innovation_rate") -> pd.DataFrame:
    """Return a table of runs in which one measure has these values by scenario and run, and every other is 0."""
    rows = [
        {"scenario": scenario, "seed": 1, "run": run, **dict.fromkeys(MEASURES, 0.0), measure: value}
        for scenario, of_runs in values.items()
        for run, value in of_runs.items()
    ]
    return pd.DataFrame(rows)


def effect(runs: pd.DataFrame, measure: str = "innovation_rate") -> pd.Series:
    effects = paired_effects(runs, "baseline")
    return effects[effects["measure"] == measure].iloc[0]


def test_that_the_mean_and_interval_are_those_of_the_paired_t_test() -> None:
    generator = np.random.default_rng(5)
    before = generator.normal(0.3, 0.1, 12)
    after = before + generator.normal(0.05, 0.02, 12)
    found = effect(runs_table({"baseline": dict(enumerate(before)), "policy": dict(enumerate(after))}))
    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert found["difference"] == pytest.approx(np.mean(after - before), rel=1e-12)
    assert (found["low"], found["high"]) == pytest.approx((expected.low, expected.high), rel=1e-12)
    assert found["n"] == 12
    assert (found["baseline_mean"], found["mean"]) == pytest.approx((before.mean(), after.mean()))


def test_that_luck_common_to_both_cancels_out() -> None:
    luck = np.random.default_rng(1).normal(0, 10, 8)
    runs = runs_table({"baseline": dict(enumerate(luck)), "policy": dict(enumerate(luck + 0.25))})
    found = effect(runs)
    assert found["difference"] == pytest.approx(0.25)
    assert found["high"] - found["low"] < 1e-12


def test_that_pairs_with_a_missing_value_are_dropped_and_the_rest_counted() -> None:
    runs = runs_table({"baseline": {0: 1.0, 1: math.nan, 2: 3.0}, "policy": {0: 2.0, 1: 5.0, 2: math.nan}})
    found = effect(runs)
    assert found["n"] == 1
    assert (found["baseline_mean"], found["mean"], found["difference"]) == (1.0, 2.0, 1.0)
    assert math.isnan(found["low"])
    assert math.isnan(found["high"])


def test_that_only_equal_run_numbers_are_paired_whatever_their_order() -> None:
    runs = runs_table({"baseline": {0: 1.0, 1: 10.0, 2: 100.0}, "policy": {2: 101.0, 0: 2.0, 7: -5.0}})
    found = effect(runs)
    assert found["n"] == 2
    assert found["difference"] == pytest.approx(1.0)


def test_that_nothing_in_common_is_all_missing() -> None:
    found = effect(runs_table({"baseline": {0: 1.0}, "policy": {1: 2.0}}))
    assert found["n"] == 0
    assert all(math.isnan(found[column]) for column in ("baseline_mean", "mean", "difference", "low", "high"))


def test_that_the_effects_have_a_row_for_every_policy_and_measure_and_none_for_the_reference() -> None:
    effects = paired_effects(runs_table({"b": {0: 1.0}, "baseline": {0: 1.0}, "a": {0: 1.0}}), "baseline")
    assert tuple(effects.columns) == EFFECT_COLUMNS
    assert list(effects["scenario"].unique()) == ["b", "a"]
    assert list(effects["measure"]) == [*MEASURES, *MEASURES]
    assert set(effects["reference"]) == {"baseline"}


def test_that_a_reference_alone_has_no_effects() -> None:
    effects = paired_effects(runs_table({"baseline": {0: 1.0, 1: 2.0}}), "baseline")
    assert tuple(effects.columns) == EFFECT_COLUMNS
    assert effects.empty


def test_that_an_interval_needs_two_values_and_a_mean_one() -> None:
    values = np.array([[1.0, 1.0, math.nan], [3.0, math.nan, math.nan]])
    mean, low, high, n = intervals_of(values)
    assert list(n) == [2, 1, 0]
    assert mean[:2] == pytest.approx([2.0, 1.0])
    assert list(np.isnan(mean)) == [False, False, True]
    assert list(np.isnan(low)) == [False, True, True]
    # Student's t for one degree of freedom is 12.7062.
    assert high[0] - mean[0] == pytest.approx(12.7062, rel=1e-4)


def test_that_means_are_given_for_every_scenario_in_its_order() -> None:
    means = measure_means(runs_table({"z": {0: 1.0, 1: 3.0}, "a": {0: math.nan}}))
    assert list(means["scenario"].unique()) == ["z", "a"]
    rates = means[means["measure"] == "innovation_rate"].set_index("scenario")
    assert rates.loc["z", "mean"] == 2.0
    assert rates.loc["a", "n"] == 0

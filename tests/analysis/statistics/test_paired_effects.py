"""Policies are compared run by run, with the mean and the interval of a textbook."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import ExperimentError
from analysis.statistics.paired_effects import EFFECT_COLUMNS, intervals_of, measure_means, paired_effects, runs_of
from model.measures import MEASURES
from model.scenario import find_scenario, with_settings
from model.simulate import Result, simulate


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


def _simulated(name: str, seed: int = 1, officials: int = 20, called: str | None = None) -> Result:
    scenario = with_settings(find_scenario(name), {"size.jurisdictions": 2}, officials, 6, called)
    return simulate(scenario, 2, seed)


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([("baseline", {})], 'two of the scenarios are called "baseline"'),
        ([("crackdown", {}), ("crackdown", {})], 'two of the scenarios are called "crackdown"'),
        ([("crackdown", {"seed": 2})], "baseline was simulated with seed 1 and crackdown with seed 2"),
        ([("crackdown", {"officials": 30})], "baseline has 20 officials and 6 months and crackdown has 30 officials"),
    ],
)
def test_that_runs_that_are_no_pairs_are_refused_in_words(others: list[tuple[str, dict[str, Any]]], words: str) -> None:
    runs = runs_of([_simulated("baseline"), *(_simulated(name, **how) for name, how in others)])
    with pytest.raises(ExperimentError, match=words):
        paired_effects(runs, "baseline")


def test_that_a_reference_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(ExperimentError, match='no scenario "basline"'):
        paired_effects(runs_of([_simulated("baseline")]), "basline")


def test_that_a_variant_has_a_name_of_its_own_to_be_paired_by() -> None:
    base, strict = _simulated("baseline"), _simulated("baseline", called="strict")
    assert strict.scenario.title.en == "Baseline (strict)"
    found = paired_effects(runs_of([base, strict]), "baseline")
    assert set(found["scenario"]) == {"strict"}
    assert (found["difference"].dropna() == 0.0).all()

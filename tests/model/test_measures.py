"""Every measure follows from what was counted as model.md, section 8, says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.measures import (
    MEASURES,
    Measures,
    Uncounted,
    about_measure,
    headline_measures,
    measures_of,
    public_value_of,
    ratio,
)
from model.parameters import Exemption, Parameters, Supervision, Value
from model.simulate import months_of_run, simulate, window_means
from model.vocabulary import FIXED_POINT_UNITS, N_COUNTS, Counts
from tests.made_scenarios import NOBODY_RETIRES, job_of, listed_scenario, made_scenario, officials_of

COUNTS = Counts(
    officials=200,
    inaction=60,
    routine=80,
    innovation=40,
    filed_innovation=16,
    self_dealing=4,
    lazy=30,
    lazy_a_year_ago=25,
    lazy_then_and_now=15,
    successes=30,
    failures_force_majeure=5,
    failures_complexity=12,
    failures_ability=7,
    failures_negligence=9,
    routine_failures=3,
    unpursued=18,
    honest_cases_unfiled=7,
    honest_cases_filed=3,
    honest_exemptions_unfiled=2,
    honest_exemptions_filed=2,
    negligence_cases=4,
    negligence_exemptions=1,
    misconduct_cases=2,
    misconduct_exemptions=1,
    sanctions_inaction=3,
    circulars=4,
    admonitions=3,
    disciplines=1,
    organisational_removals=1,
    misconduct_first_form=0,
    misconduct_second_form=0,
    misconduct_third_form=0,
    misconduct_fourth_form=1,
    retirements=1,
    perceived_accountability=int(0.5 * 200 * FIXED_POINT_UNITS),
    perceived_exemption=int(0.25 * 10 * FIXED_POINT_UNITS),
    care=int(0.8 * 60 * FIXED_POINT_UNITS),
    routine_care=int(0.125 * 80 * FIXED_POINT_UNITS),
)
BY_HAND = {
    "innovation_rate": 60 / 200,
    "routine_rate": 80 / 200,
    "inaction_rate": 60 / 200,
    "lazy_prevalence": 30 / 200,
    "lazy_persistence": 15 / 25,
    "filed_share": 16 / 60,
    "self_dealing_share": 4 / 60,
    "success_rate": 30 / 60,
    "care": 0.8,
    "routine_care": 0.125,
    "failures_force_majeure": 5,
    "failures_complexity": 12,
    "failures_ability": 7,
    "failures_negligence": 9,
    "routine_failures": 3,
    "unpursued_failures": 18,
    "cases": 7 + 3 + 4 + 2,
    "exemptions": 2 + 2 + 1 + 1,
    "wrongful_exemptions": 1 + 1,
    "sanctions_failures": (7 - 2) + (3 - 2) + (4 - 1),
    "sanctions_misconduct": 2 - 1,
    "sanctions_inaction": 3,
    "circulars": 4,
    "admonitions": 3,
    "disciplines": 1,
    "organisational_removals": 1,
    "misconduct_first_form": 0,
    "misconduct_second_form": 0,
    "misconduct_third_form": 0,
    "misconduct_fourth_form": 1,
    "removals": 1 + 1,
    "retirements": 1,
    "sanctions_per_100_officials_and_year": 100 * 12 * (9 + 1 + 3) / 200,
    "perceived_accountability": 0.5,
    "actual_accountability": 14 / (14 + 18),
    "fear_gap": 0.5 - 14 / 32,
    "perceived_exemption": 0.25,
    "actual_exemption": 4 / 10,
    "trust_gap": 4 / 10 - 0.25,
    "public_tolerance": 0.37,
    "nerve": 0.9,
    "innovation_dispersion": 0.11,
    "public_value": 0.123,
}
UNCOUNTED = Uncounted(public_tolerance=0.37, nerve=0.9, innovation_dispersion=0.11, public_value=0.123)
NOTHING = Counts(*[0] * N_COUNTS)
VALUE = Value(
    success=1.0,
    routine=0.2,
    failure=-0.3,
    negligence=-1.5,
    self_dealing=-2.0,
    inaction=-0.1,
    filing=-0.03,
    case=-0.1,
    detection=-0.05,
)


def valued(value: Value) -> Parameters:
    """Return the defaults with these weights, half of exempted failures put right, private gain found out at 0.3."""
    return Parameters(value=value, exemption=Exemption(correction=0.5), supervision=Supervision(detection=0.3))


def test_that_every_measure_is_what_its_words_say() -> None:
    found = measures_of(COUNTS, UNCOUNTED)._asdict()
    assert found.keys() == BY_HAND.keys()
    for name, value in BY_HAND.items():
        assert found[name] == pytest.approx(value), name


def test_that_public_value_weighs_what_was_done_and_what_it_cost_to_watch() -> None:
    honest = 5 + 12 + 7 - 0.5 * (2 + 2)
    done = 1.0 * 30 + 0.2 * (80 - 3) - 0.3 * honest - 1.5 * 9 - 2.0 * 4 - 0.1 * 60 - 0.03 * 16 - 0.1 * 16
    assert public_value_of(COUNTS, valued(VALUE)) == pytest.approx(done / 200 - 0.05 * 0.3)


@pytest.mark.parametrize("weight", Value._fields)
def test_that_every_weight_of_public_value_counts_its_own_number(weight: str) -> None:
    numbers = {
        "success": 30,
        "routine": 80 - 3,
        "failure": 24 - 0.5 * 4,
        "negligence": 9,
        "self_dealing": 4,
        "inaction": 60,
        "filing": 16,
        "case": 16,
        "detection": 0.3 * 200,
    }
    only = Value(*[0.0] * len(Value._fields))._replace(**{weight: 1.0})
    assert public_value_of(COUNTS, valued(only)) == pytest.approx(numbers[weight] / 200)


def test_that_a_ratio_of_nothing_is_missing_not_zero() -> None:
    found = measures_of(NOTHING._replace(officials=50, inaction=50), UNCOUNTED)
    missing = {name for name, value in found._asdict().items() if math.isnan(value)}
    assert missing == {
        "lazy_persistence",
        "filed_share",
        "self_dealing_share",
        "success_rate",
        "care",
        "routine_care",
        "actual_accountability",
        "fear_gap",
        "perceived_exemption",
        "actual_exemption",
        "trust_gap",
    }
    assert found.innovation_rate == 0.0
    assert math.isnan(ratio(0, 0))
    assert ratio(1, 4) == 0.25


def test_that_measures_have_units_and_seven_of_them_are_headlines() -> None:
    assert all(about_measure(name).unit for name in MEASURES)
    assert headline_measures() == (
        "innovation_rate",
        "routine_rate",
        "lazy_prevalence",
        "self_dealing_share",
        "sanctions_per_100_officials_and_year",
        "trust_gap",
        "public_value",
    )
    with pytest.raises(KeyError):
        about_measure("happiness")


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=5), st.integers(0, 1000))
def test_that_the_shares_of_actions_add_up_to_one(actions: list[int], lazy: int) -> None:
    counts = NOTHING._replace(
        officials=sum(actions) or 1,
        inaction=actions[0],
        routine=actions[1],
        innovation=actions[2],
        filed_innovation=actions[3],
        self_dealing=actions[4],
        lazy=min(lazy, sum(actions)),
    )
    found = measures_of(counts, UNCOUNTED)
    expected = 1.0 if sum(actions) else 0.0
    assert found.innovation_rate + found.routine_rate + found.inaction_rate == pytest.approx(expected)
    assert 0.0 <= found.lazy_prevalence <= 1.0


def place(name: str) -> int:
    return MEASURES.index(name)


def test_that_what_holds_for_all_weighs_every_official_alike() -> None:
    """Jurisdictions count by their officials; only the dispersion is over jurisdictions."""
    sizes = np.array([10, 40, 150])
    sure = {"accountability.certainty": 0.5}
    series = simulate(listed_scenario(sizes, ({}, {}, {}), sure, months=36), 1, by_jurisdiction=True).series[0]
    everywhere, local = series.measures, series.by_jurisdiction
    for name in (
        "innovation_rate",
        "routine_rate",
        "inaction_rate",
        "lazy_prevalence",
        "perceived_accountability",
        "public_tolerance",
        "nerve",
        "public_value",
    ):
        by_officials = (local[:, :, place(name)] * sizes).sum(axis=1) / sizes.sum()
        np.testing.assert_allclose(everywhere[:, place(name)], by_officials, atol=1e-12)
    for name in ("cases", "exemptions", "removals", "retirements", "unpursued_failures", "routine_failures"):
        np.testing.assert_array_equal(everywhere[:, place(name)], local[:, :, place(name)].sum(axis=1))
    rate = local[:, :, place("innovation_rate")]
    np.testing.assert_allclose(everywhere[:, place("innovation_dispersion")], rate.std(axis=1), atol=1e-12)
    assert np.isnan(local[:, :, place("innovation_dispersion")]).all()


def test_that_a_window_takes_the_mean_of_the_last_months_that_are_not_missing() -> None:
    values = np.array([[9.0, 1.0], [2.0, np.nan], [4.0, np.nan]])
    np.testing.assert_array_equal(window_means(values, 2), [3.0, np.nan])
    np.testing.assert_array_equal(window_means(values, 60), [5.0, 1.0])


def test_that_the_lazy_are_those_who_did_nothing_for_more_than_six_of_twelve_months() -> None:
    """Seven months of inaction in a row are the first to count, and a year later the first to be persistent."""
    idle = {"work.innovation_effort": 100.0, "work.routine_effort": 100.0}
    values = simulate(made_scenario(idle, 20, 1, 20, [NOBODY_RETIRES]), 1, seed=3).values[0]
    assert values[:, place("retirements")].sum() == 0.0
    np.testing.assert_array_equal(values[:, place("lazy_prevalence")], [0.0] * 6 + [1.0] * 14)
    np.testing.assert_array_equal(values[:, place("lazy_persistence")], [np.nan] * 18 + [1.0] * 2)


def test_that_laziness_and_its_persistence_follow_from_what_officials_did() -> None:
    """Against the bits of every history; nobody leaves, so that histories are whole."""
    settings = {"behaviour.habit": 1.0, "accountability.misconduct_severity": 0.0, "accountability.severity": 0.0}
    job = job_of(made_scenario(settings, 200, 4, 40, [NOBODY_RETIRES]))
    for month, (administration, measures) in enumerate(months_of_run(job, 1)):
        if month < 2:
            continue  # who is of age in the first month retires before the change
        histories = [int(history) for history in officials_of(job, administration)["inaction_history"]]
        lazy = np.array([(history & 0xFFF).bit_count() > 6 for history in histories])
        was_lazy = np.array([(history >> 12).bit_count() > 6 for history in histories])
        assert measures[place("lazy_prevalence")] == lazy.mean()
        expected = (lazy & was_lazy).sum() / was_lazy.sum() if was_lazy.any() else math.nan
        assert measures[place("lazy_persistence")] == pytest.approx(expected, nan_ok=True)
    assert was_lazy.any()
    assert not lazy[was_lazy].all()


def test_that_the_fields_of_measures_are_the_columns_of_the_tables() -> None:
    result = simulate(made_scenario(officials=40, n_jurisdictions=2, months=3), 2, by_jurisdiction=True)
    assert tuple(result.months.columns[-len(MEASURES) :]) == Measures._fields
    assert len(result.months) == 2 * 3 * 3
    assert tuple(result.runs.columns[-len(MEASURES) :]) == Measures._fields

"""Every measure follows from what was counted as model.md, section 8, says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.measures import MEASURES, Measures, about_measure, headline_measures, measures_of, public_value_of, ratio
from model.parameters import Value
from model.simulate import simulate, window_means
from model.vocabulary import FIXED_POINT_UNITS, N_COUNTS, Counts
from tests.made_scenarios import NOBODY_RETIRES, listed_scenario, made_scenario

COUNTS = Counts(
    officials=200,
    inaction=60,
    routine=80,
    innovation=40,
    filed_innovation=16,
    self_dealing=4,
    lazy=30,
    successes=36,
    failures_force_majeure=5,
    failures_complexity=12,
    failures_ability=7,
    unpursued=13,
    honest_cases=10,
    honest_exemptions=4,
    self_dealing_cases=2,
    wrongful_exemptions=1,
    sanctions_innovation=7,
    sanctions_routine=2,
    sanctions_inaction=3,
    reminders=6,
    light_sanctions=2,
    heavy_sanctions=0,
    dismissals=1,
    retirements=1,
    perceived_accountability=int(0.5 * 200 * FIXED_POINT_UNITS),
    perceived_exemption=int(0.25 * 200 * FIXED_POINT_UNITS),
)
BY_HAND = {
    "innovation_rate": 60 / 200,
    "routine_rate": 80 / 200,
    "inaction_rate": 60 / 200,
    "lazy_prevalence": 30 / 200,
    "filed_share": 16 / 60,
    "self_dealing_share": 4 / 60,
    "success_rate": 36 / 60,
    "failures_force_majeure": 5,
    "failures_complexity": 12,
    "failures_ability": 7,
    "unpursued_failures": 13,
    "cases": 12,
    "exemptions": 5,
    "wrongful_exemptions": 1,
    "sanctions_innovation": 7,
    "sanctions_routine": 2,
    "sanctions_inaction": 3,
    "reminders": 6,
    "light_sanctions": 2,
    "heavy_sanctions": 0,
    "dismissals": 1,
    "retirements": 1,
    "sanctions_per_100_officials_year": 100 * 12 * 12 / 200,
    "perceived_accountability": 0.5,
    "perceived_exemption": 0.25,
    "actual_exemption": 4 / 10,
    "trust_gap": 4 / 10 - 0.25,
    "public_tolerance": 0.37,
    "innovation_dispersion": 0.11,
    "public_value": 0.123,
}
NOTHING = Counts(*[0] * N_COUNTS)


def test_that_every_measure_is_what_its_words_say() -> None:
    found = measures_of(COUNTS, 0.37, 0.11, 0.123)._asdict()
    assert found.keys() == BY_HAND.keys()
    for name, value in BY_HAND.items():
        assert found[name] == pytest.approx(value), name


def test_that_public_value_weighs_what_was_done_and_what_it_cost_to_watch() -> None:
    value = Value(
        success=1.0,
        routine=0.2,
        failure=-0.3,
        self_dealing=-1.5,
        inaction=-0.1,
        filing=-0.05,
        case=-0.1,
        detection=-0.05,
    )
    done = 1.0 * 36 + 0.2 * 80 - 0.3 * 24 - 1.5 * 4 - 0.1 * 60 - 0.05 * 16 - 0.1 * 12
    assert public_value_of(COUNTS, 0.3, value) == pytest.approx(done / 200 - 0.05 * 0.3)


@pytest.mark.parametrize("weight", Value._fields)
def test_that_every_weight_of_public_value_counts_its_own_number(weight: str) -> None:
    numbers = {
        "success": 36,
        "routine": 80,
        "failure": 24,
        "self_dealing": 4,
        "inaction": 60,
        "filing": 16,
        "case": 12,
        "detection": 0.3 * 200,
    }
    only = Value(*[0.0] * len(Value._fields))._replace(**{weight: 1.0})
    assert public_value_of(COUNTS, 0.3, only) == pytest.approx(numbers[weight] / 200)


def test_that_a_ratio_of_nothing_is_missing_not_zero() -> None:
    found = measures_of(NOTHING._replace(officials=50, inaction=50), 0.4, 0.0, 0.0)
    missing = {name for name, value in found._asdict().items() if math.isnan(value)}
    assert missing == {"filed_share", "self_dealing_share", "success_rate", "actual_exemption", "trust_gap"}
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
        "sanctions_per_100_officials_year",
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
    found = measures_of(counts, 0.4, 0.0, 0.0)
    expected = 1.0 if sum(actions) else 0.0
    assert found.innovation_rate + found.routine_rate + found.inaction_rate == pytest.approx(expected)
    assert 0.0 <= found.lazy_prevalence <= 1.0


def place(name: str) -> int:
    return MEASURES.index(name)


def test_that_what_holds_for_all_follows_from_the_jurisdictions() -> None:
    """Rates weigh jurisdictions by their officials; tolerance and dispersion do not."""
    sizes = np.array([10, 40, 150])
    series = simulate(listed_scenario(sizes, ({}, {}, {}), months=24), 1, by_jurisdiction=True).series[0]
    everywhere, local = series.measures, series.by_jurisdiction
    for name in (
        "innovation_rate",
        "routine_rate",
        "inaction_rate",
        "lazy_prevalence",
        "perceived_exemption",
        "public_value",
    ):
        by_officials = (local[:, :, place(name)] * sizes).sum(axis=1) / sizes.sum()
        np.testing.assert_allclose(everywhere[:, place(name)], by_officials, atol=1e-12)
    for name in ("cases", "exemptions", "dismissals", "retirements", "unpursued_failures"):
        np.testing.assert_array_equal(everywhere[:, place(name)], local[:, :, place(name)].sum(axis=1))
    tolerance, rate = local[:, :, place("public_tolerance")], local[:, :, place("innovation_rate")]
    np.testing.assert_allclose(everywhere[:, place("public_tolerance")], tolerance.mean(axis=1), atol=1e-12)
    np.testing.assert_allclose(everywhere[:, place("innovation_dispersion")], rate.std(axis=1), atol=1e-12)
    assert np.isnan(local[:, :, place("innovation_dispersion")]).all()


def test_that_a_window_takes_the_mean_of_the_last_months_that_are_not_missing() -> None:
    values = np.array([[9.0, 1.0], [2.0, np.nan], [4.0, np.nan]])
    np.testing.assert_array_equal(window_means(values, 2), [3.0, np.nan])
    np.testing.assert_array_equal(window_means(values, 60), [5.0, 1.0])


def test_that_the_lazy_are_those_who_did_nothing_for_more_than_half_of_the_last_year() -> None:
    """With a habit that starts at 0, five months of inaction in a row are the first to count."""
    idle = {"work.innovation_effort": 100.0, "work.routine_effort": 100.0}
    values = simulate(made_scenario(idle, 20, 1, 8, [NOBODY_RETIRES]), 1, seed=3).values[0]
    assert values[:, place("retirements")].sum() == 0.0
    np.testing.assert_array_equal(values[:, place("lazy_prevalence")], [0.0] * 4 + [1.0] * 4)


def test_that_the_fields_of_measures_are_the_columns_of_the_tables() -> None:
    result = simulate(made_scenario(officials=40, n_jurisdictions=2, months=3), 2, by_jurisdiction=True)
    assert tuple(result.months.columns[-len(MEASURES) :]) == Measures._fields
    assert len(result.months) == 2 * 3 * 3
    assert tuple(result.runs.columns[-len(MEASURES) :]) == Measures._fields

"""People: traits are distributed as declared, and the same person comes to a post under every policy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import expit, logit

from model.draws import Key
from model.parameters import Population, replaced
from model.population import log_normal, median_competence, normal_cut_at_zero, person
from model.simulate import months_of_run
from model.state import OfficialState
from tests.made_scenarios import IDENTICAL, generations_of, job_of, made_scenario, officials_of

KEY = Key(np.uint64(1), np.uint64(0))
RETIREMENT = 60.0
N = 5000
TRAITS = ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity")


def people(generation: int, population: Population, retirement_age: float = RETIREMENT) -> np.ndarray:
    """Return the state of the holders of N posts, shape (fields, N)."""
    holder = np.uint64(generation)
    return np.array([person(KEY, np.uint64(post), holder, population, retirement_age) for post in range(N)]).T


def field(states: np.ndarray, name: str) -> np.ndarray:
    return states[OfficialState._fields.index(name)]


@pytest.fixture(scope="module")
def first() -> np.ndarray:
    return people(0, Population())


def test_that_competence_and_integrity_are_logit_normal(first: np.ndarray) -> None:
    assert stats.kstest(logit(field(first, "competence")), stats.norm(0.4, 0.6).cdf).pvalue > 1e-3
    assert stats.kstest(logit(field(first, "integrity")), stats.norm(1.5, 0.8).cdf).pvalue > 1e-3


def test_that_loss_aversion_is_log_normal_with_the_mean_that_was_measured(first: np.ndarray) -> None:
    """Its median is mean / exp(sd^2 / 2)."""
    values = field(first, "loss_aversion")
    assert stats.kstest(np.log(values / 1.955), stats.norm(-0.5 * 0.35**2, 0.35).cdf).pvalue > 1e-3
    assert abs(values.mean() - 1.955) < 4.5 * values.std() / np.sqrt(N)


def test_that_the_mean_of_a_log_normal_draw_does_not_depend_on_its_spread() -> None:
    luck = (np.arange(20_000) + 0.5) / 20_000
    for sd in (0.0, 0.2, 0.6):
        assert np.mean([log_normal(1.955, sd, float(draw)) for draw in luck]) == pytest.approx(1.955, rel=1e-3)


@pytest.mark.parametrize(("name", "mean", "sd"), [("public_service_motivation", 0.45, 0.25), ("ambition", 0.8, 0.45)])
def test_that_motives_are_normal_and_never_negative(first: np.ndarray, name: str, mean: float, sd: float) -> None:
    values = field(first, name)
    assert values.min() >= 0.0
    share_without = np.mean(values == 0.0)
    expected = stats.norm(mean, sd).cdf(0.0)
    assert abs(share_without - expected) < 4.5 * np.sqrt(expected / N) + 1 / N
    positive = values[values > 0.0]
    assert stats.kstest(positive, stats.truncnorm(-mean / sd, np.inf, mean, sd).cdf).pvalue > 1e-3


def test_that_a_normal_draw_below_zero_counts_as_zero() -> None:
    assert normal_cut_at_zero(0.4, 0.2, 0.01) == 0.0
    assert normal_cut_at_zero(0.4, 0.2, 0.5) == 0.4
    assert normal_cut_at_zero(0.4, 0.2, 0.975) == pytest.approx(0.4 + 0.2 * stats.norm.ppf(0.975))


def test_that_the_first_officials_are_of_all_ages_and_newcomers_between_28_and_32(first: np.ndarray) -> None:
    assert stats.kstest(field(first, "age"), stats.uniform(28.0, RETIREMENT - 28.0).cdf).pvalue > 1e-3
    newcomers = field(people(1, Population()), "age")
    assert stats.kstest(newcomers, stats.uniform(28.0, 4.0).cdf).pvalue > 1e-3
    assert field(people(0, Population(), 50.0), "age").max() < 50.0


def test_that_newcomers_have_no_past(first: np.ndarray) -> None:
    for states in (first, people(3, Population())):
        assert not states[OfficialState._fields.index("freeze_months") :].any()


def test_that_traits_are_independent_of_each_other(first: np.ndarray) -> None:
    correlation = np.corrcoef(first[: len(TRAITS) + 1]) - np.eye(len(TRAITS) + 1)
    assert np.abs(correlation).max() < 4.5 / np.sqrt(N)


def test_that_the_next_holder_of_a_post_is_another_person(first: np.ndarray) -> None:
    second = people(1, Population())
    for name in TRAITS:
        assert abs(np.corrcoef(field(first, name), field(second, name))[0, 1]) < 4.5 / np.sqrt(N)


def test_that_without_spread_all_are_alike() -> None:
    population = replaced(made_scenario().parameters, IDENTICAL).population
    states = people(0, population)
    expected = (expit(0.4), 1.955, 0.45, 0.8, expit(1.5))
    for name, value in zip(TRAITS, expected, strict=True):
        np.testing.assert_allclose(field(states, name), value, rtol=1e-14)


def test_that_the_median_official_has_the_median_competence() -> None:
    assert median_competence(Population(competence_mu=0.4)) == pytest.approx(expit(0.4))


@given(st.integers(0, 2**32 - 1), st.integers(0, 50))
def test_that_a_person_is_within_its_ranges(post: int, generation: int) -> None:
    found = person(KEY, np.uint64(post), np.uint64(generation), Population(), RETIREMENT)
    assert 0.0 < found.competence < 1.0
    assert 0.0 < found.integrity < 1.0
    assert found.loss_aversion > 0.0
    assert 28.0 <= found.age < RETIREMENT


def test_that_posts_are_filled_again_by_the_persons_who_were_to_come_whatever_the_policy() -> None:
    # All choose at random, so that many fail whatever they fear.
    busy = {"accountability.certainty": 1.0, "behaviour.temperature": 100.0}
    harsh = made_scenario({**busy, "accountability.severity": 0.9}, 100, 4, 36)
    mild = made_scenario({**busy, "accountability.severity": 0.1}, 100, 4, 36)
    seen: dict[tuple[int, int], tuple[float, ...]] = {}
    shared = 0
    for scenario in (harsh, mild):
        job = job_of(scenario)
        for administration, _ in months_of_run(job, 1):
            states, holders = officials_of(job, administration), generations_of(job, administration)
            for post in range(100):
                traits = tuple(float(states[name][post]) for name in TRAITS)
                address = (post, int(holders[post]))
                shared += scenario is mild and address in seen
                assert seen.setdefault(address, traits) == traits
    assert shared > 1000
    assert max(generation for _, generation in seen) > 1


def test_that_who_reaches_retirement_leaves_and_newcomers_are_young() -> None:
    job = job_of(made_scenario({"accountability.certainty": 0.0, "behaviour.self_dealing_open": 0.0}, 200, 4, 24))
    before = np.full(200, 99.0)
    for month, (administration, _) in enumerate(months_of_run(job, 1)):
        ages = officials_of(job, administration)["age"]
        assert ages.max() < 60.0
        if month:
            came = ages < before
            assert np.all(before[came] + 1 / 12 >= 60.0 - 1e-9)
            assert np.all((ages[came] >= 28.0) & (ages[came] < 32.0))
            np.testing.assert_allclose(ages[~came], before[~came] + 1 / 12, atol=1e-9)
        before = ages

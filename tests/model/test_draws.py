"""Draws are Philox's, uniform, independent of each other, and addressed: nobody's luck depends on who else is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from model.draws import CaseLuck, Key, MonthLuck, TraitLuck, case_luck, month_luck, philox, trait_luck
from model.simulate import jobs_of, months_of_run, simulate
from tests.made_scenarios import actions_of, job_of, listed_scenario, made_scenario, officials_of

# Random123, examples/kat_vectors, philox4x32-10: counter, key, answer.
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
PURPOSES = [f"{luck.__name__}.{name}" for luck in (MonthLuck, CaseLuck, TraitLuck) for name in luck._fields]
WORDS = st.integers(0, 2**32 - 1)
# Nothing reaches one jurisdiction from another, nor from the officials who come after its own.
APART = {"behaviour.weight_national": 0.0, "work.diffusion": 0.0}


def words_of(text: str) -> tuple[np.uint64, ...]:
    return tuple(np.uint64(int(word, 16)) for word in text.split())


def luck_of(seed: int, run: int, official: int, generation: int, month: int) -> tuple[float, ...]:
    """Return every draw at an address, in the order of PURPOSES."""
    key = Key(np.uint64(seed), np.uint64(run))
    post, holder, when = np.uint64(official), np.uint64(generation), np.uint64(month)
    return (*month_luck(key, post, holder, when), *case_luck(key, post, holder, when), *trait_luck(key, post, holder))


@pytest.fixture(scope="module")
def draws() -> np.ndarray:
    """Return the draws of 200 officials over 100 months in a run, shape (20000, purposes); traits only once each."""
    return np.array([luck_of(7, 3, official, 0, month) for official in range(200) for month in range(100)])


@pytest.fixture(scope="module")
def born() -> np.ndarray:
    """Return the traits' draws of 20000 posts, shape (20000, traits)."""
    key = Key(np.uint64(7), np.uint64(3))
    return np.array([trait_luck(key, np.uint64(post), np.uint64(0)) for post in range(20_000)])


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_that_philox_gives_the_known_answers(counter: str, key: str, answer: str) -> None:
    assert philox(words_of(counter), words_of(key)) == words_of(answer)


@given(st.tuples(WORDS, WORDS, WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_that_philox_gives_words_of_32_bits(counter: tuple[int, ...], key: tuple[int, ...]) -> None:
    found = philox(tuple(map(np.uint64, counter)), tuple(map(np.uint64, key)))
    assert all(word < 2**32 for word in found)


@given(WORDS, WORDS, WORDS, st.integers(0, 10_000), st.integers(0, 10_000))
def test_that_every_draw_lies_inside_the_unit_interval(s: int, run: int, post: int, holder: int, month: int) -> None:
    assert all(0.0 < draw < 1.0 for draw in luck_of(s, run, post, holder, month))


def test_that_draws_are_uniform_for_every_purpose(draws: np.ndarray, born: np.ndarray) -> None:
    monthly = draws[:, : -born.shape[1]]
    for purpose, values in zip(PURPOSES, [*monthly.T, *born.T], strict=True):
        assert stats.kstest(values, "uniform").pvalue > 1e-4, purpose


def test_that_purposes_are_independent_of_each_other(draws: np.ndarray, born: np.ndarray) -> None:
    for table in (draws[:, : -born.shape[1]], born):
        correlation = np.corrcoef(table.T) - np.eye(table.shape[1])
        assert np.abs(correlation).max() < 4.5 / np.sqrt(len(table))


def test_that_pairs_of_purposes_fill_the_square_evenly(draws: np.ndarray) -> None:
    cells = np.floor(draws[:, : len(MonthLuck._fields) + len(CaseLuck._fields)] * 10).astype(int)
    for first in range(cells.shape[1]):
        for second in range(first):
            square = np.bincount(10 * cells[:, first] + cells[:, second], minlength=100)
            assert stats.chisquare(square).pvalue > 1e-5, (PURPOSES[first], PURPOSES[second])


def test_that_neither_months_nor_neighbours_are_correlated(draws: np.ndarray) -> None:
    choices = draws[:, 0].reshape(200, 100)
    from_month_to_month = np.corrcoef(choices[:, :-1].ravel(), choices[:, 1:].ravel())[0, 1]
    between_neighbours = np.corrcoef(choices[:-1].ravel(), choices[1:].ravel())[0, 1]
    assert abs(from_month_to_month) < 4.5 / np.sqrt(19_800)
    assert abs(between_neighbours) < 4.5 / np.sqrt(19_900)


def test_that_no_two_purposes_share_a_word() -> None:
    for month in (0, 1, 119):
        assert len(set(luck_of(1, 0, 5, 0, month))) == len(PURPOSES)


@pytest.mark.parametrize("place", range(4))
def test_that_another_seed_run_official_or_holder_has_other_luck(place: int) -> None:
    address = [11, 2, 17, 1, 40]
    elsewhere = [value + (place == index) for index, value in enumerate(address)]
    assert all(here != there for here, there in zip(luck_of(*address), luck_of(*elsewhere), strict=True))


def test_that_another_month_brings_other_luck_but_no_other_traits() -> None:
    here, later = luck_of(11, 2, 17, 1, 40), luck_of(11, 2, 17, 1, 41)
    n_traits = len(TraitLuck._fields)
    assert all(a != b for a, b in zip(here[:-n_traits], later[:-n_traits], strict=True))
    assert here[-n_traits:] == later[-n_traits:]


@given(WORDS, WORDS, WORDS, st.integers(0, 100), st.integers(0, 1000))
def test_that_an_address_always_has_the_same_luck(seed: int, run: int, post: int, holder: int, month: int) -> None:
    assert luck_of(seed, run, post, holder, month) == luck_of(seed, run, post, holder, month)


def test_that_adding_officials_changes_nobody_elses_traits_and_first_actions() -> None:
    small, large = (job_of(listed_scenario((30, last), ({}, {}), months=1)) for last in (20, 75))
    (few, _), (many, _) = next(months_of_run(small, 1)), next(months_of_run(large, 1))
    np.testing.assert_array_equal(actions_of(small, few), actions_of(large, many)[:50])
    few_states, many_states = officials_of(small, few), officials_of(large, many)
    for field in ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity", "age"):
        np.testing.assert_array_equal(few_states[field], many_states[field][:50])


def test_that_adding_officials_elsewhere_changes_nothing_in_a_jurisdiction_that_hears_of_nobody() -> None:
    jobs = [job_of(listed_scenario((30, last), ({}, {}), APART, months=24)) for last in (20, 75)]
    runs = [[administration.measures[0].copy() for administration, _ in months_of_run(job, 1)] for job in jobs]
    np.testing.assert_array_equal(runs[0], runs[1])


def test_that_more_runs_do_not_change_the_first_ones() -> None:
    scenario = made_scenario(officials=60, n_jurisdictions=3, months=12)
    few, many = simulate(scenario, 2, seed=5), simulate(scenario, 4, seed=5)
    np.testing.assert_array_equal(few.values, many.values[:2])
    assert len({values.tobytes() for values in many.values}) == 4


def test_that_a_policy_does_not_change_who_holds_a_post_and_what_luck_it_has() -> None:
    lenient, strict = (
        jobs_of(made_scenario({"accountability.certainty": certainty}, 60, 3, 1), [0])[0] for certainty in (0.0, 1.0)
    )
    (here, _), (there, _) = next(months_of_run(lenient, 1)), next(months_of_run(strict, 1))
    for field in ("competence", "loss_aversion", "integrity", "age"):
        np.testing.assert_array_equal(officials_of(lenient, here)[field], officials_of(strict, there)[field])

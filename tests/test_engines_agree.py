"""Both engines give the same bits, however the work is shared out: the strongest test there is."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.arrays import ACTION, GENERATION, LANES, N_OFFICIAL_FIELDS, OUTCOME, Layout, new_administration, new_key
from model.arrays import AdministrationArrays as Memory
from model.engines.ensemble import whole_run
from model.engines.mesa_engine import Administration
from model.measures import MEASURES, N_MEASURES
from model.policy import setting_of
from model.scenario import Scenario, find_scenario, shipped_scenarios, with_settings
from model.simulate import Job, jobs_of, months_of_run, simulate
from tests.strategies import CORNERS, baseline, corner, scenarios

SEED = 7
SMALL_OFFICIALS, SMALL_MONTHS = 60, 90  # all changes of the shipped scenarios have begun by then


class Account(NamedTuple):
    """All that an engine can tell of a run: N posts, J jurisdictions, M measures."""

    measures: NDArray[np.float64]  # (months, M)
    by_jurisdiction: NDArray[np.float64]  # (months, J, M)
    officials: NDArray[np.float64]  # (N, fields), at the end
    posts: NDArray[np.int64]  # (N, 3): generation, last action, last outcome
    jurisdictions: NDArray[np.float64]  # (J, fields), at the end
    counts: NDArray[np.int64]  # (J, N_COUNTS), of the last month
    national: NDArray[np.float64]


def small(name: str) -> Scenario:
    """Return a shipped scenario with few officials."""
    return with_settings(find_scenario(name), {}, SMALL_OFFICIALS, SMALL_MONTHS)


def posts_in(memory: Memory, layout: Layout) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the state of every official, and the generation, action and outcome, out of the blocks they lie in."""
    places = [
        (layout.first_block[j] + place // LANES, place % LANES)
        for j, size in enumerate(layout.sizes)
        for place in range(size)
    ]
    officials = [memory.officials[block, lane::LANES][:N_OFFICIAL_FIELDS] for block, lane in places]
    posts = [[memory.posts[block, field + lane] for field in (GENERATION, ACTION, OUTCOME)] for block, lane in places]
    return np.array(officials), np.array(posts)


def account_of(memory: Memory, layout: Layout, measures: Any, by_jurisdiction: Any) -> Account:
    """Return what the compiled engine has to tell."""
    told = (memory.jurisdictions, memory.counts, memory.national)
    copies = (np.array(array) for array in told)
    return Account(np.array(measures), np.array(by_jurisdiction), *posts_in(memory, layout), *copies)


def ensemble_account(scenario: Scenario, run: int = 0) -> Account:
    """Return what the compiled engine tells of a whole run."""
    setting = setting_of(scenario)
    measures = np.zeros((setting.months, N_MEASURES))
    by_jurisdiction = np.zeros((setting.months, scenario.n_jurisdictions, N_MEASURES))
    memory = new_administration(setting.layout)
    whole_run(memory, setting.layout, setting.policies, new_key(SEED, run), measures, by_jurisdiction)
    return account_of(memory, setting.layout, measures, by_jurisdiction)


def monthly_account(scenario: Scenario, workers: int) -> Account:
    """Return what the compiled engine tells of a run that several threads share, month by month."""
    setting = setting_of(scenario)
    measures, by_jurisdiction = [], []
    for memory, row in months_of_run(Job(scenario, setting, SEED, 0), workers):
        measures.append(row.copy())
        by_jurisdiction.append(memory.measures.copy())
    return account_of(memory, setting.layout, measures, by_jurisdiction)


def mesa_account(scenario: Scenario, run: int = 0) -> Account:
    """Return what the readable engine tells of a run."""
    administration = Administration(scenario, SEED, run)
    measures, by_jurisdiction = [], []
    while administration.running:
        administration.step()
        measures.append(administration.measures)
        by_jurisdiction.append([jurisdiction.measures for jurisdiction in administration.jurisdictions])
    return Account(
        np.array(measures),
        np.array(by_jurisdiction),
        np.array([official.state for official in administration.officials]),
        np.array([[official.generation, official.action, official.outcome] for official in administration.officials]),
        np.array([jurisdiction.state for jurisdiction in administration.jurisdictions]),
        np.array([jurisdiction.counts for jurisdiction in administration.jurisdictions]),
        np.array(administration.national),
    )


def bits(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the bits of numbers, one NaN like another; so 0.0 and -0.0 are not the same."""
    floats = np.array(values, dtype=np.float64)
    floats[np.isnan(floats)] = np.nan
    return floats.view(np.int64)


def assert_same_bits(one: Account, other: Account) -> None:
    """Fail with the place of the first difference, if there is any."""
    for name, ours, theirs in zip(Account._fields, one, other, strict=True):
        assert ours.shape == theirs.shape, name
        differs = np.argwhere(bits(ours) != bits(theirs))
        if len(differs):
            place = tuple(differs[0])
            what = f" {MEASURES[place[-1]]}" if ours.shape[-1] == N_MEASURES else ""
            pytest.fail(f"{name}{what} at {place}: {ours[place]!r} and {theirs[place]!r}, and {len(differs) - 1} more")


# --- One engine and the other ---


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_the_engines_agree_on_a_shipped_scenario(name: str) -> None:
    scenario = small(name)
    account = ensemble_account(scenario)
    assert_same_bits(account, mesa_account(scenario))
    assert account.measures[:, MEASURES.index("cases")].sum() > 0
    assert account.posts[:, 0].sum() > 0, "somebody left, so that newcomers are compared too"


@pytest.mark.parametrize("name", CORNERS)
def test_that_the_engines_agree_in_a_corner(name: str) -> None:
    scenario = corner(name)
    assert_same_bits(ensemble_account(scenario), mesa_account(scenario))


@settings(max_examples=60, deadline=None)
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_that_the_engines_agree_on_any_scenario(scenario: Scenario, run: int) -> None:
    assert_same_bits(ensemble_account(scenario, run), mesa_account(scenario, run))


def test_that_simulate_gives_the_same_runs_with_both_engines() -> None:
    scenario = small("four_provinces")
    ensemble, mesa = (
        simulate(scenario, 2, SEED, engine=engine, by_jurisdiction=True) for engine in ("ensemble", "mesa")
    )
    np.testing.assert_array_equal(bits(ensemble.values), bits(mesa.values))
    assert ensemble.months.equals(mesa.months)
    assert not np.array_equal(bits(ensemble.values[0]), bits(ensemble.values[1]))


# --- The compiled engine, however the work is shared out ---


@settings(max_examples=25, deadline=None)
@given(scenarios(), st.integers(1, 5))
@example(small("four_provinces"), 3)
@example(small("reform"), 2)
def test_that_a_run_shared_by_threads_month_by_month_gives_the_same_bits(scenario: Scenario, workers: int) -> None:
    assert_same_bits(ensemble_account(scenario), monthly_account(scenario, workers))


def test_that_the_number_of_workers_changes_nothing() -> None:
    scenario = small("campaign")
    alone, together = (simulate(scenario, 7, SEED, workers=workers) for workers in (1, 3))
    assert alone.run_numbers == together.run_numbers == tuple(range(7))
    np.testing.assert_array_equal(bits(alone.values), bits(together.values))


def test_that_a_run_is_the_same_among_few_and_among_many() -> None:
    scenario = small("baseline")
    (one,) = [series for series in simulate(scenario, 5, SEED).series if series.job.run == 3]
    assert [job.run for job in jobs_of(scenario, [3], SEED)] == [3]
    np.testing.assert_array_equal(bits(one.measures), bits(ensemble_account(scenario, run=3).measures))


# --- Luck has an address ---


@pytest.mark.parametrize("more", [1, 5, 40])
def test_that_more_officials_in_the_last_jurisdiction_change_nothing_before_it_in_the_first_month(more: int) -> None:
    provinces = with_settings(find_scenario("four_provinces"), {}, officials=60, months=1)
    *others, last = provinces.jurisdictions
    larger = dataclasses.replace(
        provinces,
        jurisdictions=(*others, dataclasses.replace(last, officials=last.officials + more)),
        officials=provinces.officials + more,
    )
    before, after = ensemble_account(provinces), ensemble_account(larger)
    n = provinces.officials
    np.testing.assert_array_equal(before.posts, after.posts[:n])
    np.testing.assert_array_equal(bits(before.by_jurisdiction[0, :-1]), bits(after.by_jurisdiction[0, :-1]))
    np.testing.assert_array_equal(
        bits(before.officials[: n - last.officials]), bits(after.officials[: n - last.officials])
    )
    assert len(after.posts) == n + more


def test_that_a_scenario_cut_short_is_the_beginning_of_the_whole() -> None:
    whole, short = (ensemble_account(with_settings(baseline(), {}, 60, months)) for months in (40, 15))
    np.testing.assert_array_equal(bits(whole.measures[:15]), bits(short.measures))

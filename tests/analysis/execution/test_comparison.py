"""Plans are checked before, carried out whole or as far as it went, and every way gives the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.design.comparison import Plan, check_comparable
from analysis.errors import ExperimentError
from analysis.execution.comparison import execute, jobs_of_plan, watched_run
from model.scenario import Scenario, find_scenario, with_settings
from model.simulate import jobs_of, simulate


def small(name: str = "baseline", officials: int = 60, months: int = 6) -> Scenario:
    return with_settings(find_scenario(name), {}, officials, months)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": -1}, "seed -1 is not allowed"),
        ({"seed": 2**32}, "is not allowed"),
        ({"replications": 0}, "0 replications"),
        ({"workers": 0}, "0 workers"),
        ({"workers": 10**6}, "1 to 1024"),
        ({"engine": "steam"}, "ensemble or mesa"),
    ],
)
def test_that_an_impossible_plan_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        replace(Plan((small(),)), **change)  # type: ignore[arg-type]


def test_that_two_scenarios_of_one_name_are_refused() -> None:
    with pytest.raises(ExperimentError, match='2 of the scenarios are called "baseline"'):
        Plan((small(), small(officials=80)))


@pytest.mark.parametrize(("officials", "months", "word"), [(61, 6, "officials"), (60, 7, "months")])
def test_that_policies_of_other_sizes_cannot_be_paired(officials: int, months: int, word: str) -> None:
    check_comparable([small(), small("crackdown"), small("four_provinces")])
    with pytest.raises(ExperimentError, match=f"--{word}"):
        check_comparable([small(), small("crackdown", officials, months)])


def test_that_a_plan_gives_what_simulate_gives_for_every_scenario_in_its_order() -> None:
    scenarios = (small("crackdown"), small())
    execution = execute(Plan(scenarios, replications=3, seed=9, workers=2))
    assert execution.stopped_by is None
    assert execution.n_runs == 6
    assert [result.scenario for result in execution.results] == list(scenarios)
    for result in execution.results:
        assert result.run_numbers == (0, 1, 2)
        np.testing.assert_array_equal(result.values, simulate(result.scenario, 3, 9).values)


def test_that_runs_are_taken_in_turn_so_that_all_policies_get_equally_far() -> None:
    plan = Plan((small(), small("crackdown")), replications=2)
    assert [(job.run, job.scenario.name) for job in jobs_of_plan(plan)] == [
        (0, "baseline"),
        (0, "crackdown"),
        (1, "baseline"),
        (1, "crackdown"),
    ]


def test_that_progress_adds_up_to_the_runs_by_either_way() -> None:
    for on_month in (None, lambda _job, _month, _administration: None):
        done: list[float] = []
        execute(Plan((small(),), replications=4), done.append, on_month)
        assert sum(done) == pytest.approx(4.0)


def test_that_a_run_that_is_watched_gives_the_same_bits() -> None:
    (job,) = jobs_of(small(), [2], seed=5)
    seen: list[int] = []
    series = watched_run(job, 3, True, lambda month, _administration: seen.append(month))
    expected = simulate(small(), 3, 5, by_jurisdiction=True).series[2]
    assert seen == list(range(6))
    np.testing.assert_array_equal(series.measures, expected.measures)
    np.testing.assert_array_equal(series.by_jurisdiction, expected.by_jurisdiction)


def stop_after(n: float, error: BaseException) -> Callable[[float], None]:
    """Return a function that raises once so many runs are done."""
    done = [0.0]

    def advance(runs: float) -> None:
        done[0] += runs
        if done[0] >= n:
            raise error

    return advance


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_that_what_is_finished_is_kept_when_it_is_stopped(error: BaseException) -> None:
    execution = execute(Plan((small(), small("crackdown")), replications=50), stop_after(7, error))
    assert execution.stopped_by is error
    assert 7 <= execution.n_runs < 100
    whole = simulate(small(), 50).values
    for result in execution.results:
        assert result.run_numbers == tuple(sorted(result.run_numbers))
    np.testing.assert_array_equal(execution.results[0].values, whole[list(execution.results[0].run_numbers)])


def test_that_a_stop_before_the_first_run_leaves_nothing() -> None:
    execution = execute(Plan((small(),)), on_month=lambda *_: stop_after(0, KeyboardInterrupt())(0.0))
    assert execution.results == ()
    assert isinstance(execution.stopped_by, KeyboardInterrupt)

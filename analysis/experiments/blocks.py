"""Blocks of runs: the unit in which an experiment is simulated, stored, lost and repeated.

A run has an id: point * replications + replication; the base scenario, the reference, is the point after the last one.
A block is a range of ids. What a block gives depends on the specification and the block alone, not on who does it when.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.experiments.factors import scenario_at, value_in
from analysis.experiments.replicate_until import more_replications
from analysis.experiments.specification import Specification, ids_per_block
from model.arrays import new_administration, new_key
from model.ensemble import whole_run
from model.measures import MEASURES, N_MEASURES
from model.policy import Setting, setting_of
from model.scenario import Scenario, ScenarioError
from model.simulate import Job, months_of_run, window_means

OK, FAILED, TIMED_OUT = "ok", "failed", "timed out"
STATUSES = (OK, FAILED, TIMED_OUT)
# From this size on a run is done month by month, so that it can be stopped in between.
_OFFICIAL_MONTHS_OF_A_LONG_RUN = 20_000_000
_OFFICIALS_OF_A_LARGE_RUN = 200_000
_LONGEST_MESSAGE = 500
_RUNS_AVERAGED_TOGETHER = 64


class Block(NamedTuple):
    """Runs that are done together: the ids from first_id to last_id - 1."""

    number: int
    first_id: int
    last_id: int


class Run(NamedTuple):
    """One run of an experiment: its id, the number of its point, its replication and its run number in the model."""

    id: int
    point: int
    replication: int
    run: int


@dataclass(frozen=True)
class Task:
    """A block and what is needed to do it: the values of the factors at its points, shape (points, factors).

    `threads` share a run among them; more than one makes sense for very large runs only.
    """

    specification: Specification
    block: Block
    first_point: int
    points: NDArray[np.float64]
    n_points: int
    threads: int = 1


class Outcome(NamedTuple):
    """How a run ended. `values` (months, measures) are those of all measures; None if there are none."""

    run: Run
    status: str
    message: str
    values: NDArray[np.float64] | None


@dataclass(frozen=True)
class Rows:
    """What the runs of a block gave, in the order of their ids: a row each.

    `factors` (n, factors) are the values of the factors, `means` (n, measures) the means over the window, `series` is
    (n, months, measures), or (n, 0, measures) if it is not wanted.
    """

    block: Block
    runs: list[Run]
    statuses: list[str]
    messages: list[str]
    factors: NDArray[np.float64]
    means: NDArray[np.float64]
    series: NDArray[np.float64]
    seconds: float

    def number_of(self, status: str) -> int:
        """Return how many runs ended so."""
        return self.statuses.count(status)


class StoppedError(Exception):
    """Somebody asked the runs to stop."""


def blocks_of(specification: Specification, n_points: int) -> list[Block]:
    """Return all blocks of an experiment, the reference's among them."""
    n_ids, size = (n_points + 1) * specification.replications, ids_per_block(specification, n_points)
    return [Block(number, number * size, min((number + 1) * size, n_ids)) for number in range(math.ceil(n_ids / size))]


def task_of(specification: Specification, points: NDArray[np.float64], block: Block, threads: int = 1) -> Task:
    """Return what is needed to do a block; `points` are those of the whole design."""
    n = specification.replications
    first, last = block.first_id // n, math.ceil(block.last_id / n)
    without_list = replace(specification, design=replace(specification.design, listed=()))
    return Task(without_list, block, first, np.ascontiguousarray(points[first:last]), len(points), threads)


def threads_of_a_run(specification: Specification, workers: int) -> int:
    """Return how many of the threads share a run: one does a run of ordinary size, all together a very large one."""
    return workers if specification.base.officials >= _OFFICIALS_OF_A_LARGE_RUN else 1


def run_of(specification: Specification, run_id: int) -> Run:
    """Return the run with an id."""
    point, replication = divmod(run_id, specification.replications)
    return Run(run_id, point, replication, replication if specification.common_random_numbers else run_id)


def outcomes_of(
    task: Task, begin: Callable[[Run], None], after_id: int = -1, earlier: Sequence[Outcome] = ()
) -> Iterator[Outcome]:
    """Yield how the runs of a block ended, one after the other; those up to `after_id` are passed over.

    With `replicate_until` a point ends when the rule says so; `earlier` are outcomes that count for it already.

    Parameters
    ----------
    begin : called before each run, and again within a long one; what it raises goes through.
    """
    n = task.specification.replications
    for point in range(task.block.first_id // n, math.ceil(task.block.last_id / n)):
        first, last = max(point * n, task.block.first_id, after_id + 1), min((point + 1) * n, task.block.last_id)
        if first >= last:
            continue
        begin(run_of(task.specification, first))
        scenario = _scenario(task, point)
        setting = None if isinstance(scenario, str) else setting_of(scenario)
        done = [outcome for outcome in earlier if outcome.run.point == point]
        planned = first + _more(task, done, point, last - first)
        while first < planned:
            outcome = _outcome(task, run_of(task.specification, first), scenario, setting, begin)
            yield outcome
            done.append(outcome)
            first += 1
            if first == planned:
                planned += _more(task, done, point, last - first)


def _scenario(task: Task, point: int) -> Scenario | str:
    """Return the scenario of a point, or why there is none."""
    if point == task.n_points:
        return task.specification.base
    try:
        return scenario_at(
            task.specification.base, task.specification.factor_paths, task.points[point - task.first_point]
        )
    except ScenarioError as error:
        return one_line(str(error))


def _more(task: Task, done: list[Outcome], point: int, left: int) -> int:
    """Return how many replications of a point come next: all, or so many as the rule of the experiment wants.

    The reference gets them all, to be paired with any point.
    """
    rule = task.specification.replicate_until
    if rule is None or point == task.n_points or not left:
        return left
    if done and all(outcome.status != OK for outcome in done):
        return 0  # what failed every time would fail the next time too
    place = MEASURES.index(rule.measure)
    values = [
        np.nan if outcome.values is None else window_of(task.specification, outcome.values)[place] for outcome in done
    ]
    return min(left, more_replications(np.array(values, dtype=np.float64), rule))


def _outcome(
    task: Task, run: Run, scenario: Scenario | str, setting: Setting | None, begin: Callable[[Run], None]
) -> Outcome:
    begin(run)
    if isinstance(scenario, str) or setting is None:
        return Outcome(run, FAILED, str(scenario), None)
    try:
        job = Job(scenario, setting, task.specification.seed, run.run)
        return Outcome(run, OK, "", values_of_run(job, task.threads, lambda: begin(run)))
    except StoppedError:
        raise
    except Exception as error:  # whatever it is, the other runs go on
        return Outcome(run, FAILED, one_line(f"{type(error).__name__}: {error}"), None)


def values_of_run(job: Job, threads: int, on_month: Callable[[], None]) -> NDArray[np.float64]:
    """Return all measures of a run, shape (months, N_MEASURES); `on_month` is called after each month of a long run."""
    setting = job.setting
    measures = np.zeros((setting.months, N_MEASURES))
    if threads > 1 or job.scenario.officials * setting.months >= _OFFICIAL_MONTHS_OF_A_LONG_RUN:
        for month, (_, row) in enumerate(months_of_run(job, threads)):
            measures[month] = row
            on_month()
        return measures
    none = np.zeros((0, len(setting.layout.sizes), N_MEASURES))
    administration = new_administration(setting.layout)
    whole_run(administration, setting.layout, setting.policies, new_key(job.seed, job.run), measures, none)
    return measures


def window_of(specification: Specification, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means over the window of the experiment: (..., months, N_MEASURES) to (..., N_MEASURES)."""
    return window_means(values[..., : specification.window_until, :], specification.window_months)


def rows_of(task: Task, outcomes: Sequence[Outcome], seconds: float) -> Rows:
    """Return what the runs of a block gave as rows."""
    specification = task.specification
    places = [MEASURES.index(measure) for measure in specification.measures]
    kept_months = specification.base.months if specification.monthly_series else 0
    means = np.empty((len(outcomes), len(places)))
    series = np.empty((len(outcomes), kept_months, len(places)))
    missing = np.full((specification.base.months, N_MEASURES), np.nan)
    for first in range(0, len(outcomes), _RUNS_AVERAGED_TOGETHER):
        some = outcomes[first : first + _RUNS_AVERAGED_TOGETHER]
        values = np.stack([missing if outcome.values is None else outcome.values for outcome in some])
        means[first : first + len(some)] = window_of(specification, values)[:, places]
        series[first : first + len(some)] = values[:, :kept_months, places]
    columns = zip(*((outcome.run, outcome.status, outcome.message) for outcome in outcomes), strict=True)
    runs, statuses, messages = (list(column) for column in columns)
    factors = np.array([factor_values(task, run.point) for run in runs]).reshape(len(runs), len(specification.factors))
    return Rows(task.block, runs, statuses, messages, factors, means, series, seconds)


def factor_values(task: Task, point: int) -> NDArray[np.float64]:
    """Return the values of the factors at a point, shape (factors,); for the reference those of the base scenario."""
    if point < task.n_points:
        values: NDArray[np.float64] = task.points[point - task.first_point]
        return values
    return np.array([value_in(task.specification.base, path) for path in task.specification.factor_paths])


def one_line(text: str) -> str:
    """Return a message on one line, cut where it becomes too long."""
    line = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 3] + "..."


def clock() -> float:
    """Return the seconds of a clock that never goes back."""
    return time.monotonic()

"""Blocks of runs: the unit in which an experiment is simulated, stored, lost and repeated.

A run has an id: point * replications + replication; the base scenario, the reference, is the point after the last one.
A block is a range of ids. What a block gives depends on the specification and the block alone, not on who does it when.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.design.factors import value_in
from analysis.design.specification import Specification, ids_per_block

OK, FAILED, TIMED_OUT = "ok", "failed", "timed out"
STATUSES = (OK, FAILED, TIMED_OUT)
_OFFICIALS_OF_A_LARGE_RUN = 200_000
_LONGEST_MESSAGE = 500


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
    """How a run ended: status and message; the means of its measures over the window, and their months if wanted.

    `means` (measures,) and `series` (months or 0, measures) are missing numbers in a run that has none.
    """

    run: Run
    status: str
    message: str
    means: NDArray[np.float64]
    series: NDArray[np.float64]


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


def no_outcome(specification: Specification, run: Run, status: str, message: str) -> Outcome:
    """Return the outcome of a run that gave no numbers."""
    months = specification.base.months if specification.monthly_series else 0
    n = len(specification.measures)
    return Outcome(run, status, message, np.full(n, np.nan), np.full((months, n), np.nan))


def rows_of(task: Task, outcomes: Sequence[Outcome], seconds: float) -> Rows:
    """Return what the runs of a block gave as rows."""
    runs, statuses, messages, means, series = (list(column) for column in zip(*outcomes, strict=True))
    factors = np.array([factor_values(task, run.point) for run in runs]).reshape(
        len(runs), len(task.specification.factors)
    )
    return Rows(task.block, runs, statuses, messages, factors, np.stack(means), np.stack(series), seconds)


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

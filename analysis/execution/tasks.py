"""Tasks: a block of runs and all that is needed to do it.

What a task gives depends on the specification and the block alone, not on who does it when.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.design.factors import value_of_reference
from analysis.design.runs import Block
from analysis.design.specification import Specification
from analysis.store.rows import Rows, RunOutcome

_OFFICIALS_OF_A_LARGE_RUN = 200_000
_LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class BlockTask:
    """A block and what is needed to do it: the values of the factors at its points, shape (points, factors).

    `threads` share a run among them; more than one makes sense for very large runs only. `known` are runs of the block
    whose outcome is known already.
    """

    specification: Specification
    block: Block
    first_point: int
    points: NDArray[np.float64]
    n_points: int
    threads: int = 1
    known: tuple[RunOutcome, ...] = ()


class StoppedError(Exception):
    """Somebody asked the runs to stop."""


def task_of(specification: Specification, points: NDArray[np.float64], block: Block, threads: int = 1) -> BlockTask:
    """Return what is needed to do a block; `points` are those of the whole design."""
    n = specification.replications
    first, last = block.first_id // n, math.ceil(block.last_id / n)
    without_list = replace(specification, design=replace(specification.design, listed=()))
    return BlockTask(without_list, block, first, np.ascontiguousarray(points[first:last]), len(points), threads)


def threads_of_a_run(specification: Specification, workers: int) -> int:
    """Return how many of the threads share a run: one does a run of ordinary size, all together a very large one."""
    return workers if specification.base.officials >= _OFFICIALS_OF_A_LARGE_RUN else 1


def rows_of(task: BlockTask, outcomes: Sequence[RunOutcome], seconds: float) -> Rows:
    """Return what the runs of a block gave as rows."""
    runs, statuses, messages, means, series = (list(column) for column in zip(*outcomes, strict=True))
    factors = np.array([factor_values(task, run.point) for run in runs]).reshape(
        len(runs), len(task.specification.factors)
    )
    return Rows(task.block, runs, statuses, messages, factors, np.stack(means), np.stack(series), seconds)


def factor_values(task: BlockTask, point: int) -> NDArray[np.float64]:
    """Return the values of the factors at a point, shape (factors,); for the reference those of the base scenario."""
    if point < task.n_points:
        values: NDArray[np.float64] = task.points[point - task.first_point]
        return values
    specification = task.specification
    return np.array([value_of_reference(specification, factor) for factor in specification.factors])


def one_line(text: str) -> str:
    """Return a message on one line, cut where it becomes too long."""
    line = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 3] + "..."


def clock() -> float:
    """Return the seconds of a clock that never goes back."""
    return time.monotonic()

"""Runs and blocks: how an experiment is numbered, and cut into what is simulated, stored and lost together.

A run has an id: point * replications + replication; the base scenario, the reference, is the point after the last one.
A block is a range of ids. What a block gives depends on the specification and the block alone, not on who does it when.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from analysis.design.specification import Specification

# A block ought to take about half a second: short enough to lose little, long enough to be worth a file.
_OFFICIAL_MONTHS_OF_A_BLOCK = 12_000_000
_MOST_RUNS_OF_A_BLOCK = 1024
_LEAST_BLOCKS = 64
_SERIES_VALUES_OF_A_BLOCK = 1_000_000


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


def blocks_of(specification: Specification, n_points: int) -> list[Block]:
    """Return all blocks of an experiment, the reference's among them."""
    n_ids, size = (n_points + 1) * specification.replications, ids_per_block(specification, n_points)
    return [Block(number, number * size, min((number + 1) * size, n_ids)) for number in range(math.ceil(n_ids / size))]


def run_of(specification: Specification, run_id: int) -> Run:
    """Return the run with an id."""
    n = specification.replications
    point, replication = divmod(run_id, n)
    if specification.common_random_numbers:
        return Run(run_id, point, replication, replication)
    lucky = point if specification.luck_cycle is None else point % specification.luck_cycle
    return Run(run_id, point, replication, lucky * n + replication)


def ids_per_block(specification: Specification, n_points: int) -> int:
    """Return how many run ids a block holds. It follows from the specification alone, so all machines agree on it.

    With `replicate_until` a block holds whole points.
    """
    n = specification.runs_per_block or _suitable_runs(specification, n_points)
    if specification.replicate_until is None:
        return n
    points = max(1, n // specification.replicate_until.minimum)
    return points * specification.replications


def _suitable_runs(specification: Specification, n_points: int) -> int:
    base = specification.base
    by_time = _OFFICIAL_MONTHS_OF_A_BLOCK // (base.officials * base.months)
    by_number = math.ceil((n_points + 1) * specification.replications / _LEAST_BLOCKS)
    most = min(_MOST_RUNS_OF_A_BLOCK, by_time, by_number)
    if specification.monthly_series:
        most = min(most, _SERIES_VALUES_OF_A_BLOCK // (base.months * len(specification.measures)))
    return max(1, most)

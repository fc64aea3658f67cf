"""What an experiment will take: runs, time and room on the disk, from a pilot of three seconds.

The pilot does runs at points spread evenly over the design, on as many threads as the experiment will have, and keeps
nothing. What it finds holds for this machine as busy as it is just now.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analysis.design.runs import Block, Run, ids_per_block
from analysis.design.specification import DesignPlan, Specification
from analysis.execution.runner import outcomes_of
from analysis.execution.tasks import BlockTask, StoppedError, clock, rows_of, task_of, threads_of_a_run
from analysis.store.durable_files import parquet_bytes
from analysis.store.part_files import series_of_rows, table_of
from analysis.store.rows import RunOutcome
from model.measures import MEASURES
from model.scenario import find_scenario, with_settings

PILOT_SECONDS = 3.0
# The pilot of a small experiment does no more than this share of its runs.
_MOST_OF_THE_RUNS = 0.1
_REPLICATIONS_OF_A_POINT = 4
_BYTES_OF_AN_INDEX_LINE = 400
_GOLDEN_RATIO = 0.6180339887498949


@dataclass(frozen=True)
class Estimate:
    """What the runs that are left will take on so many threads, and the pilot that it is estimated from.

    `runs` is a guess where `replicate_until` decides their number. `block_seconds` is what a block takes, to compare
    with the time-out; `bytes` are for the runs that are left, in parts and in the final tables.
    """

    runs: int
    seconds: float
    bytes: int
    block_seconds: float
    workers: int
    pilot_runs: int
    pilot_seconds: float

    def on(self, threads: int) -> Estimate:
        """Return what it will take on another number of threads that are as fast as those of the pilot."""
        return replace(self, workers=threads, seconds=self.seconds * self.workers / threads)


@dataclass
class _Pilot:
    """What the threads of a pilot share: which point comes next, until when, and what has been done."""

    specification: Specification
    points: NDArray[np.float64]
    threads: int
    deadline: float
    most_runs: int
    tables: list[list[pa.Table]]
    whole_points: list[int] = field(default_factory=list)
    runs_done: float = 0.0
    points_begun: int = 0
    door: Lock = field(default_factory=Lock)


def estimated(specification: Specification, points: NDArray[np.float64], ids_left: int, workers: int) -> Estimate:
    """Return what the runs of an experiment with so many ids left will take on so many threads."""
    if not ids_left:
        return Estimate(0, 0.0, 0, 0.0, workers, 0, 0.0)
    _warm_up()
    began = clock()
    threads = threads_of_a_run(specification, workers)
    most_runs = max(workers, int(_MOST_OF_THE_RUNS * ids_left))
    pilot = _Pilot(specification, points, threads, began + PILOT_SECONDS, most_runs, [])
    with ThreadPoolExecutor(workers // threads) as pool:
        for future in [pool.submit(_pilot_thread, pilot) for _ in range(workers // threads)]:
            future.result()
    seconds = clock() - began
    rate = max(pilot.runs_done, 1e-9) / max(seconds, 1e-9)
    share = _share_of_replications(pilot)
    runs_left = round(ids_left * share)
    room, writing_seconds = _room(pilot, runs_left, ids_left)
    return Estimate(
        runs=runs_left,
        seconds=runs_left / rate + writing_seconds,
        bytes=room,
        block_seconds=ids_per_block(specification, len(points)) * share / rate * (workers // threads),
        workers=workers,
        pilot_runs=int(pilot.runs_done),
        pilot_seconds=seconds,
    )


def _share_of_replications(pilot: _Pilot) -> float:
    """Return how many of the replications planned at most a point is likely to need."""
    if pilot.specification.replicate_until is None or not pilot.whole_points:
        return 1.0
    return sum(pilot.whole_points) / len(pilot.whole_points) / pilot.specification.replications


def _warm_up() -> None:
    """Do the smallest of runs both ways, so that no compiling and no loading of compiled code is timed."""
    tiny = with_settings(find_scenario("baseline"), {"size.jurisdictions": 1}, officials=1, months=1)
    specification = Specification("tiny", tiny.title, tiny.question, tiny, (), DesignPlan("list"), MEASURES[:1], 1)
    for threads in (1, 2):
        list(outcomes_of(BlockTask(specification, Block(0, 0, 1), 0, np.empty((0, 0)), 0, threads), lambda _run: None))


def spread_point(number: int, n: int) -> int:
    """Return a number below n such that those for 1, 2, 3, ... are spread evenly, wherever they end."""
    return int(number * _GOLDEN_RATIO % 1.0 * n)


def _pilot_thread(pilot: _Pilot) -> None:
    """Do runs at one point after the other until the time is up."""
    n = pilot.specification.replications
    replications = n if pilot.specification.replicate_until else min(n, _REPLICATIONS_OF_A_POINT)
    while clock() < pilot.deadline and pilot.runs_done < pilot.most_runs:
        with pilot.door:
            pilot.points_begun += 1
            point = spread_point(pilot.points_begun, len(pilot.points))
        outcomes, unfinished = _until_deadline(pilot, Block(0, point * n, point * n + replications))
        tables = _tables_of(pilot, point, outcomes)
        with pilot.door:
            pilot.tables += tables
            pilot.runs_done += len(outcomes) + (unfinished or 0.0)
            if unfinished is None:
                pilot.whole_points.append(len(outcomes))


def _until_deadline(pilot: _Pilot, block: Block) -> tuple[list[RunOutcome], float | None]:
    """Return how the runs of a block ended until the time was up, and the share of the next one that was done by then.

    The share is None if the whole block was done.
    """
    outcomes: list[RunOutcome] = []
    begun: list[Run] = []

    def begin(run: Run) -> None:
        if clock() > pilot.deadline:
            raise StoppedError
        begun.append(run)

    task = task_of(pilot.specification, pilot.points, block, pilot.threads)
    try:
        for outcome in outcomes_of(task, begin):
            outcomes.append(outcome)
    except StoppedError:
        is_between = not begun or (outcomes and begun[-1] == outcomes[-1].run)
        months = 0 if is_between else begun.count(begun[-1]) - 1
        return outcomes, max(0, months) / pilot.specification.base.months
    return outcomes, None


def _tables_of(pilot: _Pilot, point: int, outcomes: Sequence[RunOutcome]) -> list[list[pa.Table]]:
    """Return the rows of runs at a point as they would be written: none, or a list of one or two tables."""
    if not outcomes:
        return []
    n = pilot.specification.replications
    task = task_of(pilot.specification, pilot.points, Block(0, point * n, point * n + len(outcomes)))
    rows = rows_of(task, outcomes, 0.0)
    tables = [table_of(pilot.specification, rows)]
    if pilot.specification.monthly_series:
        tables.append(series_of_rows(pilot.specification, rows))
    return [tables]


def _room(pilot: _Pilot, runs_left: int, ids_left: int) -> tuple[int, float]:
    """Return the bytes that the parts and the final tables will take, and the seconds it takes to make these bytes."""
    blocks = ids_left / ids_per_block(pilot.specification, len(pilot.points))
    total, seconds = _BYTES_OF_AN_INDEX_LINE * blocks, 0.0
    for tables in zip(*pilot.tables, strict=True):
        table = pa.concat_tables(tables)
        began = clock()
        size = len(parquet_bytes(table))
        seconds += 2 * (clock() - began)
        frame = len(parquet_bytes(table.slice(0, 0)))
        total += frame * blocks + 2 * (size - frame) * runs_left / max(1, _rows_of_runs(tables))
    n = sum(tables[0].num_rows for tables in pilot.tables)
    return round(total), seconds * runs_left / max(1, n)


def _rows_of_runs(tables: Sequence[pa.Table]) -> int:
    """Return how many runs tables hold."""
    return sum(len(table["id"].unique()) for table in tables)

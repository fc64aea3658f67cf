"""The verbs of experiments: sweep, status, rerun, merge. The command line has the same names."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.design.experiment_file import find_experiment
from analysis.design.levels import level_in
from analysis.design.sampling import design_points
from analysis.design.specification import Specification
from analysis.errors import ExperimentError, told, where
from analysis.execution.cost_estimate import Estimate, estimated
from analysis.execution.merge import finish, merge_folders
from analysis.execution.rerun import Rerun, run_again
from analysis.execution.resume import Undone, begin, check_place, left_to_do, undone
from analysis.execution.reuse import Reused, outcomes_in, reused_of
from analysis.execution.tasks import BlockTask, task_of, threads_of_a_run
from analysis.execution.threads import rows_by_threads
from analysis.store.durable_files import TEMPORARY, sync_folder
from analysis.store.experiment import Completion, Experiment, Gap, open_experiment
from analysis.store.file_names import as_file_name
from analysis.store.locks import Holder, Shard, holders, writing
from analysis.store.manifest import lock_of
from analysis.store.part_files import (
    SERIES,
    TABLE,
    Damage,
    DamagedError,
    Entry,
    remove_leftovers,
    series_of_rows,
    table_of,
    write_part,
)
from analysis.store.rows import FAILED, OK, TIMED_OUT, Rows
from analysis.store.tables import FINISHED
from model.processors import allowed_processors
from model.simulate import MOST_WORKERS

RESULTS = Path("results")


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=2)


@dataclass(frozen=True)
class SweepWatch:
    """Who is told how it goes: `advance` the number of runs just finished, `say` a sentence on what was found."""

    advance: Callable[[int], None] = lambda _runs: None
    say: Callable[[str], None] = _warn


@dataclass(frozen=True)
class Means:
    """What does the runs: threads of this process, or the workers of a Dask cluster; and when to stop."""

    workers: int
    scheduler: str | None
    fail_fast: bool


def sweep(
    experiment: str | Path | Specification,
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    shard: tuple[int, int] | None = None,
    scheduler: str | None = None,
    fail_fast: bool = False,
    retry_failed: bool = False,
    reuse: str | Path | None = None,
    watch: SweepWatch | None = None,
) -> Experiment:
    """Return the experiment after all its runs, or those of a shard, are done; what is finished already is kept.

    Parameters
    ----------
    experiment : the path of an experiment file, the name of a shipped one, or a specification.
    folder : where the result goes; results/<name> if not given.
    workers : threads; one a processor if not given.
    shard : (i, n): do the i-th of n shares of the blocks, counted from 1.
    scheduler : the address of a Dask scheduler whose workers do the runs.
    fail_fast : stop after the first block in which a run fails or times out.
    retry_failed : do blocks again in which a run failed or timed out.
    reuse : the folder of an experiment that is the same but for its replications, whose runs are not done again.
    watch : who is told how it goes.

    Raises
    ------
    ExperimentError
        If something is wrong with what was asked for, or with the place for the result. What was finished is kept, and
        the same call goes on from there; so it does after an interruption of any kind.
    """
    specification = experiment if isinstance(experiment, Specification) else find_experiment(experiment)
    place, share = folder_of(specification, folder), checked_shard(shard)
    means = Means(checked_workers(workers), scheduler, fail_fast)
    watching = watch or SweepWatch()
    points = design_points(specification)
    reused = None if reuse is None else reused_of(reuse, specification, points)
    check_place(place)
    with writing(place, share, lambda: begin(place, specification, points, watching.say)) as own:
        try:
            _carry_out(place, own, Assignment(specification, points, share, retry_failed, reused), means, watching)
        except OSError as error:
            raise ExperimentError(_stopped_by(error, place)) from None
        except DamagedError as error:
            raise ExperimentError(f"{error}; run the same command again: its runs are done again") from None
    return open_experiment(place)


@dataclass(frozen=True)
class Assignment:
    """What is to be done: an experiment with the points of its design, or a share of it."""

    specification: Specification
    points: NDArray[np.float64]
    shard: Shard | None
    retry_failed: bool
    reused: Reused | None


def _carry_out(place: Path, own: Path, work: Assignment, means: Means, watch: SweepWatch) -> None:
    """Do what is not done yet, block by block, and write the final tables when all is there."""
    for folder in (own.parent, place):
        sync_folder(folder)
    remove_leftovers(own)
    if work.shard is None:
        for path in place.rglob(f"*{TEMPORARY}"):
            path.unlink(missing_ok=True)
    to_do = undone(place, work.shard, work.retry_failed, watch.say)
    if to_do:
        (place / FINISHED).unlink(missing_ok=True)
    lock = lock_of(work.specification, work.points)
    attempts = {item.block.number: item.attempt for item in to_do}
    for rows in _rows(work, to_do, means):
        _keep(own, work.specification, rows, attempts[rows.block.number], lock)
        watch.advance(rows.block.last_id - rows.block.first_id)
        if means.fail_fast:
            _stop_at_failure(work.specification, rows)
    finish(place)


def _rows(work: Assignment, to_do: Iterable[Undone], means: Means) -> Iterator[Rows]:
    threads = 1 if means.scheduler else threads_of_a_run(work.specification, means.workers)
    tasks: Iterator[BlockTask] = (_task(work, item, threads) for item in to_do)
    if means.scheduler is None:
        return rows_by_threads(tasks, means.workers // threads)
    # Here and not above: a cluster needs packages that not everybody has.
    from analysis.execution.cluster import rows_by_cluster  # noqa: PLC0415

    return rows_by_cluster(tasks, means.scheduler)


def _task(work: Assignment, item: Undone, threads: int) -> BlockTask:
    """Return what is needed to do a block, with the runs of it that another experiment has done."""
    task = task_of(work.specification, work.points, item.block, threads)
    if work.reused is None:
        return task
    return replace(task, known=outcomes_in(work.reused, work.specification, item.block))


def _keep(own: Path, specification: Specification, rows: Rows, attempt: int, lock: str) -> None:
    """Write a finished block to the disk."""
    tables = {TABLE: table_of(specification, rows)}
    if specification.monthly_series:
        tables[SERIES] = series_of_rows(specification, rows)
    entry = Entry(
        block=rows.block.number,
        attempt=attempt,
        first_id=rows.block.first_id,
        last_id=rows.block.last_id,
        rows=len(rows.runs),
        failed=rows.statuses.count(FAILED),
        timed_out=rows.statuses.count(TIMED_OUT),
        seconds=round(rows.seconds, 3),
        at=round(time.time(), 3),
        lock=lock,
        files={},
    )
    write_part(own, tables, entry)


def _stop_at_failure(specification: Specification, rows: Rows) -> None:
    """Raise ExperimentError if a run of a block did not go well."""
    for place, status in enumerate(rows.statuses):
        if status != OK:
            values = zip(specification.factors, rows.factors[place], strict=True)
            told_values = ", ".join(
                f"{factor.path} = {level_in(factor, value) or format(value, '.6g')}" for factor, value in values
            )
            raise ExperimentError(
                f"run {rows.runs[place].id} {status}: {rows.messages[place]} (at {told_values}); "
                "stopped because of --fail-fast; finished blocks are kept"
            )


def folder_of(specification: Specification, folder: str | Path | None) -> Path:
    """Return the folder of an experiment: the one that is given, or results/<name>."""
    return Path(folder) if folder is not None else RESULTS / as_file_name(specification.name)


def checked_workers(workers: int | None) -> int:
    """Return the number of threads; ExperimentError if it is impossible."""
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        allowed = f"give a whole number from 1 to {MOST_WORKERS}, or leave it out for one a processor"
        raise ExperimentError(f"{workers} workers are not allowed: {allowed}")
    return workers or allowed_processors()


def checked_shard(shard: tuple[int, int] | None) -> Shard | None:
    """Return the shard; ExperimentError if it is impossible."""
    if shard is None:
        return None
    i, n = shard
    if not 1 <= i <= n:
        raise ExperimentError(f"shard {i}/{n} is not allowed: give i/n with i from 1 to n, such as --shard 1/4")
    return Shard(i, n)


def _stopped_by(error: OSError, place: Path) -> str:
    advice = "make room or give the folder back its permissions, and run the same command again"
    return f"{where(error, place)}: writing stopped ({told(error)}); finished blocks are intact; {advice}"


@dataclass(frozen=True)
class Status:
    """How an experiment stands: how far it is, what is damaged, what is missing, and who is writing."""

    experiment: Experiment
    counts: Completion
    damages: tuple[Damage, ...]
    gaps: tuple[Gap, ...]
    writing: tuple[Holder, ...]


def status(folder: str | Path) -> Status:
    """Return how the experiment in a folder stands; it may be running."""
    experiment = open_experiment(folder)
    damages, gaps = tuple(experiment.damages()), tuple(experiment.gaps())
    return Status(experiment, experiment.intact_counts(), damages, gaps, tuple(holders(Path(folder))))


def estimate(
    experiment: str | Path | Specification,
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    shard: tuple[int, int] | None = None,
) -> Estimate:
    """Return what is left to do of an experiment, or of a shard of it, and what that will take; nothing is written."""
    specification = experiment if isinstance(experiment, Specification) else find_experiment(experiment)
    points, place = design_points(specification), folder_of(specification, folder)
    check_place(place)
    to_do = left_to_do(place, specification, points, checked_shard(shard))
    ids_left = sum(item.block.last_id - item.block.first_id for item in to_do)
    return estimated(specification, points, ids_left, checked_workers(workers))


def rerun(folder: str | Path, run: int, by_jurisdiction: bool = False) -> Rerun:
    """Return a run done again from its row alone, and whether it gave the same numbers, bit for bit."""
    return run_again(open_experiment(folder), run, by_jurisdiction)


def merge(folder: str | Path, *others: str | Path, watch: SweepWatch | None = None) -> Experiment:
    """Return the experiment in a folder with the finished blocks of other folders, finished if all are there.

    `others` may be left out where all shards have written into one folder.
    """
    return merge_folders(Path(folder), [Path(other) for other in others], (watch or SweepWatch()).say)

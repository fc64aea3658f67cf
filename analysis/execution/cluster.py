"""Blocks done by the workers of a Dask cluster. This process hands them out and alone writes what comes back."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import islice
from threading import Event
from typing import Any

from analysis.design.runs import run_of
from analysis.errors import ExperimentError
from analysis.execution.tasks import BlockTask, clock, rows_of
from analysis.execution.timeout import watched_rows
from analysis.store.rows import FAILED, Rows, no_outcome
from model.code_hash import model_hash

Client = Any
Future = Any

_SECONDS_TO_CONNECT = 15
_SECONDS_FOR_WORKERS = 60
_MOST_DEATHS = 5
# Workers may come and go meanwhile.
_SECONDS_BETWEEN_LOOKS = 5.0


class OtherModelError(Exception):
    """A worker has another state of the model's code."""


def rows_on_worker(task: BlockTask, expected_model: str) -> Rows:
    """Return the rows of a block, done on a worker; OtherModelError if its code is not that of the experiment."""
    if model_hash() != expected_model:
        raise OtherModelError
    return watched_rows(task, Event())


def threads_of_cluster(address: str) -> int:
    """Return how many threads the workers of a cluster have in all."""
    with _quiet():
        client = _connected(address)
        try:
            return sum(client.nthreads().values())
        finally:
            client.close()


def rows_by_cluster(tasks: Iterable[BlockTask], address: str) -> Iterator[Rows]:
    """Yield the rows of each block as soon as they are there, in no fixed order.

    What a worker was doing when it died is done by another one.

    Raises
    ------
    ExperimentError
        If there is no scheduler at the address, no worker, or if the connection breaks.
    """
    with _quiet():
        client = _connected(address)
        yield from _rows_from(client, iter(tasks), address)


def _rows_from(client: Client, tasks: Iterator[BlockTask], address: str) -> Iterator[Rows]:
    try:
        yield from _handed_out(client, tasks, address)
    except OSError:  # what distributed raises of its own when a connection breaks
        raise _connection_lost(address) from None
    finally:
        with suppress(OSError, TimeoutError):
            client.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep distributed from writing logs with tracebacks: what the user has to know is told otherwise."""
    _distributed()
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _distributed() -> Any:
    """Return the package, which is an extra, takes a second to load and has no types; ExperimentError without it."""
    try:
        return import_module("distributed")
    except ImportError:
        advice = 'install it with pip install -e ".[cluster]", or leave --scheduler out'
        raise ExperimentError(f"a Dask cluster needs the package distributed; {advice}") from None


def _connected(address: str) -> Client:
    try:
        client = _distributed().Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ExperimentError(
            f"there is no Dask scheduler at {address} ({_first_line(error)}); start one with dask scheduler, "
            "and give the address that it prints, such as tcp://127.0.0.1:8786"
        ) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
    except TimeoutError:
        client.close()
        raise ExperimentError(
            f"the scheduler at {address} has no workers; start some with dask worker {address}"
        ) from None
    return client


def _handed_out(client: Client, remaining: Iterator[BlockTask], address: str) -> Iterator[Rows]:
    """Keep every thread of the cluster busy, and yield what comes back."""
    waiting: dict[Future, BlockTask] = {}
    deaths: Counter[int] = Counter()
    most, looked_at = 0, -math.inf
    arrivals = _distributed().as_completed(loop=client.loop)
    try:
        while True:
            if clock() > looked_at + _SECONDS_BETWEEN_LOOKS:
                most, looked_at = 2 * sum(client.nthreads().values()) + 2, clock()
            room = most - len(waiting)
            for task in islice(remaining, max(0, room)):
                _submit(client, task, waiting, arrivals)
            if not waiting:
                return
            future = next(arrivals)
            task = waiting.pop(future)
            rows = _rows(future, task, deaths, address)
            if rows is None:
                _submit(client, task, waiting, arrivals)
            else:
                yield rows
    finally:
        with suppress(OSError, TimeoutError):
            client.cancel(list(waiting))


def _submit(client: Client, task: BlockTask, waiting: dict[Future, BlockTask], arrivals: Any) -> None:
    future = client.submit(rows_on_worker, task, model_hash(), pure=False)
    waiting[future] = task
    arrivals.add(future)


def _rows(future: Future, task: BlockTask, deaths: Counter[int], address: str) -> Rows | None:
    """Return the rows that came back; None if the block has to be handed out again, because its worker died."""
    if future.status == "finished":
        rows: Rows = future.result()
        return rows
    error = future.exception() if future.status == "error" else None
    if isinstance(error, OtherModelError):
        raise ExperimentError(
            f"a worker of the cluster at {address} has another state of model/; give all the same code"
        )
    if isinstance(error, _distributed().KilledWorker):
        deaths[task.block.number] += 1
        return None if deaths[task.block.number] < _MOST_DEATHS else _rows_of_death(task)
    if error is None:
        raise _connection_lost(address)
    raise error


def _connection_lost(address: str) -> ExperimentError:
    return ExperimentError(
        f"the connection to the scheduler at {address} was lost; finished blocks are kept; run the same command again"
    )


def _rows_of_death(task: BlockTask) -> Rows:
    """Return rows that say that whoever tried this block died of it."""
    message = f"the worker died each of the {_MOST_DEATHS} times that this block was handed out"
    specification, first, last = task.specification, task.block.first_id, task.block.last_id
    outcomes = [
        no_outcome(specification, run_of(specification, run_id), FAILED, message) for run_id in range(first, last)
    ]
    return rows_of(task, outcomes, 0.0)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__

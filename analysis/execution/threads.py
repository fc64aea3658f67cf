"""Blocks done by the threads of this process: compiled code holds no lock, so they work at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Event

from analysis.execution.tasks import BlockTask
from analysis.execution.timeout import watched_rows
from analysis.store.rows import Rows


def rows_by_threads(tasks: Iterable[BlockTask], workers: int) -> Iterator[Rows]:
    """Yield the rows of each block as soon as they are there, in no fixed order; tasks are read when they are due."""
    stop = Event()
    remaining = iter(tasks)
    under_way: set[Future[Rows]] = set()
    with ThreadPoolExecutor(workers) as pool:
        try:
            while True:
                for task in islice(remaining, workers + 1 - len(under_way)):
                    under_way.add(pool.submit(watched_rows, task, stop))
                if not under_way:
                    return
                finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from sorted((future.result() for future in finished), key=lambda rows: rows.block.number)
        finally:
            stop.set()
            for future in under_way:
                future.cancel()

"""An earlier edition of the project as a contestant: its own code, from git's history, in a process of its own.

Two editions cannot be imported into one process, and two runs of a benchmark on a shared machine cannot be compared. So
the earlier tree is written to a temporary folder, and its process waits until it is told that it is its turn.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import IO

from analysis.store.provenance import git_output

FIRST_EDITION = "0cf9ca14366937745921a15f31154dab564459ab"

# What every edition so far has: scenarios by name, and series of jobs. A line asks for a turn; seconds are answered.
_WORKER = """
import sys, time
from dataclasses import replace
from model.scenario import find_scenario
from model.simulate import jobs_of, series_of
baseline = find_scenario("baseline")
for line in sys.stdin:
    officials, jurisdictions, months, runs = map(int, line.split())
    scenario = replace(baseline, officials=officials, n_jurisdictions=jurisdictions, months=months)
    started = time.perf_counter()
    for _ in series_of(jobs_of(scenario, range(runs)), workers=1):
        pass
    print(time.perf_counter() - started, flush=True)
"""

Turn = Callable[[int, int, int, int], float]


@contextmanager
def earlier_edition(commit: str = FIRST_EDITION) -> Iterator[Turn | None]:
    """Yield what takes a turn of an earlier edition: officials, jurisdictions, months and runs in, seconds out.

    None where git's history is not at hand, as in a downloaded archive, or where the earlier code cannot be started.
    """
    archive = git_output("archive", "--format=tar", commit)
    if archive is None:
        yield None
        return
    with TemporaryDirectory(prefix="earlier-edition-") as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tree:
            tree.extractall(folder, filter="data")
        command = [sys.executable, "-c", _WORKER]
        with subprocess.Popen(
            command, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            turn = _turn_of(process.stdin, process.stdout)
            try:
                turn(2, 1, 2, 1)
            except (OSError, ValueError):
                yield None
            else:
                yield turn
            finally:
                process.kill()


def _turn_of(asked: IO[str] | None, answers: IO[str] | None) -> Turn:
    assert asked is not None
    assert answers is not None

    def turn(officials: int, jurisdictions: int, months: int, runs: int) -> float:
        print(officials, jurisdictions, months, runs, file=asked, flush=True)
        return float(answers.readline())

    return turn

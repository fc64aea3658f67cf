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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from analysis.store.provenance import git_output

FIRST_EDITION = "0cf9ca14366937745921a15f31154dab564459ab"

# A line asks for a turn or for the passes, with officials, jurisdictions, months, and runs or repetitions. Scenarios by
# name and series of jobs are what every edition so far has; the three passes are those of the first.
_WORKER = """
import sys, time
from dataclasses import replace

import numpy as np

from model.arrays import Moment, new_administration, new_key
from model.compiled import compiled, fields_of
from model.ensemble import (
    authorities_respond, everyone_chooses, everyone_learns, jurisdictions_month, people_arrive, policy_takes_force,
    summary_of_month,
)
from model.measures import N_MEASURES
from model.month import circumstances_of
from model.parameters import parameters_of_row
from model.policy import setting_of
from model.rules.evidence import news_of
from model.scenario import find_scenario
from model.simulate import jobs_of, series_of
from model.state import JurisdictionState, National, PolicyTables
from model.vocabulary import counts_of_row

baseline = find_scenario("baseline")


@compiled
def choose(administration, layout, key, circumstances, news, parameters, n):
    for month in range(n):
        everyone_chooses(administration, layout, Moment(key, np.uint64(month)), 0, circumstances, parameters)


@compiled
def respond(administration, layout, key, circumstances, news, parameters, n):
    for month in range(n):
        when = Moment(key, np.uint64(month))
        authorities_respond(administration, layout, when, 0, circumstances.pursuit, parameters)


@compiled
def learn(administration, layout, key, circumstances, news, parameters, n):
    for month in range(n):
        everyone_learns(administration, layout, 0, news, 1.0, parameters.career)


def passes(scenario, before, repetitions):
    setting, key = setting_of(scenario), new_key(1, 0)
    layout, policies, administration = setting.layout, setting.policies, new_administration(setting.layout)
    people_arrive(administration, layout, policies, key, 0, len(layout.sizes))
    measures = np.zeros(N_MEASURES)
    for month in range(before):
        policy_takes_force(administration, layout, policies, month)
        jurisdictions_month(administration, layout, policies, Moment(key, np.uint64(month)), 0, len(layout.sizes))
        summary_of_month(administration, measures)
    parameters = parameters_of_row(policies.rows[0])
    national = National(*administration.national)
    here, tables = JurisdictionState(*administration.jurisdictions[0]), PolicyTables(*administration.tables[0])
    given = (
        administration, layout, key, circumstances_of(here, national, tables, parameters),
        news_of(counts_of_row(administration.counts[0]), national, parameters), parameters,
    )
    found = []
    for run in (choose, respond, learn):
        choose(*given, 1)
        started = time.perf_counter()
        run(*given, repetitions)
        found.append(time.perf_counter() - started)
    return found


def turn(scenario, runs):
    started = time.perf_counter()
    for _ in series_of(jobs_of(scenario, range(runs)), workers=1):
        pass
    return [time.perf_counter() - started]


for line in sys.stdin:
    what, officials, jurisdictions, months, number = line.split()
    scenario = replace(baseline, officials=int(officials), n_jurisdictions=int(jurisdictions))
    if what == "turn":
        print(*turn(replace(scenario, months=int(months)), int(number)), flush=True)
    else:
        print(*passes(scenario, int(months), int(number)), flush=True)
"""


Size = tuple[int, int, int, int]


class EarlierEdition(NamedTuple):
    """What an earlier edition takes: officials, jurisdictions, months and runs in, seconds out.

    Its passes take months before and repetitions instead, and are the seconds of three, in the order of the month.
    """

    turn: Callable[[Size], float]
    passes: Callable[[Size], tuple[float, ...]]


@contextmanager
def earlier_edition(commit: str = FIRST_EDITION) -> Iterator[EarlierEdition | None]:
    """Yield an earlier edition at work.

    None where git's history is not at hand, as in a downloaded archive, or where the earlier code cannot be started.
    """
    archive = git_output("archive", "--format=tar", commit)
    if archive is None:
        yield None
        return
    with TemporaryDirectory(prefix="earlier-edition-") as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tree:
            tree.extractall(folder, filter="data")
        # A file of its own, since compiled code is kept beside the file that it comes from.
        worker = Path(folder, "earlier_edition_at_work.py")
        worker.write_text(_WORKER, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, str(worker)],
            cwd=folder,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            edition = _at_work(process.stdin, process.stdout)
            try:
                edition.turn((2, 1, 2, 1))
            except (OSError, ValueError):
                yield None
            else:
                yield edition
            finally:
                process.kill()


def _at_work(asked: IO[str] | None, answers: IO[str] | None) -> EarlierEdition:
    assert asked is not None
    assert answers is not None

    def seconds(what: str, size: Size) -> tuple[float, ...]:
        print(what, *size, file=asked, flush=True)
        return tuple(map(float, answers.readline().split()))

    def turn(size: Size) -> float:
        (found,) = seconds("turn", size)
        return found

    return EarlierEdition(turn, lambda size: seconds("passes", size))

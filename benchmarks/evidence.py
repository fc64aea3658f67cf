"""How long evidence takes: coded cases, the matrix of structures, the calibration's table, the search, the discovery.

    python -m benchmarks.evidence                     all five, at the sizes that are shipped; 10,000 cases
    python -m benchmarks.evidence search discovery    some of them

Each is done once in an empty folder, with what is compiled at hand. Time is told twice: by the clock, which other
programs on the machine disturb, and of the processors, which they hardly do. The goals are for two idle processors.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from analysis.command_line.terminal import note, plain_table, standard_output
from analysis.discovery.conditions import condition_of
from analysis.discovery.of_experiment import discover
from analysis.evidence.case_file import read_case_file
from analysis.evidence.estimate import Options, estimate_of_cases
from analysis.evidence.evidence_folder import N_DRAWS, write_evidence
from analysis.evidence.selection import selection_of
from analysis.execution.sweep import SweepWatch, sweep
from analysis.inference.table import run_table, table_plan
from analysis.inference.targets_file import read_targets
from analysis.search.search import search
from analysis.search.search_file import find_search
from analysis.structure.matrix import matrix_of
from analysis.structure.structures import structures
from model.parameters import DECISION_RULES, NETWORKS
from model.scenario import find_scenario, with_settings
from model.simulate import simulate

N_CASES = 10_000
_CODES = {
    "cause": ("force_majeure", "complexity", "ability", "self_dealing"),
    "filed": ("yes", "no", ""),
    "applied": ("yes", "no", ""),
    "outcome": ("exempt", "mitigated", "sanctioned"),
    "published": ("yes", "no"),
}
_SILENT = SweepWatch(say=lambda _text: None)


def made_cases(folder: Path, n: int) -> Path:
    """Return the path of a new file of n invented cases, each coded by two who seldom disagree."""
    draws = random.Random(1)
    columns = ("case_id", "coder", "date", "place", *_CODES, "rung", "source", "invented")
    rows = []
    for case in range(n):
        first = [draws.choice(codes) for codes in _CODES.values()]
        second = [
            code if draws.random() < 0.9 else draws.choice(codes)
            for code, codes in zip(first, _CODES.values(), strict=True)
        ]
        for coder, codes in (("one", first), ("other", second)):
            rung = str(draws.randrange(4)) if "sanctioned" in codes else ""
            rows.append((case, coder, 2016 + case % 10, f"place {case % 30}", *codes, rung, "made", "yes"))
    path = folder / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])
    return path


def _cases(folder: Path) -> Callable[[], object]:
    """Return the check and the estimate of coded cases, with the tables that are written, and no charts."""
    path = made_cases(folder, N_CASES)

    def check_and_estimate() -> object:
        found = estimate_of_cases(read_case_file(path), Options(selection_of("bounds", "0.1:0.6", None, None)))
        return write_evidence(found, folder / "evidence", N_DRAWS, "the benchmark of evidence")

    return check_and_estimate


def _structure(_folder: Path) -> Callable[[], object]:
    return lambda: matrix_of(structures(DECISION_RULES, NETWORKS))


def _calibration(folder: Path) -> Callable[[], object]:
    targets = read_targets("base_rates")
    plan = table_plan(targets, targets.calibrating, targets.name)
    return lambda: run_table(targets, targets.calibrating, plan, folder / "table", (None, _SILENT))


def _search(folder: Path) -> Callable[[], object]:
    return lambda: search(find_search("robust_policies"), folder / "search", watch=_SILENT)


def _discovery(folder: Path) -> Callable[[], object]:
    """Return the discovery alone: its sweep is an experiment like any other, and is done before the clock starts."""
    swept = sweep("who_does_not_innovate", folder / "sweep", watch=_SILENT)
    return lambda: discover(swept, condition_of("innovation_rate < 0.15"))


# What is measured, and the seconds that it may take.
TASKS: Mapping[str, tuple[Callable[[Path], Callable[[], object]], float]] = MappingProxyType(
    {
        "cases": (_cases, 3.0),
        "structure": (_structure, 360.0),
        "calibration": (_calibration, 60.0),
        "search": (_search, 90.0),
        "discovery": (_discovery, 60.0),
    }
)


def seconds_of(task: str, folder: Path) -> tuple[float, float]:
    """Return how many seconds a task takes, by the clock and of the processors; what it needs is made before."""
    do = TASKS[task][0](folder)
    begun, used = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - begun, time.process_time() - used


def compile_all() -> None:
    """Have every rule and network compiled, so that this is not measured."""
    small = with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=20, months=2)
    for one in structures(DECISION_RULES, NETWORKS):
        simulate(with_settings(small, dict(one.settings)), replications=1)


def main() -> None:
    """Measure what is asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=", ".join(TASKS))
    asked = parser.parse_args().tasks or list(TASKS)
    unknown = [task for task in asked if task not in TASKS]
    if unknown:
        parser.error(f"there is no task {', '.join(unknown)}; there are {', '.join(TASKS)}")
    compile_all()
    console = standard_output()
    table = plain_table(console)
    for title in ("task", "seconds by the clock", "processor seconds", "goal, by the clock"):
        table.add_column(title, justify="left" if title == "task" else "right")
    for task in asked:
        with tempfile.TemporaryDirectory() as folder:
            clock, used = seconds_of(task, Path(folder))
        note(f"{task}: {clock:.1f} s by the clock, load {os.getloadavg()[0]:.1f}")
        table.add_row(task, f"{clock:.1f}", f"{used:.1f}", f"{TASKS[task][1]:.0f}")
    console.print(table)


if __name__ == "__main__":
    main()

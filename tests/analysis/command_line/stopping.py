"""Commands stopped on the way, by signals that can be caught and by one that cannot: what is finished is never lost.

Run as a script: ``python -m tests.analysis.command_line.stopping FOLDER TIMES SEED SIGNAL...``. A child process carries
out the command line. It is forked, so that nothing has to be loaded again, and is sent a signal at a random moment.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import run
from analysis.command_line.actions.experiments import kept_runs
from analysis.command_line.failures import exit_code_of
from analysis.store.experiment import open_experiment
from analysis.store.results import read_result

RUNS, MOST_SECONDS = 300, 1.0
SIMULATE = ("simulate", "baseline", "--officials", "200", "--months", "24", "--no-charts", "--out", "r")
COMMAND = (*SIMULATE, "--replications", str(RUNS))
SWEEP = ("sweep", "plan.toml", "--out", "s", "--workers", "2")
PLAN = """
schema = 1
replications = 20
runs_per_block = 10
[size]
officials = 100
jurisdictions = 2
months = 24
[design]
kind = "grid"
steps = 5
[[factor]]
path = "accountability.severity"
[[factor]]
path = "exemption.probability"
"""
PLANNED = 26 * 20


def child_that_does(arguments: tuple[str, ...], folder: Path) -> int:
    """Return the number of a child process that carries out a command in a folder; what it says goes to files there."""
    child = os.fork()
    if not child:
        os.chdir(folder)
        for name, stream in (("out", 1), ("err", 2)):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        os._exit(exit_code_of(lambda: run.app(list(arguments), standalone_mode=False)))
    return child


def ended(child: int) -> int:
    """Return how a child process ended: its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def check(is_right: bool, folder: Path, code: int) -> None:
    """End the program unless all is as it should be."""
    if not is_right:
        said = (folder / "err").read_text(encoding="utf-8") if (folder / "err").exists() else ""
        raise SystemExit(f"exit code {code}, in the folder {sorted(os.listdir(folder))}: {said}")


def check_simulated(folder: Path, code: int, number: int) -> None:
    """End the program unless what is said to be kept is kept, and nothing else lies there."""
    if code == -number:  # before the program listened
        check({path.name for path in folder.iterdir()} <= {"out", "err"}, folder, code)
        return
    said = (folder / "err").read_text(encoding="utf-8")
    check(code in (0, 128 + number) and "Traceback" not in said, folder, code)
    kept = re.search(r"(\d+) of \d+ runs were finished and are kept in (\S+)", said)
    whole = re.search(r"Stored in (r):|all \d+ runs were finished and are kept in ([^,\s]+)", said)
    places = {kept[2]: int(kept[1])} if kept else {next(filter(None, whole.groups())): RUNS} if whole else {}
    check(bool(places) or "no run was finished" in said or "error: interrupted\n" in said, folder, code)
    check({path.name for path in folder.iterdir()} == {"out", "err", *places}, folder, code)
    for place, n in places.items():
        check(len(read_result(folder / place).runs) == n, folder, code)


def check_swept(folder: Path, code: int, number: int) -> None:
    """End the program unless as many runs are kept as is said."""
    if code == -number:
        return
    said = (folder / "err").read_text(encoding="utf-8")
    check(code in (0, 128 + number) and "Traceback" not in said, folder, code)
    check("error: interrupted" in said if code else "error: " not in said, folder, code)
    kept = re.search(r"interrupted; ([\d,]+) runs are finished and kept in s \(([\d,]+) more", said)
    if kept:
        check(kept_runs(folder / "s") == int(kept[1].replace(",", "")), folder, code)
        check(kept[1] == kept[2], folder, code)


def stop_at_random(folder: Path, times: int, seed: int, signals: list[int]) -> None:
    """Send signals at random moments, in turn to a simulation and to a sweep, and look at what is left."""
    chance = random.Random(seed)
    for turn in range(times):
        place = folder / str(turn)
        place.mkdir()
        is_sweep = turn % 2 == 1
        if is_sweep:
            (place / "plan.toml").write_text(PLAN, encoding="utf-8")
        number = chance.choice(signals)
        child = child_that_does(SWEEP if is_sweep else COMMAND, place)
        time.sleep(chance.uniform(0.0, MOST_SECONDS))
        os.kill(child, number)
        code = ended(child)
        if number != signal.SIGKILL:
            (check_swept if is_sweep else check_simulated)(place, code, number)
        finish(place, is_sweep)
        shutil.rmtree(place)


def finish(place: Path, is_sweep: bool) -> None:
    """Carry the command out again to its end, and end the program if then anything is missing or left over."""
    again = ended(child_that_does(SWEEP if is_sweep else COMMAND, place))
    check(again == 0, place, again)
    if is_sweep:
        check(open_experiment(place / "s").counts().rows == PLANNED, place, again)
    else:
        check(len(read_result(place / "r").runs) == RUNS, place, again)
    check(not [path for path in place.rglob("*") if path.name.startswith(".") or path.suffix == ".tmp"], place, again)


def main(folder: Path, times: int, seed: int, names: list[str]) -> None:
    """Stop commands so often; end with an error if anything was lost or nobody was told."""
    folder.mkdir(exist_ok=True)
    first = folder / "first"
    first.mkdir()
    code = ended(child_that_does((*SIMULATE, "--replications", "1"), first))  # compiles, if nobody has
    check(code == 0, first, code)
    stop_at_random(folder, times, seed, [getattr(signal, name) for name in names])
    print(f"{times} times, and nothing was lost")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])

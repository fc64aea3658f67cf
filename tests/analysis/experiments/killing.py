"""Sweeps killed at random moments: every one taken up again until it is finished, then compared byte for byte.

Run as a script: ``python -m tests.analysis.experiments.killing FOLDER KILLS SEED``. A child process does the sweep. It
is forked, so that nothing has to be loaded again, and killed by a signal that cannot be caught.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from analysis.experiments.sweep import sweep
from model.compiled import model_hash
from tests.made_experiments import bytes_of, made_experiment, silent

POINTS, MOST_SECONDS = 60, 0.5


def sweep_in_child(folder: Path, workers: int, seconds: float | None) -> bool:
    """Sweep in a child process that is killed after some seconds; tell whether it came to its end before."""
    child = os.fork()
    if not child:
        try:
            sweep(made_experiment(POINTS), folder, workers=workers, watch=silent())
        except BaseException as error:
            print("child:", repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, code = os.waitpid(child, 0)
    if os.WIFEXITED(code) and os.WEXITSTATUS(code):
        raise SystemExit("a sweep ended with an error")
    return os.WIFEXITED(code)


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill so many times; end with an error if a byte is different afterwards."""
    model_hash()  # worked out once, here: every child is to see the same code
    chance = random.Random(seed)
    sweep_in_child(folder / "whole", 2, None)
    expected = bytes_of(folder / "whole")
    killed = finished = 0
    while killed < kills:
        is_finished = False
        while killed < kills and not is_finished:
            is_finished = sweep_in_child(folder / "made", chance.choice((1, 2, 4)), chance.uniform(0, MOST_SECONDS))
            killed += not is_finished
        sweep_in_child(folder / "made", 2, None)
        if bytes_of(folder / "made") != expected:
            raise SystemExit(f"after {killed} kills the final table is another one")
        if list((folder / "made").rglob("*.tmp")):
            raise SystemExit("temporary files are left")
        shutil.rmtree(folder / "made")
        finished += 1
    print(f"{killed} kills, {finished} sweeps brought to their end, every one the same to the byte")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

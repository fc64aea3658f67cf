"""Sweeps killed on the way: every one taken up again until it is finished, then compared byte for byte.

Run as a script: ``python -m tests.analysis.execution.killing FOLDER KILLS SEED``. A child process does the sweep. It
is forked, so that nothing has to be loaded again, and killed by a signal that cannot be caught: at random moments, and
with KILLS 0 before each step at which it writes to the disk for good.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.execution.sweep import sweep
from model.code_hash import model_hash
from tests.made_experiments import bytes_of, made_experiment, silent

POINTS, MOST_SECONDS = 60, 0.5
FEW_POINTS = 4


def child_that_sweeps(folder: Path, points: int, workers: int, before: Callable[[], None] = lambda: None) -> int:
    """Return the number of a child process that sweeps, after it has called a function."""
    child = os.fork()
    if not child:
        try:
            before()
            sweep(made_experiment(points), folder, workers=workers, watch=silent())
        except BaseException as error:
            print("child:", repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return child


def comes_to_its_end(child: int) -> bool:
    """Wait for a child process; tell whether it ended by itself and not by a signal."""
    _, code = os.waitpid(child, 0)
    if os.WIFEXITED(code) and os.WEXITSTATUS(code):
        raise SystemExit("a sweep ended with an error")
    return os.WIFEXITED(code)


def check(folder: Path, expected: dict[str, bytes]) -> None:
    """End the program if a byte is different, or if something was left behind."""
    if bytes_of(folder) != expected:
        raise SystemExit("the final table is another one")
    if list(folder.rglob("*.tmp")):
        raise SystemExit("temporary files are left")


def kill_at_random(folder: Path, kills: int, seed: int) -> int:
    """Kill so many times at random moments; return how many sweeps came to their end all the same."""
    chance = random.Random(seed)
    comes_to_its_end(child_that_sweeps(folder / "whole", POINTS, 2))
    expected = bytes_of(folder / "whole")
    killed = finished = 0
    while killed < kills:
        is_finished = False
        while killed < kills and not is_finished:
            child = child_that_sweeps(folder / "made", POINTS, chance.choice((1, 2, 4)))
            time.sleep(chance.uniform(0, MOST_SECONDS))
            os.kill(child, signal.SIGKILL)
            is_finished = comes_to_its_end(child)
            killed += not is_finished
        comes_to_its_end(child_that_sweeps(folder / "made", POINTS, 2))
        check(folder / "made", expected)
        shutil.rmtree(folder / "made")
        finished += 1
    return finished


def die_before_step(number: int) -> None:
    """Have this process killed before its n-th step of forcing a file to the disk or renaming one."""
    steps = itertools.count(1)

    def dying(step: Callable[..., Any]) -> Callable[..., Any]:
        def die_or_do(*arguments: Any) -> Any:
            if next(steps) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments)

        return die_or_do

    os.fsync = dying(os.fsync)
    Path.replace = dying(Path.replace)  # type: ignore[method-assign]


def kill_at_every_step(folder: Path) -> int:
    """Kill before each step by which something comes to stay on the disk; return how many steps there are."""
    comes_to_its_end(child_that_sweeps(folder / "whole", FEW_POINTS, 1))
    expected = bytes_of(folder / "whole")
    for number in itertools.count(1):
        died = not comes_to_its_end(
            child_that_sweeps(folder / "made", FEW_POINTS, 1, lambda n=number: die_before_step(n))  # type: ignore[misc]
        )
        comes_to_its_end(child_that_sweeps(folder / "made", FEW_POINTS, 2))
        check(folder / "made", expected)
        shutil.rmtree(folder / "made")
        if not died:
            return number - 1
    raise AssertionError("never reached")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill at random moments, or with no kills at every step; end with an error if a byte is different afterwards."""
    model_hash()  # worked out once, here: every child is to see the same code
    if kills:
        finished = kill_at_random(folder, kills, seed)
        print(f"{kills} kills, {finished} sweeps brought to their end, every one the same to the byte")
    else:
        print(f"killed before each of {kill_at_every_step(folder)} steps, every time the same to the byte")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

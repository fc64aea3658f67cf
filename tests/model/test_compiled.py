"""Compiled code gives the same bits whatever the processor can do at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import hashlib
from model.compiled import NUMBERS_AT_ONCE
from model.simulate import simulate
digest = hashlib.sha256()
for name in ("crackdown", "four_provinces"):
    for series in simulate(name, 2).series:  # in the order of the runs, not in that of their being finished
        digest.update(series.measures.tobytes())
print(NUMBERS_AT_ONCE, digest.hexdigest())
"""


def told(tmp_path: Path, **variables: str) -> list[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), **variables}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.slow
def test_that_the_plainest_processor_gives_the_same_bits(tmp_path: Path) -> None:
    at_once, plain = told(tmp_path / "plain", NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="")
    assert at_once == "4", "who names a processor has it"
    assert told(tmp_path / "here")[1] == plain

"""That a sweep killed at any moment loses nothing that matters."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")]


def killing(folder: Path, kills: int) -> str:
    """Return what the script says in the end; it ends with an error if anything was lost."""
    command = [sys.executable, "-m", "tests.analysis.execution.killing", str(folder), str(kills), "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_that_sweeps_killed_at_twenty_random_moments_end_the_same_to_the_byte(tmp_path: Path) -> None:
    assert killing(tmp_path, 20).startswith("20 kills")


def test_that_sweeps_killed_before_any_step_to_the_disk_end_the_same_to_the_byte(tmp_path: Path) -> None:
    steps = re.match(r"killed before each of (\d+) steps", killing(tmp_path, 0))
    assert steps
    assert int(steps[1]) > 20

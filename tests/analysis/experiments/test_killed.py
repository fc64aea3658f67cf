"""That a sweep killed at any moment loses nothing that matters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="needs fork and SIGKILL")
def test_that_sweeps_killed_at_twenty_random_moments_end_the_same_to_the_byte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.analysis.experiments.killing", str(tmp_path), "20", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("20 kills")

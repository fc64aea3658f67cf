"""The benchmark runs; how fast is for the machine to say, so no test asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_that_the_benchmark_sets_four_ways_side_by_side() -> None:
    done = subprocess.run([sys.executable, "run.py", "bench"], cwd=ROOT, capture_output=True, text=True, check=True)
    rows = re.findall(r"^(\w.*?)  +([\d,]+) ", done.stdout, flags=re.MULTILINE)
    assert [name.split()[0] for name, _ in rows[:4]] == ["Mesa", "NumPy", "compiled", "compiled"]
    assert [name.split()[0] for name, _ in rows[4:]] in (["1,000", "200"], []), "beside the first, where git has it"
    assert all(int(speed.replace(",", "")) > 0 for _, speed in rows)

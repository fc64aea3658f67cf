"""The benchmark runs; how fast is for the machine to say, so no test asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.passes import PASSES

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_that_the_benchmark_sets_four_ways_side_by_side() -> None:
    done = subprocess.run([sys.executable, "run.py", "bench"], cwd=ROOT, capture_output=True, text=True, check=True)
    speeds, *passes = re.split(r"^ns per official-month, .*\n", done.stdout, flags=re.MULTILINE)
    rows = re.findall(r"^(\w.*?)  +([\d,]+) ", speeds, flags=re.MULTILINE)
    assert [name.split()[0] for name, _ in rows[:4]] == ["Mesa", "NumPy", "compiled", "compiled"]
    assert [name.split()[0] for name, _ in rows[4:]] in (["1,000", "200"], []), "beside the first, where git has it"
    assert all(int(speed.replace(",", "")) > 0 for _, speed in rows)
    assert len(passes) == 2, "the passes of the default scenario and of small runs"
    for table in passes:
        names = re.findall(r"^(\w.*?)(?:  +-?[\d.]+)+$", table, flags=re.MULTILINE)
        assert names == [*PASSES, "the rest: jurisdictions, newcomers, a run's start", "the whole"]
        numbers = [float(row.split()[-1]) for row in table.strip().splitlines()]
        assert numbers[-1] == pytest.approx(numbers[0] + sum(numbers[-4:-1]), abs=0.3)

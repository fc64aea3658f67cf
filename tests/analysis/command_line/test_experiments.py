"""That the commands of experiments say what they do, and end with the exit code that belongs to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.command_line.words.experiments import duration, size
from analysis.store.experiment import open_experiment
from analysis.words import words_in

ROOT = Path(__file__).parents[3]
SMALL = """
schema = 1
replications = 3
runs_per_block = 5
[size]
officials = 20
jurisdictions = 2
months = 6
[design]
kind = "grid"
steps = 3
[[factor]]
path = "accountability.severity"
[[factor]]
path = "exemption.probability"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *map(str, arguments)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=ROOT, timeout=240, env=environment, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.slow
def test_that_an_experiment_goes_from_plan_to_csv(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("sweep", small, "--out", out, "--dry-run")
    assert done.returncode == 0
    assert "30: 27 of the design, 3 of the base scenario" in done.stdout
    assert "estimated from a pilot" in done.stdout
    assert not out.exists()

    done = run("sweep", small, "--out", out, "--shard", "1/2")
    assert done.returncode == 0
    assert "Shard 1/2 is done; 3 blocks of other shards are missing" in done.stdout
    done = run("merge", out)
    assert done.returncode == 2
    assert "run 5 to 9: not run" in done.stderr

    done = run("sweep", small, "--out", out, "--workers", "2")
    assert done.returncode == 0
    assert "15 runs" in done.stdout
    assert f"All is done: 30 runs in {out}" in done.stdout
    assert open_experiment(out).is_complete

    done = run("status", out)
    assert done.returncode == 0
    assert "30 of 30 done, 0 failed, 0 timed out" in done.stdout
    done = run("export", out, "--csv", tmp_path / "runs.csv")
    assert done.returncode == 0
    assert len((tmp_path / "runs.csv").read_text().splitlines()) == 28
    done = run("rerun", out, "--run", "7", "--language", "zh")
    assert done.returncode == 0
    assert "逐位一致" in done.stdout
    assert (tmp_path / "out-run-7" / "months.parquet").exists()
    assert list((tmp_path / "out-run-7" / "charts").glob("*.png"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "nothing"), "there is no experiment"),
        (("sweep", "severity_exemption_map", "--shard", "one"), "--shard one: is no share"),
        (("sweep", "severity_exemption_map", "--workers", "0"), "0 workers are not allowed"),
        (("status", "nowhere"), "holds no experiment"),
        (("rerun", "nowhere", "--run", "1"), "holds no experiment"),
        (("merge", "nowhere"), "holds no experiment"),
        (("export", "nowhere", "--csv", "x.csv"), "holds no experiment"),
    ],
)
def test_that_a_mistake_ends_with_one_message_and_exit_code_2(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.startswith("error: ")


def test_that_times_and_sizes_are_told_in_fitting_units() -> None:
    words = words_in("en")
    assert duration(0.1, words) == "1 s"
    assert duration(42, words) == "42 s"
    assert duration(600, words) == "10 min"
    assert duration(4 * 3600, words) == "4.0 h"
    assert duration(72 * 3600, words) == "3.0 days"
    assert [size(n) for n in (0, 999, 1234, 5_600_000, 7_800_000_000)] == [
        "0 B",
        "999 B",
        "1.23 kB",
        "5.6 MB",
        "7.8 GB",
    ]

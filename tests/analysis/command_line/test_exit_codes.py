"""Exit codes as docs/exit_codes.md tells them: 0 only if every run that was to be done has its numbers."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from analysis.execution import runner
from analysis.store.experiment import open_experiment
from tests.analysis.command_line.test_experiments import SMALL
from tests.command_lines import QUICK, ROOT, Line, names_in

LIST = SMALL[: SMALL.index("[design]")] + '[design]\nkind = "list"\nfile = "points.csv"\n'


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL)
    return path


def failing(monkeypatch: pytest.MonkeyPatch, only: int | None = None) -> None:
    """Let every run fail, or one with a number."""
    whole_run = runner._Desk._error_in

    def error(desk: object, run: object, *others: object) -> str:
        said = whole_run(desk, run, *others)  # type: ignore[arg-type]
        return "ZeroDivisionError" if only is None or run.id == only else said  # type: ignore[attr-defined]

    monkeypatch.setattr(runner._Desk, "_error_in", error)


def test_that_a_sweep_whose_runs_all_failed_is_no_success(
    line: Line, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch)
    ending = line("sweep", str(plan), "--out", "s")
    assert ending.code == 2
    assert "none of the 30 runs gave a number: 30 failed and 0 timed out" in ending.err
    assert "All is done" not in ending.out
    assert line("status", "s").code == 2


@pytest.mark.slow
def test_that_a_sweep_whose_runs_all_timed_out_is_no_success(
    line: Line, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> str:
        time.sleep(1.2)
        return ""

    plan.write_text(SMALL.replace("replications = 3", "replications = 1\ntimeout_seconds = 1").replace("= 3", "= 2"))
    monkeypatch.setattr(runner._Desk, "_error_in", slow)
    ending = line("sweep", str(plan), "--out", "s", "--workers", "8")
    assert ending.code == 2
    assert re.search(r"none of the \d+ runs gave a number: 0 failed and \d+ timed out", ending.err)


def test_that_a_sweep_in_which_a_run_failed_says_so(line: Line, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, only=7)
    ending = line("sweep", str(plan), "--out", "s")
    assert ending.code == 2
    assert "of 30 runs 1 failed and 0 timed out" in ending.err
    assert "run 7: failed" in line("status", "s").out
    assert line("merge", "s").code == 2


def test_that_fail_fast_ends_at_the_first_run_that_failed(
    line: Line, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, only=7)
    ending = line("sweep", str(plan), "--out", "s", "--fail-fast", "--workers", "1")
    assert ending.code == 2
    assert ending.err.startswith("error: run 7 failed")
    assert open_experiment("s").counts().rows < 30


def test_that_status_names_damaged_files_and_does_not_count_their_runs(line: Line, plan: Path) -> None:
    assert line("sweep", str(plan), "--out", "s", "--shard", "1/2").code == 0
    assert line("status", "s").code == 0
    part = sorted(Path("s").rglob("block-*.parquet"))[0]
    part.write_bytes(b"damaged")
    ending = line("status", "s")
    assert ending.code == 2
    assert "10 of 30 done" in ending.out
    assert "damaged files: 1" in ending.err


def test_that_a_finished_folder_that_is_damaged_is_told_and_mended_by_the_same_command(line: Line, plan: Path) -> None:
    assert line("sweep", str(plan), "--out", "s").code == 0
    Path("s/table.parquet").write_bytes(b"damaged")
    ending = line("status", "s")
    assert ending.code == 2
    assert "table.parquet is damaged" in ending.out
    assert line("sweep", str(plan), "--out", "s").code == 0
    assert line("status", "s").code == 0


def test_that_points_of_a_list_that_cannot_be_simulated_are_refused_at_the_plan(line: Line, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("career.retirement_age\n60\n45\n")
    path = tmp_path / "ages.toml"
    path.write_text(LIST)
    ending = line("sweep", str(path), "--out", "s", "--dry-run")
    assert ending.code == 2
    assert "points.csv, line 3: cannot be simulated" in ending.err
    assert "ceiling_age" in ending.err
    assert not Path("s").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("replications = 3", "replications = 3\nseed = 5"), "it has another seed;"),
        (("replications = 3", "replications = 4"), "it has another replications;"),
        (("schema = 1", 'schema = 1\nscenario = "crackdown"'), "another base scenario (baseline, not crackdown);"),
        (("months = 6", "months = 7"), "another base scenario (baseline with other values)"),
    ],
)
def test_that_what_differs_in_another_experiment_is_named_and_nothing_else(
    line: Line, plan: Path, change: tuple[str, str], said: str
) -> None:
    assert line("sweep", str(plan), "--out", "s").code == 0
    plan.write_text(SMALL.replace(*change))
    ending = line("sweep", str(plan), "--out", "s")
    assert ending.code == 2
    assert said in ending.err


def test_that_months_are_not_called_runs(line: Line, plan: Path) -> None:
    plan.write_text(SMALL.replace("replications = 3", "replications = 3\nmonthly_series = true"))
    assert line("sweep", str(plan), "--out", "s").code == 0
    assert "27 rows written" in line("export", "s", "--csv", "a.csv").out
    ending = line("export", "s", "--csv", "b.csv", "--table", "series")
    n = len(Path("b.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert n == 30 * 6
    assert f"{n} rows written" in ending.out


def test_that_the_runs_kept_after_an_interruption_are_counted_on_the_disk(
    line: Line, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    def interrupted(run: object) -> None:
        done.append(run)
        if len(done) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("analysis.execution.sweep._stop_at_failure", lambda _specification, rows: interrupted(rows))
    ending = line("sweep", str(plan), "--out", "s", "--fail-fast", "--workers", "1")
    assert ending.code == 130
    kept = re.search(r"interrupted; (\d+) runs are finished and kept in s \((\d+) more than before\)", ending.err)
    assert kept
    assert int(kept[1]) == int(kept[2]) == open_experiment("s").counts().rows == 20


def test_that_results_main_of_the_main_job_is_not_replaced_by_a_scenario_of_that_name(line: Line) -> None:
    mine = (ROOT / "scenarios" / "crackdown.toml").read_text(encoding="utf-8")
    Path("main.toml").write_text(mine, encoding="utf-8")
    assert line(*QUICK, "--replications", "1").code == 0
    before = Path("results/main/manifest.json").read_bytes()
    ending = line("simulate", "main.toml", *QUICK)
    assert ending.code == 2
    assert "results/main: holds the result of another task (main)" in ending.err
    assert Path("results/main/manifest.json").read_bytes() == before
    assert line("simulate", "main.toml", *QUICK, "--out", "results/main").code == 0
    assert line(*QUICK).code == 2


def test_that_two_files_of_one_name_or_one_named_like_a_shipped_one_do_not_share_a_result(line: Line) -> None:
    text = (ROOT / "scenarios" / "crackdown.toml").read_text(encoding="utf-8")
    for name in ("a/mine.toml", "b/mine.toml", "baseline.toml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    assert line("simulate", "a/mine.toml", *QUICK).code == 0
    assert line("simulate", "./a/mine.toml", *QUICK, "--seed", "2").code == 0
    ending = line("simulate", "b/mine.toml", *QUICK)
    assert (ending.code, "../a/mine.toml" in ending.err) == (2, True)
    assert line("simulate", "baseline", *QUICK).code == 0
    assert line("simulate", "./baseline.toml", *QUICK).code == 2
    assert names_in(Path("results")) == {"mine", "baseline"}

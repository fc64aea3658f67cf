"""That a run which fails or hangs, or a disk that is full, does not take the others with it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.errors import ExperimentError
from analysis.execution import runner
from analysis.execution.sweep import sweep
from analysis.store import part_files as parts
from analysis.store.experiment import open_experiment
from tests.made_experiments import SEVERITY, bytes_of, made_experiment, with_values


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the made experiment, swept by one thread without any interruption."""
    folder = tmp_path_factory.mktemp("reference") / "made"
    sweep(made_experiment(), folder, workers=1)
    return folder


def test_that_a_point_that_cannot_be_simulated_is_a_row_with_the_reason(tmp_path: Path) -> None:
    made = with_values("career.retirement_age", (45.0, 60.0, 50.0, 65.0))
    experiment = sweep(made, tmp_path / "made", workers=2)
    table = experiment.table()
    assert table[table["point"].isin([0, 2])]["status"].unique().tolist() == ["failed"]
    assert table[table["point"].isin([1, 3])]["status"].unique().tolist() == ["ok"]
    failed = table[table["id"] == 0].iloc[0]
    assert "ceiling_age" in failed["message"]
    assert failed["career.retirement_age"] == 45.0
    assert np.isnan(failed["innovation_rate"])
    assert experiment.is_finished
    assert not experiment.is_complete
    assert [gap.first_id for gap in experiment.gaps()] == [0, 1, 2, 6, 7, 8]
    assert {gap.reason for gap in experiment.gaps()} == {"failed"}


def failing_for(severity: float, action: Any) -> Any:
    """Return a kernel that does something else at one severity."""
    whole_run = runner.whole_run

    def run(administration: Any, layout: Any, policies: Any, *rest: Any) -> None:
        if np.any(policies.rows[:, 1] == severity):
            action()
        whole_run(administration, layout, policies, *rest)

    return run


def test_that_an_error_in_a_run_is_a_row_with_its_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError("nobody\nwas there")

    monkeypatch.setattr(runner, "whole_run", failing_for(0.25, fail))
    made = with_values(SEVERITY, (0.1, 0.25, 0.4))
    table = sweep(made, tmp_path / "made").table()
    assert table["status"].tolist() == ["ok"] * 3 + ["failed"] * 3 + ["ok"] * 3
    assert table["message"][3] == "ZeroDivisionError: nobody; was there"


def test_that_failed_runs_are_done_again_if_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise MemoryError

    made = with_values(SEVERITY, (0.1, 0.25, 0.4))
    with monkeypatch.context() as patch:
        patch.setattr(runner, "whole_run", failing_for(0.25, fail))
        sweep(made, tmp_path / "made")
    assert not sweep(made, tmp_path / "made").is_complete
    assert sweep(made, tmp_path / "made", retry_failed=True).is_complete
    sweep(made, tmp_path / "other")
    assert bytes_of(tmp_path / "made") == bytes_of(tmp_path / "other")


def test_that_fail_fast_stops_and_keeps_what_is_finished(tmp_path: Path) -> None:
    made = with_values("career.retirement_age", (60.0, 61.0, 62.0, 50.0, 63.0, 64.0))
    with pytest.raises(ExperimentError, match=r"run 9 failed: .*career.retirement_age = 50.*--fail-fast"):
        sweep(made, tmp_path / "made", workers=1, fail_fast=True)
    counts = open_experiment(tmp_path / "made").counts()
    assert 2 <= counts.blocks < counts.planned_blocks


def test_that_a_hanging_run_times_out_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release, hung = threading.Event(), []

    def hang_once() -> None:
        if len(hung) < 2:
            hung.append(1)
            release.wait(60)

    made = with_values(SEVERITY, (0.1, 0.25, 0.4), timeout_seconds=1.0)
    began = time.monotonic()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(runner, "whole_run", failing_for(0.25, hang_once))
            table = sweep(made, tmp_path / "made", workers=1).table()
    finally:
        release.set()
    assert time.monotonic() - began < 30
    assert table["status"].tolist() == ["ok"] * 3 + ["timed out"] * 2 + ["ok"] * 4
    assert table["message"][3] == "the 1 seconds of its block were up"
    assert table[SEVERITY][3] == 0.25
    assert sweep(made, tmp_path / "made", retry_failed=True).is_complete


def test_that_a_long_run_is_stopped_between_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_OFFICIAL_MONTHS_OF_A_LONG_RUN", 1)
    sweep(made_experiment(), tmp_path / "made")
    assert open_experiment(tmp_path / "made").is_complete
    impatient = made_experiment(timeout_seconds=1e-6)
    table = sweep(impatient, tmp_path / "impatient").table()
    assert "timed out" in set(table["status"])


def test_that_a_full_disk_stops_it_and_leaves_what_is_finished(
    reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, n_written = os.fsync, []

    def full_after_a_while(file: int) -> None:
        n_written.append(file)
        if len(n_written) > 25:
            raise OSError(28, "No space left on device")
        really(file)

    with monkeypatch.context() as patch:
        patch.setattr(parts.os, "fsync", full_after_a_while)
        with pytest.raises(ExperimentError, match=r"No space left on device.*finished blocks are intact"):
            sweep(made_experiment(), tmp_path / "made", workers=2)
    counts = open_experiment(tmp_path / "made").counts()
    assert 0 < counts.blocks < counts.planned_blocks
    assert not list((tmp_path / "made").rglob("*.tmp"))
    sweep(made_experiment(), tmp_path / "made", workers=2)
    assert bytes_of(tmp_path / "made") == bytes_of(reference)

"""Calibrations with the model: from a file of targets to draws, and what is kept, refused and told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.inference.calibration import Calibration, Manner, calibrate, opened
from analysis.inference.calibration_check import CalibrationCheck, calibration_check
from analysis.inference.inference import inferred
from analysis.inference.regression_posterior import learned
from analysis.inference.table import SimulatedTable, run_table, stored_table, table_plan
from analysis.inference.targets import Targets
from analysis.inference.targets_file import read_targets
from tests.analysis.inference.made_targets import (
    FALL,
    INNOVATION,
    NUISANCE,
    PARAMETERS,
    SIGN,
    SUCCESS,
    file_of,
    unit_points,
    unit_ranges,
)
from tests.made_experiments import silent

ROOT = Path(__file__).parents[3]
WHOLE = (PARAMETERS, NUISANCE, SUCCESS, INNOVATION, FALL, SIGN)
TAKEN = Manner(is_accepted=True, workers=2, watch=silent())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """Return a small calibration whose draws are taken whatever the check says."""
    folder = tmp_path_factory.mktemp("made")
    return calibrate(file_of(folder, *WHOLE), folder / "made", TAKEN)


def test_that_success_tells_complexity(made: Calibration) -> None:
    rows = made.inference.marginals.set_index("name")
    assert rows["contraction"]["work.complexity"] > 0.5
    assert made.inference.tellers("work.complexity")[0][0] == "success"


def test_that_draws_are_points_to_sweep_over(made: Calibration) -> None:
    draws = pd.read_csv(made.findings / "draws.csv")
    assert list(draws.columns) == ["work.complexity", "behaviour.temperature"]
    assert len(draws) == 1000
    low, high = made.targets.ranges.low[:2], made.targets.ranges.high[:2]
    assert ((draws.to_numpy() >= low) & (draws.to_numpy() <= high)).all()
    few = draws.head(5)
    few.to_csv(made.findings / "draws.csv", index=False)
    swept = sweep(made.findings / "experiment.toml", made.folder.with_name("swept"), watch=silent())
    draws.to_csv(made.findings / "draws.csv", index=False, lineterminator="\n")
    assert swept.points == pytest.approx(few.to_numpy())


def test_that_targets_kept_out_are_predicted_apart(made: Calibration) -> None:
    by_use = made.predictions.groupby("use")["target"].agg(list)
    assert by_use["calibrate"] == ["success", "innovation", "fall"]
    assert by_use["validate"] == ["sign"]
    assert set(made.inference.told_by["target"]) == {"success", "innovation", "fall"}


@pytest.mark.slow
def test_that_another_target_to_validate_changes_no_draw(made: Calibration, tmp_path: Path) -> None:
    other = SIGN.replace("low = 0.0", "high = -0.3").replace("inaction_rate", "routine_rate")
    found = calibrate(file_of(tmp_path, *WHOLE[:-1], other), tmp_path / "made", TAKEN)
    for name in ("draws", "nuisances", "marginals", "told_by", "check", "reach"):
        assert (found.findings / f"{name}.csv").read_bytes() == (made.findings / f"{name}.csv").read_bytes()
    assert list(found.predictions["verdict"])[-1] != list(made.predictions["verdict"])[-1]


def test_that_a_stored_table_gives_the_same_again(made: Calibration) -> None:
    again = opened(made.folder)
    assert again.inference.marginals.equals(made.inference.marginals)
    assert again.draws.tobytes() == made.draws.tobytes()


@pytest.mark.slow
def test_that_draws_are_not_written_where_intervals_cannot_be_trusted(
    made: Calibration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = file_of(tmp_path, *WHOLE), tmp_path / "made"
    calibrate(path, folder, TAKEN)
    monkeypatch.setattr(CalibrationCheck, "is_clean", property(lambda _check: False))
    refused = calibrate(path, folder, Manner(workers=2, watch=silent()))
    assert not (refused.findings / "draws.csv").exists()
    assert refused.predictions.empty
    assert calibrate(path, folder, TAKEN).predictions.equals(made.predictions)


def test_that_a_table_with_gaps_is_refused_and_they_are_named(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, PARAMETERS, SUCCESS))
    plan = table_plan(targets, targets.calibrating, "made")
    sweep(plan.sweeps[""], tmp_path / "made", shard=(1, 2), watch=silent())
    with pytest.raises(ExperimentError, match=r"planned runs have no numbers.*not run.*run calibrate again"):
        stored_table(targets, targets.calibrating, plan, tmp_path / "made")


@pytest.mark.slow
def test_that_a_target_out_of_reach_is_left_out_and_told(tmp_path: Path) -> None:
    far = SUCCESS.replace("value = 0.5\nsd = 0.02", "value = 1.0\nsd = 0.001")
    found = calibrate(file_of(tmp_path, PARAMETERS, far, INNOVATION), tmp_path / "made", TAKEN)
    assert found.inference.unreached == ("success",)
    assert [target.name for target in found.inference.table.targets] == ["innovation"]
    with pytest.raises(ExperimentError, match="cannot reach any target"):
        calibrate(file_of(tmp_path, PARAMETERS, far, name="far"), tmp_path / "far", TAKEN)


def table_of(targets: Targets, statistics: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> SimulatedTable:
    """Return a table of the first target with made-up statistics."""
    points = unit_points(len(statistics), 1)
    return SimulatedTable(unit_ranges(1), targets.targets[:1], points, statistics, np.zeros_like(statistics))


def test_that_a_measure_that_nothing_moves_is_refused(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, PARAMETERS, SUCCESS))
    with pytest.raises(ExperimentError, match=r"success: nothing that is open here moves.*success_rate"):
        inferred(table_of(targets, np.full((512, 1), 0.5)), 1)


def test_that_too_few_whole_points_are_refused(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, PARAMETERS, SUCCESS))
    statistics = np.where(np.arange(512) < 100, 0.5, np.nan)[:, np.newaxis]
    with pytest.raises(ExperimentError, match=r"only 100 of 512 points.*success is missing at 80%"):
        inferred(table_of(targets, statistics), 1)


@pytest.mark.slow
def test_that_a_second_round_narrows_and_keeps_the_first(tmp_path: Path) -> None:
    path = file_of(tmp_path, PARAMETERS, SUCCESS, INNOVATION)
    found = calibrate(path, tmp_path / "made", Manner(rounds=2, is_accepted=True, workers=2, watch=silent()))
    assert found.rounds == 2
    assert (found.inference.table.ranges.widths < found.inference.prior.widths).any()
    assert (tmp_path / "made-round_2" / "table.parquet").is_file()
    assert opened(tmp_path / "made").draws.tobytes() == found.draws.tobytes()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> SimulatedTable:
    """Return a table of the model with 16,384 points, and targets with a size for two parameters."""
    folder = tmp_path_factory.mktemp("large")
    targets = read_targets(file_of(folder, PARAMETERS, SUCCESS, INNOVATION, points=16384))
    plan = table_plan(targets, targets.calibrating, "large")
    return run_table(targets, targets.calibrating, plan, folder / "large", (2, silent()))


@pytest.mark.slow
def test_that_the_check_is_clean_with_the_model(large: SimulatedTable) -> None:
    assert calibration_check(large.ranges, large.whole_points, large.observable, seed=1).is_clean


@pytest.mark.slow
def test_that_truths_planted_in_the_model_are_found(large: SimulatedTable) -> None:
    """The truth lies in the 95% box of both parameters in at least 18 of 20 data sets."""
    ranges, points, statistics = large.ranges, large.whole_points, large.observable
    planted = np.random.default_rng(2).permutation(len(points))[:20]
    kept = np.setdiff1d(np.arange(len(points)), planted)
    table = learned(ranges, points[kept], statistics[kept])
    inside = []
    for place in planted:
        low, high = table.posterior(statistics[place]).quantiles(np.array([0.0125, 0.9875]))
        inside.append(bool(((low <= points[place]) & (points[place] <= high)).all()))
    assert sum(inside) >= 18


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs SIGKILL")
def test_that_a_calibration_killed_on_the_way_ends_the_same_to_the_byte(tmp_path: Path) -> None:
    path = file_of(tmp_path, *WHOLE, points=4096)
    command = [sys.executable, str(ROOT / "run.py"), "calibrate", str(path), "--accept-uncalibrated", "--out"]
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True, cwd=tmp_path)
    n_killed = 0
    for seconds in (3.0, 4.0, 5.0, 6.0):
        with subprocess.Popen([*command, str(tmp_path / "cut")], stdout=-3, stderr=-3, cwd=tmp_path) as begun:
            time.sleep(seconds)
            n_killed += begun.poll() is None
            begun.send_signal(signal.SIGKILL)
    subprocess.run([*command, str(tmp_path / "cut")], check=True, capture_output=True, cwd=tmp_path)
    assert n_killed > 0
    for folder, name in (("", "table.parquet"), ("-probe_harsh", "table.parquet"), ("-posterior", "draws.csv")):
        whole, cut = (tmp_path / f"{start}{folder}" / name for start in ("whole", "cut"))
        assert whole.read_bytes() == cut.read_bytes()

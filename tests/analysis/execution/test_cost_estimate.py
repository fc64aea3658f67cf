"""That a plan promises about what it takes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.design.specification import ReplicateUntil
from analysis.execution.cost_estimate import spread_point
from analysis.execution.sweep import estimate, sweep
from tests.made_experiments import made_experiment


def test_that_the_points_of_a_pilot_are_spread_evenly() -> None:
    for n in (10, 1681):
        counts = np.bincount([spread_point(number, n) * 10 // n for number in range(1, 201)], minlength=10)
        assert counts.min() >= 18
        assert counts.max() <= 22


def test_that_a_pilot_does_a_tenth_of_a_small_experiment_at_most(tmp_path: Path) -> None:
    plan = estimate(made_experiment(points=399), tmp_path, workers=2)
    assert plan.runs == 1200
    assert plan.pilot_runs <= 130
    assert plan.pilot_seconds < 3


@pytest.mark.slow
def test_that_a_pilot_of_a_long_run_takes_three_seconds_and_counts_months(tmp_path: Path) -> None:
    made = made_experiment(points=200)
    slow = replace(made, base=replace(made.base, officials=400_000, months=400), monthly_series=False)
    began = time.monotonic()
    plan = estimate(slow, tmp_path, workers=1)
    assert time.monotonic() - began < 60
    assert plan.seconds > 60


def test_that_a_rule_of_replications_lowers_the_number_of_runs(tmp_path: Path) -> None:
    rule = ReplicateUntil("innovation_rate", 10.0, 5, 500, 5)
    made = made_experiment(points=50, replicate_until=rule, replications=500)
    plan = estimate(made, tmp_path, workers=1)
    assert plan.runs == pytest.approx(51 * 10, rel=0.3)


def test_that_the_cluster_has_its_own_number_of_threads(tmp_path: Path) -> None:
    plan = estimate(made_experiment(), tmp_path, workers=2)
    assert plan.on(200).seconds == pytest.approx(plan.seconds / 100)
    assert plan.on(200).workers == 200


@pytest.mark.slow
def test_that_time_and_room_are_about_what_was_promised(tmp_path: Path) -> None:
    made = made_experiment(points=4000, replications=5, runs_per_block=None)
    plan = estimate(made, tmp_path / "made", workers=2)
    began = time.monotonic()
    sweep(made, tmp_path / "made", workers=2)
    seconds = time.monotonic() - began
    room = sum(path.stat().st_size for path in (tmp_path / "made").rglob("*") if path.is_file())
    assert plan.seconds / 4 < seconds < plan.seconds * 4  # other programs may run beside one and not the other
    assert plan.bytes / 2 < room < plan.bytes * 2

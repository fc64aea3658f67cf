"""That the line on the map is where it is known to be, that its band holds it, and that refining sharpens it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.design.factors import evenly
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.sensitivity import tipping_line
from analysis.sensitivity.response_surface import (
    Bootstrap,
    Lattice,
    cells_to_refine,
    crossings,
    halved,
    intervals_by_bootstrap,
    new_nodes,
)
from analysis.statistics.effects import IncompleteError
from analysis.store.findings import folder_beside, read_findings
from tests.made_experiments import EXEMPTION, SEVERITY, made_experiment, silent

Floats = NDArray[np.float64]
COMMON, OWN = Bootstrap(400, True, 1), Bootstrap(400, False, 1)


def plane(steps: int = 4, **changes: object) -> Specification:
    factors = (
        Factor(SEVERITY, 0.0, 0.6, evenly(0.0, 0.6, steps)),
        Factor(EXEMPTION, 0.0, 1.0, evenly(0.0, 1.0, steps)),
    )
    return made_experiment(factors=factors, design=DesignPlan("grid"), **changes)


def lattice_of(mean: Floats, half: float = 0.1) -> Lattice:
    y, x = (np.linspace(0.0, 1.0, n) for n in mean.shape)
    return Lattice(y, x, mean, mean - half, mean + half, np.ones(mean.shape, dtype=np.bool_))


@pytest.mark.parametrize("bootstrap", [COMMON, OWN])
@pytest.mark.parametrize(("n", "told"), [(5, 0.91), (20, 0.95)])
def test_that_the_bootstrap_interval_holds_the_mean_about_as_often_as_it_says(
    bootstrap: Bootstrap, n: int, told: float
) -> None:
    hits = []
    for seed in range(5):
        values = np.random.default_rng(seed).normal(2.0, 1.0, size=(200, n))
        _, low, high = intervals_by_bootstrap(values, bootstrap)
        hits.append(np.mean((low <= 2.0) & (high >= 2.0)))
    assert np.mean(hits) == pytest.approx(told, abs=0.02)


@pytest.mark.parametrize("bootstrap", [COMMON, OWN])
def test_that_missing_replications_are_left_out(bootstrap: Bootstrap) -> None:
    values = np.random.default_rng(1).normal(size=(3, 12))
    values[1, 4:] = np.nan
    values[2] = np.nan
    mean, low, high = intervals_by_bootstrap(values, bootstrap)
    assert mean[1] == pytest.approx(values[1, :4].mean())
    assert high[1] - low[1] > high[0] - low[0]
    assert math.isnan(mean[2])
    assert math.isnan(low[2])


def test_that_a_crossing_is_found_with_its_band() -> None:
    at = np.linspace(0.0, 1.0, 11)
    mean = at - 0.52
    (one,) = crossings(at, mean, mean - 0.15, mean + 0.15)
    assert (one.at, one.low, one.high, one.rises) == pytest.approx((0.52, 0.37, 0.67, True))
    (other,) = crossings(at, -mean, -mean - 0.15, -mean + 0.15)
    assert (other.at, other.low, other.high, other.rises) == pytest.approx((0.52, 0.37, 0.67, False))


def test_that_a_band_that_leaves_the_plane_is_open() -> None:
    at = np.linspace(0.0, 1.0, 11)
    mean = at - 0.05
    (one,) = crossings(at, mean, mean - 0.15, mean + 0.15)
    assert math.isnan(one.low)
    assert one.high == pytest.approx(0.20)


def test_that_a_curve_that_comes_back_crosses_twice() -> None:
    at = np.linspace(0.0, 1.0, 101)
    mean = (at - 0.3) * (at - 0.8)
    found = crossings(at, mean, mean - 0.01, mean + 0.01)
    assert [one.at for one in found] == pytest.approx([0.3, 0.8], abs=1e-3)
    assert [one.rises for one in found] == [False, True]
    assert all(one.low < one.at < one.high for one in found)


def test_that_a_curve_of_one_sign_crosses_nowhere() -> None:
    at = np.linspace(0.0, 1.0, 5)
    assert crossings(at, at + 1.0, at, at + 2.0) == []


def test_that_a_finer_lattice_keeps_what_was_run_and_interpolates_a_plane_exactly() -> None:
    y, x = np.meshgrid(np.linspace(0, 1, 4), np.linspace(0, 1, 5), indexing="ij")
    finer = halved(lattice_of(2.0 * x - 3.0 * y))
    fine_y, fine_x = np.meshgrid(finer.y, finer.x, indexing="ij")
    assert finer.mean == pytest.approx(2.0 * fine_x - 3.0 * fine_y)
    assert finer.is_run[::2, ::2].all()
    assert finer.is_run.sum() == 20


def test_that_cells_on_the_line_and_on_a_cliff_are_refined_and_no_others() -> None:
    mean = np.full((4, 4), 1.0)
    mean[0] = -1.0
    assert cells_to_refine(lattice_of(mean), fast=5.0).tolist() == [[True] * 3, [False] * 3, [False] * 3]
    cliff = np.full((4, 4), 1.0)
    cliff[:, 3] = 2.0
    assert cells_to_refine(lattice_of(cliff), fast=0.5).tolist() == [[False, False, True]] * 3


def test_that_a_refined_cell_gets_five_new_points() -> None:
    lattice = lattice_of(np.ones((3, 3)))
    cells = np.zeros((2, 2), dtype=np.bool_)
    cells[0, 1] = True
    nodes = new_nodes(cells, halved(lattice))
    assert nodes.tolist() == [[0, 3], [1, 2], [1, 3], [1, 4], [2, 3]]


def test_that_the_line_is_refined_with_runs_of_the_model(tmp_path: Path) -> None:
    experiment = sweep(plane(replications=6), tmp_path / "made", watch=silent())
    coarse = tipping_line.map(experiment, rounds=0)
    fine = tipping_line.map(experiment, rounds=2)
    assert coarse.lattice.mean.shape == (4, 4)
    assert fine.lattice.mean.shape == (13, 13)
    assert len(fine.points_added) == 2
    assert fine.lattice.is_run.sum() == 16 + sum(fine.points_added)
    assert fine.lattice.is_run.sum() < 13 * 13
    assert fine.lattice.mean[::4, ::4] == pytest.approx(coarse.lattice.mean)
    assert (fine.lattice.low <= fine.lattice.mean).all()
    assert (fine.lattice.mean <= fine.lattice.high).all()


def test_that_the_points_added_are_what_a_fine_grid_would_give(tmp_path: Path) -> None:
    experiment = sweep(plane(steps=3), tmp_path / "coarse", watch=silent())
    fine = tipping_line.map(sweep(plane(steps=5), tmp_path / "fine", watch=silent()), rounds=0)
    refined = tipping_line.map(experiment, rounds=1)
    where = refined.lattice.is_run
    assert where.sum() > 9
    assert refined.lattice.mean[where] == pytest.approx(fine.lattice.mean[where], abs=1e-12)
    assert refined.lattice.low[where] == pytest.approx(fine.lattice.low[where], abs=1e-12)


def test_that_a_map_made_again_runs_nothing_and_is_the_same(tmp_path: Path) -> None:
    experiment = sweep(plane(), tmp_path / "made", watch=silent())
    first = tipping_line.map(experiment, rounds=1)
    beside = folder_beside(tmp_path / "made", "map")
    times = {path: path.stat().st_mtime_ns for path in beside.rglob("*.parquet")}
    assert times
    second = tipping_line.map(experiment, rounds=1)
    assert second.line.equals(first.line)
    assert {path: path.stat().st_mtime_ns for path in beside.rglob("*.parquet")} == times
    tables, summary = read_findings(beside, ("line", "surface"))
    assert tables["surface"].equals(first.surface())
    assert summary["points_added"] == list(first.points_added)


def test_that_points_of_other_code_are_not_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = sweep(plane(), tmp_path / "made", watch=silent())
    monkeypatch.setattr("analysis.store.manifest.model_hash", lambda: "another")
    with pytest.raises(ExperimentError, match="another state of the code of model/"):
        tipping_line.map(experiment, rounds=1)
    assert tipping_line.map(experiment, rounds=0).points_added == ()


def test_that_the_experiment_itself_stays_as_it_was(tmp_path: Path) -> None:
    made = plane()
    experiment = sweep(made, tmp_path / "made", watch=silent())
    tipping_line.map(experiment, rounds=1)
    assert sweep(made, tmp_path / "made", watch=silent()).is_complete


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"design": DesignPlan("latin_hypercube", points=4)}, "map needs a grid of two"),
        ({"measures": ("innovation_rate",)}, "does not hold the measure inaction_rate"),
    ],
)
def test_that_another_design_is_refused(changes: dict[str, object], message: str, tmp_path: Path) -> None:
    experiment = sweep(replace(plane(), **changes), tmp_path / "made", watch=silent())  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match=message):
        tipping_line.map(experiment)


def test_that_gaps_are_refused_unless_allowed(tmp_path: Path) -> None:
    experiment = sweep(plane(), tmp_path / "made", shard=(1, 2), watch=silent())
    with pytest.raises(IncompleteError):
        tipping_line.map(experiment)
    found = tipping_line.map(experiment, rounds=0, allow_incomplete=True)
    assert found.gaps
    assert not found.lattice.is_run.all()


@pytest.mark.parametrize("rounds", [-1, 7])
def test_that_an_impossible_number_of_rounds_is_refused(rounds: int, tmp_path: Path) -> None:
    experiment = sweep(plane(steps=2), tmp_path / "made", watch=silent())
    with pytest.raises(ExperimentError, match="from 0 to 6"):
        tipping_line.map(experiment, rounds=rounds)

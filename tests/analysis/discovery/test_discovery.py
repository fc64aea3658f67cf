"""Planted conditions are found, noise is not, and the order of factors decides nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.design.specification import Factor
from analysis.discovery.boxes import measured
from analysis.discovery.discovery import Discovery, How, discovered
from analysis.discovery.document import DOCUMENT, NAME, document
from analysis.discovery.patient_peeling import peeled
from analysis.documents import document_paths
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from tests.analysis.discovery.made_points import made_factors, noise, planted, twice_planted
from tests.made_experiments import silent


def named_limits(found: Discovery) -> list[set[tuple[str, str]]]:
    return [{(limit.path, limit.side) for limit in box.limits} for box in found.boxes]


@pytest.mark.parametrize("seed", range(5))
def test_that_exactly_the_two_planted_limits_are_found(seed: int) -> None:
    points, holds = planted(seed)
    found = discovered(made_factors(), points, holds, How(resamples=25, seed=seed))
    assert named_limits(found) == [{("x1", "above"), ("x4", "below")}]
    ends = {limit.path: limit for limit in found.boxes[0].limits}
    assert ends["x1"].at == pytest.approx(0.6, abs=0.05)
    assert ends["x4"].at == pytest.approx(0.4, abs=0.05)
    assert all(limit.is_firm and limit.low - 0.01 <= limit.at <= limit.high + 0.01 for limit in ends.values())
    assert found.boxes[0].held_out.density > 0.8
    assert found.boxes[0].held_out.coverage > 0.7


@pytest.mark.slow
def test_that_limits_lie_within_their_resamples_as_often_as_the_middle_of_them_is_wide() -> None:
    limits = [
        limit
        for seed in range(12)
        for box in discovered(made_factors(), *planted(seed), How(resamples=25, seed=seed)).boxes
        for limit in box.limits
        if limit.is_firm
    ]
    lie = [limit.lies for limit in limits]
    assert len(lie) >= 24
    assert lie.count("within") >= 0.8 * len(lie)


def test_that_the_second_opinion_agrees_on_what_is_planted() -> None:
    pytest.importorskip("sklearn")
    second = discovered(made_factors(), *planted(1), How(resamples=0)).second
    assert second is not None
    assert second.overlap > 0.7


def test_that_without_scikit_learn_there_is_no_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.tree", None)
    found = discovered(made_factors(), *planted(1), How(resamples=0))
    assert found.boxes
    assert found.second is None


@pytest.mark.parametrize("seed", range(3))
def test_that_both_planted_boxes_are_found(seed: int) -> None:
    points, holds = twice_planted(seed)
    found = discovered(made_factors(), points, holds, How(resamples=0))
    expected = [{("x1", "above"), ("x2", "above")}, {("x3", "below"), ("x4", "below")}]
    assert sorted(map(sorted, named_limits(found)[:2])) == sorted(map(sorted, expected))


def test_that_in_noise_nothing_is_found() -> None:
    found = [discovered(made_factors(), *noise(seed), How(resamples=0)) for seed in range(100)]
    assert sum(not one.boxes for one in found) >= 95


def test_that_a_tree_finds_the_planted_box_too() -> None:
    pytest.importorskip("sklearn")
    points, holds = planted(1)
    found = discovered(made_factors(), points, holds, How("cart", resamples=5))
    assert {("x1", "above"), ("x4", "below")} <= named_limits(found)[0]


def test_that_the_order_of_factors_changes_nothing() -> None:
    points, holds = planted(2)
    order = np.random.default_rng(7).permutation(8)
    factors = made_factors()
    there = discovered(factors, points, holds, How(resamples=5))
    moved = discovered([factors[place] for place in order], points[:, order], holds, How(resamples=5))
    assert there.boxes[0].limits == moved.boxes[0].limits
    assert there.boxes[0].held_out == moved.boxes[0].held_out
    assert there.second == moved.second


def test_that_a_box_is_measured_on_points_that_did_not_find_it() -> None:
    points, holds = planted(3)
    found = discovered(made_factors(), points, holds, How(resamples=0))
    finds = np.zeros(len(holds), dtype=bool)
    finds[np.random.default_rng(1).permutation(len(holds))[: len(holds) // 2]] = True
    other = holds.copy()
    other[~finds] = 1.0 - other[~finds]
    again = discovered(made_factors(), points, other, How(resamples=0))
    inside = found.boxes[0].box.holds(points)
    assert found.boxes[0].held_out == measured(inside[~finds], holds[~finds])
    assert not again.boxes, "the half that measures says the opposite"


def test_that_peeling_removes_about_a_twentieth_at_a_time_and_never_adds() -> None:
    points, holds = planted(4)
    steps = peeled(points, holds)
    masses = np.array([step.mass for step in steps])
    assert masses[0] == 1.0
    assert np.all(np.diff(masses) < 0.0)
    assert np.all(masses[1:] / masses[:-1] > 0.93)
    assert masses[-1] >= 0.05


def test_that_factors_with_few_values_can_be_peeled() -> None:
    draws = np.random.default_rng(5)
    points = np.column_stack([draws.integers(0, 3, 1000), draws.random(1000)]).astype(np.float64)
    holds = (points[:, 0] == 2.0).astype(np.float64)
    found = discovered([Factor("x0", 0, 2), Factor("x1", 0, 1)], points, holds, How(resamples=0))
    assert named_limits(found) == [{("x0", "above")}]
    assert found.boxes[0].held_out.density == 1.0


@pytest.mark.parametrize(
    ("n", "value", "sentence"),
    [(199, None, "has 199 points"), (300, 1.0, "holds at all 300 points"), (300, 0.0, "holds at none of the 300")],
)
def test_that_what_tells_no_points_apart_is_refused(n: int, value: float | None, sentence: str) -> None:
    points, holds = noise(1, n)
    with pytest.raises(ExperimentError, match=sentence):
        discovered(made_factors(), points, holds if value is None else np.full(n, value))


def test_that_points_without_numbers_are_left_out_and_counted() -> None:
    points, holds = planted(1)
    holds[:7] = np.nan
    found = discovered(made_factors(), points, holds, How(resamples=0))
    assert (found.n_points, found.n_missing) == (1993, 7)


@pytest.mark.slow
def test_that_the_page_on_discovery_is_up_to_date(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    experiment = sweep(NAME, tmp_path / "swept", watch=silent())
    for language, path in document_paths(DOCUMENT).items():
        made = document(experiment, language)
        assert made == path.read_text(encoding="utf-8"), "renew it: python -m analysis.discovery.document"

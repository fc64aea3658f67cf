"""The best level of a lever is the one with the highest mean, and its interval tells how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.statistics.best_level import best_level

LEVELS = np.array([0.0, 0.1, 0.2, 0.3])


def humps(top: float, n: int, luck: float, is_common: bool = True) -> np.ndarray:
    """Return values of n runs at LEVELS that are highest at `top`, with luck of the run or of the level and run."""
    random = np.random.default_rng(3)
    return -((LEVELS[:, np.newaxis] - top) ** 2) + luck * random.normal(size=(1 if is_common else len(LEVELS), n))


def test_that_luck_that_all_levels_share_does_not_blur_the_best_one() -> None:
    found = best_level(LEVELS, humps(0.2, 10, luck=5.0))
    assert (found.best, found.low, found.high) == (0.2, 0.2, 0.2)
    assert found.gain == pytest.approx(0.04)
    assert found.gain_high - found.gain_low == pytest.approx(0.0, abs=1e-9)


def test_that_luck_of_every_level_widens_the_interval_which_holds_the_true_level() -> None:
    found = best_level(LEVELS, humps(0.2, 400, luck=0.1, is_common=False), is_common=False)
    assert found.low <= 0.2 <= found.high
    assert found.low < found.high


def test_that_of_equal_levels_the_lowest_is_best_and_gains_nothing() -> None:
    found = best_level(LEVELS, np.tile(np.arange(5.0), (4, 1)))
    assert (found.best, found.low, found.high, found.gain) == (0.0, 0.0, 0.0, 0.0)


def test_that_runs_with_a_missing_value_are_left_out_and_too_few_tell_nothing() -> None:
    values = humps(0.2, 10, luck=1.0)
    values[3, :4] = np.nan
    assert best_level(LEVELS, values).best == 0.2
    values[3, :9] = np.nan
    assert np.isnan(best_level(LEVELS, values)).all()


def test_that_an_end_can_be_best() -> None:
    assert best_level(LEVELS, humps(0.9, 5, luck=1.0)).best == 0.3
    assert best_level(LEVELS, humps(-0.9, 5, luck=1.0)).best == 0.0

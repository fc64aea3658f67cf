"""The ladder of sanctions: the observed one, tilted to the severity asked for (model.md, 6)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from model.parameters import LADDER_LOSSES, LADDER_SHARES
from model.rules.ladder import (
    expected_loss,
    freeze_of_rung,
    ladder_of,
    loss_drawn,
    mean_rung,
    sanctions_drawn,
    tilted,
)
from model.vocabulary import N_COUNTS, Counts

RUNGS = np.arange(4)
SHARES = np.array([0.638, 0.286, 0.037, 0.039])
SEVERITIES = [1e-6, 0.01, 0.1, 0.159, 0.3, 0.5, 0.75, 0.99, 1 - 1e-6]


def ladder_by_scipy(severity: float) -> np.ndarray:
    def at(tilt: float) -> np.ndarray:
        weights = SHARES * np.exp(tilt * (RUNGS - 3.0 * (tilt > 0)))
        return weights / weights.sum()

    tilt = brentq(lambda tilt: at(tilt) @ RUNGS - 3 * severity, -100.0, 100.0, xtol=1e-14, rtol=1e-15)
    return at(tilt)


def test_that_the_default_severity_is_the_observed_ladder() -> None:
    np.testing.assert_allclose(ladder_of(0.159), SHARES, atol=1e-12)
    assert mean_rung(ladder_of(0.159)) == pytest.approx(0.477)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_that_the_ladder_is_the_observed_one_tilted_exponentially(severity: float) -> None:
    np.testing.assert_allclose(ladder_of(severity), ladder_by_scipy(severity), rtol=1e-9, atol=1e-13)


@given(st.floats(0.0, 1.0))
def test_that_the_mean_rung_is_three_times_the_severity_to_1e_12(severity: float) -> None:
    ladder = ladder_of(severity)
    assert abs(mean_rung(ladder) - 3 * severity) < 1e-12
    assert sum(ladder) == pytest.approx(1.0, abs=1e-14)
    assert min(ladder) >= 0.0


def test_that_the_ends_of_severity_are_the_pure_end_rungs() -> None:
    assert tuple(ladder_of(0.0)) == (1.0, 0.0, 0.0, 0.0)
    assert tuple(ladder_of(1.0)) == (0.0, 0.0, 0.0, 1.0)


def test_that_without_tilt_the_ladder_is_the_observed_one() -> None:
    np.testing.assert_allclose(tilted(0.0), LADDER_SHARES, rtol=1e-15)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_a_severer_ladder_is_expected_to_cost_more(a: float, b: float) -> None:
    assert expected_loss(ladder_of(min(a, b))) <= expected_loss(ladder_of(max(a, b))) + 1e-12


def test_that_the_expected_loss_is_the_mean_over_the_rungs() -> None:
    by_hand = 0.638 * 0.1 + 0.286 * 0.6 + 0.037 * 2 + 0.039 * 5
    assert expected_loss(ladder_of(0.159)) == pytest.approx(by_hand)
    assert expected_loss(ladder_of(0.0)) == LADDER_LOSSES[0]
    assert expected_loss(ladder_of(1.0)) == LADDER_LOSSES[3]


def test_that_light_and_heavy_sanctions_bar_promotion_for_one_and_two_years() -> None:
    assert [freeze_of_rung(rung) for rung in range(4)] == [0.0, 12.0, 24.0, 0.0]


def test_that_the_losses_of_a_month_add_up_over_the_rungs_drawn() -> None:
    counts = Counts(*[0] * N_COUNTS)._replace(reminders=7, light_sanctions=3, heavy_sanctions=2, dismissals=1)
    assert sanctions_drawn(counts) == 13
    assert loss_drawn(counts) == pytest.approx(7 * 0.1 + 3 * 0.6 + 2 * 2 + 5)

"""The public: failures weigh more than successes, and it comes back to its baseline (model.md, 4.10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Public
from model.rules.public import public_tolerance_after

PUBLIC = Public(tolerance=0.4, reversion=0.05, gain_success=0.05, loss_failure=0.1)
SHARES = st.floats(0.0, 1.0)


def test_that_tolerance_moves_with_successes_and_failures_and_back_to_its_baseline() -> None:
    expected = 0.3 + 0.05 * (0.4 - 0.3) + 0.05 * 0.2 - 0.1 * 0.12
    assert public_tolerance_after(0.3, 0.2, 0.12, PUBLIC) == pytest.approx(expected)


def test_that_a_public_at_its_baseline_stays_there_when_nothing_is_tried() -> None:
    assert public_tolerance_after(0.4, 0.0, 0.0, PUBLIC) == 0.4


def test_that_a_failure_costs_twice_what_a_success_gains() -> None:
    gained = public_tolerance_after(0.4, 0.2, 0.0, PUBLIC) - 0.4
    lost = 0.4 - public_tolerance_after(0.4, 0.0, 0.2, PUBLIC)
    assert lost == pytest.approx(2 * gained)


def test_that_tolerance_is_clipped_at_both_ends() -> None:
    assert public_tolerance_after(0.01, 0.0, 1.0, PUBLIC) == 0.0
    assert public_tolerance_after(0.99, 1.0, 0.0, Public(tolerance=1.0)) == 1.0


@given(SHARES, SHARES, SHARES, SHARES, SHARES, SHARES)
def test_that_tolerance_stays_a_share_grows_with_success_and_falls_with_failure(
    tolerance: float, successes: float, failures: float, reversion: float, gain: float, loss: float
) -> None:
    public = Public(reversion=reversion, gain_success=gain, loss_failure=loss)
    after = public_tolerance_after(tolerance, successes, failures, public)
    assert 0.0 <= after <= 1.0
    assert public_tolerance_after(tolerance, 1.0, failures, public) >= after
    assert public_tolerance_after(tolerance, successes, 1.0, public) <= after


def test_that_left_alone_a_shaken_public_forgets_half_in_fourteen_months() -> None:
    tolerance = 0.2
    for _ in range(14):
        tolerance = public_tolerance_after(tolerance, 0.0, 0.0, PUBLIC)
    assert 0.4 - tolerance == pytest.approx(0.2 * 0.95**14)
    assert 0.4 - tolerance < 0.1

"""The public: what it holds against officials, how it comes back, and the nerve of reviewers (model.md, 4.10 and 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Exemption, Public
from model.rules.public import Felt, honest_failures_left, nerve, public_tolerance_after

PUBLIC = Public(tolerance=0.4, objectivity=0.3, reversion=0.05, gain_success=0.05, loss_failure=0.1)
EXEMPTION = Exemption(correction=0.5, caution=0.5)
NOTHING = Felt(0.0, 0.0, 0.0, 0.0)
SHARES = st.floats(0.0, 1.0)


def after(tolerance: float, felt: Felt, public: Public = PUBLIC) -> float:
    return public_tolerance_after(tolerance, felt, public, EXEMPTION)


def test_that_tolerance_moves_with_successes_and_what_is_felt_and_back_to_its_baseline() -> None:
    felt = Felt(successes=0.2, negligent_failures=0.03, honest_failures=0.12, honest_exemptions=0.02)
    held_against = 0.03 + (1 - 0.3) * (0.12 - 0.5 * 0.02)
    assert after(0.3, felt) == pytest.approx(0.3 + 0.05 * (0.4 - 0.3) + 0.05 * 0.2 - 0.1 * held_against)


def test_that_an_objective_public_holds_negligence_alone_against_officials() -> None:
    objective = PUBLIC._replace(objectivity=1.0)
    assert after(0.4, Felt(0.0, 0.0, 0.5, 0.0), objective) == 0.4
    assert after(0.4, Felt(0.0, 0.1, 0.5, 0.0), objective) == pytest.approx(0.4 - 0.1 * 0.1)


def test_that_a_public_that_cannot_tell_holds_all_failures_against_them_alike() -> None:
    blind = PUBLIC._replace(objectivity=0.0)
    assert after(0.4, Felt(0.0, 0.2, 0.0, 0.0), blind) == pytest.approx(after(0.4, Felt(0.0, 0.0, 0.2, 0.0), blind))


def test_that_an_exempted_failure_that_is_put_right_is_not_held_against_them() -> None:
    assert honest_failures_left(10.0, 4.0, Exemption(correction=0.5)) == pytest.approx(8.0)
    assert honest_failures_left(10.0, 4.0, Exemption(correction=1.0)) == pytest.approx(6.0)
    assert honest_failures_left(10.0, 4.0, Exemption(correction=0.0)) == 10.0


def test_that_a_public_at_its_baseline_stays_there_when_nothing_is_tried() -> None:
    assert after(0.4, NOTHING) == 0.4


def test_that_a_negligent_failure_costs_twice_what_a_success_gains() -> None:
    gained = after(0.4, Felt(0.2, 0.0, 0.0, 0.0)) - 0.4
    lost = 0.4 - after(0.4, Felt(0.0, 0.2, 0.0, 0.0))
    assert lost == pytest.approx(2 * gained)


def test_that_tolerance_is_clipped_at_both_ends() -> None:
    assert after(0.01, Felt(0.0, 1.0, 0.0, 0.0)) == 0.0
    assert after(0.99, Felt(1.0, 0.0, 0.0, 0.0), Public(tolerance=1.0)) == 1.0


@given(SHARES, SHARES, SHARES, SHARES, SHARES)
def test_that_tolerance_stays_a_share_grows_with_success_and_falls_with_failure(
    tolerance: float, successes: float, negligent: float, honest: float, reversion: float
) -> None:
    public = PUBLIC._replace(reversion=reversion)
    found = after(tolerance, Felt(successes, negligent, honest, 0.0), public)
    assert 0.0 <= found <= 1.0
    assert after(tolerance, Felt(1.0, negligent, honest, 0.0), public) >= found
    assert after(tolerance, Felt(successes, 1.0, honest, 0.0), public) <= found
    assert after(tolerance, Felt(successes, negligent, 1.0, 0.0), public) <= found


def test_that_left_alone_a_shaken_public_forgets_half_in_fourteen_months() -> None:
    tolerance = 0.2
    for _ in range(14):
        tolerance = after(tolerance, NOTHING)
    assert 0.4 - tolerance == pytest.approx(0.2 * 0.95**14)
    assert 0.4 - tolerance < 0.1


def test_that_reviewers_dare_less_where_the_public_is_angrier_than_usual() -> None:
    assert nerve(0.2, PUBLIC, EXEMPTION) == pytest.approx(1 - 0.5 * (0.4 - 0.2))
    assert nerve(0.4, PUBLIC, EXEMPTION) == 1.0


def test_that_a_public_in_good_mood_makes_nobody_exempt_more_than_the_rule_says() -> None:
    assert nerve(0.9, PUBLIC, EXEMPTION) == 1.0


def test_that_an_enraged_public_may_cost_reviewers_all_their_nerve() -> None:
    assert nerve(0.0, PUBLIC, Exemption(caution=3.0)) == 0.0


@given(SHARES)
def test_that_without_caution_reviewers_never_lose_their_nerve(tolerance: float) -> None:
    assert nerve(tolerance, PUBLIC, Exemption(caution=0.0)) == 1.0

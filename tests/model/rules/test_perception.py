"""Perception: beliefs begin at what is announced and move with the cases seen (model.md, 4.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Accountability, Behaviour, Public
from model.rules.perception import (
    announced_accountability,
    announced_exemption,
    belief,
    negligence_ratio,
    perceived_loss,
    perceived_negligence_exemption,
)

SHARES = st.floats(0.0, 1.0)
EVIDENCE = st.floats(0.0, 1e6)
STRENGTHS = st.floats(1e-9, 1e6)


def test_that_a_belief_is_the_weighted_mean_of_what_is_announced_and_what_is_seen() -> None:
    assert belief(0.4, 15.0, 0.0, 0.0) == pytest.approx(0.4)
    assert belief(0.4, 15.0, 3.0, 2.0) == pytest.approx((15 * 0.4 + 3) / (15 + 3 + 2))
    assert belief(0.4, 15.0, 0.0, 15.0) == pytest.approx(0.2)


def test_that_without_a_prior_only_the_cases_seen_count() -> None:
    assert belief(0.9, 1e-9, 1.0, 3.0) == pytest.approx(0.25)


def test_that_one_case_moves_a_believer_in_many_cases_less() -> None:
    """An arrest raises perceived risk by about 6.3% (Anwar and Loughran 2011): by 1/16 with strength 15."""
    assert belief(0.4, 15.0, 1.0, 0.0) - belief(0.4, 15.0, 0.0, 1.0) == pytest.approx(1 / 16)
    assert belief(0.4, 31.0, 1.0, 0.0) - belief(0.4, 31.0, 0.0, 1.0) == pytest.approx(1 / 32)


@given(SHARES, STRENGTHS, EVIDENCE, EVIDENCE)
def test_that_a_belief_is_a_probability(announced: float, strength: float, seen: float, spared: float) -> None:
    assert 0.0 <= belief(announced, strength, seen, spared) <= 1.0 + 1e-12


@given(SHARES, STRENGTHS, EVIDENCE, EVIDENCE, st.floats(0.0, 1e3))
def test_that_evidence_moves_a_belief_its_own_way(
    announced: float, strength: float, seen: float, spared: float, more: float
) -> None:
    before = belief(announced, strength, seen, spared)
    assert belief(announced, strength, seen + more, spared) >= before - 1e-12
    assert belief(announced, strength, seen, spared + more) <= before + 1e-12


def test_that_officials_expect_a_tolerant_public_to_ask_less_often_who_is_to_blame() -> None:
    accountability = Accountability(certainty=0.04)
    assert announced_accountability(accountability, Public()) == pytest.approx(0.04 * (1 - 0.6 * 0.4))
    assert announced_accountability(accountability, Public(tolerance_weight=0.0)) == 0.04
    assert announced_accountability(accountability, Public(tolerance=1.0, tolerance_weight=1.0)) == 0.0


def test_that_officials_believe_the_document_as_far_as_they_give_it_credence() -> None:
    assert announced_exemption(Behaviour(credence=0.7), 0.5) == pytest.approx(0.35)
    assert announced_exemption(Behaviour(credence=0.0), 0.5) == 0.0
    assert announced_exemption(Behaviour(credence=1.0), 0.5) == 0.5


def test_that_negligence_is_believed_to_be_let_off_in_proportion_to_the_honest() -> None:
    """n^ = e^ * X(negligence) / Xbar: who believes in half of what the honest get expects half for negligence too."""
    ratio = negligence_ratio(0.02, 0.4)
    assert perceived_negligence_exemption(0.4, ratio) == pytest.approx(0.02)
    assert perceived_negligence_exemption(0.2, ratio) == pytest.approx(0.01)


def test_that_no_belief_in_a_letting_off_exceeds_certainty() -> None:
    assert perceived_negligence_exemption(0.8, negligence_ratio(0.6, 0.4)) == 1.0


def test_that_where_nobody_honest_is_let_off_negligence_is_not_either() -> None:
    assert negligence_ratio(0.0, 0.0) == 0.0
    assert perceived_negligence_exemption(0.3, negligence_ratio(0.2, 0.0)) == 0.0


def test_that_the_loss_believed_is_the_ladders_mean_corrected_by_the_sanctions_seen() -> None:
    assert perceived_loss(3.05, 15.0, 0.0, 0.0) == pytest.approx(3.05)
    assert perceived_loss(3.05, 15.0, 5.0, 3.0) == pytest.approx((15 * 3.05 + 5.0) / 18)

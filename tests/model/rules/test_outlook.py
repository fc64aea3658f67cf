"""Outlook: what negligence puts at stake, how much care follows, and what an urgent matter changes (model.md, 4.1-4.4).

The whole outlook of one official is worked out in tests/model/test_month.py.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Behaviour, Exemption, Parameters, Work
from model.rules.outlook import lost_by_negligence, outlook_of
from model.rules.utility import Circumstances, Outlook
from model.state import OfficialState

OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.8, 40.0, *[0.0] * 8)
HERE = Circumstances(
    announced_accountability=0.04,
    announced_exemption_filed=0.4,
    announced_exemption_unfiled=0.25,
    negligence_ratio_filed=0.05,
    negligence_ratio_unfiled=0.1,
    perceived_loss=3.0,
    exempt_self_dealing=0.1,
    expected_misconduct_loss=4.0,
    complexity_now=0.3,
    complexity_in_haste=0.405,
    pursuit=0.03,
    nerve=0.9,
    share_inaction=0.5,
    share_routine=0.3,
    share_innovation=0.2,
    borne=1.0,
)
# Care is dear enough that nobody takes full care.
PARAMETERS = Parameters(exemption=Exemption(review_burden=0.15), work=Work(care_cost=5.0, routine_care_cost=5.0))
NOT_URGENT, URGENT = 0.9, 0.1
SHARES = st.floats(0.0, 1.0)


def outlook(here: Circumstances = HERE, official: OfficialState = OFFICIAL, urgency: float = NOT_URGENT) -> Outlook:
    return outlook_of(official, here, PARAMETERS, urgency)


def test_that_negligence_loses_what_success_was_worth_and_where_pursued_a_review_and_a_sanction() -> None:
    assert lost_by_negligence(1.2, 0.04, 6.0, 0.3, 0.1) == pytest.approx(1.2 + 0.04 * (6.0 * 0.9 + 0.3))


def test_that_care_follows_from_what_is_at_stake() -> None:
    seen = outlook()
    assert (seen.feared_loss, seen.feared_review) == pytest.approx((2.0 * 3.0, 2.0 * 0.15))
    sound = 0.92 * 0.7 * (1 - 0.4 * 0.4)
    filed = sound * 0.4 * (1.2 + 0.04 * (6.0 * (1 - 0.4 * 0.05) + 0.3))
    unfiled = sound * 0.4 * (1.2 + 0.04 * (6.0 * (1 - 0.25 * 0.1) + 0.3))
    routine = 0.06 * (0.25 * 1.2 + 0.04 * (6.0 * (1 - 0.25 * 0.1) + 0.3))
    assert (seen.filed_stake, seen.unfiled_stake, seen.routine_stake) == pytest.approx((filed, unfiled, routine))
    assert (seen.filed_care, seen.unfiled_care, seen.routine_care) == pytest.approx(
        (filed / 5, unfiled / 5, routine / 5)
    )


def test_that_an_urgent_matter_is_harder_and_cannot_be_filed() -> None:
    calm, hurried = outlook(), outlook(urgency=URGENT)
    assert (calm.complexity, calm.may_file) == (0.3, 1.0)
    assert (hurried.complexity, hurried.may_file) == (0.405, 0.0)
    assert hurried.sound == pytest.approx(0.92 * (1 - 0.405) * (1 - 0.4 * 0.4))


@given(SHARES, SHARES)
def test_that_care_rises_with_the_certainty_of_being_pursued(a: float, b: float) -> None:
    sure, unsure = (outlook(HERE._replace(announced_accountability=value)) for value in (max(a, b), min(a, b)))
    assert sure.routine_care >= unsure.routine_care
    assert sure.filed_care >= unsure.filed_care
    assert sure.unfiled_care >= unsure.unfiled_care


@given(st.floats(0.0, 15.0), st.floats(0.0, 15.0))
def test_that_care_rises_with_the_severity_of_sanctions(a: float, b: float) -> None:
    hard, mild = (outlook(HERE._replace(perceived_loss=value)) for value in (max(a, b), min(a, b)))
    assert hard.routine_care >= mild.routine_care
    assert hard.unfiled_care >= mild.unfiled_care


@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0))
def test_that_care_falls_where_negligence_is_let_off(a: float, b: float) -> None:
    lax, strict = (outlook(HERE._replace(negligence_ratio_unfiled=value)) for value in (max(a, b), min(a, b)))
    assert lax.routine_care <= strict.routine_care
    assert lax.unfiled_care <= strict.unfiled_care
    assert lax.filed_care == strict.filed_care


@given(st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_that_cases_of_one_kind_move_the_belief_about_that_kind_alone(seen: float, denied: float) -> None:
    filed = OFFICIAL._replace(exemption_seen_filed=seen, exemption_denied_filed=denied)
    found, before = outlook(official=filed), outlook()
    assert found.perceived_exemption_filed == pytest.approx((15 * 0.4 + seen) / (15 + seen + denied))
    assert found.perceived_exemption_unfiled == before.perceived_exemption_unfiled
    unfiled = OFFICIAL._replace(exemption_seen_unfiled=seen, exemption_denied_unfiled=denied)
    found = outlook(official=unfiled)
    assert found.perceived_exemption_unfiled == pytest.approx((15 * 0.25 + seen) / (15 + seen + denied))
    assert found.perceived_exemption_filed == before.perceived_exemption_filed


def test_that_a_weaker_prior_is_moved_more_by_the_same_case() -> None:
    weak = PARAMETERS._replace(behaviour=Behaviour(prior_strength=5.0))
    one_case = OFFICIAL._replace(accountability_seen=1.0)
    assert outlook_of(one_case, HERE, weak, NOT_URGENT).perceived_accountability == pytest.approx((5 * 0.04 + 1) / 6)
    assert outlook(official=one_case).perceived_accountability == pytest.approx((15 * 0.04 + 1) / 16)

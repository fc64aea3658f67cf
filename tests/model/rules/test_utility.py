"""Utility: every term by hand, and who fears and hopes what (model.md, 4.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Accountability, Behaviour, Exemption, Parameters, Supervision, Work
from model.rules.utility import TERMS, Circumstances, Outlook, PerAction, terms_of, utilities_of
from model.state import OfficialState

# Loss aversion 2, integrity 0.8; the other traits act through the outlook.
OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.8, 40.0, *[0.0] * 8)
OUTLOOK = Outlook(
    drive=1.2,
    complexity=0.3,
    sound=0.6,
    may_file=1.0,
    own_inaction=0.25,
    perceived_accountability=0.5,
    perceived_exemption_filed=0.6,
    perceived_exemption_unfiled=0.4,
    feared_loss=1.5,
    feared_review=0.3,
    routine_stake=0.05,
    routine_care=0.5,
    filed_stake=0.2,
    filed_care=0.4,
    unfiled_stake=0.25,
    unfiled_care=0.5,
)
HERE = Circumstances(
    announced_accountability=0.03,
    announced_exemption_filed=0.35,
    announced_exemption_unfiled=0.25,
    negligence_ratio_filed=0.05,
    negligence_ratio_unfiled=0.1,
    perceived_loss=0.75,
    exempt_self_dealing=0.1,
    expected_misconduct_loss=4.0,
    complexity_now=0.3,
    complexity_in_haste=0.4,
    pursuit=0.03,
    nerve=0.9,
    share_inaction=0.5,
    share_routine=0.3,
    share_innovation=0.2,
    borne=1.0,
)
PARAMETERS = Parameters(
    accountability=Accountability(inaction_certainty=0.01, inaction_loss=4.0),
    exemption=Exemption(filing_cost=0.12, review_burden=0.15),
    supervision=Supervision(detection=0.3, red_tape=0.1),
    work=Work(
        routine_reward=0.25,
        routine_effort=0.2,
        routine_care_cost=0.1,
        innovation_effort=0.5,
        care_cost=0.5,
        self_dealing_gain=1.0,
    ),
    behaviour=Behaviour(conformity=0.3, habit=0.4),
)
SHARES = st.floats(0.0, 1.0)


def utilities_with(
    outlook: Outlook = OUTLOOK, here: Circumstances = HERE, official: OfficialState = OFFICIAL
) -> PerAction:
    return utilities_of(terms_of(official, outlook, here, PARAMETERS))


UTILITIES = utilities_with()


def test_that_doing_nothing_is_what_others_and_oneself_did_less_the_fear_of_being_called_to_account() -> None:
    assert UTILITIES.inaction == pytest.approx(-2.0 * 0.01 * 4.0 + 0.3 * 0.5 + 0.4 * 0.25)


def test_that_routine_is_a_small_reward_at_a_small_risk_that_care_makes_smaller() -> None:
    care = 0.5 * 0.05 - 0.1 * 0.5**2 / 2
    assert UTILITIES.routine == pytest.approx(0.25 * 1.2 - 0.2 - 0.05 + care + 0.3 * 0.3)


def innovating(exemption: float, stake: float, care: float) -> float:
    """Return I_k: success as likely as with full care, effort, red tape, honest risk, negligence, care, conformity."""
    honest = (1 - 0.6) * 0.5 * (1.5 * (1 - exemption) + 0.3)
    return 0.6 * 1.2 - 0.5 - 0.1 * 0.3 - honest - stake + care * stake - 0.5 * care**2 / 2 + 0.3 * 0.2


def test_that_innovation_bears_the_risk_of_an_unfiled_case() -> None:
    assert UTILITIES.innovation == pytest.approx(innovating(0.4, 0.25, 0.5))


def test_that_filing_in_advance_buys_belief_in_exemption_at_a_cost() -> None:
    assert UTILITIES.filed_innovation == pytest.approx(innovating(0.6, 0.2, 0.4) - 0.12)


def test_that_self_dealing_adds_a_gain_to_who_lacks_integrity_and_the_fear_of_being_found_out() -> None:
    gain, fear = 1.0 * (1 - 0.8), 0.3 * 2.0 * 4.0 * (1 - 0.1)
    assert UTILITIES.self_dealing == pytest.approx(innovating(0.4, 0.25, 0.5) + gain - fear)


def test_that_every_term_that_there_is_has_its_place_in_the_sum() -> None:
    terms = terms_of(OFFICIAL, OUTLOOK, HERE, PARAMETERS)
    assert list(TERMS) == list(terms._asdict())
    for place, total in enumerate(UTILITIES):
        assert total == pytest.approx(sum(term[place] for term in terms), abs=1e-14)


@pytest.mark.parametrize("name", ["reward", "private_gain", "conformity", "habit", "care"])
def test_that_gains_are_never_below_nothing(name: str) -> None:
    assert min(getattr(terms_of(OFFICIAL, OUTLOOK, HERE, PARAMETERS), name)) >= 0.0


@pytest.mark.parametrize(
    "name", ["effort", "red_tape", "filing", "review", "honest_failure", "negligence", "misconduct", "inaction"]
)
def test_that_costs_and_fears_are_never_above_nothing(name: str) -> None:
    assert max(getattr(terms_of(OFFICIAL, OUTLOOK, HERE, PARAMETERS), name)) <= 0.0


@given(SHARES, SHARES)
def test_that_fear_of_being_pursued_for_honest_failure_falls_on_innovating_only(a: float, b: float) -> None:
    calm, afraid = (
        utilities_with(OUTLOOK._replace(perceived_accountability=value)) for value in (min(a, b), max(a, b))
    )
    assert afraid[:2] == calm[:2]
    assert all(less <= more + 1e-12 for less, more in zip(afraid[2:], calm[2:], strict=True))


@given(SHARES, SHARES)
def test_that_each_belief_in_exemption_helps_its_own_way_of_innovating(a: float, b: float) -> None:
    doubtful, trusting = (
        utilities_with(OUTLOOK._replace(perceived_exemption_filed=value)) for value in (min(a, b), max(a, b))
    )
    assert trusting.filed_innovation >= doubtful.filed_innovation
    assert (trusting[:3], trusting.self_dealing) == (doubtful[:3], doubtful.self_dealing)
    doubtful, trusting = (
        utilities_with(OUTLOOK._replace(perceived_exemption_unfiled=value)) for value in (min(a, b), max(a, b))
    )
    assert trusting.innovation >= doubtful.innovation
    assert trusting.self_dealing >= doubtful.self_dealing
    assert trusting.filed_innovation == doubtful.filed_innovation


@given(SHARES)
def test_that_who_believes_in_certain_exemption_does_not_mind_how_heavy_sanctions_are(loss: float) -> None:
    sure = OUTLOOK._replace(perceived_exemption_filed=1.0, perceived_exemption_unfiled=1.0)
    heavy, none = utilities_with(sure._replace(feared_loss=10.0 * loss)), utilities_with(sure._replace(feared_loss=0.0))
    assert heavy == none


@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_that_loss_aversion_makes_private_gain_and_inaction_worse(a: float, b: float) -> None:
    bold, timid = (utilities_with(official=OFFICIAL._replace(loss_aversion=value)) for value in (min(a, b), max(a, b)))
    assert timid.inaction <= bold.inaction
    assert timid.self_dealing <= bold.self_dealing
    assert timid[1:4] == bold[1:4]  # there it acts through the outlook


@given(SHARES, SHARES)
def test_that_habit_makes_inaction_easier_and_nothing_else(a: float, b: float) -> None:
    new, old = (utilities_with(OUTLOOK._replace(own_inaction=value)) for value in (min(a, b), max(a, b)))
    assert old.inaction >= new.inaction
    assert old[1:] == new[1:]

"""Outcomes: one draw decides how an action turns out, others whether it becomes a case and how that ends (4.6, 4.7)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.draws import CaseLuck, MonthLuck
from model.parameters import Accountability, Parameters, Public, Supervision, Work
from model.rules.outcome import (
    NO_RUNG,
    Consequence,
    care_taken,
    consequence_of,
    exempt_probability,
    is_of_consequence,
    outcome_of,
    outcome_of_innovation,
    pursuit_probability,
    rung_for,
)
from model.rules.utility import Circumstances, Outlook
from model.state import PolicyTables
from model.vocabulary import Action, Cause, Outcome

WORK = Work(force_majeure=0.08, negligence=0.4, routine_failure=0.06)
# Complexity 0.3 and competence 0.5 with weight 0.4: sound is 0.92 * 0.7 * 0.8.
SOUND = 0.92 * 0.7 * 0.8
OUTLOOK = Outlook(
    drive=1.2,
    complexity=0.3,
    sound=SOUND,
    may_file=1.0,
    own_inaction=0.0,
    perceived_accountability=0.04,
    perceived_exemption_filed=0.4,
    perceived_exemption_unfiled=0.3,
    feared_loss=6.0,
    feared_review=0.3,
    routine_stake=0.02,
    routine_care=0.2,
    filed_stake=0.2,
    filed_care=0.9,
    unfiled_stake=0.2,
    unfiled_care=0.5,
)
TABLES = PolicyTables(
    complexity=0.35,
    exempt_force_majeure=0.6,
    exempt_complexity=0.4,
    exempt_ability=0.2,
    exempt_filed_force_majeure=0.8,
    exempt_filed_complexity=0.7,
    exempt_filed_ability=0.5,
    exempt_negligence=0.05,
    exempt_self_dealing=0.1,
    exempt_honest_unfiled=0.4,
    exempt_honest_filed=0.7,
    up_to_circular=0.4,
    up_to_admonition=0.7,
    up_to_discipline=0.95,
    expected_loss=3.05,
    up_to_first_form=0.2,
    up_to_second_form=0.5,
    up_to_third_form=0.6,
    expected_misconduct_loss=6.0,
    memory_kept=0.97,
)
PURSUIT, NERVE = 0.5, 0.5
HERE = Circumstances(*[0.0] * len(Circumstances._fields))._replace(pursuit=PURSUIT, nerve=1.0, borne=1.0)
NERVOUS = HERE._replace(nerve=NERVE)
PARAMETERS = Parameters(
    accountability=Accountability(inaction_certainty=0.03), supervision=Supervision(detection=0.3), work=WORK
)
ACTIONS = st.sampled_from(list(Action))
DRAW = st.floats(1e-9, 1 - 1e-9)
ANY_LUCK = st.builds(CaseLuck, DRAW, DRAW, DRAW, DRAW)
# Not found out; pursued; exempted at 0.3; the lowest rung. Single draws are replaced in the tests.
LUCK = CaseLuck(detection=0.9, pursuit=0.1, exemption=0.3, rung=0.1)
NEGLIGENT = SOUND * 0.4 * 0.5


# --- How it turns out ---


@pytest.mark.parametrize(
    ("luck", "outcome"),
    [
        (0.0799, Outcome.FORCE_MAJEURE),
        (0.0801, Outcome.COMPLEXITY),
        (0.08 + 0.92 * 0.3 - 1e-4, Outcome.COMPLEXITY),
        (0.08 + 0.92 * 0.3 + 1e-4, Outcome.ABILITY),
        (1.0 - SOUND - 1e-4, Outcome.ABILITY),
        (1.0 - SOUND + 1e-4, Outcome.NEGLIGENCE),
        (1.0 - SOUND + NEGLIGENT - 1e-4, Outcome.NEGLIGENCE),
        (1.0 - SOUND + NEGLIGENT + 1e-4, Outcome.SUCCESS),
    ],
)
def test_that_one_draw_decides_among_four_causes_of_failure_and_success(luck: float, outcome: Outcome) -> None:
    assert outcome_of_innovation(OUTLOOK, 0.5, WORK, luck) == outcome


@pytest.mark.parametrize("care", [0.0, 0.5, 1.0])
def test_that_each_outcome_of_innovating_has_its_probability(care: float) -> None:
    n = 100_000
    found = np.bincount([outcome_of_innovation(OUTLOOK, care, WORK, (k + 0.5) / n) for k in range(n)], minlength=7) / n
    negligent = SOUND * 0.4 * (1.0 - care)
    expected = [SOUND - negligent, 0.08, 0.92 * 0.3, 0.92 * 0.7 * 0.2, negligent]
    np.testing.assert_allclose(found[Outcome.SUCCESS :], expected, atol=2.0 / n)
    assert found[: Outcome.SUCCESS].sum() == 0.0


def test_that_everybody_takes_the_care_of_what_they_do() -> None:
    taken = [care_taken(int(action), OUTLOOK) for action in Action]
    assert taken == [0.0, 0.2, 0.5, 0.9, 0.5]


def month_luck(innovation: float = 0.9, duty: float = 0.9) -> MonthLuck:
    return MonthLuck(choice=0.5, innovation=innovation, duty=duty, urgency=0.5)


def outcome(action: Action, luck: MonthLuck) -> int:
    return outcome_of(int(action), OUTLOOK, PARAMETERS, luck)


def test_that_inaction_is_called_to_account_with_its_certainty() -> None:
    assert outcome(Action.INACTION, month_luck(duty=0.0299)) == Outcome.CALLED_TO_ACCOUNT
    assert outcome(Action.INACTION, month_luck(duty=0.0301)) == Outcome.NOTHING


def test_that_routine_fails_by_negligence_as_far_as_no_care_is_taken() -> None:
    assert outcome(Action.ROUTINE, month_luck(duty=0.06 * 0.8 - 1e-4)) == Outcome.NEGLIGENCE
    assert outcome(Action.ROUTINE, month_luck(duty=0.06 * 0.8 + 1e-4)) == Outcome.NOTHING


def test_that_every_action_has_its_own_draw() -> None:
    for action in (Action.INNOVATION, Action.FILED_INNOVATION, Action.SELF_DEALING):
        assert outcome(action, month_luck(innovation=0.01, duty=0.9)) == Outcome.FORCE_MAJEURE
        assert outcome(action, month_luck(innovation=0.99, duty=0.01)) == Outcome.SUCCESS
    for action in (Action.INACTION, Action.ROUTINE):
        assert outcome(action, month_luck(innovation=0.01, duty=0.9)) == Outcome.NOTHING


def test_that_more_care_of_a_filed_innovation_makes_it_less_negligent() -> None:
    at = 1.0 - SOUND + SOUND * 0.4 * 0.3
    assert outcome(Action.INNOVATION, month_luck(innovation=at)) == Outcome.NEGLIGENCE
    assert outcome(Action.FILED_INNOVATION, month_luck(innovation=at)) == Outcome.SUCCESS


# --- Whether anybody asks ---


def test_that_a_tolerant_public_asks_less_often_who_is_to_blame() -> None:
    accountability, public = Accountability(certainty=0.04), Public(tolerance_weight=0.6)
    assert pursuit_probability(accountability, public, 0.25) == pytest.approx(0.04 * (1 - 0.6 * 0.25))
    assert pursuit_probability(accountability, public, 0.0) == 0.04
    assert pursuit_probability(accountability, Public(tolerance_weight=1.0), 1.0) == 0.0


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("how", list(Outcome))
def test_that_only_self_dealing_failure_and_a_call_to_account_can_have_consequences(
    action: Action, how: Outcome
) -> None:
    is_quiet = how in (Outcome.NOTHING, Outcome.SUCCESS)
    assert is_of_consequence(int(action), int(how)) == (action == Action.SELF_DEALING or not is_quiet)


def consequence(action: Action, how: Outcome, luck: CaseLuck = LUCK, here: Circumstances = HERE) -> Consequence:
    return consequence_of(int(action), int(how), here, TABLES, PARAMETERS, luck)


@pytest.mark.parametrize("how", [Outcome.FORCE_MAJEURE, Outcome.COMPLEXITY, Outcome.ABILITY, Outcome.NEGLIGENCE])
def test_that_a_failure_is_a_case_if_pursued_and_else_unpursued(how: Outcome) -> None:
    pursued = consequence(Action.INNOVATION, how, LUCK._replace(pursuit=PURSUIT - 1e-4))
    spared = consequence(Action.INNOVATION, how, LUCK._replace(pursuit=PURSUIT + 1e-4))
    assert (pursued.is_failure_case, pursued.is_unpursued, pursued.is_misconduct) == (1, 0, 0)
    assert pursued.is_honest == (how != Outcome.NEGLIGENCE)
    assert (spared.is_failure_case, spared.is_unpursued, spared.rung, spared.freeze_months) == (0, 1, NO_RUNG, 0.0)
    assert spared.is_honest == spared.is_exempt == 0


def test_that_routine_done_negligently_is_a_case_like_any_other_negligence() -> None:
    found = consequence(Action.ROUTINE, Outcome.NEGLIGENCE, LUCK._replace(exemption=0.06, rung=0.8))
    assert (found.is_failure_case, found.is_honest, found.is_exempt, found.cause) == (1, 0, 0, Cause.NEGLIGENCE)
    assert (found.rung, found.freeze_months) == (2, 18.0)


# --- How a case ends ---


def test_that_a_case_is_exempt_or_sanctioned_by_its_cause_and_filing() -> None:
    exempt = consequence(Action.INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.3999))
    assert (exempt.is_failure_case, exempt.is_exempt, exempt.is_unpursued, exempt.rung) == (1, 1, 0, NO_RUNG)
    denied = consequence(Action.INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.4001))
    assert (denied.is_failure_case, denied.is_exempt, denied.rung, denied.cause) == (1, 0, 0, Cause.COMPLEXITY)
    assert consequence(Action.FILED_INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.4001)).is_exempt == 1


@pytest.mark.parametrize(
    ("action", "how", "probability"),
    [
        (Action.INNOVATION, Outcome.COMPLEXITY, 0.4),
        (Action.FILED_INNOVATION, Outcome.ABILITY, 0.5),
        (Action.ROUTINE, Outcome.NEGLIGENCE, 0.05),
    ],
)
def test_that_reviewers_who_lose_their_nerve_exempt_so_much_less(
    action: Action, how: Outcome, probability: float
) -> None:
    at, above = (LUCK._replace(exemption=NERVE * probability + step) for step in (-1e-4, 1e-4))
    assert consequence(action, how, at, NERVOUS).is_exempt == 1
    assert consequence(action, how, above, NERVOUS).is_exempt == 0
    assert consequence(action, how, above, HERE).is_exempt == 1


def test_that_nerve_counts_for_private_gain_too() -> None:
    found_out = LUCK._replace(detection=0.1, exemption=NERVE * 0.1 + 1e-4)
    assert consequence(Action.SELF_DEALING, Outcome.SUCCESS, found_out, NERVOUS).is_exempt == 0
    assert consequence(Action.SELF_DEALING, Outcome.SUCCESS, found_out, HERE).is_exempt == 1


@pytest.mark.parametrize(
    ("cause", "unfiled", "filed"),
    [
        (Cause.FORCE_MAJEURE, 0.6, 0.8),
        (Cause.COMPLEXITY, 0.4, 0.7),
        (Cause.ABILITY, 0.2, 0.5),
        (Cause.NEGLIGENCE, 0.05, 0.05),
    ],
)
def test_that_filing_helps_the_honest_only(cause: Cause, unfiled: float, filed: float) -> None:
    assert exempt_probability(int(cause), int(Action.INNOVATION), TABLES) == unfiled
    assert exempt_probability(int(cause), int(Action.SELF_DEALING), TABLES) == unfiled
    assert exempt_probability(int(cause), int(Action.FILED_INNOVATION), TABLES) == filed
    assert exempt_probability(int(Cause.SELF_DEALING), int(Action.SELF_DEALING), TABLES) == 0.1


@pytest.mark.parametrize("how", list(Outcome)[Outcome.SUCCESS :])
def test_that_self_dealing_found_out_is_one_case_of_misconduct_whatever_the_outcome(how: Outcome) -> None:
    found = consequence(Action.SELF_DEALING, how, CaseLuck(0.2999, pursuit=0.1, exemption=0.1001, rung=0.45))
    assert (found.is_misconduct, found.is_failure_case, found.is_honest, found.is_unpursued) == (1, 0, 0, 0)
    assert (found.cause, found.is_exempt, found.rung, found.freeze_months) == (Cause.SELF_DEALING, 0, 1, 6.0)
    lucky = consequence(Action.SELF_DEALING, how, CaseLuck(0.2999, pursuit=0.99, exemption=0.0999, rung=0.45))
    assert (lucky.is_misconduct, lucky.is_exempt, lucky.rung) == (1, 1, NO_RUNG)


def test_that_self_dealing_not_found_out_passes_for_an_ordinary_failure() -> None:
    found = consequence(Action.SELF_DEALING, Outcome.COMPLEXITY, LUCK._replace(detection=0.3001, exemption=0.39))
    assert (found.is_failure_case, found.is_honest, found.is_exempt, found.cause) == (1, 1, 1, Cause.COMPLEXITY)
    spared = consequence(Action.SELF_DEALING, Outcome.SUCCESS, LUCK._replace(detection=0.3001))
    assert (spared.is_failure_case, spared.is_unpursued, spared.rung) == (0, 0, NO_RUNG)


@pytest.mark.parametrize(
    ("luck", "rung", "freeze"),
    [(0.399, 0, 0.0), (0.401, 1, 6.0), (0.699, 1, 6.0), (0.701, 2, 18.0), (0.949, 2, 18.0), (0.951, 3, 0.0)],
)
def test_that_a_sanction_for_failure_falls_on_the_accountability_ladder_and_bars_promotion(
    luck: float, rung: int, freeze: float
) -> None:
    found = consequence(Action.INNOVATION, Outcome.ABILITY, LUCK._replace(exemption=0.99, rung=luck))
    assert (found.rung, found.freeze_months) == (rung, freeze)


@pytest.mark.parametrize(("luck", "rung"), [(0.199, 0), (0.201, 1), (0.501, 2), (0.599, 2), (0.601, 3)])
def test_that_a_sanction_for_private_gain_falls_on_the_four_forms(luck: float, rung: int) -> None:
    assert rung_for(True, TABLES, luck) == rung
    found = consequence(Action.SELF_DEALING, Outcome.SUCCESS, LUCK._replace(detection=0.1, exemption=0.99, rung=luck))
    assert found.rung == rung


def test_that_inaction_called_to_account_bars_promotion_for_half_a_year_without_a_rung() -> None:
    found = consequence(Action.INACTION, Outcome.CALLED_TO_ACCOUNT)
    assert (found.is_failure_case, found.is_misconduct, found.rung, found.freeze_months) == (0, 0, NO_RUNG, 6.0)


def possible_outcomes(action: Action) -> list[Outcome]:
    if action == Action.INACTION:
        return [Outcome.CALLED_TO_ACCOUNT]
    return [Outcome.NEGLIGENCE] if action == Action.ROUTINE else list(Outcome)[Outcome.SUCCESS :]


@given(ACTIONS.flatmap(lambda action: st.tuples(st.just(action), st.sampled_from(possible_outcomes(action)))), ANY_LUCK)
def test_that_every_failure_is_one_case_or_unpursued_and_every_case_ends_one_way(
    what: tuple[Action, Outcome], luck: CaseLuck
) -> None:
    action, how = what
    found = consequence(action, how, luck, NERVOUS)
    is_failure = how >= Outcome.FORCE_MAJEURE
    is_case = found.is_failure_case + found.is_misconduct
    assert is_case + found.is_unpursued == (is_failure or found.is_misconduct)
    assert found.is_honest <= found.is_failure_case
    assert found.is_exempt <= is_case
    assert (found.rung != NO_RUNG) == (is_case == 1 and not found.is_exempt)

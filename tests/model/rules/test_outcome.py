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
    consequence_of,
    exempt_probability,
    is_of_consequence,
    outcome_of,
    outcome_of_innovation,
    pursuit_probability,
    rung_of,
)
from model.state import PolicyTables
from model.vocabulary import Action, Cause, Outcome

WORK = Work(force_majeure=0.08)
TABLES = PolicyTables(
    complexity=0.35,
    exempt_force_majeure=0.6,
    exempt_complexity=0.4,
    exempt_ability=0.2,
    exempt_filed_force_majeure=0.8,
    exempt_filed_complexity=0.7,
    exempt_filed_ability=0.5,
    exempt_self_dealing=0.1,
    up_to_reminder=0.638,
    up_to_light=0.924,
    up_to_heavy=0.961,
    expected_loss=0.5044,
    memory_kept=0.97,
)
PARAMETERS = Parameters(
    accountability=Accountability(inaction_certainty=0.03), supervision=Supervision(detection=0.3), work=WORK
)
PURSUIT = 0.5
ACTIONS = st.sampled_from(list(Action))
DRAW = st.floats(1e-9, 1 - 1e-9)
ANY_LUCK = st.builds(CaseLuck, DRAW, DRAW, DRAW, DRAW)
# Not detected; pursued; exempted at 0.3; a reminder. Single draws are replaced in the tests.
LUCK = CaseLuck(detection=0.9, pursuit=0.1, exemption=0.3, rung=0.1)


@pytest.mark.parametrize(
    ("luck", "outcome"),
    [
        (0.0799, Outcome.FORCE_MAJEURE),
        (0.0801, Outcome.COMPLEXITY),
        (0.08 + 0.92 * 0.3 - 1e-4, Outcome.COMPLEXITY),
        (0.08 + 0.92 * 0.3 + 1e-4, Outcome.ABILITY),
        (0.4499, Outcome.ABILITY),
        (0.4501, Outcome.SUCCESS),
    ],
)
def test_that_one_draw_decides_among_three_causes_of_failure_and_success(luck: float, outcome: Outcome) -> None:
    assert outcome_of_innovation(0.3, 0.55, WORK, luck) == outcome


def test_that_each_outcome_of_innovating_has_the_probability_of_the_specification() -> None:
    n, success = 100_000, 0.92 * 0.7 * 0.8
    found = np.bincount([outcome_of_innovation(0.3, success, WORK, (k + 0.5) / n) for k in range(n)], minlength=7) / n
    expected = [success, 0.08, 0.92 * 0.3, 0.92 * 0.7 * 0.2]
    np.testing.assert_allclose(found[[3, 4, 5, 6]], expected, atol=2.0 / n)


def month_luck(innovation: float = 0.9, inaction: float = 0.9, routine: float = 0.9) -> MonthLuck:
    return MonthLuck(0.5, innovation, inaction, routine)


def test_that_inaction_is_called_to_account_with_its_certainty() -> None:
    called = outcome_of(Action.INACTION, 0.3, 0.5, PARAMETERS, month_luck(inaction=0.0299))
    spared = outcome_of(Action.INACTION, 0.3, 0.5, PARAMETERS, month_luck(inaction=0.0301))
    assert (called, spared) == (Outcome.CALLED_TO_ACCOUNT, Outcome.NOTHING)


def test_that_routine_is_sanctioned_with_the_probability_that_it_fails_and_that_is_pursued() -> None:
    sanctioned = outcome_of(Action.ROUTINE, 0.3, 0.5, PARAMETERS, month_luck(routine=0.0199))
    quiet = outcome_of(Action.ROUTINE, 0.3, 0.5, PARAMETERS, month_luck(routine=0.0201))
    assert (sanctioned, quiet) == (Outcome.ROUTINE_SANCTION, Outcome.NOTHING)


@pytest.mark.parametrize("action", [Action.INNOVATION, Action.FILED_INNOVATION, Action.SELF_DEALING])
def test_that_all_ways_of_innovating_succeed_and_fail_alike(action: Action) -> None:
    assert outcome_of(action, 0.3, 0.55, PARAMETERS, month_luck(innovation=0.01)) == Outcome.FORCE_MAJEURE
    assert outcome_of(action, 0.3, 0.55, PARAMETERS, month_luck(innovation=0.99)) == Outcome.SUCCESS


def test_that_a_tolerant_public_lets_fewer_failures_become_cases() -> None:
    assert pursuit_probability(Accountability(certainty=0.6), Public(), 0.3) == pytest.approx(0.6 * (1 - 0.6 * 0.3))
    assert pursuit_probability(Accountability(certainty=0.6), Public(tolerance_weight=0.0), 0.3) == 0.6


def test_that_who_succeeded_or_had_a_quiet_month_hears_nothing_unless_it_dealt_for_itself() -> None:
    assert is_of_consequence(Action.INNOVATION, Outcome.SUCCESS) == 0
    assert is_of_consequence(Action.ROUTINE, Outcome.NOTHING) == 0
    assert is_of_consequence(Action.INACTION, Outcome.NOTHING) == 0
    assert is_of_consequence(Action.SELF_DEALING, Outcome.SUCCESS) == 1
    assert is_of_consequence(Action.INACTION, Outcome.CALLED_TO_ACCOUNT) == 1
    assert is_of_consequence(Action.ROUTINE, Outcome.ROUTINE_SANCTION) == 1
    assert is_of_consequence(Action.FILED_INNOVATION, Outcome.ABILITY) == 1


def consequence(action: Action, outcome: Outcome, luck: CaseLuck) -> Consequence:
    return consequence_of(action, outcome, PURSUIT, TABLES, PARAMETERS, luck)


def test_that_a_failure_nobody_pursues_is_an_unpursued_failure_and_no_more() -> None:
    found = consequence(Action.INNOVATION, Outcome.COMPLEXITY, LUCK._replace(pursuit=0.5001))
    assert (found.is_case, found.is_exempt, found.is_unpursued, found.rung) == (0, 0, 1, NO_RUNG)
    assert found.freeze_months == 0.0


def test_that_a_pursued_failure_ends_exempt_or_sanctioned_by_its_cause_and_filing() -> None:
    exempt = consequence(Action.INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.3999))
    assert (exempt.is_case, exempt.is_exempt, exempt.is_unpursued, exempt.rung) == (1, 1, 0, NO_RUNG)
    denied = consequence(Action.INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.4001))
    assert (denied.is_case, denied.is_exempt, denied.rung, denied.cause) == (1, 0, 0, Cause.COMPLEXITY)
    filed = consequence(Action.FILED_INNOVATION, Outcome.COMPLEXITY, LUCK._replace(exemption=0.4001))
    assert filed.is_exempt == 1


@pytest.mark.parametrize(
    ("cause", "unfiled", "filed"),
    [(Cause.FORCE_MAJEURE, 0.6, 0.8), (Cause.COMPLEXITY, 0.4, 0.7), (Cause.ABILITY, 0.2, 0.5)],
)
def test_that_the_chance_of_exemption_is_that_of_the_cause_filed_or_not(
    cause: Cause, unfiled: float, filed: float
) -> None:
    assert exempt_probability(cause, Action.INNOVATION, TABLES) == unfiled
    assert exempt_probability(cause, Action.SELF_DEALING, TABLES) == unfiled
    assert exempt_probability(cause, Action.FILED_INNOVATION, TABLES) == filed
    assert exempt_probability(Cause.SELF_DEALING, Action.SELF_DEALING, TABLES) == 0.1


@pytest.mark.parametrize("outcome", [Outcome.SUCCESS, Outcome.FORCE_MAJEURE, Outcome.COMPLEXITY, Outcome.ABILITY])
def test_that_self_dealing_found_out_is_a_case_whatever_the_outcome(outcome: Outcome) -> None:
    found = consequence(Action.SELF_DEALING, outcome, CaseLuck(0.2999, pursuit=0.99, exemption=0.1001, rung=0.7))
    assert (found.is_case, found.is_exempt, found.is_unpursued) == (1, 0, 0)
    assert (found.cause, found.rung, found.freeze_months) == (Cause.SELF_DEALING, 1, 12.0)
    lucky = consequence(Action.SELF_DEALING, outcome, CaseLuck(0.2999, pursuit=0.99, exemption=0.0999, rung=0.7))
    assert (lucky.is_case, lucky.is_exempt, lucky.rung) == (1, 1, NO_RUNG)


def test_that_self_dealing_not_found_out_passes_for_an_honest_failure() -> None:
    found = consequence(Action.SELF_DEALING, Outcome.COMPLEXITY, LUCK._replace(detection=0.3001, exemption=0.39))
    assert (found.is_case, found.is_exempt, found.cause) == (1, 1, Cause.COMPLEXITY)
    spared = consequence(Action.SELF_DEALING, Outcome.SUCCESS, LUCK._replace(detection=0.3001))
    assert (spared.is_case, spared.is_unpursued, spared.rung) == (0, 0, NO_RUNG)


@pytest.mark.parametrize(
    ("luck", "rung", "freeze"),
    [(0.637, 0, 0.0), (0.639, 1, 12.0), (0.923, 1, 12.0), (0.925, 2, 24.0), (0.960, 2, 24.0), (0.962, 3, 0.0)],
)
def test_that_the_rung_drawn_sets_the_bar_on_promotion(luck: float, rung: int, freeze: float) -> None:
    assert rung_of(TABLES, luck) == rung
    found = consequence(Action.INNOVATION, Outcome.ABILITY, LUCK._replace(exemption=0.99, rung=luck))
    assert (found.rung, found.freeze_months) == (rung, freeze)


def test_that_routine_gone_wrong_is_a_sanction_but_no_case() -> None:
    found = consequence(Action.ROUTINE, Outcome.ROUTINE_SANCTION, LUCK._replace(rung=0.93))
    assert (found.is_case, found.is_exempt, found.is_unpursued, found.rung) == (0, 0, 0, 2)


def test_that_inaction_called_to_account_bars_promotion_for_half_a_year_without_a_rung() -> None:
    found = consequence(Action.INACTION, Outcome.CALLED_TO_ACCOUNT, LUCK)
    assert (found.is_case, found.rung, found.freeze_months) == (0, NO_RUNG, 6.0)


def possible_outcomes(action: Action) -> list[Outcome]:
    if action == Action.INACTION:
        return [Outcome.CALLED_TO_ACCOUNT]
    return [Outcome.ROUTINE_SANCTION] if action == Action.ROUTINE else list(Outcome)[3:]


@given(ACTIONS.flatmap(lambda action: st.tuples(st.just(action), st.sampled_from(possible_outcomes(action)))), ANY_LUCK)
def test_that_every_failure_is_a_case_or_unpursued_and_every_case_ends_one_way(
    what: tuple[Action, Outcome], luck: CaseLuck
) -> None:
    action, outcome = what
    found = consequence(action, outcome, luck)
    is_failure = outcome >= Outcome.FORCE_MAJEURE
    assert found.is_case + found.is_unpursued == is_failure or (action == Action.SELF_DEALING and found.is_case)
    assert found.is_exempt <= found.is_case
    is_sanctioned = bool(found.is_case and not found.is_exempt) or outcome == Outcome.ROUTINE_SANCTION
    assert (found.rung != NO_RUNG) == is_sanctioned

"""The decision rules one by one: values by hand, what is known of them in closed form, neutral values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.month import circumstances_of, jurisdiction_at_start, policy_tables_of
from model.parameters import DECISION_RULES, Parameters, replaced, row_of
from model.reasons import Reasons, reasons_of
from model.rules.choice import probabilities_of
from model.rules.decision import RULE_OF_TAG, RULES, Mind, rule_of
from model.rules.decision.decision_rule import NoMemory
from model.rules.decision.probability_neglect import vividness
from model.rules.decision.prospect import weight_of_gain, weight_of_loss, weighted
from model.rules.decision.reinforcement import (
    ReinforcementMemory,
    attractions_at_first,
    loss_of_rung,
    payoff_of,
    what_the_case_cost,
    what_was_learned,
)
from model.rules.decision.satisficing import SatisficingMemory, action_and_chance, chance_of_staying
from model.rules.decision.threshold import ThresholdMemory, share_and_threshold
from model.rules.utility import TERMS, Circumstances
from model.state import Country, National, OfficialState
from model.vocabulary import Action, Outcome

OFFICIAL = OfficialState(0.6, 1.8, 0.5, 0.9, 0.7, 40.0, 0.0, 2.0, 9.0, 1.0, 3.0, 2.0, 5.0, 0b1011)
NO_NEWS = National(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
IDENTITY = {
    f"decision.{name}": 1.0
    for name in (
        "gain_curvature",
        "loss_curvature",
        "gain_elevation",
        "gain_sensitivity",
        "loss_elevation",
        "loss_sensitivity",
    )
}
NOT_URGENT = 1.0
counts = st.floats(0.0, 50.0)
officials = st.builds(
    OfficialState,
    competence=st.floats(0.01, 0.99),
    loss_aversion=st.floats(0.1, 8.0),
    public_service_motivation=st.floats(0.0, 3.0),
    ambition=st.floats(0.0, 3.0),
    integrity=st.floats(0.01, 0.99),
    age=st.floats(28.0, 60.0),
    freeze_months=st.sampled_from((0.0, 5.0)),
    accountability_seen=counts,
    accountability_spared=counts,
    exemption_seen_filed=counts,
    exemption_denied_filed=counts,
    exemption_seen_unfiled=counts,
    exemption_denied_unfiled=counts,
    inaction_history=st.integers(0, 2**24 - 1).map(float),
)


def parameters_under(rule: str, settings: dict[str, float] | None = None) -> Parameters:
    return replaced(Parameters(), {"decision.rule": float(DECISION_RULES.index(rule)), **(settings or {})})


def circumstances(parameters: Parameters) -> Circumstances:
    tables = policy_tables_of(parameters, parameters.work.complexity, Country(parameters.work.complexity, 0.4))
    return circumstances_of(jurisdiction_at_start(parameters), NO_NEWS, tables, parameters)


def reasons_under(
    parameters: Parameters, official: OfficialState = OFFICIAL, memory: object = None, urgency: float = NOT_URGENT
) -> Reasons:
    """Return the reasons of a choice under the rule that the parameters name."""
    mind = Mind(rule_of(parameters), NoMemory() if memory is None else memory)
    return reasons_of(official, circumstances(parameters), np.array(row_of(parameters)), urgency, mind)


BY_DEFAULT = reasons_under(Parameters())


def test_that_the_table_is_exhaustive_and_every_rule_has_a_tag_of_its_own() -> None:
    assert tuple(RULES) == DECISION_RULES
    assert len(RULE_OF_TAG) == len(RULES)
    for number, word in enumerate(DECISION_RULES):
        parameters = parameters_under(word)
        numbers = parameters.decision if number else 0
        assert rule_of(parameters) == RULES[word].tag(numbers)


# --- Prospect theory ---


def test_that_the_weights_of_probabilities_are_the_known_ones() -> None:
    decision = Parameters().decision
    assert weight_of_gain(0.1, decision) == pytest.approx(0.1821, abs=5e-5)
    assert weight_of_gain(0.5, decision) == pytest.approx(0.4233, abs=5e-5)
    assert weight_of_loss(0.1, decision) == pytest.approx(0.1694, abs=5e-5)


@given(st.floats(0.0, 1.0), st.floats(0.05, 5.0), st.floats(0.05, 5.0))
def test_that_a_weight_is_a_share_certain_at_the_ends_and_the_probability_itself_at_one(
    probability: float, elevation: float, sensitivity: float
) -> None:
    assert 0.0 <= weighted(probability, elevation, sensitivity) <= 1.0
    assert weighted(0.0, elevation, sensitivity) == 0.0
    assert weighted(1.0, elevation, sensitivity) == 1.0
    assert weighted(probability, 1.0, 1.0) == probability


@given(officials, st.sampled_from((0.0, NOT_URGENT)), st.floats(0.0, 1.0))
def test_that_prospect_theory_without_curves_is_expected_utility(
    official: OfficialState, urgency: float, certainty: float
) -> None:
    often = {"accountability.certainty": certainty}
    flat = reasons_under(parameters_under("prospect", {**IDENTITY, **often}), official, urgency=urgency)
    plain = reasons_under(parameters_under("expected_utility", often), official, urgency=urgency)
    np.testing.assert_allclose(flat.utilities, plain.utilities, rtol=0.0, atol=1e-12)


def test_that_a_felt_gain_and_loss_are_those_worked_out_by_hand() -> None:
    parameters = parameters_under("prospect")
    reasons, outlook = reasons_under(parameters), BY_DEFAULT.outlook
    success = outlook.sound * (1.0 - parameters.work.negligence * (1.0 - outlook.unfiled_care))
    weight = 0.734 / (0.734 + ((1.0 - success) / success) ** 0.543)
    assert reasons.terms.reward.innovation == pytest.approx(weight * outlook.drive**0.88, rel=1e-12)
    risk = (1.0 - outlook.sound) * outlook.perceived_accountability * (1.0 - outlook.perceived_exemption_filed)
    weight = 0.834 / (0.834 + ((1.0 - risk) / risk) ** 0.641)
    loss = OFFICIAL.loss_aversion * circumstances(parameters).perceived_loss ** 0.88
    assert reasons.terms.honest_failure.filed_innovation == pytest.approx(-weight * loss, rel=1e-12)


# --- Fear ---


def test_that_ten_denials_and_no_exemption_are_half_as_vivid_as_can_be() -> None:
    assert vividness(10.0, 0.0, 10.0) == 0.5
    assert vividness(0.0, 7.0, 10.0) == 0.0


def test_that_fear_does_not_ask_how_likely_a_sanction_is() -> None:
    rare, often = (
        reasons_under(parameters_under("fear", {"accountability.certainty": certainty})) for certainty in (0.01, 0.2)
    )
    assert rare.terms.honest_failure == often.terms.honest_failure
    lost = OFFICIAL.loss_aversion * circumstances(Parameters()).perceived_loss
    assert rare.terms.honest_failure.innovation == pytest.approx(-5.0 / (5.0 + 2.0 + 10.0) * lost)
    assert rare.terms.honest_failure.filed_innovation == pytest.approx(-3.0 / (3.0 + 1.0 + 10.0) * lost)
    assert [term for term in TERMS if getattr(rare.terms, term) != getattr(BY_DEFAULT.terms, term)] == [
        "review",  # of certainty 0.01
        "honest_failure",
        "negligence",
        "care",
    ]


# --- Threshold ---


@pytest.mark.parametrize(("threshold", "is_reached"), [(0.3, True), (1.0 / 3.0, True), (0.34, False)])
def test_that_below_the_threshold_nobody_innovates(threshold: float, is_reached: bool) -> None:
    reasons = reasons_under(parameters_under("threshold"), memory=ThresholdMemory(threshold))
    assert reasons.utilities == BY_DEFAULT.utilities
    if is_reached:
        assert reasons.probabilities == BY_DEFAULT.probabilities
    else:
        assert sum(reasons.probabilities[Action.INNOVATION :]) == 0.0
        assert sum(reasons.probabilities) == pytest.approx(1.0)


def test_that_half_the_weight_leaves_half_the_odds() -> None:
    parameters = parameters_under("threshold", {"decision.weight": 0.5})
    reasons = reasons_under(parameters, memory=ThresholdMemory(1.0))
    odds, before = (found.innovation / found.inaction for found in (reasons.probabilities, BY_DEFAULT.probabilities))
    assert odds == pytest.approx(0.5 * before)


def test_that_a_threshold_tells_the_share_of_others_and_itself() -> None:
    parameters = parameters_under("threshold")
    here = circumstances(parameters)
    told = share_and_threshold(rule_of(parameters), ThresholdMemory(0.4), BY_DEFAULT.utilities, 1.0, here, parameters)
    assert told == (here.share_innovation, 0.4)


# --- Satisficing ---


@pytest.mark.parametrize("last", Action)
def test_that_what_is_good_enough_is_kept(last: Action) -> None:
    parameters = parameters_under("satisficing", {"decision.weight": 0.8, "decision.aspiration": -0.2})
    reasons = reasons_under(parameters, memory=SatisficingMemory(float(last)))
    stays = 0.8 / (1.0 + math.exp(-(BY_DEFAULT.utilities[last] + 0.2) / parameters.behaviour.temperature))
    expected = [(1.0 - stays) * probability for probability in BY_DEFAULT.probabilities]
    expected[last] += stays
    np.testing.assert_allclose(reasons.probabilities, expected, rtol=1e-12)


def test_that_nobody_keeps_what_was_not_done_or_is_closed() -> None:
    parameters = parameters_under("satisficing")
    assert reasons_under(parameters, memory=SatisficingMemory(-1.0)).probabilities == BY_DEFAULT.probabilities
    urgent = reasons_under(parameters, memory=SatisficingMemory(float(Action.FILED_INNOVATION)), urgency=0.0)
    assert urgent.probabilities.filed_innovation == 0.0
    tag, filed = rule_of(parameters), SatisficingMemory(3.0)
    assert chance_of_staying(tag, filed, urgent.utilities, 0.0, parameters) == 0.0
    assert action_and_chance(tag, filed, urgent.utilities, 0.0, circumstances(parameters), parameters) == (3.0, 0.0)


# --- Reinforcement ---


def test_that_an_attraction_approaches_a_constant_payoff_as_it_should() -> None:
    parameters = parameters_under("reinforcement", {"decision.learning_rate": 0.2})
    memory, tag = ReinforcementMemory(2.0, 0.1, 0.5, 0.3, -1.0, -0.5), rule_of(parameters)
    for _ in range(25):
        memory = what_was_learned(tag, memory, int(Action.INNOVATION), parameters)
    assert memory.innovation + 0.5 == pytest.approx(0.8**25 * (0.5 + 0.5))
    assert memory[:2] == (2.0, 0.1)
    assert memory[3:] == (0.3, -1.0, -0.5)


def test_that_the_first_attraction_is_what_an_action_seems_worth_but_for_conformity() -> None:
    parameters = parameters_under("reinforcement")
    unknown = ReinforcementMemory(*([math.nan] * 5), 0.0)
    memory = attractions_at_first(rule_of(parameters), unknown, BY_DEFAULT.terms)
    social = BY_DEFAULT.terms.conformity
    for action in range(5):
        assert memory[action] == BY_DEFAULT.utilities[action] - social[action]
    reasons = reasons_under(parameters, memory=memory)
    np.testing.assert_allclose(reasons.utilities, BY_DEFAULT.utilities, atol=1e-12)
    assert reasons.terms.experience == memory[:5]
    assert reasons.terms.conformity == social
    known = attractions_at_first(rule_of(parameters), memory._replace(inaction=7.0), BY_DEFAULT.terms)
    assert known.inaction == 7.0


def test_that_what_a_month_brings_is_on_average_what_it_seems_worth_to_one_who_believes_the_truth() -> None:
    """Weighing what each end brings with its probability gives the utility, but for conformity and habit."""
    parameters, outlook, terms = parameters_under("reinforcement"), BY_DEFAULT.outlook, BY_DEFAULT.terms
    here, work = circumstances(parameters), parameters.work
    beliefs = outlook.perceived_accountability, outlook.perceived_exemption_unfiled

    def brought(action: Action, outcome: Outcome) -> float:
        return payoff_of(int(action), int(outcome), OFFICIAL, outlook, parameters)

    def case(forgiven: float) -> float:
        """Return what a failure costs on average, pursued and sanctioned as believed."""
        lost = here.perceived_loss * (1.0 - forgiven)
        return beliefs[0] * OFFICIAL.loss_aversion * (parameters.exemption.review_burden + lost)

    negligent = min(1.0, beliefs[1] * here.negligence_ratio_unfiled)
    fails = outlook.sound * work.negligence * (1.0 - outlook.unfiled_care)
    expected = (outlook.sound - fails) * brought(Action.INNOVATION, Outcome.SUCCESS)
    expected += fails * (brought(Action.INNOVATION, Outcome.NEGLIGENCE) - case(negligent))
    expected += (1.0 - outlook.sound) * (brought(Action.INNOVATION, Outcome.COMPLEXITY) - case(beliefs[1]))
    assert expected == pytest.approx(BY_DEFAULT.utilities.innovation - terms.conformity.innovation)

    fails = work.routine_failure * (1.0 - outlook.routine_care)
    expected = (1.0 - fails) * brought(Action.ROUTINE, Outcome.NOTHING)
    expected += fails * (brought(Action.ROUTINE, Outcome.NEGLIGENCE) - case(negligent))
    assert expected == pytest.approx(BY_DEFAULT.utilities.routine - terms.conformity.routine)

    called = parameters.accountability.inaction_certainty
    expected = called * brought(Action.INACTION, Outcome.CALLED_TO_ACCOUNT)
    assert expected == pytest.approx(BY_DEFAULT.utilities.inaction - terms.conformity.inaction - terms.habit.inaction)


def test_that_a_case_costs_its_review_and_the_loss_of_its_rung() -> None:
    parameters = parameters_under("reinforcement")
    memory = ReinforcementMemory(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    after = what_the_case_cost(rule_of(parameters), memory, OFFICIAL, 1, 2, parameters)
    assert after.payoff == pytest.approx(1.0 - OFFICIAL.loss_aversion * (0.15 + 6.0))
    assert what_the_case_cost(rule_of(parameters), memory, OFFICIAL, 0, -1, parameters) == memory
    assert [loss_of_rung(rung) for rung in range(-1, 4)] == [0.0, 0.5, 2.0, 6.0, 15.0]


def test_that_without_a_rule_probabilities_follow_from_utilities() -> None:
    found = probabilities_of(BY_DEFAULT.utilities, Parameters().behaviour, BY_DEFAULT.outlook.may_file)
    assert BY_DEFAULT.probabilities == found

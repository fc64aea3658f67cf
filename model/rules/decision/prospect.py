"""Prospect theory: small probabilities loom large, and each further gain or loss weighs less than the one before.

Cumulative prospect theory (tversky_kahneman_1992) with weights of probabilities that are linear in log odds
(gonzalez_wu_1999). Gains and losses are weighed term by term. Care stays what the model says is best; what it costs is
not risky. Loss aversion is the official's own, as in the default.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from model.compiled import inlined, with_place
from model.numerics import natural_logarithm, power_of_two
from model.parameters import Accountability, Deciding, Parameters, Supervision, Work
from model.rules.decision.decision_rule import DecisionRule, Memory, mixed_of_actions
from model.rules.perception import perceived_negligence_exemption
from model.rules.utility import (
    NOTHING,
    TERMS,
    Circumstances,
    Outlook,
    PerAction,
    Terms,
    by_way,
    honest_risk,
    of_innovating,
)
from model.state import OfficialState

_LOG2_E = 1.4426950408889634
_LEAST_PROBABILITY = 1e-12
_LEAST_VALUE = 1e-300
_REWARD, _PRIVATE_GAIN = TERMS.index("reward"), TERMS.index("private_gain")
_REVIEW, _HONEST_FAILURE = TERMS.index("review"), TERMS.index("honest_failure")
_NEGLIGENCE, _CARE = TERMS.index("negligence"), TERMS.index("care")
_MISCONDUCT, _INACTION = TERMS.index("misconduct"), TERMS.index("inaction")


class Prospect(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Deciding


@inlined
def curved(x: float, curvature: float) -> float:
    """Return how much a gain or a loss x >= 0 is felt: x to the power of the curvature."""
    bounded = x if x > _LEAST_VALUE else 1.0
    power = power_of_two(curvature * (_LOG2_E * natural_logarithm(bounded)))
    felt = power if x > _LEAST_VALUE else 0.0
    return x if curvature == 1.0 else felt


@inlined
def weighted(probability: float, elevation: float, sensitivity: float) -> float:
    """Return the weight of a probability: its odds to the power of the sensitivity, times the elevation."""
    bounded = probability if probability > _LEAST_PROBABILITY else _LEAST_PROBABILITY
    bounded = bounded if bounded < 1.0 - _LEAST_PROBABILITY else 1.0 - _LEAST_PROBABILITY
    odds_against = power_of_two(sensitivity * (_LOG2_E * natural_logarithm((1.0 - bounded) / bounded)))
    weight = elevation / (elevation + odds_against)
    weight = 0.0 if probability <= 0.0 else weight
    weight = 1.0 if probability >= 1.0 else weight
    return probability if (elevation == 1.0) & (sensitivity == 1.0) else weight


@inlined
def weight_of_gain(probability: float, decision: Deciding) -> float:
    """Return the weight of a gain's probability."""
    return weighted(probability, decision.gain_elevation, decision.gain_sensitivity)


@inlined
def weight_of_loss(probability: float, decision: Deciding) -> float:
    """Return the weight of a loss's probability."""
    return weighted(probability, decision.loss_elevation, decision.loss_sensitivity)


class FeltWeights(NamedTuple):
    """The terms of utility that are felt otherwise than they are believed."""

    reward: PerAction
    private_gain: PerAction
    review: PerAction
    honest_failure: PerAction
    negligence: PerAction
    care: PerAction
    misconduct: PerAction
    inaction: PerAction


class Losses(NamedTuple):
    """How heavily a loss is felt, were it certain: of a sanction for a failure, and of a review. Utility."""

    sanction: float
    review: float


@inlined
def losses_felt(rule: Prospect, official: OfficialState, here: Circumstances, parameters: Parameters) -> Losses:
    """Return how heavily a sanction and a review are felt."""
    curvature = rule.numbers.loss_curvature
    return Losses(
        official.loss_aversion * curved(here.perceived_loss, curvature),
        official.loss_aversion * curved(parameters.exemption.review_burden, curvature),
    )


@inlined
def negligence_felt(case: float, forgiven: float, borne: float, losses: Losses, decision: Deciding) -> float:
    """Return what a negligent failure seems to cost that becomes a case with this probability; a cost is below 0.

    `forgiven` is the believed probability that the case is let off, `borne` that the sanction is one's own.
    """
    sanction = weight_of_loss(case * (1.0 - forgiven) * borne, decision) * losses.sanction
    return -sanction - weight_of_loss(case, decision) * losses.review


class Failures(NamedTuple):
    """How likely negligence makes each way of working fail, with the care that is best."""

    routine: float
    unfiled: float
    filed: float


@inlined
def failures_left(outlook: Outlook, work: Work) -> Failures:
    """Return how likely negligence makes each way of working fail that is done with the best care."""
    avoidable = outlook.sound * work.negligence
    return Failures(
        work.routine_failure * (1.0 - outlook.routine_care),
        avoidable * (1.0 - outlook.unfiled_care),
        avoidable * (1.0 - outlook.filed_care),
    )


@inlined
def felt_reward(outlook: Outlook, failures: Failures, decision: Deciding, work: Work) -> PerAction:
    """Return how much success is felt, as likely as it seems."""
    success = curved(outlook.drive, decision.gain_curvature)
    routine = curved(work.routine_reward * outlook.drive, decision.gain_curvature)
    unfiled = weight_of_gain(outlook.sound - failures.unfiled, decision) * success
    filed = weight_of_gain(outlook.sound - failures.filed, decision) * success
    return PerAction(NOTHING, weight_of_gain(1.0 - failures.routine, decision) * routine, unfiled, filed, unfiled)


@inlined
def felt_honest_failure(outlook: Outlook, here: Circumstances, losses: Losses, decision: Deciding) -> PerAction:
    """Return how much the sanction of an honest failure is felt."""
    risk = honest_risk(outlook) * here.borne
    unfiled, filed = 1.0 - outlook.perceived_exemption_unfiled, 1.0 - outlook.perceived_exemption_filed
    return by_way(
        -weight_of_loss(risk * unfiled, decision) * losses.sanction,
        -weight_of_loss(risk * filed, decision) * losses.sanction,
    )


@inlined
def felt_negligence(
    outlook: Outlook, here: Circumstances, failures: Failures, losses: Losses, decision: Deciding
) -> PerAction:
    """Return how much the review and the sanction of a negligent failure are felt."""
    pursued = outlook.perceived_accountability
    forgiven = perceived_negligence_exemption(outlook.perceived_exemption_unfiled, here.negligence_ratio_unfiled)
    forgiven_filed = perceived_negligence_exemption(outlook.perceived_exemption_filed, here.negligence_ratio_filed)
    routine = negligence_felt(failures.routine * pursued, forgiven, 1.0, losses, decision)
    unfiled = negligence_felt(failures.unfiled * pursued, forgiven, here.borne, losses, decision)
    filed = negligence_felt(failures.filed * pursued, forgiven_filed, here.borne, losses, decision)
    return PerAction(NOTHING, routine, unfiled, filed, unfiled)


@inlined
def cost_of_care(outlook: Outlook, work: Work) -> PerAction:
    """Return what the best care costs; what it saves is felt in success and in negligence."""
    routine = -0.5 * work.routine_care_cost * outlook.routine_care * outlook.routine_care
    unfiled = -0.5 * work.care_cost * outlook.unfiled_care * outlook.unfiled_care
    filed = -0.5 * work.care_cost * outlook.filed_care * outlook.filed_care
    return PerAction(NOTHING, routine, unfiled, filed, unfiled)


@inlined
def felt_misconduct(
    official: OfficialState, here: Circumstances, decision: Deciding, supervision: Supervision
) -> PerAction:
    """Return how much being found out is felt."""
    found_out = supervision.detection * (1.0 - here.exempt_self_dealing) * here.borne
    loss = curved(here.expected_misconduct_loss, decision.loss_curvature)
    felt = weight_of_loss(found_out, decision) * loss
    return PerAction(NOTHING, NOTHING, NOTHING, NOTHING, -official.loss_aversion * felt)


@inlined
def felt_inaction(official: OfficialState, decision: Deciding, accountability: Accountability) -> PerAction:
    """Return how much being called to account for doing nothing is felt."""
    loss = curved(accountability.inaction_loss, decision.loss_curvature)
    felt = weight_of_loss(accountability.inaction_certainty, decision) * loss
    return PerAction(-official.loss_aversion * felt, NOTHING, NOTHING, NOTHING, NOTHING)


@inlined
def prospects(
    rule: Prospect, official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters
) -> FeltWeights:
    """Return the terms as they are felt, with the care that is best."""
    decision, work = rule.numbers, parameters.work
    losses, failures = losses_felt(rule, official, here, parameters), failures_left(outlook, work)
    private = curved(work.self_dealing_gain * (1.0 - official.integrity), decision.gain_curvature)
    return FeltWeights(
        reward=felt_reward(outlook, failures, decision, work),
        private_gain=PerAction(NOTHING, NOTHING, NOTHING, NOTHING, private),
        review=of_innovating(-weight_of_loss(honest_risk(outlook), decision) * losses.review),
        honest_failure=felt_honest_failure(outlook, here, losses, decision),
        negligence=felt_negligence(outlook, here, failures, losses, decision),
        care=cost_of_care(outlook, work),
        misconduct=felt_misconduct(official, here, decision, parameters.supervision),
        inaction=felt_inaction(official, decision, parameters.accountability),
    )


@inlined
def felt_terms(
    rule: Any,
    memory: Memory,
    terms: Terms,
    official: OfficialState,
    outlook: Outlook,
    here: Circumstances,
    parameters: Parameters,
) -> Terms:
    """Return the terms as they are believed and as they are felt, by the weight of the rule."""
    weight, felt = rule.numbers.weight, prospects(rule, official, outlook, here, parameters)
    weighed = with_place(terms, _REWARD, mixed_of_actions(weight, terms.reward, felt.reward))
    weighed = with_place(weighed, _PRIVATE_GAIN, mixed_of_actions(weight, terms.private_gain, felt.private_gain))
    weighed = with_place(weighed, _REVIEW, mixed_of_actions(weight, terms.review, felt.review))
    honest_failure = mixed_of_actions(weight, terms.honest_failure, felt.honest_failure)
    weighed = with_place(weighed, _HONEST_FAILURE, honest_failure)
    weighed = with_place(weighed, _NEGLIGENCE, mixed_of_actions(weight, terms.negligence, felt.negligence))
    weighed = with_place(weighed, _CARE, mixed_of_actions(weight, terms.care, felt.care))
    weighed = with_place(weighed, _MISCONDUCT, mixed_of_actions(weight, terms.misconduct, felt.misconduct))
    found: Terms = with_place(weighed, _INACTION, mixed_of_actions(weight, terms.inaction, felt.inaction))
    return found


RULE = DecisionRule(Prospect, terms=felt_terms)

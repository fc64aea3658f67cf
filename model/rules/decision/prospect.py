"""Prospect theory: small probabilities loom large, and each further gain or loss weighs less than the one before.

Cumulative prospect theory (tversky_kahneman_1992) with weights of probabilities that are linear in log odds
(gonzalez_wu_1999). Gains and losses are weighed term by term. Care stays what the model says is best; what it costs is
not risky. Loss aversion is the official's own, as in the default.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from model.compiled import inlined
from model.numerics import natural_logarithm, power_of_two
from model.parameters import Decision, Parameters
from model.rules.decision.decision_rule import DecisionRule, Memory, mixed_of_actions
from model.rules.perception import perceived_negligence_exemption
from model.rules.utility import NOTHING, Circumstances, Outlook, PerAction, Terms, by_way, honest_risk, of_innovating
from model.state import OfficialState

_LOG2_E = 1.4426950408889634
_LEAST_PROBABILITY = 1e-12
_LEAST_VALUE = 1e-300


class Prospect(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Decision


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
def weight_of_gain(probability: float, decision: Decision) -> float:
    """Return the weight of a gain's probability."""
    return weighted(probability, decision.gain_elevation, decision.gain_sensitivity)


@inlined
def weight_of_loss(probability: float, decision: Decision) -> float:
    """Return the weight of a loss's probability."""
    return weighted(probability, decision.loss_elevation, decision.loss_sensitivity)


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
def negligence_felt(case: float, forgiven: float, borne: float, losses: Losses, decision: Decision) -> float:
    """Return what a negligent failure seems to cost that becomes a case with this probability; a cost is below 0.

    `forgiven` is the believed probability that the case is let off, `borne` that the sanction is one's own.
    """
    sanction = weight_of_loss(case * (1.0 - forgiven) * borne, decision) * losses.sanction
    return -sanction - weight_of_loss(case, decision) * losses.review


@inlined
def prospects(
    rule: Prospect, official: OfficialState, outlook: Outlook, here: Circumstances, terms: Terms, parameters: Parameters
) -> Terms:
    """Return the terms as they are felt, with the care that is best."""
    work, decision, accountability = parameters.work, rule.numbers, parameters.accountability
    losses = losses_felt(rule, official, here, parameters)
    risk, pursued = honest_risk(outlook), outlook.perceived_accountability
    unfiled, filed = outlook.perceived_exemption_unfiled, outlook.perceived_exemption_filed
    forgiven_unfiled = perceived_negligence_exemption(unfiled, here.negligence_ratio_unfiled)
    forgiven_filed = perceived_negligence_exemption(filed, here.negligence_ratio_filed)
    routine_fails = work.routine_failure * (1.0 - outlook.routine_care)
    avoidable = outlook.sound * work.negligence
    unfiled_fails, filed_fails = avoidable * (1.0 - outlook.unfiled_care), avoidable * (1.0 - outlook.filed_care)
    success = curved(outlook.drive, decision.gain_curvature)
    routine_gain = curved(work.routine_reward * outlook.drive, decision.gain_curvature)
    gain_unfiled = weight_of_gain(outlook.sound - unfiled_fails, decision) * success
    gain_filed = weight_of_gain(outlook.sound - filed_fails, decision) * success
    private = curved(work.self_dealing_gain * (1.0 - official.integrity), decision.gain_curvature)
    found_out = parameters.supervision.detection * (1.0 - here.exempt_self_dealing) * here.borne
    misconduct = weight_of_loss(found_out, decision) * curved(here.expected_misconduct_loss, decision.loss_curvature)
    called = weight_of_loss(accountability.inaction_certainty, decision) * curved(
        accountability.inaction_loss, decision.loss_curvature
    )
    of_routine = negligence_felt(routine_fails * pursued, forgiven_unfiled, 1.0, losses, decision)
    of_unfiled = negligence_felt(unfiled_fails * pursued, forgiven_unfiled, here.borne, losses, decision)
    of_filed = negligence_felt(filed_fails * pursued, forgiven_filed, here.borne, losses, decision)
    care_unfiled = -0.5 * work.care_cost * outlook.unfiled_care * outlook.unfiled_care
    care_filed = -0.5 * work.care_cost * outlook.filed_care * outlook.filed_care
    care_routine = -0.5 * work.routine_care_cost * outlook.routine_care * outlook.routine_care
    return Terms(
        reward=PerAction(
            NOTHING,
            weight_of_gain(1.0 - routine_fails, decision) * routine_gain,
            gain_unfiled,
            gain_filed,
            gain_unfiled,
        ),
        private_gain=PerAction(NOTHING, NOTHING, NOTHING, NOTHING, private),
        conformity=terms.conformity,
        habit=terms.habit,
        effort=terms.effort,
        red_tape=terms.red_tape,
        filing=terms.filing,
        review=of_innovating(-weight_of_loss(risk, decision) * losses.review),
        honest_failure=by_way(
            -weight_of_loss(risk * (1.0 - unfiled) * here.borne, decision) * losses.sanction,
            -weight_of_loss(risk * (1.0 - filed) * here.borne, decision) * losses.sanction,
        ),
        negligence=PerAction(NOTHING, of_routine, of_unfiled, of_filed, of_unfiled),
        care=PerAction(NOTHING, care_routine, care_unfiled, care_filed, care_unfiled),
        misconduct=PerAction(NOTHING, NOTHING, NOTHING, NOTHING, -official.loss_aversion * misconduct),
        inaction=PerAction(-official.loss_aversion * called, NOTHING, NOTHING, NOTHING, NOTHING),
        experience=terms.experience,
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
    weight, felt = rule.numbers.weight, prospects(rule, official, outlook, here, terms, parameters)
    return Terms(
        mixed_of_actions(weight, terms.reward, felt.reward),
        mixed_of_actions(weight, terms.private_gain, felt.private_gain),
        terms.conformity,
        terms.habit,
        terms.effort,
        terms.red_tape,
        terms.filing,
        mixed_of_actions(weight, terms.review, felt.review),
        mixed_of_actions(weight, terms.honest_failure, felt.honest_failure),
        mixed_of_actions(weight, terms.negligence, felt.negligence),
        mixed_of_actions(weight, terms.care, felt.care),
        mixed_of_actions(weight, terms.misconduct, felt.misconduct),
        mixed_of_actions(weight, terms.inaction, felt.inaction),
        terms.experience,
    )


RULE = DecisionRule(Prospect, terms=felt_terms)

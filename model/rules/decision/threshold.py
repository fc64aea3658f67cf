"""Threshold: one innovates only where enough others do (granovetter_1978)."""

from __future__ import annotations

from typing import Any, NamedTuple

from model.compiled import inlined
from model.numerics import normal_quantile
from model.parameters import Deciding, Parameters
from model.rules.decision.decision_rule import DecisionRule, RuleTold
from model.rules.utility import Circumstances, PerAction


class Threshold(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Deciding


class ThresholdMemory(NamedTuple):
    """The share of others who must innovate before one does so oneself: a trait, for as long as one is in office."""

    threshold: float


@inlined
def threshold_at_start(rule: Any, threshold_luck: float, parameters: Parameters) -> ThresholdMemory:
    """Return the threshold that an official is born with: normal, not below 0."""
    decision = rule.numbers
    threshold = decision.threshold_mean + decision.threshold_sd * normal_quantile(threshold_luck)
    return ThresholdMemory(threshold if threshold > 0.0 else 0.0)


@inlined
def stick_of_those_who_wait(
    rule: Any,
    memory: ThresholdMemory,
    stick: PerAction,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> PerAction:
    """Return the odds with those of innovating less, by the weight of the rule, where too few others innovate."""
    weight = rule.numbers.weight
    kept = 1.0 if here.share_innovation >= memory.threshold else 1.0 - weight
    return PerAction(
        stick.inaction,
        stick.routine,
        stick.innovation * kept,
        stick.filed_innovation * kept,
        stick.self_dealing * kept,
    )


@inlined
def share_and_threshold(
    rule: Any,
    memory: ThresholdMemory,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> RuleTold:
    """Return the share of others who innovate, and the official's threshold."""
    return RuleTold(here.share_innovation, memory.threshold)


RULE = DecisionRule(
    Threshold,
    ThresholdMemory,
    memory_at_start=threshold_at_start,
    stick=stick_of_those_who_wait,
    told=share_and_threshold,
)

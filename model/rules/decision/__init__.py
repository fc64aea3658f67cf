"""How officials decide: the default and the rules put in its place to see whether findings survive them.

Compiled code calls the functions below with the tag of a rule first; which rule's function that is, is settled when the
caller is compiled. A rule is one file, one line in the table and its name in ``parameters.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from model.compiled import chosen_by_tag
from model.parameters import DECISION_RULES, Parameters
from model.rules.decision import (
    expected_utility,
    probability_neglect,
    prospect,
    reinforcement,
    satisficing,
    threshold,
)
from model.rules.decision.decision_rule import DecisionRule, Memory, Mind, RuleTold
from model.rules.decision.expected_utility import BY_DEFAULT, ExpectedUtility
from model.rules.utility import Circumstances, Outlook, PerAction, Terms
from model.state import OfficialState

__all__ = [
    "BY_DEFAULT",
    "RULES",
    "RULE_OF_TAG",
    "Mind",
    "memory_after_act",
    "memory_after_case",
    "memory_after_month",
    "memory_at_choice",
    "memory_at_start",
    "rule_of",
    "stick_under",
    "terms_under",
    "told_by",
]

RULES: dict[str, DecisionRule] = {
    "expected_utility": expected_utility.RULE,
    "prospect": prospect.RULE,
    "fear": probability_neglect.RULE,
    "threshold": threshold.RULE,
    "satisficing": satisficing.RULE,
    "reinforcement": reinforcement.RULE,
}
RULE_OF_TAG: Mapping[type, DecisionRule] = {rule.tag: rule for rule in RULES.values()}

if tuple(RULES) != DECISION_RULES:
    raise ValueError(f"the rules {tuple(RULES)} are not those that decision.rule can name: {DECISION_RULES}")


def rule_of(parameters: Parameters) -> Any:
    """Return the tag of the rule by which officials decide, with its numbers."""
    tag = RULES[DECISION_RULES[int(parameters.decision.rule)]].tag
    return tag() if tag is ExpectedUtility else tag(parameters.decision)


def _each(part: str) -> dict[type, Callable[..., Any]]:
    return {tag: getattr(rule, part) for tag, rule in RULE_OF_TAG.items()}


@chosen_by_tag(_each("memory_at_start"))
def memory_at_start(rule: Any, threshold_luck: float, parameters: Parameters) -> Memory:
    """Return what an official keeps in mind who has just arrived."""
    raise NotImplementedError


@chosen_by_tag(_each("memory_at_choice"))
def memory_at_choice(rule: Any, memory: Memory, terms: Terms) -> Memory:
    """Return what an official keeps in mind when it weighs its actions."""
    raise NotImplementedError


@chosen_by_tag(_each("terms"))
def terms_under(
    rule: Any,
    memory: Memory,
    terms: Terms,
    official: OfficialState,
    outlook: Outlook,
    here: Circumstances,
    parameters: Parameters,
) -> Terms:
    """Return the terms of utility under the rule, from those of the default."""
    raise NotImplementedError


@chosen_by_tag(_each("stick"))
def stick_under(
    rule: Any,
    memory: Memory,
    stick: PerAction,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> PerAction:
    """Return the odds of all actions under the rule, from those that follow from the utilities."""
    raise NotImplementedError


@chosen_by_tag(_each("memory_after_act"))
def memory_after_act(
    rule: Any,
    memory: Memory,
    action: int,
    outcome: int,
    official: OfficialState,
    outlook: Outlook,
    parameters: Parameters,
) -> Memory:
    """Return what an official keeps in mind once it has acted and seen how it turned out."""
    raise NotImplementedError


@chosen_by_tag(_each("memory_after_case"))
def memory_after_case(
    rule: Any, memory: Memory, official: OfficialState, is_reviewed: int, rung: int, parameters: Parameters
) -> Memory:
    """Return what an official keeps in mind once it has been reviewed (1 or 0) and sanctioned (-1: on no rung)."""
    raise NotImplementedError


@chosen_by_tag(_each("memory_after_month"))
def memory_after_month(rule: Any, memory: Memory, action: int, parameters: Parameters) -> Memory:
    """Return what an official keeps in mind at the end of the month."""
    raise NotImplementedError


@chosen_by_tag(_each("told"))
def told_by(
    rule: Any, memory: Memory, utilities: PerAction, may_file: float, here: Circumstances, parameters: Parameters
) -> RuleTold:
    """Return what the rule made of the odds themselves, for people to read."""
    raise NotImplementedError

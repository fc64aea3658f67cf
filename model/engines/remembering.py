"""What officials keep in mind, in the arrays of the compiled engine: read, used and stored where a rule asks for it.

Each function does one step of the month for one official. Of a rule that leaves the step as it is, it does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from model.arrays import memory_at, put_memory
from model.compiled import chosen_by_tag
from model.rules.decision import (
    RULE_OF_TAG,
    memory_after_act,
    memory_after_case,
    memory_after_month,
    memory_at_choice,
    stick_under,
    terms_under,
)
from model.rules.decision.decision_rule import DecisionRule

_DEFAULT = DecisionRule(object)
_Step = Callable[..., Any]


def _where(parts: tuple[str, ...], step: _Step, nothing: _Step) -> dict[type, _Step]:
    """Return for every rule's tag the step, or nothing where the rule leaves all these parts as they are."""

    def is_own(rule: DecisionRule) -> bool:
        return any(getattr(rule, part) is not getattr(_DEFAULT, part) for part in parts)

    return {tag: step if is_own(rule) else nothing for tag, rule in RULE_OF_TAG.items()}


def _terms(
    rule: Any, memories: Any, block: int, lane: int, terms: Any, official: Any, outlook: Any, here: Any, parameters: Any
) -> Any:
    memory = memory_at_choice(rule, memory_at(rule, memories, block, lane), terms)
    put_memory(rule, memories, block, lane, memory)
    return terms_under(rule, memory, terms, official, outlook, here, parameters)


def _same_terms(
    rule: Any, memories: Any, block: int, lane: int, terms: Any, official: Any, outlook: Any, here: Any, parameters: Any
) -> Any:
    return terms


@chosen_by_tag(_where(("memory_at_choice", "terms"), _terms, _same_terms))
def terms_weighed(
    rule: Any, memories: Any, block: int, lane: int, terms: Any, official: Any, outlook: Any, here: Any, parameters: Any
) -> Any:
    """Return the terms of utility of the official in a place under the rule, from those of the default."""
    raise NotImplementedError


def _stick(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    stick: Any,
    utilities: Any,
    may_file: Any,
    here: Any,
    parameters: Any,
) -> Any:
    memory = memory_at(rule, memories, block, lane)
    return stick_under(rule, memory, stick, utilities, may_file, here, parameters)


def _same_stick(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    stick: Any,
    utilities: Any,
    may_file: Any,
    here: Any,
    parameters: Any,
) -> Any:
    return stick


@chosen_by_tag(_where(("stick",), _stick, _same_stick))
def stick_weighed(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    stick: Any,
    utilities: Any,
    may_file: Any,
    here: Any,
    parameters: Any,
) -> Any:
    """Return the odds of all actions of the official in a place under the rule, from those of its utilities."""
    raise NotImplementedError


def _after_act(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    action: int,
    outcome: int,
    official: Any,
    outlook: Any,
    parameters: Any,
) -> None:
    memory = memory_at(rule, memories, block, lane)
    memory = memory_after_act(rule, memory, action, outcome, official, outlook, parameters)
    put_memory(rule, memories, block, lane, memory)


def _nothing_after_act(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    action: int,
    outcome: int,
    official: Any,
    outlook: Any,
    parameters: Any,
) -> None:
    pass


@chosen_by_tag(_where(("memory_after_act",), _after_act, _nothing_after_act))
def act_is_remembered(
    rule: Any,
    memories: Any,
    block: int,
    lane: int,
    action: int,
    outcome: int,
    official: Any,
    outlook: Any,
    parameters: Any,
) -> None:
    """Let the official in a place keep in mind what it did and how it turned out."""
    raise NotImplementedError


def _after_case(
    rule: Any, memories: Any, block: int, lane: int, official: Any, is_reviewed: int, rung: int, parameters: Any
) -> None:
    memory = memory_at(rule, memories, block, lane)
    memory = memory_after_case(rule, memory, official, is_reviewed, rung, parameters)
    put_memory(rule, memories, block, lane, memory)


def _nothing_after_case(
    rule: Any, memories: Any, block: int, lane: int, official: Any, is_reviewed: int, rung: int, parameters: Any
) -> None:
    pass


@chosen_by_tag(_where(("memory_after_case",), _after_case, _nothing_after_case))
def case_is_remembered(
    rule: Any, memories: Any, block: int, lane: int, official: Any, is_reviewed: int, rung: int, parameters: Any
) -> None:
    """Let the official in a place keep in mind that it was reviewed (1 or 0) and sanctioned (-1: on no rung)."""
    raise NotImplementedError


def _after_month(rule: Any, memories: Any, block: int, lane: int, action: int, parameters: Any) -> None:
    memory = memory_after_month(rule, memory_at(rule, memories, block, lane), action, parameters)
    put_memory(rule, memories, block, lane, memory)


def _nothing_after_month(rule: Any, memories: Any, block: int, lane: int, action: int, parameters: Any) -> None:
    pass


@chosen_by_tag(_where(("memory_after_month",), _after_month, _nothing_after_month))
def month_is_remembered(rule: Any, memories: Any, block: int, lane: int, action: int, parameters: Any) -> None:
    """Let the official in a place keep in mind what the whole month brought."""
    raise NotImplementedError

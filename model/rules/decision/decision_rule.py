"""What a decision rule is: its tag, what an official keeps in mind for it, and where it departs from the default.

A rule may change what actions are worth (`terms`) or the odds with which they are taken (`stick`). What it needs to
know of the past is a tuple of numbers, the official's memory: made when the official arrives, and changed at four
points of the month. The defaults are those of expected utility, which keeps nothing in mind and changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from model.compiled import inlined
from model.parameters import Parameters
from model.rules.utility import Circumstances, Outlook, PerAction, Terms
from model.state import OfficialState

Memory = Any  # a named tuple of numbers, the rule's own


class NoMemory(NamedTuple):
    """What is kept in mind by those who decide by what they see this month alone; the number means nothing."""

    nothing: float = 0.0


class Mind(NamedTuple):
    """By which rule an official decides (the tag of the rule), and what it keeps in mind for it."""

    rule: Any
    memory: Memory


class RuleTold(NamedTuple):
    """What a rule made of the odds themselves, which no term shows: two numbers of its own, NaN if nothing."""

    first: float
    second: float


@inlined
def nothing_in_mind(rule: Any, threshold_luck: float, parameters: Parameters) -> NoMemory:
    """Return an empty memory."""
    return NoMemory(0.0)


@inlined
def same_at_choice(rule: Any, memory: Memory, terms: Terms) -> Memory:
    """Return the memory as it was."""
    return memory


@inlined
def same_terms(
    rule: Any,
    memory: Memory,
    terms: Terms,
    official: OfficialState,
    outlook: Outlook,
    here: Circumstances,
    parameters: Parameters,
) -> Terms:
    """Return the terms of utility as they were."""
    return terms


@inlined
def same_stick(
    rule: Any,
    memory: Memory,
    stick: PerAction,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> PerAction:
    """Return the odds of all actions as they were."""
    return stick


@inlined
def same_after_act(
    rule: Any,
    memory: Memory,
    action: int,
    outcome: int,
    official: OfficialState,
    outlook: Outlook,
    parameters: Parameters,
) -> Memory:
    """Return the memory as it was."""
    return memory


@inlined
def same_after_case(
    rule: Any, memory: Memory, official: OfficialState, is_reviewed: int, rung: int, parameters: Parameters
) -> Memory:
    """Return the memory as it was."""
    return memory


@inlined
def same_after_month(rule: Any, memory: Memory, action: int, parameters: Parameters) -> Memory:
    """Return the memory as it was."""
    return memory


@inlined
def nothing_told(
    rule: Any, memory: Memory, utilities: PerAction, may_file: float, here: Circumstances, parameters: Parameters
) -> RuleTold:
    """Return that the odds are those of the utilities."""
    return RuleTold(math.nan, math.nan)


class DecisionRule(NamedTuple):
    """A rule: its tag, the class of its memory, and its own functions where it departs from the default.

    `told` decides nothing: it is for people who ask why an official chose as it did.
    """

    tag: type
    memory: type = NoMemory
    memory_at_start: Callable[..., Memory] = nothing_in_mind
    memory_at_choice: Callable[..., Memory] = same_at_choice
    terms: Callable[..., Terms] = same_terms
    stick: Callable[..., PerAction] = same_stick
    memory_after_act: Callable[..., Memory] = same_after_act
    memory_after_case: Callable[..., Memory] = same_after_case
    memory_after_month: Callable[..., Memory] = same_after_month
    told: Callable[..., RuleTold] = nothing_told

    @property
    def memory_size(self) -> int:
        """Return how many numbers an official keeps in mind."""
        return 0 if self.memory is NoMemory else len(self.memory.__annotations__)


@inlined
def mixed(weight: float, default: float, other: float) -> float:
    """Return the default and the other by their weights: the default to the bit where the other has none."""
    return (1.0 - weight) * default + weight * other if weight > 0.0 else default


@inlined
def mixed_of_actions(weight: float, default: PerAction, other: PerAction) -> PerAction:
    """Return the default and the other by their weights, for every action."""
    return PerAction(
        mixed(weight, default.inaction, other.inaction),
        mixed(weight, default.routine, other.routine),
        mixed(weight, default.innovation, other.innovation),
        mixed(weight, default.filed_innovation, other.filed_innovation),
        mixed(weight, default.self_dealing, other.self_dealing),
    )

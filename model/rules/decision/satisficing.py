"""Satisficing: one goes on with what one did last month as long as that is good enough (simon_1955)."""

from __future__ import annotations

from typing import Any, NamedTuple

from model.compiled import inlined
from model.numerics import float_of_whole, logistic
from model.parameters import Deciding, Parameters
from model.rules.decision.decision_rule import DecisionRule, RuleTold
from model.rules.utility import Circumstances, Outlook, PerAction
from model.state import OfficialState
from model.vocabulary import Action

_NONE = -1.0
# As they stand in the memory, which holds no whole numbers.
_INACTION, _ROUTINE, _INNOVATION, _FILED_INNOVATION, _SELF_DEALING = (float(action) for action in Action)


class Satisficing(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Deciding


class SatisficingMemory(NamedTuple):
    """What one did last month, as the number of the action; -1 in the first month in office."""

    last_action: float


@inlined
def nothing_done_yet(rule: Any, threshold_luck: float, parameters: Parameters) -> SatisficingMemory:
    """Return the memory of one who has just arrived."""
    return SatisficingMemory(_NONE)


@inlined
def chance_of_staying(
    rule: Satisficing, memory: SatisficingMemory, utilities: PerAction, may_file: float, parameters: Parameters
) -> float:
    """Return the chance that last month's action is good enough to be kept; none if it is not open this month."""
    last = memory.last_action
    worth = utilities.self_dealing
    worth = utilities.filed_innovation if last == _FILED_INNOVATION else worth
    worth = utilities.innovation if last == _INNOVATION else worth
    worth = utilities.routine if last == _ROUTINE else worth
    worth = utilities.inaction if last == _INACTION else worth
    decision = rule.numbers
    contentment = logistic((worth - decision.aspiration) / parameters.behaviour.temperature)
    is_closed = (last == _FILED_INNOVATION) & (may_file == 0.0)
    return 0.0 if (last < 0.0) | is_closed else decision.weight * contentment


@inlined
def stick_of_the_content(
    rule: Any,
    memory: SatisficingMemory,
    stick: PerAction,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> PerAction:
    """Return the odds with a part of all of them moved to last month's action."""
    stays = chance_of_staying(rule, memory, utilities, may_file, parameters)
    last, moves = memory.last_action, 1.0 - stays
    total = stick.inaction + stick.routine + stick.innovation + stick.filed_innovation + stick.self_dealing
    kept = stays * total
    return PerAction(
        stick.inaction * moves + (kept if last == _INACTION else 0.0),
        stick.routine * moves + (kept if last == _ROUTINE else 0.0),
        stick.innovation * moves + (kept if last == _INNOVATION else 0.0),
        stick.filed_innovation * moves + (kept if last == _FILED_INNOVATION else 0.0),
        stick.self_dealing * moves + (kept if last == _SELF_DEALING else 0.0),
    )


@inlined
def what_was_done(
    rule: Any,
    memory: SatisficingMemory,
    action: int,
    outcome: int,
    official: OfficialState,
    outlook: Outlook,
    parameters: Parameters,
) -> SatisficingMemory:
    """Return the memory with this month's action as the last."""
    return SatisficingMemory(float_of_whole(action))


@inlined
def action_and_chance(
    rule: Any,
    memory: SatisficingMemory,
    utilities: PerAction,
    may_file: float,
    here: Circumstances,
    parameters: Parameters,
) -> RuleTold:
    """Return what was done last month (-1: nothing yet), and the chance that it is kept as good enough."""
    return RuleTold(memory.last_action, chance_of_staying(rule, memory, utilities, may_file, parameters))


RULE = DecisionRule(
    Satisficing,
    SatisficingMemory,
    memory_at_start=nothing_done_yet,
    stick=stick_of_the_content,
    memory_after_act=what_was_done,
    told=action_and_chance,
)

"""Reinforcement: one does what has paid, whatever it is said to be worth (roth_erev_1995, in averaging form).

Every action has an attraction, at first what it is thought to be worth in the first month in office. The attraction of
the action taken moves towards what it really brought. Others matter by conformity alone: their cases teach nothing.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from model.compiled import inlined, scaled_tuples, with_place
from model.parameters import LADDER_LOSSES, Deciding, Parameters
from model.rules.decision.decision_rule import DecisionRule, mixed_of_actions
from model.rules.outcome import care_taken
from model.rules.utility import TERMS, Circumstances, Outlook, PerAction, Terms, utilities_of
from model.state import OfficialState
from model.vocabulary import Action, Outcome

_CONFORMITY, _EXPERIENCE = TERMS.index("conformity"), TERMS.index("experience")


class Reinforcement(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Deciding


class ReinforcementMemory(NamedTuple):
    """The attraction of every action, missing (NaN) before the first month in office, and what this month brought."""

    inaction: float
    routine: float
    innovation: float
    filed_innovation: float
    self_dealing: float
    payoff: float


@inlined
def no_experience(rule: Any, threshold_luck: float, parameters: Parameters) -> ReinforcementMemory:
    """Return the memory of one who has just arrived."""
    return ReinforcementMemory(math.nan, math.nan, math.nan, math.nan, math.nan, 0.0)


@inlined
def attractions_at_first(rule: Any, memory: ReinforcementMemory, terms: Terms) -> ReinforcementMemory:
    """Return the memory with what is missing put in: an action's worth but for conformity."""
    worth, social = utilities_of(terms), terms.conformity
    is_new = memory.inaction != memory.inaction
    return ReinforcementMemory(
        worth.inaction - social.inaction if is_new else memory.inaction,
        worth.routine - social.routine if is_new else memory.routine,
        worth.innovation - social.innovation if is_new else memory.innovation,
        worth.filed_innovation - social.filed_innovation if is_new else memory.filed_innovation,
        worth.self_dealing - social.self_dealing if is_new else memory.self_dealing,
        memory.payoff,
    )


@inlined
def experienced_terms(
    rule: Any,
    memory: ReinforcementMemory,
    terms: Terms,
    official: OfficialState,
    outlook: Outlook,
    here: Circumstances,
    parameters: Parameters,
) -> Terms:
    """Return the terms with experience in the place of all but conformity."""
    weight = rule.numbers.weight
    experience = PerAction(
        memory.inaction, memory.routine, memory.innovation, memory.filed_innovation, memory.self_dealing
    )
    faded = scaled_tuples(terms, 1.0 - weight)
    beside_others = with_place(faded, _CONFORMITY, terms.conformity)
    found: Terms = with_place(beside_others, _EXPERIENCE, mixed_of_actions(weight, terms.experience, experience))
    return found


@inlined
def payoff_of(action: int, outcome: int, official: OfficialState, outlook: Outlook, parameters: Parameters) -> float:
    """Return what the month brought before the authorities had their say, utility."""
    work = parameters.work
    care = care_taken(action, outlook)
    done_well = work.routine_reward * outlook.drive if outcome != Outcome.NEGLIGENCE else 0.0
    of_routine = done_well - work.routine_effort - work.routine_care_cost * care * care * 0.5
    success = outlook.drive if outcome == Outcome.SUCCESS else 0.0
    red_tape = parameters.supervision.red_tape * parameters.supervision.detection
    filing = parameters.exemption.filing_cost if action == Action.FILED_INNOVATION else 0.0
    gain = work.self_dealing_gain * (1.0 - official.integrity) if action == Action.SELF_DEALING else 0.0
    costs = work.innovation_effort + red_tape + filing + work.care_cost * care * care * 0.5
    of_innovating = success + gain - costs
    called = official.loss_aversion * parameters.accountability.inaction_loss
    of_inaction = -called if outcome == Outcome.CALLED_TO_ACCOUNT else 0.0
    of_duty = of_inaction if action == Action.INACTION else of_routine
    return of_innovating if action >= Action.INNOVATION else of_duty


@inlined
def what_it_brought(
    rule: Any,
    memory: ReinforcementMemory,
    action: int,
    outcome: int,
    official: OfficialState,
    outlook: Outlook,
    parameters: Parameters,
) -> ReinforcementMemory:
    """Return the memory with what the month brought so far."""
    return _with_payoff(memory, payoff_of(action, outcome, official, outlook, parameters))


@inlined
def loss_of_rung(rung: int) -> float:
    """Return the loss of a sanction on this rung of either ladder, utility; 0 if it is on none (-1)."""
    loss = LADDER_LOSSES[0] if rung == 0 else 0.0
    loss = LADDER_LOSSES[1] if rung == 1 else loss
    loss = LADDER_LOSSES[2] if rung == 2 else loss
    return LADDER_LOSSES[3] if rung == 3 else loss


@inlined
def what_the_case_cost(
    rule: Any, memory: ReinforcementMemory, official: OfficialState, is_reviewed: int, rung: int, parameters: Parameters
) -> ReinforcementMemory:
    """Return the memory with the burden of a review and the loss of a sanction taken off what the month brought."""
    review = parameters.exemption.review_burden * is_reviewed
    cost = official.loss_aversion * (review + loss_of_rung(rung))
    return _with_payoff(memory, memory.payoff - cost)


@inlined
def what_was_learned(
    rule: Any, memory: ReinforcementMemory, action: int, parameters: Parameters
) -> ReinforcementMemory:
    """Return the memory with the attraction of the action taken moved towards what it brought."""
    rate, payoff = rule.numbers.learning_rate, memory.payoff
    return ReinforcementMemory(
        memory.inaction + (rate * (payoff - memory.inaction) if action == Action.INACTION else 0.0),
        memory.routine + (rate * (payoff - memory.routine) if action == Action.ROUTINE else 0.0),
        memory.innovation + (rate * (payoff - memory.innovation) if action == Action.INNOVATION else 0.0),
        memory.filed_innovation
        + (rate * (payoff - memory.filed_innovation) if action == Action.FILED_INNOVATION else 0.0),
        memory.self_dealing + (rate * (payoff - memory.self_dealing) if action == Action.SELF_DEALING else 0.0),
        payoff,
    )


@inlined
def _with_payoff(memory: ReinforcementMemory, payoff: float) -> ReinforcementMemory:
    return ReinforcementMemory(
        memory.inaction, memory.routine, memory.innovation, memory.filed_innovation, memory.self_dealing, payoff
    )


RULE = DecisionRule(
    Reinforcement,
    ReinforcementMemory,
    memory_at_start=no_experience,
    memory_at_choice=attractions_at_first,
    terms=experienced_terms,
    memory_after_act=what_it_brought,
    memory_after_case=what_the_case_cost,
    memory_after_month=what_was_learned,
)

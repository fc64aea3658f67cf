"""Rules of one official's month under a row of parameters, which is much faster to hand over than their tuple."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled
from model.draws import MonthLuck
from model.month import Decision, decision_of, exemption_expected, memory_of_act
from model.parameters import parameters_of_row
from model.rules.decision import Mind, memory_after_case, memory_after_month, memory_at_start
from model.rules.outcome import care_taken, done_under_order, outcome_of
from model.rules.outlook import outlook_of
from model.rules.utility import Circumstances
from model.state import OfficialState


@compiled
def decision_under(
    official: OfficialState, circumstances: Circumstances, policy: NDArray[np.float64], luck: MonthLuck, mind: Mind
) -> Decision:
    """Return what the official does under a row of parameters."""
    return decision_of(official, circumstances, parameters_of_row(policy), luck, mind)


@compiled
def memory_on_arrival(rule: Any, threshold_luck: float, policy: NDArray[np.float64]) -> Any:
    """Return what an official keeps in mind who has just arrived."""
    return memory_at_start(rule, threshold_luck, parameters_of_row(policy))


@compiled
def memory_of_act_under(
    official: OfficialState, circumstances: Circumstances, policy: NDArray[np.float64], luck: MonthLuck, mind: Mind
) -> Any:
    """Return what the official keeps in mind once it has acted."""
    return memory_of_act(official, circumstances, parameters_of_row(policy), luck, mind)


@compiled
def memory_of_case(
    mind: Mind, official: OfficialState, is_reviewed: int, rung: int, policy: NDArray[np.float64]
) -> Any:
    """Return what the official keeps in mind once it has been reviewed and sanctioned."""
    return memory_after_case(mind.rule, mind.memory, official, is_reviewed, rung, parameters_of_row(policy))


@compiled
def memory_of_month(mind: Mind, action: int, policy: NDArray[np.float64]) -> Any:
    """Return what the official keeps in mind at the end of the month."""
    return memory_after_month(mind.rule, mind.memory, action, parameters_of_row(policy))


@compiled
def expectation_under(
    official: OfficialState, action: int, circumstances: Circumstances, policy: NDArray[np.float64], luck: MonthLuck
) -> float:
    """Return how likely the official thought it that an honest case like its own ends exempt."""
    return exemption_expected(official, action, circumstances, parameters_of_row(policy), luck)


@compiled
def decision_obeying(
    official: OfficialState, order: int, circumstances: Circumstances, policy: NDArray[np.float64], luck: MonthLuck
) -> Decision:
    """Return what an official under an order does, with the luck that the own choice would have had."""
    parameters = parameters_of_row(policy)
    outlook = outlook_of(official, circumstances, parameters, luck.urgency)
    action = done_under_order(order, outlook.may_file)
    outcome = outcome_of(action, outlook, parameters, luck)
    return Decision(action, outcome, care_taken(action, outlook), outlook.perceived_accountability)

"""Choice: which action is taken (model.md, 4.5).

Utilities are random to the observer. The ways of innovating are alike, so they form a nest: a nested multinomial logit
(mcfadden_1978, train_2009), in which a second, worthless way to innovate does not make innovating much likelier.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import natural_logarithm, power_of_two
from model.parameters import Behaviour
from model.rules.utility import PerAction

_LOG2_E = 1.4426950408889634
_CLOSED = -1e300  # the utility of what is not open


class Weights(NamedTuple):
    """The odds of doing nothing, of routine and of innovating, and of each way within the latter."""

    inaction: float
    routine: float
    innovating: float
    innovation: float
    filed_innovation: float
    self_dealing: float


@inlined
def open_utilities(utilities: PerAction, behaviour: Behaviour, may_file: float) -> PerAction:
    """Return the utilities with what is not open worth less than anything."""
    return PerAction(
        utilities.inaction,
        utilities.routine if behaviour.routine_open > 0.0 else _CLOSED,
        utilities.innovation,
        utilities.filed_innovation if behaviour.filed_innovation_open * may_file > 0.0 else _CLOSED,
        utilities.self_dealing if behaviour.self_dealing_open > 0.0 else _CLOSED,
    )


@inlined
def weights_of(utilities: PerAction, behaviour: Behaviour, may_file: float) -> Weights:
    """Return the odds among inaction, routine and innovating, and those among the ways of innovating."""
    worth = open_utilities(utilities, behaviour, may_file)
    best_honest = worth.filed_innovation if worth.filed_innovation > worth.innovation else worth.innovation
    best_way = worth.self_dealing if worth.self_dealing > best_honest else best_honest
    sharpness = _LOG2_E / behaviour.temperature
    within = sharpness / behaviour.nesting
    innovation = power_of_two((worth.innovation - best_way) * within)
    filed = power_of_two((worth.filed_innovation - best_way) * within)
    self_dealing = power_of_two((worth.self_dealing - best_way) * within)
    # The nest is worth its best way, and a little more for the choice among ways: the inclusive value.
    choice_among_ways = behaviour.nesting * _LOG2_E * natural_logarithm(innovation + filed + self_dealing)
    of_duty = worth.routine if worth.routine > worth.inaction else worth.inaction
    best = best_way if best_way > of_duty else of_duty
    return Weights(
        power_of_two((worth.inaction - best) * sharpness),
        power_of_two((worth.routine - best) * sharpness),
        power_of_two((best_way - best) * sharpness + choice_among_ways),
        innovation,
        filed,
        self_dealing,
    )


@inlined
def stick_of(weights: Weights) -> PerAction:
    """Return the weights of all actions laid on one stick: the nest's part divided among its ways in proportion.

    The stick may have any length; this one saves a division.
    """
    ways = weights.innovation + weights.filed_innovation + weights.self_dealing
    return PerAction(
        weights.inaction * ways,
        weights.routine * ways,
        weights.innovating * weights.innovation,
        weights.innovating * weights.filed_innovation,
        weights.innovating * weights.self_dealing,
    )


@compiled
def probabilities_of(utilities: PerAction, behaviour: Behaviour, may_file: float) -> PerAction:
    """Return the probability of every action."""
    inaction, routine, innovation, filed, self_dealing = stick_of(weights_of(utilities, behaviour, may_file))
    total = inaction + routine + innovation + filed + self_dealing
    return PerAction(inaction / total, routine / total, innovation / total, filed / total, self_dealing / total)


@inlined
def action_on(stick: PerAction, luck: float) -> int:
    """Return the action at which the luck of the draw falls on the stick."""
    up_to_routine = stick.inaction + stick.routine
    up_to_innovation = up_to_routine + stick.innovation
    up_to_filed = up_to_innovation + stick.filed_innovation
    point = luck * (up_to_filed + stick.self_dealing)
    # Comparisons are added up instead of branched on, so that many officials can choose at once.
    return (
        (1 if point >= stick.inaction else 0)
        + (1 if point >= up_to_routine else 0)
        + (1 if point >= up_to_innovation else 0)
        + (1 if point >= up_to_filed else 0)
    )


@inlined
def choice_of(utilities: PerAction, behaviour: Behaviour, may_file: float, luck: float) -> int:
    """Return the action taken."""
    return action_on(stick_of(weights_of(utilities, behaviour, may_file)), luck)

"""Choice: which action is taken (model.md, 4.5).

Utilities are random to the observer. The ways of innovating are alike, so they form a nest: a nested multinomial logit
(mcfadden_1978, train_2009), in which a second, worthless way to innovate does not make innovating much likelier.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import natural_logarithm, powers_of_two
from model.parameters import Behaviour
from model.rules.utility import PerAction

_LOG2_E = 1.4426950408889634
_CLOSED = -1e300  # the utility of what is not open
_ODDS_OF_CLOSED = 1e-290  # above what is left of the odds of what is not open


class Ways(NamedTuple):
    """The nest of innovating: the odds of its ways, the best being 1, and the nest's own odds as a power of 2."""

    innovation: float
    filed_innovation: float
    self_dealing: float
    power: float


@inlined
def ways_of(utilities: PerAction, behaviour: Behaviour, may_file: float) -> Ways:
    """Return the odds among the ways of innovating that are open, and how much all of them together are worth.

    Together they are worth their best, and a little more for the choice among them: the inclusive value.
    """
    is_filed_open = behaviour.filed_innovation_open * may_file > 0.0
    filed_innovation = utilities.filed_innovation if is_filed_open else _CLOSED
    self_dealing = utilities.self_dealing if behaviour.self_dealing_open > 0.0 else _CLOSED
    sharpness = _LOG2_E / behaviour.temperature
    within = sharpness * (1.0 / behaviour.nesting)
    odds = powers_of_two(utilities.innovation * within, filed_innovation * within, self_dealing * within)
    best_honest = filed_innovation if filed_innovation > utilities.innovation else utilities.innovation
    best = self_dealing if self_dealing > best_honest else best_honest
    choice = behaviour.nesting * _LOG2_E * natural_logarithm(odds[0] + odds[1] + odds[2])
    return Ways(odds[0], odds[1], odds[2], best * sharpness + choice)


@inlined
def stick_of(utilities: PerAction, ways: Ways, behaviour: Behaviour) -> PerAction:
    """Return the odds of all actions laid on one stick: the nest's part divided among its ways in proportion.

    The stick may have any length; this one saves a division.
    """
    routine = utilities.routine if behaviour.routine_open > 0.0 else _CLOSED
    sharpness = _LOG2_E / behaviour.temperature
    odds = powers_of_two(utilities.inaction * sharpness, routine * sharpness, ways.power)
    all_ways = ways.innovation + ways.filed_innovation + ways.self_dealing
    return PerAction(
        odds[0] * all_ways,
        odds[1] * all_ways,
        odds[2] * ways.innovation,
        odds[2] * ways.filed_innovation,
        odds[2] * ways.self_dealing,
    )


@inlined
def probabilities_on(stick: PerAction) -> PerAction:
    """Return the probability of every action: its part of the stick; what is closed has none at all."""
    inaction, routine, innovation, filed, self_dealing = stick
    total = inaction + routine + innovation + filed + self_dealing
    return PerAction(
        inaction / total,
        routine / total if routine > _ODDS_OF_CLOSED else 0.0,
        innovation / total,
        filed / total if filed > _ODDS_OF_CLOSED else 0.0,
        self_dealing / total if self_dealing > _ODDS_OF_CLOSED else 0.0,
    )


@compiled
def probabilities_of(utilities: PerAction, behaviour: Behaviour, may_file: float) -> PerAction:
    """Return the probability of every action that follows from utilities alone."""
    return probabilities_on(stick_of(utilities, ways_of(utilities, behaviour, may_file), behaviour))


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
    return action_on(stick_of(utilities, ways_of(utilities, behaviour, may_file), behaviour), luck)

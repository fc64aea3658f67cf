"""Choice: what each action is worth to an official, and which one is taken (model.md, 4.4 and 4.5).

The folk rule "do more, err more; do less, err less; do nothing, err nothing" is the sum of these terms. The choice is a
multinomial logit: utilities are random to the observer (mcfadden_1974).
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import exponential
from model.parameters import Behaviour, Parameters
from model.state import OfficialState


class Outlook(NamedTuple):
    """What an official sees before choosing: drive, beliefs about accountability and exemption, chance of success."""

    drive: float
    perceived_accountability: float
    perceived_exemption: float
    success: float


class Circumstances(NamedTuple):
    """What all officials of a jurisdiction share in a month."""

    announced_accountability: float
    announced_exemption: float
    perceived_loss: float
    unfiled_ratio: float
    exempt_self_dealing: float
    complexity_now: float
    pursuit: float
    share_inaction: float
    share_routine: float
    share_innovation: float


class Terms(NamedTuple):
    """The utility of one action, term by term: three gains, then costs and expected losses as positive numbers."""

    reward: float
    private_gain: float
    conformity: float
    effort: float
    red_tape: float
    filing: float
    review: float
    accountability: float
    detection: float


class Menu(NamedTuple):
    """The terms of every action, in the order of the actions."""

    inaction: Terms
    routine: Terms
    innovation: Terms
    filed_innovation: Terms
    self_dealing: Terms


class Utilities(NamedTuple):
    """The utility of every action, in the order of the actions."""

    inaction: float
    routine: float
    innovation: float
    filed_innovation: float
    self_dealing: float


@inlined
def utility(terms: Terms) -> float:
    """Return what an action is worth in all: its gains less its costs and expected losses."""
    gains = terms.reward + terms.private_gain + terms.conformity
    costs = terms.effort + terms.red_tape + terms.filing + terms.review
    return gains - costs - terms.accountability - terms.detection


@inlined
def terms_of_inaction(official: OfficialState, circumstances: Circumstances, parameters: Parameters) -> Terms:
    """Return the terms of doing nothing: little to fear, and company if others do nothing too."""
    accountability = parameters.accountability
    feared = official.loss_aversion * accountability.inaction_certainty * accountability.inaction_loss
    company = parameters.behaviour.conformity * circumstances.share_inaction
    return Terms(0.0, 0.0, company, 0.0, 0.0, 0.0, 0.0, feared, 0.0)


@inlined
def terms_of_routine(
    official: OfficialState, outlook: Outlook, circumstances: Circumstances, parameters: Parameters
) -> Terms:
    """Return the terms of playing safe: a small sure reward, a small risk that no exemption covers."""
    work = parameters.work
    reward = work.routine_reward * outlook.drive
    feared_loss = official.loss_aversion * circumstances.perceived_loss
    feared = work.routine_failure * work.routine_certainty * feared_loss
    company = parameters.behaviour.conformity * circumstances.share_routine
    return Terms(reward, 0.0, company, work.routine_effort, 0.0, 0.0, 0.0, feared, 0.0)


@inlined
def terms_of_innovation(
    official: OfficialState, outlook: Outlook, circumstances: Circumstances, parameters: Parameters, unforgiven: float
) -> Terms:
    """Return the terms of innovating honestly; `unforgiven` is the believed share of cases that end in a sanction."""
    reward = outlook.success * outlook.drive
    pursued = (1.0 - outlook.success) * outlook.perceived_accountability
    risk = pursued * (official.loss_aversion * circumstances.perceived_loss)
    review = pursued * parameters.exemption.review_burden * official.loss_aversion
    red_tape = parameters.supervision.red_tape * parameters.supervision.detection
    company = parameters.behaviour.conformity * circumstances.share_innovation
    effort = parameters.work.innovation_effort
    return Terms(reward, 0.0, company, effort, red_tape, 0.0, review, risk * unforgiven, 0.0)


@inlined
def menu_of(official: OfficialState, outlook: Outlook, circumstances: Circumstances, parameters: Parameters) -> Menu:
    """Return every action's terms for one official in one month."""
    believed = outlook.perceived_exemption
    unfiled = terms_of_innovation(
        official, outlook, circumstances, parameters, 1.0 - believed * circumstances.unfiled_ratio
    )
    filed = terms_of_innovation(official, outlook, circumstances, parameters, 1.0 - believed)
    gain = parameters.work.self_dealing_gain * (1.0 - official.integrity)
    if_found_out = official.loss_aversion * parameters.work.self_dealing_loss
    feared = parameters.supervision.detection * if_found_out * (1.0 - circumstances.exempt_self_dealing)
    return Menu(
        terms_of_inaction(official, circumstances, parameters),
        terms_of_routine(official, outlook, circumstances, parameters),
        unfiled,
        with_filing(filed, parameters.exemption.filing_cost),
        with_private_gain(unfiled, gain, feared),
    )


@inlined
def with_filing(terms: Terms, cost: float) -> Terms:
    """Return the terms of an innovation that is filed in advance."""
    return Terms(
        terms.reward,
        terms.private_gain,
        terms.conformity,
        terms.effort,
        terms.red_tape,
        cost,
        terms.review,
        terms.accountability,
        terms.detection,
    )


@inlined
def with_private_gain(terms: Terms, gain: float, feared: float) -> Terms:
    """Return the terms of an innovation that is a cover for private gain."""
    return Terms(
        terms.reward,
        gain,
        terms.conformity,
        terms.effort,
        terms.red_tape,
        terms.filing,
        terms.review,
        terms.accountability,
        feared,
    )


@inlined
def utilities_of(menu: Menu) -> Utilities:
    """Return every action's utility."""
    return Utilities(
        utility(menu.inaction),
        utility(menu.routine),
        utility(menu.innovation),
        utility(menu.filed_innovation),
        utility(menu.self_dealing),
    )


@inlined
def weights_of(utilities: Utilities, behaviour: Behaviour) -> Utilities:
    """Return the logit weight of every action, relative to the best one that is open; 0 for actions that are not."""
    inaction, routine, innovation, filed, self_dealing = utilities
    best = inaction if inaction > innovation else innovation
    best = routine if (behaviour.routine_open > 0.0) & (routine > best) else best
    best = filed if (behaviour.filed_innovation_open > 0.0) & (filed > best) else best
    best = self_dealing if (behaviour.self_dealing_open > 0.0) & (self_dealing > best) else best
    sharpness = 1.0 / behaviour.temperature
    return Utilities(
        exponential((inaction - best) * sharpness),
        exponential((routine - best) * sharpness) * behaviour.routine_open,
        exponential((innovation - best) * sharpness),
        exponential((filed - best) * sharpness) * behaviour.filed_innovation_open,
        exponential((self_dealing - best) * sharpness) * behaviour.self_dealing_open,
    )


@compiled
def probabilities_of(utilities: Utilities, behaviour: Behaviour) -> Utilities:
    """Return the probability of every action."""
    inaction, routine, innovation, filed, self_dealing = weights_of(utilities, behaviour)
    total = inaction + routine + innovation + filed + self_dealing
    return Utilities(inaction / total, routine / total, innovation / total, filed / total, self_dealing / total)


@inlined
def choice_of(utilities: Utilities, behaviour: Behaviour, luck: float) -> int:
    """Return the action taken: where the luck of the draw falls among the weights laid end to end."""
    inaction, routine, innovation, filed, self_dealing = weights_of(utilities, behaviour)
    up_to_routine = inaction + routine
    up_to_innovation = up_to_routine + innovation
    up_to_filed = up_to_innovation + filed
    point = luck * (up_to_filed + self_dealing)
    # Comparisons are added up instead of branched on, so that many officials can choose at once.
    return (
        (1 if point >= inaction else 0)
        + (1 if point >= up_to_routine else 0)
        + (1 if point >= up_to_innovation else 0)
        + (1 if point >= up_to_filed else 0)
    )

"""Networks: whom officials see and hear of in their jurisdiction, and who answers for whom.

Complete: everyone sees and hears of everyone. Small world (watts_strogatz_1998): one sees and hears of some neighbours
in a ring, some of them exchanged for anybody: as much is heard, but not of the same. Hierarchy: one looks to the
superior, who may pass the blame for a failed innovation down.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.compiled import compiled, inlined
from model.draws import BlameLuck, Key, tie_luck
from model.parameters import NETWORKS, Network, Parameters
from model.rules.evidence import EventRates
from model.rules.ladder import freeze_of_rung
from model.rules.outcome import NO_RUNG, Consequence
from model.rules.utility import Circumstances
from model.vocabulary import Action

NOBODY = -1
NOTHING_DONE = -1


class Complete(NamedTuple):
    """The tag of the network in which everyone sees everyone, which has no numbers of its own."""

    nothing: int = 0


class SmallWorld(NamedTuple):
    """The tag of the network of neighbours, with its numbers."""

    numbers: Network


class Hierarchy(NamedTuple):
    """The tag of the network of superiors and subordinates, with its numbers."""

    numbers: Network


def network_of(parameters: Parameters) -> Any:
    """Return the tag of the network in which officials see each other, with its numbers."""
    kind = NETWORKS[int(parameters.network.kind)]
    if kind == "complete":
        return Complete()
    return SmallWorld(parameters.network) if kind == "small_world" else Hierarchy(parameters.network)


def number_of_ties(network: Any) -> int:
    """Return how many posts one sees in a small world, the own one among them; 0 in other networks."""
    return int(network.numbers.neighbours) + 1 if isinstance(network, SmallWorld) else 0


# --- Small world ---


@compiled
def tie_of(key: Key, first: int, size: int, place: int, slot: int, network: Network) -> int:
    """Return the post that a post of a jurisdiction sees in a slot; slot 0 is the post itself.

    `first` is the number of the jurisdiction's first post, `size` how many it has, `place` the post's place among them.
    """
    if slot == 0:
        return first + place
    luck = tie_luck(key, np.uint64(first + place), np.uint64(slot))
    if luck.rewiring < network.rewiring:
        return first + int(luck.whom * size)
    # One step right, one left, two right, two left; where everyone is a neighbour, no post comes twice.
    step = (slot + 1) // 2
    return first + (place + (step if slot % 2 == 1 else size - step)) % size


@inlined
def among(n: int, n_ties: int) -> float:
    """Return the share of those seen, or the events per official among them."""
    return n / n_ties


@inlined
def seeing(here: Circumstances, inaction: float, routine: float, innovation: float, borne: float) -> Circumstances:
    """Return what an official faces who sees these shares do each thing, and bears this share of its sanctions."""
    return Circumstances(
        announced_accountability=here.announced_accountability,
        announced_exemption_filed=here.announced_exemption_filed,
        announced_exemption_unfiled=here.announced_exemption_unfiled,
        negligence_ratio_filed=here.negligence_ratio_filed,
        negligence_ratio_unfiled=here.negligence_ratio_unfiled,
        perceived_loss=here.perceived_loss,
        exempt_self_dealing=here.exempt_self_dealing,
        expected_misconduct_loss=here.expected_misconduct_loss,
        complexity_now=here.complexity_now,
        complexity_in_haste=here.complexity_in_haste,
        pursuit=here.pursuit,
        nerve=here.nerve,
        share_inaction=inaction,
        share_routine=routine,
        share_innovation=innovation,
        borne=borne,
    )


# What is heard of an official's month, a bit each: what `EventRates` counts, in its order.
N_EVENTS = len(EventRates._fields)


@inlined
def events_of(action: int, consequence: Consequence) -> int:
    """Return what is heard of an official's month, as bits in the order of `EventRates`."""
    is_sanction = (consequence.is_failure_case == 1) & (consequence.is_exempt == 0)
    is_exempt = consequence.is_honest * consequence.is_exempt
    is_denied = consequence.is_honest * (1 - consequence.is_exempt)
    filed = 1 if action == Action.FILED_INNOVATION else 0
    return (
        (1 if is_sanction else 0)
        + 2 * consequence.is_unpursued
        + 4 * (is_exempt * filed)
        + 8 * (is_exempt * (1 - filed))
        + 16 * (is_denied * filed)
        + 32 * (is_denied * (1 - filed))
    )


# --- Hierarchy ---


@inlined
def superior_of(place: int, span: float) -> int:
    """Return the place of an official's superior in the jurisdiction; -1 of its head, who has none."""
    return (place - 1) // int(span) if place > 0 else NOBODY


@inlined
def first_subordinate(place: int, span: float) -> int:
    """Return the place at which an official's subordinates begin, be there any."""
    return place * int(span) + 1


@inlined
def number_of_subordinates(place: int, size: int, span: float) -> int:
    """Return how many subordinates an official has in a jurisdiction of this size."""
    left = size - first_subordinate(place, span)
    most = int(span)
    few = left if left < most else most
    return few if few > 0 else 0


@inlined
def borne_by(n_subordinates: int, network: Network) -> float:
    """Return the share of sanctions after an innovation that an official expects to bear."""
    return 1.0 - network.blame_down if n_subordinates > 0 else 1.0


@inlined
def seen_below(share: float, is_superior_in_it: float, weight: float) -> float:
    """Return the share of an action that an official sees: the jurisdiction's, and what the superior did."""
    return (1.0 - weight) * share + weight * is_superior_in_it if weight > 0.0 else share


@inlined
def seen_in_hierarchy(here: Circumstances, superior_did: int, n_subordinates: int, network: Network) -> Circumstances:
    """Return what an official faces who looks to a superior; `superior_did` is -1 where there is none to look to."""
    weight = network.superior_weight if superior_did != NOTHING_DONE else 0.0
    return seeing(
        here,
        seen_below(here.share_inaction, 1.0 if superior_did == Action.INACTION else 0.0, weight),
        seen_below(here.share_routine, 1.0 if superior_did == Action.ROUTINE else 0.0, weight),
        seen_below(here.share_innovation, 1.0 if superior_did >= Action.INNOVATION else 0.0, weight),
        borne_by(n_subordinates, network),
    )


@inlined
def scapegoat_of(
    action: int, consequence: Consequence, place: int, n_subordinates: int, network: Network, luck: BlameLuck
) -> int:
    """Return the place of the subordinate on whom a sanction after an innovation falls; -1 if on the official."""
    falls = (
        (action >= Action.INNOVATION)
        & (consequence.rung != NO_RUNG)
        & (n_subordinates > 0)
        & (luck.falls < network.blame_down)
    )
    whom = first_subordinate(place, network.span) + int(luck.whom * n_subordinates)
    return whom if falls else NOBODY


@inlined
def let_off_by_blame(consequence: Consequence) -> Consequence:
    """Return what is left of a sanction for one who passed it on: a failure that was, for oneself, left alone."""
    return Consequence(0, 0, 0, 0, consequence.is_failure_case, NO_RUNG, consequence.cause, 0.0)


class Blame(NamedTuple):
    """A sanction that falls on a subordinate: what for, on which rung."""

    is_failure_case: int
    is_misconduct: int
    is_honest: int
    is_filed: int
    rung: int


@inlined
def blame_code(action: int, consequence: Consequence) -> int:
    """Return a sanction passed on as one whole number above 0."""
    filed = 1 if action == Action.FILED_INNOVATION else 0
    flags = consequence.is_failure_case + 2 * consequence.is_misconduct + 4 * consequence.is_honest + 8 * filed
    return 1 + flags + 16 * consequence.rung


@inlined
def blame_of(code: int) -> Blame:
    """Return the sanction that a code above 0 stands for."""
    bits = code - 1
    return Blame(bits & 1, (bits >> 1) & 1, (bits >> 2) & 1, (bits >> 3) & 1, bits >> 4)


@inlined
def blamed_action(blame: Blame) -> int:
    """Return what the subordinate is blamed for having done: as far as it matters, filed or not."""
    return Action.FILED_INNOVATION.value if blame.is_filed == 1 else Action.INNOVATION.value


@inlined
def sanction_of_blame(blame: Blame) -> Consequence:
    """Return what the blame means for the subordinate: the case and the sanction, as if they were its own."""
    return Consequence(
        blame.is_failure_case, blame.is_misconduct, blame.is_honest, 0, 0, blame.rung, 0, freeze_of_rung(blame.rung)
    )

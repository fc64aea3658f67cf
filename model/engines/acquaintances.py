"""What an official of the readable engine sees and hears in its network, and what it answers for."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.draws import blame_luck
from model.rules.evidence import EventRates, News, news_of_rates
from model.rules.network import (
    N_EVENTS,
    NOBODY,
    NOTHING_DONE,
    Hierarchy,
    SmallWorld,
    among,
    blame_code,
    let_off_by_blame,
    number_of_subordinates,
    number_of_ties,
    scapegoat_of,
    seeing,
    seen_in_hierarchy,
    superior_of,
    tie_of,
)
from model.rules.outcome import Consequence
from model.rules.utility import Circumstances
from model.vocabulary import Action

Official = Any  # of mesa_engine, which uses this


def ties_of(official: Official) -> list[int]:
    """Return the places in its jurisdiction that an official sees in a small world."""
    here, model = official.jurisdiction, official.model
    network, place = model.structure.network, (model.key, here.first_post, here.size, official.place)
    return [tie_of(*place, slot, network.numbers) - here.first_post for slot in range(number_of_ties(network))]


def circumstances_seen_by(official: Official) -> Circumstances:
    """Return what an official faces, from what is the same for all of its jurisdiction."""
    here, network = official.jurisdiction, official.model.structure.network
    if isinstance(network, SmallWorld) and here.shown[official.place] != NOTHING_DONE:
        seen, n = [here.shown[tie] for tie in official.ties], len(official.ties)
        inaction, routine = seen.count(Action.INACTION), seen.count(Action.ROUTINE)
        innovation = n - inaction - routine
        return seeing(here.circumstances, among(inaction, n), among(routine, n), among(innovation, n), 1.0)
    if isinstance(network, Hierarchy):
        numbers = network.numbers
        superior = superior_of(official.place, numbers.span)
        did = NOTHING_DONE if superior == NOBODY else here.shown[superior]
        subordinates = number_of_subordinates(official.place, here.size, numbers.span)
        return seen_in_hierarchy(here.circumstances, did, subordinates, numbers)
    everyone: Circumstances = here.circumstances
    return everyone


def borne_by(official: Official, action: int, consequence: Consequence) -> Consequence:
    """Return what an official bears itself; in a hierarchy it may pass a sanction down."""
    here, model = official.jurisdiction, official.model
    network = model.structure.network
    if not isinstance(network, Hierarchy):
        return consequence
    luck = blame_luck(model.key, np.uint64(official.post), np.uint64(official.generation), np.uint64(model.month))
    subordinates = number_of_subordinates(official.place, here.size, network.numbers.span)
    scapegoat = scapegoat_of(action, consequence, official.place, subordinates, network.numbers, luck)
    if scapegoat == NOBODY:
        return consequence
    here.officials[scapegoat].blame = blame_code(action, consequence)
    return let_off_by_blame(consequence)


def news_for(official: Official) -> News:
    """Return what an official hears of: what all hear of, or in a small world what its neighbours tell."""
    here, model = official.jurisdiction, official.model
    if not isinstance(model.structure.network, SmallWorld):
        everyone: News = here.news
        return everyone
    heard = [here.officials[tie].events for tie in official.ties]
    counts = [sum(events >> event & 1 for events in heard) for event in range(N_EVENTS)]
    rates = EventRates(*(among(count, len(heard)) for count in counts))
    return news_of_rates(rates, model.national, here.parameters)

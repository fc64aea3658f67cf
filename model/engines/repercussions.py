"""What others' months mean for an official, in arrays: news from neighbours, blame from above.

In the complete network all of a jurisdiction hear the same and everyone answers for itself, so that there is nothing to
do; what compiled code calls is chosen by the network's tag.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    BLAME,
    EVENTS,
    GENERATION,
    LANES,
    LEAVES,
    REMOVED,
    AdministrationArrays,
    Layout,
    Moment,
    Seats,
    lanes_for,
    official_at,
    put_official,
)
from model.compiled import chosen_by_tag, inlined
from model.draws import blame_luck
from model.engines.remembering import case_is_remembered
from model.engines.surroundings import N_VIEW
from model.parameters import REMOVAL_RUNG, Parameters
from model.rules.evidence import EventRates, News, after_own_case, news_of_rates
from model.rules.network import (
    NOBODY,
    Complete,
    Hierarchy,
    SmallWorld,
    among,
    blame_code,
    blame_of,
    blamed_action,
    events_of,
    let_off_by_blame,
    number_of_subordinates,
    sanction_of_blame,
    scapegoat_of,
)
from model.rules.outcome import NO_RUNG, Consequence
from model.state import National


@inlined
def _heard_by_all(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    last: National,
    parameters: Parameters,
) -> None:
    pass


@inlined
def _heard_among_neighbours(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    last: National,
    parameters: Parameters,
) -> None:
    events = administration.seen[EVENTS]
    for lane in range(seats.here):
        ties = administration.ties[seats.first + lane]
        sanctions, unpursued, exempt_filed, exempt_unfiled, denied_filed, denied_unfiled = 0, 0, 0, 0, 0, 0
        for slot in range(ties.shape[0]):
            bits = events[ties[slot]]
            sanctions += bits & 1
            unpursued += (bits >> 1) & 1
            exempt_filed += (bits >> 2) & 1
            exempt_unfiled += (bits >> 3) & 1
            denied_filed += (bits >> 4) & 1
            denied_unfiled += (bits >> 5) & 1
        n = ties.shape[0]
        rates = EventRates(
            among(sanctions, n),
            among(unpursued, n),
            among(exempt_filed, n),
            among(exempt_unfiled, n),
            among(denied_filed, n),
            among(denied_unfiled, n),
        )
        news = news_of_rates(rates, last, parameters)
        for field in range(N_VIEW):
            view[field * LANES + lane] = news[field]
    for lane in range(seats.here, lanes_for(seats.here)):
        for field in range(N_VIEW):
            view[field * LANES + lane] = 0.0


@inlined
def _blame_is_borne(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    last: National,
    parameters: Parameters,
) -> None:
    officials, block = administration.officials, seats.block
    rule, memories = administration.structure.rule, administration.memories
    for lane in range(seats.here):
        code = administration.seen[BLAME, seats.first + lane]
        if code > 0:
            blame = blame_of(code)
            sanction, official = sanction_of_blame(blame), official_at(officials, block, lane)
            # The superior has gone through the review; the subordinate only pays for it.
            case_is_remembered(rule, memories, block, lane, official, 0, blame.rung, parameters)
            after = after_own_case(official, blamed_action(blame), sanction, parameters.behaviour)
            put_official(officials, block, lane, after)
            if blame.rung == REMOVAL_RUNG:
                administration.posts[block, LEAVES + lane] = REMOVED


@chosen_by_tag({Complete: _heard_by_all, SmallWorld: _heard_among_neighbours, Hierarchy: _blame_is_borne})
def everyone_hears(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    last: National,
    parameters: Parameters,
) -> None:
    """Let what others did come to everyone in a block, before it learns: news from neighbours, blame from above.

    News that differ fill `view`, shape (N_VIEW * LANES,).
    """
    raise NotImplementedError


@inlined
def _news_for_all(network: Any, view: NDArray[np.float64], lane: int, news: News) -> News:
    return news


@inlined
def _news_for_one(network: Any, view: NDArray[np.float64], lane: int, news: News) -> News:
    return News(
        view[lane],
        view[LANES + lane],
        view[2 * LANES + lane],
        view[3 * LANES + lane],
        view[4 * LANES + lane],
        view[5 * LANES + lane],
    )


@chosen_by_tag({Complete: _news_for_all, SmallWorld: _news_for_one, Hierarchy: _news_for_all})
def news_at(network: Any, view: NDArray[np.float64], lane: int, news: News) -> News:
    """Return what the official in a lane hears; `news` is what goes round the whole jurisdiction."""
    raise NotImplementedError


# --- Who bears it ---


@inlined
def _borne_oneself(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    lane: int,
    when: Moment,
    action: int,
    consequence: Consequence,
) -> Consequence:
    return consequence


@inlined
def _heard_of(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    lane: int,
    when: Moment,
    action: int,
    consequence: Consequence,
) -> Consequence:
    administration.seen[EVENTS, seats.first + lane] = events_of(action, consequence)
    return consequence


@inlined
def _blamed_on_another(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    lane: int,
    when: Moment,
    action: int,
    consequence: Consequence,
) -> Consequence:
    if consequence.rung == NO_RUNG:
        return consequence
    first, post = layout.first_official[seats.j], seats.first + lane
    n = number_of_subordinates(post - first, layout.sizes[seats.j], network.numbers.span)
    generation = administration.posts[seats.block, GENERATION + lane]
    luck = blame_luck(when.key, np.uint64(post), np.uint64(generation), when.month)
    scapegoat = scapegoat_of(action, consequence, post - first, n, network.numbers, luck)
    if scapegoat == NOBODY:
        return consequence
    administration.seen[BLAME, first + scapegoat] = blame_code(action, consequence)
    return let_off_by_blame(consequence)


@chosen_by_tag({Complete: _borne_oneself, SmallWorld: _heard_of, Hierarchy: _blamed_on_another})
def consequence_borne(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    lane: int,
    when: Moment,
    action: int,
    consequence: Consequence,
) -> Consequence:
    """Return what an official bears itself of what the authorities made of its month; note what others are to know."""
    raise NotImplementedError

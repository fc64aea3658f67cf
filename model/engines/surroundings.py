"""What officials see and hear in their network, and where blame goes, in the arrays of the compiled engine.

In the complete network all of a jurisdiction see and hear the same, so that there is nothing to do; what compiled code
calls is chosen by the network's tag.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    BLAME,
    EVENTS,
    GENERATION,
    LANES,
    LAST_ACTION,
    LEAVES,
    REMOVED,
    AdministrationArrays,
    Layout,
    Moment,
    Seats,
    lanes_for,
    official_at,
    put_official,
    seats_in,
)
from model.compiled import chosen_by_tag, inlined
from model.draws import Key, blame_luck
from model.engines.remembering import case_is_remembered
from model.parameters import REMOVAL_RUNG, Parameters
from model.rules.evidence import EventRates, News, after_own_case, news_of_rates
from model.rules.network import (
    NOBODY,
    NOTHING_DONE,
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
    seeing,
    seen_in_hierarchy,
    superior_of,
    tie_of,
)
from model.rules.outcome import NO_RUNG, Consequence
from model.rules.utility import Circumstances
from model.state import National
from model.vocabulary import Action

# What is worked out for every lane of a block and kept until it is used: three shares and what is borne, or the news.
N_VIEW = len(News._fields)


@inlined
def _nothing_is_laid_out(network: Any, administration: AdministrationArrays, layout: Layout, j: int, key: Key) -> None:
    pass


@inlined
def _ties_are_laid_out(network: Any, administration: AdministrationArrays, layout: Layout, j: int, key: Key) -> None:
    first, size = layout.first_official[j], layout.sizes[j]
    for place in range(size):
        for slot in range(administration.ties.shape[1]):
            administration.ties[first + place, slot] = tie_of(key, first, size, place, slot, network.numbers)


@chosen_by_tag({Complete: _nothing_is_laid_out, SmallWorld: _ties_are_laid_out, Hierarchy: _nothing_is_laid_out})
def network_is_laid_out(network: Any, administration: AdministrationArrays, layout: Layout, j: int, key: Key) -> None:
    """Lay out who sees whom in jurisdiction j, before the first month."""
    raise NotImplementedError


@inlined
def _all_see_all(network: Any, administration: AdministrationArrays, layout: Layout, j: int, month: np.uint64) -> None:
    pass


@inlined
def _actions_are_shown(
    network: Any, administration: AdministrationArrays, layout: Layout, j: int, month: np.uint64
) -> None:
    seen = administration.seen
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        seats = seats_in(layout, j, block)
        for lane in range(seats.here):
            action = administration.posts[block, ACTION + lane]
            seen[LAST_ACTION, seats.first + lane] = action if month > np.uint64(0) else NOTHING_DONE
            seen[EVENTS, seats.first + lane] = 0
            seen[BLAME, seats.first + lane] = 0


@chosen_by_tag({Complete: _all_see_all, SmallWorld: _actions_are_shown, Hierarchy: _actions_are_shown})
def month_begins(network: Any, administration: AdministrationArrays, layout: Layout, j: int, month: np.uint64) -> None:
    """Let everyone in jurisdiction j see what the others did last month, and forget what was heard of it."""
    raise NotImplementedError


# --- What is seen ---


@inlined
def _seen_by_all(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    j: int,
    post: int,
    here: Circumstances,
) -> Circumstances:
    return seeing(here, here.share_inaction, here.share_routine, here.share_innovation, 1.0)


@inlined
def _seen_among_neighbours(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    j: int,
    post: int,
    here: Circumstances,
) -> Circumstances:
    actions, ties = administration.seen[LAST_ACTION], administration.ties[post]
    if actions[post] == NOTHING_DONE:
        return seeing(here, here.share_inaction, here.share_routine, here.share_innovation, 1.0)
    inaction, routine = 0, 0
    for slot in range(ties.shape[0]):
        action = actions[ties[slot]]
        inaction += 1 if action == Action.INACTION else 0
        routine += 1 if action == Action.ROUTINE else 0
    n = ties.shape[0]
    return seeing(here, among(inaction, n), among(routine, n), among(n - inaction - routine, n), 1.0)


@inlined
def _seen_below_superior(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    j: int,
    post: int,
    here: Circumstances,
) -> Circumstances:
    first = layout.first_official[j]
    superior = superior_of(post - first, network.numbers.span)
    did = NOTHING_DONE if superior == NOBODY else administration.seen[LAST_ACTION, first + superior]
    subordinates = number_of_subordinates(post - first, layout.sizes[j], network.numbers.span)
    return seen_in_hierarchy(here, did, subordinates, network.numbers)


@chosen_by_tag({Complete: _seen_by_all, SmallWorld: _seen_among_neighbours, Hierarchy: _seen_below_superior})
def circumstances_seen(
    network: Any,
    administration: AdministrationArrays,
    layout: Layout,
    j: int,
    post: int,
    here: Circumstances,
) -> Circumstances:
    """Return what the official in a post faces this month, from what its jurisdiction j does."""
    raise NotImplementedError


@inlined
def _nobody_need_look(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    here: Circumstances,
) -> None:
    pass


@inlined
def _each_looks(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    here: Circumstances,
) -> None:
    for lane in range(seats.here):
        seen = circumstances_seen(network, administration, layout, seats.j, seats.first + lane, here)
        view[lane] = seen.share_inaction
        view[LANES + lane] = seen.share_routine
        view[2 * LANES + lane] = seen.share_innovation
        view[3 * LANES + lane] = seen.borne
    for lane in range(seats.here, lanes_for(seats.here)):
        for field in range(4):
            view[field * LANES + lane] = 0.0


@chosen_by_tag({Complete: _nobody_need_look, SmallWorld: _each_looks, Hierarchy: _each_looks})
def everyone_looks_around(
    network: Any,
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    here: Circumstances,
) -> None:
    """Work out what everyone in a block sees others do, and fill `view`, shape (N_VIEW * LANES,)."""
    raise NotImplementedError


@inlined
def _view_of_all(network: Any, view: NDArray[np.float64], lane: int, here: Circumstances) -> Circumstances:
    # The 1 stands here, where the compiler can see it, so that nothing is multiplied.
    return seeing(here, here.share_inaction, here.share_routine, here.share_innovation, 1.0)


@inlined
def _view_of_one(network: Any, view: NDArray[np.float64], lane: int, here: Circumstances) -> Circumstances:
    return seeing(here, view[lane], view[LANES + lane], view[2 * LANES + lane], view[3 * LANES + lane])


@chosen_by_tag({Complete: _view_of_all, SmallWorld: _view_of_one, Hierarchy: _view_of_one})
def circumstances_at(network: Any, view: NDArray[np.float64], lane: int, here: Circumstances) -> Circumstances:
    """Return what the official in a lane faces, from what `everyone_looks_around` worked out."""
    raise NotImplementedError


# --- What is heard ---


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

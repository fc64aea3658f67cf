"""What officials see of each other in their network, in the arrays of the compiled engine.

In the complete network all of a jurisdiction see the same, so that there is nothing to do; what compiled code calls is
chosen by the network's tag.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    BLAME,
    EVENTS,
    LANES,
    LAST_ACTION,
    AdministrationArrays,
    Layout,
    Seats,
    lanes_for,
    seats_in,
)
from model.compiled import chosen_by_tag, inlined
from model.draws import Key
from model.rules.evidence import News
from model.rules.network import (
    NOBODY,
    NOTHING_DONE,
    Complete,
    Hierarchy,
    SmallWorld,
    among,
    number_of_subordinates,
    seeing,
    seen_in_hierarchy,
    superior_of,
    tie_of,
)
from model.rules.utility import Circumstances
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

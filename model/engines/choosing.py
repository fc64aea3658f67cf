"""Everyone in a block chooses: the passes of the compiled engine in which all officials have a part at once.

Each step is a short loop without branches, so that the compiler works on several officials at once; what one loop hands
to the next lies in a workspace on the stack.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    GENERATION,
    LANES,
    LEAVES,
    OUTCOME,
    STAYS,
    AdministrationArrays,
    Layout,
    Moment,
    Seats,
    lanes_for,
    official_at,
)
from model.compiled import column_of, inlined, put_column, workspace
from model.draws import MonthLuck, month_luck
from model.engines.remembering import (
    act_is_remembered,
    stick_weighed,
    terms_weighed,
)
from model.engines.surroundings import N_VIEW, circumstances_at, everyone_looks_around
from model.numerics import fixed_point
from model.parameters import Parameters
from model.rules.choice import Ways, action_on, stick_of, ways_of
from model.rules.outcome import care_taken, is_of_consequence, outcome_of
from model.rules.outlook import outlook_of
from model.rules.utility import Circumstances, Outlook, PerAction, terms_of, utilities_of
from model.vocabulary import COUNT, Action

# Where the lanes of each number lie in the workspace of a block that chooses.
# A column is wider than its lanes, since processors confuse places that lie a multiple of 4,096 bytes apart; and by a
# whole vector, since the compiler takes narrower ones where columns do not lie a multiple of a vector apart.
WIDTH = LANES + 8
_N_LUCK, _N_OUTLOOK = len(MonthLuck._fields), len(Outlook._fields)
_N_ACTIONS, _N_WAYS = len(PerAction._fields), len(Ways._fields)
_LUCK = 0
_OUTLOOK = _LUCK + _N_LUCK * WIDTH
PER_ACTION = _OUTLOOK + _N_OUTLOOK * WIDTH
_WAYS = PER_ACTION + _N_ACTIONS * WIDTH
N_WORK = _WAYS + _N_WAYS * WIDTH
_NOBODY = -1
N_LANES_IN_VIEW = N_VIEW * LANES


@inlined
def everyone_draws(work: NDArray[np.float64], posts: NDArray[np.int64], seats: Seats, when: Moment) -> None:
    """Draw the luck of everyone's month."""
    for lane in range(lanes_for(seats.here)):
        post, generation = np.uint64(seats.first + lane), np.uint64(posts[seats.block, GENERATION + lane])
        put_column(work, _LUCK + lane, WIDTH, month_luck(when.key, post, generation, when.month))


@inlined
def luck_at(work: NDArray[np.float64], lane: int) -> MonthLuck:
    """Return the luck of an official's month from the workspace."""
    return MonthLuck(*column_of(work, _LUCK + lane, WIDTH, _N_LUCK))


@inlined
def everyone_looks(
    work: NDArray[np.float64],
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let everyone see what is to be expected."""
    officials, network = administration.officials, administration.structure.network
    for lane in range(lanes_for(seats.here)):
        official, urgency = official_at(officials, seats.block, lane), luck_at(work, lane).urgency
        here = circumstances_at(network, view, lane, circumstances)
        put_column(work, _OUTLOOK + lane, WIDTH, outlook_of(official, here, parameters, urgency))


@inlined
def outlook_at(work: NDArray[np.float64], lane: int) -> Outlook:
    """Return the outlook of an official from the workspace."""
    return Outlook(*column_of(work, _OUTLOOK + lane, WIDTH, _N_OUTLOOK))


@inlined
def per_action_at(work: NDArray[np.float64], lane: int) -> PerAction:
    """Return a number for every action of an official from the workspace: first utilities, then the stick."""
    return PerAction(*column_of(work, PER_ACTION + lane, WIDTH, _N_ACTIONS))


@inlined
def everyone_weighs(
    work: NDArray[np.float64],
    view: NDArray[np.float64],
    administration: AdministrationArrays,
    seats: Seats,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let everyone weigh every action: what each is worth, then how likely it is."""
    lanes, block = lanes_for(seats.here), seats.block
    officials, memories = administration.officials, administration.memories
    rule, network = administration.structure
    for lane in range(lanes):
        official, outlook = official_at(officials, block, lane), outlook_at(work, lane)
        here = circumstances_at(network, view, lane, circumstances)
        by_default = terms_of(official, outlook, here, parameters)
        terms = terms_weighed(rule, memories, block, lane, by_default, official, outlook, here, parameters)
        put_column(work, PER_ACTION + lane, WIDTH, utilities_of(terms))
    for lane in range(lanes):
        ways = ways_of(per_action_at(work, lane), parameters.behaviour, outlook_at(work, lane).may_file)
        put_column(work, _WAYS + lane, WIDTH, ways)
    for lane in range(lanes):
        ways = Ways(*column_of(work, _WAYS + lane, WIDTH, _N_WAYS))
        utilities, may_file = per_action_at(work, lane), outlook_at(work, lane).may_file
        here = circumstances_at(network, view, lane, circumstances)
        stick = stick_of(utilities, ways, parameters.behaviour)
        stick = stick_weighed(rule, memories, block, lane, stick, utilities, may_file, here, parameters)
        put_column(work, PER_ACTION + lane, WIDTH, stick)


@inlined
def everyone_acts(
    work: NDArray[np.float64], administration: AdministrationArrays, seats: Seats, parameters: Parameters
) -> np.uint64:
    """Let everyone act and see how it turns out; return those to whom something happened, as a set of lanes."""
    posts, block, lanes = administration.posts, seats.block, lanes_for(seats.here)
    for lane in range(lanes):
        posts[block, ACTION + lane] = action_on(per_action_at(work, lane), luck_at(work, lane).choice)
    affected, rule, memories = np.uint64(0), administration.structure.rule, administration.memories
    for lane in range(lanes):
        action, outlook = posts[block, ACTION + lane], outlook_at(work, lane)
        outcome = outcome_of(action, outlook, parameters, luck_at(work, lane))
        posts[block, OUTCOME + lane] = outcome
        official = official_at(administration.officials, block, lane)
        act_is_remembered(rule, memories, block, lane, action, outcome, official, outlook, parameters)
        posts[block, LEAVES + lane] = STAYS
        is_affected = is_of_consequence(action, outcome) if lane < seats.here else 0
        affected |= np.uint64(is_affected) << np.uint64(lane)
    return affected


@inlined
def actions_are_counted(work: NDArray[np.float64], administration: AdministrationArrays, seats: Seats) -> None:
    """Count what everyone does, with how much care, and how likely they think it to be pursued."""
    posts, lanes = administration.posts[seats.block], lanes_for(seats.here)
    inaction, routine, innovation, filed = 0, 0, 0, 0
    for lane in range(lanes):
        counted = posts[ACTION + lane] if lane < seats.here else _NOBODY
        inaction += 1 if counted == Action.INACTION else 0
        routine += 1 if counted == Action.ROUTINE else 0
        innovation += 1 if counted == Action.INNOVATION else 0
        filed += 1 if counted == Action.FILED_INNOVATION else 0
    accountability, all_care, routine_care = 0, 0, 0
    for lane in range(lanes):
        counted = posts[ACTION + lane] if lane < seats.here else _NOBODY
        outlook = outlook_at(work, lane)
        taken = fixed_point(care_taken(counted, outlook))
        accountability += fixed_point(outlook.perceived_accountability) if lane < seats.here else 0
        all_care += taken
        routine_care += taken if counted == Action.ROUTINE else 0
    counts = administration.counts[seats.j]
    counts[COUNT.officials] += seats.here
    counts[COUNT.inaction] += inaction
    counts[COUNT.routine] += routine
    counts[COUNT.innovation] += innovation
    counts[COUNT.filed_innovation] += filed
    counts[COUNT.self_dealing] += seats.here - inaction - routine - innovation - filed
    counts[COUNT.perceived_accountability] += accountability
    counts[COUNT.care] += all_care - routine_care
    counts[COUNT.routine_care] += routine_care


@inlined
def everyone_chooses(
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    when: Moment,
    circumstances: Circumstances,
    parameters: Parameters,
) -> np.uint64:
    """Let everyone in a block choose and see how it turns out; return those to whom something happened.

    The steps are loops of their own: the shorter they are, the more officials a processor has in hand at once.
    """
    work, view, network = workspace(N_WORK), workspace(N_LANES_IN_VIEW), administration.structure.network
    everyone_draws(work, administration.posts, seats, when)
    everyone_looks_around(network, view, administration, layout, seats, circumstances)
    everyone_looks(work, view, administration, seats, circumstances, parameters)
    everyone_weighs(work, view, administration, seats, circumstances, parameters)
    affected = everyone_acts(work, administration, seats, parameters)
    actions_are_counted(work, administration, seats)
    return affected

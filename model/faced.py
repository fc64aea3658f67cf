"""What the holders of some posts face in a month, and what comes of it: all that entered, for people to see and keep.

The engines keep only results; this asks the same compiled rules again, for many posts at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    GENERATION,
    LEAVES,
    N_JURISDICTION_FIELDS,
    N_NATIONAL_FIELDS,
    N_TABLE_FIELDS,
    OUTCOME,
    AdministrationArrays,
    Moment,
    Policies,
    memory_at,
    official_at,
    policy_row,
    put_row,
)
from model.compiled import compiled, fields_of
from model.draws import case_luck, month_luck, room_luck
from model.month import circumstances_of
from model.parameters import parameters_of_row
from model.reasons import reasons_of
from model.rules.decision import Mind
from model.rules.outcome import Consequence, care_taken, consequence_of
from model.rules.utility import Circumstances, Outlook
from model.state import JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import ACTIONS

_N_STATE, _N_HERE, _N_OUTLOOK = len(OfficialState._fields), len(Circumstances._fields), len(Outlook._fields)
# The exemption tables, by cause: honest ones filed and not, negligence, private gain.
_EXEMPT = PolicyTables._fields.index("exempt_force_majeure")
_END_OF_EXEMPT = PolicyTables._fields.index("exempt_self_dealing") + 1
_N_ACTIONS = len(ACTIONS)
_N_WHOLE = len(Consequence._fields) - 1  # all of a consequence but its months

# The columns of what is faced, in their order.
FACED = (
    "generation",
    *OfficialState._fields,
    *(f"here_{name}" for name in Circumstances._fields),
    *(f"sees_{name}" for name in Outlook._fields),
    *(f"utility_{action}" for action in ACTIONS),
    *(f"probability_{action}" for action in ACTIONS),
    *PolicyTables._fields[_EXEMPT:_END_OF_EXEMPT],
)
# The columns of what came of it.
CAME = (
    "generation",
    "action",
    "outcome",
    "leaves",
    "care",
    *Consequence._fields,
    "luck_of_news",
)


@compiled
def what_posts_face(
    administration: AdministrationArrays,
    policies: Policies,
    when: Moment,
    places: NDArray[np.int64],
    faced: NDArray[np.float64],
) -> None:
    """Fill `faced`, (posts, FACED), with what the holders of posts face at the start of a month.

    `places`, (posts, 4), holds the number of each post, its block, its lane and its jurisdiction. The policy of the
    month has to be in force.
    """
    national = National(*fields_of(administration.national, N_NATIONAL_FIELDS))
    for place in range(places.shape[0]):
        post, block, lane, j = places[place, 0], places[place, 1], places[place, 2], places[place, 3]
        policy = policies.rows[policy_row(policies, int(when.month), j)]
        tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
        before = JurisdictionState(*fields_of(administration.jurisdictions[j], N_JURISDICTION_FIELDS))
        here = circumstances_of(before, national, tables, parameters_of_row(policy))
        official = official_at(administration.officials, block, lane)
        generation = administration.posts[block, GENERATION + lane]
        luck = month_luck(when.key, np.uint64(post), np.uint64(generation), when.month)
        rule = administration.structure.rule
        mind = Mind(rule, memory_at(rule, administration.memories, block, lane))
        reasons = reasons_of(official, here, policy, luck.urgency, mind)
        row, column = faced[place], 1
        row[0] = generation
        put_row(row[column:], official)
        column += _N_STATE
        put_row(row[column:], here)
        column += _N_HERE
        put_row(row[column:], reasons.outlook)
        column += _N_OUTLOOK
        put_row(row[column:], reasons.utilities)
        column += _N_ACTIONS
        put_row(row[column:], reasons.probabilities)
        column += _N_ACTIONS
        put_row(row[column:], tables[_EXEMPT:_END_OF_EXEMPT])


@compiled
def what_came_of_posts(
    administration: AdministrationArrays,
    policies: Policies,
    when: Moment,
    places: NDArray[np.int64],
    faced: NDArray[np.float64],
    came: NDArray[np.float64],
) -> None:
    """Fill `came`, (posts, CAME), with what came of a month that is over; `faced` is what stood at its start."""
    for place in range(places.shape[0]):
        post, block, lane, j = places[place, 0], places[place, 1], places[place, 2], places[place, 3]
        parameters = parameters_of_row(policies.rows[policy_row(policies, int(when.month), j)])
        tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
        row, generation = came[place], np.uint64(faced[place, 0])
        here = Circumstances(*fields_of(faced[place, 1 + _N_STATE :], _N_HERE))
        outlook = Outlook(*fields_of(faced[place, 1 + _N_STATE + _N_HERE :], _N_OUTLOOK))
        posts = administration.posts[block]
        action, outcome = posts[ACTION + lane], posts[OUTCOME + lane]
        luck = case_luck(when.key, np.uint64(post), generation, when.month)
        consequence = consequence_of(action, outcome, here, tables, parameters, luck)
        row[0], row[1], row[2], row[3] = generation, action, outcome, posts[LEAVES + lane]
        row[4] = care_taken(action, outlook)
        put_row(row[5:], consequence[:_N_WHOLE])
        row[5 + _N_WHOLE] = consequence.freeze_months
        row[6 + _N_WHOLE] = room_luck(when.key, np.uint64(post), generation, when.month)

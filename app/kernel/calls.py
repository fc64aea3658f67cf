"""What the page calls beside `fill_policies` and `whole_run`: compiled wrappers, month by month, official by official.

No rule stands here. The functions put those of ``model/`` into forms that need nothing but plain arrays, because the
page has no Python: a run a month at a time, all officials in the order of their numbers, and one official's month taken
apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    GENERATION,
    LANES,
    LEAVES,
    N_JURISDICTION_FIELDS,
    N_NATIONAL_FIELDS,
    N_OFFICIAL_FIELDS,
    N_TABLE_FIELDS,
    OUTCOME,
    AdministrationArrays,
    Layout,
    Moment,
    Policies,
    memory_at,
    official_at,
    policy_row,
    put_row,
)
from model.compiled import compiled, fields_of
from model.draws import CaseLuck, Key, MonthLuck, case_luck, month_luck
from model.engines.ensemble import jurisdictions_month, month_is_summed_up, people_arrive, policy_takes_force
from model.engines.surroundings import circumstances_seen, month_begins
from model.month import Decision, circumstances_of, decision_of
from model.parameters import Parameters, parameters_of_row
from model.policy import fill_layout
from model.reasons import Reasons, reasons_of
from model.rules.decision import Mind, told_by
from model.rules.decision.decision_rule import RuleTold
from model.rules.outcome import Consequence, consequence_of
from model.rules.utility import TERMS, Circumstances, Outlook, PerAction
from model.state import JurisdictionState, National, PolicyTables

N_ACTIONS = len(PerAction._fields)
N_TERMS = len(TERMS)


class Roll(NamedTuple):
    """All N officials in the order of their numbers, a field after the other: what they are, what their post holds."""

    states: NDArray[np.float64]  # (N_OFFICIAL_FIELDS, N)
    posts: NDArray[np.int32]  # (len(POST_FIELDS), N)
    jurisdiction: NDArray[np.int32]  # (N,)


POST_FIELDS = ("generation", "action", "outcome", "leaves")


class DeedFields(NamedTuple):
    """Who acted, what was done and what came of it, as in `Decision` and `Consequence`."""

    jurisdiction: int
    generation: int
    action: int
    outcome: int
    is_failure_case: int
    is_misconduct: int
    is_honest: int
    is_exempt: int
    is_unpursued: int
    rung: int
    cause: int
    freeze_months: int


# The place of each in a row: DEED.action is that of the action.
DEED = DeedFields(*range(len(DeedFields._fields)))


class Explanation(NamedTuple):
    """One official's month taken apart: what it is, faces, sees, weighs, is dealt and does."""

    tables: NDArray[np.float64]  # (J, N_TABLE_FIELDS), the policy in force that month
    state: NDArray[np.float64]  # (N_OFFICIAL_FIELDS,) at the start of the month
    circumstances: NDArray[np.float64]  # as Circumstances
    outlook: NDArray[np.float64]  # as Outlook
    terms: NDArray[np.float64]  # (N_TERMS, N_ACTIONS), as Terms and PerAction
    utilities: NDArray[np.float64]  # (N_ACTIONS,)
    probabilities: NDArray[np.float64]  # (N_ACTIONS,)
    told: NDArray[np.float64]  # as RuleTold, of the decision rule
    month_luck: NDArray[np.float64]  # as MonthLuck
    case_luck: NDArray[np.float64]  # as CaseLuck
    deed: NDArray[np.int64]  # as DEED


def new_explanation(layout: Layout) -> Explanation:
    """Return the memory of an explanation, all zero: compiled code fills it."""
    return Explanation(
        np.zeros((len(layout.sizes), N_TABLE_FIELDS)),
        np.zeros(N_OFFICIAL_FIELDS),
        np.zeros(len(Circumstances._fields)),
        np.zeros(len(Outlook._fields)),
        np.zeros((N_TERMS, N_ACTIONS)),
        np.zeros(N_ACTIONS),
        np.zeros(N_ACTIONS),
        np.zeros(len(RuleTold._fields)),
        np.zeros(len(MonthLuck._fields)),
        np.zeros(len(CaseLuck._fields)),
        np.zeros(len(DeedFields._fields), np.int64),
    )


def new_roll(layout: Layout) -> Roll:
    """Return the memory of a roll of all officials, all zero: compiled code fills it."""
    n = int(layout.sizes.sum())
    return Roll(np.zeros((N_OFFICIAL_FIELDS, n)), np.zeros((len(POST_FIELDS), n), np.int32), np.zeros(n, np.int32))


@compiled
def fill_sizes(officials: int, sizes: NDArray[np.int64]) -> None:
    """Share officials out over jurisdictions as evenly as can be, larger ones first: fill `sizes`, shape (J,)."""
    n = sizes.shape[0]
    for j in range(n):
        sizes[j] = officials // n + (1 if j < officials % n else 0)


@compiled
def seat_officials(sizes: NDArray[np.int64], is_listed: int, layout: Layout) -> int:
    """Fill in a layout, as `fill_layout` does; `is_listed` is 1 or 0. Return how many blocks the officials take."""
    fill_layout(sizes, is_listed == 1, layout)
    n: int = sizes.shape[0]
    blocks: int = layout.first_block[n]
    return blocks


@compiled
def run_begins(administration: AdministrationArrays, layout: Layout, policies: Policies, key: Key) -> None:
    """Set everything as it is before the first month."""
    administration.national[:] = 0.0
    people_arrive(administration, layout, policies, key, 0, layout.sizes.shape[0])


@compiled
def number_of(when: Moment) -> int:
    """Return the number of a month as a signed number, which is what the rules count months with."""
    number: int = np.int64(when.month)  # type: ignore[assignment]
    return number


@compiled
def month_passes(
    administration: AdministrationArrays,
    layout: Layout,
    policies: Policies,
    when: Moment,
    measures: NDArray[np.float64],
) -> None:
    """Take everybody through one month and sum it up in `measures`, shape (N_MEASURES,)."""
    policy_takes_force(administration, layout, policies, number_of(when))
    jurisdictions_month(administration, layout, policies, when, 0, layout.sizes.shape[0])
    month_is_summed_up(administration, measures)


@compiled
def roll_call(administration: AdministrationArrays, layout: Layout, roll: Roll) -> None:
    """Fill the roll with all officials as they stand, in the order of their numbers."""
    official = 0
    for j in range(layout.sizes.shape[0]):
        for place in range(layout.sizes[j]):
            block, lane = layout.first_block[j] + place // LANES, place % LANES
            state = official_at(administration.officials, block, lane)
            for field in range(N_OFFICIAL_FIELDS):
                roll.states[field, official] = state[field]
            roll.posts[0, official] = administration.posts[block, GENERATION + lane]
            roll.posts[1, official] = administration.posts[block, ACTION + lane]
            roll.posts[2, official] = administration.posts[block, OUTCOME + lane]
            roll.posts[3, official] = administration.posts[block, LEAVES + lane]
            roll.jurisdiction[official] = j
            official += 1


class Place(NamedTuple):
    """Where an official is found: the jurisdiction, and in its blocks which one, which lane."""

    jurisdiction: int
    block: int
    lane: int


@compiled
def place_of(layout: Layout, official: int) -> Place:
    """Return where an official is found; `official` is the number of the post."""
    j = 0
    while official >= layout.first_official[j] + layout.sizes[j]:
        j += 1
    among = official - layout.first_official[j]
    return Place(j, layout.first_block[j] + among // LANES, among % LANES)


@compiled
def explain_official(
    administration: AdministrationArrays,
    layout: Layout,
    policies: Policies,
    when: Moment,
    official: int,
    explanation: Explanation,
) -> None:
    """Explain what an official will do in the month that is about to begin, and why; only `explanation` is changed.

    `administration` is as it stands at the end of the month before. `policies` may be other ones than those it came
    from: then the same official, with the same luck, faces another policy.
    """
    month = number_of(when)
    _tables_in_force(administration, layout, policies, month, explanation)
    place = place_of(layout, official)
    row = policies.rows[policy_row(policies, month, place.jurisdiction)]
    parameters = parameters_of_row(row)
    tables = PolicyTables(*fields_of(explanation.tables[place.jurisdiction], N_TABLE_FIELDS))
    rule, network = administration.structure
    of_all = circumstances_in(administration, place.jurisdiction, tables, parameters)
    month_begins(network, administration, layout, place.jurisdiction, when.month)
    circumstances = circumstances_seen(network, administration, layout, place.jurisdiction, official, of_all)
    mind = Mind(rule, memory_at(rule, administration.memories, place.block, place.lane))
    state = official_at(administration.officials, place.block, place.lane)
    generation = administration.posts[place.block, GENERATION + place.lane]
    luck = month_luck(when.key, np.uint64(official), np.uint64(generation), when.month)
    of_case = case_luck(when.key, np.uint64(official), np.uint64(generation), when.month)
    decision = decision_of(state, circumstances, parameters, luck, mind)
    consequence = consequence_of(decision.action, decision.outcome, circumstances, tables, parameters, of_case)
    put_row(explanation.state, state)
    put_row(explanation.circumstances, circumstances)
    reasons = reasons_of(state, circumstances, row, luck.urgency, mind)
    put_reasons(explanation, reasons)
    may_file = reasons.outlook.may_file
    put_row(explanation.told, told_by(rule, mind.memory, reasons.utilities, may_file, circumstances, parameters))
    put_row(explanation.month_luck, luck)
    put_row(explanation.case_luck, of_case)
    explanation.deed[DEED.jurisdiction] = place.jurisdiction
    explanation.deed[DEED.generation] = generation
    put_deed(explanation.deed, decision, consequence)


@compiled
def circumstances_in(
    administration: AdministrationArrays, j: int, tables: PolicyTables, parameters: Parameters
) -> Circumstances:
    """Return what all officials of jurisdiction j face in the month that is about to begin."""
    jurisdiction = JurisdictionState(*fields_of(administration.jurisdictions[j], N_JURISDICTION_FIELDS))
    national = National(*fields_of(administration.national, N_NATIONAL_FIELDS))
    return circumstances_of(jurisdiction, national, tables, parameters)


@compiled
def put_reasons(explanation: Explanation, reasons: Reasons) -> None:
    """Store what an official saw and weighed."""
    put_row(explanation.outlook, reasons.outlook)
    for term in range(N_TERMS):
        put_row(explanation.terms[term], reasons.terms[term])
    put_row(explanation.utilities, reasons.utilities)
    put_row(explanation.probabilities, reasons.probabilities)


@compiled
def put_deed(row: NDArray[np.int64], decision: Decision, consequence: Consequence) -> None:
    """Store what was done and what came of it in a row, as DEED."""
    row[DEED.action] = decision.action
    row[DEED.outcome] = decision.outcome
    row[DEED.is_failure_case] = consequence.is_failure_case
    row[DEED.is_misconduct] = consequence.is_misconduct
    row[DEED.is_honest] = consequence.is_honest
    row[DEED.is_exempt] = consequence.is_exempt
    row[DEED.is_unpursued] = consequence.is_unpursued
    row[DEED.rung] = consequence.rung
    row[DEED.cause] = consequence.cause
    row[DEED.freeze_months] = np.int64(consequence.freeze_months)


@compiled
def _tables_in_force(
    administration: AdministrationArrays, layout: Layout, policies: Policies, month: int, explanation: Explanation
) -> None:
    """Work out the policy of a month into `explanation.tables`, whatever was in force before."""
    beside = AdministrationArrays(
        administration.officials,
        administration.posts,
        administration.jurisdictions,
        explanation.tables,
        administration.counts,
        administration.measures,
        administration.total,
        administration.national,
        administration.memories,
        administration.seen,
        administration.ties,
        administration.structure,
    )
    # As the policy of a first month it takes force without looking at the month before.
    policy_takes_force(beside, layout, Policies(policies.rows, policies.row_of[month : month + 1]), 0)

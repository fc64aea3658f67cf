"""The compiled engine: whole administrations in plain arrays, many officials a step.

It tells the story of ``month.py`` block by block. The steps in which everybody has a part are short loops without
branches, so that the compiler works on several officials at once; between them the few to whom something happened hear
of it. What one loop hands to the next lies in a workspace on the stack. Compiled code allocates nothing and holds no
Python object.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    END_OF_FIELDS_OF_A_CASE,
    FIRST_CHANGING_FIELD,
    FIRST_FIELD_OF_A_CASE,
    GENERATION,
    LANES,
    LEAVES,
    N_JURISDICTION_FIELDS,
    N_NATIONAL_FIELDS,
    N_TABLE_FIELDS,
    OUTCOME,
    REMOVED,
    RETIRES,
    STAYS,
    AdministrationArrays,
    Layout,
    Moment,
    Policies,
    Seats,
    lanes_for,
    memory_begins,
    official_at,
    policy_row,
    put_official,
    put_row,
    seats_in,
)
from model.compiled import column_of, compiled, fields_of, inlined, lowest_bit, put_column, whole_workspace, workspace
from model.draws import Key, case_luck, month_luck
from model.engines.choosing import N_LANES_IN_VIEW, WIDTH, everyone_chooses
from model.engines.counting import count_consequence, count_expectation, country_of, summary_of
from model.engines.remembering import (
    case_is_remembered,
    month_is_remembered,
)
from model.engines.repercussions import consequence_borne, everyone_hears, news_at
from model.engines.surroundings import month_begins, network_is_laid_out
from model.measures import N_MEASURES, Uncounted, measures_of, public_value_of
from model.month import (
    circumstances_of,
    exemption_expected,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    policy_tables_of,
)
from model.parameters import REMOVAL_RUNG, Parameters, parameters_of_row
from model.population import person
from model.rules.career import inactive_months, is_lazy
from model.rules.evidence import News, after_own_case, news_of
from model.rules.outcome import Consequence, consequence_of
from model.rules.utility import Circumstances
from model.rules.work import complexity_of_jurisdiction
from model.state import JurisdictionState, National, PolicyTables
from model.vocabulary import COUNT, counts_of_row, failed_innovations_in, innovations_in


class Affair(NamedTuple):
    """What the authorities may have something to say about: whose it is, what was done, how it turned out."""

    lane: int
    generation: int
    action: int
    outcome: int


# The same for what the authorities deal with: whole numbers, all of a consequence but its months.
_N_AFFAIR, _N_CONSEQUENCE = len(Affair._fields), len(Consequence._fields) - 1
_CONSEQUENCE = _N_AFFAIR * WIDTH
_N_AFFAIRS = _CONSEQUENCE + _N_CONSEQUENCE * WIDTH


@compiled
def policy_takes_force(administration: AdministrationArrays, layout: Layout, policies: Policies, month: int) -> None:
    """Work out the policy in force in a month for every jurisdiction, if anything in it is new."""
    n = layout.sizes.shape[0]
    is_new = month == 0
    for column in range(policies.row_of.shape[1]):
        is_new = is_new or policies.row_of[month, column] != policies.row_of[month - 1, column]
    if not is_new:
        return
    country = country_of(layout, policies, month)
    for j in range(n):
        parameters = parameters_of_row(policies.rows[policy_row(policies, month, j)])
        complexity = complexity_of_jurisdiction(parameters.work, layout.spread_position[j])
        put_row(administration.tables[j], policy_tables_of(parameters, complexity, country))


@compiled
def jurisdictions_look_around(administration: AdministrationArrays, j: int, parameters: Parameters) -> Circumstances:
    """Return what all officials of jurisdiction j face this month."""
    tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
    before = JurisdictionState(*fields_of(administration.jurisdictions[j], N_JURISDICTION_FIELDS))
    national = National(*fields_of(administration.national, N_NATIONAL_FIELDS))
    return circumstances_of(before, national, tables, parameters)


@inlined
def affairs_are_gathered(
    affairs: NDArray[np.int64], posts: NDArray[np.int64], seats: Seats, affected: np.uint64
) -> int:
    """Gather what the authorities have to deal with in a block, side by side; return how much it is."""
    n = 0
    while affected != np.uint64(0):
        lane = lowest_bit(affected)
        affected &= affected - np.uint64(1)
        block = seats.block
        affair = Affair(
            lane, posts[block, GENERATION + lane], posts[block, ACTION + lane], posts[block, OUTCOME + lane]
        )
        put_column(affairs, n, WIDTH, affair)
        n += 1
    return n


@inlined
def affair_at(affairs: NDArray[np.int64], number: int) -> Affair:
    """Return what the authorities have to deal with from the workspace."""
    return Affair(*column_of(affairs, number, WIDTH, _N_AFFAIR))


@inlined
def consequence_at(affairs: NDArray[np.int64], freezes: NDArray[np.float64], number: int) -> Consequence:
    """Return what the authorities make of an affair from the workspace."""
    whole = column_of(affairs, _CONSEQUENCE + number, WIDTH, _N_CONSEQUENCE)
    return Consequence(*whole, freezes[number])  # type: ignore[call-arg]


@inlined
def authorities_respond(
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    when: Moment,
    affected: np.uint64,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let those in a block to whom something happened hear of it, and count what happened."""
    officials, posts, counts = administration.officials, administration.posts, administration.counts[seats.j]
    tables = PolicyTables(*fields_of(administration.tables[seats.j], N_TABLE_FIELDS))
    rule, network = administration.structure
    affairs, freezes = whole_workspace(_N_AFFAIRS), workspace(LANES)
    n = affairs_are_gathered(affairs, posts, seats, affected)
    for number in range(lanes_for(n)):
        affair = affair_at(affairs, number)
        luck = case_luck(when.key, np.uint64(seats.first + affair.lane), np.uint64(affair.generation), when.month)
        consequence = consequence_of(affair.action, affair.outcome, circumstances, tables, parameters, luck)
        put_column(affairs, _CONSEQUENCE + number, WIDTH, consequence[:_N_CONSEQUENCE])
        freezes[number] = consequence.freeze_months
    for number in range(n):
        lane, generation, action, outcome = affair_at(affairs, number)
        consequence = consequence_at(affairs, freezes, number)
        official = official_at(officials, seats.block, lane)
        if consequence.is_honest == 1:
            luck_of_month = month_luck(when.key, np.uint64(seats.first + lane), np.uint64(generation), when.month)
            expected = exemption_expected(official, action, circumstances, parameters, luck_of_month)
            count_expectation(counts, consequence, expected)
        borne = consequence_borne(network, administration, layout, seats, lane, when, action, consequence)
        after = after_own_case(official, action, borne, parameters.behaviour)
        changed = after[FIRST_FIELD_OF_A_CASE:END_OF_FIELDS_OF_A_CASE]
        put_column(officials[seats.block], FIRST_FIELD_OF_A_CASE * LANES + lane, LANES, changed)
        posts[seats.block, LEAVES + lane] = REMOVED if borne.rung == REMOVAL_RUNG else STAYS
        is_reviewed, memories = consequence.is_failure_case, administration.memories
        case_is_remembered(rule, memories, seats.block, lane, official, is_reviewed, borne.rung, parameters)
        count_consequence(counts, action, outcome, consequence)


@compiled
def news_goes_round(administration: AdministrationArrays, j: int, parameters: Parameters) -> News:
    """Return what is made known in jurisdiction j of this month's cases here and last month's elsewhere."""
    row = administration.counts[j]
    row[COUNT.successes] = innovations_in(counts_of_row(row)) - failed_innovations_in(counts_of_row(row))
    return news_of(counts_of_row(row), National(*fields_of(administration.national, N_NATIONAL_FIELDS)), parameters)


@inlined
def everyone_learns(
    administration: AdministrationArrays, seats: Seats, news: News, kept: float, parameters: Parameters
) -> np.uint64:
    """Let everyone in a block take in the news and grow a month older; return those who leave, as a set of lanes."""
    officials, posts, block = administration.officials, administration.posts, seats.block
    (rule, network), memories, view = administration.structure, administration.memories, workspace(N_LANES_IN_VIEW)
    last = National(*fields_of(administration.national, N_NATIONAL_FIELDS))
    everyone_hears(network, view, administration, seats, last, parameters)
    lazy, lazy_before, lazy_always, leavers = 0, 0, 0, np.uint64(0)
    for lane in range(lanes_for(seats.here)):
        action, heard = posts[block, ACTION + lane], news_at(network, view, lane, news)
        month_is_remembered(rule, memories, block, lane, action, parameters)
        official = official_after(official_at(officials, block, lane), action, heard, kept)
        put_column(officials[block], FIRST_CHANGING_FIELD * LANES + lane, LANES, official[FIRST_CHANGING_FIELD:])
        is_here = lane < seats.here
        months = inactive_months(official.inaction_history)
        is_lazy_now = is_lazy(months.last_year) if is_here else 0
        was_lazy = is_lazy(months.year_before) if is_here else 0
        lazy += is_lazy_now
        lazy_before += was_lazy
        lazy_always += is_lazy_now & was_lazy
        removed = posts[block, LEAVES + lane]
        leaves = 1 if official.age >= parameters.career.retirement_age else removed
        # 1 removed, 2 retired.
        posts[block, LEAVES + lane] = leaves + leaves - removed
        leavers |= np.uint64(leaves if is_here else 0) << np.uint64(lane)
    counts = administration.counts[seats.j]
    counts[COUNT.lazy] += lazy
    counts[COUNT.lazy_a_year_ago] += lazy_before
    counts[COUNT.lazy_then_and_now] += lazy_always
    return leavers


@compiled
def newcomers_arrive(
    administration: AdministrationArrays, seats: Seats, leavers: np.uint64, key: Key, parameters: Parameters
) -> None:
    """Fill the posts in a block whose holders were removed or retired this month."""
    posts, block = administration.posts, seats.block
    while leavers != np.uint64(0):
        lane = lowest_bit(leavers)
        leavers &= leavers - np.uint64(1)
        if posts[block, LEAVES + lane] == RETIRES:
            administration.counts[seats.j, COUNT.retirements] += 1
        posts[block, GENERATION + lane] += 1
        post, generation = np.uint64(seats.first + lane), np.uint64(posts[block, GENERATION + lane])
        newcomer = person(key, post, generation, parameters.population, parameters.career.retirement_age)
        put_official(administration.officials, block, lane, newcomer)
        memory_begins(
            administration.structure.rule, administration.memories, (block, lane), key, post, generation, parameters
        )


@compiled
def jurisdictions_take_stock(
    administration: AdministrationArrays, j: int, circumstances: Circumstances, kept: float, parameters: Parameters
) -> None:
    """Sum up the month in jurisdiction j: the new norm, the public, the experience gained, the measures."""
    counts = counts_of_row(administration.counts[j])
    before = JurisdictionState(*fields_of(administration.jurisdictions[j], N_JURISDICTION_FIELDS))
    after = jurisdiction_after(before, counts, kept, parameters)
    put_row(administration.jurisdictions[j], after)
    value = public_value_of(counts, parameters)
    uncounted = Uncounted(after.public_tolerance, circumstances.nerve, math.nan, value)
    put_row(administration.measures[j], measures_of(counts, uncounted))


@compiled
def jurisdiction_month(
    administration: AdministrationArrays, layout: Layout, when: Moment, j: int, policy: NDArray[np.float64]
) -> None:
    """Take jurisdiction j through one month; `policy` is the row of parameters in force, shape (N_PARAMETERS,)."""
    parameters = parameters_of_row(policy)
    kept = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS)).memory_kept
    network = administration.structure.network
    administration.counts[j, :] = 0
    month_begins(network, administration, layout, j, when.month)

    circumstances = jurisdictions_look_around(administration, j, parameters)
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        seats = seats_in(layout, j, block)
        affected = everyone_chooses(administration, layout, seats, when, circumstances, parameters)
        authorities_respond(administration, layout, seats, when, affected, circumstances, parameters)
    news = news_goes_round(administration, j, parameters)
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        seats = seats_in(layout, j, block)
        leavers = everyone_learns(administration, seats, news, kept, parameters)
        newcomers_arrive(administration, seats, leavers, when.key, parameters)
    jurisdictions_take_stock(administration, j, circumstances, kept, parameters)


@compiled
def month_is_summed_up(administration: AdministrationArrays, measures: NDArray[np.float64]) -> None:
    """Sum up the month: the measures over all jurisdictions, (N_MEASURES,), and what all will know of each other."""
    summary = summary_of(
        administration.counts, administration.jurisdictions, administration.measures, administration.total
    )
    put_row(administration.national, summary.national)
    put_row(measures, summary.measures)


@compiled
def people_arrive(
    administration: AdministrationArrays, layout: Layout, policies: Policies, key: Key, first: int, last: int
) -> None:
    """Fill the posts of jurisdictions first to last - 1 for the first month, the empty places of their blocks too."""
    for j in range(first, last):
        parameters = parameters_of_row(policies.rows[policy_row(policies, 0, j)])
        put_row(administration.jurisdictions[j], jurisdiction_at_start(parameters))
        rule, network = administration.structure
        network_is_laid_out(network, administration, layout, j, key)
        post = layout.first_official[j]
        for block in range(layout.first_block[j], layout.first_block[j + 1]):
            administration.posts[block, :] = 0
            for lane in range(LANES):
                official = person(
                    key, np.uint64(post), np.uint64(0), parameters.population, parameters.career.retirement_age
                )
                put_official(administration.officials, block, lane, official)
                memory_begins(
                    rule, administration.memories, (block, lane), key, np.uint64(post), np.uint64(0), parameters
                )
                post += 1


@compiled
def jurisdictions_month(
    administration: AdministrationArrays, layout: Layout, policies: Policies, when: Moment, first: int, last: int
) -> None:
    """Take jurisdictions first to last - 1 through one month; different ones may be taken by different threads."""
    for j in range(first, last):
        row = policies.rows[policy_row(policies, int(when.month), j)]
        jurisdiction_month(administration, layout, when, j, row)


@compiled
def whole_run(
    administration: AdministrationArrays,
    layout: Layout,
    policies: Policies,
    key: Key,
    measures: NDArray[np.float64],
    by_jurisdiction: NDArray[np.float64],
) -> None:
    """Simulate a whole run.

    Fills `measures`, shape (months, N_MEASURES), and `by_jurisdiction`, shape (months, J, N_MEASURES), or (0, J,
    N_MEASURES) where that is not wanted. `administration` is left as it is at the end of the last month.
    """
    n = layout.sizes.shape[0]
    administration.national[:] = 0.0
    people_arrive(administration, layout, policies, key, 0, n)
    for month in range(measures.shape[0]):
        policy_takes_force(administration, layout, policies, month)
        jurisdictions_month(administration, layout, policies, Moment(key, np.uint64(month)), 0, n)
        month_is_summed_up(administration, measures[month])
        if by_jurisdiction.shape[0] > 0:
            for j in range(n):
                for measure in range(N_MEASURES):
                    by_jurisdiction[month, j, measure] = administration.measures[j, measure]

"""The compiled engine: whole administrations in plain arrays, many officials a step.

It tells the story of ``month.py`` in three passes over a jurisdiction: everyone chooses (no branches, so that the
compiler works on several officials at once), the few to whom something happened hear of it, everyone learns and ages.
Compiled code allocates nothing and holds no Python object.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACCOUNTABILITY_SEEN,
    ACCOUNTABILITY_SPARED,
    ACTION,
    AGE,
    EXEMPTION_DENIED_FILED,
    EXEMPTION_DENIED_UNFILED,
    EXEMPTION_SEEN_FILED,
    EXEMPTION_SEEN_UNFILED,
    FREEZE_MONTHS,
    GENERATION,
    INACTION_HISTORY,
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
    official_at,
    policy_row,
    put_official,
    put_row,
)
from model.compiled import compiled, fields_of
from model.draws import Key, case_luck, month_luck
from model.engines.counting import count_consequence, count_expectation, country_of, summary_of
from model.measures import N_MEASURES, Uncounted, measures_of, public_value_of
from model.month import (
    circumstances_of,
    decision_of,
    exemption_expected,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    policy_tables_of,
)
from model.numerics import fixed_point
from model.parameters import REMOVAL_RUNG, Career, Parameters, parameters_of_row
from model.population import person
from model.rules.career import inactive_months, is_lazy
from model.rules.evidence import News, after_own_case, news_of
from model.rules.outcome import consequence_of, is_of_consequence
from model.rules.utility import Circumstances
from model.rules.work import complexity_of_jurisdiction
from model.state import JurisdictionState, National, PolicyTables
from model.vocabulary import COUNT, Action, counts_of_row, failed_innovations_in, innovations_in


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


@compiled
def everyone_chooses(
    administration: AdministrationArrays,
    layout: Layout,
    when: Moment,
    j: int,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let every official of jurisdiction j choose and see how it turns out."""
    officials, posts, counts = administration.officials, administration.posts, administration.counts
    inaction, innovation, filed, self_dealing = 0, 0, 0, 0
    accountability, care, routine_care = 0, 0, 0
    left = layout.sizes[j]
    first = layout.first_official[j]
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        for lane in range(LANES):
            official = official_at(officials, block, lane)
            luck = month_luck(when.key, np.uint64(first + lane), np.uint64(posts[block, GENERATION + lane]), when.month)
            decision = decision_of(official, circumstances, parameters, luck)
            posts[block, ACTION + lane] = decision.action
            posts[block, OUTCOME + lane] = decision.outcome
            posts[block, LEAVES + lane] = STAYS
            here = 1 if lane < left else 0
            inaction += here if decision.action == Action.INACTION else 0
            innovation += here if decision.action == Action.INNOVATION else 0
            filed += here if decision.action == Action.FILED_INNOVATION else 0
            self_dealing += here if decision.action == Action.SELF_DEALING else 0
            accountability += here * fixed_point(decision.perceived_accountability)
            taken = here * fixed_point(decision.care)
            care += taken if decision.action >= Action.INNOVATION else 0
            routine_care += taken if decision.action == Action.ROUTINE else 0
        left -= LANES
        first += LANES
    counts[j, COUNT.officials] = layout.sizes[j]
    counts[j, COUNT.inaction] = inaction
    counts[j, COUNT.routine] = layout.sizes[j] - inaction - innovation - filed - self_dealing
    counts[j, COUNT.innovation] = innovation
    counts[j, COUNT.filed_innovation] = filed
    counts[j, COUNT.self_dealing] = self_dealing
    counts[j, COUNT.perceived_accountability] = accountability
    counts[j, COUNT.care] = care
    counts[j, COUNT.routine_care] = routine_care


@compiled
def authorities_respond(
    administration: AdministrationArrays,
    layout: Layout,
    when: Moment,
    j: int,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let those officials of jurisdiction j to whom something happened hear of it, and count what happened."""
    officials, posts, counts = administration.officials, administration.posts, administration.counts[j]
    tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
    for place in range(layout.sizes[j]):
        block, lane = layout.first_block[j] + place // LANES, place % LANES
        action, outcome = posts[block, ACTION + lane], posts[block, OUTCOME + lane]
        if is_of_consequence(action, outcome) == 0:
            continue
        post, generation = np.uint64(layout.first_official[j] + place), np.uint64(posts[block, GENERATION + lane])
        luck = case_luck(when.key, post, generation, when.month)
        consequence = consequence_of(action, outcome, circumstances, tables, parameters, luck)
        official = official_at(officials, block, lane)
        if consequence.is_honest == 1:
            luck_of_choice = month_luck(when.key, post, generation, when.month)
            expected = exemption_expected(official, action, circumstances, parameters, luck_of_choice)
            count_expectation(counts, consequence, expected)
        put_official(officials, block, lane, after_own_case(official, action, consequence, parameters.behaviour))
        posts[block, LEAVES + lane] = REMOVED if consequence.rung == REMOVAL_RUNG else STAYS
        count_consequence(counts, action, outcome, consequence)


@compiled
def news_goes_round(administration: AdministrationArrays, j: int, parameters: Parameters) -> News:
    """Return what is made known in jurisdiction j of this month's cases here and last month's elsewhere."""
    row = administration.counts[j]
    row[COUNT.successes] = innovations_in(counts_of_row(row)) - failed_innovations_in(counts_of_row(row))
    return news_of(counts_of_row(row), National(*fields_of(administration.national, N_NATIONAL_FIELDS)), parameters)


@compiled
def everyone_learns(
    administration: AdministrationArrays, layout: Layout, j: int, news: News, kept: float, career: Career
) -> int:
    """Let every official of jurisdiction j take in the news and grow a month older; return how many leave."""
    officials, posts = administration.officials, administration.posts
    lazy, lazy_before, lazy_always, leavers = 0, 0, 0, 0
    left = layout.sizes[j]
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        for lane in range(LANES):
            official = official_after(official_at(officials, block, lane), posts[block, ACTION + lane], news, kept)
            officials[block, AGE + lane] = official.age
            officials[block, FREEZE_MONTHS + lane] = official.freeze_months
            officials[block, ACCOUNTABILITY_SEEN + lane] = official.accountability_seen
            officials[block, ACCOUNTABILITY_SPARED + lane] = official.accountability_spared
            officials[block, EXEMPTION_SEEN_FILED + lane] = official.exemption_seen_filed
            officials[block, EXEMPTION_DENIED_FILED + lane] = official.exemption_denied_filed
            officials[block, EXEMPTION_SEEN_UNFILED + lane] = official.exemption_seen_unfiled
            officials[block, EXEMPTION_DENIED_UNFILED + lane] = official.exemption_denied_unfiled
            officials[block, INACTION_HISTORY + lane] = official.inaction_history
            here = 1 if lane < left else 0
            months = inactive_months(official.inaction_history)
            is_lazy_now, was_lazy = here * is_lazy(months.last_year), here * is_lazy(months.year_before)
            lazy += is_lazy_now
            lazy_before += was_lazy
            lazy_always += is_lazy_now * was_lazy
            removed = posts[block, LEAVES + lane]
            leaves = 1 if official.age >= career.retirement_age else removed
            # 1 removed, 2 retired: a place that is not there never leaves.
            posts[block, LEAVES + lane] = here * (leaves + leaves - removed)
            leavers += here * leaves
        left -= LANES
    administration.counts[j, COUNT.lazy] = lazy
    administration.counts[j, COUNT.lazy_a_year_ago] = lazy_before
    administration.counts[j, COUNT.lazy_then_and_now] = lazy_always
    return leavers


@compiled
def newcomers_arrive(
    administration: AdministrationArrays, layout: Layout, j: int, key: Key, parameters: Parameters
) -> None:
    """Fill the posts of jurisdiction j whose holders were removed or retired this month."""
    officials, posts = administration.officials, administration.posts
    for place in range(layout.sizes[j]):
        block, lane = layout.first_block[j] + place // LANES, place % LANES
        leaves = posts[block, LEAVES + lane]
        if leaves == STAYS:
            continue
        if leaves == RETIRES:
            administration.counts[j, COUNT.retirements] += 1
        posts[block, GENERATION + lane] += 1
        post = np.uint64(layout.first_official[j] + place)
        generation = np.uint64(posts[block, GENERATION + lane])
        newcomer = person(key, post, generation, parameters.population, parameters.career.retirement_age)
        put_official(officials, block, lane, newcomer)


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
    administration.counts[j, :] = 0

    circumstances = jurisdictions_look_around(administration, j, parameters)
    everyone_chooses(administration, layout, when, j, circumstances, parameters)
    authorities_respond(administration, layout, when, j, circumstances, parameters)
    news = news_goes_round(administration, j, parameters)
    leavers = everyone_learns(administration, layout, j, news, kept, parameters.career)
    if leavers > 0:
        newcomers_arrive(administration, layout, j, when.key, parameters)
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
        post = layout.first_official[j]
        for block in range(layout.first_block[j], layout.first_block[j + 1]):
            administration.posts[block, :] = 0
            for lane in range(LANES):
                official = person(
                    key, np.uint64(post), np.uint64(0), parameters.population, parameters.career.retirement_age
                )
                put_official(administration.officials, block, lane, official)
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

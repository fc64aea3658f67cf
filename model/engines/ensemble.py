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
    EXEMPTION_DENIED,
    EXEMPTION_SEEN,
    FREEZE_MONTHS,
    GENERATION,
    INACTION_SHARE,
    LANES,
    LEAVES,
    N_JURISDICTION_FIELDS,
    N_NATIONAL_FIELDS,
    N_TABLE_FIELDS,
    OUTCOME,
    RETIRES,
    STAYS,
    Administration,
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
from model.engines.counting import count_consequence, mean_complexity, summary_of
from model.measures import N_MEASURES, measures_of, public_value_of
from model.month import (
    circumstances_of,
    decision_of,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    policy_tables_of,
)
from model.numerics import fixed_point
from model.parameters import DISMISSAL_RUNG, LAZY_THRESHOLD, Career, Parameters, parameters_of_row
from model.population import person
from model.rules.choice import Circumstances
from model.rules.evidence import News, after_own_case, news_of
from model.rules.outcome import consequence_of, is_of_consequence
from model.rules.work import complexity_of_jurisdiction
from model.state import JurisdictionState, National, PolicyTables
from model.vocabulary import COUNT, Action, counts_of_row, failures_in, innovations_in


@compiled
def everyone_chooses(
    administration: Administration,
    layout: Layout,
    when: Moment,
    j: int,
    circumstances: Circumstances,
    parameters: Parameters,
) -> None:
    """Let every official of jurisdiction j choose and see how it turns out."""
    officials, posts, counts = administration.officials, administration.posts, administration.counts
    inaction, innovation, filed, self_dealing = 0, 0, 0, 0
    accountability, exemption = 0, 0
    left = layout.sizes[j]
    first = layout.first_official[j]
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        for lane in range(LANES):
            official = official_at(officials, block, lane)
            luck = month_luck(when.key, np.uint64(first + lane), np.uint64(posts[block, GENERATION + lane]), when.month)
            decision = decision_of(official, circumstances, parameters, luck)
            posts[block, ACTION + lane] = decision.action
            posts[block, OUTCOME + lane] = decision.outcome
            posts[block, LEAVES + lane] = 0
            here = 1 if lane < left else 0
            inaction += here if decision.action == Action.INACTION else 0
            innovation += here if decision.action == Action.INNOVATION else 0
            filed += here if decision.action == Action.FILED_INNOVATION else 0
            self_dealing += here if decision.action == Action.SELF_DEALING else 0
            accountability += here * fixed_point(decision.perceived_accountability)
            exemption += here * fixed_point(decision.perceived_exemption)
        left -= LANES
        first += LANES
    counts[j, COUNT.officials] = layout.sizes[j]
    counts[j, COUNT.inaction] = inaction
    counts[j, COUNT.routine] = layout.sizes[j] - inaction - innovation - filed - self_dealing
    counts[j, COUNT.innovation] = innovation
    counts[j, COUNT.filed_innovation] = filed
    counts[j, COUNT.self_dealing] = self_dealing
    counts[j, COUNT.perceived_accountability] = accountability
    counts[j, COUNT.perceived_exemption] = exemption


@compiled
def authorities_respond(
    administration: Administration,
    layout: Layout,
    when: Moment,
    j: int,
    pursuit: float,
    parameters: Parameters,
) -> None:
    """Let those officials of jurisdiction j to whom something happened hear of it, and count what happened."""
    officials, posts, counts = administration.officials, administration.posts, administration.counts
    tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
    for place in range(layout.sizes[j]):
        block, lane = layout.first_block[j] + place // LANES, place % LANES
        action, outcome = posts[block, ACTION + lane], posts[block, OUTCOME + lane]
        if is_of_consequence(action, outcome) == 0:
            continue
        post = np.uint64(layout.first_official[j] + place)
        luck = case_luck(when.key, post, np.uint64(posts[block, GENERATION + lane]), when.month)
        consequence = consequence_of(action, outcome, pursuit, tables, parameters, luck)
        official = after_own_case(official_at(officials, block, lane), consequence, parameters.behaviour)
        put_official(officials, block, lane, official)
        posts[block, LEAVES + lane] = 1 if consequence.rung == DISMISSAL_RUNG else 0
        count_consequence(counts[j], outcome, consequence)


@compiled
def everyone_learns(
    administration: Administration, layout: Layout, j: int, news: News, kept: float, career: Career
) -> int:
    """Let every official of jurisdiction j take in the news and grow a month older; return how many leave."""
    officials, posts = administration.officials, administration.posts
    lazy, leavers = 0, 0
    left = layout.sizes[j]
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        for lane in range(LANES):
            official = official_after(official_at(officials, block, lane), posts[block, ACTION + lane], news, kept)
            officials[block, AGE + lane] = official.age
            officials[block, FREEZE_MONTHS + lane] = official.freeze_months
            officials[block, ACCOUNTABILITY_SEEN + lane] = official.accountability_seen
            officials[block, ACCOUNTABILITY_SPARED + lane] = official.accountability_spared
            officials[block, EXEMPTION_SEEN + lane] = official.exemption_seen
            officials[block, EXEMPTION_DENIED + lane] = official.exemption_denied
            officials[block, INACTION_SHARE + lane] = official.inaction_share
            here = 1 if lane < left else 0
            lazy += here if official.inaction_share > LAZY_THRESHOLD else 0
            dismissed = posts[block, LEAVES + lane]
            leaves = 1 if official.age >= career.retirement_age else dismissed
            # 1 dismissed, 2 retired: a place that is not there never leaves.
            posts[block, LEAVES + lane] = here * (leaves + leaves - dismissed)
            leavers += here * leaves
        left -= LANES
    administration.counts[j, COUNT.lazy] = lazy
    return leavers


@compiled
def newcomers_arrive(administration: Administration, layout: Layout, j: int, key: Key, parameters: Parameters) -> None:
    """Fill the posts of jurisdiction j whose holders were dismissed or retired this month."""
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
def jurisdiction_month(
    administration: Administration, layout: Layout, when: Moment, j: int, policy: NDArray[np.float64]
) -> None:
    """Take jurisdiction j through one month; `policy` is the row of parameters in force, shape (N_PARAMETERS,)."""
    parameters = parameters_of_row(policy)
    tables = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS))
    before = JurisdictionState(*fields_of(administration.jurisdictions[j], N_JURISDICTION_FIELDS))
    national = National(*fields_of(administration.national, N_NATIONAL_FIELDS))
    row = administration.counts[j]
    row[:] = 0

    circumstances = circumstances_of(before, national, tables, parameters)
    everyone_chooses(administration, layout, when, j, circumstances, parameters)
    authorities_respond(administration, layout, when, j, circumstances.pursuit, parameters)
    row[COUNT.successes] = innovations_in(counts_of_row(row)) - failures_in(counts_of_row(row))
    news = news_of(counts_of_row(row), national, parameters)
    leavers = everyone_learns(administration, layout, j, news, tables.memory_kept, parameters.career)
    if leavers > 0:
        newcomers_arrive(administration, layout, j, when.key, parameters)

    counts = counts_of_row(row)
    after = jurisdiction_after(before, counts, tables.memory_kept, parameters)
    put_row(administration.jurisdictions[j], after)
    value = public_value_of(counts, parameters.supervision.detection, parameters.value)
    put_row(administration.measures[j], measures_of(counts, after.public_tolerance, math.nan, value))


@compiled
def summary_of_month(administration: Administration, measures: NDArray[np.float64]) -> None:
    """Sum up the month: the measures over all jurisdictions, (N_MEASURES,), and what all will know of each other."""
    summary = summary_of(
        administration.counts, administration.jurisdictions, administration.measures, administration.total
    )
    put_row(administration.national, summary.national)
    put_row(measures, summary.measures)


@compiled
def policy_takes_force(administration: Administration, layout: Layout, policies: Policies, month: int) -> None:
    """Work out the policy in force in a month for every jurisdiction, if anything in it is new."""
    n = layout.sizes.shape[0]
    is_new = month == 0
    for column in range(policies.row_of.shape[1]):
        is_new = is_new or policies.row_of[month, column] != policies.row_of[month - 1, column]
    if not is_new:
        return
    mean = mean_complexity(layout, policies, month)
    for j in range(n):
        parameters = parameters_of_row(policies.rows[policy_row(policies, month, j)])
        complexity = complexity_of_jurisdiction(parameters.work, layout.spread_position[j])
        put_row(administration.tables[j], policy_tables_of(parameters, complexity, mean))


@compiled
def people_arrive(
    administration: Administration, layout: Layout, policies: Policies, key: Key, first: int, last: int
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
    administration: Administration, layout: Layout, policies: Policies, when: Moment, first: int, last: int
) -> None:
    """Take jurisdictions first to last - 1 through one month; different ones may be taken by different threads."""
    for j in range(first, last):
        row = policies.rows[policy_row(policies, int(when.month), j)]
        jurisdiction_month(administration, layout, when, j, row)


@compiled
def whole_run(
    administration: Administration,
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
        summary_of_month(administration, measures[month])
        if by_jurisdiction.shape[0] > 0:
            for j in range(n):
                for measure in range(N_MEASURES):
                    by_jurisdiction[month, j, measure] = administration.measures[j, measure]

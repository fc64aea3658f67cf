"""One official's month, told in order and worked out by hand from model.md, section 4.

The official is 55 years old, of middling skill, and twice as sensitive to a loss as to a gain. In the jurisdiction half
do nothing, three in ten keep to routine and two in ten innovate. The official files an innovation in advance; it fails
because the task was too complex; the failure is pursued, exemption is denied, and a light sanction bars promotion.
"""

from __future__ import annotations

import math

import pytest
from scipy.special import ndtr, ndtri, softmax

from model.draws import CaseLuck, MonthLuck
from model.month import (
    circumstances_of,
    decision_of,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    outlook_of,
    policy_tables_of,
)
from model.parameters import Behaviour, Guidance, Parameters, Work
from model.rules.choice import menu_of, probabilities_of, utilities_of
from model.rules.evidence import after_own_case, news_of
from model.rules.outcome import consequence_of
from model.state import JurisdictionState, National, OfficialState
from model.vocabulary import N_COUNTS, Action, Cause, Counts, Outcome

PARAMETERS = Parameters()
OFFICIAL = OfficialState(
    competence=0.6,
    loss_aversion=2.0,
    public_service_motivation=0.5,
    ambition=0.8,
    integrity=0.8,
    age=55.0,
    freeze_months=0.0,
    accountability_seen=4.0,
    accountability_spared=2.0,
    exemption_seen=1.0,
    exemption_denied=3.0,
    inaction_share=0.26,
)
JURISDICTION = JurisdictionState(
    share_inaction=0.5,
    share_routine=0.3,
    share_innovation=0.2,
    public_tolerance=0.35,
    experience=5.0,
    loss_seen=2.0,
    loss_cases=4.0,
)
NATIONAL = National(experience=3.0, sanctions=1.5, exemptions=1.0)

# What the defaults imply in a jurisdiction of complexity 0.35, the mean (sections 5 and 6).
EXPECTED_LOSS = 0.638 * 0.1 + 0.286 * 0.6 + 0.037 * 2.0 + 0.039 * 5.0
AT_ONCE_FILED = ndtr(3.0 - (2.0 - ndtri(0.4)))
EXEMPT_FILED = 0.8 * (AT_ONCE_FILED + (1 - AT_ONCE_FILED) * 0.1)
EXEMPT_UNFILED = 0.8 * (0.4 + 0.6 * 0.1)
EXEMPT_SELF_DEALING = 0.8 * ndtr(ndtri(0.4) - 2.0)

# 4.1 and 4.2
DRIVE = 0.8 * (60 - 55) / (60 - 52) + 0.5
PERCEIVED_ACCOUNTABILITY = (15 * 0.6 * (1 - 0.6 * 0.4) + 4) / (15 + 4 + 2)
PERCEIVED_EXEMPTION = (15 * 0.7 * EXEMPT_FILED + 1) / (15 + 1 + 3)
PERCEIVED_LOSS = (15 * EXPECTED_LOSS + 2) / (15 + 4)
# 4.3
EXPERIENCE = 0.8 * 5 + 0.2 * 3
COMPLEXITY_NOW = 0.35 * (1 - 0.5 * EXPERIENCE / (EXPERIENCE + 6))
SUCCESS = (1 - 0.08) * (1 - COMPLEXITY_NOW) * (1 - 0.4 * (1 - 0.6))
# 4.4
LOSS = 2.0 * PERCEIVED_LOSS
RISK = (1 - SUCCESS) * PERCEIVED_ACCOUNTABILITY * LOSS
COMMON = SUCCESS * DRIVE - 0.5 - 0.1 * 0.3 - (1 - SUCCESS) * PERCEIVED_ACCOUNTABILITY * 0.1 * 2.0 + 0.3 * 0.2
UNFILED = COMMON - RISK * (1 - PERCEIVED_EXEMPTION * EXEMPT_UNFILED / EXEMPT_FILED)
UTILITIES = (
    -2.0 * 0.03 * 0.3 + 0.3 * 0.5,
    0.25 * DRIVE - 0.2 - 0.04 * 0.5 * LOSS + 0.3 * 0.3,
    UNFILED,
    COMMON - RISK * (1 - PERCEIVED_EXEMPTION) - 0.12,
    UNFILED + 1.0 * (1 - 0.8) - 0.3 * 2.0 * 3.0 * (1 - EXEMPT_SELF_DEALING),
)
PROBABILITIES = softmax([utility / 0.25 for utility in UTILITIES])
# The draw of the choice falls in the middle of filing, that of the outcome in the middle of complexity.
MONTH_LUCK = MonthLuck(
    choice=sum(PROBABILITIES[:3]) + PROBABILITIES[3] / 2,
    innovation=0.08 + 0.92 * COMPLEXITY_NOW / 2,
    inaction=0.5,
    routine=0.5,
)
PURSUIT = 0.6 * (1 - 0.6 * 0.35)
CASE_LUCK = CaseLuck(detection=0.5, pursuit=PURSUIT - 1e-6, exemption=EXEMPT_FILED + 1e-6, rung=0.7)
KEPT = 2 ** (-1 / 24)
# Ten officials: 4 did nothing, 2 kept to routine, 4 innovated, of whom 1 succeeded; of two cases one was exempted.
COUNTS = Counts(*[0] * N_COUNTS)._replace(
    officials=10,
    inaction=4,
    routine=2,
    innovation=3,
    filed_innovation=1,
    successes=1,
    failures_complexity=2,
    failures_ability=1,
    unpursued=1,
    honest_cases=2,
    honest_exemptions=1,
    sanctions_innovation=1,
    sanctions_routine=1,
    light_sanctions=1,
    heavy_sanctions=1,
)


def near(expected: object) -> object:
    """Return what is equal to the value by hand, up to rounding."""
    return pytest.approx(expected, rel=1e-12, abs=1e-14)


def test_that_the_policy_in_force_is_worked_out_for_the_jurisdiction() -> None:
    tables = policy_tables_of(PARAMETERS, 0.35, 0.35)
    assert tables.exempt_complexity == near(EXEMPT_UNFILED)
    assert tables.exempt_filed_complexity == near(EXEMPT_FILED)
    assert tables.exempt_self_dealing == near(EXEMPT_SELF_DEALING)
    assert tables.expected_loss == near(EXPECTED_LOSS)
    assert (tables.up_to_reminder, tables.up_to_light, tables.up_to_heavy) == near((0.638, 0.924, 0.961))
    assert tables.memory_kept == near(KEPT)


def test_that_with_flexibility_a_harder_place_has_the_rate_that_leaves_the_same_risk() -> None:
    work = Work(ability_weight=0.0, force_majeure=0.0)
    flexible = Parameters(work=work, guidance=Guidance(flexibility=1.0))
    exemption = flexible.exemption
    # Failure is complexity alone: 0.35 * (1 - 0.4) is left of the mean's, so 0.5 * (1 - e) must be the same.
    rate = 1 - 0.35 * 0.6 / 0.5
    tables = policy_tables_of(flexible, 0.5, 0.35)
    assert tables.exempt_complexity == near(exemption.access * (rate + (1 - rate) * exemption.remedy))


def test_that_the_month_begins_with_the_circumstances_of_the_jurisdiction() -> None:
    circumstances = circumstances_of(JURISDICTION, NATIONAL, policy_tables_of(PARAMETERS, 0.35, 0.35), PARAMETERS)
    assert circumstances.announced_accountability == near(0.6 * (1 - 0.6 * 0.4))
    assert circumstances.announced_exemption == near(0.7 * EXEMPT_FILED)
    assert circumstances.perceived_loss == near(PERCEIVED_LOSS)
    assert circumstances.unfiled_ratio == near(EXEMPT_UNFILED / EXEMPT_FILED)
    assert circumstances.complexity_now == near(COMPLEXITY_NOW)
    assert circumstances.pursuit == near(PURSUIT)
    assert tuple(circumstances[-3:]) == (0.5, 0.3, 0.2)


def test_that_where_nobody_is_exempted_filing_makes_no_difference_to_belief() -> None:
    parameters = Parameters(exemption=PARAMETERS.exemption._replace(probability=0.0))
    circumstances = circumstances_of(JURISDICTION, NATIONAL, policy_tables_of(parameters, 0.35, 0.35), parameters)
    assert circumstances.unfiled_ratio == 0.0


def test_that_the_official_looks_weighs_and_files() -> None:
    circumstances = circumstances_of(JURISDICTION, NATIONAL, policy_tables_of(PARAMETERS, 0.35, 0.35), PARAMETERS)
    outlook = outlook_of(OFFICIAL, circumstances, PARAMETERS)
    assert tuple(outlook) == near((DRIVE, PERCEIVED_ACCOUNTABILITY, PERCEIVED_EXEMPTION, SUCCESS))
    utilities = utilities_of(menu_of(OFFICIAL, outlook, circumstances, PARAMETERS))
    assert tuple(utilities) == near(UTILITIES)
    assert tuple(probabilities_of(utilities, PARAMETERS.behaviour)) == near(tuple(PROBABILITIES))
    decision = decision_of(OFFICIAL, circumstances, PARAMETERS, MONTH_LUCK)
    assert (decision.action, decision.outcome) == (Action.FILED_INNOVATION, Outcome.COMPLEXITY)
    assert decision[2:] == near((PERCEIVED_ACCOUNTABILITY, PERCEIVED_EXEMPTION))


def test_that_the_failure_is_pursued_exemption_denied_and_promotion_barred() -> None:
    tables = policy_tables_of(PARAMETERS, 0.35, 0.35)
    consequence = consequence_of(Action.FILED_INNOVATION, Outcome.COMPLEXITY, PURSUIT, tables, PARAMETERS, CASE_LUCK)
    assert tuple(consequence) == (1, 0, 0, 1, Cause.COMPLEXITY, 12.0)


def test_that_the_official_learns_from_the_case_then_from_the_news_and_grows_older() -> None:
    tables = policy_tables_of(PARAMETERS, 0.35, 0.35)
    consequence = consequence_of(Action.FILED_INNOVATION, Outcome.COMPLEXITY, PURSUIT, tables, PARAMETERS, CASE_LUCK)
    sanctioned = after_own_case(OFFICIAL, consequence, PARAMETERS.behaviour)
    after = official_after(
        sanctioned, Action.FILED_INNOVATION, news_of(COUNTS, NATIONAL, PARAMETERS), tables.memory_kept
    )

    heard_sanctions = 0.9 * (0.3 * 1 + 0.05 * 1.5)
    heard_exemptions = 0.3 * (0.3 * 1 + 0.05 * 1.0)
    heard_spared = 0.3 * 0.3 * 1
    assert after.accountability_seen == near((4 + 1) * KEPT + heard_sanctions + heard_exemptions)
    assert after.accountability_spared == near(2 * KEPT + heard_spared)
    assert after.exemption_seen == near(1 * KEPT + heard_exemptions)
    assert after.exemption_denied == near((3 + 1.5) * KEPT + 1.5 * heard_sanctions)
    assert after.freeze_months == 11.0
    assert after.age == near(55 + 1 / 12)
    assert after.inaction_share == near(0.26 * 11 / 13)
    assert after[:5] == OFFICIAL[:5]


def test_that_a_month_of_doing_nothing_becomes_a_habit() -> None:
    after = official_after(OFFICIAL, Action.INACTION, news_of(COUNTS, NATIONAL, PARAMETERS), KEPT)
    assert after.inaction_share == near(0.26 + 2 / 13 * 0.74)


def test_that_the_jurisdiction_takes_stock() -> None:
    after = jurisdiction_after(JURISDICTION, COUNTS, KEPT, PARAMETERS)
    assert tuple(after[:3]) == near((0.4, 0.2, 0.4))
    assert after.public_tolerance == near(0.35 + 0.05 * (0.4 - 0.35) + 0.05 * 0.1 - 0.1 * 0.3)
    assert after.experience == near(5.0 + 0.4)
    # Losses count every rung drawn in the jurisdiction, at routine too: one light and one heavy sanction.
    assert after.loss_seen == near(2 * KEPT + 0.9 * 0.3 * (0.6 + 2.0))
    assert after.loss_cases == near(4 * KEPT + 0.9 * 0.3 * 2)


@pytest.mark.parametrize(
    ("share", "shares"), [(math.nan, (1 / 3, 1 / 3, 1 / 3)), (0.01, (0.495, 0.495, 0.01)), (1.0, (0.0, 0.0, 1.0))]
)
def test_that_a_jurisdiction_starts_from_thirds_or_from_the_share_of_innovation_asked_for(
    share: float, shares: tuple[float, ...]
) -> None:
    start = jurisdiction_at_start(Parameters(behaviour=Behaviour(initial_innovation_share=share)))
    assert tuple(start[:3]) == near(shares)
    assert tuple(start[3:]) == (0.4, 0.0, 0.0, 0.0)

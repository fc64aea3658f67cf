"""One official's month, told in order and worked out by hand from model.md, section 4.

The official is 56 years old, of middling skill, and twice as sensitive to a loss as to a gain; promotion ends in four
years. In the jurisdiction half do nothing, three in ten keep to routine and two in ten innovate; the public is angrier
than usual. The month's matter is not urgent, so the official has time to file an innovation in advance. It fails
because the task was too complex; the failure is pursued; the evidence would have been enough on another day, but the
reviewers have lost some of their nerve. The sanction is an admonition, which bars promotion for six months.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from model.draws import CaseLuck, MonthLuck
from model.month import (
    circumstances_of,
    decision_of,
    exemption_expected,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    policy_tables_of,
)
from model.parameters import Behaviour, Guidance, Parameters, Work, row_of
from model.reasons import reasons_of
from model.rules.decision import BY_DEFAULT
from model.rules.evidence import after_own_case, news_of
from model.rules.outcome import Consequence, consequence_of
from model.rules.utility import Circumstances, Outlook
from model.state import Country, JurisdictionState, National, OfficialState
from model.vocabulary import N_COUNTS, Action, Cause, Counts, Outcome

PARAMETERS = Parameters()
ROW = np.array(row_of(PARAMETERS))
OFFICIAL = OfficialState(
    competence=0.6,
    loss_aversion=2.0,
    public_service_motivation=0.5,
    ambition=0.8,
    integrity=0.8,
    age=56.0,
    freeze_months=0.0,
    accountability_seen=0.5,
    accountability_spared=2.0,
    exemption_seen_filed=1.0,
    exemption_denied_filed=3.0,
    exemption_seen_unfiled=2.0,
    exemption_denied_unfiled=0.5,
    # Inactive last month, two months before and three months of the year before: two twelfths of a habit.
    inaction_history=float(0b111_000000000101),
)
JURISDICTION = JurisdictionState(
    share_inaction=0.5,
    share_routine=0.3,
    share_innovation=0.2,
    public_tolerance=0.3,
    experience=5.0,
    loss_seen=6.0,
    loss_cases=4.0,
)
NATIONAL = National(
    experience=3.0,
    sanctions=0.02,
    exemptions_filed=0.002,
    exemptions_unfiled=0.003,
    denials_filed=0.001,
    denials_unfiled=0.005,
)
# All jurisdictions are alike.
COUNTRY = Country(complexity=0.35, same_risk_exemption=0.4)

# What the defaults imply in a jurisdiction of complexity 0.35 (sections 5 and 6).
THRESHOLD = 2.0 - ndtri(0.4)
# The mean rung of 0.317 * 3 is that of the base shares up to a tilt of about 0.001, so losses agree to 1e-3.
EXPECTED_LOSS = policy_tables_of(PARAMETERS, 0.35, COUNTRY).expected_loss
EXPECTED_MISCONDUCT_LOSS = policy_tables_of(PARAMETERS, 0.35, COUNTRY).expected_misconduct_loss


def exempt(evidence: float) -> float:
    """Return X of an honest failure with this evidence: access 0.8, remedy 0.1."""
    at_once = ndtr(evidence - THRESHOLD)
    return float(0.8 * (at_once + (1 - at_once) * 0.1))


# The shares of force majeure, complexity and ability among a median official's honest failures; the median of a
# logit-normal competence with mu 0.4 is 1 / (1 + e**-0.4).
ABILITY_MISSING = 0.4 * (1 - 1 / (1 + math.exp(-0.4)))
SHARES = (0.08, 0.92 * 0.35, 0.92 * 0.65 * ABILITY_MISSING)
MEAN_FILED = sum(share * exempt(v) for share, v in zip(SHARES, (4.0, 3.0, 2.0), strict=True)) / sum(SHARES)
MEAN_UNFILED = sum(share * exempt(v) for share, v in zip(SHARES, (3.0, 2.0, 1.0), strict=True)) / sum(SHARES)
EXEMPT_NEGLIGENCE = 0.8 * ndtr(0.3 - THRESHOLD)
EXEMPT_SELF_DEALING = 0.8 * ndtr(-THRESHOLD)

# 4.1 and 4.2
DRIVE = 0.8 * (60 - 56) / (60 - 52) + 0.5
ACCOUNTABILITY = (15 * 0.04 * (1 - 0.6 * 0.4) + 0.5) / (15 + 0.5 + 2)
FILED = (15 * 0.7 * MEAN_FILED + 1) / (15 + 1 + 3)
UNFILED = (15 * 0.7 * MEAN_UNFILED + 2) / (15 + 2 + 0.5)
LET_OFF_FILED = FILED * EXEMPT_NEGLIGENCE / MEAN_FILED
LET_OFF_UNFILED = UNFILED * EXEMPT_NEGLIGENCE / MEAN_UNFILED
PERCEIVED_LOSS = (15 * EXPECTED_LOSS + 6) / (15 + 4)
# 4.3
EXPERIENCE = 0.8 * 5 + 0.2 * 3
COMPLEXITY_NOW = 0.35 * (1 - 0.5 * EXPERIENCE / (EXPERIENCE + 6))
SOUND = (1 - 0.08) * (1 - COMPLEXITY_NOW) * (1 - 0.4 * (1 - 0.6))
# 4.4
LOSS, BURDEN = 2.0 * PERCEIVED_LOSS, 2.0 * 0.15
STAKE_ROUTINE = 0.06 * (0.25 * DRIVE + ACCOUNTABILITY * (LOSS * (1 - LET_OFF_UNFILED) + BURDEN))
STAKE_FILED = SOUND * 0.4 * (DRIVE + ACCOUNTABILITY * (LOSS * (1 - LET_OFF_FILED) + BURDEN))
STAKE_UNFILED = SOUND * 0.4 * (DRIVE + ACCOUNTABILITY * (LOSS * (1 - LET_OFF_UNFILED) + BURDEN))


def best_care(stake: float, cost: float) -> float:
    return min(1.0, stake / cost)


def worth_of_care(stake: float, cost: float) -> float:
    care = best_care(stake, cost)
    return care * stake - cost * care**2 / 2


def innovating(exemption: float, stake: float) -> float:
    honest_risk = (1 - SOUND) * ACCOUNTABILITY * (LOSS * (1 - exemption) + BURDEN)
    return SOUND * DRIVE - 0.4 - 0.1 * 0.1 - honest_risk - stake + worth_of_care(stake, 0.5) + 0.2 * 0.2


UTILITIES = (
    -2.0 * 0.008 * 4.0 + 0.2 * 0.5 + 0.25 * 2 / 12,
    0.25 * DRIVE - 0.2 - STAKE_ROUTINE + worth_of_care(STAKE_ROUTINE, 0.1) + 0.2 * 0.3,
    innovating(UNFILED, STAKE_UNFILED),
    innovating(FILED, STAKE_FILED) - 0.12,
    innovating(UNFILED, STAKE_UNFILED)
    + 1.2 * (1 - 0.8)
    - 0.1 * 2.0 * EXPECTED_MISCONDUCT_LOSS * (1 - EXEMPT_SELF_DEALING),
)
# 4.5: temperature 0.3, nesting 0.5
WITHIN = [math.exp(utility / (0.5 * 0.3)) for utility in UTILITIES[2:]]
OUTER = [math.exp(UTILITIES[0] / 0.3), math.exp(UTILITIES[1] / 0.3), sum(WITHIN) ** 0.5]
PROBABILITIES = [OUTER[0] / sum(OUTER), OUTER[1] / sum(OUTER)]
PROBABILITIES += [OUTER[2] / sum(OUTER) * way / sum(WITHIN) for way in WITHIN]
# The draw of the choice falls in the middle of filing, that of the outcome in the middle of complexity.
MONTH_LUCK = MonthLuck(
    choice=sum(PROBABILITIES[:3]) + PROBABILITIES[3] / 2,
    innovation=0.08 + 0.92 * COMPLEXITY_NOW / 2,
    duty=0.5,
    urgency=0.16,
)
# 4.6, 4.7 and reviewers' nerve
PURSUIT = 0.04 * (1 - 0.6 * 0.3)
NERVE = 1 - 0.5 * (0.4 - 0.3)
CASE_LUCK = CaseLuck(detection=0.5, pursuit=PURSUIT - 1e-6, exemption=NERVE * exempt(3.0) + 1e-6, rung=0.6)
ADMONISHED = Consequence(
    is_failure_case=1,
    is_misconduct=0,
    is_honest=1,
    is_exempt=0,
    is_unpursued=0,
    rung=1,
    cause=int(Cause.COMPLEXITY),
    freeze_months=6.0,
)
KEPT = 2 ** (-1 / 24)
# Ten officials: four did nothing; two kept to routine, of whom one failed; of four who innovated one succeeded. Of two
# honest cases, one filed, the unfiled was exempted; the negligent was sanctioned too; of self-dealing there was none.
COUNTS = Counts(*[0] * N_COUNTS)._replace(
    officials=10,
    inaction=4,
    routine=2,
    innovation=3,
    filed_innovation=1,
    successes=1,
    failures_complexity=2,
    failures_ability=1,
    failures_negligence=1,
    routine_failures=1,
    unpursued=1,
    honest_cases_unfiled=1,
    honest_exemptions_unfiled=1,
    honest_cases_filed=1,
    negligence_cases=1,
    admonitions=1,
    disciplines=1,
)


def near(expected: object) -> object:
    """Return what is equal to the value by hand, up to rounding."""
    return pytest.approx(expected, rel=1e-12, abs=1e-14)


@pytest.fixture(scope="module")
def circumstances() -> Circumstances:
    return circumstances_of(JURISDICTION, NATIONAL, policy_tables_of(PARAMETERS, 0.35, COUNTRY), PARAMETERS)


def test_that_the_policy_in_force_is_worked_out_for_the_jurisdiction() -> None:
    tables = policy_tables_of(PARAMETERS, 0.35, COUNTRY)
    unfiled = (tables.exempt_force_majeure, tables.exempt_complexity, tables.exempt_ability)
    filed = (tables.exempt_filed_force_majeure, tables.exempt_filed_complexity, tables.exempt_filed_ability)
    assert unfiled == near((exempt(3.0), 0.8 * (0.4 + 0.6 * 0.1), exempt(1.0)))
    assert filed == near((exempt(4.0), exempt(3.0), exempt(2.0)))
    assert (tables.exempt_honest_unfiled, tables.exempt_honest_filed) == near((MEAN_UNFILED, MEAN_FILED))
    assert (tables.exempt_negligence, tables.exempt_self_dealing) == near((EXEMPT_NEGLIGENCE, EXEMPT_SELF_DEALING))
    assert tables.memory_kept == near(KEPT)


def test_that_the_ladders_of_the_policy_in_force_are_those_of_its_severities() -> None:
    tables = policy_tables_of(PARAMETERS, 0.35, COUNTRY)
    rungs = (tables.up_to_circular, tables.up_to_admonition, tables.up_to_discipline)
    assert rungs == pytest.approx((0.40, 0.70, 0.95), abs=1e-3)
    assert tables.expected_loss == pytest.approx(0.40 * 0.5 + 0.30 * 2 + 0.25 * 6 + 0.05 * 15, abs=5e-3)
    forms = (tables.up_to_first_form, tables.up_to_second_form, tables.up_to_third_form)
    shares = [forms[0], forms[1] - forms[0], forms[2] - forms[1], 1 - forms[2]]
    assert shares[1] + 2 * shares[2] + 3 * shares[3] == near(3 * 0.6)
    losses = zip(shares, (0.5, 2.0, 6.0, 15.0), strict=True)
    assert tables.expected_misconduct_loss == near(sum(share * loss for share, loss in losses))


def test_that_with_flexibility_a_harder_place_has_the_rate_that_leaves_the_same_risk() -> None:
    work, guidance = Work(ability_weight=0.0, force_majeure=0.0), Guidance(flexibility=1.0, local_knowledge=0.0)
    flexible = Parameters(work=work, guidance=guidance)
    # Failure is complexity alone: 0.35 * (1 - 0.4) is left in the mean, so 0.5 * (1 - e) must be the same.
    rate = 1 - 0.35 * 0.6 / 0.5
    tables = policy_tables_of(flexible, 0.5, Country(complexity=0.35, same_risk_exemption=0.4))
    assert tables.exempt_complexity == near(0.8 * (rate + (1 - rate) * 0.1))
    # Where the mean of such rates is 0.45 instead of 0.4, all give way by 0.05.
    tables = policy_tables_of(flexible, 0.5, Country(complexity=0.35, same_risk_exemption=0.45))
    assert tables.exempt_complexity == near(0.8 * (rate - 0.05 + (1 - rate + 0.05) * 0.1))


def test_that_the_month_begins_with_the_circumstances_of_the_jurisdiction(circumstances: Circumstances) -> None:
    expected = Circumstances(
        announced_accountability=0.04 * (1 - 0.6 * 0.4),
        announced_exemption_filed=0.7 * MEAN_FILED,
        announced_exemption_unfiled=0.7 * MEAN_UNFILED,
        negligence_ratio_filed=EXEMPT_NEGLIGENCE / MEAN_FILED,
        negligence_ratio_unfiled=EXEMPT_NEGLIGENCE / MEAN_UNFILED,
        perceived_loss=PERCEIVED_LOSS,
        exempt_self_dealing=EXEMPT_SELF_DEALING,
        expected_misconduct_loss=EXPECTED_MISCONDUCT_LOSS,
        complexity_now=COMPLEXITY_NOW,
        complexity_in_haste=COMPLEXITY_NOW + (1 - COMPLEXITY_NOW) * 0.15,
        pursuit=PURSUIT,
        nerve=NERVE,
        share_inaction=0.5,
        share_routine=0.3,
        share_innovation=0.2,
        borne=1.0,
    )
    assert tuple(circumstances) == near(tuple(expected))


def test_that_the_official_looks_around(circumstances: Circumstances) -> None:
    seen = reasons_of(OFFICIAL, circumstances, ROW, MONTH_LUCK.urgency, BY_DEFAULT).outlook
    expected = Outlook(
        drive=DRIVE,
        complexity=COMPLEXITY_NOW,
        sound=SOUND,
        may_file=1.0,
        own_inaction=2 / 12,
        perceived_accountability=ACCOUNTABILITY,
        perceived_exemption_filed=FILED,
        perceived_exemption_unfiled=UNFILED,
        feared_loss=LOSS,
        feared_review=BURDEN,
        routine_stake=STAKE_ROUTINE,
        routine_care=best_care(STAKE_ROUTINE, 0.1),
        filed_stake=STAKE_FILED,
        filed_care=best_care(STAKE_FILED, 0.5),
        unfiled_stake=STAKE_UNFILED,
        unfiled_care=best_care(STAKE_UNFILED, 0.5),
    )
    assert tuple(seen) == near(tuple(expected))
    assert 0.0 < seen.filed_care < 1.0


def test_that_the_official_weighs_every_action_and_files(circumstances: Circumstances) -> None:
    reasons = reasons_of(OFFICIAL, circumstances, ROW, MONTH_LUCK.urgency, BY_DEFAULT)
    assert tuple(reasons.utilities) == near(UTILITIES)
    assert tuple(reasons.probabilities) == near(tuple(PROBABILITIES))
    decision = decision_of(OFFICIAL, circumstances, PARAMETERS, MONTH_LUCK, BY_DEFAULT)
    assert (decision.action, decision.outcome) == (Action.FILED_INNOVATION, Outcome.COMPLEXITY)
    assert (decision.care, decision.perceived_accountability) == near((best_care(STAKE_FILED, 0.5), ACCOUNTABILITY))


def test_that_had_the_matter_been_urgent_there_would_have_been_no_time_to_file(circumstances: Circumstances) -> None:
    urgent = MONTH_LUCK._replace(urgency=0.14)
    reasons = reasons_of(OFFICIAL, circumstances, ROW, urgent.urgency, BY_DEFAULT)
    assert reasons.probabilities.filed_innovation == pytest.approx(0.0, abs=1e-30)
    in_haste = COMPLEXITY_NOW + (1 - COMPLEXITY_NOW) * 0.15
    assert reasons.outlook.sound == near(0.92 * (1 - in_haste) * 0.84)
    assert decision_of(OFFICIAL, circumstances, PARAMETERS, urgent, BY_DEFAULT).action != Action.FILED_INNOVATION


def test_that_the_official_expected_of_a_case_what_it_believed_of_its_kind(circumstances: Circumstances) -> None:
    for action, expected in ((Action.FILED_INNOVATION, FILED), (Action.INNOVATION, UNFILED)):
        found = exemption_expected(OFFICIAL, int(action), circumstances, PARAMETERS, MONTH_LUCK)
        assert found == near(expected)


def consequence(circumstances: Circumstances, luck: CaseLuck = CASE_LUCK) -> Consequence:
    tables = policy_tables_of(PARAMETERS, 0.35, COUNTRY)
    action, outcome = int(Action.FILED_INNOVATION), int(Outcome.COMPLEXITY)
    return consequence_of(action, outcome, circumstances, tables, PARAMETERS, luck)


def test_that_the_failure_is_pursued_exemption_denied_for_want_of_nerve_and_promotion_barred(
    circumstances: Circumstances,
) -> None:
    assert consequence(circumstances) == ADMONISHED
    assert consequence(circumstances._replace(nerve=1.0)).is_exempt == 1


def test_that_the_official_learns_from_the_case_then_from_the_news_and_grows_older() -> None:
    sanctioned = after_own_case(OFFICIAL, int(Action.FILED_INNOVATION), ADMONISHED, PARAMETERS.behaviour)
    after = official_after(sanctioned, int(Action.FILED_INNOVATION), news_of(COUNTS, NATIONAL, PARAMETERS), float(KEPT))

    def heard(here: float, elsewhere: float) -> float:
        return 150 * (0.2 * here / 10 + 0.01 * elsewhere)

    exempt_filed, exempt_unfiled = 0.2 * heard(0, 0.002), 0.2 * heard(1, 0.003)
    assert after.accountability_seen == near((0.5 + 1) * KEPT + 0.9 * heard(2, 0.02) + exempt_filed + exempt_unfiled)
    assert after.accountability_spared == near(2 * KEPT + 0.2 * heard(1, 0.0))
    assert after.exemption_seen_filed == near(1 * KEPT + exempt_filed)
    assert after.exemption_denied_filed == near((3 + 1.5) * KEPT + 1.5 * 0.9 * heard(1, 0.001))
    assert after.exemption_seen_unfiled == near(2 * KEPT + exempt_unfiled)
    assert after.exemption_denied_unfiled == near(0.5 * KEPT + 1.5 * 0.9 * heard(0, 0.005))
    assert after.freeze_months == 5.0
    assert after.age == near(56 + 1 / 12)
    assert after.inaction_history == 0b111_0000000001010
    assert after[:5] == OFFICIAL[:5]


def test_that_a_month_of_doing_nothing_is_kept_in_mind() -> None:
    after = official_after(OFFICIAL, int(Action.INACTION), news_of(COUNTS, NATIONAL, PARAMETERS), float(KEPT))
    assert after.inaction_history == 0b111_0000000001011


def test_that_the_jurisdiction_takes_stock() -> None:
    after = jurisdiction_after(JURISDICTION, COUNTS, float(KEPT), PARAMETERS)
    assert tuple(after[:3]) == near((0.4, 0.2, 0.4))
    felt = 1 / 10 + (1 - 0.3) * (3 / 10 - 0.5 * 1 / 10)
    assert after.public_tolerance == near(0.3 + 0.05 * (0.4 - 0.3) + 0.05 * 1 / 10 - 0.1 * felt)
    assert after.experience == near(5.0 + 0.4)
    assert after.loss_seen == near(6 * KEPT + 0.9 * 150 * 0.2 * (2.0 + 6.0) / 10)
    assert after.loss_cases == near(4 * KEPT + 0.9 * 150 * 0.2 * 2 / 10)


@pytest.mark.parametrize(
    ("share", "shares"), [(math.nan, (1 / 3, 1 / 3, 1 / 3)), (0.01, (0.495, 0.495, 0.01)), (1.0, (0.0, 0.0, 1.0))]
)
def test_that_a_jurisdiction_starts_from_thirds_or_from_the_share_of_innovation_asked_for(
    share: float, shares: tuple[float, ...]
) -> None:
    start = jurisdiction_at_start(Parameters(behaviour=Behaviour(initial_innovation_share=share)))
    assert tuple(start[:3]) == near(shares)
    assert tuple(start[3:]) == (0.4, 0.0, 0.0, 0.0)

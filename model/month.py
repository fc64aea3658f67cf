"""One month, in order: read it aloud, agree or object (model.md, 4).

`MONTH` is the order; every engine goes through it. At the start of a month the policy in force and last month's events
make up the **circumstances** of a jurisdiction. Each official looks at them (**outlook**), weighs every action
(**terms**), takes one, and luck decides how it turns out (**decision**). The authorities may have something to say
(**consequence**), from which the official learns at once. When everybody is done, the **news** of the month goes round,
all grow a month older, and the jurisdiction takes stock.

Every engine calls these functions, so all of them tell the same story.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from model.compiled import compiled, inlined
from model.draws import MonthLuck
from model.parameters import Parameters
from model.population import median_competence
from model.rules.career import age_after, freeze_after, inaction_history_after
from model.rules.choice import action_on, stick_of, ways_of
from model.rules.decision import Mind, memory_after_act, memory_at_choice, stick_under, terms_under
from model.rules.evidence import News, memory_kept, remembered, sanction_news_of
from model.rules.exemption import (
    exempt_negligence,
    exempt_self_dealing,
    honest_exemption,
    local_exemption,
    mean_honest_exemption,
    review_of,
    same_risk_exemption,
)
from model.rules.ladder import accountability_ladder, expected_loss, misconduct_ladder
from model.rules.outcome import care_taken, outcome_of, pursuit_probability
from model.rules.outlook import outlook_of
from model.rules.perception import announced_accountability, announced_exemption, negligence_ratio, perceived_loss
from model.rules.public import Felt, nerve, public_tolerance_after
from model.rules.utility import Circumstances, Outlook, PerAction, Terms, terms_of, utilities_of
from model.rules.work import complexity_in_haste, complexity_now, sound_probability
from model.state import Country, JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import (
    Action,
    Counts,
    honest_exemptions_in,
    honest_failures_in,
    innovations_in,
)

# What happens in a month, in this order: the Mesa engine goes through this list, and a test holds the compiled one to
# it. Nobody sees what another does in the same month, so within a step it does not matter who is visited first.
MONTH = (
    "policy_takes_force",
    "jurisdictions_look_around",
    "everyone_chooses",
    "authorities_respond",
    "news_goes_round",
    "everyone_learns",
    "newcomers_arrive",
    "jurisdictions_take_stock",
    "month_is_summed_up",
)


class Decision(NamedTuple):
    """What an official did this month, how it turned out, with how much care, and how likely it thought pursuit."""

    action: int
    outcome: int
    care: float
    perceived_accountability: float


@compiled
def success_of_median_official(complexity: float, parameters: Parameters) -> float:
    """Return the success chance of a median official before any learning, with full care and no urgent matters."""
    return sound_probability(complexity, median_competence(parameters.population), parameters.work)


@compiled
def same_risk_exemption_in(parameters: Parameters, complexity: float, mean_complexity: float) -> float:
    """Return the exemption rate that would leave the same risk in a jurisdiction as on average in the country."""
    return same_risk_exemption(
        parameters.exemption.probability,
        success_of_median_official(complexity, parameters),
        success_of_median_official(mean_complexity, parameters),
    )


@compiled
def policy_tables_of(parameters: Parameters, complexity: float, country: Country) -> PolicyTables:
    """Return the policy in force worked out for a jurisdiction of this complexity."""
    exemption, guidance = parameters.exemption, parameters.guidance
    same_risk = same_risk_exemption_in(parameters, complexity, country.complexity)
    rate = local_exemption(exemption.probability, guidance.flexibility, same_risk, country.same_risk_exemption)
    review = review_of(rate, exemption, guidance)
    unfiled = honest_exemption(0.0, review, exemption)
    filed = honest_exemption(exemption.evidence_filing, review, exemption)
    competence = median_competence(parameters.population)
    ladder = accountability_ladder(parameters.accountability.severity)
    forms = misconduct_ladder(parameters.accountability.misconduct_severity)
    return PolicyTables(
        complexity=complexity,
        exempt_force_majeure=unfiled.force_majeure,
        exempt_complexity=unfiled.complexity,
        exempt_ability=unfiled.ability,
        exempt_filed_force_majeure=filed.force_majeure,
        exempt_filed_complexity=filed.complexity,
        exempt_filed_ability=filed.ability,
        exempt_negligence=exempt_negligence(review, exemption),
        exempt_self_dealing=exempt_self_dealing(review, exemption),
        exempt_honest_unfiled=mean_honest_exemption(unfiled, complexity, competence, parameters.work),
        exempt_honest_filed=mean_honest_exemption(filed, complexity, competence, parameters.work),
        up_to_circular=ladder.first,
        up_to_admonition=ladder.first + ladder.second,
        up_to_discipline=ladder.first + ladder.second + ladder.third,
        expected_loss=expected_loss(ladder),
        up_to_first_form=forms.first,
        up_to_second_form=forms.first + forms.second,
        up_to_third_form=forms.first + forms.second + forms.third,
        expected_misconduct_loss=expected_loss(forms),
        memory_kept=memory_kept(parameters.behaviour.memory_half_life_months),
    )


@compiled
def jurisdiction_at_start(parameters: Parameters) -> JurisdictionState:
    """Return a jurisdiction before the first month: its first norm, the public's baseline, nothing tried yet."""
    share = parameters.behaviour.initial_innovation_share
    innovation = 1.0 / 3.0 if math.isnan(share) else share
    other = 0.5 * (1.0 - innovation)
    return JurisdictionState(
        share_inaction=other,
        share_routine=other,
        share_innovation=innovation,
        public_tolerance=parameters.public.tolerance,
        experience=0.0,
        loss_seen=0.0,
        loss_cases=0.0,
    )


@compiled
def circumstances_of(
    jurisdiction: JurisdictionState, national: National, tables: PolicyTables, parameters: Parameters
) -> Circumstances:
    """Return what all officials of a jurisdiction face this month, from the state at the end of last month."""
    accountability, public, behaviour = parameters.accountability, parameters.public, parameters.behaviour
    complexity = complexity_now(tables.complexity, jurisdiction.experience, national.experience, parameters.work)
    return Circumstances(
        announced_accountability=announced_accountability(accountability, public),
        announced_exemption_filed=announced_exemption(behaviour, tables.exempt_honest_filed),
        announced_exemption_unfiled=announced_exemption(behaviour, tables.exempt_honest_unfiled),
        negligence_ratio_filed=negligence_ratio(tables.exempt_negligence, tables.exempt_honest_filed),
        negligence_ratio_unfiled=negligence_ratio(tables.exempt_negligence, tables.exempt_honest_unfiled),
        perceived_loss=perceived_loss(
            tables.expected_loss, behaviour.prior_strength, jurisdiction.loss_seen, jurisdiction.loss_cases
        ),
        exempt_self_dealing=tables.exempt_self_dealing,
        expected_misconduct_loss=tables.expected_misconduct_loss,
        complexity_now=complexity,
        complexity_in_haste=complexity_in_haste(complexity, parameters.work),
        pursuit=pursuit_probability(accountability, public, jurisdiction.public_tolerance),
        nerve=nerve(jurisdiction.public_tolerance, public, parameters.exemption),
        share_inaction=jurisdiction.share_inaction,
        share_routine=jurisdiction.share_routine,
        share_innovation=jurisdiction.share_innovation,
        borne=1.0,
    )


class Weighing(NamedTuple):
    """What an official sees, what each action seems worth under its rule and the odds that follow; its memory then."""

    outlook: Outlook
    terms: Terms
    utilities: PerAction
    stick: PerAction
    memory: Any


@inlined
def weighing_of(
    official: OfficialState, circumstances: Circumstances, parameters: Parameters, urgency_luck: float, mind: Mind
) -> Weighing:
    """Return how an official weighs its actions; `urgency_luck` decides whether this month's matter is urgent."""
    rule, behaviour = mind.rule, parameters.behaviour
    outlook = outlook_of(official, circumstances, parameters, urgency_luck)
    by_default = terms_of(official, outlook, circumstances, parameters)
    memory = memory_at_choice(rule, mind.memory, by_default)
    terms = terms_under(rule, memory, by_default, official, outlook, circumstances, parameters)
    utilities = utilities_of(terms)
    stick = stick_of(utilities, ways_of(utilities, behaviour, outlook.may_file), behaviour)
    stick = stick_under(rule, memory, stick, utilities, outlook.may_file, circumstances, parameters)
    return Weighing(outlook, terms, utilities, stick, memory)


@inlined
def decision_of(
    official: OfficialState, circumstances: Circumstances, parameters: Parameters, luck: MonthLuck, mind: Mind
) -> Decision:
    """Return what the official does and how it turns out."""
    weighing = weighing_of(official, circumstances, parameters, luck.urgency, mind)
    outlook = weighing.outlook
    action = action_on(weighing.stick, luck.choice)
    outcome = outcome_of(action, outlook, parameters, luck)
    return Decision(action, outcome, care_taken(action, outlook), outlook.perceived_accountability)


@inlined
def memory_of_act(
    official: OfficialState, circumstances: Circumstances, parameters: Parameters, luck: MonthLuck, mind: Mind
) -> Any:
    """Return what an official keeps in mind once it has acted, before the authorities have a say."""
    weighing = weighing_of(official, circumstances, parameters, luck.urgency, mind)
    action = action_on(weighing.stick, luck.choice)
    outcome = outcome_of(action, weighing.outlook, parameters, luck)
    return memory_after_act(mind.rule, weighing.memory, action, outcome, official, weighing.outlook, parameters)


@compiled
def exemption_expected(
    official: OfficialState, action: int, circumstances: Circumstances, parameters: Parameters, luck: MonthLuck
) -> float:
    """Return how likely an official thought, when it chose, that an honest case like its own ends exempt."""
    outlook = outlook_of(official, circumstances, parameters, luck.urgency)
    is_filed = action == Action.FILED_INNOVATION
    return outlook.perceived_exemption_filed if is_filed else outlook.perceived_exemption_unfiled


@inlined
def official_after(official: OfficialState, action: int, news: News, kept: float) -> OfficialState:
    """Return the official at the end of the month: the news taken in, what it did kept in mind, a month older."""
    return OfficialState(
        competence=official.competence,
        loss_aversion=official.loss_aversion,
        public_service_motivation=official.public_service_motivation,
        ambition=official.ambition,
        integrity=official.integrity,
        age=age_after(official.age),
        freeze_months=freeze_after(official.freeze_months),
        accountability_seen=remembered(official.accountability_seen, news.accountability_seen, kept),
        accountability_spared=remembered(official.accountability_spared, news.accountability_spared, kept),
        exemption_seen_filed=remembered(official.exemption_seen_filed, news.exemption_seen_filed, kept),
        exemption_denied_filed=remembered(official.exemption_denied_filed, news.exemption_denied_filed, kept),
        exemption_seen_unfiled=remembered(official.exemption_seen_unfiled, news.exemption_seen_unfiled, kept),
        exemption_denied_unfiled=remembered(official.exemption_denied_unfiled, news.exemption_denied_unfiled, kept),
        inaction_history=inaction_history_after(official.inaction_history, 1.0 if action == Action.INACTION else 0.0),
    )


@compiled
def jurisdiction_after(
    jurisdiction: JurisdictionState, counts: Counts, kept: float, parameters: Parameters
) -> JurisdictionState:
    """Return the jurisdiction at the end of the month; `counts` are what happened in it."""
    n = counts.officials
    share_innovation = innovations_in(counts) / n
    felt = Felt(
        successes=counts.successes / n,
        negligent_failures=counts.failures_negligence / n,
        honest_failures=honest_failures_in(counts) / n,
        honest_exemptions=honest_exemptions_in(counts) / n,
    )
    sanctions = sanction_news_of(counts, parameters)
    return JurisdictionState(
        share_inaction=counts.inaction / n,
        share_routine=counts.routine / n,
        share_innovation=share_innovation,
        public_tolerance=public_tolerance_after(
            jurisdiction.public_tolerance, felt, parameters.public, parameters.exemption
        ),
        experience=jurisdiction.experience + share_innovation,
        loss_seen=remembered(jurisdiction.loss_seen, sanctions.loss_seen, kept),
        loss_cases=remembered(jurisdiction.loss_cases, sanctions.loss_cases, kept),
    )

"""One month, in order: read it aloud, agree or object (model.md, 4).

At the start of a month the policy in force and last month's events make up the **circumstances** of a jurisdiction.
Each official looks at them (**outlook**), weighs every action (**menu**), takes one, and luck decides how it turns out
(**decision**). The authorities may have something to say (**consequence**), from which the official learns at once.
When everybody is done, the **news** of the month goes round, all grow a month older, and the jurisdiction takes stock.

Every engine calls these functions, so all of them tell the same story.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from model.compiled import compiled, inlined
from model.draws import MonthLuck
from model.parameters import Parameters
from model.population import median_competence
from model.rules.career import age_after, drive, freeze_after, inaction_share_after
from model.rules.choice import Circumstances, Outlook, choice_of, menu_of, utilities_of
from model.rules.evidence import News, memory_kept, remembered
from model.rules.exemption import exempt_honest, exempt_self_dealing, local_exemption
from model.rules.ladder import expected_loss, ladder_of, loss_drawn, sanctions_drawn
from model.rules.outcome import outcome_of, pursuit_probability
from model.rules.perception import announced_accountability, announced_exemption, belief, perceived_loss
from model.rules.public import public_tolerance_after
from model.rules.work import complexity_now, success_probability
from model.state import JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import Action, Counts, failures_in, innovations_in


class Decision(NamedTuple):
    """What an official did this month, how it turned out, and what it believed when it chose."""

    action: int
    outcome: int
    perceived_accountability: float
    perceived_exemption: float


@compiled
def policy_tables_of(parameters: Parameters, complexity: float, mean_complexity: float) -> PolicyTables:
    """Return the policy in force worked out for a jurisdiction of this complexity."""
    exemption = parameters.exemption
    competence = median_competence(parameters.population)
    rate = local_exemption(
        exemption.probability,
        parameters.guidance.flexibility,
        success_probability(complexity, competence, parameters.work),
        success_probability(mean_complexity, competence, parameters.work),
    )
    filing = exemption.evidence_filing
    ladder = ladder_of(parameters.accountability.severity)
    return PolicyTables(
        complexity,
        exempt_honest(exemption.evidence_force_majeure, rate, exemption),
        exempt_honest(exemption.evidence_complexity, rate, exemption),
        exempt_honest(exemption.evidence_ability, rate, exemption),
        exempt_honest(exemption.evidence_force_majeure + filing, rate, exemption),
        exempt_honest(exemption.evidence_complexity + filing, rate, exemption),
        exempt_honest(exemption.evidence_ability + filing, rate, exemption),
        exempt_self_dealing(rate, exemption),
        ladder.reminder,
        ladder.reminder + ladder.light,
        ladder.reminder + ladder.light + ladder.heavy,
        expected_loss(ladder),
        memory_kept(parameters.behaviour.memory_half_life_months),
    )


@compiled
def jurisdiction_at_start(parameters: Parameters) -> JurisdictionState:
    """Return a jurisdiction before the first month: its first norm, the public's baseline, nothing tried yet."""
    share = parameters.behaviour.initial_innovation_share
    innovation = 1.0 / 3.0 if math.isnan(share) else share
    other = 0.5 * (1.0 - innovation)
    return JurisdictionState(other, other, innovation, parameters.public.tolerance, 0.0, 0.0, 0.0)


@compiled
def circumstances_of(
    jurisdiction: JurisdictionState, national: National, tables: PolicyTables, parameters: Parameters
) -> Circumstances:
    """Return what all officials of a jurisdiction face this month, from the state at the end of last month."""
    filed, unfiled = tables.exempt_filed_complexity, tables.exempt_complexity
    strength = parameters.behaviour.prior_strength
    return Circumstances(
        announced_accountability(parameters.accountability, parameters.public),
        announced_exemption(parameters.behaviour, filed),
        perceived_loss(tables.expected_loss, strength, jurisdiction.loss_seen, jurisdiction.loss_cases),
        unfiled / filed if filed > 0.0 else 0.0,
        tables.exempt_self_dealing,
        complexity_now(tables.complexity, jurisdiction.experience, national.experience, parameters.work),
        pursuit_probability(parameters.accountability, parameters.public, jurisdiction.public_tolerance),
        jurisdiction.share_inaction,
        jurisdiction.share_routine,
        jurisdiction.share_innovation,
    )


@inlined
def outlook_of(official: OfficialState, circumstances: Circumstances, parameters: Parameters) -> Outlook:
    """Return what an official sees before choosing."""
    strength = parameters.behaviour.prior_strength
    return Outlook(
        drive(official, parameters.career),
        belief(
            circumstances.announced_accountability,
            strength,
            official.accountability_seen,
            official.accountability_spared,
        ),
        belief(circumstances.announced_exemption, strength, official.exemption_seen, official.exemption_denied),
        success_probability(circumstances.complexity_now, official.competence, parameters.work),
    )


@inlined
def decision_of(
    official: OfficialState, circumstances: Circumstances, parameters: Parameters, luck: MonthLuck
) -> Decision:
    """Return what the official does and how it turns out."""
    outlook = outlook_of(official, circumstances, parameters)
    menu = menu_of(official, outlook, circumstances, parameters)
    action = choice_of(utilities_of(menu), parameters.behaviour, luck.choice)
    outcome = outcome_of(action, circumstances.complexity_now, outlook.success, parameters, luck)
    return Decision(action, outcome, outlook.perceived_accountability, outlook.perceived_exemption)


@inlined
def official_after(official: OfficialState, action: int, news: News, kept: float) -> OfficialState:
    """Return the official at the end of the month: the news taken in, the habit formed, a month older."""
    return OfficialState(
        official.competence,
        official.loss_aversion,
        official.public_service_motivation,
        official.ambition,
        official.integrity,
        age_after(official.age),
        freeze_after(official.freeze_months),
        remembered(official.accountability_seen, news.sanctions + news.exemptions, kept),
        remembered(official.accountability_spared, news.spared, kept),
        remembered(official.exemption_seen, news.exemptions, kept),
        remembered(official.exemption_denied, news.denied, kept),
        inaction_share_after(official.inaction_share, 1.0 if action == Action.INACTION else 0.0),
    )


@compiled
def jurisdiction_after(
    jurisdiction: JurisdictionState, counts: Counts, kept: float, parameters: Parameters
) -> JurisdictionState:
    """Return the jurisdiction at the end of the month; `counts` are what happened in it."""
    n = counts.officials
    share_innovation = innovations_in(counts) / n
    share_successes, share_failures = counts.successes / n, failures_in(counts) / n
    heard = parameters.accountability.publicity * parameters.behaviour.weight_peer
    return JurisdictionState(
        counts.inaction / n,
        counts.routine / n,
        share_innovation,
        public_tolerance_after(jurisdiction.public_tolerance, share_successes, share_failures, parameters.public),
        jurisdiction.experience + share_innovation,
        remembered(jurisdiction.loss_seen, heard * loss_drawn(counts), kept),
        remembered(jurisdiction.loss_cases, heard * sanctions_drawn(counts), kept),
    )

"""Evidence: what officials learn from their own cases and from what they hear (model.md, 4.8).

Own experience weighs most, then peers, then strangers (lochner_2007, apel_2013); bad news weighs more than good
(baumeister_et_al_2001). What is not disclosed cannot be learned from. News are rates per official times the size of the
circle one hears of, so that it does not matter how many officials a jurisdiction has.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import exponential
from model.parameters import Behaviour, Parameters
from model.rules.ladder import loss_drawn
from model.rules.outcome import Consequence
from model.state import National, OfficialState
from model.vocabulary import Action, Counts, sanctions_of_failures_in

_LN_2 = 0.6931471805599453


class News(NamedTuple):
    """What everybody in a jurisdiction hears this month, in weighted cases."""

    accountability_seen: float
    accountability_spared: float
    exemption_seen_filed: float
    exemption_denied_filed: float
    exemption_seen_unfiled: float
    exemption_denied_unfiled: float


class EventRates(NamedTuple):
    """What happens per official among those whom one hears of at home."""

    sanctions: float  # for failures
    unpursued: float
    exemptions_filed: float
    exemptions_unfiled: float
    denials_filed: float  # honest cases that ended in a sanction
    denials_unfiled: float


class SanctionNews(NamedTuple):
    """What a jurisdiction learns this month of how heavy sanctions are: the loss of those heard of, their number."""

    loss_seen: float
    loss_cases: float


@compiled
def memory_kept(half_life_months: float) -> float:
    """Return the share of evidence that is still remembered a month later."""
    return exponential(-_LN_2 / half_life_months)


@compiled
def national_of(counts: Counts, experience: float) -> National:
    """Return what all know of each other, from the counts of all jurisdictions: means over officials."""
    n = counts.officials
    return National(
        experience=experience,
        sanctions=sanctions_of_failures_in(counts) / n,
        exemptions_filed=counts.honest_exemptions_filed / n,
        exemptions_unfiled=counts.honest_exemptions_unfiled / n,
        denials_filed=(counts.honest_cases_filed - counts.honest_exemptions_filed) / n,
        denials_unfiled=(counts.honest_cases_unfiled - counts.honest_exemptions_unfiled) / n,
    )


@compiled
def heard(here: float, elsewhere: float, behaviour: Behaviour) -> float:
    """Return how much is heard of events, from their rates per official at home now and elsewhere last month."""
    return behaviour.circle * (behaviour.weight_peer * here + behaviour.weight_national * elsewhere)


@compiled
def news_of_rates(here: EventRates, last: National, parameters: Parameters) -> News:
    """Return what is heard of this month's cases at home and last month's elsewhere, as far as they are made known."""
    behaviour = parameters.behaviour
    disclosure, publicity = parameters.exemption.disclosure, parameters.accountability.publicity
    exempt_filed = disclosure * heard(here.exemptions_filed, last.exemptions_filed, behaviour)
    exempt_unfiled = disclosure * heard(here.exemptions_unfiled, last.exemptions_unfiled, behaviour)
    denied = behaviour.negativity * publicity
    return News(
        accountability_seen=publicity * heard(here.sanctions, last.sanctions, behaviour)
        + (exempt_filed + exempt_unfiled),
        accountability_spared=disclosure * heard(here.unpursued, 0.0, behaviour),
        exemption_seen_filed=exempt_filed,
        exemption_denied_filed=denied * heard(here.denials_filed, last.denials_filed, behaviour),
        exemption_seen_unfiled=exempt_unfiled,
        exemption_denied_unfiled=denied * heard(here.denials_unfiled, last.denials_unfiled, behaviour),
    )


@compiled
def news_of(counts: Counts, last: National, parameters: Parameters) -> News:
    """Return what everybody in a jurisdiction hears who hears of all in it."""
    here = national_of(counts, 0.0)
    rates = EventRates(
        here.sanctions,
        counts.unpursued / counts.officials,
        here.exemptions_filed,
        here.exemptions_unfiled,
        here.denials_filed,
        here.denials_unfiled,
    )
    return news_of_rates(rates, last, parameters)


@compiled
def sanction_news_of(counts: Counts, parameters: Parameters) -> SanctionNews:
    """Return what is heard at home of this month's sanctions for failures."""
    publicity, behaviour = parameters.accountability.publicity, parameters.behaviour
    n = counts.officials
    return SanctionNews(
        publicity * heard(loss_drawn(counts) / n, 0.0, behaviour),
        publicity * heard(sanctions_of_failures_in(counts) / n, 0.0, behaviour),
    )


@compiled
def after_own_case(
    official: OfficialState, action: int, consequence: Consequence, behaviour: Behaviour
) -> OfficialState:
    """Return the official with the evidence of the own case, if there was one, and the bar on promotion it brought."""
    own = behaviour.weight_own
    is_filed = 1 if action == Action.FILED_INNOVATION else 0
    exempt = own * (consequence.is_honest * consequence.is_exempt)
    denied = own * behaviour.negativity * (consequence.is_honest * (1 - consequence.is_exempt))
    frozen = consequence.freeze_months > official.freeze_months
    return OfficialState(
        competence=official.competence,
        loss_aversion=official.loss_aversion,
        public_service_motivation=official.public_service_motivation,
        ambition=official.ambition,
        integrity=official.integrity,
        age=official.age,
        freeze_months=consequence.freeze_months if frozen else official.freeze_months,
        accountability_seen=official.accountability_seen + own * consequence.is_failure_case,
        accountability_spared=official.accountability_spared + own * consequence.is_unpursued,
        exemption_seen_filed=official.exemption_seen_filed + is_filed * exempt,
        exemption_denied_filed=official.exemption_denied_filed + is_filed * denied,
        exemption_seen_unfiled=official.exemption_seen_unfiled + (1 - is_filed) * exempt,
        exemption_denied_unfiled=official.exemption_denied_unfiled + (1 - is_filed) * denied,
        inaction_history=official.inaction_history,
    )


@inlined
def remembered(evidence: float, heard: float, kept: float) -> float:
    """Return evidence a month later: what is left of the old, and what was heard."""
    return evidence * kept + heard

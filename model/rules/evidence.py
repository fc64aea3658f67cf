"""Evidence: what officials learn from their own cases and from what they hear (model.md, 4.8).

Own experience weighs most, then peers, then strangers (lochner_2007, apel_2013); bad news weighs more than good
(olsen_2015). What is not disclosed cannot be learned from.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import exponential
from model.parameters import Behaviour, Parameters
from model.rules.outcome import Consequence
from model.state import National, OfficialState
from model.vocabulary import Counts, exemptions_in

_LN_2 = 0.6931471805599453


class News(NamedTuple):
    """What everybody in a jurisdiction hears this month, in cases."""

    sanctions: float
    denied: float  # the same sanctions as evidence against exemption, weighed with negativity
    exemptions: float
    spared: float


@compiled
def memory_kept(half_life_months: float) -> float:
    """Return the share of evidence that is still remembered a month later."""
    return exponential(-_LN_2 / half_life_months)


@compiled
def news_of(counts: Counts, last: National, parameters: Parameters) -> News:
    """Return what is heard of this month's cases at home and last month's elsewhere, as far as they are made known."""
    behaviour = parameters.behaviour
    disclosure = parameters.exemption.disclosure
    near, far = behaviour.weight_peer, behaviour.weight_national
    heard_sanctions = parameters.accountability.publicity * (near * counts.sanctions_innovation + far * last.sanctions)
    return News(
        heard_sanctions,
        behaviour.negativity * heard_sanctions,
        disclosure * (near * exemptions_in(counts) + far * last.exemptions),
        disclosure * near * counts.unpursued,
    )


@compiled
def after_own_case(official: OfficialState, consequence: Consequence, behaviour: Behaviour) -> OfficialState:
    """Return the official with the evidence of the own case, if there was one, and the bar on promotion it brought."""
    is_denied = consequence.is_case * (1 - consequence.is_exempt)
    frozen = consequence.freeze_months > official.freeze_months
    return OfficialState(
        official.competence,
        official.loss_aversion,
        official.public_service_motivation,
        official.ambition,
        official.integrity,
        official.age,
        consequence.freeze_months if frozen else official.freeze_months,
        official.accountability_seen + behaviour.weight_own * consequence.is_case,
        official.accountability_spared + behaviour.weight_own * consequence.is_unpursued,
        official.exemption_seen + behaviour.weight_own * consequence.is_exempt,
        official.exemption_denied + behaviour.weight_own * behaviour.negativity * is_denied,
        official.inaction_share,
    )


@inlined
def remembered(evidence: float, heard: float, kept: float) -> float:
    """Return evidence a month later: what is left of the old, and what was heard."""
    return evidence * kept + heard

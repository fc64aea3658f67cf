"""Outlook: what an official makes of the month's matter before choosing (model.md, 4.1 to 4.4)."""

from __future__ import annotations

from model.compiled import inlined
from model.parameters import Parameters
from model.rules.care import best_care
from model.rules.career import drive, own_inaction
from model.rules.perception import belief, perceived_negligence_exemption
from model.rules.utility import Circumstances, Outlook
from model.rules.work import is_urgent, sound_probability
from model.state import OfficialState


@inlined
def lost_by_negligence(
    worth: float, accountability: float, feared_loss: float, feared_review: float, forgiven: float
) -> float:
    """Return what a negligent failure costs: what success was worth, and where it is pursued a review and a sanction.

    `forgiven` is the believed probability that a negligent case is let off.
    """
    return worth + accountability * (feared_loss * (1.0 - forgiven) + feared_review)


@inlined
def outlook_of(official: OfficialState, here: Circumstances, parameters: Parameters, urgency_luck: float) -> Outlook:
    """Return what an official sees before choosing; `urgency_luck` decides whether this month's matter is urgent."""
    work, behaviour = parameters.work, parameters.behaviour
    strength = behaviour.prior_strength
    hope = drive(official, parameters.career)
    urgent = is_urgent(work, urgency_luck)
    complexity = here.complexity_in_haste if urgent else here.complexity_now
    may_file = 0.0 if urgent else 1.0
    sound = sound_probability(complexity, official.competence, work)
    accountability = belief(
        here.announced_accountability, strength, official.accountability_seen, official.accountability_spared
    )
    filed = belief(
        here.announced_exemption_filed, strength, official.exemption_seen_filed, official.exemption_denied_filed
    )
    unfiled = belief(
        here.announced_exemption_unfiled, strength, official.exemption_seen_unfiled, official.exemption_denied_unfiled
    )
    feared_loss = official.loss_aversion * here.perceived_loss
    feared_review = official.loss_aversion * parameters.exemption.review_burden
    forgiven_filed = perceived_negligence_exemption(filed, here.negligence_ratio_filed)
    forgiven_unfiled = perceived_negligence_exemption(unfiled, here.negligence_ratio_unfiled)
    lost_in_routine = lost_by_negligence(
        work.routine_reward * hope, accountability, feared_loss, feared_review, forgiven_unfiled
    )
    feared_here = feared_loss * here.borne  # after an innovation; nobody else answers for routine
    lost_filed = lost_by_negligence(hope, accountability, feared_here, feared_review, forgiven_filed)
    lost_unfiled = lost_by_negligence(hope, accountability, feared_here, feared_review, forgiven_unfiled)
    avoidable = sound * work.negligence
    routine_stake = work.routine_failure * lost_in_routine
    filed_stake, unfiled_stake = avoidable * lost_filed, avoidable * lost_unfiled
    return Outlook(
        drive=hope,
        complexity=complexity,
        sound=sound,
        may_file=may_file,
        own_inaction=own_inaction(official.inaction_history),
        perceived_accountability=accountability,
        perceived_exemption_filed=filed,
        perceived_exemption_unfiled=unfiled,
        feared_loss=feared_loss,
        feared_review=feared_review,
        routine_stake=routine_stake,
        routine_care=best_care(routine_stake, work.routine_care_cost),
        filed_stake=filed_stake,
        filed_care=best_care(filed_stake, work.care_cost),
        unfiled_stake=unfiled_stake,
        unfiled_care=best_care(unfiled_stake, work.care_cost),
    )

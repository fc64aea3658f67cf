"""Outcomes: how an action turns out, whether it becomes a case, how the case ends (model.md, 4.6 and 4.7)."""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.draws import CaseLuck, MonthLuck
from model.parameters import Accountability, Parameters, Public, Work
from model.rules.ladder import freeze_of_rung
from model.rules.utility import Circumstances, Outlook
from model.state import PolicyTables
from model.vocabulary import Action, Cause, Outcome

NO_RUNG = -1


class Consequence(NamedTuple):
    """What an official's month leads to with the authorities; the flags are 1 or 0.

    `rung` is the rung drawn of the ladder for failures, or of that for misconduct where `is_misconduct`, or -1;
    `freeze_months` the bar on promotion that follows; `cause` is what the case is held to be about and means nothing
    where there is no case. `is_honest`: a case of a failure without negligence.
    """

    is_failure_case: int
    is_misconduct: int
    is_honest: int
    is_exempt: int
    is_unpursued: int
    rung: int
    cause: int
    freeze_months: float


@compiled
def done_under_order(order: int, may_file: float) -> int:
    """Return the action that an order comes to; `may_file` is 0 in a month whose matter is urgent."""
    action: int = Action.INNOVATION if (order == Action.FILED_INNOVATION) & (may_file == 0.0) else order
    return action


@inlined
def care_taken(action: int, outlook: Outlook) -> float:
    """Return the care an official takes in what it does, in [0, 1]; 0 in doing nothing."""
    of_innovating = outlook.filed_care if action == Action.FILED_INNOVATION else outlook.unfiled_care
    of_duty = outlook.routine_care if action == Action.ROUTINE else 0.0
    return of_innovating if action >= Action.INNOVATION else of_duty


@inlined
def outcome_of_innovation(outlook: Outlook, care: float, work: Work, luck: float) -> int:
    """Return how an innovation turns out.

    One draw decides among force majeure, complexity, ability, negligence and success.
    """
    by_force_majeure = work.force_majeure
    by_complexity = by_force_majeure + (1.0 - work.force_majeure) * outlook.complexity
    by_ability = 1.0 - outlook.sound
    by_negligence = by_ability + outlook.sound * work.negligence * (1.0 - care)
    result = Outcome.NEGLIGENCE if luck < by_negligence else Outcome.SUCCESS
    result = Outcome.ABILITY if luck < by_ability else result
    result = Outcome.COMPLEXITY if luck < by_complexity else result
    return Outcome.FORCE_MAJEURE if luck < by_force_majeure else result


@inlined
def outcome_of(action: int, outlook: Outlook, parameters: Parameters, luck: MonthLuck) -> int:
    """Return how the action turns out."""
    care = care_taken(action, outlook)
    called = luck.duty < parameters.accountability.inaction_certainty
    failed = luck.duty < parameters.work.routine_failure * (1.0 - care)
    of_inaction = Outcome.CALLED_TO_ACCOUNT if called else Outcome.NOTHING
    of_routine = Outcome.NEGLIGENCE if failed else Outcome.NOTHING
    of_innovation = outcome_of_innovation(outlook, care, parameters.work, luck.innovation)
    of_duty = of_inaction if action == Action.INACTION else of_routine
    return of_innovation if action >= Action.INNOVATION else of_duty


@compiled
def pursuit_probability(accountability: Accountability, public: Public, public_tolerance: float) -> float:
    """Return the probability that a failure becomes a case: a tolerant public asks less often who is to blame."""
    return accountability.certainty * (1.0 - public.tolerance_weight * public_tolerance)


@inlined
def exempt_probability(cause: int, action: int, tables: PolicyTables) -> float:
    """Return the probability X that a case ends exempt, by its cause and by whether it was filed in advance."""
    is_filed = action == Action.FILED_INNOVATION
    force_majeure = tables.exempt_filed_force_majeure if is_filed else tables.exempt_force_majeure
    complexity = tables.exempt_filed_complexity if is_filed else tables.exempt_complexity
    ability = tables.exempt_filed_ability if is_filed else tables.exempt_ability
    result = tables.exempt_self_dealing if cause == Cause.SELF_DEALING else tables.exempt_negligence
    result = ability if cause == Cause.ABILITY else result
    result = complexity if cause == Cause.COMPLEXITY else result
    return force_majeure if cause == Cause.FORCE_MAJEURE else result


@inlined
def rung_of(up_to_first: float, up_to_second: float, up_to_third: float, luck: float) -> int:
    """Return the rung of a ladder on which a sanction falls, from its cumulative distribution."""
    return (1 if luck >= up_to_first else 0) + (1 if luck >= up_to_second else 0) + (1 if luck >= up_to_third else 0)


@inlined
def rung_for(is_misconduct: bool, tables: PolicyTables, luck: float) -> int:
    """Return the rung of a sanction, on the ladder of misconduct or on that of failures."""
    form = rung_of(tables.up_to_first_form, tables.up_to_second_form, tables.up_to_third_form, luck)
    rung = rung_of(tables.up_to_circular, tables.up_to_admonition, tables.up_to_discipline, luck)
    return form if is_misconduct else rung


@inlined
def is_of_consequence(action: int, outcome: int) -> int:
    """Return 1 where the authorities may have something to say: self-dealing, and all but success and a quiet month."""
    quiet = (outcome == Outcome.NOTHING) | (outcome == Outcome.SUCCESS)
    return 0 if quiet & (action != Action.SELF_DEALING) else 1


@inlined
def consequence_of(
    action: int, outcome: int, here: Circumstances, tables: PolicyTables, parameters: Parameters, luck: CaseLuck
) -> Consequence:
    """Return what the authorities make of an official's month."""
    is_misconduct = (action == Action.SELF_DEALING) & (luck.detection < parameters.supervision.detection)
    is_failure = (outcome >= Outcome.FORCE_MAJEURE) & (not is_misconduct)
    is_failure_case = is_failure & (luck.pursuit < here.pursuit)
    is_case = is_misconduct | is_failure_case
    cause = Cause.SELF_DEALING if is_misconduct else outcome - Outcome.FORCE_MAJEURE
    is_exempt = is_case & (luck.exemption < here.nerve * exempt_probability(cause, action, tables))
    is_sanction = is_case & (not is_exempt)
    rung = rung_for(is_misconduct, tables, luck.rung) if is_sanction else NO_RUNG
    freeze_after_sanction = freeze_of_rung(rung)
    is_called = outcome == Outcome.CALLED_TO_ACCOUNT
    return Consequence(
        is_failure_case=1 if is_failure_case else 0,
        is_misconduct=1 if is_misconduct else 0,
        is_honest=1 if is_failure_case & (outcome != Outcome.NEGLIGENCE) else 0,
        is_exempt=1 if is_exempt else 0,
        is_unpursued=1 if is_failure & (not is_failure_case) else 0,
        rung=rung,
        cause=cause,
        freeze_months=parameters.accountability.inaction_freeze_months if is_called else freeze_after_sanction,
    )

"""Outcomes: how an action turns out, whether it becomes a case, how the case ends (model.md, 4.6 and 4.7)."""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.draws import CaseLuck, MonthLuck
from model.parameters import INACTION_FREEZE_MONTHS, Accountability, Parameters, Public, Work
from model.rules.ladder import freeze_of_rung
from model.state import PolicyTables
from model.vocabulary import Action, Cause, Outcome

NO_RUNG = -1


class Consequence(NamedTuple):
    """What an official's month leads to with the authorities; the flags are 1 or 0.

    `rung` is the rung of the ladder drawn, or -1; `freeze_months` the bar on promotion that follows; `cause` is what
    the case is held to be about and means nothing where there is no case.
    """

    is_case: int
    is_exempt: int
    is_unpursued: int
    rung: int
    cause: int
    freeze_months: float


@inlined
def outcome_of_innovation(complexity: float, success: float, work: Work, luck: float) -> int:
    """Return how an innovation turns out: one draw decides among force majeure, complexity, ability and success."""
    by_force_majeure = work.force_majeure
    by_complexity = by_force_majeure + (1.0 - work.force_majeure) * complexity
    result = Outcome.ABILITY if luck < 1.0 - success else Outcome.SUCCESS
    result = Outcome.COMPLEXITY if luck < by_complexity else result
    return Outcome.FORCE_MAJEURE if luck < by_force_majeure else result


@inlined
def outcome_of(action: int, complexity: float, success: float, parameters: Parameters, luck: MonthLuck) -> int:
    """Return how the action turns out."""
    called = luck.inaction < parameters.accountability.inaction_certainty
    failed = luck.routine < parameters.work.routine_failure * parameters.work.routine_certainty
    of_inaction = Outcome.CALLED_TO_ACCOUNT if called else Outcome.NOTHING
    of_routine = Outcome.ROUTINE_SANCTION if failed else Outcome.NOTHING
    of_innovation = outcome_of_innovation(complexity, success, parameters.work, luck.innovation)
    of_duty = of_inaction if action == Action.INACTION else of_routine
    return of_innovation if action >= Action.INNOVATION else of_duty


@compiled
def pursuit_probability(accountability: Accountability, public: Public, public_tolerance: float) -> float:
    """Return the probability that a failure becomes a case: a tolerant public asks less often who is to blame."""
    return accountability.certainty * (1.0 - public.tolerance_weight * public_tolerance)


@compiled
def exempt_probability(cause: int, action: int, tables: PolicyTables) -> float:
    """Return the probability X that a case ends exempt, by its cause and by whether it was filed in advance."""
    if cause == Cause.SELF_DEALING:
        return tables.exempt_self_dealing
    is_filed = action == Action.FILED_INNOVATION
    if cause == Cause.FORCE_MAJEURE:
        return tables.exempt_filed_force_majeure if is_filed else tables.exempt_force_majeure
    if cause == Cause.COMPLEXITY:
        return tables.exempt_filed_complexity if is_filed else tables.exempt_complexity
    return tables.exempt_filed_ability if is_filed else tables.exempt_ability


@compiled
def rung_of(tables: PolicyTables, luck: float) -> int:
    """Return the rung of the ladder on which a sanction falls."""
    return (
        (1 if luck >= tables.up_to_reminder else 0)
        + (1 if luck >= tables.up_to_light else 0)
        + (1 if luck >= tables.up_to_heavy else 0)
    )


@inlined
def is_of_consequence(action: int, outcome: int) -> int:
    """Return 1 where the authorities may have something to say: self-dealing, and all but success and a quiet month."""
    quiet = (outcome == Outcome.NOTHING) | (outcome == Outcome.SUCCESS)
    return 0 if quiet & (action != Action.SELF_DEALING) else 1


@compiled
def consequence_of(
    action: int, outcome: int, pursuit: float, tables: PolicyTables, parameters: Parameters, luck: CaseLuck
) -> Consequence:
    """Return what the authorities make of an official's month; `pursuit`: the chance that a failure becomes a case."""
    is_detected = (action == Action.SELF_DEALING) & (luck.detection < parameters.supervision.detection)
    is_failure = outcome >= Outcome.FORCE_MAJEURE
    is_case = is_detected | (is_failure & (luck.pursuit < pursuit))
    cause = Cause.SELF_DEALING if is_detected else outcome - Outcome.FORCE_MAJEURE
    is_exempt = is_case & (luck.exemption < exempt_probability(cause, action, tables))
    is_sanction = (is_case & (not is_exempt)) | (outcome == Outcome.ROUTINE_SANCTION)
    rung = rung_of(tables, luck.rung) if is_sanction else NO_RUNG
    freeze_after_sanction = freeze_of_rung(rung) if is_sanction else 0.0
    is_called = outcome == Outcome.CALLED_TO_ACCOUNT
    return Consequence(
        1 if is_case else 0,
        1 if is_exempt else 0,
        1 if is_failure & (not is_case) else 0,
        rung,
        cause,
        INACTION_FREEZE_MONTHS if is_called else freeze_after_sanction,
    )

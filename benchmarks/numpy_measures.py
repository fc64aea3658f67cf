"""The measures of a month in the NumPy version, of the whole administration (docs/model.md, 8)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.numpy_policy import (
    ABILITY,
    COMPLEXITY,
    FORCE_MAJEURE,
    N_RUNGS,
    NEGLIGENCE,
    SELF_DEALING,
    Booleans,
    Floats,
    Integers,
    Policy,
)
from benchmarks.numpy_rules import (
    DEAL,
    INNOVATE,
    INNOVATE_FILED,
    MONTHS_PER_YEAR,
    REST,
    ROUTINE,
    SUCCESS,
    Events,
    Prospects,
)

LAZY_MONTHS = 6  # in more than so many of twelve months nothing was done
_LADDERS = {
    "failures": ("circulars", "admonitions", "disciplines", "organisational_removals"),
    "misconduct": tuple(f"misconduct_{rung}_form" for rung in ("first", "second", "third", "fourth")),
}


class Month(NamedTuple):
    """What is known at the end of a month, before anybody is replaced."""

    policy: Policy
    seen: Prospects
    events: Events
    inaction_history: Integers
    innovation_rate: Floats  # (J,)
    nerve: Floats  # (J,), as it was when cases were decided
    public_tolerance: Floats  # (J,), at the end
    removed: Integers
    retired: Integers


def measures_of(month: Month) -> dict[str, float]:
    """Return every measure of a month by name."""
    return {**rates(month), **counts(month), **beliefs(month), "public_value": public_value(month)}


def ratio(part: float, whole: float) -> float:
    """Return part / whole, missing (NaN) where whole is 0."""
    return float(part / whole) if whole else float("nan")


def mean(values: Floats, of: Booleans) -> float:
    """Return the mean of the values of some officials, missing if there are none."""
    return ratio(float(values[of].sum()), int(of.sum()))


def rates(month: Month) -> dict[str, float]:
    """Return how often everything was done, how well, and by whom nothing."""
    events, policy = month.events, month.policy
    n, innovates, at_routine = events.action.size, events.action >= INNOVATE, events.action == ROUTINE
    innovations = int(innovates.sum())
    lazy = np.bitwise_count(month.inaction_history & 0xFFF) > LAZY_MONTHS
    was_lazy = np.bitwise_count(month.inaction_history >> MONTHS_PER_YEAR) > LAZY_MONTHS
    return {
        "innovation_rate": innovations / n,
        "routine_rate": float(at_routine.mean()),
        "inaction_rate": float((events.action == REST).mean()),
        "lazy_prevalence": float(lazy.mean()),
        "lazy_persistence": ratio(int((lazy & was_lazy).sum()), int(was_lazy.sum())),
        "filed_share": ratio(int((events.action == INNOVATE_FILED).sum()), innovations),
        "self_dealing_share": ratio(int((events.action == DEAL).sum()), innovations),
        "success_rate": ratio(int((innovates & (events.outcome == SUCCESS)).sum()), innovations),
        "care": mean(events.care, innovates),
        "routine_care": mean(events.care, at_routine),
        "innovation_dispersion": float(month.innovation_rate.std()),
        "public_tolerance": policy.mean_over_officials(month.public_tolerance),
        "nerve": policy.mean_over_officials(month.nerve),
    }


def counts(month: Month) -> dict[str, float]:
    """Return the numbers of failures, cases, exemptions, sanctions and departures."""
    events = month.events
    causes = np.bincount(events.outcome, minlength=NEGLIGENCE + 1)
    wrongful = events.is_exempt & (events.cause >= NEGLIGENCE)
    for_misconduct = events.is_sanctioned & (events.cause == SELF_DEALING)
    numbers = {
        "failures_force_majeure": causes[FORCE_MAJEURE],
        "failures_complexity": causes[COMPLEXITY],
        "failures_ability": causes[ABILITY],
        "failures_negligence": causes[NEGLIGENCE],
        "routine_failures": (events.is_failure & (events.action == ROUTINE)).sum(),
        "unpursued_failures": events.is_unpursued.sum(),
        "cases": events.is_case.sum(),
        "exemptions": events.is_exempt.sum(),
        "wrongful_exemptions": wrongful.sum(),
        "sanctions_failures": events.is_sanctioned_for_failure.sum(),
        "sanctions_misconduct": for_misconduct.sum(),
        "sanctions_inaction": events.is_admonished.sum(),
        "removals": month.removed.size,
        "retirements": month.retired.size,
    }
    for ladder, who in (("failures", events.is_sanctioned_for_failure), ("misconduct", for_misconduct)):
        rungs = np.bincount(events.rung[who], minlength=N_RUNGS)
        numbers |= dict(zip(_LADDERS[ladder], rungs, strict=True))
    all_kinds = numbers["sanctions_failures"] + numbers["sanctions_misconduct"] + numbers["sanctions_inaction"]
    per_year = 100 * MONTHS_PER_YEAR * all_kinds / events.action.size
    return {name: float(number) for name, number in numbers.items()} | {
        "sanctions_per_100_officials_and_year": per_year
    }


def beliefs(month: Month) -> dict[str, float]:
    """Return what officials believed at the start of the month, and how far the facts of the month were from it."""
    events, seen = month.events, month.seen
    other_failures = events.is_failure & ~events.is_detected
    pursued = ratio(int((other_failures & events.is_case).sum()), int(other_failures.sum()))
    honest = events.is_honest_case
    exempt = ratio(int((honest & events.is_exempt).sum()), int(honest.sum()))
    of_own_kind = seen.exemption[events.filed, np.arange(events.filed.size)]
    feared, hoped = float(seen.accountability.mean()), mean(of_own_kind, honest)
    return {
        "perceived_accountability": feared,
        "actual_accountability": pursued,
        "fear_gap": feared - pursued,
        "perceived_exemption": hoped,
        "actual_exemption": exempt,
        "trust_gap": exempt - hoped,
    }


def public_value(month: Month) -> float:
    """Return what the month was worth per official, each jurisdiction weighing by its own values."""
    events, policy = month.events, month.policy
    innovates, at_routine = events.action >= INNOVATE, events.action == ROUTINE
    honest_failure = events.outcome < NEGLIGENCE
    put_right = policy.each("exemption.correction") * (events.is_honest_case & events.is_exempt)
    detection = policy.each("supervision.detection")
    parts = {
        "success": innovates & (events.outcome == SUCCESS),
        "routine": at_routine & (events.outcome == SUCCESS),
        "failure": honest_failure - put_right,
        "negligence": events.outcome == NEGLIGENCE,
        "self_dealing": events.action == DEAL,
        "inaction": events.action == REST,
        "filing": events.action == INNOVATE_FILED,
        "case": events.is_case,
        "detection": detection,
    }
    return float(sum((policy.each(f"value.{name}") * what).mean() for name, what in parts.items()))

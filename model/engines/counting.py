"""What is counted and summed up in a month: the same additions, in the same order, in every engine.

Sums over officials are of whole numbers; the few sums over jurisdictions run in the order of the jurisdictions. So no
result depends on who worked out which official or jurisdiction when.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import N_JURISDICTION_FIELDS, Layout, Policies, policy_row
from model.compiled import compiled, fields_of
from model.measures import MEASURES, Measures, measures_of
from model.parameters import parameters_of_row
from model.rules.outcome import Consequence
from model.rules.work import complexity_of_jurisdiction
from model.state import JurisdictionState, National
from model.vocabulary import COUNT, Cause, Outcome, counts_of_row, exemptions_in

_SHARE_INNOVATION = JurisdictionState._fields.index("share_innovation")
_PUBLIC_VALUE = MEASURES.index("public_value")


class Summary(NamedTuple):
    """A month of all jurisdictions together: what they will know of each other, and the measures."""

    national: National
    measures: Measures


@compiled
def count_consequence(counts: NDArray[np.int64], outcome: int, consequence: Consequence) -> None:
    """Add what happened to one official to a jurisdiction's counts, shape (N_COUNTS,)."""
    if outcome >= Outcome.FORCE_MAJEURE:
        counts[COUNT.failures_force_majeure + outcome - Outcome.FORCE_MAJEURE] += 1
    counts[COUNT.unpursued] += consequence.is_unpursued
    if consequence.is_case == 1:
        is_honest = consequence.cause != Cause.SELF_DEALING
        counts[COUNT.honest_cases if is_honest else COUNT.self_dealing_cases] += 1
        counts[COUNT.honest_exemptions if is_honest else COUNT.wrongful_exemptions] += consequence.is_exempt
        counts[COUNT.sanctions_innovation] += 1 - consequence.is_exempt
    elif outcome == Outcome.ROUTINE_SANCTION:
        counts[COUNT.sanctions_routine] += 1
    elif outcome == Outcome.CALLED_TO_ACCOUNT:
        counts[COUNT.sanctions_inaction] += 1
    if consequence.rung >= 0:
        counts[COUNT.reminders + consequence.rung] += 1


@compiled
def mean_complexity(layout: Layout, policies: Policies, month: int) -> float:
    """Return the mean over jurisdictions of their complexity before any learning, under the policy of a month."""
    n = layout.sizes.shape[0]
    mean = 0.0
    for j in range(n):
        work = parameters_of_row(policies.rows[policy_row(policies, month, j)]).work
        mean += complexity_of_jurisdiction(work, layout.spread_position[j]) / n
    return mean


@compiled
def summary_of(
    counts: NDArray[np.int64],
    jurisdictions: NDArray[np.float64],
    measures: NDArray[np.float64],
    total: NDArray[np.int64],
) -> Summary:
    """Return the month of all jurisdictions together, from what each of the J has at its end.

    Parameters
    ----------
    counts : what was counted, shape (J, N_COUNTS).
    jurisdictions : their states, shape (J, N_JURISDICTION_FIELDS).
    measures : their measures, shape (J, N_MEASURES).
    total : filled with the sums of the counts, shape (N_COUNTS,).
    """
    n = counts.shape[0]
    total[:] = 0
    experience, tolerance, value, rate, rate_square = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(n):
        for place in range(counts.shape[1]):
            total[place] += counts[j, place]
        state = JurisdictionState(*fields_of(jurisdictions[j], N_JURISDICTION_FIELDS))
        experience += state.experience
        tolerance += state.public_tolerance
        rate += state.share_innovation
        value += measures[j, _PUBLIC_VALUE] * counts[j, COUNT.officials]
    for j in range(n):
        deviation = jurisdictions[j, _SHARE_INNOVATION] - rate / n
        rate_square += deviation * deviation
    sums = counts_of_row(total)
    return Summary(
        National(experience / n, sums.sanctions_innovation / n, exemptions_in(sums) / n),
        measures_of(sums, tolerance / n, math.sqrt(rate_square / n), value / sums.officials),
    )

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
from model.compiled import compiled, fields_of, inlined
from model.measures import NERVE, PUBLIC_VALUE, Measures, Uncounted, measures_of
from model.month import same_risk_exemption_in
from model.numerics import fixed_point
from model.parameters import parameters_of_row
from model.rules.evidence import national_of
from model.rules.outcome import Consequence
from model.rules.work import complexity_of_jurisdiction
from model.state import Country, JurisdictionState, National
from model.vocabulary import COUNT, Action, Outcome, counts_of_row

_SHARE_INNOVATION = JurisdictionState._fields.index("share_innovation")


class Summary(NamedTuple):
    """A month of all jurisdictions together: what they will know of each other, and the measures."""

    national: National
    measures: Measures


@inlined
def count_consequence(counts: NDArray[np.int64], action: int, outcome: int, consequence: Consequence) -> None:
    """Add what happened to one official to a jurisdiction's counts, shape (N_COUNTS,)."""
    # Zeros are added rather than branches taken where nobody, a processor neither, can foretell what happens.
    is_failure = 1 if outcome >= Outcome.FORCE_MAJEURE else 0
    counts[COUNT.failures_force_majeure + is_failure * (outcome - Outcome.FORCE_MAJEURE)] += is_failure
    counts[COUNT.routine_failures] += is_failure if action == Action.ROUTINE else 0
    counts[COUNT.unpursued] += consequence.is_unpursued
    counts[COUNT.sanctions_inaction] += 1 if outcome == Outcome.CALLED_TO_ACCOUNT else 0
    if consequence.is_honest == 1:
        is_filed = 1 if action == Action.FILED_INNOVATION else 0
        counts[COUNT.honest_cases_unfiled + is_filed] += 1
        counts[COUNT.honest_exemptions_unfiled + is_filed] += consequence.is_exempt
    elif consequence.is_failure_case == 1:
        counts[COUNT.negligence_cases] += 1
        counts[COUNT.negligence_exemptions] += consequence.is_exempt
    elif consequence.is_misconduct == 1:
        counts[COUNT.misconduct_cases] += 1
        counts[COUNT.misconduct_exemptions] += consequence.is_exempt
    if consequence.rung >= 0:
        lowest = COUNT.misconduct_first_form if consequence.is_misconduct == 1 else COUNT.circulars
        counts[lowest + consequence.rung] += 1


@compiled
def count_expectation(counts: NDArray[np.int64], consequence: Consequence, perceived_exemption: float) -> None:
    """Add what an official with an honest case had expected of it, shape (N_COUNTS,)."""
    counts[COUNT.perceived_exemption] += consequence.is_honest * fixed_point(perceived_exemption)


@compiled
def country_of(layout: Layout, policies: Policies, month: int) -> Country:
    """Return what each jurisdiction's policy is measured against in a month: means over all officials."""
    n, officials = layout.sizes.shape[0], 0
    for j in range(n):
        officials += layout.sizes[j]
    mean_complexity, same_risk = 0.0, 0.0
    for j in range(n):
        work = parameters_of_row(policies.rows[policy_row(policies, month, j)]).work
        mean_complexity += complexity_of_jurisdiction(work, layout.spread_position[j]) * layout.sizes[j] / officials
    for j in range(n):
        parameters = parameters_of_row(policies.rows[policy_row(policies, month, j)])
        complexity = complexity_of_jurisdiction(parameters.work, layout.spread_position[j])
        same_risk += same_risk_exemption_in(parameters, complexity, mean_complexity) * layout.sizes[j] / officials
    return Country(mean_complexity, same_risk)


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
    measures : their measures, shape (J, N_MEASURES), of which the nerve and the public value are read.
    total : filled with the sums of the counts, shape (N_COUNTS,).
    """
    n = counts.shape[0]
    total[:] = 0
    experience, tolerance, nerve, value, rate, rate_square = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(n):
        for place in range(counts.shape[1]):
            total[place] += counts[j, place]
        state = JurisdictionState(*fields_of(jurisdictions[j], N_JURISDICTION_FIELDS))
        officials = counts[j, COUNT.officials]
        experience += state.experience * officials
        tolerance += state.public_tolerance * officials
        nerve += measures[j, NERVE] * officials
        value += measures[j, PUBLIC_VALUE] * officials
        rate += state.share_innovation
    for j in range(n):
        deviation = jurisdictions[j, _SHARE_INNOVATION] - rate / n
        rate_square += deviation * deviation
    sums = counts_of_row(total)
    officials = sums.officials
    dispersion = math.sqrt(rate_square / n)
    return Summary(
        national_of(sums, experience / officials),
        measures_of(sums, Uncounted(tolerance / officials, nerve / officials, dispersion, value / officials)),
    )

"""The words of the model that are counted: actions, how they turn out, what is tallied each month."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled, fields_of

# What is meant where nobody says otherwise: here, so that asking for it loads no engine.
Engine = Literal["ensemble", "mesa"]
DEFAULT_REPLICATIONS = 40
DEFAULT_SEED = 1


class Action(IntEnum):
    """What an official does in a month. "Innovating" is any of the last three."""

    INACTION = 0
    ROUTINE = 1
    INNOVATION = 2
    FILED_INNOVATION = 3
    SELF_DEALING = 4


ACTIONS = tuple(action.name.lower() for action in Action)


class Outcome(IntEnum):
    """How an action turns out, before anybody asks who is to blame."""

    NOTHING = 0
    CALLED_TO_ACCOUNT = 1  # for inaction
    SUCCESS = 2  # of an innovation
    FORCE_MAJEURE = 3  # from here on: failures, by cause; routine fails by negligence only
    COMPLEXITY = 4
    ABILITY = 5
    NEGLIGENCE = 6


class Cause(IntEnum):
    """What the authorities find at the bottom of a case: the causes of failure in their order, then private gain."""

    FORCE_MAJEURE = 0
    COMPLEXITY = 1
    ABILITY = 2
    NEGLIGENCE = 3
    SELF_DEALING = 4


class Counts(NamedTuple):
    """What is counted in a month, in a jurisdiction or in all: whole numbers (int64), in the order of the arrays.

    Beliefs and care are sums over officials, in units of 2**-32. "Honest" is what failed by force majeure, complexity
    or lack of ability.
    """

    officials: int
    inaction: int
    routine: int
    innovation: int
    filed_innovation: int
    self_dealing: int
    lazy: int
    lazy_a_year_ago: int
    lazy_then_and_now: int
    successes: int  # of innovations
    failures_force_majeure: int
    failures_complexity: int
    failures_ability: int
    failures_negligence: int  # of routine too
    routine_failures: int
    unpursued: int  # failures that nobody made a case of
    honest_cases_unfiled: int
    honest_cases_filed: int
    honest_exemptions_unfiled: int
    honest_exemptions_filed: int
    negligence_cases: int
    negligence_exemptions: int
    misconduct_cases: int
    misconduct_exemptions: int
    sanctions_inaction: int
    circulars: int  # rungs of the accountability ladder, from the lowest
    admonitions: int
    disciplines: int
    organisational_removals: int
    misconduct_first_form: int  # rungs of the misconduct ladder, from the lowest
    misconduct_second_form: int
    misconduct_third_form: int
    misconduct_fourth_form: int
    retirements: int
    perceived_accountability: int  # at the start of the month, of all officials
    perceived_exemption: int  # of those with an honest case, of a case like theirs
    care: int  # of those who innovate
    routine_care: int  # of those in routine


N_COUNTS = len(Counts._fields)
# The place of every count in a row: COUNT.successes is the column of the successes.
COUNT = Counts(*range(N_COUNTS))
FIXED_POINT_UNITS = 4294967296.0


@compiled
def counts_of_row(row: NDArray[np.int64]) -> Counts:
    """Return the counts that stand in a row, shape (N_COUNTS,)."""
    return Counts(*fields_of(row, N_COUNTS))


@compiled
def innovations_in(counts: Counts) -> int:
    """Return the number of officials who innovated, honestly or not."""
    return counts.innovation + counts.filed_innovation + counts.self_dealing


@compiled
def honest_failures_in(counts: Counts) -> int:
    """Return the number of innovations that failed without negligence."""
    return counts.failures_force_majeure + counts.failures_complexity + counts.failures_ability


@compiled
def failed_innovations_in(counts: Counts) -> int:
    """Return the number of innovations that failed, for whatever cause."""
    return honest_failures_in(counts) + counts.failures_negligence - counts.routine_failures


@compiled
def honest_cases_in(counts: Counts) -> int:
    """Return the number of honest failures that became a case, filed in advance or not."""
    return counts.honest_cases_unfiled + counts.honest_cases_filed


@compiled
def honest_exemptions_in(counts: Counts) -> int:
    """Return the number of cases of honest failure that ended exempt."""
    return counts.honest_exemptions_unfiled + counts.honest_exemptions_filed


@compiled
def failure_cases_in(counts: Counts) -> int:
    """Return the number of failures that became a case as such."""
    return honest_cases_in(counts) + counts.negligence_cases


@compiled
def sanctions_of_failures_in(counts: Counts) -> int:
    """Return the number of sanctions on the accountability ladder."""
    return failure_cases_in(counts) - honest_exemptions_in(counts) - counts.negligence_exemptions


@compiled
def sanctions_of_misconduct_in(counts: Counts) -> int:
    """Return the number of sanctions on the misconduct ladder."""
    return counts.misconduct_cases - counts.misconduct_exemptions

"""The words of the model that are counted: actions, how they turn out, what is tallied each month."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled, fields_of


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
    ROUTINE_SANCTION = 2
    SUCCESS = 3
    FORCE_MAJEURE = 4  # from here on: failures of an innovation, by cause
    COMPLEXITY = 5
    ABILITY = 6


class Cause(IntEnum):
    """What the authorities find at the bottom of a case; the last is private gain."""

    FORCE_MAJEURE = 0
    COMPLEXITY = 1
    ABILITY = 2
    SELF_DEALING = 3


class Counts(NamedTuple):
    """What is counted in a month, in a jurisdiction or in all: whole numbers (int64), in the order of the arrays.

    The two ``perceived_*`` are sums over officials at the start of the month, in units of 2**-32.
    """

    officials: int
    inaction: int
    routine: int
    innovation: int
    filed_innovation: int
    self_dealing: int
    lazy: int
    successes: int
    failures_force_majeure: int
    failures_complexity: int
    failures_ability: int
    unpursued: int  # failures that nobody made a case of
    honest_cases: int
    honest_exemptions: int
    self_dealing_cases: int
    wrongful_exemptions: int  # self-dealing let off
    sanctions_innovation: int
    sanctions_routine: int
    sanctions_inaction: int
    reminders: int  # rungs of the ladder, after innovations and routine
    light_sanctions: int
    heavy_sanctions: int
    dismissals: int
    retirements: int
    perceived_accountability: int
    perceived_exemption: int


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
def failures_in(counts: Counts) -> int:
    """Return the number of innovations that failed."""
    return counts.failures_force_majeure + counts.failures_complexity + counts.failures_ability


@compiled
def cases_in(counts: Counts) -> int:
    """Return the number of innovations that became a case."""
    return counts.honest_cases + counts.self_dealing_cases


@compiled
def exemptions_in(counts: Counts) -> int:
    """Return the number of cases that ended exempt, rightly or wrongly."""
    return counts.honest_exemptions + counts.wrongful_exemptions

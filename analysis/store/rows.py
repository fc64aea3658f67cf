"""Rows: what the runs of a block gave, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.design.runs import Block, Run
from analysis.design.specification import Specification

OK, FAILED, TIMED_OUT = "ok", "failed", "timed out"
STATUSES = (OK, FAILED, TIMED_OUT)


class RunOutcome(NamedTuple):
    """How a run ended: status and message; the means of its measures over the window, and their months if wanted.

    `means` (measures,) and `series` (months or 0, measures) are missing numbers in a run that has none.
    """

    run: Run
    status: str
    message: str
    means: NDArray[np.float64]
    series: NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """What the runs of a block gave, in the order of their ids: a row each.

    `factors` (n, factors) are the values of the factors, `means` (n, measures) the means over the window, `series` is
    (n, months, measures), or (n, 0, measures) if it is not wanted.
    """

    block: Block
    runs: list[Run]
    statuses: list[str]
    messages: list[str]
    factors: NDArray[np.float64]
    means: NDArray[np.float64]
    series: NDArray[np.float64]
    seconds: float

    def number_of(self, status: str) -> int:
        """Return how many runs ended so."""
        return self.statuses.count(status)


def no_outcome(specification: Specification, run: Run, status: str, message: str) -> RunOutcome:
    """Return the outcome of a run that gave no numbers."""
    months = specification.base.months if specification.monthly_series else 0
    n = len(specification.measures)
    return RunOutcome(run, status, message, np.full(n, np.nan), np.full((months, n), np.nan))

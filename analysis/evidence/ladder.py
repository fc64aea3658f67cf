"""The ladder of sanctions as cases or counts have it: shares of the rungs, and the severity that they amount to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

_N_DRAWS = 8192


class LadderShares(NamedTuple):
    """Shares of the rungs with 95% intervals (rows: share, low, high), and the severity: mean rung / 3, likewise."""

    shares: NDArray[np.float64]
    severity: tuple[float, float, float]


def ladder_of(rungs: Sequence[int], seed: int = 1) -> LadderShares:
    """Return what sanctions by rung tell, with a flat prior over the shares (Dirichlet 1, 1, 1, 1)."""
    counts = np.asarray(rungs, dtype=np.float64)
    total = counts.sum() + len(counts)
    middle, low, high = (beta.ppf(q, counts + 1.0, total - counts - 1.0) for q in (0.5, 0.025, 0.975))
    draws = np.random.default_rng([seed, _N_DRAWS]).dirichlet(counts + 1.0, size=_N_DRAWS)
    severity = draws @ np.arange(len(counts)) / (len(counts) - 1)
    ends = np.quantile(severity, [0.5, 0.025, 0.975])
    return LadderShares(np.array([middle, low, high]), (float(ends[0]), float(ends[1]), float(ends[2])))

"""The ladder of sanctions as cases or counts have it: shares of the rungs, and the severity that they amount to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from analysis.evidence.selection import Selection

SEVERITY = "accountability.severity"
_N_DRAWS = 8192
Floats = NDArray[np.float64]


class LadderShares(NamedTuple):
    """Shares of the rungs with 95% intervals (rows: share, low, high), and the severity: mean rung / 3, likewise."""

    shares: Floats
    severity: tuple[float, float, float]


def ladder_of(rungs: Sequence[int], seed: int = 1) -> LadderShares:
    """Return what sanctions by rung tell, with a flat prior over the shares (Dirichlet 1, 1, 1, 1)."""
    counts = np.asarray(rungs, dtype=np.float64)
    total = counts.sum() + len(counts)
    middle, low, high = (beta.ppf(q, counts + 1.0, total - counts - 1.0) for q in (0.5, 0.025, 0.975))
    ends = np.quantile(_severities(rungs, _N_DRAWS, np.random.default_rng([seed, _N_DRAWS])), [0.5, 0.025, 0.975])
    return LadderShares(np.array([middle, low, high]), (float(ends[0]), float(ends[1]), float(ends[2])))


def severity_draws(rungs: Sequence[int], selection: Selection, n: int, seed: int) -> Floats:
    """Return so many draws of the severity of all sanctions, from what those of the file tell under a stance.

    Under `bounds` that of all lies as Manski's bounds say, and nothing in between is preferred; else the sanctions of
    the file are taken for all.
    """
    random = np.random.default_rng([seed, n, len(rungs)])
    counted = _severities(rungs, n, random)
    part = selection.published[0] if selection.stance == "bounds" else 1.0
    return np.asarray(part * counted + (1.0 - part) * random.random(n))


def _severities(rungs: Sequence[int], n: int, random: np.random.Generator) -> Floats:
    """Return draws of mean rung / 3."""
    counts = np.asarray(rungs, dtype=np.float64)
    return np.asarray(random.dirichlet(counts + 1.0, size=n) @ np.arange(len(counts)) / (len(counts) - 1))

"""What an interval allows to say of a sensitivity index."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["matters", "negligible", "not enough runs"]
IndexName = Literal["first", "total", "second", "mu", "mu_star", "sigma"]

# An index below this share of the variance, or of the largest elementary effect, is negligible.
NEGLIGIBLE = 0.05
# An interval that reaches farther than this part of the index on either side swamps it.
SWAMPED = 0.5
# Below so many rows of the design no index says anything, however narrow its bootstrap interval: rows of Saltelli's
# design, trajectories of Morris'.
LEAST_ROWS = 6
LEAST_TRAJECTORIES = 4
NORMAL_QUANTILE = 1.959963984540054
INDEX_COLUMNS = ("measure", "index", "factor", "value", "low", "high", "verdict")
NOISE_COLUMNS = (
    "measure",
    "variance",
    "noise_variance",
    "noise_share",
    "noise_share_of_means",
    "rows",
    "rows_left_out",
    "verdict",
)

Resampling = tuple[int, np.random.Generator]


class Index(NamedTuple):
    """One index of one factor, or of a pair "a x b", with its 95% interval."""

    name: IndexName
    factor: str
    value: float
    low: float
    high: float
    verdict: Verdict


class Noise(NamedTuple):
    """What luck does beside the factors; NaN where a single replication cannot tell.

    `variance` is what the factors explain, without noise (for Morris' design over its points, which are not spread as
    a sample would be). `noise_variance` is that of a single run at fixed factors, and `noise_share` its part of the
    sum of both. `noise_share_of_means` is the part of noise that is left in what is analysed: in the variance of the
    means of points, or in the mean squared elementary effect. `rows` of the design were used, `rows_left_out` had a
    missing value.
    """

    variance: float
    noise_variance: float
    noise_share: float
    noise_share_of_means: float
    rows: int
    rows_left_out: int
    verdict: Verdict


Cause = Literal["missing", "few rows", "single", "luck", "design"]


class Analysis(NamedTuple):
    """The indices of one measure, and what luck does beside."""

    indices: list[Index]
    noise: Noise


def verdict_of(value: float, low: float, high: float, negligible: float = NEGLIGIBLE) -> Verdict:
    """Return what the interval of an index allows to say.

    "negligible" if even its upper end is so small, "matters" if the interval is narrow beside the index; else there are
    "not enough runs" to say either.
    """
    if math.isnan(low) or math.isnan(high):
        return "not enough runs"
    if max(abs(low), abs(high)) <= negligible:
        return "negligible"
    if max(high - value, value - low) <= SWAMPED * abs(value):
        return "matters"
    return "not enough runs"


def cause_of(noise: Noise, least_rows: int) -> Cause:
    """Return why there are not enough runs, the first reason first.

    "missing" if the measure has no value at so many points that too few rows are left; "few rows" if the design has no
    more; "single" if one replication cannot tell luck from effects; "luck" if mostly luck is left in the means; else
    "design": more points are needed.
    """
    if noise.rows < least_rows:
        return "missing" if noise.rows_left_out else "few rows"
    if math.isnan(noise.noise_share_of_means):
        return "single"
    return "luck" if noise.noise_share_of_means > SWAMPED else "design"


def about(value: float, resampled: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the 95% interval of a value whose standard error is that of resampled values.

    The percentiles of the resampled values would not do: noise shifts all of them.
    """
    spread = float(np.std(resampled, ddof=1)) if len(resampled) > 1 else math.nan
    return value - NORMAL_QUANTILE * spread, value + NORMAL_QUANTILE * spread

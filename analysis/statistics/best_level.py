"""At which level of a lever is a measure best, and how sure is that: the level with the highest mean, with intervals.

A level is best among those that were tried, so the interval has their steps. It comes from a bootstrap over runs; with
common random numbers a run is drawn with its values at all levels, since levels are compared within runs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.paired_effects import CONFIDENCE, intervals_of

Floats = NDArray[np.float64]

RESAMPLES = 1000
SEED = 1


class BestLevel(NamedTuple):
    """The best level with its 95% interval, the mean there, and the gain over the lowest level with its 95% interval.

    `gain` is that of the level found best in the very runs it was looked for in, so it flatters a little where levels
    are hard to tell apart. All is missing (NaN) where a level has no values.
    """

    best: float
    low: float
    high: float
    mean: float
    gain: float
    gain_low: float
    gain_high: float


def best_level(levels: Floats, values: Floats, is_common: bool = True) -> BestLevel:
    """Return the level at which the mean over runs is highest; of equals the lowest.

    Parameters
    ----------
    levels : ascending, shape (levels,).
    values : of a measure, shape (levels, runs).
    is_common : whether a run has the same luck at all levels; runs with a missing value are then left out at all.
    """
    if is_common:
        values = values[:, ~np.isnan(values).any(axis=0)]
    if values.shape[1] < 2 or np.isnan(values).all(axis=1).any():
        return BestLevel(*[np.nan] * len(BestLevel._fields))
    means = np.nanmean(values, axis=1)
    best = int(means.argmax())
    low, high = np.quantile(levels[_best_of_resamples(values, is_common)], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    gain = intervals_of((values[best] - values[0])[:, np.newaxis])
    found = (levels[best], low, high, means[best], gain.mean.item(), gain.low.item(), gain.high.item())
    return BestLevel(*(float(number) for number in found))


def _best_of_resamples(values: Floats, is_common: bool) -> NDArray[np.int64]:
    """Return which level is best in each resample of the runs."""
    random, (n_levels, n) = np.random.default_rng(SEED), values.shape
    best = np.empty(RESAMPLES, dtype=np.int64)
    for number in range(RESAMPLES):
        if is_common:
            drawn = values[:, random.integers(0, n, n)]
        else:
            drawn = np.take_along_axis(values, random.integers(0, n, (n_levels, n)), axis=1)
        best[number] = np.nanmean(drawn, axis=1).argmax()
    return best

"""Is the number of replications large enough? The coefficient of variation as replications are added.

After Lorscheid, Heine & Meyer (2012) and Lee et al. (2015): the coefficient of variation, standard deviation over mean,
is followed as runs are added, and the number of runs is enough from where it no longer changes by more than a
tolerance. In a single order of the runs that looks stable by luck at times, so it is followed in many random orders,
and the number that is told is enough in 95% of them. The coefficient says nothing of a measure whose mean is near 0,
such as a gap or a difference; it is missing there, and the half-width of the interval is what to look at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.statistics.effects import checked_gaps, checked_measures, reference_values, values_of
from analysis.statistics.paired_effects import intervals_of
from analysis.store.experiment import Experiment

Floats = NDArray[np.float64]

TOLERANCE = 0.05
COLUMNS = ("point", "measure", "n", "coefficient", "enough", "half_width")
_ORDERS = 100
_SURE = 0.95
_SEED = 1
_FEWEST = 2
# A run of looks is called stable only if it makes up this share of them: the very last look is always stable.
_STABLE_SHARE = 0.3
# A mean that is less than so many of its own standard errors away from 0 is near 0.
_NEAR_ZERO = 3.0


@dataclass(frozen=True)
class Convergence:
    """How the coefficient of variation of one measure at one point changes as replications are added.

    `coefficients` (n,) are those of the first k replications, k = 1 to n, in the order in which they were done; NaN
    where it is not defined. `enough` is from how many replications on it is stable in 95% of random orders; None if it
    is not stable yet, or not defined.
    """

    coefficients: Floats
    enough: int | None


def convergence_of(values: Floats, tolerance: float = TOLERANCE) -> Convergence:
    """Return how the coefficient of variation of values, shape (n,), converges; missing values are left out.

    Parameters
    ----------
    tolerance : how much it may change still, as a part of its last value.
    """
    there = values[~np.isnan(values)]
    coefficients = coefficients_of(there)
    if len(there) <= _FEWEST or not _is_defined(there):
        return Convergence(np.full(len(there), math.nan) if len(there) else coefficients, None)
    generator = np.random.default_rng(_SEED)
    orders = generator.permuted(np.broadcast_to(there, (_ORDERS, len(there))), axis=1)
    stable = np.sort(_stable_from(coefficients_of(orders), tolerance))
    enough = int(stable[math.ceil(_SURE * _ORDERS) - 1])
    return Convergence(coefficients, enough if enough <= (1 - _STABLE_SHARE) * len(there) else None)


def coefficients_of(values: Floats) -> Floats:
    """Return the coefficient of variation of the first k of values, shape (..., n), for every k; NaN for k = 1."""
    n = np.arange(1, values.shape[-1] + 1)
    # Around a first value, for the squares of large numbers leave no digits for their differences.
    shift = values[..., :1]
    total, squares = np.cumsum(values - shift, axis=-1), np.cumsum((values - shift) ** 2, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(squares - total**2 / n, 0.0) / (n - 1)
        coefficients: Floats = np.sqrt(variance) / np.abs(shift + total / n)
    return coefficients


def _is_defined(values: Floats) -> bool:
    """Tell whether the mean is well away from 0; values that are all alike are, too, unless they are 0."""
    mean, error = abs(float(values.mean())), float(values.std(ddof=1)) / math.sqrt(len(values))
    return mean > 0.0 and mean > _NEAR_ZERO * error


def _stable_from(coefficients: Floats, tolerance: float) -> NDArray[np.int64]:
    """Return from how many values on no coefficient is farther from the last than the tolerance, shape (orders,)."""
    last = coefficients[:, -1:]
    is_far = ~(np.abs(coefficients - last) <= tolerance * last)
    # The last place that is far, counted from 1, and one more.
    return np.asarray(is_far.shape[1] - np.argmax(is_far[:, ::-1], axis=1) + 1, dtype=np.int64)


def convergence(
    experiment: Experiment,
    measures: tuple[str, ...],
    tolerance: float = TOLERANCE,
    allow_incomplete: bool = False,
) -> pd.DataFrame:
    """Return a row for every measure at the base scenario (point -1) and at every point of the design.

    The columns are COLUMNS: number of replications, coefficient of variation, how many are enough (missing if these are
    not), and the half-width of the 95% interval of the mean.
    """
    checked_gaps(experiment, allow_incomplete)
    chosen = checked_measures(experiment, measures)
    values = np.concatenate([reference_values(experiment, chosen)[None], values_of(experiment, chosen)])
    found = intervals_of(values.transpose(1, 0, 2))
    rows = []
    for place in range(len(values)):
        for column, measure in enumerate(chosen):
            one = convergence_of(values[place, :, column], tolerance)
            last = float(one.coefficients[-1]) if len(one.coefficients) else math.nan
            enough = math.nan if one.enough is None else one.enough
            half = float(found.high[place, column] - found.low[place, column]) / 2
            rows.append((place - 1, measure, int(found.n[place, column]), last, enough, half))
    return pd.DataFrame(rows, columns=list(COLUMNS))

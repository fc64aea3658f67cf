"""Many comparisons at once: p values of differences, adjusted so that chance is not taken for a finding.

Of a hundred differences that are none, five have a 95% interval without 0. Holm's method (1979) keeps the probability
of a single false one among all at the level; that of Benjamini & Hochberg (1995) keeps the share of false ones among
those that are called differences.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from analysis.errors import ExperimentError
from analysis.statistics.paired_effects import CONFIDENCE

Method = Literal["holm", "benjamini_hochberg"]
METHODS: tuple[Method, ...] = get_args(Method)
Floats = NDArray[np.float64]


def adjusted_for_many(effects: pd.DataFrame, method: Method = "holm") -> pd.DataFrame:
    """Return effects with their p values, and these adjusted for all rows of the table: columns p and p_adjusted.

    Parameters
    ----------
    effects : a row for each comparison with difference, low, high and n, as `paired_effects` makes them. Choose before:
        only the rows in it count. Rows without an interval have no p value and do not count.
    """
    p = p_values(effects)
    is_there = ~np.isnan(p)
    corrected = np.full(len(p), np.nan)
    corrected[is_there] = adjusted(p[is_there], method)
    return effects.assign(p=p, p_adjusted=corrected)


def p_values(effects: pd.DataFrame) -> Floats:
    """Return the two-sided p value of no difference in each row, from its interval by Student's t."""
    difference, low, high, n = (effects[name].to_numpy(dtype=np.float64) for name in ("difference", "low", "high", "n"))
    freedom = np.maximum(n - 1, 1)
    error = (high - low) / 2 / stdtrit(freedom, 0.5 + CONFIDENCE / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.abs(difference) / error
    size = np.where((error == 0) & (difference == 0), 0.0, size)
    p: Floats = np.where((n > 1) & ~np.isnan(error), 2 * stdtr(freedom, -size), np.nan)
    return p


def adjusted(p: Floats, method: Method) -> Floats:
    """Return p values, shape (n,), adjusted for their number; ExperimentError if there is no such method."""
    if method not in METHODS:
        raise ExperimentError(f'there is no adjustment "{method}": give {" or ".join(METHODS)}')
    n, order = len(p), np.argsort(p, kind="stable")
    rank = np.arange(1, n + 1)
    if method == "holm":
        in_order = np.maximum.accumulate((n - rank + 1) * p[order])
    else:
        in_order = np.minimum.accumulate((n / rank * p[order])[::-1])[::-1]
    found = np.empty(n)
    found[order] = np.minimum(in_order, 1.0)
    return found

"""Replicate until the interval is narrow enough: the sequential rule, and what coverage it keeps.

A rule that stops at the first look at which the 95% interval is narrow enough stops too often when the values happen to
lie close together, and then its interval covers the true mean less often than it says. Here the interval must be narrow
enough at two looks in a row, the last two. What that keeps, by simulation with the default looks (10 replications, then
5 more at a time; `tests/analysis/design/test_stopping_rule.py`):

- for values with a bell-shaped distribution the 95% interval at the end covers the mean in at least 93.5% of cases,
  whatever their spread, and the mean lies within the wanted half-width in at least 94.5%;
- for very skewed values (exponential) these are 88% and 91%: take a larger `minimum`, for with 20 then 10 more at a
  time they are 91% and 93%;
- a measure that is the same in all of the first looks, such as a rare event that has not happened yet, stops the rule:
  no rule that looks at the values alone can know better.

References: Chow & Robbins (1965); Law & Carson (1979); Singham & Schruben (2012) on coverage of such rules.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.design.specification import ReplicateUntil

_CONFIDENCE = 0.95


def more_replications(values: NDArray[np.float64], rule: ReplicateUntil) -> int:
    """Return how many replications of a point come next; 0 if there are enough, or as many as the rule allows.

    Parameters
    ----------
    values : the rule's measure in the replications so far, in their order, shape (n,); NaN where it is missing.
    """
    n = len(values)
    if n >= rule.maximum:
        return 0
    if n < rule.minimum:
        return min(rule.minimum, rule.maximum) - n
    since_look = (n - rule.minimum) % rule.step
    if since_look == 0 and _is_narrow_twice(values, rule):
        return 0
    return min(rule.step - since_look, rule.maximum - n)


def _is_narrow_twice(values: NDArray[np.float64], rule: ReplicateUntil) -> bool:
    """Tell whether the interval is narrow enough now and was so at the look before; there has to be one."""
    before = len(values) - rule.step
    return before >= rule.minimum and _is_narrow(values, rule) and _is_narrow(values[:before], rule)


def _is_narrow(values: NDArray[np.float64], rule: ReplicateUntil) -> bool:
    there = values[~np.isnan(values)]
    return len(there) >= 2 and half_width_of(float(np.std(there, ddof=1)), len(there)) <= rule.half_width


def half_width_of(spread: float, n: int) -> float:
    """Return the half-width of the 95% interval of a mean of n values with this standard deviation."""
    return float(stdtrit(n - 1, 0.5 + _CONFIDENCE / 2)) * spread / math.sqrt(n)

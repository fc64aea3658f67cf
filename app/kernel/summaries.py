"""Summaries of many runs, compiled for the page and equal to NumPy's to the last bit.

So that a number in the page is the number in the paper: medians and bands are those of ``numpy.nanquantile``, window
means those of `model.simulate.window_means`, intervals those of `analysis.statistics.paired_effects.intervals_of` over
an array of shape (runs, measures) laid out run by run, which NumPy adds up from the first run to the last. Missing
values (NaN) are left out. Nothing is allocated: the caller hands over the memory.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled

# Where the parts of an interval stand in its row.
INTERVAL_FIELDS = ("mean", "low", "high", "n")
PAIRED_FIELDS = ("reference_mean", "mean", "difference", "low", "high", "n")


@compiled
def sort_ascending(values: NDArray[np.float64], n: int) -> None:
    """Sort the first n values, none of them missing, in place (Shell 1959)."""
    gap = n // 2
    while gap > 0:
        for start in range(gap, n):
            value = values[start]
            place = start
            while place >= gap and values[place - gap] > value:
                values[place] = values[place - gap]
                place -= gap
            values[place] = value
        gap //= 2


@compiled
def quantile_of_sorted(values: NDArray[np.float64], n: int, probability: float) -> float:
    """Return a quantile of the first n values, ascending, interpolated linearly; missing if n is 0."""
    if n == 0:
        return math.nan
    position = (n - 1) * probability
    below = min(math.floor(position), n - 1)
    weight = position - below
    low, high = values[below], values[min(below + 1, n - 1)]
    step = high - low
    quantile: float = high - step * (1.0 - weight) if weight >= 0.5 else low + step * weight
    return quantile


@compiled
def fan_of(
    values: NDArray[np.float64],
    probabilities: NDArray[np.float64],
    workspace: NDArray[np.float64],
    fan: NDArray[np.float64],
) -> None:
    """Fill `fan`, shape (months, n), with the quantiles over runs of `values`, shape (runs, months), in every month.

    `workspace` holds at least one value for each run.
    """
    for month in range(values.shape[1]):
        n = 0
        for run in range(values.shape[0]):
            value = values[run, month]
            if not math.isnan(value):
                workspace[n] = value
                n += 1
        sort_ascending(workspace, n)
        for place in range(probabilities.shape[0]):
            fan[month, place] = quantile_of_sorted(workspace, n, probabilities[place])


@compiled
def window_means_of(measures: NDArray[np.float64], window_months: int, means: NDArray[np.float64]) -> None:
    """Fill `means`, shape (M,), with the means over the last months of a run of `measures`, shape (months, M)."""
    months = measures.shape[0]
    for measure in range(measures.shape[1]):
        total, n = 0.0, 0
        for month in range(max(0, months - window_months), months):
            value = measures[month, measure]
            if not math.isnan(value):
                total += value
                n += 1
        means[measure] = total / n if n > 0 else math.nan


@compiled
def mean_of(values: NDArray[np.float64], n: int) -> float:
    """Return the mean of the first n values, added up from the first to the last; missing if n is 0."""
    total = 0.0
    for place in range(n):
        total += values[place]
    return total / n if n > 0 else math.nan


@compiled
def half_width(values: NDArray[np.float64], n: int, student: NDArray[np.float64]) -> float:
    """Return half of the interval around the mean of the first n values.

    `student` holds the quantile of Student's t for 1, 2, ... degrees of freedom; beyond it, and with fewer than two
    values, the interval is missing.
    """
    if n < 2 or n > student.shape[0] + 1:
        return math.nan
    mean = mean_of(values, n)
    squares = 0.0
    for place in range(n):
        deviation = values[place] - mean
        squares += deviation * deviation
    quantile: float = student[n - 2]
    return quantile * math.sqrt(squares / (n - 1) / n)


@compiled
def interval_of_values(
    values: NDArray[np.float64],
    student: NDArray[np.float64],
    workspace: NDArray[np.float64],
    interval: NDArray[np.float64],
) -> None:
    """Fill `interval`, as INTERVAL_FIELDS, with the mean of the values of runs, shape (runs,), and its 95% interval."""
    n = 0
    for run in range(values.shape[0]):
        if not math.isnan(values[run]):
            workspace[n] = values[run]
            n += 1
    mean, half = mean_of(workspace, n), half_width(workspace, n, student)
    interval[0] = mean
    interval[1] = mean - half
    interval[2] = mean + half
    interval[3] = n


@compiled
def paired_effect_of(
    policy: NDArray[np.float64],
    reference: NDArray[np.float64],
    student: NDArray[np.float64],
    workspace: NDArray[np.float64],
    effect: NDArray[np.float64],
) -> None:
    """Fill `effect`, as PAIRED_FIELDS, with both means, the mean difference run by run and its 95% interval.

    Runs in which either value is missing are left out.
    """
    n, of_reference, of_policy = 0, 0.0, 0.0
    for run in range(policy.shape[0]):
        difference = policy[run] - reference[run]
        if not math.isnan(difference):
            of_reference += reference[run]
            of_policy += policy[run]
            workspace[n] = difference
            n += 1
    mean, half = mean_of(workspace, n), half_width(workspace, n, student)
    effect[0] = of_reference / n if n > 0 else math.nan
    effect[1] = of_policy / n if n > 0 else math.nan
    effect[2] = mean
    effect[3] = mean - half
    effect[4] = mean + half
    effect[5] = n

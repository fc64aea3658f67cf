"""Statistics of an experiment: means and paired effects with intervals, and how many replications are still needed.

They refuse an experiment with gaps, and name the gaps, unless they are told to go on; then they hand the gaps on, so
that whoever shows the numbers can say what is missing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.design.stopping_rule import half_width_of
from analysis.errors import ExperimentError
from analysis.statistics.paired_effects import CONFIDENCE, intervals_of, paired_columns
from analysis.store.experiment import Experiment, Gap

Floats = NDArray[np.float64]
Column = NDArray[Any]

MEAN_COLUMNS = ("point", "measure", "mean", "low", "high", "half_width", "n")
EFFECT_COLUMNS = ("point", "measure", "reference_mean", "mean", "difference", "low", "high", "n", "is_paired")
# More replications than this are not promised; "about 10 million more" helps nobody.
MOST_REPLICATIONS = 10_000_000
_MOST_GAPS_NAMED = 5


class IncompleteError(ExperimentError):
    """An experiment has gaps, so its statistics would be of something else than what was planned."""


class Needed(NamedTuple):
    """How many replications are there, how wide the 95% interval is, and how many more make it narrow enough.

    `more` is None where no number up to MOST_REPLICATIONS does, or nothing can be said from fewer than two values.
    """

    n: int
    half_width: float
    more: int | None


def checked_gaps(experiment: Experiment, allow_incomplete: bool = False) -> tuple[Gap, ...]:
    """Return the gaps of an experiment, none if it is complete.

    Raises
    ------
    IncompleteError
        If there are gaps and they are not allowed; the message names them.
    """
    gaps = tuple(experiment.gaps())
    if gaps and not allow_incomplete:
        raise IncompleteError(
            f"{experiment.folder}: {_named(gaps)}; statistics of what is there could mislead; "
            "run sweep again (--retry-failed for runs that failed), or write --allow-incomplete to go on regardless"
        )
    return gaps


def _named(gaps: Sequence[Gap]) -> str:
    """Return the gaps in words, the first few of them."""
    n = sum(gap.last_id - gap.first_id + 1 for gap in gaps)
    named = [_name_of(gap) for gap in gaps[:_MOST_GAPS_NAMED]]
    more = [f"and {len(gaps) - _MOST_GAPS_NAMED} more gaps"] if len(gaps) > _MOST_GAPS_NAMED else []
    return f"{n:,} planned runs have no numbers: {', '.join(named + more)}"


def _name_of(gap: Gap) -> str:
    runs = f"run {gap.first_id}" if gap.first_id == gap.last_id else f"runs {gap.first_id} to {gap.last_id}"
    return f"{runs} {gap.reason}"


def checked_measures(experiment: Experiment, measures: Sequence[str]) -> tuple[str, ...]:
    """Return the measures, in their order and once each; ExperimentError if the experiment did not keep one."""
    kept = experiment.specification.measures
    for measure in measures:
        if measure not in kept:
            raise ExperimentError(
                f"{experiment.folder}: does not hold the measure {measure}; it holds {', '.join(kept)}; "
                "choose among these, or add it to measures in the experiment's file and sweep again"
            )
    return tuple(dict.fromkeys(measures))


def values_of(experiment: Experiment, measures: Sequence[str]) -> Floats:
    """Return the measures of all runs, shape (points, replications, measures); NaN where there is none."""
    chosen = checked_measures(experiment, measures)
    shape = (len(experiment.points), experiment.specification.replications, len(chosen))
    return _filled(experiment.table(), shape, chosen)


def reference_values(experiment: Experiment, measures: Sequence[str]) -> Floats:
    """Return the measures of the base scenario's runs, shape (replications, measures); NaN where there is none."""
    chosen = checked_measures(experiment, measures)
    rows = experiment.reference().assign(point=0)
    filled: Floats = _filled(rows, (1, experiment.specification.replications, len(chosen)), chosen)[0]
    return filled


def _filled(rows: pd.DataFrame, shape: tuple[int, int, int], measures: Sequence[str]) -> Floats:
    values = np.full(shape, np.nan)
    values[rows["point"].to_numpy(), rows["replication"].to_numpy()] = rows[list(measures)].to_numpy(dtype=np.float64)
    return values


def point_means(experiment: Experiment, measures: Sequence[str], allow_incomplete: bool = False) -> pd.DataFrame:
    """Return a row for every point and measure: its mean over replications with the 95% interval by Student's t.

    The columns are MEAN_COLUMNS; `n` counts the values that are not missing.
    """
    checked_gaps(experiment, allow_incomplete)
    chosen = checked_measures(experiment, measures)
    values = values_of(experiment, chosen)
    found = intervals_of(values.transpose(1, 0, 2))
    columns = {
        "mean": found.mean,
        "low": found.low,
        "high": found.high,
        "half_width": (found.high - found.low) / 2,
        "n": found.n,
    }
    return _long(len(values), chosen, columns)


def effects(experiment: Experiment, measures: Sequence[str], allow_incomplete: bool = False) -> pd.DataFrame:
    """Return what every point changes against the base scenario: a row for every point and measure.

    Under common random numbers the differences are taken within each replication; the columns are EFFECT_COLUMNS, and
    the means are those of the pairs. Without common random numbers nothing is paired: the interval is Welch's, and `n`
    the smaller of the two numbers of runs.
    """
    checked_gaps(experiment, allow_incomplete)
    chosen = checked_measures(experiment, measures)
    values, base = values_of(experiment, chosen), reference_values(experiment, chosen)
    is_paired = experiment.specification.common_random_numbers
    columns = paired_columns(base[:, None], values.transpose(1, 0, 2)) if is_paired else _unpaired(values, base)
    return _long(len(values), chosen, {**columns, "is_paired": np.full((len(values), len(chosen)), is_paired)})


def _unpaired(values: Floats, base: Floats) -> dict[str, Column]:
    after, before = intervals_of(values.transpose(1, 0, 2)), intervals_of(base)
    variances = [_squared_error(found.low, found.high, found.n) for found in (after, before)]
    total = variances[0] + variances[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = sum(v**2 / np.maximum(f.n - 1, 1) for v, f in zip(variances, (after, before), strict=True))
        freedom = np.where(total > 0, total**2 / parts, 1.0)
    half = stdtrit(freedom, 0.5 + CONFIDENCE / 2) * np.sqrt(total)
    difference = after.mean - before.mean
    return {
        "reference_mean": np.broadcast_to(before.mean, after.mean.shape),
        "mean": after.mean,
        "difference": difference,
        "low": difference - half,
        "high": difference + half,
        "n": np.minimum(after.n, before.n),
    }


def _squared_error(low: Floats, high: Floats, n: NDArray[np.int64]) -> Floats:
    """Return the squared standard error behind a t interval."""
    squared: Floats = ((high - low) / 2 / stdtrit(np.maximum(n - 1, 1), 0.5 + CONFIDENCE / 2)) ** 2
    return squared


def _long(n_points: int, measures: Sequence[str], columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return columns of shape (points, measures) as a table with a row for each."""
    keys = {"point": np.repeat(np.arange(n_points), len(measures)), "measure": list(measures) * n_points}
    return pd.DataFrame({**keys, **{name: column.reshape(-1) for name, column in columns.items()}})


def needed_for(values: Floats, half_width: float) -> Needed:
    """Return about how many more replications make the half-width of the 95% interval at most `half_width`.

    The guess takes the spread of the values, shape (n,), for that of all to come; missing ones are left out.
    """
    if not half_width > 0.0:
        raise ValueError(f"a half-width of {half_width} is not allowed: give a number above 0")
    there = values[~np.isnan(values)]
    n = len(there)
    if n < 2:
        return Needed(n, math.nan, None)
    now = half_width_of(float(np.std(there, ddof=1)), n)
    return Needed(n, now, more_for(now, n, half_width))


def more_for(now: float, n: int, half_width: float) -> int | None:
    """Return about how many more replications than n, whose half-width is `now`, make it at most `half_width`.

    None if no number up to MOST_REPLICATIONS does, or nothing can be said from fewer than two.
    """
    if n < 2 or math.isnan(now):
        return None
    if now <= half_width:
        return 0
    spread = now / half_width_of(1.0, n)
    if half_width_of(spread, MOST_REPLICATIONS) > half_width:
        return None
    low, high = n, MOST_REPLICATIONS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width_of(spread, middle) <= half_width else (middle, high)
    return high - n

"""Policies compared run by run: the same officials and the same luck, another policy.

Run number n has the same officials and the same draws under every policy, so the difference between two policies is
taken within each run first. What luck adds to both cancels out, and few runs give a narrow interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.errors import ExperimentError
from model.measures import MEASURES
from model.simulate import Result

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
EFFECT_COLUMNS = ("scenario", "reference", "measure", "baseline_mean", "mean", "difference", "low", "high", "n")


class Interval(NamedTuple):
    """A mean over runs, its 95% interval by Student's t, and the number of runs; missing (NaN) with too few runs."""

    mean: float
    low: float
    high: float
    n: int


class Intervals(NamedTuple):
    """Means over runs with their intervals, a place for each measure; the fields are those of `Interval`."""

    mean: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]


def intervals_of(values: Floats) -> Intervals:
    """Return the means over runs of values of shape (runs, measures), and their intervals; missing values are left out.

    A mean needs one value, an interval two.
    """
    is_there = ~np.isnan(values)
    n = is_there.sum(axis=0)
    mean = _ratio(np.where(is_there, values, 0.0).sum(axis=0), n)
    squares = np.where(is_there, (values - mean) ** 2, 0.0).sum(axis=0)
    standard_error = np.sqrt(_ratio(squares, n - 1) / np.maximum(n, 1))
    half = stdtrit(np.maximum(n - 1, 1), 0.5 + CONFIDENCE / 2) * standard_error
    return Intervals(mean, mean - half, mean + half, n)


def paired_columns(before: Floats, after: Floats) -> dict[str, Floats | NDArray[np.int64]]:
    """Return what changes from `before` to `after`, shapes (runs, ...): a column for every figure, shape (...).

    The columns: the means of the pairs in which neither is missing (reference_mean, mean), the mean difference, its
    95% interval (low, high), and n, the number of these pairs.
    """
    difference = after - before
    is_pair, found = ~np.isnan(difference), intervals_of(difference)
    return {
        "reference_mean": intervals_of(np.where(is_pair, before, np.nan)).mean,
        "mean": intervals_of(np.where(is_pair, after, np.nan)).mean,
        "difference": found.mean,
        "low": found.low,
        "high": found.high,
        "n": found.n,
    }


def _ratio(part: Floats, whole: NDArray[np.int64]) -> Floats:
    """Return part / whole, missing where there is no whole."""
    result: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return result


def measure_means(runs: pd.DataFrame) -> pd.DataFrame:
    """Return a row for every scenario and measure: its mean over runs, low, high and n.

    ``runs`` has a row for every scenario and run, as `Result.runs` makes them.
    """
    tables = [
        pd.DataFrame({"scenario": scenario, "measure": MEASURES, **intervals_of(_values(of_scenario))._asdict()})
        for scenario, of_scenario in runs.groupby("scenario", sort=False)
    ]
    return pd.concat(tables, ignore_index=True)


def paired_effects(runs: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Return what every other policy changes: a row for every scenario and measure.

    Parameters
    ----------
    runs : a row for every scenario and run with the means of its last five years, as `Result.runs` makes them.
    reference : the name of the scenario that the others are compared with.

    Returns
    -------
    The columns are EFFECT_COLUMNS: the mean of the reference and of the policy over the runs in which neither is
    missing, the mean difference, its 95% interval, and n, the number of these runs.

    Raises
    ------
    ExperimentError
        If there is no such scenario, or if runs cannot be paired: two scenarios of one name, other seeds or
        other sizes.
    """
    _check_pairs(runs, reference)
    base = runs[runs["scenario"] == reference].set_index("run")
    tables = []
    for scenario, of_scenario in runs[runs["scenario"] != reference].groupby("scenario", sort=False):
        policy = of_scenario.set_index("run")
        common = base.index.intersection(policy.index)
        before, after = _values(base.loc[common]), _values(policy.loc[common])
        columns = {"scenario": scenario, "reference": reference, "measure": MEASURES}
        found = paired_columns(before, after)
        tables.append(pd.DataFrame({**columns, "baseline_mean": found.pop("reference_mean"), **found}))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(EFFECT_COLUMNS))


def _check_pairs(runs: pd.DataFrame, reference: str) -> None:
    """Raise ExperimentError unless every run of every scenario can be paired with one run of the reference."""
    names = list(dict.fromkeys(runs["scenario"]))
    if reference not in names:
        raise ExperimentError(f'there is no scenario "{reference}" among the runs to compare with; there are {names}')
    twice = runs[runs.duplicated(["scenario", "run"])]
    if len(twice):
        name = twice["scenario"].iloc[0]
        raise ExperimentError(
            f'two of the scenarios are called "{name}", so their runs cannot be told apart; give one another name: '
            f'with_settings(scenario, settings, name="another")'
        )
    seeds = {name: sorted(set(runs.loc[runs["scenario"] == name, "seed"])) for name in names if "seed" in runs}
    sizes = runs.attrs.get("sizes", {})
    for name in names:
        if seeds and seeds[name] != seeds[reference]:
            raise ExperimentError(
                f"{reference} was simulated with seed {_listed(seeds[reference])} and {name} with seed "
                f"{_listed(seeds[name])}: their runs do not share their luck; simulate both with the same seed"
            )
        if sizes.get(name) != sizes.get(reference):
            raise ExperimentError(
                f"{reference} has {_size(sizes[reference])} and {name} has {_size(sizes[name])}, so their runs are not "
                "of the same officials and months; give both the same sizes"
            )


def _listed(numbers: Sequence[int]) -> str:
    return " and ".join(map(str, numbers))


def _size(size: Sequence[int]) -> str:
    return f"{size[0]:,} officials and {size[1]:,} months"


def _values(runs: pd.DataFrame) -> Floats:
    """Return the measures of runs, shape (runs, measures)."""
    return runs[list(MEASURES)].to_numpy(dtype=np.float64)


def runs_of(results: Sequence[Result]) -> pd.DataFrame:
    """Return the rows of all finished runs of several scenarios, in the order of the scenarios.

    ``attrs["sizes"]`` has the officials and months of each, by its name.
    """
    runs = pd.concat([result.runs for result in results], ignore_index=True)
    runs.attrs["sizes"] = {result.scenario.name: _size_of(result) for result in results}
    return runs


def _size_of(result: Result) -> list[int]:
    return [result.scenario.officials, result.scenario.months]

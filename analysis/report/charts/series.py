"""What charts over time show of many runs: quantiles and means over runs, from the stored table of months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.vocabulary import ACTIONS

_ALL = "all"
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Fan(NamedTuple):
    """The middle 90% and 50% of runs around their median: quantiles over runs, each of shape (months,)."""

    low_90: NDArray[np.float64]
    low_50: NDArray[np.float64]
    median: NDArray[np.float64]
    high_50: NDArray[np.float64]
    high_90: NDArray[np.float64]


Fans = dict[tuple[str, str], Fan]


def fans_of(months: pd.DataFrame, names: Sequence[str], measures: Sequence[str], over: int = 1) -> Fans:
    """Return the fan of each scenario and measure, by (scenario, measure).

    Parameters
    ----------
    months : a row for every scenario, run, month and jurisdiction, of which those of "all" are taken. A month in which
        a measure is missing in every run is missing (NaN) in its fan.
    over : of how many months, the last of them that of the fan, a run's mean is taken first; missing ones are left out.

    Raises
    ------
    ValueError
        If there are no months of one of the scenarios.
    """
    rows = _rows_of(months, names)
    if over > 1:
        rows = rows.sort_values(["scenario", "run", "month"], kind="stable").reset_index(drop=True)
        means = rows.groupby(["scenario", "run"], observed=True)[list(measures)].rolling(over, min_periods=1).mean()
        rows = rows.assign(**{measure: means[measure].to_numpy() for measure in measures})
    grouped = rows.groupby(["scenario", "month"], observed=True)[list(measures)]
    quantiles = grouped.quantile(np.array(_QUANTILES))
    return {(name, measure): _fan(quantiles.loc[[name], measure]) for name in names for measure in measures}


def _fan(quantiles: pd.Series) -> Fan:
    """Return the fan of a series that holds, month by month, the quantiles from the lowest to the highest."""
    return Fan(*quantiles.to_numpy(dtype=np.float64).reshape(-1, len(_QUANTILES)).T)


def action_shares_of(months: pd.DataFrame, names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Return the mean share of officials who took each action, by scenario: shape (actions, months).

    A month without an innovation has no share of filed ones; as a share of officials it counts as 0.

    Raises
    ------
    ValueError
        If there are no months of one of the scenarios.
    """
    rows = _rows_of(months, names)
    filed = rows["innovation_rate"] * rows["filed_share"].fillna(0.0)
    self_dealing = rows["innovation_rate"] * rows["self_dealing_share"].fillna(0.0)
    shares = pd.DataFrame(
        {
            "scenario": rows["scenario"],
            "month": rows["month"],
            "inaction": rows["inaction_rate"],
            "routine": rows["routine_rate"],
            "innovation": rows["innovation_rate"] - filed - self_dealing,
            "filed_innovation": filed,
            "self_dealing": self_dealing,
        }
    )
    means = shares.groupby(["scenario", "month"], observed=True)[list(ACTIONS)].mean()
    return {name: means.loc[name].to_numpy(dtype=np.float64).T for name in names}


def number_of_runs(months: pd.DataFrame, names: Iterable[str]) -> int:
    """Return how many runs the scenario with the fewest has."""
    runs = months.groupby("scenario", observed=True)["run"].nunique()
    return int(runs.loc[list(names)].min())


def _rows_of(months: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the rows over all jurisdictions of some scenarios, after a check that each of these is there."""
    missing = [name for name in names if name not in set(months["scenario"].unique())]
    if missing or not names:
        raise ValueError(f"there are no months of {', '.join(missing) or 'any scenario'} in the table")
    return months[months["scenario"].isin(names) & (months["jurisdiction"] == _ALL)]

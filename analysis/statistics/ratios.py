"""Shares of rare events over a window: the ratio of the sums, beside the mean of the monthly ratios.

A share of innovations is missing in a month without one, and in a month with one it is 0 or 1. The mean over months
counts such a month as much as a month with a hundred innovations; the ratio of the sums counts every innovation alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from model.simulate import WINDOW_MONTHS

# What is counted below the line of a ratio, as a stored measure that is proportional to it.
WHOLE_OF: Mapping[str, str] = MappingProxyType(
    {
        "filed_share": "innovation_rate",
        "self_dealing_share": "innovation_rate",
        "success_rate": "innovation_rate",
        "care": "innovation_rate",
        "routine_care": "routine_rate",
    }
)


def ratios_of_sums(months: pd.DataFrame, window_months: int = WINDOW_MONTHS) -> pd.DataFrame:
    """Return a row for every scenario, run and jurisdiction with both means of every ratio in WHOLE_OF.

    Parameters
    ----------
    months : a row for every scenario, run, month and jurisdiction, as `Result.months` makes them.
    window_months : the last months of a run that count.

    Returns
    -------
    The columns are scenario, run and jurisdiction, then for each ratio its name (the mean of the monthly ratios that
    are not missing) and its name with ``_of_sums``; NaN where there is nothing in any month.
    """
    keys = ["scenario", "run", "jurisdiction"]
    last = months["month"].max() - window_months
    window = months[months["month"] > last]
    columns: dict[str, pd.Series[float]] = {}
    for ratio, whole in WHOLE_OF.items():
        is_there = window[ratio].notna()
        part = (window[ratio] * window[whole]).where(is_there, 0.0)
        columns[f"{ratio}_part"], columns[f"{ratio}_whole"] = part, window[whole].where(is_there, 0.0)
    grouped = window[keys].assign(**columns).groupby(keys, sort=False, observed=True)
    sums, means = grouped.sum(), window.groupby(keys, sort=False, observed=True)[list(WHOLE_OF)].mean()
    found = {}
    for ratio in WHOLE_OF:
        whole_sum = sums[f"{ratio}_whole"]
        found[ratio] = means[ratio]
        found[f"{ratio}_of_sums"] = (sums[f"{ratio}_part"] / whole_sum.where(whole_sum > 0)).astype(np.float64)
    return pd.DataFrame(found).reset_index()

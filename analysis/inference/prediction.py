"""What the posterior predicts: its draws simulated anew, for the targets it was made from and for those kept out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.execution.sweep import SweepWatch
from analysis.inference.ranges import Floats
from analysis.inference.table import TablePlan, plan_of_points, run_table
from analysis.inference.targets import Target, Targets

N_PREDICTED = 200
HOLDS, OPEN_TO = 0.95, 0.05
PREDICTION_COLUMNS = (
    "target",
    "use",
    "observed_low",
    "observed_high",
    "median",
    "low",
    "high",
    "n",
    "share",
    "verdict",
)


def prediction_plan(targets: Targets, draws: Floats, used: Sequence[Target]) -> TablePlan:
    """Return the sweeps that predict: the first draws, with other luck than the table's."""
    again = replace(targets, seed=targets.seed + 1)
    return plan_of_points(again, used, f"{targets.name}-predictive", draws[:N_PREDICTED])


def predictions(
    targets: Targets,
    draws: Floats,
    folder: Path,
    how: tuple[int | None, SweepWatch | None],
) -> pd.DataFrame:
    """Return a row for each target, those that were kept out last: PREDICTION_COLUMNS.

    A target with a size is hit if the middle of what was observed lies in the 95% interval of what is predicted, noise
    of observation and discrepancy included. A sign holds if at least 95% of the draws are on its side, is missed if at
    most 5% are, and is open in between; `share` is that share.
    """
    used = (*targets.calibrating, *targets.validating)
    again = replace(targets, seed=targets.seed + 1)
    plan = prediction_plan(targets, draws, used)
    table = run_table(again, used, plan, folder, how)
    columns = zip(used, table.statistics.T, table.noise.T, strict=True)
    return pd.DataFrame([_row(*column) for column in columns], columns=list(PREDICTION_COLUMNS))


def _row(target: Target, statistics: Floats, noise: Floats) -> tuple[object, ...]:
    found = (statistics + noise)[~np.isnan(statistics)]
    ends = (target.name, target.use, target.low, target.high)
    if not len(found):
        return (*ends, np.nan, np.nan, np.nan, 0, np.nan, "missing")
    low, median, high = np.quantile(found, [0.025, 0.5, 0.975])
    share = float(np.mean((found >= target.low) & (found <= target.high)))
    if target.is_sign:
        verdict = "holds" if share >= HOLDS else "missed" if share <= OPEN_TO else "open"
    else:
        verdict = "hit" if low <= target.value <= high else "missed"
    return (*ends, median, low, high, len(found), share, verdict)

"""Stored results to draw, made up: charts never run the model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.measures import MEASURES, about_measure

N_RUNS, N_MONTHS = 6, 120


def months_of(names: list[str], n_runs: int = N_RUNS, n_months: int = N_MONTHS) -> pd.DataFrame:
    """Return a table of months in which shares lie between 0 and 1 and the first three of them add up to 1."""
    n = len(names) * n_runs * n_months
    random = np.random.default_rng(1)
    keys = pd.MultiIndex.from_product([names, range(n_runs), range(n_months)], names=["scenario", "run", "month"])
    table = pd.DataFrame({measure: random.uniform(0.1, 0.6, n) for measure in MEASURES}, index=keys).reset_index()
    table["inaction_rate"] = random.uniform(0.2, 0.3, n)
    table["routine_rate"] = random.uniform(0.2, 0.3, n)
    table["innovation_rate"] = 1.0 - table["inaction_rate"] - table["routine_rate"]
    table["self_dealing_share"] = 0.3 - 0.2 * table["filed_share"]
    table.insert(3, "jurisdiction", pd.Categorical(["all"] * n))
    return table


def effects_of(names: list[str]) -> pd.DataFrame:
    """Return a table of paired effects of every measure, the size of a share or larger, some with 0 in the interval."""
    random = np.random.default_rng(2)
    rows = []
    for name in names:
        for measure in MEASURES:
            size = 0.3 if about_measure(measure).unit == "share" else 20.0
            difference, half = size * random.uniform(-1.0, 1.0), size * random.uniform(0.0, 0.3)
            rows.append(
                (name, "baseline", measure, 0.4, 0.4 + difference, difference, difference - half, difference + half, 6)
            )
    columns = ["scenario", "reference", "measure", "baseline_mean", "mean", "difference", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)

"""The map of severity and exemption: what officials do at every pair of the two levers of the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.comparison import Plan
from analysis.progress import Advance, no_progress
from model.measures import MEASURES
from model.parameters import about, replaced
from model.policy import setting_of
from model.scenario import Scenario
from model.simulate import Job, series_of, window_means

SEVERITY, EXEMPTION = "accountability.severity", "exemption.probability"
STEPS = 13
REPLICATIONS = 10


def grid_of(path: str, steps: int = STEPS) -> NDArray[np.float64]:
    """Return the values at which a parameter is tried: evenly over its plausible range, shape (steps,)."""
    plausible = about(path).plausible
    if plausible is None:
        raise ValueError(f"{path} has no plausible range to try")
    return np.linspace(*plausible, steps)


def severity_exemption_runs(plan: Plan, advance: Advance = no_progress, steps: int = STEPS) -> pd.DataFrame:
    """Return a row for every pair of levers and run: severity, exemption, run, means over the last five years.

    The plan's first scenario is the one whose two levers are moved, both from the first month on.
    """
    rows = []
    for series in series_of(_jobs(plan, steps), plan.engine, plan.workers):
        parameters = series.job.scenario.parameters
        levers = (parameters.accountability.severity, parameters.exemption.probability)
        rows.append((*levers, series.job.run, *window_means(series.measures)))
        advance(1.0)
    table = pd.DataFrame(rows, columns=["severity", "exemption", "run", *MEASURES])
    return table.sort_values(["severity", "exemption", "run"], ignore_index=True)


def severity_exemption_values(runs: pd.DataFrame, measure: str) -> NDArray[np.float64]:
    """Return a measure's mean over runs at every pair, shape (severities, exemptions), both ascending."""
    means = runs.groupby(["severity", "exemption"])[measure].mean().unstack("exemption")
    return means.to_numpy(dtype=np.float64)


def _jobs(plan: Plan, steps: int) -> Iterator[Job]:
    for severity in grid_of(SEVERITY, steps):
        for exemption in grid_of(EXEMPTION, steps):
            scenario = _with_levers(plan.scenarios[0], {SEVERITY: severity, EXEMPTION: exemption})
            setting = setting_of(scenario)
            for run in range(plan.replications):
                yield Job(scenario, setting, plan.seed, run)


def _with_levers(scenario: Scenario, levers: dict[str, float]) -> Scenario:
    return replace(scenario, parameters=replaced(scenario.parameters, levers))

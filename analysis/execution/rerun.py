"""One run of an experiment done again, from its row alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.design.factors import scenario_of_point
from analysis.errors import ExperimentError
from analysis.execution.runner import window_of
from analysis.store.experiment import Experiment
from model.measures import MEASURES
from model.policy import setting_of
from model.scenario import ScenarioError
from model.simulate import Job, Result, series_of


@dataclass(frozen=True)
class Rerun:
    """A run done again: its row in the experiment, its result with all months, and whether both agree bit for bit."""

    row: dict[str, Any]
    result: Result
    is_same: bool


def run_again(experiment: Experiment, run_id: int, by_jurisdiction: bool) -> Rerun:
    """Return the run with an id, simulated again; ExperimentError if there is no row of it or it cannot be."""
    row = row_of_run(experiment, run_id)
    specification = experiment.specification
    scenario = specification.base
    if row["point"] < len(experiment.points):
        values = [row[path] for path in specification.factor_paths]
        try:
            scenario = scenario_of_point(specification, values)
        except ScenarioError as error:
            raise ExperimentError(f"run {run_id} cannot be simulated: {error}") from None
    named = replace(scenario, name=f"{specification.name}-run-{run_id}")
    job = Job(named, setting_of(named), int(row["seed"]), int(row["run"]))
    result = Result(named, job.seed, tuple(series_of([job], by_jurisdiction=by_jurisdiction)))
    means = window_of(specification, result.values[0])
    again = np.array([means[MEASURES.index(measure)] for measure in specification.measures])
    before = np.array([row[measure] for measure in specification.measures], dtype=np.float64)
    is_same = bool(row["status"] == "ok") and _equal(again, before)
    return Rerun(row, result, is_same)


def _equal(first: np.ndarray[Any, np.dtype[np.float64]], second: np.ndarray[Any, np.dtype[np.float64]]) -> bool:
    """Tell whether numbers are equal bit for bit, missing ones being equal."""
    missing = np.isnan(first) & np.isnan(second)
    return bool(np.all(missing | (first.view(np.uint64) == second.view(np.uint64))))


def row_of_run(experiment: Experiment, run_id: int) -> dict[str, Any]:
    """Return the row of a run; ExperimentError if there is none."""
    n = experiment.specification.replications
    is_reference = run_id >= len(experiment.points) * n
    table: pd.DataFrame = experiment.reference() if is_reference else experiment.table()
    found = table[table["id"] == run_id]
    if found.empty:
        last = (len(experiment.points) + 1) * n - 1
        raise ExperimentError(
            f"there is no run {run_id} in {experiment.folder}; ids go from 0 to {last}, and not all may be run"
        )
    return {str(name): value for name, value in found.iloc[0].items()}

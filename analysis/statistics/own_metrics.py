"""Metrics of one's own: functions of the months of a run, named in an experiment file, without touching the model.

``[metrics]`` in an experiment file names them: ``recovery = "my_metrics.py:recovery"``. A function gets a table with a
row for every month of a run, the columns ``month`` and the experiment's measures, and returns a number. They are worked
out from the stored monthly series when they are asked for, so they can be changed after the runs.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import ExperimentError
from analysis.statistics.paired_effects import intervals_of
from analysis.store.experiment import Experiment

Metric = Callable[[pd.DataFrame], float]


def metrics_of(experiment: Experiment, functions: Mapping[str, Metric] | None = None) -> pd.DataFrame:
    """Return a row for every run that has months: id, point, replication, factors and the metrics.

    Parameters
    ----------
    functions : the metrics by their names; those that the experiment's file names if not given. The reference is the
        point after the last one, its factors are missing.

    Raises
    ------
    ExperimentError
        If there are no months or no metrics, or if a function cannot be found or fails.
    """
    chosen = _named(experiment) if functions is None else dict(functions)
    if not experiment.specification.monthly_series:
        raise ExperimentError(f"{experiment.folder}: holds no months; sweep with monthly_series = true")
    if not chosen:
        raise ExperimentError(
            f'{experiment.folder}: names no metrics; write [metrics] in its file, then name = "file.py:function"'
        )
    rows = []
    for (run_id, point, replication), months in experiment.series().groupby(["id", "point", "replication"], sort=True):
        table = months.drop(columns=["id", "point", "replication"]).reset_index(drop=True)
        values = {name: _value(name, function, table, int(str(run_id))) for name, function in chosen.items()}
        rows.append({"id": run_id, "point": point, "replication": replication, **values})
    found = pd.DataFrame(rows, columns=["id", "point", "replication", *chosen])
    factors = experiment.design.reset_index()
    return found.merge(factors, on="point", how="left")[[*found.columns[:3], *factors.columns[1:], *chosen]]


def metric_effects(experiment: Experiment, functions: Mapping[str, Metric] | None = None) -> pd.DataFrame:
    """Return what every point changes in the metrics against the base scenario, paired by replication.

    The columns are point, measure (the name of the metric), reference_mean, mean, difference, low, high and n.
    """
    if not experiment.specification.common_random_numbers:
        raise ExperimentError(f"{experiment.folder}: its runs are not paired, as common_random_numbers is off")
    values = metrics_of(experiment, functions)
    names = list(values.columns[3 + len(experiment.specification.factors) :])
    base = values[values["point"] == len(experiment.points)].set_index("replication")[names]
    tables = []
    for point, of_point in values[values["point"] < len(experiment.points)].groupby("point", sort=True):
        after = of_point.set_index("replication")[names]
        before = base.reindex(after.index)
        found = intervals_of((after - before).to_numpy(dtype=np.float64))
        columns = {
            "point": point,
            "measure": names,
            "reference_mean": before.mean().to_numpy(),
            "mean": after.mean().to_numpy(),
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
            "n": found.n,
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def metric_function(place: str) -> Metric:
    """Return the function of "path/of/file.py:function"; ExperimentError if there is none."""
    file, _, name = place.rpartition(":")
    path = Path(file)
    if not path.is_file():
        raise ExperimentError(f'{place}: there is no file {path}; write [metrics], then name = "file.py:function"')
    try:
        specification = importlib.util.spec_from_file_location(f"metrics_{path.stem}", path)
        assert specification is not None
        assert specification.loader is not None
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
    except Exception as error:  # whatever the user's file does, it is told where
        raise ExperimentError(f"{path}: cannot be loaded ({type(error).__name__}: {error}); correct it") from None
    function: Metric | None = getattr(module, name, None)
    if function is None or not callable(function):
        raise ExperimentError(f"{place}: {path.name} has no function {name}; define it, or correct the name")
    return function


def _named(experiment: Experiment) -> dict[str, Metric]:
    return {name: metric_function(place) for name, place in experiment.specification.metrics}


def _value(name: str, function: Metric, months: pd.DataFrame, run_id: int) -> float:
    try:
        return float(function(months))
    except Exception as error:  # whatever the user's function does, it is told which run it was
        raise ExperimentError(
            f"metric {name}, run {run_id}: {type(error).__name__}: {error}; a metric takes the table of months "
            "of a run and returns a number"
        ) from None

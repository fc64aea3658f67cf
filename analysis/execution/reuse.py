"""Runs that another experiment has done already: what is the same but for the replications need not be done again.

So replications are added to a finished sweep: raise them in its file, and sweep into a new folder with the old one to
take from. Replication r has the same luck in both, since all points share it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.design.runs import Block, run_of
from analysis.design.specification import Specification, facts_of
from analysis.errors import ExperimentError
from analysis.store.experiment import OK, Experiment, open_experiment
from analysis.store.rows import RunOutcome
from model.code_hash import model_hash
from model.scenario import scenario_toml

_MAY_DIFFER = ("name", "title", "question", "timeout_seconds", "replications", "runs_per_block", "metrics")


@dataclass(frozen=True)
class Reused:
    """What another experiment gave: `is_there` (points + 1, replications), the reference as the last point."""

    is_there: NDArray[np.bool_]
    means: NDArray[np.float64]
    series: NDArray[np.float64]

    @property
    def n_runs(self) -> int:
        """Return how many runs there are."""
        return int(self.is_there.sum())


def reused_of(folder: str | Path, specification: Specification, points: NDArray[np.float64]) -> Reused:
    """Return the runs in a folder that are runs of this experiment, too.

    Raises
    ------
    ExperimentError
        If the experiments differ in anything that decides a number, or if replications do not share their luck.
    """
    old = open_experiment(folder)
    _check(old, specification, points)
    n = min(old.specification.replications, specification.replications)
    shape = (len(points) + 1, n)
    measures, months = len(specification.measures), specification.base.months if specification.monthly_series else 0
    found = Reused(
        np.zeros(shape, bool), np.full((*shape, measures), np.nan), np.full((*shape, months, measures), np.nan)
    )
    for table in (old.table(), old.reference()):
        rows = table[(table["status"] == OK) & (table["replication"] < n)]
        places = (rows["point"].to_numpy(), rows["replication"].to_numpy())
        found.is_there[places] = True
        found.means[places] = rows[list(specification.measures)].to_numpy(dtype=np.float64)
    if months:
        series = old.series()
        series = series[series["replication"] < n]
        places_of_months = tuple(series[name].to_numpy() for name in ("point", "replication", "month"))
        found.series[places_of_months] = series[list(specification.measures)].to_numpy(dtype=np.float64)
    return found


def outcomes_in(reused: Reused, specification: Specification, block: Block) -> tuple[RunOutcome, ...]:
    """Return how the runs of a block ended that are there already."""
    found = []
    for run_id in range(block.first_id, block.last_id):
        run = run_of(specification, run_id)
        place = (run.point, run.replication)
        if run.replication < reused.is_there.shape[1] and reused.is_there[place]:
            found.append(RunOutcome(run, OK, "", reused.means[place], reused.series[place]))
    return tuple(found)


def _check(old: Experiment, specification: Specification, points: NDArray[np.float64]) -> None:
    if not specification.common_random_numbers:
        raise ExperimentError(
            f"{old.folder}: its runs cannot be taken, since without common_random_numbers a run is another one "
            "as soon as there are more replications"
        )
    if specification.replicate_until is not None or old.specification.replicate_until is not None:
        raise ExperimentError(
            f"{old.folder}: its runs cannot be taken, since replicate_until decides how many there are"
        )
    ours, theirs = (_facts(each) for each in (specification, old.specification))
    differing = sorted(key for key in ours | theirs if ours.get(key) != theirs.get(key))
    differing += [] if np.array_equal(points, old.points) else ["points"]
    differing += [] if old.manifest["model_hash"] == model_hash() else ["the code of model/"]
    if scenario_toml(replace(specification.base, name="")) != scenario_toml(replace(old.specification.base, name="")):
        differing.append("the base scenario")
    if differing:
        raise ExperimentError(
            f"{old.folder}: its runs are not those of this experiment: other {', '.join(differing)}; only the number "
            "of replications may be another one"
        )


def _facts(specification: Specification) -> dict[str, object]:
    return {key: value for key, value in facts_of(specification).items() if key not in _MAY_DIFFER}

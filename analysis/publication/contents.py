"""What a report shows of an experiment, gathered from its folder."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.design.specification import Specification
from analysis.errors import printable
from analysis.publication.reproduction import commands_of, experiment_toml
from analysis.report.contents import (
    BestLevels,
    Boundary,
    Contents,
    FactorIndices,
    MechanismEffects,
    MissingRuns,
    Progress,
    Replication,
)
from analysis.sensitivity.best_lever import best_lever, is_of_judgement
from analysis.sensitivity.sensitivity import method_of, sensitivity
from analysis.statistics.convergence import convergence_of
from analysis.statistics.effects import checked_gaps, effects, needed_for, point_means, reference_values
from analysis.store.experiment import Experiment
from model.measures import about_measure, headline_measures
from model.scenario import scenario_toml

# Half-widths worth asking for: a percentage point of a share, and this part of the mean of anything else.
TARGET_OF_SHARE = 0.01
_TARGET_PART = 0.05
_MOST_MEASURES = 7
_INACTION = "inaction_rate"


def contents_of(
    experiment: Experiment,
    allow_incomplete: bool = False,
    *,
    by_file: bool = True,
    boundary: Boundary | None = None,
    ablation: MechanismEffects | None = None,
) -> Contents:
    """Return what a report shows of an experiment.

    Parameters
    ----------
    allow_incomplete : go on though runs are missing; the report then says which.
    by_file : whether the file of the experiment gives it again; else its plan does.
    boundary, ablation : what `map` and `ablate` have found, if that is to be shown, too.

    Raises
    ------
    ExperimentError
        If runs are missing and that is not allowed.
    """
    checked_gaps(experiment, allow_incomplete)
    specification = experiment.specification
    measures = shown_measures(specification)
    kept = (*measures, _INACTION) if _INACTION in specification.measures else measures
    means = point_means(experiment, kept, allow_incomplete)
    return Contents(
        specification=specification,
        folder=printable(experiment.folder.resolve().name),
        points=experiment.points,
        measures=measures,
        means=means,
        effects=effects(experiment, measures, allow_incomplete),
        replication=_replication(experiment, measures, means),
        progress=progress_of(experiment),
        manifest=experiment.manifest,
        experiment_file=experiment_toml(specification),
        scenario_file=scenario_toml(specification.base),
        commands=commands_of(experiment, by_file),
        indices=_indices(experiment, measures, allow_incomplete),
        boundary=boundary,
        ablation=ablation,
        best=_best(experiment, allow_incomplete),
    )


def shown_measures(specification: Specification) -> tuple[str, ...]:
    """Return the measures that a report shows: the headline ones held; if there are none, the first few held."""
    headline = tuple(measure for measure in headline_measures() if measure in specification.measures)
    return headline or specification.measures[:_MOST_MEASURES]


def progress_of(experiment: Experiment) -> Progress:
    """Return what was planned and what was run of it."""
    counts, planned = experiment.counts(), experiment.manifest["planned"]
    rows = len(experiment.arrow_table("table")) + len(experiment.arrow_table("reference"))
    return Progress(
        planned_runs=planned["runs"],
        is_most=planned["is_most"],
        rows=rows,
        failed=counts.failed,
        timed_out=counts.timed_out,
        blocks=counts.blocks,
        planned_blocks=counts.planned_blocks,
        missing=tuple(MissingRuns(*vars(gap).values()) for gap in experiment.gaps()),
    )


def _replication(experiment: Experiment, measures: tuple[str, ...], means: pd.DataFrame) -> tuple[Replication, ...]:
    values = reference_values(experiment, measures)
    found = []
    for place, measure in enumerate(measures):
        own = values[:, place][~np.isnan(values[:, place])]
        target = _target_of(measure, own)
        needed = needed_for(own, target)
        convergence = convergence_of(own)
        half_widths = means.loc[means["measure"] == measure, "half_width"].to_numpy(dtype=np.float64)
        found.append(
            Replication(
                measure,
                own,
                needed.half_width,
                target,
                needed.more,
                half_widths,
                convergence.coefficients,
                convergence.enough,
            )
        )
    return tuple(found)


def _target_of(measure: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    if about_measure(measure).unit == "share":
        return TARGET_OF_SHARE
    size = abs(float(values.mean())) if values.size else 0.0
    return _TARGET_PART * size or _TARGET_PART


def _indices(experiment: Experiment, measures: tuple[str, ...], allow_incomplete: bool) -> FactorIndices | None:
    if method_of(experiment.specification) is None:
        return None
    found = sensitivity(experiment, measures, allow_incomplete=allow_incomplete)
    return FactorIndices(found.method, found.indices, found.noise, found.resamples)


def _best(experiment: Experiment, allow_incomplete: bool) -> BestLevels | None:
    if not is_of_judgement(experiment.specification):
        return None
    found = best_lever(experiment, allow_incomplete)
    return BestLevels(found.lever, found.weight, found.levels, found.weights, found.gain, found.table)

"""How much of a lever is best hangs on judgement: the best level of a lever at every weight of a part of public value.

The plane is that of a grid of two factors, one of them a weight of public value: certainty and the weight of negligence
in the shipped experiment. A weight changes no behaviour, only what it is held to be worth, so nothing tips along it;
what moves is where more of the lever stops paying.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.specification import Specification
from analysis.statistics.best_level import RESAMPLES, BestLevel, best_level
from analysis.statistics.effects import checked_gaps, checked_measures, values_of
from analysis.statistics.paired_effects import intervals_of
from analysis.store.experiment import Experiment, Gap
from analysis.store.findings import folder_beside, gaps_as_facts, write_findings

Floats = NDArray[np.float64]

MEASURE = "public_value"
BEST_COLUMNS = ("weight", *BestLevel._fields)
_WEIGHTS = "value."


@dataclass(frozen=True)
class BestLever:
    """The best level of a lever at every weight.

    `lever` and `weight` are the key paths of the two factors, `levels` and `weights` their values, ascending. `table`
    has a row for every weight with BEST_COLUMNS; `gain`, shape (levels, weights), is the mean public value less that at
    the lowest level.
    """

    lever: str
    weight: str
    levels: Floats
    weights: Floats
    table: pd.DataFrame
    gain: Floats
    replications: int
    gaps: tuple[Gap, ...]


def is_of_judgement(specification: Specification) -> bool:
    """Tell whether an experiment is a grid of a lever and a weight of public value, and holds public value."""
    paths = [factor.path for factor in specification.factors]
    n_weights = sum(path.startswith(_WEIGHTS) for path in paths)
    is_ordered = not any(factor.levels for factor in specification.factors)
    is_plane = specification.design.kind == "grid" and len(paths) == 2 and n_weights == 1 and is_ordered
    return is_plane and MEASURE in specification.measures


def best_lever(experiment: Experiment, allow_incomplete: bool = False) -> BestLever:
    """Return at which level of the lever public value is highest, at every weight.

    Raises
    ------
    ExperimentError
        If runs are missing and that is not allowed.
    """
    gaps = checked_gaps(experiment, allow_incomplete)
    checked_measures(experiment, (MEASURE,))
    specification = experiment.specification
    paths = specification.factor_paths
    of_weight = next(place for place, path in enumerate(paths) if path.startswith(_WEIGHTS))
    points = experiment.points
    levels, weights = (np.unique(points[:, place]) for place in (1 - of_weight, of_weight))
    values = np.full((len(levels), len(weights), specification.replications), np.nan)
    rows, columns = np.searchsorted(levels, points[:, 1 - of_weight]), np.searchsorted(weights, points[:, of_weight])
    values[rows, columns] = values_of(experiment, (MEASURE,))[:, :, 0]
    is_common = specification.common_random_numbers
    table = [(weight, *best_level(levels, values[:, place], is_common)) for place, weight in enumerate(weights)]
    means = intervals_of(np.moveaxis(values, 2, 0)).mean
    return BestLever(
        lever=paths[1 - of_weight],
        weight=paths[of_weight],
        levels=levels,
        weights=weights,
        table=pd.DataFrame(table, columns=list(BEST_COLUMNS)),
        gain=means - means[:1],
        replications=specification.replications,
        gaps=gaps,
    )


def write_best_lever(experiment: Experiment, found: BestLever) -> list[Path]:
    """Write the table beside the experiment, and return the paths of the files; ExperimentError if it has no place."""
    summary = {
        "experiment": experiment.specification.name,
        "lock": experiment.lock,
        "lever": found.lever,
        "weight": found.weight,
        "measure": MEASURE,
        "replications": found.replications,
        "resamples": RESAMPLES,
        "gaps": gaps_as_facts(found.gaps),
    }
    return write_findings(folder_beside(experiment.folder, "map"), {"best": found.table}, summary)

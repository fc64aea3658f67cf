"""Which factors matter: Morris' elementary effects and Sobol' indices of a stochastic model, noise shown apart.

A model with luck gives other numbers in every replication. What is analysed is the mean over the replications of a
point, by SALib; what luck leaves in these means is estimated from how replications differ and taken out of the total
indices and of the variance, so that a factor without any effect gets an index of 0 and not the share of noise.

Every number comes with an interval from a bootstrap over the rows of the design, and over replications, too, where all
points share the same luck. A number whose interval is as good as no answer says so: the verdict "not enough runs".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.ranges import problem_of
from analysis.design.specification import Specification
from analysis.errors import ExperimentError
from analysis.sensitivity.default_sizes import RESAMPLES
from analysis.sensitivity.morris import morris_rows
from analysis.sensitivity.sobol import sobol_rows
from analysis.sensitivity.verdicts import Analysis, Noise
from analysis.statistics.effects import checked_gaps, checked_measures, values_of
from analysis.store.experiment import Experiment, Gap
from model.measures import headline_measures

Method = Literal["morris", "saltelli"]
SEED = 1


@dataclass(frozen=True)
class Sensitivity:
    """What the analysis of an experiment gave.

    `indices` has the columns of verdicts.INDEX_COLUMNS, a row for every measure, index and factor (for "second" a pair
    of factors); `noise` has those of verdicts.NOISE_COLUMNS, a row for every measure. `gaps` are the runs without
    numbers, if going on without them was allowed.
    """

    method: Method
    indices: pd.DataFrame
    noise: pd.DataFrame
    replications: int
    resamples: int
    gaps: tuple[Gap, ...]


def sensitivity(
    experiment: Experiment,
    measures: Sequence[str] | None = None,
    *,
    resamples: int = RESAMPLES,
    allow_incomplete: bool = False,
) -> Sensitivity:
    """Return how much each factor of an experiment matters for each measure.

    Parameters
    ----------
    measures : those to analyse; the headline measures that the experiment holds if not given.
    resamples : of the bootstrap.
    allow_incomplete : go on though runs are missing; rows of the design with a missing point are left out.

    Raises
    ------
    ExperimentError
        If the design is none of Morris' or Saltelli's, or runs are missing and that is not allowed.
    """
    specification = experiment.specification
    method = method_of(specification)
    if method is None:
        raise ExperimentError(
            f"{experiment.folder}: has a design of kind {specification.design.kind}; sensitivity needs one of kind "
            "morris (to screen many factors) or saltelli (for Sobol' indices of few); write it below [design]"
        )
    gaps = checked_gaps(experiment, allow_incomplete)
    chosen = checked_measures(experiment, _default_measures(specification) if measures is None else measures)
    values = values_of(experiment, chosen)
    of_measures = [
        analysed(specification, experiment.points, values[:, :, place], resamples) for place in range(len(chosen))
    ]
    pairs = list(zip(chosen, of_measures, strict=True))
    return Sensitivity(
        method,
        pd.concat(
            [_with(measure, pd.DataFrame(found.indices).rename(columns={"name": "index"})) for measure, found in pairs],
            ignore_index=True,
        ),
        pd.concat([_with(measure, pd.DataFrame([found.noise])) for measure, found in pairs], ignore_index=True),
        specification.replications,
        resamples,
        gaps,
    )


def analysed(
    specification: Specification, points: NDArray[np.float64], values: NDArray[np.float64], resamples: int = RESAMPLES
) -> Analysis:
    """Return the analysis of one measure.

    Parameters
    ----------
    points : those of the design, shape (points, factors), in its order.
    values : of the measure, shape (points, replications); NaN where it is missing.
    """
    generator, is_common = np.random.default_rng(SEED), specification.common_random_numbers
    problem = problem_of(specification)
    method = method_of(specification)
    if method is None:
        raise ValueError(f"a design of kind {specification.design.kind} is none of a sensitivity analysis")
    if method == "morris":
        return morris_rows(problem, points, values, is_common, (resamples, generator))
    if method == "saltelli":
        return sobol_rows(problem, values, specification.design.second_order, is_common, (resamples, generator))
    assert_never(method)


def method_of(specification: Specification) -> Method | None:
    """Return the method that a design is made for; None if it is made for none."""
    return next((method for method in get_args(Method) if method == specification.design.kind), None)


def is_enough(noise: pd.DataFrame, indices: pd.DataFrame) -> pd.Series[bool]:
    """Return for every measure whether no index of it that decides has the verdict "not enough runs"."""
    deciding = indices[indices["index"].isin(("total", "mu_star"))]
    worst = (deciding["verdict"] == "not enough runs").groupby(deciding["measure"]).any()
    return ~worst.reindex(noise["measure"]).astype(bool)


def _default_measures(specification: Specification) -> tuple[str, ...]:
    held = tuple(measure for measure in headline_measures() if measure in specification.measures)
    return held or specification.measures


def _with(measure: str, table: pd.DataFrame) -> pd.DataFrame:
    table.insert(0, "measure", measure)
    return table


__all__ = ["Analysis", "Noise", "Sensitivity", "analysed", "is_enough", "sensitivity"]

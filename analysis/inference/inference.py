"""What targets tell of parameters: posterior, contraction, what is told together only, which target tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import ExperimentError
from analysis.inference.calibration_check import CalibrationCheck, calibration_check
from analysis.inference.ranges import Floats, Ranges
from analysis.inference.regression_posterior import RegressionPosterior, learned
from analysis.inference.table import SimulatedTable
from analysis.inference.targets import Target

Told = Literal["told", "in_part", "not_told"]
TOLD, IN_PART = 0.8, 0.3  # contraction from which data tell, and tell in part
TOGETHER = 0.8  # correlation from which two parameters are told together only
N_DRAWS = 1000
LEAST_ROWS = 200
_REACHED = (0.01, 0.99)
_USUAL_DISTANCE = 0.99
_SMALL = 0.05  # a contraction that changes by less is not worth telling
_LEVELS = np.array([0.025, 0.25, 0.5, 0.75, 0.975])
MARGINAL_COLUMNS = ("name", "low", "high", "mean", "q025", "q25", "median", "q75", "q975", "contraction", "verdict")


@dataclass(frozen=True)
class Inference:
    """What was inferred from a table and its targets.

    `prior` are the ranges that contraction is measured against; `ranges` those of the table, narrower in later rounds.
    `reach` has a row for each target, `told_by` for each target and parameter the contraction without the target.
    """

    prior: Ranges
    table: SimulatedTable
    seed: int
    posterior: RegressionPosterior
    check: CalibrationCheck
    reach: pd.DataFrame
    told_by: pd.DataFrame

    @property
    def contraction(self) -> Floats:
        """Return for each parameter how much of the prior's variance is gone: 0 nothing was learned, 1 all."""
        found: Floats = 1.0 - np.diag(self.posterior.covariance) / self.prior.variances
        return found

    @property
    def marginals(self) -> pd.DataFrame:
        """Return a row for each parameter: MARGINAL_COLUMNS, `low` and `high` being the prior's."""
        quantiles = self.posterior.quantiles(_LEVELS)
        columns = zip(
            self.prior.names,
            self.prior.low,
            self.prior.high,
            self.posterior.means,
            *quantiles,
            self.contraction,
            map(verdict_of, self.contraction),
            strict=True,
        )
        return pd.DataFrame(list(columns), columns=list(MARGINAL_COLUMNS))

    @property
    def pairs(self) -> pd.DataFrame:
        """Return the correlation of every two parameters in the posterior, and whether they are told together only."""
        covariance = self.posterior.covariance
        sd = np.sqrt(np.diag(covariance))
        names = self.prior.names
        rows = [
            (names[i], names[j], covariance[i, j] / (sd[i] * sd[j]))
            for i in range(len(names))
            for j in range(i + 1, len(names))
        ]
        table = pd.DataFrame(rows, columns=["first", "second", "correlation"])
        return table.assign(is_together_only=table["correlation"].abs() > TOGETHER)

    @property
    def is_usual(self) -> bool:
        """Tell whether the targets together are as near to the table as what the model itself gives."""
        return bool(self.posterior.farthest <= np.quantile(self.check.farthest, _USUAL_DISTANCE))

    @property
    def unreached(self) -> tuple[str, ...]:
        """Return the targets that the model cannot reach anywhere in the ranges: they were left out."""
        return tuple(self.reach.loc[~self.reach["is_reached"], "target"])

    def tellers(self, name: str) -> list[tuple[str, float]]:
        """Return the targets without which less is known of a parameter, and how much less, the most first."""
        rows = self.told_by[self.told_by["name"] == name]
        lost = dict(zip(self.prior.names, self.contraction, strict=True))[name] - rows["contraction_without"]
        found = [(target, share) for target, share in zip(rows["target"], lost, strict=True) if share > _SMALL]
        return sorted(found, key=lambda item: -item[1])


def verdict_of(contraction: float) -> Told:
    """Return whether data tell a parameter."""
    return "told" if contraction >= TOLD else "in_part" if contraction >= IN_PART else "not_told"


def inferred(table: SimulatedTable, seed: int, prior: Ranges | None = None) -> Inference:
    """Return what the targets of a table tell; ExperimentError if the model can reach none of them."""
    _check_table(table)
    reach = reach_of(table)
    reached = [place for place, is_reached in enumerate(reach["is_reached"]) if is_reached]
    if not reached:
        raise ExperimentError(
            "the model cannot reach any target anywhere in these ranges, so there is no posterior; "
            "look at the ranges of the parameters and at what the targets measure"
        )
    used = table.with_targets(reached)
    return Inference(
        prior=prior or table.ranges,
        table=used,
        seed=seed,
        posterior=posterior_of(used),
        check=calibration_check(used.ranges, used.whole_points, used.observable, seed),
        reach=reach,
        told_by=_told_by(used, prior or table.ranges),
    )


def posterior_of(table: SimulatedTable) -> RegressionPosterior:
    """Return the posterior given all targets of a table."""
    known = learned(table.ranges, table.whole_points, table.observable)
    return known.posterior(np.array([target.value for target in table.targets]))


def reach_of(table: SimulatedTable) -> pd.DataFrame:
    """Return for each target what was observed, the central 98% of the table, and whether it lies in there."""
    rows = []
    for target, column in zip(table.targets, table.observable.T, strict=True):
        low, high = np.quantile(column, _REACHED)
        is_reached = bool(low <= target.value <= high)
        rows.append((target.name, target.value, target.low, target.high, float(low), float(high), is_reached))
    columns = ["target", "observed", "low", "high", "table_low", "table_high", "is_reached"]
    return pd.DataFrame(rows, columns=columns)


def _check_table(table: SimulatedTable) -> None:
    """Raise ExperimentError if nothing can be learned from a table."""
    n = int(table.is_whole.sum())
    if n < LEAST_ROWS:
        missing = np.isnan(table.statistics).mean(axis=0)
        worst = table.targets[int(missing.argmax())].name
        raise ExperimentError(
            f"only {n} of {len(table.points)} points have all statistics, and {LEAST_ROWS} are needed; target {worst} "
            f"is missing at {missing.max():.0%} of them"
        )
    for target, column in zip(table.targets, table.statistics[table.is_whole].T, strict=True):
        if float(np.ptp(column)) == 0.0:
            raise ExperimentError(
                f"target {target.name}: nothing that is open here moves what it measures "
                f"({', '.join(target.quantity.all_measures)}); take it out, or open a parameter that does"
            )


def _told_by(table: SimulatedTable, prior: Ranges) -> pd.DataFrame:
    """Return the contraction of every parameter with each target left out; 0 where there is no other target."""
    rows = []
    places = range(len(table.targets))
    for left_out in places:
        kept = [place for place in places if place != left_out]
        contraction = np.zeros(len(prior.names))
        if kept:
            covariance = posterior_of(table.with_targets(kept)).covariance
            contraction = 1.0 - np.diag(covariance) / prior.variances
        name = table.targets[left_out].name
        rows += [(name, parameter, value) for parameter, value in zip(prior.names, contraction, strict=True)]
    return pd.DataFrame(rows, columns=["target", "name", "contraction_without"])


def names_of(targets: tuple[Target, ...]) -> str:
    """Return the names of targets with commas between them."""
    return ", ".join(target.name for target in targets)

"""Policies tried against each other run by run: the baseline or a shipped scenario with other settings and changes.

The same run has the same officials and the same luck under every policy, so that differences are taken within a run
first. Windows are the last five years unless said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from model.measures import MEASURES
from model.parameters import Parameters, replaced, value_at
from model.rules.ladder import accountability_ladder, expected_loss, misconduct_ladder
from model.scenario import Change, Scenario, Settings, find_scenario
from model.simulate import WINDOW_MONTHS, simulate

Floats = NDArray[np.float64]
YEAR = 12
_JURISDICTIONS = "size.jurisdictions"
_LADDERS = {
    "accountability.severity": accountability_ladder,
    "accountability.misconduct_severity": misconduct_ladder,
}


class TriedPolicy(NamedTuple):
    """The baseline, or another shipped scenario, with other settings and changes, for some months."""

    settings: Settings = Settings()
    changes: tuple[Change, ...] = ()
    months: int = 120
    scenario: str = "baseline"


class PolicyRuns(NamedTuple):
    """The runs in which policies are tried: the first so many, with other settings beside those of the policies.

    The other settings are taken first, so that a policy that sets the same has its way. They may say how many
    jurisdictions the same officials are in, as "size.jurisdictions".
    """

    number: int
    beside: Settings = Settings()


def scenario_of(policy: TriedPolicy, beside: Mapping[str, float] = Settings()) -> Scenario:
    """Return the scenario in which the policy is tried, with other settings beside it."""
    shipped = find_scenario(policy.scenario)
    n_jurisdictions = int(beside.get(_JURISDICTIONS, shipped.n_jurisdictions))
    others = {path: value for path, value in beside.items() if path != _JURISDICTIONS}
    parameters = replaced(shipped.parameters, {**others, **policy.settings})
    return replace(
        shipped,
        parameters=parameters,
        changes=policy.changes,
        months=policy.months,
        n_jurisdictions=n_jurisdictions,
    )


@lru_cache(maxsize=64)
def series_under(policy: TriedPolicy, runs: PolicyRuns | int) -> Floats:
    """Return the measures of the runs under a policy, shape (runs, months, N_MEASURES); an int is a number of runs."""
    number, beside = runs if isinstance(runs, PolicyRuns) else PolicyRuns(runs)
    return simulate(scenario_of(policy, beside), number).values


def under(*settings: Mapping[str, float]) -> TriedPolicy:
    """Return the baseline with these settings."""
    return TriedPolicy(Settings({path: value for part in settings for path, value in part.items()}))


def mean_of(
    measure: str, policy: TriedPolicy, runs: PolicyRuns | int, window: slice = slice(-WINDOW_MONTHS, None)
) -> Floats:
    """Return a measure's mean over some months of every run, shape (runs,); missing where it is in all of them."""
    values = series_under(policy, runs)[:, window, MEASURES.index(measure)]
    is_there = ~np.isnan(values)
    n = is_there.sum(axis=1)
    means: Floats = np.divide(np.where(is_there, values, 0.0).sum(axis=1), n, out=np.full(n.shape, np.nan), where=n > 0)
    return means


def gain(measure: str, policy: TriedPolicy, base: TriedPolicy, runs: PolicyRuns | int) -> Floats:
    """Return what a policy adds to a measure, run by run, shape (runs,)."""
    return mean_of(measure, policy, runs) - mean_of(measure, base, runs)


def months_until_back(policy: TriedPolicy, base: TriedPolicy, runs: PolicyRuns | int, since: int) -> Floats:
    """Return after how many months a year's innovation is within 5% of that under another policy, shape (runs,).

    The year is the one that ends with the month; a run in which innovation does not come back is missing.
    """
    place = MEASURES.index("innovation_rate")
    totals = [np.cumsum(series_under(tried, runs)[:, since:, place], axis=1) for tried in (policy, base)]
    years = [total[:, YEAR:] - total[:, :-YEAR] for total in totals]
    is_back = years[0] >= 0.95 * years[1]
    return np.where(is_back.any(axis=1), is_back.argmax(axis=1) + YEAR + 1.0, np.nan)


def baseline_parameters() -> Parameters:
    """Return the parameters of the baseline."""
    return scenario_of(TriedPolicy()).parameters


def severity_with_loss(path: str, factor: float) -> float:
    """Return the severity of a ladder at which a sanction's expected loss is this many times that of the baseline.

    `path` is that of the severity, for failures or for misconduct.
    """
    ladder, severity = _LADDERS[path], value_at(baseline_parameters(), path)
    target = factor * expected_loss(ladder(severity))
    found: float = brentq(lambda tried: expected_loss(ladder(tried)) - target, severity, 1.0, xtol=1e-12)
    return found

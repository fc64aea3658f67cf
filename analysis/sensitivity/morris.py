"""Morris' elementary effects of a stochastic model, by SALib, with what luck does to them.

An elementary effect is the change of the measure over a step of one factor, in units of the factor's whole range. Luck
makes effects differ from 0 where there are none, and mu_star, the mean of their sizes, cannot get below what luck
makes of it; so the verdict is "not enough runs" where more than half of the squared effects is luck. References: Morris
(1991); Campolongo, Cariboni & Saltelli (2007).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.sensitivity.verdicts import (
    LEAST_TRAJECTORIES,
    NEGLIGIBLE,
    SWAMPED,
    Analysis,
    Index,
    IndexName,
    Noise,
    Resampling,
    Verdict,
    about,
    verdict_of,
)

Floats = NDArray[np.float64]
_NAMES: tuple[IndexName, ...] = ("mu_star", "mu", "sigma")


def morris_rows(
    problem: dict[str, Any], points: Floats, values: Floats, is_common: bool, resampling: Resampling
) -> Analysis:
    """Return mu_star, mu and sigma of every factor for one measure, and what luck does beside.

    Parameters
    ----------
    problem : the factors as SALib wants them described.
    points : those of the design, shape (points, factors); values : shape (points, replications), NaN where missing.
    is_common : whether all points share the same luck.
    resampling : how often, and the generator.
    """
    n = len(problem["names"])
    needed = min(2, values.shape[1])
    is_there = ((~np.isnan(values)).sum(axis=1) >= needed).reshape(-1, n + 1).all(axis=1)
    left_out = int((~is_there).sum())
    trajectories = int(is_there.sum())
    if trajectories < (LEAST_TRAJECTORIES if left_out else 2):
        return _nothing(problem["names"], trajectories, left_out)
    used = np.repeat(is_there, n + 1)
    effects, squared_errors = elementary_effects(problem, points[used], values[used], is_common)
    found = _salib_indices(problem, points[used], values[used])
    resampled = _resampled(effects, resampling)
    luck = _share(squared_errors.mean(axis=0), (effects**2).mean(axis=0))
    largest = float(np.max(found[0]))
    indices = []
    for row, name in enumerate(_NAMES):
        for place, factor in enumerate(problem["names"]):
            value = float(found[row, place])
            low, high = about(value, resampled[:, row, place])
            low = max(low, 0.0) if name != "mu" else low
            verdict = verdict_of(value, low, high, NEGLIGIBLE * largest)
            if trajectories < LEAST_TRAJECTORIES or (verdict == "matters" and luck[place] > SWAMPED):
                verdict = "not enough runs"
            indices.append(Index(name, factor, value, low, high, verdict))
    return Analysis(indices, _noise(values[used], (effects, squared_errors), indices, left_out))


def elementary_effects(
    problem: dict[str, Any], points: Floats, values: Floats, is_common: bool
) -> tuple[Floats, Floats]:
    """Return the elementary effects and their squared standard errors, shape (trajectories, factors) each.

    The errors are 0 where one replication cannot tell.
    """
    n = len(problem["names"])
    low, high = np.array(problem["bounds"], dtype=np.float64).T
    steps = np.diff(((points - low) / (high - low)).reshape(-1, n + 1, n), axis=1)
    by_trajectory = values.reshape(-1, n + 1, values.shape[1])
    moved = np.argmax(np.abs(steps), axis=2)
    size = np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]
    rise = np.diff(np.nanmean(by_trajectory, axis=2), axis=1)
    error = np.zeros_like(rise)
    if values.shape[1] > 1:
        if is_common:
            error = _squared_error(np.diff(by_trajectory, axis=1))
        else:
            of_points = _squared_error(by_trajectory)
            error = of_points[:, 1:] + of_points[:, :-1]
    order = np.argsort(moved, axis=1)
    effects = np.take_along_axis(rise / size, order, axis=1)
    return effects, np.take_along_axis(error / size**2, order, axis=1)


def _squared_error(values: Floats) -> Floats:
    """Return the squared standard error of the mean over replications, the last axis."""
    n = (~np.isnan(values)).sum(axis=-1)
    middle = np.nansum(values, axis=-1, keepdims=True) / np.maximum(n, 1)[..., None]
    squares = np.nansum((values - middle) ** 2, axis=-1)
    return np.where(n > 1, squares / np.maximum(n - 1, 1) / np.maximum(n, 1), 0.0)


def _salib_indices(problem: dict[str, Any], points: Floats, values: Floats) -> Floats:
    """Return mu_star, mu and sigma, shape (3, factors)."""
    # Here and not above: SALib takes a second to load.
    from SALib.analyze import morris  # noqa: PLC0415

    found = morris.analyze(problem, points, np.nanmean(values, axis=1), num_resamples=2, seed=1)
    return np.array([np.asarray(found[name], dtype=np.float64) for name in _NAMES])


def _resampled(effects: Floats, resampling: Resampling) -> Floats:
    """Return mu_star, mu and sigma of resampled trajectories, shape (resamples, 3, factors)."""
    times, generator = resampling
    rows = generator.integers(len(effects), size=(times, len(effects)))
    drawn = effects[rows]
    return np.stack([np.abs(drawn).mean(axis=1), drawn.mean(axis=1), drawn.std(axis=1, ddof=1)], axis=1)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _noise(values: Floats, effects: tuple[Floats, Floats], indices: list[Index], left_out: int) -> Noise:
    sizes, squared_errors = effects
    variance, rows = float(np.var(np.nanmean(values, axis=1))), len(sizes)
    verdicts = {index.verdict for index in indices if index.name == "mu_star"}
    verdict: Verdict = "not enough runs" if "not enough runs" in verdicts else "matters"
    if values.shape[1] < 2:
        return Noise(variance, math.nan, math.nan, math.nan, rows, left_out, verdict)
    single = float(np.mean(np.nanvar(values, axis=1, ddof=1)))
    variance = max(variance - float(np.mean(_squared_error(values))), 0.0)
    share = single / (variance + single) if variance + single > 0 else math.nan
    left = float(squared_errors.mean() / (sizes**2).mean()) if np.any(sizes) else math.nan
    return Noise(variance, single, share, left, rows, left_out, verdict)


def _nothing(factors: list[str], rows: int, left_out: int) -> Analysis:
    """Return the analysis of a measure that is missing nearly everywhere: no index of the few rows that are left."""
    no = math.nan
    indices = [Index(name, factor, no, no, no, "not enough runs") for name in _NAMES for factor in factors]
    return Analysis(indices, Noise(no, no, no, no, rows, left_out, "not enough runs"))

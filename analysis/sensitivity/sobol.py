"""Sobol' indices of a stochastic model from the points of Saltelli's design, by SALib's estimators.

The estimators take the mean over replications for the model. What luck leaves in these means adds to the variance and
to the total indices, and under common random numbers to the first-order ones, too, by an amount that follows from how
replications differ; it is taken out (the same as using products of different replications only). References: Saltelli
et al. (2010), Jansen (1999); Iooss & Ribatet (2009) on stochastic models.
"""

from __future__ import annotations

import itertools
import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.sensitivity.verdicts import (
    LEAST_ROWS,
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
_ALL_ALIKE = 1e-24


class _Rows(NamedTuple):
    """Values by row of the design, shapes (rows, ...) with (..., replications) last if they are of single runs.

    `a` and `b` are the two samples, `ab` (rows, factors) is `a` with one factor from `b`; `ba` the other way round, of
    no factors if second-order indices are not wanted.
    """

    a: Floats
    b: Floats
    ab: Floats
    ba: Floats


class _NoiseOfRows(NamedTuple):
    """What luck adds, row by row, to the variance, and to the numerators of first, total and second-order indices."""

    variance: Floats
    first: Floats
    total: Floats
    second: Floats


def sobol_rows(
    problem: dict[str, Any], values: Floats, second_order: bool, is_common: bool, resampling: Resampling
) -> Analysis:
    """Return the Sobol' indices of one measure, and what luck does beside.

    Parameters
    ----------
    problem : the factors as SALib wants them described.
    values : shape (points, replications), in the order of the design; NaN where a value is missing.
    is_common : whether all points share the same luck.
    resampling : how often, and the generator.
    """
    factors: list[str] = problem["names"]
    by_row = values.reshape(-1, len(factors) * (2 if second_order else 1) + 2, values.shape[1])
    needed = min(2, values.shape[1])
    is_there = ((~np.isnan(by_row)).sum(axis=2) >= needed).all(axis=1)
    left_out = int((~is_there).sum())
    rows = int(is_there.sum())
    if rows < (LEAST_ROWS if left_out else 2):
        return _nothing(factors, rows, left_out)
    runs = _rows_of(by_row[is_there], len(factors))
    names = _names(factors, second_order)
    if float(np.nanmax(by_row[is_there]) - np.nanmin(by_row[is_there])) ** 2 <= _ALL_ALIKE:
        alike = [Index(index, factor, 0.0, 0.0, 0.0, "negligible") for index, factor in names]
        return Analysis(alike, Noise(0.0, 0.0, math.nan, math.nan, rows, left_out, "negligible"))
    noise = _noise_of(runs, is_common)
    found = _indices(_means(runs, None), noise, 1.0)
    resampled = _resampled(runs, noise, is_common, resampling)
    indices = []
    for place, (index, factor) in enumerate(names):
        low, high = about(found[place], resampled[:, place])
        value = float(found[place])
        verdict = verdict_of(value, low, high) if rows >= LEAST_ROWS else "not enough runs"
        indices.append(Index(index, factor, value, low, high, verdict))
    return Analysis(indices, _noise_told(runs, noise, indices, left_out))


def _names(factors: list[str], second_order: bool) -> list[tuple[IndexName, str]]:
    """Return the name and the factor of every index, in the order in which `_indices` gives them."""
    names: list[tuple[IndexName, str]] = [("first", factor) for factor in factors]
    names += [("total", factor) for factor in factors]
    if second_order:
        names += [("second", f"{one} x {other}") for one, other in itertools.combinations(factors, 2)]
    return names


def _nothing(factors: list[str], rows: int, left_out: int) -> Analysis:
    """Return the analysis of a measure that is missing nearly everywhere: no index of the few rows that are left."""
    no = math.nan
    indices = [Index(index, factor, no, no, no, "not enough runs") for index, factor in _names(factors, False)]
    return Analysis(indices, Noise(no, no, no, no, rows, left_out, "not enough runs"))


def _rows_of(by_row: Floats, n: int) -> _Rows:
    """Return what stands where in a row of the design: a, then ab of each factor, ba of each if wanted, then b."""
    return _Rows(by_row[:, 0], by_row[:, -1], by_row[:, 1 : n + 1], by_row[:, n + 1 : -1])


def _means(runs: _Rows, weights: Floats | None) -> _Rows:
    """Return the means over replications, each with a weight, shape (replications,), or all alike; centred on 0."""

    def mean(values: Floats) -> Floats:
        each = np.ones(values.shape[-1]) if weights is None else weights
        is_there = ~np.isnan(values)
        total, n = np.where(is_there, values, 0.0) @ each, is_there @ each
        # A point whose few values were not drawn keeps them all.
        plain = np.where(is_there, values, 0.0).sum(axis=-1) / is_there.sum(axis=-1)
        means: Floats = np.divide(total, n, out=plain, where=n > 0)
        return means

    means = [mean(values) if values.size else values[..., 0] for values in runs]
    middle = sum(float(part.sum()) for part in means) / sum(part.size for part in means)
    return _Rows(*(part - middle for part in means))  # the estimators are biased far away from 0


def _noise_of(runs: _Rows, is_common: bool) -> _NoiseOfRows:
    """Return what luck adds to the estimators by way of the means, 0 where one replication cannot tell."""
    n, pairs = runs.ab.shape[1], list(itertools.combinations(range(runs.ba.shape[1]), 2))
    if runs.a.shape[-1] < 2:
        rows = len(runs.a)
        return _NoiseOfRows(np.zeros(rows), np.zeros((rows, n)), np.zeros((rows, n)), np.zeros((rows, len(pairs))))
    a, b = runs.a[:, None], runs.b[:, None]
    if not is_common:
        of_a, of_b = _error(runs.a), _error(runs.b)
        total = (of_a[:, None] + _error(runs.ab)) / 2
        return _NoiseOfRows((of_a + of_b) / 2, np.zeros_like(total), total, np.zeros((len(of_a), len(pairs))))
    # Luck that moves all points alike moves no difference between them.
    shared = np.nanmean(np.concatenate([runs.a, runs.b]), axis=0)
    variance = (_error(runs.a - shared) + _error(runs.b - shared)) / 2
    own = _shared_error(runs.a, runs.b)
    second = np.zeros((len(runs.a), len(pairs)))
    for place, (j, k) in enumerate(pairs):
        second[:, place] = _shared_error(runs.ba[:, j], runs.ab[:, k]) - own
    return _NoiseOfRows(variance, _shared_error(b, runs.ab - a), _error(a - runs.ab) / 2, second)


def _error(values: Floats) -> Floats:
    """Return the squared standard error of the mean over replications."""
    return _shared_error(values, values)


def _shared_error(one: Floats, other: Floats) -> Floats:
    """Return the covariance of two means over replications with the same luck."""
    both = one * other
    n = (~np.isnan(both)).sum(axis=-1)
    x = np.where(np.isnan(both), np.nan, one)
    y = np.where(np.isnan(both), np.nan, other)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle_x = np.nansum(x, axis=-1, keepdims=True) / n[..., None]
        middle_y = np.nansum(y, axis=-1, keepdims=True) / n[..., None]
        covariance = np.nansum((x - middle_x) * (y - middle_y), axis=-1) / (n - 1) / n
    return np.where(n > 1, covariance, 0.0)


def _indices(means: _Rows, noise: _NoiseOfRows, times: float) -> Floats:
    """Return first, total and second-order indices, one after the other, without so many times the noise."""
    # Here and not above: SALib takes a second to load.
    from SALib.analyze.sobol import first_order, second_order, total_order  # noqa: PLC0415

    n = means.ab.shape[1]
    raw_variance = float(np.var(np.concatenate([means.a, means.b])))
    variance = raw_variance - times * float(noise.variance.mean())
    if variance <= 0.0:
        n_pairs = noise.second.shape[1]
        return np.full(2 * n + n_pairs, np.nan)
    a, b = (np.repeat(column[:, None], n, axis=1) for column in (means.a, means.b))
    raw_first, raw_total = first_order(a, means.ab, b), total_order(a, means.ab, b)
    first = (raw_first * raw_variance - times * noise.first.mean(axis=0)) / variance
    total = (raw_total * raw_variance - times * noise.total.mean(axis=0)) / variance
    second = []
    for place, (j, k) in enumerate(itertools.combinations(range(means.ba.shape[1]), 2)):
        raw = second_order(means.a, means.ab[:, j], means.ab[:, k], means.ba[:, j], means.b)
        closed = (raw + raw_first[j] + raw_first[k]) * raw_variance - times * noise.second[:, place].mean()
        second.append(closed / variance - first[j] - first[k])
    return np.concatenate([first, total, np.array(second)])


def _resampled(runs: _Rows, noise: _NoiseOfRows, is_common: bool, resampling: Resampling) -> Floats:
    """Return the indices of resampled rows, and replications if they are common, shape (resamples, indices)."""
    times, generator = resampling
    n_rows, n_replications = len(runs.a), runs.a.shape[-1]
    draws_luck = is_common and n_replications > 1
    means, share = _means(runs, None), 1.0
    found = []
    for _ in range(times):
        if draws_luck:
            weights = np.bincount(generator.integers(n_replications, size=n_replications), minlength=n_replications)
            means = _means(runs, weights.astype(np.float64))
            share = 2.0 - 1.0 / n_replications  # the luck that was there, and that of drawing from it
        rows = generator.integers(n_rows, size=n_rows)
        found.append(
            _indices(_Rows(*(values[rows] for values in means)), _NoiseOfRows(*(of[rows] for of in noise)), share)
        )
    resampled = np.array(found)
    # Where hardly any variance is left without noise some resamples have none: then nothing can be said.
    resampled[:, np.isnan(resampled).any(axis=0)] = np.nan
    return resampled


def _noise_told(runs: _Rows, noise: _NoiseOfRows, indices: list[Index], left_out: int) -> Noise:
    means = _means(runs, None)
    raw_variance = float(np.var(np.concatenate([means.a, means.b])))
    totals = [index.verdict for index in indices if index.name == "total"]
    verdict: Verdict = "not enough runs" if "not enough runs" in totals else "matters"
    rows = len(means.a)
    if runs.a.shape[-1] < 2:
        return Noise(raw_variance, math.nan, math.nan, math.nan, rows, left_out, verdict)
    left = float(noise.variance.mean())
    variance = max(raw_variance - left, 0.0)
    single = float(np.mean(np.nanvar(np.concatenate([runs.a, runs.b]), axis=-1, ddof=1)))
    return Noise(variance, single, single / (variance + single), left / raw_variance, rows, left_out, verdict)

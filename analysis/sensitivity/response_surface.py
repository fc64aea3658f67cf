"""A difference of two measures over a plane: mean and bootstrap interval at every point of a lattice, and its zeros.

The interval at a point is an expanded percentile interval (Hesterberg 2015): the plain one is too narrow for few
replications. By simulation it holds the mean of bell-shaped values in about 95% of cases with 20 replications, in 91%
with 5. Where it includes 0 the sign is not known: these points are the band around the line where the difference
is 0. The band holds point by point, not for the whole line at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from analysis.statistics.paired_effects import CONFIDENCE

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_VALUES_AT_ONCE = 4_000_000


class Lattice(NamedTuple):
    """Where the model was run on a lattice of y (rows) and x (columns), both ascending, and what came out.

    `mean`, `low` and `high` have the shape (y, x); where `is_run` is false they are interpolated.
    """

    y: Floats
    x: Floats
    mean: Floats
    low: Floats
    high: Floats
    is_run: Booleans


class Crossing(NamedTuple):
    """Where a row or column of the lattice crosses 0, and the band around it; NaN where it is open on that side."""

    at: float
    low: float
    high: float
    rises: bool


class Bootstrap(NamedTuple):
    """How often to draw replications, whether all points share their luck, and from which seed."""

    resamples: int
    is_common: bool
    seed: int


def intervals_by_bootstrap(values: Floats, bootstrap: Bootstrap) -> tuple[Floats, Floats, Floats]:
    """Return the mean over replications and the ends of its 95% interval, shape (points,) each.

    Parameters
    ----------
    values : shape (points, replications); missing ones (NaN) are left out. One replication gives no interval.
    """
    n = (~np.isnan(values)).sum(axis=1)
    filled = np.where(np.isnan(values), 0.0, values)
    mean = np.divide(filled.sum(axis=1), n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = np.full(len(n), np.nan), np.full(len(n), np.nan)
    generator = np.random.default_rng(bootstrap.seed)
    shared = _weights(generator, bootstrap.resamples, values.shape[1]) if bootstrap.is_common else None
    for part in _parts(len(n), max(bootstrap.resamples, bootstrap.resamples * values.shape[1] // 8)):
        drawn = _resampled_means(values[part], shared, generator, bootstrap.resamples)
        for count in np.unique(n[part]):
            chosen = n[part] == count
            if count > 1:
                ends = np.nanquantile(drawn[chosen], _expanded(int(count)), axis=1)
                low[part][chosen], high[part][chosen] = ends
    return mean, low, high


def _resampled_means(values: Floats, shared: Floats | None, generator: np.random.Generator, resamples: int) -> Floats:
    """Return the means of drawn replications, shape (points, resamples)."""
    is_there = ~np.isnan(values)
    filled = np.where(is_there, values, 0.0)
    if shared is not None:
        total, n = filled @ shared.T, is_there @ shared.T
        of_drawn: Floats = np.divide(total, n, out=np.full(total.shape, np.nan), where=n > 0)
        return of_drawn
    # Each point draws from its own replications: those that are there come first.
    order = np.argsort(~is_there, axis=1, kind="stable")
    packed, n = np.take_along_axis(filled, order, axis=1), is_there.sum(axis=1)
    most = values.shape[1]
    places = (generator.random((len(values), resamples, most)) * np.maximum(n, 1)[:, None, None]).astype(np.int64)
    drawn = np.take_along_axis(packed[:, None, :], places, axis=2)
    counts = np.arange(most) < n[:, None, None]
    means: Floats = np.where(counts, drawn, 0.0).sum(axis=2) / np.maximum(n, 1)[:, None]
    return means


def _weights(generator: np.random.Generator, resamples: int, n: int) -> Floats:
    """Return how often each replication is drawn, shape (resamples, n)."""
    drawn = generator.integers(n, size=(resamples, n))
    counts = np.zeros((resamples, n))
    np.add.at(counts, (np.arange(resamples)[:, None], drawn), 1.0)
    return counts


def _parts(n: int, values_each: int) -> Iterator[slice]:
    size = max(1, _VALUES_AT_ONCE // values_each)
    for first in range(0, n, size):
        yield slice(first, first + size)


def _expanded(n: int) -> tuple[float, float]:
    """Return the shares of the bootstrap's distribution between which the 95% interval of n values lies."""
    quantile = float(stdtrit(n - 1, 0.5 - CONFIDENCE / 2))
    share = float(ndtr(math.sqrt(n / (n - 1)) * quantile))
    return share, 1.0 - share


def halved(lattice: Lattice) -> Lattice:
    """Return a lattice with a line between any two, interpolated where nothing was run."""
    y, x = _between(lattice.y), _between(lattice.x)
    is_run = np.zeros((len(y), len(x)), dtype=np.bool_)
    is_run[::2, ::2] = lattice.is_run
    return Lattice(y, x, _doubled(lattice.mean), _doubled(lattice.low), _doubled(lattice.high), is_run)


def _between(values: Floats) -> Floats:
    """Return values with the middle of any two, as a decimal number without a rounding error where it can be one."""
    finer = np.empty(2 * len(values) - 1)
    finer[::2] = values
    finer[1::2] = [float(f"{middle:.12g}") for middle in (values[1:] + values[:-1]) / 2]
    return finer


def _doubled(values: Floats) -> Floats:
    """Return values on a lattice twice as fine, interpolated."""
    rows, columns = values.shape
    finer = np.empty((2 * rows - 1, 2 * columns - 1))
    finer[::2, ::2] = values
    finer[1::2, ::2] = (values[1:] + values[:-1]) / 2
    finer[:, 1::2] = (finer[:, 2::2] + finer[:, :-2:2]) / 2
    return finer


def cells_to_refine(lattice: Lattice, fast: float) -> Booleans:
    """Return which cells the line runs through or the mean changes in by more than `fast`, shape (y - 1, x - 1)."""
    corners = np.stack([lattice.mean[:-1, :-1], lattice.mean[1:, :-1], lattice.mean[:-1, 1:], lattice.mean[1:, 1:]])
    least, most = corners.min(axis=0), corners.max(axis=0)
    chosen: Booleans = ((least <= 0.0) & (most >= 0.0)) | (most - least > fast)
    return chosen


def new_nodes(cells: Booleans, finer: Lattice) -> NDArray[np.int64]:
    """Return the rows and columns in a finer lattice of the nodes that refined cells need, shape (nodes, 2)."""
    wanted = np.zeros(finer.is_run.shape, dtype=np.bool_)
    rows, columns = np.nonzero(cells)
    for down in range(3):
        for right in range(3):
            wanted[2 * rows + down, 2 * columns + right] = True
    nodes: NDArray[np.int64] = np.argwhere(wanted & ~finer.is_run)
    return nodes


def crossings(at: Floats, mean: Floats, low: Floats, high: Floats) -> list[Crossing]:
    """Return where a curve crosses 0, with the band in which its sign is not known, all of shape (n,)."""
    found = []
    for k in range(len(at) - 1):
        if math.isnan(mean[k]) or math.isnan(mean[k + 1]) or (mean[k] < 0.0) == (mean[k + 1] < 0.0):
            continue
        rises = bool(mean[k] < 0.0)
        zero = _zero(at, mean, k)
        left = _edge((at, low, high), k, -1, not rises)
        right = _edge((at, low, high), k + 1, 1, rises)
        found.append(Crossing(zero, min(left, zero), max(right, zero), rises))
    return found


def _edge(curves: tuple[Floats, Floats, Floats], start: int, step: int, is_positive: bool) -> float:
    """Return where, going from a node in one direction, the sign becomes known; NaN if it does not."""
    at, low, high = curves
    curve = low if is_positive else high
    k = start
    while 0 <= k < len(at):
        if (curve[k] > 0.0) if is_positive else (curve[k] < 0.0):
            return _zero(at, curve, min(k, k - step))
        if (high[k] < 0.0) if is_positive else (low[k] > 0.0):
            return math.nan  # the other sign is known there: another crossing lies between
        k += step
    return math.nan


def _zero(at: Floats, curve: Floats, k: int) -> float:
    """Return where the straight line between nodes k and k + 1 is 0, or the end that is nearer to it."""
    rise = curve[k + 1] - curve[k]
    share = -curve[k] / rise if rise else 0.0
    return float(at[k] + min(max(share, 0.0), 1.0) * (at[k + 1] - at[k]))

"""The posterior by regression: the rows of a table nearest to what was observed, moved to where it lies.

Weights after Epanechnikov; the adjustment is linear and corrects the spread, too (Beaumont, Zhang and Balding 2002;
Blum and Francois 2010): without the correction of the spread, intervals were found too narrow by the check.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.ranges import Floats, Ranges
from analysis.inference.summaries import Summaries, learned_summaries

_NEAREST = 500
_LEAST_NEAREST = 50
_PART_OF_A_TABLE = 8  # of a small table not more than this part counts as near
_MOST_STRETCH = 2.0  # the logarithm of the greatest factor by which a spread is corrected
_VARIANCE_OF_LOG_SQUARE = np.pi**2 / 2.0
_TINY = 1e-12


@dataclass(frozen=True)
class RegressionPosterior:
    """Weighted points, shape (points, parameters), and how far the farthest of them lies from what was observed."""

    ranges: Ranges
    values: Floats
    weights: Floats
    farthest: float

    @property
    def means(self) -> Floats:
        """Return the mean of each parameter."""
        means: Floats = self.weights @ self.values
        return means

    @property
    def covariance(self) -> Floats:
        """Return the covariance of the parameters."""
        apart = self.values - self.means
        covariance: Floats = (self.weights[:, np.newaxis] * apart).T @ apart
        return covariance

    def quantiles(self, levels: Floats) -> Floats:
        """Return quantiles, shape (levels, parameters)."""
        columns = []
        for column in self.values.T:
            order = np.argsort(column)
            steps = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
            columns.append(np.interp(levels, steps, column[order]))
        return np.column_stack(columns)

    def ranks(self, truth: Floats) -> Floats:
        """Return the weight of the points below a value, for each parameter."""
        below: Floats = self.weights @ (self.values < truth)
        return below

    def draws(self, n: int, seed: int) -> Floats:
        """Return so many points of equal weight in a random order, shape (n, parameters)."""
        random = np.random.default_rng([seed, n])
        places = np.searchsorted(np.cumsum(self.weights), (np.arange(n) + random.random()) / n)
        chosen: Floats = self.values[random.permutation(np.minimum(places, len(self.values) - 1))]
        return chosen


@dataclass(frozen=True)
class Learned:
    """A table and what was learned from it: summaries and logits of its rows, shape (rows, parameters)."""

    ranges: Ranges
    summaries: Summaries
    of_rows: Floats
    logits: Floats
    spread: Floats

    def posterior(self, observed: Floats) -> RegressionPosterior:
        """Return the posterior given statistics, shape (statistics,)."""
        target = self.summaries.of(observed[np.newaxis])[0]
        distance = np.sqrt((((self.of_rows - target) / self.spread) ** 2).sum(axis=1))
        near = np.argpartition(distance, number_near(len(distance)) - 1)[: number_near(len(distance))]
        near = near[np.argsort(distance[near], kind="stable")]
        farthest = float(distance[near[-1]])
        weights = np.maximum(1.0 - (distance[near] / max(farthest, _TINY)) ** 2, _TINY)
        weights /= weights.sum()
        moved = _adjusted((self.of_rows[near] - target) / self.spread, self.logits[near], weights)
        return RegressionPosterior(self.ranges, self.ranges.from_logit(moved), weights, farthest)


def number_near(n_rows: int) -> int:
    """Return how many rows of a table count as near."""
    return min(n_rows, _NEAREST, max(n_rows // _PART_OF_A_TABLE, _LEAST_NEAREST))


def learned(ranges: Ranges, points: Floats, statistics: Floats) -> Learned:
    """Return what a table teaches: points (rows, parameters), statistics with noise (rows, statistics)."""
    logits = ranges.to_logit(points)
    summaries = learned_summaries(statistics, logits)
    of_rows = summaries.of(statistics)
    spread = of_rows.std(axis=0)
    return Learned(ranges, summaries, of_rows, logits, np.where(spread > _TINY, spread, 1.0))


def _adjusted(apart: Floats, logits: Floats, weights: Floats) -> Floats:
    """Return logits moved to apart = 0 by weighted regressions, of the logits and of the spread about them."""
    centre = weights @ apart
    centred = apart - centre
    middle = weights @ logits
    slopes = _slopes(centred, logits - middle, weights)
    residuals = logits - middle - centred @ slopes
    log_spread = np.log(residuals**2 + _TINY)
    growth = _shrunk_slopes(centred, log_spread - weights @ log_spread, weights)
    factor = np.exp(np.clip(-(apart @ growth) / 2.0, -_MOST_STRETCH, _MOST_STRETCH))
    adjusted: Floats = middle - centre @ slopes + residuals * factor
    return adjusted


def _slopes(centred: Floats, values: Floats, weights: Floats) -> Floats:
    root: Floats = np.sqrt(weights)[:, np.newaxis]
    slopes: Floats = np.linalg.lstsq(root * centred, root * values, rcond=None)[0].astype(np.float64)
    return slopes


def _shrunk_slopes(centred: Floats, log_spread: Floats, weights: Floats) -> Floats:
    """Return slopes of the spread, after James and Stein less what chance alone would give them.

    The logarithm of a squared residual scatters with a variance of pi squared over 2 even if the spread is the same
    everywhere. With many parameters that few data tell, slopes that are nothing but this would make intervals narrow.
    """
    slopes = _slopes(centred, log_spread, weights)
    fitted = centred @ slopes
    n_effective = 1.0 / float(weights @ weights)
    by_data = n_effective * (weights @ fitted**2) / _VARIANCE_OF_LOG_SQUARE
    by_chance = max(centred.shape[1] - 2, 0)
    kept = np.maximum(0.0, 1.0 - by_chance / np.maximum(by_data, _TINY))
    return np.asarray(slopes * kept, dtype=np.float64)

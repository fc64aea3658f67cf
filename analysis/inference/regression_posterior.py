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
_TINY = 1e-12


@dataclass(frozen=True)
class Posterior:
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

    def posterior(self, observed: Floats) -> Posterior:
        """Return the posterior given statistics, shape (statistics,)."""
        target = self.summaries.of(observed[np.newaxis])[0]
        distance = np.sqrt((((self.of_rows - target) / self.spread) ** 2).sum(axis=1))
        near = np.argpartition(distance, number_near(len(distance)) - 1)[: number_near(len(distance))]
        near = near[np.argsort(distance[near], kind="stable")]
        farthest = float(distance[near[-1]])
        weights = np.maximum(1.0 - (distance[near] / max(farthest, _TINY)) ** 2, _TINY)
        weights /= weights.sum()
        moved = _adjusted((self.of_rows[near] - target) / self.spread, self.logits[near], weights)
        return Posterior(self.ranges, self.ranges.from_logit(moved), weights, farthest)


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
    basis = np.column_stack([np.ones(len(apart)), apart])
    root = np.sqrt(weights)[:, np.newaxis]

    def fitted(values: Floats) -> tuple[Floats, Floats]:
        coefficients, *_ = np.linalg.lstsq(root * basis, root * values, rcond=None)
        return coefficients[0], basis @ coefficients

    at_target, everywhere = fitted(logits)
    residuals = logits - everywhere
    log_spread_at_target, log_spread = fitted(np.log(residuals**2 + _TINY))
    factor = np.exp(np.clip((log_spread_at_target - log_spread) / 2.0, -_MOST_STRETCH, _MOST_STRETCH))
    adjusted: Floats = at_target + residuals * factor
    return adjusted

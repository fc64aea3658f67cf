"""Summaries of simulated statistics: for each parameter the best guess at it that a regression makes of them.

Fearnhead and Prangle (2012): the posterior mean is the summary that loses least, and a regression over the table
approximates it. The statistics are put on a scale that is linear near 0 and logarithmic far from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.ranges import Floats

_STEEPNESS = 20.0
_RIDGE = 0.1


@dataclass(frozen=True)
class Summaries:
    """A regression of the logits of parameters on statistics: `of` gives the fitted values."""

    mean: Floats
    sd: Floats
    coefficients: Floats

    def of(self, statistics: Floats) -> Floats:
        """Return the summaries of statistics, shape (rows, parameters), from shape (rows, statistics)."""
        fitted: Floats = _features((_scaled(statistics) - self.mean) / self.sd) @ self.coefficients
        return fitted


def learned_summaries(statistics: Floats, logits: Floats) -> Summaries:
    """Return the summaries that rows of a table teach: statistics (rows, statistics), logits (rows, parameters)."""
    scaled = _scaled(statistics)
    mean, sd = scaled.mean(axis=0), scaled.std(axis=0)
    sd = np.where(sd > 0.0, sd, 1.0)
    features = _features((scaled - mean) / sd)
    square = features.T @ features + _RIDGE * np.eye(features.shape[1])
    coefficients = np.asarray(np.linalg.solve(square, features.T @ logits), dtype=np.float64)
    return Summaries(mean, np.asarray(sd, dtype=np.float64), coefficients)


def _scaled(statistics: Floats) -> Floats:
    scaled: Floats = np.sign(statistics) * np.log1p(_STEEPNESS * np.abs(statistics))
    return scaled


def _features(z: Floats) -> Floats:
    """Return 1, every statistic, all products of two, and all cubes."""
    first, second = np.triu_indices(z.shape[1])
    return np.column_stack([np.ones(len(z)), z, z[:, first] * z[:, second], z**3])

"""The ranges that parameters and nuisances are drawn from, and the logit scale over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]
_NEAREST_TO_AN_END = 1e-6


@dataclass(frozen=True)
class Ranges:
    """Priors: for each of `names` the ends of its range, shape (names,), within which it is uniform.

    `of_draws` has the variance of what is drawn from a file instead, NaN of what is uniform; None if all is.
    """

    names: tuple[str, ...]
    low: Floats
    high: Floats
    of_draws: Floats | None = None

    @property
    def widths(self) -> Floats:
        """Return how wide each range is."""
        return self.high - self.low

    @property
    def variances(self) -> Floats:
        """Return the variance of each prior."""
        uniform: Floats = self.widths**2 / 12.0
        return uniform if self.of_draws is None else np.where(np.isnan(self.of_draws), uniform, self.of_draws)

    def to_logit(self, values: Floats) -> Floats:
        """Return values within the ranges on the logit scale, shape (..., names)."""
        shares = (values - self.low) / self.widths
        found: Floats = logit(np.clip(shares, _NEAREST_TO_AN_END, 1.0 - _NEAREST_TO_AN_END))
        return found

    def from_logit(self, logits: Floats) -> Floats:
        """Return values of the logit scale within the ranges, shape (..., names)."""
        values: Floats = self.low + self.widths * expit(logits)
        return values

    def within(self, low: Floats, high: Floats) -> Ranges:
        """Return the ranges narrowed to a box."""
        return Ranges(self.names, np.maximum(self.low, low), np.minimum(self.high, high), self.of_draws)

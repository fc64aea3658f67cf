"""A box: limits on some factors, and what the points inside it are like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, betaincinv

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Side = Literal["above", "below"]
SIDES: tuple[Side, Side] = ("above", "below")

_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Box:
    """The values of every factor inside: from `low` to `high`, shape (factors,); infinite where there is no limit."""

    low: Floats
    high: Floats

    def holds(self, points: Floats) -> Truths:
        """Tell which points, shape (points, factors), lie inside."""
        within = (points >= self.low) & (points <= self.high)
        inside: Truths = np.all(within, axis=1)
        return inside

    def limits(self) -> list[tuple[int, Side]]:
        """Return the limits: the number of the factor and the side on which the inside lies."""
        ends = {"above": self.low, "below": self.high}
        return [(factor, side) for factor in range(len(self.low)) for side in SIDES if np.isfinite(ends[side][factor])]

    def end(self, factor: int, side: Side) -> float:
        """Return where a limit lies."""
        return float((self.low if side == "above" else self.high)[factor])

    def encloses(self, other: Box) -> bool:
        """Tell whether another box, which has limits on the same factors and sides, lies within this one."""
        is_within = (other.low >= self.low) & (other.high <= self.high)
        return self.limits() == other.limits() and bool(np.all(is_within))

    def with_end(self, factor: int, side: Side, at: float | None) -> Box:
        """Return the box with a limit elsewhere, or without it."""
        low, high = self.low.copy(), self.high.copy()
        if side == "above":
            low[factor] = -np.inf if at is None else at
        else:
            high[factor] = np.inf if at is None else at
        return Box(low, high)


class MeasuredBox(NamedTuple):
    """How often the condition holds inside (density, with its 95% interval), and its share that lies inside (coverage).

    `mass` is the share of all points inside, `base_rate` how often the condition holds among all.
    """

    density: float
    low: float
    high: float
    coverage: float
    mass: float
    base_rate: float


def whole_box(n_factors: int) -> Box:
    """Return the box without limits."""
    return Box(np.full(n_factors, -np.inf), np.full(n_factors, np.inf))


def measured(inside: Truths, holds: Floats) -> MeasuredBox:
    """Return what points inside are like; `holds` is the share of each point's runs in which the condition holds.

    The interval is that of Clopper and Pearson, with points as the trials.
    """
    n, k, total = int(inside.sum()), float(holds[inside].sum()), float(holds.sum())
    if n == 0:
        return MeasuredBox(np.nan, np.nan, np.nan, 0.0, 0.0, float(holds.mean()))
    tail = (1.0 - _CONFIDENCE) / 2
    low = float(betaincinv(k, n - k + 1.0, tail)) if k > 0.0 else 0.0
    high = float(betaincinv(k + 1.0, n - k, 1.0 - tail)) if k < n else 1.0
    coverage = k / total if total else 0.0
    return MeasuredBox(k / n, low, high, coverage, n / len(holds), float(holds.mean()))


def chance_of_limit(box: Box, limit: tuple[int, Side], points: Floats, holds: Floats) -> float:
    """Return how likely so high a density were by luck alone if the limit said nothing (a one-sided quasi-p).

    It is small by selection, too, so it orders limits and drops poor ones; it proves nothing.
    """
    without = box.with_end(*limit, None).holds(points)
    inside = box.holds(points)
    n, k = int(inside.sum()), round(float(holds[inside].sum()))
    if n == 0 or int(without.sum()) == n:
        return 1.0
    rate = float(holds[without].mean())
    return float(bdtrc(k - 1, n, rate)) if k > 0 else 1.0


def overlap(one: Truths, other: Truths) -> float:
    """Return the points in both sets among those in either (Jaccard's index); 1 for two empty ones."""
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either else 1.0

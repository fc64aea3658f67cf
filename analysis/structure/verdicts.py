"""What two intervals allow to say of a finding under another structure: does it survive?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.evidence.fact_comparisons import Comparison, Unit
from analysis.statistics.paired_effects import intervals_of
from model.parameters import Range

Verdict = Literal[
    "survives",
    "survives, weaker",
    "depends on the level",
    "fails",
    "not enough runs",
    "survives as it comes out",
    "cannot be anchored",
    "not found by default",
    "appears",
]

# An effect this near to 0 is none: half a percentage point, of other units this part of the default's effect.
_NO_POINTS = 0.005
_NO_PART = 0.05
_WEAKER = 1.0 / 3.0


@dataclass(frozen=True)
class Effect:
    """A comparison under one structure: its mean over runs and 95% interval, and the range expected of it."""

    mean: float
    low: float
    high: float
    expected: Range
    unit: Unit

    @property
    def holds(self) -> bool:
        """Tell whether the interval lies on the expected side."""
        return self.low >= self.expected[0] and self.high <= self.expected[1]

    @property
    def is_contrary(self) -> bool:
        """Tell whether the interval lies wholly on another side."""
        return self.high < self.expected[0] or self.low > self.expected[1]


def effect_of(comparison: Comparison) -> Effect:
    """Return a comparison's mean and interval; a run in which it cannot be worked out is left out."""
    values = np.where(np.isfinite(comparison.values), comparison.values, np.nan)
    mean, low, high, _ = (float(number.item()) for number in intervals_of(values[:, np.newaxis]))
    return Effect(mean, low, high, comparison.expected, comparison.unit)


def verdict_of(by_default: Effect, as_is: Effect, anchored: Effect | None) -> Verdict:
    """Return what can be said of a finding under a structure; `anchored` is None where no anchor was found.

    A finding that the default does not have cannot survive: it is said whether it appears. Where there is no anchor,
    only the effect as it comes out can be judged; if it does not hold, nobody can tell whether the level is to blame.
    """
    if not by_default.holds:
        appears = as_is.holds and anchored is not None and anchored.holds
        return "appears" if appears else "not found by default"
    if anchored is None:
        return "survives as it comes out" if as_is.holds else "cannot be anchored"
    if as_is.holds and anchored.holds and not is_none(by_default, anchored):
        return "survives, weaker" if abs(anchored.mean) < _WEAKER * abs(by_default.mean) else "survives"
    if as_is.holds != anchored.holds:
        return "depends on the level"
    return "fails" if fails(by_default, anchored) else "not enough runs"


def fails(by_default: Effect, anchored: Effect) -> bool:
    """Tell whether an effect is surely none, or surely the contrary."""
    return anchored.is_contrary or is_none(by_default, anchored)


def is_none(by_default: Effect, anchored: Effect) -> bool:
    """Tell whether an effect is so near to 0, with its whole interval, that it is none; a missing one is not."""
    nothing = _NO_POINTS if anchored.unit == "points" else _NO_PART * abs(by_default.mean)
    return anchored.low >= -nothing and anchored.high <= nothing

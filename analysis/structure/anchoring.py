"""Re-anchoring: the costs of effort at which a structure has the baseline's shares of actions again.

A rule that makes nearly everybody idle cannot show an effect on innovation, whatever it says of how people decide. So
findings are looked at as they come out, and with `work.innovation_effort` and `work.routine_effort` such that
innovation and inaction are as common in the baseline as under expected utility.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.evidence.tried_policies import Floats, PolicyRuns, TriedPolicy, mean_of, scenario_of
from model.parameters import about, value_at
from model.scenario import Settings

EFFORTS = ("work.innovation_effort", "work.routine_effort")
_RATES = ("innovation_rate", "inaction_rate")
_RUNS = 6
_MOST_STEPS = 14
_CLOSE_ENOUGH = 0.003
_LONGEST_STEP = 0.25
_PROBE = 0.05


@dataclass(frozen=True)
class Anchor:
    """The two efforts, how far the two rates then are from the baseline's at most, and whether that is near enough."""

    innovation_effort: float
    routine_effort: float
    distance: float
    is_found: bool

    @property
    def settings(self) -> Settings:
        """Return the efforts as settings."""
        return Settings(dict(zip(EFFORTS, (self.innovation_effort, self.routine_effort), strict=True)))

    @property
    def is_plausible(self) -> bool:
        """Tell whether both efforts lie in their plausible ranges."""
        return all(_is_plausible(path, value) for path, value in self.settings.items())


def _is_plausible(path: str, value: float) -> bool:
    low, high = about(path).plausible or about(path).bounds
    return low <= value <= high


def rates_under(beside: Settings) -> Floats:
    """Return how common innovation and inaction are in the baseline with settings beside it, over a few runs."""
    baseline, runs = TriedPolicy(), PolicyRuns(_RUNS, beside)
    return np.array([mean_of(rate, baseline, runs).mean() for rate in _RATES])


def anchor_of(beside: Settings, wanted: Floats) -> Anchor:
    """Return the efforts at which the rates are the wanted ones, shape (2,), by damped steps of Broyden's method.

    The same few runs are used at every step, so that luck moves nothing; at most 14 steps are taken.
    """
    lowest = np.array([about(path).bounds[0] for path in EFFORTS])

    def missed(efforts: Floats) -> Floats:
        return rates_under(Settings({**beside, **dict(zip(EFFORTS, efforts, strict=True))})) - wanted

    parameters = scenario_of(TriedPolicy(), beside).parameters
    at = np.array([value_at(parameters, path) for path in EFFORTS])
    misses = missed(at)
    best, least = at, misses
    if not _is_near(misses):
        slopes = np.column_stack([(missed(at + _PROBE * unit) - misses) / _PROBE for unit in np.eye(2)])
        for _ in range(_MOST_STEPS):
            step = np.clip(-np.linalg.lstsq(slopes, misses, rcond=None)[0], -_LONGEST_STEP, _LONGEST_STEP)
            after = np.maximum(at + step, lowest)
            step = after - at
            if not step.any():
                break
            now = missed(after)
            slopes = slopes + np.outer(now - misses - slopes @ step, step) / (step @ step)
            at, misses = after, now
            if np.abs(misses).max() < np.abs(least).max():
                best, least = at, misses
            if _is_near(misses):
                break
    distance = float(np.abs(least).max())
    return Anchor(float(best[0]), float(best[1]), distance, _is_near(least))


def _is_near(misses: Floats) -> bool:
    return bool(np.abs(misses).max() <= _CLOSE_ENOUGH)

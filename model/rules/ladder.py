"""The ladder of sanctions: reminder, light, heavy, dismissal (model.md, 6).

Severity is the mean rung divided by 3. The distribution with that mean is the observed one (ccdi_2023) tilted
exponentially, the nearest to it in relative entropy.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled
from model.numerics import exponential
from model.parameters import LADDER_FREEZES_MONTHS, LADDER_LOSSES, LADDER_SHARES
from model.vocabulary import Counts

_STEEPEST_TILT = 200.0
_PRECISION = 1e-14
_MOST_STEPS = 100


class Ladder(NamedTuple):
    """The probability of each rung."""

    reminder: float
    light: float
    heavy: float
    dismissal: float


@compiled
def tilted(tilt: float) -> Ladder:
    """Return the observed ladder with its rungs weighted by e**(tilt * rung)."""
    # Weights relative to the rung that the tilt favours most, so that none overflows.
    offset = 3.0 if tilt > 0.0 else 0.0
    reminder = LADDER_SHARES[0] * exponential(-tilt * offset)
    light = LADDER_SHARES[1] * exponential(tilt * (1.0 - offset))
    heavy = LADDER_SHARES[2] * exponential(tilt * (2.0 - offset))
    dismissal = LADDER_SHARES[3] * exponential(tilt * (3.0 - offset))
    total = reminder + light + heavy + dismissal
    return Ladder(reminder / total, light / total, heavy / total, dismissal / total)


@compiled
def mean_rung(ladder: Ladder) -> float:
    """Return the mean rung, from 0 (reminders only) to 3 (dismissals only)."""
    return ladder.light + 2.0 * ladder.heavy + 3.0 * ladder.dismissal


@compiled
def variance_of_rung(ladder: Ladder) -> float:
    """Return the variance of the rung."""
    mean = mean_rung(ladder)
    return ladder.light + 4.0 * ladder.heavy + 9.0 * ladder.dismissal - mean * mean


@compiled
def ladder_of(severity: float) -> Ladder:
    """Return the ladder whose mean rung is 3 * severity, to 1e-12; 0 and 1 are the pure end rungs."""
    if severity <= 0.0:
        return Ladder(1.0, 0.0, 0.0, 0.0)
    if severity >= 1.0:
        return Ladder(0.0, 0.0, 0.0, 1.0)
    low = -_STEEPEST_TILT
    high = _STEEPEST_TILT
    tilt = 0.0
    for _ in range(_MOST_STEPS):
        ladder = tilted(tilt)
        excess = mean_rung(ladder) - 3.0 * severity
        if abs(excess) < _PRECISION:
            break
        low = tilt if excess < 0.0 else low
        high = tilt if excess > 0.0 else high
        # Newton's step, since the mean's slope in the tilt is the variance; halving where it leaps out.
        newton = tilt - excess / variance_of_rung(ladder)
        tilt = newton if (newton > low) & (newton < high) else 0.5 * (low + high)
    return tilted(tilt)


@compiled
def expected_loss(ladder: Ladder) -> float:
    """Return the mean loss of a sanction, utility."""
    return (
        ladder.reminder * LADDER_LOSSES[0]
        + ladder.light * LADDER_LOSSES[1]
        + ladder.heavy * LADDER_LOSSES[2]
        + ladder.dismissal * LADDER_LOSSES[3]
    )


@compiled
def freeze_of_rung(rung: int) -> float:
    """Return the months for which a sanction on this rung bars promotion."""
    return LADDER_FREEZES_MONTHS[rung]


@compiled
def sanctions_drawn(counts: Counts) -> int:
    """Return the number of sanctions on the ladder, after innovations and routine."""
    return counts.reminders + counts.light_sanctions + counts.heavy_sanctions + counts.dismissals


@compiled
def loss_drawn(counts: Counts) -> float:
    """Return the sum of the losses of the rungs drawn, utility."""
    return (
        counts.reminders * LADDER_LOSSES[0]
        + counts.light_sanctions * LADDER_LOSSES[1]
        + counts.heavy_sanctions * LADDER_LOSSES[2]
        + counts.dismissals * LADDER_LOSSES[3]
    )

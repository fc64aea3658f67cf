"""The two ladders of sanctions: for failures, and for misconduct (model.md, 6).

Severity is the mean rung divided by 3. The distribution with that mean is the observed one tilted exponentially, the
nearest to it in relative entropy.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled, inlined
from model.numerics import exponential
from model.parameters import (
    ACCOUNTABILITY_SHARES,
    LADDER_FREEZES_MONTHS,
    LADDER_LOSSES,
    MISCONDUCT_SHARES,
    REMOVAL_RUNG,
)
from model.vocabulary import Counts

_STEEPEST_TILT = 200.0
_PRECISION = 1e-14
_MOST_STEPS = 100


class Ladder(NamedTuple):
    """The probability of each rung, from the lowest; the top one is removal from the post."""

    first: float
    second: float
    third: float
    top: float


@compiled
def tilted(shares: Ladder, tilt: float) -> Ladder:
    """Return a ladder with its rungs weighted by e**(tilt * rung)."""
    # Weights relative to the rung that the tilt favours most, so that none overflows.
    offset = 3.0 if tilt > 0.0 else 0.0
    first = shares.first * exponential(-tilt * offset)
    second = shares.second * exponential(tilt * (1.0 - offset))
    third = shares.third * exponential(tilt * (2.0 - offset))
    top = shares.top * exponential(tilt * (3.0 - offset))
    total = first + second + third + top
    return Ladder(first / total, second / total, third / total, top / total)


@compiled
def mean_rung(ladder: Ladder) -> float:
    """Return the mean rung, from 0 (the lowest only) to 3 (removals only)."""
    return ladder.second + 2.0 * ladder.third + 3.0 * ladder.top


@compiled
def variance_of_rung(ladder: Ladder) -> float:
    """Return the variance of the rung."""
    mean = mean_rung(ladder)
    return ladder.second + 4.0 * ladder.third + 9.0 * ladder.top - mean * mean


@compiled
def ladder_of(shares: Ladder, severity: float) -> Ladder:
    """Return the ladder of these shares tilted so that its mean rung is 3 * severity, to 1e-12.

    Severity 0 and 1 are the pure end rungs.
    """
    if severity <= 0.0:
        return Ladder(1.0, 0.0, 0.0, 0.0)
    if severity >= 1.0:
        return Ladder(0.0, 0.0, 0.0, 1.0)
    low = -_STEEPEST_TILT
    high = _STEEPEST_TILT
    tilt = 0.0
    for _ in range(_MOST_STEPS):
        ladder = tilted(shares, tilt)
        excess = mean_rung(ladder) - 3.0 * severity
        if abs(excess) < _PRECISION:
            break
        low = tilt if excess < 0.0 else low
        high = tilt if excess > 0.0 else high
        # Newton's step, since the mean's slope in the tilt is the variance; halving where it leaps out.
        newton = tilt - excess / variance_of_rung(ladder)
        tilt = newton if (newton > low) & (newton < high) else 0.5 * (low + high)
    return tilted(shares, tilt)


@compiled
def accountability_ladder(severity: float) -> Ladder:
    """Return the ladder for failures (通报, 诫勉, 纪律处分, 组织处理)."""
    return ladder_of(Ladder(*ACCOUNTABILITY_SHARES), severity)


@compiled
def misconduct_ladder(severity: float) -> Ladder:
    """Return the ladder for private gain (the four forms, 四种形态)."""
    return ladder_of(Ladder(*MISCONDUCT_SHARES), severity)


@compiled
def expected_loss(ladder: Ladder) -> float:
    """Return the mean loss of a sanction, utility."""
    return (
        ladder.first * LADDER_LOSSES[0]
        + ladder.second * LADDER_LOSSES[1]
        + ladder.third * LADDER_LOSSES[2]
        + ladder.top * LADDER_LOSSES[3]
    )


@inlined
def freeze_of_rung(rung: int) -> float:
    """Return the months for which a sanction on this rung bars promotion; 0 if it is on none (-1)."""
    first, second, third, top = LADDER_FREEZES_MONTHS
    bar = first if rung == 0 else 0.0
    bar = second if rung == 1 else bar
    bar = third if rung == 2 else bar
    return top if rung == REMOVAL_RUNG else bar


@compiled
def loss_drawn(counts: Counts) -> float:
    """Return the sum of the losses of the rungs drawn on the accountability ladder, utility."""
    return (
        counts.circulars * LADDER_LOSSES[0]
        + counts.admonitions * LADDER_LOSSES[1]
        + counts.disciplines * LADDER_LOSSES[2]
        + counts.organisational_removals * LADDER_LOSSES[3]
    )

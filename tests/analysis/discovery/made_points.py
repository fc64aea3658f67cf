"""Points of which it is known where something holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.design.specification import Factor

Floats = NDArray[np.float64]


def made_factors(n: int = 8) -> tuple[Factor, ...]:
    """Return factors from 0 to 1."""
    return tuple(Factor(f"x{number}", 0.0, 1.0) for number in range(n))


def planted(seed: int, n: int = 2000) -> tuple[Floats, Floats]:
    """Return points, and whether x1 > 0.6 and x4 < 0.4, told wrongly at one of twenty."""
    draws = np.random.default_rng(seed)
    points = draws.random((n, 8))
    truth = (points[:, 1] > 0.6) & (points[:, 4] < 0.4)
    return points, (truth ^ (draws.random(n) < 0.05)).astype(np.float64)


def twice_planted(seed: int, n: int = 4000) -> tuple[Floats, Floats]:
    """Return points, and whether they lie in either of two boxes, told wrongly at three of a hundred."""
    draws = np.random.default_rng(seed)
    points = draws.random((n, 8))
    one = (points[:, 1] > 0.7) & (points[:, 2] > 0.7)
    other = (points[:, 3] < 0.3) & (points[:, 4] < 0.3)
    return points, ((one | other) ^ (draws.random(n) < 0.03)).astype(np.float64)


def noise(seed: int, n: int = 400) -> tuple[Floats, Floats]:
    """Return points, and at a fifth of them, wherever they lie, that it holds."""
    draws = np.random.default_rng(seed)
    return draws.random((n, 8)), (draws.random(n) < 0.2).astype(np.float64)

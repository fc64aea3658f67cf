"""Coins: what the gambles that a person took tell of loss aversion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.points import POINTS_PER_UTILITY


def value_of_gambles(gambles: NDArray[np.float64], loss_aversion: float) -> NDArray[np.float64]:
    """Return what gambles (win, lose) with even chances are worth, utility, to one with this loss aversion."""
    value: NDArray[np.float64] = (0.5 * gambles[:, 0] - 0.5 * loss_aversion * gambles[:, 1]) / POINTS_PER_UTILITY
    return value


def log_probabilities_of_coins(
    gambles: NDArray[np.float64], accepted: NDArray[np.bool_], loss_aversion: float, noise: float
) -> NDArray[np.float64]:
    """Return the log probability of each answer to a gamble, by a logit with this noise, utility."""
    signed = np.where(accepted, 1.0, -1.0) * value_of_gambles(gambles, loss_aversion) / noise
    log_probabilities: NDArray[np.float64] = -np.logaddexp(0.0, -signed)
    return log_probabilities

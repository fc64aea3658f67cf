"""What the class is held against: the model's fan, the twins, and the model in the class's shoes.

All are taken over the very seats that people decided for in a round, so that chance is as wide for the one as for the
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.world import Design
from model.faced import FACED
from model.orders import runs_with_choices_held
from model.vocabulary import ACTIONS, Action

FAN_RUNS = range(1, 201)
TWIN_RUN = range(1)
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_TRIED = [FACED.index(f"probability_{action}") for action in ACTIONS[Action.INNOVATION :]]

Posts = Sequence[Sequence[int]]  # the posts that people decided for, round by round


@dataclass(frozen=True)
class QuantileBand:
    """Quantiles of a share, round by round; NaN where nobody decided."""

    low90: NDArray[np.float64]
    low50: NDArray[np.float64]
    median: NDArray[np.float64]
    high50: NDArray[np.float64]
    high90: NDArray[np.float64]

    def contains(self, shares: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return in which rounds a share lies within the band of nine tenths."""
        inside: NDArray[np.bool_] = (shares >= self.low90 - 1e-12) & (shares <= self.high90 + 1e-12)
        return inside


def model_runs(design: Design, runs: range = FAN_RUNS) -> NDArray[np.int8]:
    """Return what everybody does at the start of each round where nobody is ordered anything: (runs, rounds, posts)."""
    setting, held = design.setting, design.months_per_round
    done = runs_with_choices_held(setting.layout, setting.policies, design.seed, runs, setting.months, held)
    return np.ascontiguousarray(done[:, ::held])


def shares_of_runs(done: NDArray[np.int8], posts: Posts, least: Action = Action.INNOVATION) -> NDArray[np.float64]:
    """Return the share that tries something new among some posts, (runs, rounds); NaN where there are none.

    `least` is the first of the actions that count: with the last of all, only private gain does.
    """
    shares = np.full(done.shape[:2], np.nan)
    for place, of_round in enumerate(posts):
        if of_round:
            shares[:, place] = (done[:, place, list(of_round)] >= least).mean(axis=1)
    return shares


def pooled(shares: NDArray[np.float64], people: Sequence[int], groups: Sequence[int]) -> NDArray[np.float64]:
    """Return shares (…, rounds) with each round's replaced by that of all decisions of its group.

    `people` says how many decided in a round, `groups` to which group it belongs; where nobody decided it stays NaN.
    """
    found, of_round, many = np.full_like(shares, np.nan), np.asarray(groups), np.asarray(people, dtype=np.float64)
    for group in sorted(set(groups)):
        rounds = np.flatnonzero((of_round == group) & (many > 0.0))
        if len(rounds):
            found[..., rounds] = ((shares[..., rounds] * many[rounds]).sum(axis=-1) / many[rounds].sum())[..., None]
    return found


def fan_of(
    done: NDArray[np.int8],
    posts: Posts,
    groups: Sequence[int] | None = None,
    least: Action = Action.INNOVATION,
) -> QuantileBand:
    """Return the model's fan over the posts that people decided for: of each round, or of each group of rounds."""
    shares = shares_of_runs(done, posts, least)
    if groups is not None:
        shares = pooled(shares, [len(of_round) for of_round in posts], groups)
    quantiles = np.full((len(QUANTILES), shares.shape[1]), np.nan)
    there = ~np.isnan(shares).any(axis=0)
    quantiles[:, there] = np.quantile(shares[:, there], QUANTILES, axis=0)
    return QuantileBand(*quantiles)


def tried_probability(faced: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely the model's officials would have tried something new, given what people faced."""
    probability: NDArray[np.float64] = faced[..., _TRIED].sum(axis=-1)
    return probability


def poisson_binomial(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distribution of how many of independent events happen: (n + 1,)."""
    mass = np.ones(1)
    for probability in probabilities:
        mass = np.convolve(mass, [1.0 - probability, probability])
    return mass


def shoes_of(probabilities: Sequence[NDArray[np.float64]], groups: Sequence[int] | None = None) -> QuantileBand:
    """Return the band in which the class's share lies if its people decide as the model would in their shoes.

    `probabilities` holds, round by round, how likely each person's official would have tried; `groups`, which rounds
    are taken together, if any are.
    """
    quantiles = np.full((len(QUANTILES), len(probabilities)), np.nan)
    together = range(len(probabilities)) if groups is None else groups
    for group in sorted(set(together)):
        rounds = [place for place, other in enumerate(together) if other == group and len(probabilities[place])]
        if rounds:
            decisions = np.concatenate([probabilities[place] for place in rounds])
            counts = np.searchsorted(np.cumsum(poisson_binomial(decisions)), np.array(QUANTILES) - 1e-12)
            quantiles[:, rounds] = (counts / len(decisions))[:, None]
    return QuantileBand(*quantiles)

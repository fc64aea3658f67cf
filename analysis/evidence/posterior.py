"""What cases tell of the parameters of the review: draws from the posterior by adaptive importance sampling.

Priors are uniform. Access and remedy bear on nothing else, so each is drawn from its own posterior directly. For the
others proposals are multivariate t (5 degrees), their mean and covariance taken from the weighted draws of the round
before. They are made on the logit scale, and for the exemption rate on that of the margin by which an unfiled failure
from complexity is exempted: at the rate itself the posterior is bent along the clarity, and for one set of cases in ten
it could not be sampled. The result follows from the tally, the stance and the seed alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logsumexp, xlog1py, xlogy
from scipy.stats import multivariate_t

from analysis.evidence.coded_file import EvidenceError
from analysis.evidence.review import (
    ACCESS,
    CAUSES,
    HONEST,
    PROBABILITY,
    REMEDY,
    evidence_of,
    exempt_at_review,
    log_slope_of_rate,
    margin_of_rate,
    parameters_of_review,
    rate_of_margin,
)
from analysis.evidence.selection import Range, Selection, log_likelihood, shares_published
from analysis.evidence.tally import Share, Tally

Floats = NDArray[np.float64]

FILED_SHARE = "filed_share"
N_DRAWS = 8192
_ROUNDS, _MORE_ROUNDS = 5, 8
_LEAST_EFFECTIVE = 1000.0
_DEGREES = 5
_WIDENING, _RIDGE = 1.2, 1e-3
_IMPOSSIBLE = -1e12  # finite, so that a part of it is finite, too
_STEPS, _TINY = 4000, 1e-300
_TOP = 0.01  # of the draws count where the target is tempered


@dataclass(frozen=True)
class Posterior:
    """Weighted draws: the values of each quantity, their weights, the ranges of the priors."""

    values: Mapping[str, Floats]
    weights: Floats
    ranges: Mapping[str, Range]

    @property
    def effective(self) -> float:
        """Return how many independent draws they are worth."""
        return float(1.0 / np.sum(self.weights**2))

    def contraction(self, name: str) -> float:
        """Return how much of a prior's variance is gone: 0 nothing was learned, 1 all; NaN if it was fixed."""
        low, high = self.ranges[name]
        before = (high - low) ** 2 / 12.0
        values = self.values[name]
        mean = float(self.weights @ values)
        return 1.0 - float(self.weights @ (values - mean) ** 2) / before if before > 0.0 else np.nan

    def interval(self, name: str) -> tuple[float, float, float]:
        """Return the median and the ends of the 95% interval."""
        return self.interval_of(self.values[name])

    def interval_of(self, values: Floats) -> tuple[float, float, float]:
        """Return the median and the ends of the 95% interval of a function of the draws."""
        order = np.argsort(values)
        steps = np.cumsum(self.weights[order])
        places = np.minimum(np.searchsorted(steps, [0.025, 0.5, 0.975]), len(steps) - 1)
        low, middle, high = values[order][places]
        return float(middle), float(low), float(high)

    def sample(self, n: int, seed: int) -> dict[str, Floats]:
        """Return so many draws of equal weight, in an order that follows from the seed."""
        random = np.random.default_rng([seed, n])
        points = (np.arange(n) + random.random()) / n
        chosen = np.minimum(np.searchsorted(np.cumsum(self.weights), points), len(self.weights) - 1)
        random.shuffle(chosen)
        return {name: values[chosen] for name, values in self.values.items()}


def posterior_of(tally: Tally, selection: Selection, seed: int) -> Posterior:
    """Return what a tally tells under a stance on selection.

    Raises
    ------
    EvidenceError
        If the posterior could not be sampled.
    """
    all_ranges = {**parameters_of_review(), FILED_SHARE: (0.0, 1.0), **selection.ranges}
    alone = {ACCESS: (tally.applied, "applied"), REMEDY: (tally.appeals_won, "won")}
    ranges = {name: ends for name, ends in all_ranges.items() if name not in alone}
    target = _Target(tally, selection, ranges)
    random = np.random.default_rng([seed, N_DRAWS])
    draws, log_weights = _sampled(target, random)
    values = target.values(draws)
    for name, (share, column) in alone.items():
        values[name] = _draws_of_share((share, _open(tally, column, selection)), selection, len(draws), random)
    return Posterior(values, np.exp(log_weights - logsumexp(log_weights)), all_ranges)


def _sampled(target: _Target, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return draws and the logarithms of their weights.

    Where the last round does not suffice, eight more are taken, and then all eight together, as draws from the mixture
    of their proposals: a bent posterior is covered by several where one is too straight.
    """
    draws = target.prior_draws(4 * N_DRAWS, random)
    log_weights = target.log_likelihood(draws)
    taken: list[tuple[Floats, Floats, Any]] = []
    for done in range(_ROUNDS + _MORE_ROUNDS):
        if done >= _ROUNDS and _effective(log_weights) >= _LEAST_EFFECTIVE:
            return draws, log_weights
        mean, covariance = _moments(draws, log_weights)
        proposal = multivariate_t(mean, covariance, df=_DEGREES, seed=random)
        draws = np.atleast_2d(proposal.rvs(size=N_DRAWS, random_state=random))
        target_density = target.log_density(draws)
        log_weights = target_density - proposal.logpdf(draws)
        taken.append((draws, target_density, proposal))
    if _effective(log_weights) < _LEAST_EFFECTIVE:
        last = taken[-_MORE_ROUNDS:]
        draws = np.concatenate([each for each, _, _ in last])
        mixture = logsumexp([proposal.logpdf(draws) for _, _, proposal in last], axis=0) - np.log(len(last))
        log_weights = np.concatenate([density for _, density, _ in last]) - mixture
    effective = _effective(log_weights)
    if not effective >= _LEAST_EFFECTIVE:
        raise EvidenceError(
            f"the posterior could not be sampled (effective sample size {effective:.0f}); "
            "the counts contradict the model or its ranges; look at the table of counts by cause"
        )
    return draws, log_weights


class _Target:
    """The target density on the scale of the proposals."""

    def __init__(self, tally: Tally, selection: Selection, ranges: Mapping[str, Range]) -> None:
        self._tally, self._selection, self._names = tally, selection, tuple(ranges)
        self._low = np.array([low for low, _ in ranges.values()])
        self._width = np.array([high - low for low, high in ranges.values()])
        self._rate, self._clarity = (self._names.index(name) for name in (PROBABILITY, evidence_of("complexity")))

    def prior_draws(self, n: int, random: np.random.Generator) -> Floats:
        """Return draws from the prior."""
        draws = random.logistic(size=(n, len(self._names)))  # uniform on the scale of the ranges
        values = self._low + self._width * expit(draws)
        draws[:, self._rate] = margin_of_rate(values[:, self._rate], values[:, self._clarity])
        return np.asarray(draws)

    def values(self, draws: Floats) -> dict[str, Floats]:
        """Return the draws on the scale of the parameters."""
        scaled = self._low + self._width * expit(draws)
        scaled[:, self._rate] = rate_of_margin(draws[:, self._rate], scaled[:, self._clarity])
        return {name: scaled[:, place] for place, name in enumerate(self._names)}

    def log_density(self, draws: Floats) -> Floats:
        """Return the log density of draws, up to a constant: uniform priors, times the likelihood."""
        values = self.values(draws)
        others = np.delete(draws, self._rate, axis=1)
        density = np.sum(others - 2.0 * np.logaddexp(0.0, others), axis=1)
        rate = values[PROBABILITY]
        is_inside = (rate >= self._low[self._rate]) & (rate <= self._low[self._rate] + self._width[self._rate])
        density += log_slope_of_rate(draws[:, self._rate], values[evidence_of("complexity")])
        return np.where(is_inside, density + self.log_likelihood(draws), _IMPOSSIBLE)

    def log_likelihood(self, draws: Floats) -> Floats:
        """Return the log likelihood of draws."""
        values = self.values(draws)
        total = np.zeros(len(draws))
        for cause in CAUSES:
            if cause != "self_dealing" and evidence_of(cause) not in values:
                continue  # the model has no such parameter
            cells = {filed: share for (name, filed), share in self._tally.exempt.items() if name == cause}
            for filed, share in cells.items():
                total += log_likelihood(share, _exempt(values, cause, filed), values, self._selection)
        told = (self._tally.filed, _open(self._tally, "filed", self._selection))
        total += _of_all_cases(told, values[FILED_SHARE], self._selection)
        return np.nan_to_num(total, nan=_IMPOSSIBLE, neginf=_IMPOSSIBLE)


def _exempt(values: dict[str, Floats], cause: str, filed: str) -> Floats:
    """Return the chance of exemption; where filing is not told, the mean over those filed and those not."""
    unfiled = exempt_at_review(values, cause)
    if cause not in HONEST or filed == "no":
        return unfiled
    with_filing = exempt_at_review(values, cause, filed=True)
    share = values[FILED_SHARE]
    return with_filing if filed == "yes" else np.asarray(share * with_filing + (1.0 - share) * unfiled)


def _open(tally: Tally, column: str, selection: Selection) -> int:
    """Return how many cases that do not tell may be anything: all where nothing is assumed; else none."""
    return tally.not_told.get(column, 0) if selection.stance == "bounds" else 0


def _of_all_cases(told: tuple[Share, int], x: Floats, selection: Selection) -> Floats:
    """Return the log likelihood of a share x among all cases, up to a constant; `told` are a share and the open cases.

    Where nothing is assumed of which cases were published, their share may be anything that x and the least share of
    published cases allow, as for exemptions: the likelihood is the largest of these.
    """
    share, n_open = told
    if selection.stance != "bounds":
        return _binomial(share, n_open, x)
    low, high = shares_published(x, selection)
    fitting = share.k / max(share.n + n_open, 1)  # and all up to where the open cases count
    return _binomial(share, n_open, np.clip(np.minimum(high, np.maximum(low, fitting)), _TINY, 1.0 - _TINY))


def _binomial(share: Share, n_open: int, p: Floats) -> Floats:
    """Return the log likelihood of a share, up to a constant; cases that may be either are taken for the best fit."""
    n = share.n + n_open
    k = np.clip(p * n, share.k, share.k + n_open)
    best = xlogy(k, np.maximum(k, _TINY) / max(n, 1)) + xlogy(n - k, np.maximum(n - k, _TINY) / max(n, 1))
    return np.asarray(xlogy(k, p) + xlog1py(n - k, -p) - best)


def _draws_of_share(told: tuple[Share, int], selection: Selection, n: int, random: np.random.Generator) -> Floats:
    """Return so many draws from the posterior of a share with a flat prior."""
    middles = (np.arange(_STEPS) + 0.5) / _STEPS
    density = np.exp(_of_all_cases(told, middles, selection))
    ends = np.concatenate([[0.0], np.cumsum(density) / density.sum()])
    return np.asarray(np.interp(random.random(n), ends, np.arange(_STEPS + 1) / _STEPS))


def _effective(log_weights: Floats) -> float:
    return float(np.exp(2.0 * logsumexp(log_weights) - logsumexp(2.0 * log_weights)))


def _moments(draws: Floats, log_weights: Floats) -> tuple[Floats, Floats]:
    """Return mean and covariance of weighted draws; tempered, where a hundredth of them or fewer would count."""
    least = _TOP * len(draws)
    power = 1.0
    if _effective(log_weights) < least:
        power = float(brentq(lambda t: _effective(t * log_weights) - least, 0.0, 1.0, xtol=1e-4))
    weights = np.exp(power * log_weights - logsumexp(power * log_weights))
    mean = weights @ draws
    apart = draws - mean
    return mean, _WIDENING * (weights[:, None] * apart).T @ apart + _RIDGE * np.eye(len(mean))

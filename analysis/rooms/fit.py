"""The fit: how this class decides, in the model's own parameters, with intervals.

A panel logit over people's rounds, jointly with their coins and their beliefs. Loss aversion differs among people as in
the model. The mode is found by BFGS; what is told are medians and 90% intervals of 4,000 importance draws around it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from analysis.rooms.choices import Answers, ClassChoices, fill_log_probabilities, place_of
from analysis.rooms.coins import log_probabilities_of_coins
from model.parameters import Parameters

DRAWS, DEGREES, WIDENED = 4000, 6.0, 1.3
LEAST_EFFECTIVE, LEAST_TOLD, LEAST_PEOPLE = 200, 0.2, 5
BELIEF_SPREAD = 0.2  # how far a person's mean miss of a belief is from the model's; counts once a person
NODES = 7
_SEED = 30
_STARTS = (0.0, 0.5, -0.5)
_STEP = 0.02  # of a prior's standard deviation

NAMES = (
    "temperature",
    "loss_aversion",
    "credence",
    "conformity",
    "routine_effort",
    "innovation_effort",
    "filing_cost",
    "coin_noise",
)
SCIENTIFIC = NAMES[:-1]
_SD = np.array([0.5, 0.4, 1.0, 0.25, 0.2, 0.2, 0.15, 0.7])
_COIN_NOISE = 0.05


@dataclass(frozen=True)
class ClassEstimate:
    """What a class tells of a parameter: median, 90% interval, the model's own value, how much was told (0 to 1)."""

    name: str
    median: float
    low: float
    high: float
    default: float
    told: float
    is_told: bool


@dataclass(frozen=True)
class ClassFit:
    """The fit of a class: an estimate of each parameter, and draws of all from the posterior (draws, NAMES)."""

    people: int
    decisions: int
    effective_draws: float
    estimates: tuple[ClassEstimate, ...]
    draws: NDArray[np.float64]

    def estimate(self, name: str) -> ClassEstimate:
        """Return the estimate of one parameter."""
        return next(estimate for estimate in self.estimates if estimate.name == name)


def centre(parameters: Parameters) -> NDArray[np.float64]:
    """Return the priors' centre: the model's own values, on the scales on which they are estimated."""
    population, behaviour = parameters.population, parameters.behaviour
    median = population.loss_aversion_mean / math.exp(0.5 * population.loss_aversion_sd**2)
    credence = min(max(behaviour.credence, 0.01), 0.99)
    return np.array(
        [
            math.log(behaviour.temperature),
            math.log(median),
            math.log(credence / (1.0 - credence)),
            behaviour.conformity,
            0.0,
            0.0,
            0.0,
            math.log(_COIN_NOISE),
        ]
    )


def natural(theta: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
    """Return parameters on the model's scales; the three shifts become costs. The last axis holds the parameters."""
    found = np.array(theta, dtype=np.float64)
    found[..., 0], found[..., 1] = np.exp(theta[..., 0]), np.exp(theta[..., 1])
    found[..., 2] = 1.0 / (1.0 + np.exp(-theta[..., 2]))
    found[..., 4] = parameters.work.routine_effort + theta[..., 4]
    found[..., 5] = parameters.work.innovation_effort + theta[..., 5]
    found[..., 6] = parameters.exemption.filing_cost + theta[..., 6]
    found[..., 7] = np.exp(theta[..., 7])
    return found


@dataclass
class ClassPosterior:
    """The posterior of a class's parameters."""

    choices: ClassChoices
    answers: Answers
    parameters: Parameters

    def __post_init__(self) -> None:
        """Lay out the nodes of loss aversion, and the memory."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        self._nodes = nodes * self.parameters.population.loss_aversion_sd
        self._log_weights = np.log(weights / weights.sum())
        self._n_people = self.answers.n_people
        self._place = place_of("behaviour.temperature")
        self._policy = self.choices.policy.copy()
        self.centre = centre(self.parameters)

    def log_prior(self, theta: NDArray[np.float64]) -> float:
        """Return the log prior, without its constant."""
        return float(-0.5 * (((theta - self.centre) / _SD) ** 2).sum())

    def log_likelihood(self, theta: NDArray[np.float64]) -> float:
        """Return the log likelihood of choices, coins and beliefs."""
        median, noise = math.exp(theta[1]), math.exp(theta[7])
        credence = 1.0 / (1.0 + math.exp(-theta[2]))
        of_people = np.zeros((self._n_people, NODES))
        for node, away in enumerate(self._nodes):
            loss_aversion = median * math.exp(away)
            of_people[:, node] = self._of_choices(theta, loss_aversion, credence)
            of_people[:, node] += self._of_coins(loss_aversion, noise)
        total = float(logsumexp(of_people + self._log_weights, axis=1).sum())
        return total + self._of_beliefs(credence)

    def _of_coins(self, loss_aversion: float, noise: float) -> NDArray[np.float64]:
        answers = self.answers
        of_answers = log_probabilities_of_coins(answers.gambles, answers.accepted, loss_aversion, noise)
        return np.asarray(np.bincount(answers.gambler, of_answers, minlength=self._n_people), dtype=np.float64)

    def _of_choices(self, theta: NDArray[np.float64], loss_aversion: float, credence: float) -> NDArray[np.float64]:
        choices = self.choices
        if len(choices.person) == 0:
            return np.zeros(self._n_people)
        utilities = choices.utilities(loss_aversion, credence, float(theta[3]), theta[4:7])
        log_probabilities = np.empty(len(choices.person))
        temperature = math.exp(theta[0])
        fill_log_probabilities(
            utilities, choices.may_file, self._policy, self._place, temperature, choices.action, log_probabilities
        )
        return np.asarray(np.bincount(choices.person, log_probabilities, minlength=self._n_people), dtype=np.float64)

    def _of_beliefs(self, credence: float) -> float:
        answers = self.answers
        if len(answers.person) == 0:
            return 0.0
        misses = answers.believed - np.clip(answers.at_nothing + credence * answers.at_all, 0.0, 1.0)
        sums = np.bincount(answers.person, misses, minlength=self._n_people)
        counts = np.bincount(answers.person, minlength=self._n_people)
        means = sums[counts > 0] / counts[counts > 0]
        return float(-0.5 * ((means / BELIEF_SPREAD) ** 2).sum())

    def log_density(self, theta: NDArray[np.float64]) -> float:
        """Return the log posterior, without its constant."""
        value = self.log_prior(theta)
        return value + self.log_likelihood(theta) if value > -500.0 else value - 1e6


def fitted_class(choices: ClassChoices, answers: Answers, parameters: Parameters, draws: int = DRAWS) -> ClassFit:
    """Return the fit of a class; `parameters` are those of the first act, whose values are the priors' centre."""
    posterior = ClassPosterior(choices, answers, parameters)
    found = [_mode(posterior, posterior.centre + start * _SD) for start in _STARTS]
    mode = max(found, key=posterior.log_density)
    thetas, weights = _weighted_draws(posterior, mode, _scale(_curvature(posterior, mode)), draws // 4)
    # A first sample shows where the posterior leans; the second, which is told, is drawn around that.
    centre_found = weights @ thetas
    away = thetas - centre_found
    scale = _scale(np.asarray(np.linalg.pinv((away * weights[:, None]).T @ away), dtype=np.float64))
    thetas, weights = _weighted_draws(posterior, centre_found, scale, draws)
    effective = 1.0 / float((weights**2).sum())
    n_people = len(np.unique(choices.person))
    # A plain sample is easier to hand on than weights.
    chosen = np.random.default_rng(_SEED + 1).choice(len(thetas), len(thetas), p=weights)
    variances = np.array([_variance(thetas[:, place], weights) for place in range(len(NAMES))])
    told = 1.0 - variances / _SD**2
    on_scale = natural(thetas[chosen], parameters)
    default = natural(posterior.centre, parameters)
    medians, lows, highs = np.quantile(on_scale, (0.5, 0.05, 0.95), axis=0)
    estimates = tuple(
        ClassEstimate(
            name=name,
            median=float(medians[place]),
            low=float(lows[place]),
            high=float(highs[place]),
            default=float(default[place]),
            told=float(max(told[place], 0.0)),
            is_told=bool(effective >= LEAST_EFFECTIVE and told[place] >= LEAST_TOLD and n_people >= LEAST_PEOPLE),
        )
        for place, name in enumerate(NAMES)
    )
    return ClassFit(n_people, len(choices.person), effective, estimates, on_scale)


def _mode(posterior: ClassPosterior, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the posterior is highest, from a start."""

    def height(theta: NDArray[np.float64]) -> float:
        return -posterior.log_density(theta)

    found: NDArray[np.float64] = minimize(height, start, method="BFGS").x
    return found


def _curvature(posterior: ClassPosterior, mode: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the curvature of the posterior at its mode, by differences: that of BFGS is too rough to draw from."""
    n, steps = len(mode), _STEP * _SD
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            corners = [
                posterior.log_density(mode + a * steps * np.eye(n)[i] + b * steps * np.eye(n)[j])
                for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))
            ]
            slope = corners[0] - corners[1] - corners[2] + corners[3]
            found[i, j] = found[j, i] = -slope / (4.0 * steps[i] * steps[j])
    return found


def _scale(curvature: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Cholesky factor of the proposal's spread; the priors' own where the curvature is of no use."""
    try:
        np.linalg.cholesky(curvature)
        factor = np.linalg.cholesky(WIDENED * np.linalg.inv(curvature))
    except np.linalg.LinAlgError:
        factor = np.diag(_SD)
    return np.asarray(factor)


def _weighted_draws(
    posterior: ClassPosterior, mode: NDArray[np.float64], scale: NDArray[np.float64], n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return draws of a t distribution around the mode, and their weights, which add up to 1."""
    generator = np.random.default_rng(_SEED)
    normal = generator.standard_normal((n, len(mode)))
    stretch = np.sqrt(DEGREES / generator.chisquare(DEGREES, n))
    standard = normal * stretch[:, None]
    thetas = mode + standard @ scale.T
    log_proposal = -0.5 * (DEGREES + len(mode)) * np.log1p((standard**2).sum(axis=1) / DEGREES)
    log_weights = np.array([posterior.log_density(theta) for theta in thetas]) - log_proposal
    weights = np.exp(log_weights - logsumexp(log_weights))
    return thetas, weights / weights.sum()


def _variance(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    mean = float((weights * values).sum())
    return float((weights * (values - mean) ** 2).sum())

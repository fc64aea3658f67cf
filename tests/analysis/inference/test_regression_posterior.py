"""The posterior: against posteriors known in closed form, planted truths, calibration, and what is not told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta

from analysis.inference.calibration_check import CalibrationCheck, calibration_check
from analysis.inference.ranges import Floats, Ranges
from analysis.inference.regression_posterior import RegressionPosterior, learned
from tests.analysis.inference.made_targets import unit_points, unit_ranges

N = 16384
TRIES = 50
MIXING = np.array([[1.0, 0.3, 0.0, 0.0], [0.0, 1.0, -0.4, 0.0], [0.2, 0.0, 1.0, 0.3], [0.0, -0.3, 0.0, 1.0]])
NOISE = 0.05


KNOWN = NOISE**2 * np.linalg.inv(MIXING @ MIXING.T)
SCALE = np.sqrt(np.outer(np.diag(KNOWN), np.diag(KNOWN)))


def posteriors_of(
    ranges: Ranges, points: Floats, statistics: Floats, scale: float
) -> tuple[list[RegressionPosterior], Floats]:
    """Return posteriors of forty truths in the middle, from statistics on another scale, and the truths."""
    table = learned(ranges, points, scale * statistics)
    truths = np.random.default_rng(8).uniform(0.35, 0.65, (40, 4))
    return [table.posterior(scale * truth @ MIXING) for truth in truths], truths


@pytest.fixture(scope="module")
def counted() -> tuple[Ranges, Floats, Floats]:
    """Return a table of one probability and the share of successes in so many tries."""
    points = unit_points(N, 1)
    return unit_ranges(1), points, np.random.default_rng(2).binomial(TRIES, points) / TRIES


@pytest.fixture(scope="module")
def linear() -> tuple[Ranges, Floats, Floats]:
    """Return a table of four parameters and four statistics that mix them, with noise."""
    points = unit_points(N, 4)
    return unit_ranges(4), points, points @ MIXING + NOISE * np.random.default_rng(3).standard_normal((N, 4))


def test_that_a_probability_has_its_beta_posterior(counted: tuple[Ranges, Floats, Floats]) -> None:
    posterior = learned(*counted).posterior(np.array([0.24]))
    known = beta(1 + 12, 1 + TRIES - 12)
    assert posterior.means[0] == pytest.approx(known.mean(), abs=0.01)
    assert np.sqrt(posterior.covariance[0, 0]) == pytest.approx(known.std(), rel=0.1)


def test_that_a_linear_gaussian_has_its_means_and_covariances() -> None:
    """Over forty data sets and ten tables, as from 500 points a variance cannot be had more closely than to 7%.

    The ranges are wider than the points, so that the logit scale is nearly straight, and the statistics are small, so
    that their scale is: what is linear and Gaussian stays so.
    """
    wide = Ranges(unit_ranges(4).names, np.full(4, -4.0), np.full(4, 5.0))
    points, covariances = unit_points(N, 4), []
    for seed in range(10):
        statistics = points @ MIXING + NOISE * np.random.default_rng(seed).standard_normal((N, 4))
        found, truths = posteriors_of(wide, points, statistics, 0.01)
        assert np.array([posterior.means for posterior in found]) == pytest.approx(truths, rel=0.05)
        covariances += [posterior.covariance for posterior in found]
    assert (np.mean(covariances, axis=0) - KNOWN) / SCALE == pytest.approx(np.zeros((4, 4)), abs=0.05)


def test_that_a_curved_scale_makes_intervals_a_little_wide_and_never_narrow(
    linear: tuple[Ranges, Floats, Floats],
) -> None:
    """500 of 16,384 points in four dimensions reach so far that the logit scale bends between them."""
    found, _ = posteriors_of(*linear, 1.0)
    ratio = np.diag(np.mean([posterior.covariance for posterior in found], axis=0)) / np.diag(KNOWN)
    assert (ratio > 0.95).all()
    assert (ratio < 1.25).all()


def test_that_planted_truths_lie_in_their_intervals(linear: tuple[Ranges, Floats, Floats]) -> None:
    """In 95% boxes of all four parameters in at least 18 of 20 data sets, over two hundred of them."""
    table, random = learned(*linear), np.random.default_rng(4)
    inside = []
    for _ in range(200):
        truth = random.uniform(0.1, 0.9, 4)
        observed = truth @ MIXING + NOISE * random.standard_normal(4)
        low, high = table.posterior(observed).quantiles(np.array([0.00625, 0.99375]))
        inside.append(bool(((low <= truth) & (truth <= high)).all()))
    assert np.mean(inside) >= 18 / 20


def test_that_the_check_is_clean_where_intervals_are_right(
    counted: tuple[Ranges, Floats, Floats], linear: tuple[Ranges, Floats, Floats]
) -> None:
    assert calibration_check(*counted, seed=1).is_clean
    assert calibration_check(*linear, seed=1).is_clean


def test_that_the_check_catches_intervals_of_half_the_width(linear: tuple[Ranges, Floats, Floats]) -> None:
    ranges, points, statistics = linear
    table = learned(ranges, points[400:], statistics[400:])
    ranks, far = [], []
    for truth, observed in zip(points[:400], statistics[:400], strict=True):
        found = table.posterior(observed)
        halved = RegressionPosterior(
            ranges, found.means + (found.values - found.means) / 2.0, found.weights, found.farthest
        )
        ranks.append(halved.ranks(truth))
        far.append(halved.farthest)
    check = CalibrationCheck(ranges.names, np.array(ranks), np.array(far))
    assert not check.is_clean
    assert (check.table["coverage_90"] < 0.8).all()


def test_that_a_parameter_that_moves_nothing_is_not_told() -> None:
    points = unit_points(N, 3)
    noise = np.random.default_rng(5).standard_normal((N, 2))
    statistics = points[:, :2] + 0.05 * noise
    posterior = learned(unit_ranges(3), points, statistics).posterior(np.array([0.4, 0.6]))
    contraction = 1.0 - np.diag(posterior.covariance) / unit_ranges(3).variances
    assert abs(contraction[2]) < 0.05
    assert (contraction[:2] > 0.9).all()


def test_that_spread_that_grows_with_a_parameter_is_followed() -> None:
    """Intervals where the noise is small are narrower than where it is large, in the same table."""
    points = unit_points(N, 1)
    spread = 0.01 + 0.2 * points
    statistics = points + spread * np.random.default_rng(6).standard_normal((N, 1))
    table = learned(unit_ranges(1), points, statistics)
    small, large = (np.sqrt(table.posterior(np.array([at])).covariance[0, 0]) for at in (0.1, 0.7))
    assert small < large / 2.0
    assert calibration_check(unit_ranges(1), points, statistics, seed=1).is_clean


def test_that_draws_have_the_weights_of_the_points() -> None:
    weights = np.array([0.5, 0.3, 0.2])
    posterior = RegressionPosterior(unit_ranges(1), np.array([[0.1], [0.2], [0.3]]), weights, 1.0)
    draws = posterior.draws(1000, seed=1)[:, 0]
    assert [np.mean(draws == value) for value in (0.1, 0.2, 0.3)] == pytest.approx(weights, abs=0.002)
    assert posterior.draws(1000, seed=1)[:, 0] == pytest.approx(draws)

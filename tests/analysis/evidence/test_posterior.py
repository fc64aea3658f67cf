"""The posterior of the review: hand-worked chances, planted truths, calibration, and what cannot be learned."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import chisquare

from analysis.evidence.posterior import FILED_SHARE, Posterior, posterior_of
from analysis.evidence.review import (
    ACCESS,
    HONEST,
    PROBABILITY,
    REMEDY,
    criterion,
    evidence_of,
    exempt_at_review,
    parameters_of_review,
    stricter_probability,
)
from analysis.evidence.selection import DISCLOSURE, Selection
from analysis.evidence.tally import Share, Tally
from model.parameters import Parameters, value_at

NONE = Selection("none")
RANGES = {**parameters_of_review(), FILED_SHARE: (0.0, 1.0)}
Values = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]


def values_at(**others: float) -> Values:
    """Return the defaults of the model as one draw, with some values other."""
    values = {path: value_at(Parameters(), path) for path in parameters_of_review()}
    values |= {f"exemption.{name}": value for name, value in others.items()} | {FILED_SHARE: 0.5}
    return {path: np.array([value]) for path, value in values.items()}


def drawn(random: np.random.Generator) -> Values:
    """Return one draw from the prior."""
    return {name: np.array([random.uniform(*ends)]) for name, ends in RANGES.items()}


def tally_from(values: Values, random: np.random.Generator, n: int, n_own: int) -> Tally:
    """Return what is counted under true values of so many honest cases a cell, and so many of private gain."""
    exempt = {}
    for cause in (*HONEST, "self_dealing"):
        for filed in ("yes", "no") if cause in HONEST else ("",):
            cases = n_own if cause == "self_dealing" else n
            chance = float(exempt_at_review(values, cause, filed=filed == "yes")[0])
            exempt[cause, filed] = Share(int(random.binomial(cases, chance)), cases)

    def share(name: str, cases: int) -> Share:
        return Share(int(random.binomial(cases, float(values[name][0]))), cases)

    return Tally(exempt=exempt, applied=share(ACCESS, 40), appeals_won=share(REMEDY, 30), filed=share(FILED_SHARE, 50))


# --- The rule of review ---


def test_that_at_the_reference_clarity_the_rate_is_what_its_parameter_says() -> None:
    assert criterion(np.array([0.4]), np.array([2.0])) == pytest.approx(2.0 - ndtri(0.4))
    assert exempt_at_review(values_at(), "complexity") == pytest.approx(0.4)


def test_that_the_likelihood_ratio_is_held_when_clarity_changes() -> None:
    # k = v/2 + ln(beta)/v with ln(beta) = 2 (1 - quantile of 0.4) = 2.50669; at v = 3 that is 1.5 + 0.83556.
    assert criterion(np.array([0.4]), np.array([3.0])) == pytest.approx(1.5 + 2.0 * (1.0 - ndtri(0.4)) / 3.0)
    assert criterion(np.array([0.4]), np.array([0.1])) == pytest.approx(criterion(np.array([0.4]), np.array([0.5])))


def test_that_filing_counts_for_the_honest_only_and_private_gain_has_no_evidence() -> None:
    values = values_at()
    assert exempt_at_review(values, "ability", filed=True) == pytest.approx(exempt_at_review(values, "complexity"))
    for cause in ("negligence", "self_dealing"):
        assert exempt_at_review(values, cause, filed=True) == exempt_at_review(values, cause)


def test_that_a_stricter_rate_raises_the_criterion_by_so_much() -> None:
    for clarity in (1.0, 2.0, 3.5):
        before = criterion(np.array([0.4]), np.array([clarity]))
        after = criterion(np.array([stricter_probability(0.4, clarity, 0.7)]), np.array([clarity]))
        assert after - before == pytest.approx(0.7)


# --- What is learned ---


def test_that_a_planted_truth_is_recovered() -> None:
    random = np.random.default_rng(5)
    n_inside = n_all = 0
    for seed in range(12):
        values = drawn(random)
        posterior = posterior_of(tally_from(values, random, 150, 150), NONE, seed)
        for name in RANGES:
            _, low, high = posterior.interval(name)
            n_inside += low <= float(values[name][0]) <= high
            n_all += 1
    assert n_inside / n_all > 0.9


def test_that_the_same_seed_gives_the_same_posterior_and_another_nearly_so() -> None:
    tally = tally_from(values_at(), np.random.default_rng(1), 30, 30)
    first, again, other = (posterior_of(tally, NONE, seed) for seed in (1, 1, 2))
    assert first.interval(PROBABILITY) == again.interval(PROBABILITY)
    assert first.interval(PROBABILITY) == pytest.approx(other.interval(PROBABILITY), abs=0.05)
    assert np.array_equal(first.sample(50, 1)[PROBABILITY], again.sample(50, 1)[PROBABILITY])


def test_that_nothing_is_learned_of_the_review_if_all_cases_may_be_hidden() -> None:
    tally = tally_from(values_at(), np.random.default_rng(1), 50, 50)
    posterior = posterior_of(tally, Selection("bounds", (0.0, 1.0)), 1)
    for name in RANGES:
        assert abs(posterior.contraction(name)) < 0.1, name


def test_that_cases_that_do_not_tell_may_be_anything_under_bounds_and_are_like_the_others_else() -> None:
    tally = Tally(applied=Share(9, 10), not_told={"applied": 90})
    _, low, high = posterior_of(tally, Selection("bounds", (1.0, 1.0)), 1).interval(ACCESS)
    assert (low, high) == (pytest.approx(0.1, abs=0.05), pytest.approx(0.97, abs=0.03))
    assert posterior_of(tally, NONE, 1).interval(ACCESS)[1] > 0.55


def test_that_cases_that_were_not_published_may_be_anything_for_access_and_remedy_and_filing_too() -> None:
    """Half of all published: of a share y the bounds among all are y / 2 and (1 + y) / 2."""
    tally = Tally(applied=Share(1600, 2000), appeals_won=Share(400, 2000), filed=Share(1000, 2000))
    posterior = posterior_of(tally, Selection("bounds", (0.5, 1.0)), 1)
    for name, y in ((ACCESS, 0.8), (REMEDY, 0.2), (FILED_SHARE, 0.5)):
        middle, low, high = posterior.interval(name)
        ends = (0.5 * y, 0.5 * (1.0 + y))
        assert middle == pytest.approx(np.mean(ends), abs=0.03), name
        assert (low, high) == pytest.approx(np.add(ends, (0.0125, -0.0125)), abs=0.025), name  # even in between


def test_that_without_any_case_the_posterior_is_the_prior() -> None:
    posterior = posterior_of(Tally(), NONE, 1)
    for name in RANGES:
        assert abs(posterior.contraction(name)) < 0.1, name


def test_that_more_honest_cases_hardly_tell_how_far_they_stand_from_private_gain_and_own_cases_do() -> None:
    random = np.random.default_rng(1)
    few, many = (posterior_of(tally_from(values_at(), random, n, 0), NONE, 1) for n in (10, 100))
    own = posterior_of(tally_from(values_at(), random, 100, 100), NONE, 1)
    clarity = evidence_of("complexity")
    assert many.contraction(clarity) - few.contraction(clarity) < 0.15
    assert 1.0 - own.contraction(clarity) < 0.7 * (1.0 - many.contraction(clarity))


def test_that_disclosure_and_publicity_are_part_of_the_posterior_where_they_are_assumed() -> None:
    tally = tally_from(values_at(), np.random.default_rng(1), 30, 30)
    posterior = posterior_of(tally, Selection("model", disclosure=(0.1, 0.3), publicity=(0.5, 0.9)), 1)
    assert 0.1 <= posterior.values[DISCLOSURE].min() <= posterior.values[DISCLOSURE].max() <= 0.3


# --- Calibration ---


@pytest.mark.slow
def test_that_the_posterior_is_calibrated_over_400_draws_of_the_truth() -> None:
    random = np.random.default_rng(11)
    ranks: dict[str, list[int]] = {name: [] for name in RANGES}
    covered: dict[str, list[bool]] = {name: [] for name in RANGES}
    for seed in range(400):
        values = drawn(random)
        posterior = posterior_of(tally_from(values, random, 15, 15), NONE, seed)
        _note_ranks(posterior, values, seed, ranks, covered)
    for name in RANGES:
        counts = np.bincount(np.array(ranks[name]) // 10, minlength=10)
        assert chisquare(counts).pvalue > 0.001 / len(RANGES), name
        assert 0.85 <= np.mean(covered[name]) <= 0.95, name


def _note_ranks(
    posterior: Posterior, values: Values, seed: int, ranks: dict[str, list[int]], covered: dict[str, list[bool]]
) -> None:
    few, many = posterior.sample(99, seed), posterior.sample(2000, seed)
    for name in RANGES:
        truth = float(values[name][0])
        low, high = np.quantile(many[name], [0.05, 0.95])
        ranks[name].append(int((few[name] < truth).sum()))
        covered[name].append(bool(low <= truth <= high))

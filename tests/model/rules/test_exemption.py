"""Exemption as imperfect classification, the burden of proof, remedy, access, flexibility (model.md, 5)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from model.parameters import Exemption, Guidance, Work
from model.rules.exemption import (
    HonestExemption,
    burden_of_proof,
    exempt_honest,
    exempt_negligence,
    exempt_self_dealing,
    honest_exemption,
    local_exemption,
    mean_honest_exemption,
    recognised,
    review_of,
    same_risk_exemption,
)
from model.rules.work import sound_probability

SHARES = st.floats(0.0, 1.0)
INNER = st.floats(0.001, 0.999)
EVIDENCE = st.floats(0.0, 10.0)
DEFAULT = Exemption()
CENTRAL = Guidance(flexibility=0.0)
# At the reference clarity, 2, the threshold is 2 - Phi^-1(e).
THRESHOLD = 2.0 - float(ndtri(0.4))
REVIEW = review_of(0.4, DEFAULT, CENTRAL)


def clear(by: float) -> Exemption:
    """Return the default exemption with a list that makes honest cases clearer."""
    return Exemption(evidence_force_majeure=3.0 + by, evidence_complexity=2.0 + by, evidence_ability=1.0 + by)


# --- Who is recognised ---


def test_that_the_rate_is_that_of_an_unfiled_failure_from_complexity_at_the_reference_clarity() -> None:
    assert REVIEW.threshold == pytest.approx(THRESHOLD, rel=1e-13)
    assert recognised(2.0, REVIEW) == pytest.approx(0.4, abs=1e-14)


@pytest.mark.parametrize(
    ("evidence", "cause"), [(3.0, "force majeure"), (1.0, "ability"), (4.0, "filed force majeure"), (0.3, "negligence")]
)
def test_that_evidence_is_recognised_as_the_normal_distribution_says(evidence: float, cause: str) -> None:
    assert recognised(evidence, REVIEW) == pytest.approx(ndtr(evidence - THRESHOLD), rel=1e-12), cause


def test_that_no_rate_exempts_nobody_and_the_full_rate_everybody_who_has_access() -> None:
    nobody, everybody = review_of(0.0, DEFAULT, CENTRAL), review_of(1.0, DEFAULT, CENTRAL)
    for evidence in (0.0, 1.0, 2.0, 3.0, 4.0):
        assert exempt_honest(evidence, nobody, DEFAULT) == 0.0
        assert exempt_honest(evidence, everybody, DEFAULT) == DEFAULT.access
    assert exempt_negligence(nobody, DEFAULT) == exempt_self_dealing(nobody, DEFAULT) == 0.0
    assert exempt_negligence(everybody, DEFAULT) == exempt_self_dealing(everybody, DEFAULT) == DEFAULT.access


@given(INNER, INNER, EVIDENCE, EVIDENCE)
def test_that_exemption_grows_with_leniency_and_with_evidence(a: float, b: float, v: float, w: float) -> None:
    strict, lenient = review_of(min(a, b), DEFAULT, CENTRAL), review_of(max(a, b), DEFAULT, CENTRAL)
    assert recognised(v, strict) <= recognised(v, lenient) + 1e-12
    assert recognised(min(v, w), strict) <= recognised(max(v, w), strict) + 1e-12


# --- The burden of proof ---


def test_that_the_burden_of_proof_is_the_likelihood_ratio_at_the_reference_threshold() -> None:
    """ln beta = v0 * (v0 / 2 - Phi^-1(e)), which is v0 * k - v0^2 / 2 with k = v0 - Phi^-1(e)."""
    assert burden_of_proof(0.5) == pytest.approx(2.0, abs=1e-14)
    assert burden_of_proof(0.4) == pytest.approx(2.0 * THRESHOLD - 2.0, rel=1e-13)


@given(INNER, st.floats(0.5, 10.0))
def test_that_the_burden_of_proof_is_held_when_cases_get_clearer(rate: float, clarity: float) -> None:
    """At the threshold the evidence is exp(v * k - v^2 / 2) times as likely from complexity as from nothing at all."""
    k = review_of(rate, Exemption(evidence_complexity=clarity), CENTRAL).threshold
    assert clarity * k - clarity**2 / 2 == pytest.approx(2.0 * (1.0 - ndtri(rate)), rel=1e-9, abs=1e-9)


def test_that_a_clear_list_exempts_more_of_the_honest_and_fewer_of_the_guilty() -> None:
    listed = review_of(0.4, clear(1.0), CENTRAL)
    threshold = 3.0 / 2 + 2.0 * (1.0 - ndtri(0.4)) / 3.0
    assert listed.threshold == pytest.approx(threshold, rel=1e-13)
    by_list, plain = honest_exemption(0.0, listed, clear(1.0)), honest_exemption(0.0, REVIEW, DEFAULT)
    assert all(more > less for more, less in zip(by_list, plain, strict=True))
    assert exempt_self_dealing(listed, clear(1.0)) < exempt_self_dealing(REVIEW, DEFAULT)
    assert exempt_negligence(listed, clear(1.0)) < exempt_negligence(REVIEW, DEFAULT)


@given(st.floats(0.5, 0.999), st.floats(0.01, 3.0))
def test_that_where_review_is_lenient_every_gain_in_clarity_shelters_fewer_of_the_guilty(
    rate: float, by: float
) -> None:
    listed = review_of(rate, clear(by), CENTRAL)
    assert exempt_self_dealing(listed, clear(by)) < exempt_self_dealing(review_of(rate, DEFAULT, CENTRAL), DEFAULT)


def test_that_cases_without_any_clarity_are_judged_as_at_the_least() -> None:
    blurred = [review_of(0.4, Exemption(evidence_complexity=clarity), CENTRAL) for clarity in (0.0, 0.3, 0.5)]
    assert blurred[0].threshold == blurred[1].threshold == blurred[2].threshold
    assert math.isfinite(blurred[0].threshold)


# --- Remedy and access ---


def test_that_who_was_wrongly_denied_wins_on_appeal_and_only_who_has_access_can() -> None:
    at_once = ndtr(1.0 - THRESHOLD)
    assert exempt_honest(1.0, REVIEW, DEFAULT) == pytest.approx(0.8 * (at_once + (1 - at_once) * 0.1), rel=1e-12)
    assert exempt_honest(1.0, REVIEW, Exemption(remedy=1.0)) == pytest.approx(0.8)
    assert exempt_honest(1.0, REVIEW, Exemption(remedy=0.0, access=1.0)) == pytest.approx(at_once, rel=1e-12)


def test_that_there_is_no_remedy_where_nobody_is_exempted() -> None:
    assert exempt_honest(3.0, review_of(0.0, DEFAULT, CENTRAL), Exemption(remedy=1.0)) == 0.0


def test_that_neither_negligence_nor_private_gain_finds_a_remedy() -> None:
    for remedy in (0.0, 1.0):
        exemption = Exemption(remedy=remedy)
        assert exempt_negligence(REVIEW, exemption) == pytest.approx(0.8 * ndtr(0.3 - THRESHOLD), rel=1e-12)
        assert exempt_self_dealing(REVIEW, exemption) == pytest.approx(0.8 * ndtr(-THRESHOLD), rel=1e-12)


@given(SHARES, EVIDENCE, SHARES, SHARES)
def test_that_honest_exemption_is_a_probability_within_access(e: float, v: float, access: float, remedy: float) -> None:
    exemption = Exemption(access=access, remedy=remedy)
    assert 0.0 <= exempt_honest(v, review_of(e, exemption, CENTRAL), exemption) <= access + 1e-15


# --- The mean over causes, and filing ---


def test_that_filing_adds_its_evidence_to_every_honest_cause() -> None:
    filed = honest_exemption(1.0, REVIEW, DEFAULT)
    for value, evidence in zip(filed, (3.0, 2.0, 1.0), strict=True):
        at_once = ndtr(evidence + 1.0 - THRESHOLD)
        assert value == pytest.approx(0.8 * (at_once + (1 - at_once) * 0.1), rel=1e-12)


def test_that_the_mean_over_causes_has_the_shares_of_a_median_officials_honest_failures() -> None:
    # 0.08 of all tries meet force majeure, 0.92 * 0.35 complexity, 0.92 * 0.65 * 0.16 lack of ability.
    shares = (0.08, 0.92 * 0.35, 0.92 * 0.65 * 0.16)
    expected = (shares[0] * 0.9 + shares[1] * 0.5 + shares[2] * 0.1) / sum(shares)
    assert mean_honest_exemption(HonestExemption(0.9, 0.5, 0.1), 0.35, 0.6, Work()) == pytest.approx(expected)


def test_that_where_nobody_can_fail_honestly_complexity_stands_for_all_causes() -> None:
    never = Work(force_majeure=0.0, ability_weight=0.0)
    assert mean_honest_exemption(HonestExemption(0.9, 0.5, 0.1), 0.0, 0.6, never) == 0.5


# --- Flexibility ---


def test_that_without_flexibility_the_national_rate_holds_everywhere() -> None:
    assert local_exemption(0.4, 0.0, 0.3, 0.5) == 0.4


def test_that_the_rate_of_equal_risk_leaves_as_much_risk_as_in_the_mean() -> None:
    # Failure half as likely as not in the mean: the risk that ends in a sanction is 0.5 * 0.6 = 0.3.
    assert same_risk_exemption(0.4, 0.3, 0.5) == pytest.approx(1 - 0.3 / 0.7)
    assert same_risk_exemption(0.4, 0.6, 0.5) == pytest.approx(1 - 0.3 / 0.4)
    assert same_risk_exemption(0.4, 0.5, 0.5) == pytest.approx(0.4)
    assert same_risk_exemption(0.4, 0.9, 0.5) == 0.0
    assert same_risk_exemption(0.4, 1.0, 0.5) == 0.4


@given(SHARES, st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_that_the_risk_left_is_the_same_unless_a_rate_would_be_negative(e: float, here: float, mean: float) -> None:
    rate = same_risk_exemption(e, here, mean)
    assert 0.0 <= rate <= 1.0
    if rate > 0.0:
        assert (1 - here) * (1 - rate) == pytest.approx((1 - mean) * (1 - e), abs=1e-12)


def test_that_a_place_bends_the_rate_by_how_far_it_differs_from_the_mean_place() -> None:
    assert local_exemption(0.4, 1.0, 0.6, 0.35) == pytest.approx(0.65)
    assert local_exemption(0.4, 0.5, 0.6, 0.35) == pytest.approx(0.525)
    assert local_exemption(0.4, 1.0, 0.0, 0.5) == 0.0
    assert local_exemption(0.9, 1.0, 1.0, 0.8) == 1.0


@given(st.floats(0.3, 0.6), SHARES, st.lists(st.floats(0.25, 0.45), min_size=1, max_size=20))
def test_that_flexibility_does_not_change_the_average_leniency(
    e: float, flexibility: float, complexities: list[float]
) -> None:
    n = len(complexities)
    mean = sound_probability(sum(complexities) / n, 0.6, Work())
    same_risk = [same_risk_exemption(e, sound_probability(place, 0.6, Work()), mean) for place in complexities]
    rates = [local_exemption(e, flexibility, rate, sum(same_risk) / n) for rate in same_risk]
    if min(rates) > 0.0 and max(rates) < 1.0:
        assert sum(rates) / n == pytest.approx(e, abs=1e-12)


@given(SHARES, SHARES, SHARES)
def test_that_harder_places_exempt_more_under_flexibility(e: float, a: float, b: float) -> None:
    mean = sound_probability(0.35, 0.6, Work())
    harder, easier = (sound_probability(complexity, 0.6, Work()) for complexity in (max(a, b), min(a, b)))
    rates = [local_exemption(e, 1.0, same_risk_exemption(e, success, mean), e) for success in (harder, easier)]
    assert rates[0] >= rates[1]


def test_that_places_know_more_of_honest_failures_and_favour_their_own() -> None:
    half = Guidance(flexibility=0.5, local_knowledge=0.6, local_favour=0.4)
    review = review_of(0.4, DEFAULT, half)
    clarity = 2.0 + 0.5 * 0.6
    threshold = clarity / 2 + 2.0 * (1.0 - ndtri(0.4)) / clarity
    assert review.threshold == pytest.approx(threshold, rel=1e-13)
    no_remedy = Exemption(remedy=0.0, access=1.0)
    known = honest_exemption(0.0, review, no_remedy)
    assert tuple(known) == pytest.approx(tuple(ndtr(v + 0.3 - threshold) for v in (3.0, 2.0, 1.0)), rel=1e-12)
    assert exempt_self_dealing(review, no_remedy) == pytest.approx(ndtr(0.5 * 0.4 - threshold), rel=1e-12)
    assert exempt_negligence(review, no_remedy) == pytest.approx(ndtr(0.3 - threshold), rel=1e-12)

"""Exemption as imperfect classification, remedy, access and local flexibility (model.md, 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from model.parameters import Exemption, Work
from model.rules.exemption import exempt_honest, exempt_self_dealing, local_exemption, recognised
from model.rules.work import success_probability

SHARES = st.floats(0.0, 1.0)
INNER = st.floats(0.001, 0.999)
EVIDENCE = st.floats(0.0, 10.0)
DEFAULT = Exemption()


def test_that_the_rate_is_that_of_an_unfiled_failure_from_complexity() -> None:
    assert recognised(2.0, 0.4, DEFAULT) == pytest.approx(0.4, abs=1e-14)


@pytest.mark.parametrize(
    ("evidence", "cause"), [(3.0, "force majeure"), (1.0, "ability"), (4.0, "filed force majeure")]
)
def test_that_stronger_evidence_is_recognised_as_the_normal_distribution_says(evidence: float, cause: str) -> None:
    threshold = 2.0 - ndtri(0.4)
    assert recognised(evidence, 0.4, DEFAULT) == pytest.approx(ndtr(evidence - threshold), rel=1e-12), cause


def test_that_private_gain_has_no_evidence_to_show() -> None:
    assert exempt_self_dealing(0.4, DEFAULT) == pytest.approx(0.8 * ndtr(ndtri(0.4) - 2.0), rel=1e-12)


def test_that_no_rate_exempts_nobody_and_the_full_rate_everybody_who_has_access() -> None:
    for evidence in (0.0, 1.0, 2.0, 3.0, 4.0):
        assert exempt_honest(evidence, 0.0, DEFAULT) == 0.0
        assert exempt_honest(evidence, 1.0, DEFAULT) == DEFAULT.access
    assert exempt_self_dealing(0.0, DEFAULT) == 0.0
    assert exempt_self_dealing(1.0, DEFAULT) == DEFAULT.access


def test_that_who_was_wrongly_denied_wins_on_appeal_and_only_who_has_access_can() -> None:
    at_once = ndtr(1.0 - (2.0 - ndtri(0.4)))
    with_remedy = at_once + (1 - at_once) * 0.1
    assert exempt_honest(1.0, 0.4, DEFAULT) == pytest.approx(0.8 * with_remedy, rel=1e-12)
    assert exempt_honest(1.0, 0.4, Exemption(remedy=1.0)) == pytest.approx(0.8)
    assert exempt_honest(1.0, 0.4, Exemption(remedy=0.0, access=1.0)) == pytest.approx(at_once, rel=1e-12)


def test_that_there_is_no_remedy_where_nobody_is_exempted() -> None:
    assert exempt_honest(3.0, 0.0, Exemption(remedy=1.0)) == 0.0


def test_that_private_gain_finds_no_remedy() -> None:
    assert exempt_self_dealing(0.4, Exemption(remedy=1.0)) == exempt_self_dealing(0.4, Exemption(remedy=0.0))


@given(INNER, INNER, EVIDENCE, EVIDENCE)
def test_that_exemption_grows_with_leniency_and_with_evidence(a: float, b: float, v: float, w: float) -> None:
    assert recognised(v, min(a, b), DEFAULT) <= recognised(v, max(a, b), DEFAULT) + 1e-12
    assert recognised(min(v, w), a, DEFAULT) <= recognised(max(v, w), a, DEFAULT) + 1e-12


@given(SHARES, EVIDENCE, SHARES, SHARES)
def test_that_honest_exemption_is_a_probability_within_access(e: float, v: float, access: float, remedy: float) -> None:
    exemption = Exemption(access=access, remedy=remedy)
    assert 0.0 <= exempt_honest(v, e, exemption) <= access + 1e-15


@given(INNER, st.floats(0.01, 3.0))
def test_that_a_clear_list_lets_off_fewer_of_the_guilty_at_the_same_rate(rate: float, clearer: float) -> None:
    """More evidence for honest cases moves the threshold that gives the same rate away from those without any."""
    assert recognised(0.0, rate, Exemption(evidence_complexity=2.0 + clearer)) < recognised(0.0, rate, DEFAULT)


def test_that_without_flexibility_the_national_rate_holds_everywhere() -> None:
    assert local_exemption(0.4, 0.0, 0.3, 0.5) == 0.4


def test_that_full_flexibility_leaves_the_same_risk_everywhere() -> None:
    # Failure half as likely as in the mean: the risk of a failure that ends in a sanction is 0.5 * 0.6 = 0.3.
    assert local_exemption(0.4, 1.0, 0.3, 0.5) == pytest.approx(1 - 0.3 / 0.7)
    assert local_exemption(0.4, 1.0, 0.6, 0.5) == pytest.approx(1 - 0.3 / 0.4)
    assert local_exemption(0.4, 0.25, 0.6, 0.5) == pytest.approx(0.75 * 0.4 + 0.25 * (1 - 0.3 / 0.4))
    assert local_exemption(0.4, 1.0, 0.5, 0.5) == pytest.approx(0.4)


@given(SHARES, st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_that_the_risk_left_is_the_same_unless_a_rate_would_be_negative(e: float, here: float, mean: float) -> None:
    local = local_exemption(e, 1.0, here, mean)
    assert 0.0 <= local <= 1.0
    if local > 0.0:
        assert (1 - here) * (1 - local) == pytest.approx((1 - mean) * (1 - e), abs=1e-12)


def test_that_where_nobody_can_fail_the_national_rate_stays() -> None:
    assert local_exemption(0.4, 1.0, 1.0, 0.5) == pytest.approx(0.4)


@given(SHARES, SHARES, SHARES)
def test_that_harder_places_are_exempted_more_under_flexibility(e: float, a: float, b: float) -> None:
    mean = success_probability(0.35, 0.6, Work())
    harder, easier = (success_probability(complexity, 0.6, Work()) for complexity in (max(a, b), min(a, b)))
    assert local_exemption(e, 1.0, harder, mean) >= local_exemption(e, 1.0, easier, mean)

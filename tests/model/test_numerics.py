"""The portable arithmetic gives the values of mathematics, to the error it promises."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, ndtr, ndtri

from model.numerics import (
    exponential,
    fixed_point,
    float_of_whole,
    logistic,
    natural_logarithm,
    normal_probability,
    normal_quantile,
    power_of_two,
    uniform_of_word,
    whole_of,
)

ARGUMENTS = np.concatenate([np.linspace(-700.0, 700.0, 401), np.linspace(-2.0, 2.0, 401), [1e-300, -1e-17, 5e-9]])


def relative_error(found: float, exact: Decimal) -> float:
    with localcontext() as context:
        context.prec = 400
        return float(abs((Decimal(found) - exact) / exact))


def exact_exponential(x: float) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(x).exp()


def exact_logarithm(x: float) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(x).ln()


def exact_pi() -> Decimal:
    """Machin's formula, 400 digits; the precision is the caller's."""

    def inverse_tangent_of_one_over(n: int) -> Decimal:
        power, total = Decimal(1) / n, Decimal(0)
        for k in range(600):
            total += (-1) ** k * power / (2 * k + 1)
            power /= n * n
        return total

    return 4 * (4 * inverse_tangent_of_one_over(5) - inverse_tangent_of_one_over(239))


def exact_normal_probability(x: float) -> Decimal:
    """1/2 + density(x) * (x + x^3/3 + x^5/(3*5) + ...), with digits enough for the tail, where nearly all cancels."""
    with localcontext() as context:
        context.prec = 400
        square = Decimal(x) * Decimal(x)
        term = total = Decimal(x)
        for k in itertools.count(1):
            term *= square / (2 * k + 1)
            total += term
            if abs(term) < Decimal(10) ** -395 * max(abs(total), Decimal(1)):
                break
        density = (-square / 2).exp() / (2 * exact_pi()).sqrt()
        return Decimal("0.5") + density * total


@pytest.mark.parametrize("x", [-8.0, -1.0, 0.0, 0.5, 3.0])
def test_that_the_exact_normal_probability_of_these_tests_agrees_with_scipy(x: float) -> None:
    assert float(exact_normal_probability(x)) == pytest.approx(ndtr(x), rel=1e-13)


def test_that_the_exponential_is_exact_to_1e_14() -> None:
    assert max(relative_error(exponential(x), exact_exponential(x)) for x in ARGUMENTS) < 1e-14


def test_that_the_exponential_of_zero_is_one() -> None:
    assert exponential(0.0) == 1.0
    assert exponential(-0.0) == 1.0


def test_that_the_exponential_stops_at_the_ends_of_the_normal_numbers() -> None:
    assert exponential(-1e6) == exponential(-708.0) > 0.0
    assert exponential(1e6) == exponential(709.0) < math.inf


@given(st.floats(-708.0, 709.0), st.floats(-708.0, 709.0))
def test_that_the_exponential_never_falls(x: float, y: float) -> None:
    low, high = sorted((x, y))
    # Neighbours may be rounded to values an error apart, so steps below the error are not judged.
    assert exponential(low) <= exponential(high) * (1.0 + 2e-14)


def exact_power_of_two(x: float) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return (Decimal(x) * Decimal(2).ln()).exp()


def test_that_a_power_of_two_is_exact_to_1e_15() -> None:
    exponents = np.concatenate([np.linspace(-1000.0, 999.0, 801), np.linspace(-1.5, 1.5, 801), [1e-300, -1e-17, 5e-9]])
    assert max(relative_error(power_of_two(x), exact_power_of_two(x)) for x in exponents) < 1e-15


@given(st.integers(-1000, 999))
def test_that_two_to_a_whole_number_is_exact(n: int) -> None:
    assert power_of_two(float(n)) == 2.0**n


def test_that_powers_of_two_stop_before_they_are_no_normal_numbers() -> None:
    assert power_of_two(-1e300) == power_of_two(-math.inf) == 2.0**-1000


@given(st.floats(-1000.0, 999.0), st.floats(-1000.0, 999.0))
def test_that_powers_of_two_never_fall(x: float, y: float) -> None:
    assert power_of_two(min(x, y)) <= power_of_two(max(x, y)) * (1.0 + 2e-15)


@given(st.floats(-1000.0, 999.0))
def test_that_the_logarithm_undoes_a_power_of_two(x: float) -> None:
    assert natural_logarithm(power_of_two(x)) == pytest.approx(x * math.log(2.0), rel=2e-15, abs=2e-15)


def test_that_the_logarithm_is_exact_to_1e_15() -> None:
    near_one = 1.0 + np.array([-0.29, -1e-3, -1e-8, -1e-15, 1e-15, 1e-8, 1e-3, 0.41])
    for x in np.concatenate([np.geomspace(1e-300, 1e300, 601), near_one]):
        if x != 1.0:
            assert relative_error(natural_logarithm(x), exact_logarithm(x)) < 1e-15, x
    assert natural_logarithm(1.0) == 0.0


@given(st.floats(-700.0, 700.0))
def test_that_the_logarithm_undoes_the_exponential(x: float) -> None:
    assert natural_logarithm(exponential(x)) == pytest.approx(x, rel=1e-14, abs=1e-14)


@given(st.floats(-500.0, 500.0))
def test_that_the_logistic_is_scipys(x: float) -> None:
    assert logistic(x) == pytest.approx(expit(x), rel=3e-14)


def test_that_the_normal_probability_is_exact_to_1e_13_down_to_the_far_tail() -> None:
    # Both sides of the two places where the approximation changes, 0.674 and 5.66, and all in between.
    edges = [0.67448974, 0.67448975, 0.67448976, 5.6568542, 5.6568543, 36.9]
    for x in [*np.linspace(-36.9, 8.0, 120), *edges, *(-edge for edge in edges)]:
        assert relative_error(normal_probability(x), exact_normal_probability(x)) < 1e-13, x


def test_that_the_normal_probability_is_scipys() -> None:
    x = np.linspace(-8.0, 8.0, 2001)
    np.testing.assert_allclose([normal_probability(value) for value in x], ndtr(x), rtol=1e-13)


@given(st.floats(-37.0, 37.0))
def test_that_the_two_tails_of_the_normal_distribution_add_up_to_one(x: float) -> None:
    assert normal_probability(x) + normal_probability(-x) == pytest.approx(1.0, abs=1e-15)


def test_that_the_normal_probability_of_the_infinite_is_certain() -> None:
    assert normal_probability(-math.inf) == 0.0
    assert normal_probability(math.inf) == 1.0
    assert normal_probability(0.0) == 0.5


def test_that_the_normal_quantile_has_the_values_published_with_the_algorithm() -> None:
    # Wichura 1988, table of test values of PPND16.
    assert normal_quantile(0.25) == pytest.approx(-0.6744897501960817, rel=1e-15)
    assert normal_quantile(0.001) == pytest.approx(-3.090232306167814, rel=1e-15)
    assert normal_quantile(1e-20) == pytest.approx(-9.262340089798408, rel=1e-15)


def test_that_the_normal_quantile_is_scipys() -> None:
    p = np.concatenate([np.geomspace(1e-300, 0.5, 500), 1.0 - np.geomspace(1e-15, 0.5, 200)])
    np.testing.assert_allclose([normal_quantile(value) for value in p], ndtri(p), rtol=2e-14, atol=1e-15)


@pytest.mark.parametrize("p", [1e-100, 1e-12, 1e-5, 0.02, 0.0749, 0.0751, 0.3, 0.5001, 0.92, 0.999])
def test_that_the_normal_quantile_undoes_the_exact_normal_probability(p: float) -> None:
    found = normal_quantile(p)
    # An error of one unit in the last place of the quantile moves the probability by about its square times that unit.
    assert relative_error(p, exact_normal_probability(found)) < 1e-15 * max(10.0, 3.0 * found * found)


def test_that_the_normal_quantile_is_infinite_at_the_ends_and_zero_in_the_middle() -> None:
    assert normal_quantile(0.0) == -math.inf
    assert normal_quantile(1.0) == math.inf
    assert normal_quantile(0.5) == 0.0


@given(st.integers(1, 2**32 - 1).map(lambda word: word / 2**32))
def test_that_the_normal_quantile_is_symmetric(p: float) -> None:
    assert normal_quantile(1.0 - p) == pytest.approx(-normal_quantile(p), rel=1e-12, abs=1e-15)


@given(st.floats(0.0, 1.0))
def test_that_fixed_point_is_the_nearest_whole_number_of_units(x: float) -> None:
    assert abs(Fraction(fixed_point(x)) - Fraction(x) * 2**32) <= Fraction(1, 2)


@given(st.floats(-5e5, 5e5))
def test_that_fixed_point_holds_for_all_numbers_below_2_to_the_19(x: float) -> None:
    assert abs(Fraction(fixed_point(x)) - Fraction(x) * 2**32) <= Fraction(1, 2)


@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=30), st.randoms())
def test_that_sums_in_fixed_point_do_not_depend_on_order(values: list[float], order: object) -> None:
    shuffled = values.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sum(map(fixed_point, values)) == sum(map(fixed_point, shuffled))


@pytest.mark.parametrize("word", [0, 1, 2**31 - 1, 2**31, 2**32 - 1])
def test_that_a_word_becomes_the_middle_of_its_part_of_the_unit_interval(word: int) -> None:
    found = uniform_of_word(np.uint64(word))
    assert Fraction(found) == (Fraction(word) + Fraction(1, 2)) / 2**32
    assert 0.0 < found < 1.0


@given(st.integers(0, 2**51 - 1))
def test_that_whole_numbers_go_to_floats_and_back(n: int) -> None:
    assert float_of_whole(n) == float(n)
    assert whole_of(float(n)) == n

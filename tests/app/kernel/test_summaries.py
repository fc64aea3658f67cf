"""The page's statistics are NumPy's and the library's, to the last bit."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.statistics.paired_effects import intervals_of
from app.kernel.summaries import (
    INTERVAL_FIELDS,
    PAIRED_FIELDS,
    fan_of,
    interval_of_values,
    paired_effect_of,
    window_means_of,
)
from model.simulate import window_means

Floats = NDArray[np.float64]

STUDENT = stdtrit(np.arange(1, 1000), 0.975)
VALUES = st.floats(-1e6, 1e6, width=64) | st.sampled_from([0.0, 0.5, 1.0, np.nan])
SHAPES = st.tuples(st.integers(1, 60), st.integers(1, 8))
PROBABILITIES = np.array([0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0])


def is_same(one: object, other: object) -> bool:
    """Tell whether two rows of numbers are equal to the last bit, missing ones where the other has missing ones."""
    return np.array_equal(np.asarray(one, dtype=float), np.asarray(other, dtype=float), equal_nan=True)


def interval(values: Floats) -> Floats:
    """Return the interval of the page."""
    row = np.zeros(len(INTERVAL_FIELDS))
    interval_of_values(values, STUDENT, np.zeros(len(values)), row)
    return row


def twice(values: Floats) -> Floats:
    """Return a table with two columns of the same, which NumPy adds up row by row as it does with all measures."""
    return np.column_stack([values, values])


@given(arrays(np.float64, SHAPES, elements=VALUES))
def test_that_a_fan_is_made_of_numpys_quantiles(values: Floats) -> None:
    fan = np.zeros((values.shape[1], len(PROBABILITIES)))
    fan_of(values, PROBABILITIES, np.zeros(len(values)), fan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = np.nanquantile(values, PROBABILITIES, axis=0)
    assert is_same(fan.T, expected)


@given(arrays(np.float64, st.tuples(st.integers(1, 150), st.integers(2, 5)), elements=VALUES), st.integers(1, 80))
def test_that_window_means_are_those_of_the_library(measures: Floats, window: int) -> None:
    means = np.zeros(measures.shape[1])
    window_means_of(measures, window, means)
    assert is_same(means, window_means(measures, window))


@given(arrays(np.float64, st.integers(1, 300), elements=VALUES))
def test_that_an_interval_is_the_librarys(values: Floats) -> None:
    assert is_same(interval(values), [field[0] for field in intervals_of(twice(values))])


@given(arrays(np.float64, st.tuples(st.integers(1, 120), st.just(2)), elements=VALUES))
def test_that_a_paired_effect_is_the_librarys(pairs: Floats) -> None:
    policy, reference = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
    effect = np.zeros(len(PAIRED_FIELDS))
    paired_effect_of(policy, reference, STUDENT, np.zeros(len(pairs)), effect)
    is_pair = ~np.isnan(policy - reference)
    means = intervals_of(
        np.column_stack([np.where(is_pair, reference, np.nan), np.where(is_pair, policy, np.nan)])
    ).mean
    difference = intervals_of(twice(policy - reference))
    assert is_same(effect, [*means, *(field[0] for field in difference)])


@pytest.mark.parametrize("n", [0, 1])
def test_that_an_interval_needs_two_values(n: int) -> None:
    mean, low, high, counted = interval(np.full(3, np.nan) if n == 0 else np.array([np.nan, 0.5]))
    assert counted == n
    assert np.isnan([low, high]).all()
    assert mean == 0.5 if n else np.isnan(mean)


def test_that_beyond_the_table_of_student_the_interval_is_missing() -> None:
    mean, low, high, n = interval(np.linspace(0.0, 1.0, 1001))
    assert n == 1001
    assert mean == pytest.approx(0.5)
    assert np.isnan([low, high]).all()

"""Closed form of scale (model.md, section 9, number 10): no mean depends on how many officials a jurisdiction has.

Chance does: in a jurisdiction of 25 one sanction is news that moves everybody, in one of 1,600 it is one of many. Rules
are not straight lines, so that a little of this chance stays in the means; it halves as the jurisdiction doubles, and
is below a percentage point at 25. The spread over jurisdictions is chance itself there, and is no mean.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest

from model.measures import MEASURES, about_measure
from model.simulate import simulate, window_means
from model.vocabulary import DEFAULT_REPLICATIONS
from tests.made_scenarios import made_scenario

JURISDICTIONS = 20
SIZES = (25, 50, 100, 200, 400, 800, 1600)
MEANS = tuple(name for name in MEASURES if name != "innovation_dispersion")
SHARES = tuple(name for name in MEANS if about_measure(name).unit == "share")
# One of 1,000 honest comparisons would be outside; there are as many comparisons as measures.
ERRORS = 3.3
# Every run of 25 officials has its 1/64th of the officials of one of 1,600; about as many officials in all.
MANY_RUNS = {25: 960, 50: 480, 100: 240, 400: 60, 1600: 24}


@functools.cache
def means_of(size: int, replications: int) -> tuple[np.ndarray, np.ndarray]:
    """Return every mean of a run over the last five years and its standard error; counts are per official."""
    officials = size * JURISDICTIONS
    values = window_means(simulate(made_scenario({}, officials, JURISDICTIONS, 120), replications).values)
    is_count = np.array([about_measure(name).unit == "count per month" for name in MEASURES])
    per_official = np.where(is_count, values / officials, values)
    kept = per_official[:, [MEASURES.index(name) for name in MEANS]]
    n = (~np.isnan(kept)).sum(axis=0)
    return np.nanmean(kept, axis=0), np.nanstd(kept, axis=0, ddof=1) / np.sqrt(n)


def assert_same_means(one: int, other: int) -> None:
    (here, error_here), (there, error_there) = (means_of(size, DEFAULT_REPLICATIONS) for size in (one, other))
    apart = np.abs(here - there) / np.hypot(error_here, error_there)
    worst = int(np.argmax(apart))
    assert apart[worst] < ERRORS, f"{MEANS[worst]}: {here[worst]:.4f} at {one}, {there[worst]:.4f} at {other}"


def test_that_twice_the_officials_in_every_jurisdiction_leave_every_mean_as_it_is() -> None:
    assert_same_means(50, 100)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES[:-1])
def test_that_they_do_so_from_25_to_1600_officials_a_jurisdiction(size: int) -> None:
    assert_same_means(size, 2 * size)


@pytest.mark.slow
def test_that_what_chance_leaves_in_the_means_of_small_jurisdictions_is_below_a_hundredth_and_fades() -> None:
    """With 24 times the runs of the other tests even the curvature of the rules can be seen: it falls with the size."""
    largest, error_of_largest = means_of(1600, MANY_RUNS[1600])
    shares = [MEANS.index(name) for name in SHARES if name not in ("actual_exemption", "trust_gap")]
    for size, runs in MANY_RUNS.items():
        means, error = means_of(size, runs)
        apart = np.abs(means - largest)[shares]
        noise = ERRORS * np.hypot(error, error_of_largest)[shares]
        worst = int(np.argmax(apart - noise))
        assert np.all(apart <= 0.01 * 25 / size + noise), f"{SHARES[worst]} at {size}"


def test_that_the_spread_over_jurisdictions_is_no_such_mean_and_shrinks_as_chance_does() -> None:
    place = MEASURES.index("innovation_dispersion")
    spreads = [
        float(simulate(made_scenario({}, size * JURISDICTIONS, JURISDICTIONS, 120), 20).values[:, 60:, place].mean())
        for size in (25, 100, 400)
    ]
    assert spreads[0] > 1.4 * spreads[1] > 1.4 * spreads[2]

"""The two ladders of sanctions: observed ones, tilted to the severity asked for (model.md, 6)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from model.parameters import LADDER_LOSSES, Accountability
from model.rules.ladder import (
    Ladder,
    accountability_ladder,
    expected_loss,
    freeze_of_rung,
    ladder_of,
    loss_drawn,
    mean_rung,
    misconduct_ladder,
    tilted,
)
from model.vocabulary import N_COUNTS, Counts

RUNGS = np.arange(4)
# Circular, admonition, discipline, removal; the four forms.
SHARES = {"accountability": (0.40, 0.30, 0.25, 0.05), "misconduct": (0.638, 0.286, 0.037, 0.039)}
LADDERS = {"accountability": accountability_ladder, "misconduct": misconduct_ladder}
SEVERITIES = [1e-6, 0.01, 0.1, 0.159, 0.317, 0.5, 0.75, 0.99, 1 - 1e-6]


def ladder_by_scipy(shares: tuple[float, ...], severity: float) -> np.ndarray:
    def at(tilt: float) -> np.ndarray:
        weights = np.array(shares) * np.exp(tilt * (RUNGS - 3.0 * (tilt > 0)))
        return weights / weights.sum()

    tilt = brentq(lambda tilt: at(tilt) @ RUNGS - 3 * severity, -100.0, 100.0, xtol=1e-14, rtol=1e-15)
    return at(tilt)


def test_that_the_default_severity_of_accountability_is_the_inspections_ladder() -> None:
    np.testing.assert_allclose(accountability_ladder(Accountability().severity), SHARES["accountability"], atol=1e-3)
    assert mean_rung(Ladder(*SHARES["accountability"])) / 3 == pytest.approx(0.317, abs=5e-4)


def test_that_the_four_forms_of_all_who_are_handled_have_a_mean_rung_far_below_the_default_for_private_gain() -> None:
    observed = mean_rung(Ladder(*SHARES["misconduct"])) / 3
    assert observed == pytest.approx(0.159, abs=5e-4)
    assert Accountability().misconduct_severity > 3 * observed


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("name", LADDERS)
def test_that_a_ladder_is_the_observed_one_tilted_exponentially(name: str, severity: float) -> None:
    np.testing.assert_allclose(LADDERS[name](severity), ladder_by_scipy(SHARES[name], severity), rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("name", LADDERS)
@given(severity=st.floats(0.0, 1.0))
def test_that_the_mean_rung_is_three_times_the_severity_to_1e_12(name: str, severity: float) -> None:
    ladder = LADDERS[name](severity)
    assert abs(mean_rung(ladder) - 3 * severity) < 1e-12
    assert sum(ladder) == pytest.approx(1.0, abs=1e-14)
    assert min(ladder) >= 0.0


@given(
    st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4).map(lambda parts: [part / sum(parts) for part in parts]),
    st.floats(0.0, 1.0),
)
def test_that_any_observed_ladder_can_be_tilted_to_any_severity(shares: list[float], severity: float) -> None:
    assert abs(mean_rung(ladder_of(Ladder(*shares), severity)) - 3 * severity) < 1e-12


@pytest.mark.parametrize("name", LADDERS)
def test_that_the_ends_of_severity_are_the_pure_end_rungs(name: str) -> None:
    assert tuple(LADDERS[name](0.0)) == (1.0, 0.0, 0.0, 0.0)
    assert tuple(LADDERS[name](1.0)) == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize("name", LADDERS)
def test_that_without_tilt_a_ladder_is_the_observed_one(name: str) -> None:
    np.testing.assert_allclose(tilted(Ladder(*SHARES[name]), 0.0), SHARES[name], rtol=1e-15)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_a_severer_ladder_is_expected_to_cost_more(a: float, b: float) -> None:
    for ladder in LADDERS.values():
        assert expected_loss(ladder(min(a, b))) <= expected_loss(ladder(max(a, b))) + 1e-12


def test_that_the_expected_loss_is_the_mean_over_the_rungs() -> None:
    by_hand = 0.40 * 0.5 + 0.30 * 2.0 + 0.25 * 6.0 + 0.05 * 15.0
    assert expected_loss(Ladder(*SHARES["accountability"])) == pytest.approx(by_hand)
    assert expected_loss(accountability_ladder(0.0)) == LADDER_LOSSES[0] == 0.5
    assert expected_loss(misconduct_ladder(1.0)) == LADDER_LOSSES[3] == 15.0


def test_that_admonition_and_discipline_bar_promotion_for_half_a_year_and_a_year_and_a_half() -> None:
    assert [freeze_of_rung(rung) for rung in range(4)] == [0.0, 6.0, 18.0, 0.0]


def test_that_the_losses_of_a_month_add_up_over_the_rungs_of_the_accountability_ladder_alone() -> None:
    counts = Counts(*[0] * N_COUNTS)._replace(circulars=7, admonitions=3, disciplines=2, organisational_removals=1)
    assert loss_drawn(counts) == pytest.approx(7 * 0.5 + 3 * 2.0 + 2 * 6.0 + 15.0)
    forms = Counts(*[0] * N_COUNTS)._replace(misconduct_first_form=7, misconduct_fourth_form=3)
    assert loss_drawn(forms) == 0.0

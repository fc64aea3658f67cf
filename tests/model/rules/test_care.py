"""Care is the best there is, in closed form (model.md, 4.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules.care import best_care, care_value

STAKES = st.floats(0.0, 50.0)
COSTS = st.floats(0.01, 50.0)
SHARES = st.floats(0.0, 1.0)


def test_that_care_is_the_stake_over_its_cost_up_to_full_care() -> None:
    assert best_care(0.2, 0.5) == pytest.approx(0.4)
    assert best_care(0.5, 0.5) == 1.0
    assert best_care(3.0, 0.5) == 1.0
    assert best_care(0.0, 0.5) == 0.0


def test_that_care_saves_its_share_of_the_stake_and_costs_ever_more() -> None:
    assert care_value(0.2, 0.4, 0.5) == pytest.approx(0.4 * 0.2 - 0.5 * 0.4**2 / 2)
    assert care_value(0.2, 0.0, 0.5) == 0.0
    assert care_value(3.0, 1.0, 0.5) == pytest.approx(3.0 - 0.25)


@given(STAKES, COSTS, SHARES)
def test_that_no_other_care_is_worth_more(stake: float, cost: float, other: float) -> None:
    best = care_value(stake, best_care(stake, cost), cost)
    assert best >= care_value(stake, other, cost) - 1e-12 * (1.0 + stake + cost)
    assert best >= 0.0


@given(STAKES, STAKES, COSTS, COSTS)
def test_that_more_at_stake_means_more_care_and_dearer_care_less(a: float, b: float, c: float, d: float) -> None:
    assert 0.0 <= best_care(min(a, b), c) <= best_care(max(a, b), c) <= 1.0
    assert best_care(a, max(c, d)) <= best_care(a, min(c, d))

"""Careers: hope fades above the ceiling and while promotion is barred; what one did is kept in mind (4.1, 4.9, 8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Career
from model.rules.career import (
    age_after,
    drive,
    freeze_after,
    horizon,
    inaction_history_after,
    inactive_months,
    is_lazy,
    own_inaction,
)
from model.state import OfficialState

CAREER = Career(ceiling_age=52.0, retirement_age=60.0)
AGES = st.floats(28.0, 59.99)
AN_OFFICIAL = OfficialState(0.6, 1.955, 0.4, 0.8, 0.82, 40.0, *[0.0] * 8)
HISTORIES = st.integers(0, 2**24 - 1)


@pytest.mark.parametrize(
    ("age", "ahead"), [(28.0, 1.0), (51.9, 1.0), (52.0, 1.0), (54.0, 0.75), (56.0, 0.5), (59.0, 0.125), (60.0, 0.0)]
)
def test_that_the_horizon_falls_in_a_line_from_the_ceiling_to_retirement(age: float, ahead: float) -> None:
    assert horizon(age, 0.0, CAREER) == pytest.approx(ahead)


def test_that_nothing_lies_ahead_beyond_retirement() -> None:
    assert horizon(61.0, 0.0, CAREER) == 0.0


@given(AGES, st.floats(1.0, 24.0))
def test_that_nothing_lies_ahead_while_promotion_is_barred(age: float, freeze_months: float) -> None:
    assert horizon(age, freeze_months, CAREER) == 0.0


@given(AGES, AGES)
def test_that_the_horizon_never_grows_with_age(age: float, other: float) -> None:
    assert horizon(max(age, other), 0.0, CAREER) <= horizon(min(age, other), 0.0, CAREER)


@given(AGES)
def test_that_a_ceiling_at_retirement_takes_the_horizon_out_of_the_model(age: float) -> None:
    assert horizon(age, 0.0, Career(60.0, 60.0)) == 1.0


def test_that_drive_is_ambition_as_far_as_a_career_lies_ahead_and_motivation_to_serve() -> None:
    assert drive(AN_OFFICIAL, CAREER) == pytest.approx(0.8 + 0.4)
    assert drive(AN_OFFICIAL._replace(age=56.0), CAREER) == pytest.approx(0.8 * 0.5 + 0.4)
    assert drive(AN_OFFICIAL._replace(freeze_months=3.0), CAREER) == pytest.approx(0.4)


def test_that_twelve_months_make_a_year() -> None:
    age = 30.0
    for _ in range(12):
        age = age_after(age)
    assert age == pytest.approx(31.0, abs=1e-13)


def test_that_a_bar_of_six_months_is_over_after_six() -> None:
    freezes = [6.0]
    for _ in range(7):
        freezes.append(freeze_after(freezes[-1]))
    assert freezes == [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0, 0.0]


def test_that_the_newest_month_is_the_lowest_bit() -> None:
    assert inaction_history_after(0.0, 1.0) == 0b1
    assert inaction_history_after(0b1, 0.0) == 0b10
    assert inaction_history_after(0b10, 1.0) == 0b101


@given(HISTORIES, st.booleans())
def test_that_a_month_shifts_the_history_and_the_oldest_of_24_is_forgotten(history: int, is_inactive: bool) -> None:
    expected = ((history << 1) | is_inactive) & 0xFFFFFF
    assert inaction_history_after(float(history), float(is_inactive)) == expected


def test_that_after_two_years_of_work_nothing_is_left_of_any_inaction() -> None:
    history = float(2**24 - 1)
    for _ in range(24):
        history = inaction_history_after(history, 0.0)
    assert history == 0.0


@given(HISTORIES)
def test_that_the_months_of_inaction_are_the_bits_of_either_year(history: int) -> None:
    found = inactive_months(float(history))
    assert found.last_year == (history & 0xFFF).bit_count()
    assert found.year_before == (history >> 12).bit_count()
    assert own_inaction(float(history)) == pytest.approx((history & 0xFFF).bit_count() / 12, abs=1e-15)


@pytest.mark.parametrize("month", range(24))
def test_that_each_month_counts_in_its_own_year(month: int) -> None:
    assert tuple(inactive_months(float(1 << month))) == ((1, 0) if month < 12 else (0, 1))


def test_that_seven_months_of_twelve_are_lazy_and_six_are_not() -> None:
    assert [is_lazy(months) for months in range(13)] == [0] * 7 + [1] * 6

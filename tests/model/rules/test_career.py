"""Careers: hope fades above the ceiling and while promotion is barred (model.md, 4.1 and 4.9)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Career
from model.rules.career import age_after, drive, freeze_after, horizon, inaction_share_after
from model.state import OfficialState

CAREER = Career(ceiling_age=52.0, retirement_age=60.0)
AGES = st.floats(28.0, 59.99)
AN_OFFICIAL = OfficialState(0.6, 1.955, 0.4, 0.8, 0.82, 40.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


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


def test_that_the_inaction_share_moves_by_two_thirteenths() -> None:
    assert inaction_share_after(0.0, 1.0) == pytest.approx(2 / 13)
    assert inaction_share_after(0.6, 0.0) == pytest.approx(0.6 * 11 / 13)
    assert inaction_share_after(0.6, 1.0) == pytest.approx(0.6 + 2 / 13 * 0.4)


@given(st.floats(0.0, 1.0), st.sampled_from([0.0, 1.0]))
def test_that_the_inaction_share_stays_a_share(share: float, is_inactive: float) -> None:
    assert 0.0 <= inaction_share_after(share, is_inactive) <= 1.0 + 1e-15


def test_that_a_habit_of_doing_nothing_shows_after_five_months_and_is_lost_after_five() -> None:
    share, months = 0.0, 0
    while share <= 0.5:
        share, months = inaction_share_after(share, 1.0), months + 1
    assert months == 5
    share = 1.0
    while share > 0.5:
        share, months = inaction_share_after(share, 0.0), months - 1
    assert months == 0


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

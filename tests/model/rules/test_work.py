"""Work: what success needs, urgent matters, and learning by doing (model.md, 4.1, 4.3 and 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Work
from model.rules.work import (
    complexity_in_haste,
    complexity_now,
    complexity_of_jurisdiction,
    is_urgent,
    sound_probability,
)

SHARES = st.floats(0.0, 1.0)
TRIES = st.floats(0.0, 1e4)


def test_that_success_needs_luck_a_task_mastered_and_ability() -> None:
    work = Work(force_majeure=0.08, ability_weight=0.4)
    assert sound_probability(0.35, 0.6, work) == pytest.approx(0.92 * 0.65 * (1 - 0.4 * 0.4))
    assert sound_probability(0.0, 1.0, work) == pytest.approx(0.92)
    assert sound_probability(0.35, 0.6, Work(force_majeure=1.0)) == 0.0


def test_that_ability_does_not_count_without_weight() -> None:
    work = Work(ability_weight=0.0)
    assert sound_probability(0.35, 0.1, work) == sound_probability(0.35, 0.9, work)


@given(SHARES, SHARES, SHARES, SHARES)
def test_that_soundness_is_a_probability_and_falls_with_complexity(
    a: float, b: float, competence: float, weight: float
) -> None:
    work = Work(ability_weight=weight)
    harder, easier = sound_probability(max(a, b), competence, work), sound_probability(min(a, b), competence, work)
    assert 0.0 <= harder <= easier <= 1.0


@given(SHARES, SHARES, SHARES)
def test_that_soundness_grows_with_competence(complexity: float, a: float, b: float) -> None:
    assert sound_probability(complexity, min(a, b), Work()) <= sound_probability(complexity, max(a, b), Work())


def test_that_complexity_is_spread_evenly_over_jurisdictions_and_clipped() -> None:
    work = Work(complexity=0.35, complexity_spread=0.15)
    assert complexity_of_jurisdiction(work, -1.0) == pytest.approx(0.2)
    assert complexity_of_jurisdiction(work, 0.0) == pytest.approx(0.35)
    assert complexity_of_jurisdiction(work, 1.0) == pytest.approx(0.5)
    wide = Work(complexity=0.6, complexity_spread=0.7)
    assert complexity_of_jurisdiction(wide, -1.0) == 0.0
    assert complexity_of_jurisdiction(wide, 1.0) == 0.95


def test_that_tries_at_home_and_elsewhere_make_the_task_easier() -> None:
    work = Work(learning_max=0.5, learning_half=6.0, diffusion=0.2)
    experience = 0.8 * 4.0 + 0.2 * 9.0
    expected = 0.35 * (1 - 0.5 * experience / (experience + 6.0))
    assert complexity_now(0.35, 4.0, 9.0, work) == pytest.approx(expected)
    # At `learning_half` tries everywhere, half of what can be learned is learned.
    assert complexity_now(0.4, 6.0, 6.0, work) == pytest.approx(0.4 * (1 - 0.25))


def test_that_nothing_is_learned_before_the_first_try_or_where_nothing_can_be() -> None:
    assert complexity_now(0.35, 0.0, 0.0, Work()) == 0.35
    assert complexity_now(0.35, 50.0, 50.0, Work(learning_max=0.0)) == 0.35


def test_that_diffusion_says_how_far_the_tries_of_others_teach() -> None:
    assert complexity_now(0.35, 3.0, 99.0, Work(diffusion=0.0)) == complexity_now(0.35, 3.0, 0.0, Work(diffusion=0.0))
    assert complexity_now(0.35, 3.0, 9.0, Work(diffusion=1.0)) == complexity_now(0.35, 0.0, 9.0, Work(diffusion=1.0))


@given(SHARES, TRIES, TRIES, SHARES, SHARES, st.floats(0.0, 100.0))
def test_that_learning_never_makes_a_task_harder_nor_easier_than_it_can_get(
    complexity: float, own: float, elsewhere: float, learning_max: float, diffusion: float, more: float
) -> None:
    work = Work(learning_max=learning_max, diffusion=diffusion)
    now, later = (
        complexity_now(complexity, own, elsewhere, work),
        complexity_now(complexity, own + more, elsewhere, work),
    )
    assert complexity * (1.0 - learning_max) - 1e-12 <= later <= now + 1e-12
    assert now <= complexity


def test_that_haste_takes_its_share_of_what_would_have_been_mastered() -> None:
    assert complexity_in_haste(0.3, Work(haste=0.15)) == pytest.approx(0.3 + 0.7 * 0.15)
    assert complexity_in_haste(0.3, Work(haste=0.0)) == 0.3
    assert complexity_in_haste(0.3, Work(haste=1.0)) == 1.0


def test_that_a_matter_is_urgent_with_its_probability() -> None:
    assert is_urgent(Work(urgency=0.15), 0.1499)
    assert not is_urgent(Work(urgency=0.15), 0.1501)
    assert not is_urgent(Work(urgency=0.0), 1e-12)
    assert is_urgent(Work(urgency=1.0), 1.0 - 1e-12)

"""Choice: a nested logit, against a plain version of it (model.md, 4.5)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logsumexp, softmax

from model.parameters import Behaviour
from model.rules.choice import choice_of, probabilities_of, stick_of, ways_of
from model.rules.utility import PerAction
from model.vocabulary import Action

UTILITY = st.floats(-50.0, 50.0)
ANY_UTILITIES = st.builds(PerAction, UTILITY, UTILITY, UTILITY, UTILITY, UTILITY)
SWITCH = st.sampled_from([0.0, 1.0])
LUCK = st.floats(1e-9, 1.0 - 1e-9)
# From where the best action alone is taken, and the best way alone within the nest, up to where all are alike.
ANY_BEHAVIOUR = st.builds(
    lambda temperature, nesting, routine, filed, dealing: Behaviour(
        temperature=10.0**temperature,
        nesting=10.0**nesting,
        routine_open=routine,
        filed_innovation_open=filed,
        self_dealing_open=dealing,
    ),
    st.floats(-6.0, 2.0),
    st.floats(-6.0, 0.0),
    SWITCH,
    SWITCH,
    SWITCH,
)
PLAIN = Behaviour(nesting=1.0, temperature=0.3)


def nested_logit(utilities: PerAction, behaviour: Behaviour, may_file: float) -> np.ndarray:
    """Return the probabilities of a nested multinomial logit (Train 2009, equations 4.2 to 4.5)."""
    is_open = np.array(
        [1.0, behaviour.routine_open, 1.0, behaviour.filed_innovation_open * may_file, behaviour.self_dealing_open]
    )
    u = np.where(is_open > 0.0, utilities, -np.inf)
    nesting, temperature = behaviour.nesting, behaviour.temperature
    inclusive = nesting * logsumexp(u[2:] / (nesting * temperature))
    outer = softmax([u[0] / temperature, u[1] / temperature, inclusive])
    return np.concatenate([outer[:2], outer[2] * softmax(u[2:] / (nesting * temperature))])


def is_blurred(utilities: PerAction, behaviour: Behaviour) -> bool:
    """Tell whether two utilities differ by so little, at so low a temperature, that rounding would decide."""
    differences = np.abs(np.subtract.outer(utilities, utilities))[np.triu_indices(5, 1)]
    sharpness = 1e-14 / (behaviour.temperature * behaviour.nesting)
    return sharpness * 50.0 > 1e-9 and bool(((differences > 0.0) & (differences < 1e-6)).any())


@given(ANY_UTILITIES, ANY_BEHAVIOUR, SWITCH)
def test_that_the_choice_is_a_nested_logit_over_the_open_actions(
    utilities: PerAction, behaviour: Behaviour, may_file: float
) -> None:
    if not is_blurred(utilities, behaviour):
        expected = nested_logit(utilities, behaviour, may_file)
        np.testing.assert_allclose(probabilities_of(utilities, behaviour, may_file), expected, atol=2e-7)


@given(ANY_UTILITIES, st.floats(0.05, 10.0), st.floats(0.05, 1.0))
def test_that_at_usual_temperatures_it_is_so_to_twelve_digits(
    utilities: PerAction, temperature: float, nesting: float
) -> None:
    behaviour = Behaviour(temperature=temperature, nesting=nesting)
    expected = nested_logit(utilities, behaviour, 1.0)
    np.testing.assert_allclose(probabilities_of(utilities, behaviour, 1.0), expected, rtol=1e-10, atol=1e-12)


@given(ANY_UTILITIES)
def test_that_with_a_nesting_of_one_it_is_the_plain_logit(utilities: PerAction) -> None:
    np.testing.assert_allclose(
        probabilities_of(utilities, PLAIN, 1.0), softmax(np.array(utilities) / 0.3), rtol=1e-9, atol=1e-12
    )


def test_that_a_second_worthless_way_to_innovate_hardly_makes_innovating_likelier() -> None:
    """Red bus, blue bus: two ways just as good are one way where nesting is near 0, two where it is 1."""
    utilities = PerAction(0.0, -100.0, 0.1, 0.1, -100.0)
    one_way, two_ways = expit(0.1 / 0.3), expit(0.1 / 0.3 + math.log(2.0))
    for nesting, expected in ((1e-6, one_way), (1.0, two_ways)):
        found = probabilities_of(utilities, Behaviour(temperature=0.3, nesting=nesting), 1.0)
        assert sum(found[2:]) == pytest.approx(expected, abs=1e-6)
        assert found.innovation == pytest.approx(found.filed_innovation)


@given(ANY_UTILITIES, st.floats(1e-6, 1.0), st.floats(1e-6, 1.0))
def test_that_ways_more_alike_never_make_innovating_likelier(utilities: PerAction, a: float, b: float) -> None:
    alike, unlike = (probabilities_of(utilities, Behaviour(nesting=nesting), 1.0) for nesting in (min(a, b), max(a, b)))
    assert sum(alike[2:]) <= sum(unlike[2:]) + 1e-9


@given(ANY_UTILITIES, UTILITY)
def test_that_only_differences_of_utility_count(utilities: PerAction, more: float) -> None:
    shifted = PerAction(*(u + more for u in utilities))
    np.testing.assert_allclose(
        probabilities_of(shifted, Behaviour(), 1.0), probabilities_of(utilities, Behaviour(), 1.0), atol=1e-9
    )


@given(ANY_UTILITIES)
def test_that_a_hot_temperature_makes_all_actions_alike(utilities: PerAction) -> None:
    even = probabilities_of(PerAction(*(u / 50 for u in utilities)), Behaviour(temperature=100.0, nesting=1.0), 1.0)
    np.testing.assert_allclose(even, 0.2, atol=0.01)


@given(ANY_UTILITIES, ANY_BEHAVIOUR, SWITCH, LUCK)
def test_that_the_action_is_where_the_draw_falls_on_the_stick(
    utilities: PerAction, behaviour: Behaviour, may_file: float, luck: float
) -> None:
    stick = stick_of(utilities, ways_of(utilities, behaviour, may_file), behaviour)
    up_to, point = np.cumsum(stick), luck * sum(stick)
    chosen = choice_of(utilities, behaviour, may_file, luck)
    tolerance = 1e-12 * up_to[-1]
    assert point <= up_to[chosen] + tolerance
    assert chosen == 0 or point >= up_to[chosen - 1] - tolerance


@given(ANY_UTILITIES, ANY_BEHAVIOUR, SWITCH, LUCK)
def test_that_a_closed_action_is_never_taken(
    utilities: PerAction, behaviour: Behaviour, may_file: float, luck: float
) -> None:
    chosen = choice_of(utilities, behaviour, may_file, luck)
    assert chosen != Action.ROUTINE or behaviour.routine_open
    assert chosen != Action.FILED_INNOVATION or (behaviour.filed_innovation_open and may_file)
    assert chosen != Action.SELF_DEALING or behaviour.self_dealing_open


@pytest.mark.parametrize("nesting", [1e-6, 0.5, 1.0])
@pytest.mark.parametrize("best", list(Action))
def test_that_without_noise_the_best_action_is_taken_whatever_the_draw(best: Action, nesting: float) -> None:
    utilities = PerAction(*(0.001 * (action == best) for action in Action))
    for luck in (1e-9, 0.3, 0.7, 1.0 - 1e-9):
        assert choice_of(utilities, Behaviour(temperature=1e-6, nesting=nesting), 1.0, luck) == best


def test_that_draws_spread_evenly_take_actions_as_often_as_the_nested_logit_says() -> None:
    utilities, n = PerAction(0.1, 0.3, 0.2, 0.25, -0.2), 20_000
    taken = np.bincount([choice_of(utilities, Behaviour(), 1.0, (k + 0.5) / n) for k in range(n)], minlength=5) / n
    np.testing.assert_allclose(taken, nested_logit(utilities, Behaviour(), 1.0), atol=1.0 / n)

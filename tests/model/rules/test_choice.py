"""Choice: the terms of every utility by hand, and the logit among the actions that are open (model.md, 4.4 and 4.5)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from model.parameters import Accountability, Behaviour, Exemption, Parameters, Supervision, Work
from model.rules.choice import (
    Circumstances,
    Menu,
    Outlook,
    Utilities,
    choice_of,
    menu_of,
    probabilities_of,
    utilities_of,
    utility,
    weights_of,
)
from model.state import OfficialState
from model.vocabulary import Action

# Loss aversion 2, integrity 0.8; the other traits act through the outlook.
OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.8, 40.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
OUTLOOK = Outlook(drive=1.2, perceived_accountability=0.5, perceived_exemption=0.4, success=0.6)
CIRCUMSTANCES = Circumstances(
    announced_accountability=0.456,
    announced_exemption=0.35,
    perceived_loss=0.5,
    unfiled_ratio=0.75,
    exempt_self_dealing=0.1,
    complexity_now=0.3,
    pursuit=0.456,
    share_inaction=0.5,
    share_routine=0.3,
    share_innovation=0.2,
)
PARAMETERS = Parameters(
    accountability=Accountability(inaction_certainty=0.05, inaction_loss=0.3),
    exemption=Exemption(filing_cost=0.12, review_burden=0.1),
    supervision=Supervision(detection=0.3, red_tape=0.1),
    work=Work(
        routine_failure=0.04,
        routine_certainty=0.5,
        routine_reward=0.25,
        routine_effort=0.2,
        innovation_effort=0.5,
        self_dealing_gain=1.0,
        self_dealing_loss=3.0,
    ),
    behaviour=Behaviour(conformity=0.3, temperature=0.25),
)
UTILITY = st.floats(-50.0, 50.0)
ANY_UTILITIES = st.builds(Utilities, UTILITY, UTILITY, UTILITY, UTILITY, UTILITY)
SWITCH = st.sampled_from([0.0, 1.0])
ANY_BEHAVIOUR = st.builds(
    lambda temperature, routine, filed, dealing: Behaviour(
        temperature=temperature, routine_open=routine, filed_innovation_open=filed, self_dealing_open=dealing
    ),
    st.floats(1e-6, 10.0),
    SWITCH,
    SWITCH,
    SWITCH,
)


@pytest.fixture(scope="module")
def menu() -> Menu:
    return menu_of(OFFICIAL, OUTLOOK, CIRCUMSTANCES, PARAMETERS)


def test_that_doing_nothing_costs_only_the_fear_of_being_called_to_account(menu: Menu) -> None:
    assert utility(menu.inaction) == pytest.approx(-2.0 * 0.05 * 0.3 + 0.3 * 0.5)


def test_that_routine_is_a_small_reward_and_a_small_risk_that_no_exemption_covers(menu: Menu) -> None:
    expected = 0.25 * 1.2 - 0.2 - 0.04 * 0.5 * (2.0 * 0.5) + 0.3 * 0.3
    assert utility(menu.routine) == pytest.approx(expected)


# B = success * drive - effort - red tape * detection - (1 - success) * a^ * burden * loss aversion + conformity
COMMON = 0.6 * 1.2 - 0.5 - 0.1 * 0.3 - 0.4 * 0.5 * 0.1 * 2.0 + 0.3 * 0.2
# risk = (1 - success) * a^ * loss aversion * l^
RISK = 0.4 * 0.5 * (2.0 * 0.5)


def test_that_innovation_bears_the_risk_that_an_unfiled_case_is_not_exempted(menu: Menu) -> None:
    assert utility(menu.innovation) == pytest.approx(COMMON - RISK * (1 - 0.4 * 0.75))


def test_that_filing_in_advance_buys_belief_in_exemption_at_a_cost(menu: Menu) -> None:
    assert utility(menu.filed_innovation) == pytest.approx(COMMON - RISK * (1 - 0.4) - 0.12)


def test_that_self_dealing_adds_a_gain_to_who_lacks_integrity_and_the_fear_of_detection(menu: Menu) -> None:
    honest = COMMON - RISK * (1 - 0.4 * 0.75)
    assert utility(menu.self_dealing) == pytest.approx(honest + 1.0 * 0.2 - 0.3 * 2.0 * 3.0 * (1 - 0.1))


def test_that_the_terms_of_an_action_add_up_to_its_utility(menu: Menu) -> None:
    for terms, total in zip(menu, utilities_of(menu), strict=True):
        gains, costs = terms[:3], terms[3:]
        assert total == pytest.approx(sum(gains) - sum(costs))
        assert min(terms) >= 0.0


def utilities_with(
    outlook: Outlook = OUTLOOK, circumstances: Circumstances = CIRCUMSTANCES, official: OfficialState = OFFICIAL
) -> Utilities:
    return utilities_of(menu_of(official, outlook, circumstances, PARAMETERS))


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_fear_of_accountability_falls_on_innovation_only(a: float, b: float) -> None:
    calm, afraid = (
        utilities_with(OUTLOOK._replace(perceived_accountability=value)) for value in (min(a, b), max(a, b))
    )
    assert afraid.inaction == calm.inaction
    assert afraid.routine == calm.routine
    assert afraid.innovation <= calm.innovation
    assert afraid.filed_innovation <= calm.filed_innovation
    assert afraid.self_dealing <= calm.self_dealing


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_belief_in_exemption_makes_innovation_better_and_filing_profits_most(a: float, b: float) -> None:
    doubtful, trusting = (
        utilities_with(OUTLOOK._replace(perceived_exemption=value)) for value in (min(a, b), max(a, b))
    )
    gain = trusting.innovation - doubtful.innovation
    assert gain >= 0.0
    assert trusting.filed_innovation - doubtful.filed_innovation >= gain - 1e-12
    assert trusting.routine == doubtful.routine


@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_that_loss_aversion_makes_everything_that_can_go_wrong_worse(a: float, b: float) -> None:
    bold, timid = (utilities_with(official=OFFICIAL._replace(loss_aversion=value)) for value in (min(a, b), max(a, b)))
    assert all(less <= more + 1e-12 for less, more in zip(timid, bold, strict=True))


@given(st.floats(0.0, 1.0))
def test_that_who_believes_in_certain_exemption_does_not_mind_how_heavy_sanctions_are(loss: float) -> None:
    trusting = OUTLOOK._replace(perceived_exemption=1.0)
    heavy = CIRCUMSTANCES._replace(perceived_loss=5.0 * loss, unfiled_ratio=1.0)
    light = CIRCUMSTANCES._replace(perceived_loss=0.0, unfiled_ratio=1.0)
    assert utilities_with(trusting, heavy).innovation == pytest.approx(utilities_with(trusting, light).innovation)


@given(ANY_UTILITIES, ANY_BEHAVIOUR)
def test_that_the_choice_is_a_multinomial_logit_over_the_open_actions(
    utilities: Utilities, behaviour: Behaviour
) -> None:
    is_open = (1.0, behaviour.routine_open, 1.0, behaviour.filed_innovation_open, behaviour.self_dealing_open)
    seen = [u if switch else -math.inf for u, switch in zip(utilities, is_open, strict=True)]
    expected = softmax(np.array(seen) / behaviour.temperature)
    np.testing.assert_allclose(probabilities_of(utilities, behaviour), expected, atol=1e-11)


@given(ANY_UTILITIES, UTILITY)
def test_that_only_differences_of_utility_count(utilities: Utilities, more: float) -> None:
    shifted = Utilities(*(u + more for u in utilities))
    np.testing.assert_allclose(
        probabilities_of(shifted, Behaviour()), probabilities_of(utilities, Behaviour()), atol=1e-9
    )


@given(ANY_UTILITIES)
def test_that_a_hot_temperature_makes_all_actions_alike(utilities: Utilities) -> None:
    even = probabilities_of(Utilities(*(u / 50 for u in utilities)), Behaviour(temperature=100.0))
    np.testing.assert_allclose(even, 0.2, atol=0.01)


@given(ANY_UTILITIES, ANY_BEHAVIOUR, st.floats(1e-9, 1.0 - 1e-9))
def test_that_the_action_is_where_the_draw_falls_among_the_weights(
    utilities: Utilities, behaviour: Behaviour, luck: float
) -> None:
    weights = weights_of(utilities, behaviour)
    up_to, point = np.cumsum(weights), luck * sum(weights)
    chosen = choice_of(utilities, behaviour, luck)
    tolerance = 1e-12 * up_to[-1]
    assert point <= up_to[chosen] + tolerance
    assert chosen == 0 or point >= up_to[chosen - 1] - tolerance
    assert weights[chosen] > 0.0


@given(ANY_UTILITIES, ANY_BEHAVIOUR, st.floats(1e-9, 1.0 - 1e-9))
def test_that_a_closed_action_is_never_taken(utilities: Utilities, behaviour: Behaviour, luck: float) -> None:
    chosen = choice_of(utilities, behaviour, luck)
    assert chosen != Action.ROUTINE or behaviour.routine_open
    assert chosen != Action.FILED_INNOVATION or behaviour.filed_innovation_open
    assert chosen != Action.SELF_DEALING or behaviour.self_dealing_open


@pytest.mark.parametrize("best", list(Action))
def test_that_without_noise_the_best_action_is_taken_whatever_the_draw(best: Action) -> None:
    utilities = Utilities(*(0.001 * (action == best) for action in Action))
    for luck in (1e-9, 0.3, 0.7, 1.0 - 1e-9):
        assert choice_of(utilities, Behaviour(temperature=1e-6), luck) == best


def test_that_draws_spread_evenly_take_actions_as_often_as_the_logit_says() -> None:
    utilities = Utilities(0.1, 0.3, 0.2, 0.25, -0.2)
    n = 20_000
    taken = np.bincount([choice_of(utilities, Behaviour(), (k + 0.5) / n) for k in range(n)], minlength=5) / n
    np.testing.assert_allclose(taken, softmax(np.array(utilities) / 0.25), atol=1.0 / n)

"""Orders change who decides, and nothing else: the identities that the engines are held to."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    N_OFFICIAL_FIELDS,
    AdministrationArrays,
    Moment,
    new_administration,
    new_key,
    official_at,
    places_of,
)
from model.draws import month_luck
from model.engines.ensemble import people_arrive, policy_takes_force, whole_run
from model.engines.mesa_engine import Administration
from model.faced import CAME, FACED, what_came_of_posts, what_posts_face
from model.measures import N_MEASURES
from model.orders import FREE, month_under_orders, nobody_ordered, runs_with_choices_held
from model.policy import Setting, setting_of
from model.scenario import find_scenario, with_settings
from model.vocabulary import Action, Outcome
from tests.strategies import scenarios

SEED = 11
MONTHS = 40


def small(name: str = "baseline", months: int = MONTHS) -> Setting:
    return setting_of(with_settings(find_scenario(name), {"size.jurisdictions": 6}, 180, months))


def begun(setting: Setting) -> AdministrationArrays:
    administration = new_administration(setting.layout)
    people_arrive(administration, setting.layout, setting.policies, new_key(SEED, 0), 0, len(setting.layout.sizes))
    return administration


def month(
    administration: AdministrationArrays, setting: Setting, t: int, orders: NDArray[np.int64]
) -> NDArray[np.float64]:
    measures = np.zeros(N_MEASURES)
    policy_takes_force(administration, setting.layout, setting.policies, t)
    when = Moment(new_key(SEED, 0), np.uint64(t))
    month_under_orders(administration, setting.layout, setting.policies, when, orders, measures)
    return measures


def actions_of(administration: AdministrationArrays, setting: Setting) -> NDArray[np.int64]:
    blocks, lanes, _ = places_of(setting.layout, 0, int(setting.layout.sizes.sum()))
    return administration.posts[blocks, ACTION + lanes]


def assert_same(one: AdministrationArrays, other: AdministrationArrays) -> None:
    for name, ours, theirs in zip(one._fields, one, other, strict=True):
        if isinstance(ours, np.ndarray):
            assert ours.tobytes() == theirs.tobytes(), name


@given(scenarios())
@settings(max_examples=10, deadline=None)
def test_with_nobody_ordered_the_months_are_those_of_the_engine_bit_for_bit(scenario) -> None:
    setting = setting_of(scenario)
    nobody = nobody_ordered(setting.layout).orders
    ordered, free = begun(setting), new_administration(setting.layout)
    measures = np.zeros((setting.months, N_MEASURES))
    n = len(setting.layout.sizes)
    whole_run(free, setting.layout, setting.policies, new_key(SEED, 0), measures, np.zeros((0, n, N_MEASURES)))
    told = np.array([month(ordered, setting, t, nobody) for t in range(setting.months)])
    assert told.tobytes() == measures.tobytes()
    assert_same(ordered, free)


def test_who_is_ordered_what_it_would_have_chosen_changes_nothing() -> None:
    setting = small()
    nobody = nobody_ordered(setting.layout).orders
    free, ordered = begun(setting), begun(setting)
    for t in range(MONTHS):
        measures = month(free, setting, t, nobody)
        assert month(ordered, setting, t, actions_of(free, setting)).tobytes() == measures.tobytes()
        assert_same(free, ordered)


def test_both_engines_agree_under_random_orders() -> None:
    setting = small("crackdown")
    compiled, readable = begun(setting), Administration(setting, SEED, 0)
    luck = np.random.default_rng(3)
    for t in range(MONTHS):
        orders = luck.integers(FREE, len(Action), int(setting.layout.sizes.sum()))
        readable.orders = {post: int(order) for post, order in enumerate(orders) if order != FREE}
        readable.step()
        told = month(compiled, setting, t, orders)
        assert np.array_equal(told, np.array(readable.measures), equal_nan=True)
    blocks, lanes, _ = places_of(setting.layout, 0, len(orders))
    states = [official_at(compiled.officials, int(b), int(lane)) for b, lane in zip(blocks, lanes, strict=True)]
    assert np.array_equal(np.array(states), np.array([official.state for official in readable.officials]))


@given(post=st.integers(0, 179), order=st.integers(0, 4))
@settings(max_examples=10, deadline=None)
def test_one_order_touches_one_officials_month_only(post: int, order: int) -> None:
    setting = small()
    free, ordered = begun(setting), begun(setting)
    orders = nobody_ordered(setting.layout).orders
    month(free, setting, 0, orders)
    orders[post] = order
    month(ordered, setting, 0, orders)
    others = np.arange(180) != post
    assert np.array_equal(actions_of(free, setting)[others], actions_of(ordered, setting)[others])


def test_an_order_to_file_an_urgent_matter_is_done_without_filing() -> None:
    setting = setting_of(with_settings(find_scenario("baseline"), {"work.urgency": 0.5}, 1000, 1))
    administration = begun(setting)
    month(administration, setting, 0, np.full(1000, int(Action.FILED_INNOVATION), dtype=np.int64))
    key = new_key(SEED, 0)
    luck = [month_luck(key, np.uint64(post), np.uint64(0), np.uint64(0)).urgency for post in range(1000)]
    expected = np.where(np.array(luck) < 0.5, Action.INNOVATION, Action.FILED_INNOVATION)
    assert np.array_equal(actions_of(administration, setting), expected)


def test_choices_held_for_one_month_are_the_models_own_runs() -> None:
    setting = small(months=12)
    done = runs_with_choices_held(setting.layout, setting.policies, SEED, range(1), 12, 1)[0]
    administration, nobody = begun(setting), nobody_ordered(setting.layout).orders
    for t in range(12):
        month(administration, setting, t, nobody)
        assert np.array_equal(done[t], actions_of(administration, setting))


def test_choices_held_for_a_quarter_change_within_it_only_with_the_holder_of_the_post() -> None:
    setting = small("crackdown", 24)
    done = runs_with_choices_held(setting.layout, setting.policies, SEED, range(5), 24, 3)
    quarters = done.reshape(5, 8, 3, -1)
    changed = (quarters[:, :, 1:] != quarters[:, :, :-1]).mean()
    assert (quarters[:, 1:, 0] != quarters[:, :-1, 2]).mean() > 0.0
    assert changed < 0.02  # retirements, removals


def test_what_posts_face_and_what_came_is_what_the_readable_engine_tells() -> None:
    setting = setting_of(
        with_settings(find_scenario("crackdown"), {"size.jurisdictions": 6, "accountability.certainty": 0.5}, 180, 6)
    )
    compiled, readable = begun(setting), Administration(setting, SEED, 0)
    places = np.column_stack([np.arange(180), *places_of(setting.layout, 0, 180)])
    faced, came = np.zeros((180, len(FACED))), np.zeros((180, len(CAME)))
    when = [Moment(new_key(SEED, 0), np.uint64(t)) for t in range(6)]
    nobody, cases = nobody_ordered(setting.layout).orders, 0
    for t in range(6):
        policy_takes_force(compiled, setting.layout, setting.policies, t)
        what_posts_face(compiled, setting.policies, when[t], places, faced)
        month(compiled, setting, t, nobody)
        what_came_of_posts(compiled, setting.policies, when[t], places, faced, came)
        readable.step()
        for official, before, after in zip(readable.officials, faced, came, strict=True):
            sees = dict(zip(FACED, before, strict=True))
            told = dict(zip(CAME, after, strict=True))
            assert tuple(before[1 : 1 + N_OFFICIAL_FIELDS]) == tuple(official.state_at_choice)
            assert sees["sees_drive"] == official.outlook.drive
            assert sees["utility_routine"] == official.utilities.routine
            assert sees["probability_innovation"] == official.probabilities.innovation
            assert sees["exempt_complexity"] == official.jurisdiction.tables.exempt_complexity
            assert (told["action"], told["outcome"]) == (official.action, official.outcome)
            if official.consequence is not None:
                assert [told[name] for name in official.consequence._fields] == list(official.consequence)
                cases += official.consequence.is_failure_case
            else:
                assert told["is_failure_case"] == 0
                assert told["outcome"] in (Outcome.NOTHING, Outcome.SUCCESS)
    assert cases > 0

"""The same luck: what the end shows beside one's own quarters is what the model makes of the other choices."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.room.game import Event, GameState, SeatState, applied, new_game, seating
from app.room.plays import ReadPlay, find_play
from app.room.worlds import Worlds
from model.vocabulary import ACTIONS, Action

PEOPLE = 6
Played = tuple[Worlds, GameState]


@cache
def play(name: str) -> ReadPlay:
    return find_play(name)


def seated(read: ReadPlay, people: int) -> GameState:
    state = applied(new_game(read.play), Event(1, 0, "opened", body={"limit": people, "most": people, "seed": 3}))
    for number in range(people):
        draft = seating(state, f"key {number}", "en")
        assert not isinstance(draft, str)
        state = applied(state, Event(state.seq + 1, 0, *draft))
    return state


def played(read: ReadPlay, seed: int, choices: dict[int, dict[int, int]]) -> Played:
    """Return a room after all its rounds; `choices` hold each round's actions by seat, and whoever has none is late."""
    worlds, state = Worlds(read, seed), seated(read, PEOPLE)
    state = replace(state, closed=choices)
    for number in range(1, read.play.rounds + 1):
        worlds.close(state, number)
    return worlds, state


def drawn(read: ReadPlay, seed: int, awake: float = 0.8) -> dict[int, dict[int, int]]:
    luck = np.random.default_rng(seed)
    named = [action for action, name in enumerate(ACTIONS) if name in read.play.actions]
    return {
        number: {seat: int(luck.choice(named)) for seat in range(1, PEOPLE + 1) if luck.random() < awake}
        for number in range(1, read.play.rounds + 1)
    }


@given(seed=st.integers(0, 2**31 - 1), name=st.sampled_from(["tolerance", "umbrella"]), awake=st.floats(0.0, 1.0))
@settings(max_examples=5, deadline=None)
def test_the_choice_that_was_made_comes_out_as_it_did(seed: int, name: str, awake: float) -> None:
    read = play(name)
    worlds, state = played(read, seed, drawn(read, seed, awake))
    before = worlds.worlds[0].memory()
    for seat in state.seats.values():
        for row in worlds.history(seat, is_over=True):
            same = worlds.otherwise(seat, row.round, row.action)
            assert (same.months, same.points) == (row.months, row.points)
    assert worlds.worlds[0].memory() == before  # looking back changes nothing


@given(seed=st.integers(0, 2**31 - 1), number=st.integers(1, 12), place=st.integers(1, PEOPLE))
@settings(max_examples=5, deadline=None)
def test_another_choice_brings_what_a_class_that_had_made_it_would_have_seen(
    seed: int, number: int, place: int
) -> None:
    read = play("tolerance")
    choices = drawn(read, seed)
    worlds, state = played(read, seed, choices)
    seat = state.seats[place]
    row = worlds.history_with_luck(seat)[number - 1]
    for other in row.same_luck:
        changed = {**choices, number: {**choices[number], place: other.action}}
        again = worlds_up_to(read, seed, changed, number)
        in_fact = again.last(seat, number)
        assert in_fact is not None
        assert (other.months, other.points) == (in_fact.months, in_fact.points)


def worlds_up_to(read: ReadPlay, seed: int, choices: dict[int, dict[int, int]], last: int) -> Worlds:
    worlds, state = Worlds(read, seed), replace(seated(read, PEOPLE), closed=choices)
    for number in range(1, last + 1):
        worlds.close(state, number)
    return worlds


@pytest.fixture(scope="module")
def room() -> Played:
    read = play("tolerance")
    return played(read, 11, drawn(read, 11))


def test_all_choices_that_were_open_are_there_and_no_other(room: Played) -> None:
    worlds, state = room
    urgent = 0
    for seat in state.seats.values():
        for row in worlds.history_with_luck(seat):
            may_file = worlds._open(worlds.rounds[0][row.round - 1].told.faced[0, worlds.post_of(seat)])
            urgent += Action.FILED_INNOVATION not in may_file
            assert [one.action for one in row.same_luck] == [action for action in may_file if action != row.action]
            assert all(len(one.months) == len(row.months) for one in row.same_luck)
            assert all(one.points == sum(month.points for month in one.months) for one in row.same_luck)
    assert urgent > 0


def test_a_predecessor_s_quarters_are_shown_without(room: Played) -> None:
    worlds, state = room
    late: SeatState = replace(state.seats[2], first_round=5)
    rows = worlds.history_with_luck(late)
    assert [bool(row.same_luck) for row in rows] == [False] * 4 + [True] * 8

"""The game as a pure fold: any sequence of messages keeps its promises, and the events alone make the room again."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.room.game import (
    COINS,
    QUESTIONS,
    Again,
    Event,
    GameState,
    RoomDraft,
    answer_to,
    applied,
    folded,
    new_game,
    place_of,
    seating,
)
from app.room.messages import Believe, Choose, Coin, Consent, DebriefAnswer, Guess, Leave
from app.room.plays import find_play, shipped_plays
from app.room.script import script_of
from model.vocabulary import ACTIONS

PLAY = find_play("tolerance").play


def recorded(state: GameState, events: list[Event], draft: RoomDraft) -> GameState:
    event = Event(state.seq + 1, 100 * len(events), *draft)
    events.append(event)
    return applied(state, event)


class AnyClass(RuleBasedStateMachine):
    """People who join, choose, answer, leave and repeat themselves in any order, and a trainer who goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.state = new_game(PLAY)
        body = {"limit": 5, "most": 10, "seed": 3}
        self.state = recorded(self.state, self.events, RoomDraft("opened", body=body))
        self.closed: dict[int, dict[int, int]] = {}

    def said(self, seat: int, message: DebriefAnswer | Consent | Choose | Coin | Believe | Guess | Leave) -> None:
        if seat not in self.state.seats:
            return
        answer = answer_to(self.state, seat, message)
        if isinstance(answer, RoomDraft):
            self.state = recorded(self.state, self.events, answer)
            assert answer_to(self.state, seat, message) == Again(self.state.seq)

    @rule(key=st.sampled_from("abcdefg"))
    def joins(self, key: str) -> None:
        if key in self.state.seat_of_key:
            return
        answer = seating(self.state, key, "en")
        if isinstance(answer, RoomDraft):
            self.state = recorded(self.state, self.events, answer)
            assert self.state.seats[self.state.seat_of_key[key]].first_round == self.state.next_round
        else:
            assert answer in ("full", "over")

    @rule(seat=st.integers(1, 6), number=st.integers(0, 13), action=st.integers(0, 4), n=st.integers(0, 30))
    def chooses(self, seat: int, number: int, action: int, n: int) -> None:
        self.said(seat, Choose(id=f"{n:016x}", round=number, action=action))

    @rule(seat=st.integers(1, 6), action=st.integers(0, 3), n=st.integers(31, 90))
    def chooses_now(self, seat: int, action: int, n: int) -> None:
        self.said(seat, Choose(id=f"{n:016x}", round=self.state.now.round, action=action))

    @rule(seat=st.integers(1, 6), n=st.integers(0, 9), accept=st.booleans())
    def answers_a_coin(self, seat: int, n: int, accept: bool) -> None:
        self.said(seat, Coin(id=f"{100 + n:016x}", n=n, accept=accept))

    @rule(seat=st.integers(1, 6), question=st.sampled_from(QUESTIONS), tenths=st.integers(0, 10), n=st.integers(0, 9))
    def believes(self, seat: int, question: str, tenths: int, n: int) -> None:
        message = Believe(id=f"{200 + n:016x}", round=self.state.now.round, question=question, tenths=tenths)
        self.said(seat, message)

    @rule(seat=st.integers(1, 6), question=st.integers(0, 9), choice=st.integers(0, 9), n=st.integers(0, 9))
    def answers_at_the_debrief(self, seat: int, question: int, choice: int, n: int) -> None:
        self.said(seat, DebriefAnswer(id=f"{400 + n:016x}", n=question, choice=choice))
        for other in self.state.seats.values():
            for number, chosen in other.answers.items():
                assert chosen < len(PLAY.debrief[number].answers)

    @rule(seat=st.integers(1, 6), n=st.integers(0, 3), erase=st.booleans())
    def leaves(self, seat: int, n: int, erase: bool) -> None:
        self.said(seat, Leave(id=f"{300 + n:016x}", erase=erase))

    @rule()
    def goes_on(self) -> None:
        if self.state.phase in ("decide", "practice"):
            number = self.state.now.round
            self.state = recorded(self.state, self.events, RoomDraft("closed", round=number))
            self.closed[number] = dict(self.state.closed[number])
        elif self.state.step + 1 < len(self.state.script):
            self.state = recorded(self.state, self.events, RoomDraft("stepped", body={"step": self.state.step + 1}))

    @invariant()
    def the_events_alone_make_the_room_again(self) -> None:
        assert folded(PLAY, self.events) == self.state

    @invariant()
    def what_is_closed_stays_closed(self) -> None:
        assert {number: dict(chosen) for number, chosen in self.state.closed.items()} == self.closed

    @invariant()
    def nobody_says_a_thing_twice(self) -> None:
        said = Counter((event.seat, event.id) for event in self.events if event.id is not None)
        assert all(count == 1 for count in said.values())

    @invariant()
    def every_choice_is_open_to_people(self) -> None:
        for chosen in self.state.closed.values():
            assert all(ACTIONS[action] in PLAY.actions for action in chosen.values())
            assert set(chosen) <= set(self.state.seats)


TestAnyClass = AnyClass.TestCase
TestAnyClass.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("name", shipped_plays())
def test_a_script_plays_every_round_once_and_asks_before_it_tells(name: str) -> None:
    play = find_play(name).play
    script = script_of(play)
    decided = [step.round for step in script if step.phase == "decide"]
    assert decided == list(range(1, play.rounds + 1))
    assert [step.round for step in script if step.phase == "result"] == decided
    assert play.asked_on_phones
    assert [step.phase for step in script[-8:]] == ["reveal"] * 5 + ["questions", "debrief", "closed"]
    assert sum(step.phase == "announce" for step in script) == len(play.act) - 1
    for place, step in enumerate(script):
        if step.phase == "announce":
            assert script[place + 1].phase in ("believe", "decide")


def test_a_play_whose_debrief_is_only_talked_about_has_no_step_for_answers() -> None:
    spoken = PLAY.model_copy(
        update={"debrief": tuple(asked.model_copy(update={"answers": ()}) for asked in PLAY.debrief)}
    )
    assert [step for step in script_of(PLAY) if step.phase != "questions"] == list(script_of(spoken))


def hour_of_comings_and_goings(luck: random.Random) -> tuple[GameState, dict[int, str]]:
    """Return a room after people have joined, reloaded, swapped phones and been released, and whose key each seat has.

    The second is kept by the people themselves: what they were told when they sat down, and the phone that they use.
    """
    events: list[Event] = []
    state = recorded(new_game(PLAY), events, RoomDraft("opened", body={"limit": 30, "most": 60, "seed": 3}))
    key_of: dict[int, str] = {}
    for number in range(60):
        deed = luck.choice(("join", "reload", "swap", "release", "on"))
        seat = luck.choice(list(key_of) or [0])
        if deed == "join" and len(key_of) < 30 and state.next_round <= PLAY.rounds:
            draft = seating(state, f"key {number}", "en")
            assert isinstance(draft, RoomDraft)
            state = recorded(state, events, draft)
            assert draft.seat is not None
            assert draft.seat not in key_of  # nobody is put on another's chair
            key_of[draft.seat] = f"key {number}"
        elif deed == "reload" and key_of.get(seat):
            assert state.seat_of_key[key_of[seat]] == seat  # the same phone finds its seat
        elif deed == "swap" and seat:
            state = recorded(state, events, RoomDraft("moved", seat, body={"key": f"key {number}"}))
            key_of[seat] = f"key {number}"
        elif deed == "release" and seat:
            state = recorded(state, events, RoomDraft("released", seat))
            key_of[seat] = ""
        elif deed == "on" and state.phase in ("decide", "practice"):
            state = recorded(state, events, RoomDraft("closed", round=state.now.round))
        elif deed == "on" and state.phase != "end":
            state = recorded(state, events, RoomDraft("stepped", body={"step": state.step + 1}))
    return state, key_of


@pytest.mark.slow
def test_in_a_thousand_random_rooms_nobody_has_a_wrong_seat_and_none_is_a_ghost_s() -> None:
    late = 0
    for seed in range(1000):
        state, key_of = hour_of_comings_and_goings(random.Random(seed))
        assert {number: seat.key for number, seat in state.seats.items()} == key_of
        assert state.seat_of_key == {key: number for number, key in key_of.items() if key}
        assert len({(seat.world, seat.chair) for seat in state.seats.values()}) == len(key_of)
        late += sum(seat.first_round > 1 for seat in state.seats.values())
    assert late > 1000


def test_two_worlds_are_allotted_in_blocks_of_four_and_share_their_chairs() -> None:
    places = [place_of(joined, 2, seed=9) for joined in range(40)]
    assert len(set(places)) == 40
    for block in range(10):
        four = places[4 * block : 4 * block + 4]
        assert sorted(world for world, _ in four) == [0, 0, 1, 1]
        assert sorted(chair for _, chair in four) == [2 * block, 2 * block, 2 * block + 1, 2 * block + 1]
    assert [place_of(joined, 1, seed=9) for joined in range(3)] == [(0, 0), (0, 1), (0, 2)]


def test_a_person_who_leaves_and_erases_leaves_nothing_but_what_others_lived_through() -> None:
    events: list[Event] = []
    state = recorded(new_game(PLAY), events, RoomDraft("opened", body={"limit": 5, "most": 10, "seed": 3}))
    state = recorded(state, events, seating(state, "a", "zh"))  # type: ignore[arg-type]
    state = recorded(state, events, RoomDraft("stepped", body={"step": 1}))
    state = recorded(state, events, answer_to(state, 1, Coin(id="0" * 16, n=0, accept=True)))  # type: ignore[arg-type]
    state = recorded(state, events, RoomDraft("stepped", body={"step": 3}))
    state = recorded(state, events, answer_to(state, 1, Choose(id="1" * 16, round=0, action=2)))  # type: ignore[arg-type]
    state = recorded(state, events, RoomDraft("closed", round=0))
    state = recorded(state, events, answer_to(state, 1, Leave(id="2" * 16, erase=True)))  # type: ignore[arg-type]
    seat = state.seats[1]
    assert (seat.coins, seat.beliefs, seat.guesses, seat.key) == ({}, {}, {}, "")
    assert seat.choices == {0: 2}
    assert state.seat_of_key == {}
    assert len(COINS) == 6

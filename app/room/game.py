"""The game: what a room is, as a pure fold over its events, and which event a message makes.

There is no clock and no file in here. Whoever folds the same events over the same play has the same room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from app.room.messages import Believe, Choose, Coin, Consent, DebriefAnswer, Guess, Leave, Phase, Why
from app.room.plays import Play
from app.room.script import GameStep, script_of
from model.vocabulary import ACTIONS

COINS = ((100, 30), (100, 45), (100, 60), (100, 75), (100, 90), (100, 120))  # win, lose, with even chances
QUESTIONS = ("pursued", "exempt", "exempt_filed", "others")
SHARE = "share"  # the guess of the class's own share of trying
_SAID = ("coins", "beliefs", "guesses", "answers", "revisions", "chosen_at")  # what of a seat is erased with it
_OPEN = ("coins", "guess", "practice", "believe", "decide", "questions")  # phases in which phones can answer
_BLOCK = 4  # joiners are allotted to two worlds in blocks of so many


@dataclass(frozen=True)
class Event:
    """What happened, as it is kept: its number, when (milliseconds since the opening), whose, in which round, what."""

    seq: int
    at_ms: int
    kind: str
    seat: int | None = None
    round: int | None = None
    id: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


class RoomDraft(NamedTuple):
    """An event that a message makes, before it has a number and a time."""

    kind: str
    seat: int | None = None
    round: int | None = None
    id: str | None = None
    body: Mapping[str, Any] = {}


class Again(NamedTuple):
    """The message was said before, and became the event of this number."""

    seq: int


@dataclass(frozen=True)
class SeatState:
    """A person's seat: where in which world, whose phone, and all that was said from it."""

    number: int
    world: int
    chair: int
    key: str
    lang: str
    first_round: int
    research: bool = False
    left_round: int | None = None
    is_erased: bool = False
    choices: Mapping[int, int] = field(default_factory=dict)
    revisions: Mapping[int, int] = field(default_factory=dict)
    chosen_at: Mapping[int, int] = field(default_factory=dict)
    coins: Mapping[int, bool] = field(default_factory=dict)
    beliefs: Mapping[tuple[int, str], int] = field(default_factory=dict)  # by step and question
    guesses: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)  # of the debrief: question: answer, both from 0
    ids: Mapping[str, int] = field(default_factory=dict)

    def plays_in(self, round_number: int) -> bool:
        """Tell whether the person decides in a round."""
        return self.first_round <= round_number and self.left_round is None


@dataclass(frozen=True)
class GameState:
    """A room: where in its script it is, its seats, and how each round that is over ended."""

    play: Play
    script: tuple[GameStep, ...]
    seq: int = 0
    step: int = 0
    is_held: bool = False
    limit: int = 0
    most: int = 0
    allocation_seed: int = 0
    seats: Mapping[int, SeatState] = field(default_factory=dict)
    seat_of_key: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # round: seat: action
    hands: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # round: how many for each action
    opened_at: Mapping[int, int] = field(default_factory=dict)  # step: when it began
    asked: tuple[str, int] | None = None
    is_ended: bool = False

    @property
    def now(self) -> GameStep:
        """Return the step that the room is in."""
        return self.script[self.step]

    @property
    def phase(self) -> Phase:
        """Return the phase that the room is in."""
        return self.now.phase

    @property
    def is_open(self) -> bool:
        """Tell whether phones can answer."""
        return self.phase in _OPEN and not self.is_ended

    @property
    def next_round(self) -> int:
        """Return the first round that somebody who joins now can decide in; 0 is practice."""
        later = (step.round for step in self.script[self.step + 1 :] if step.phase in ("practice", "decide"))
        return next(later, self.play.rounds + 1)

    def deciding(self) -> list[SeatState]:
        """Return the seats that can decide in the round that is open."""
        return [seat for seat in self.seats.values() if seat.plays_in(self.now.round)]

    @property
    def is_attended(self) -> bool:
        """Tell whether anybody sits in the room: a show of hands needs nobody to, and no clock either."""
        return any(seat.left_round is None for seat in self.seats.values())

    @property
    def hands_now(self) -> int:
        """Return how many hands were counted for the round at hand."""
        return sum(self.hands.get(self.now.round, ()))

    def has_answered(self, seat: SeatState) -> bool:
        """Tell whether a seat has said all that is asked in this step."""
        if self.phase in ("practice", "decide"):
            return self.now.round in seat.choices
        if self.phase == "coins":
            return len(seat.coins) == len(COINS)
        if self.phase == "believe":
            return all((self.step, question) in seat.beliefs for question in QUESTIONS)
        if self.phase == "guess":
            return SHARE in seat.guesses
        if self.phase == "questions":
            return all(number in seat.answers for number in self.play.asked_on_phones)
        return self.asked is not None and self.asked[0] in seat.guesses


def place_of(joined: int, n_worlds: int, seed: int) -> tuple[int, int]:
    """Return the world and the chair of the joined-th person to sit down, counted from 0.

    Two worlds share their chairs: joiners come to them in blocks of four, two to each in an order drawn beforehand.
    """
    if n_worlds == 1:
        return 0, joined
    block, within = divmod(joined, _BLOCK)
    order = np.random.default_rng([seed, block]).permutation([0, 0, 1, 1])
    world = int(order[within])
    return world, 2 * block + int((order[:within] == world).sum())


def new_game(play: Play) -> GameState:
    """Return a room before its first event."""
    return GameState(play, script_of(play))


def folded(play: Play, events: Iterable[Event]) -> GameState:
    """Return the room after all its events."""
    state = new_game(play)
    for event in events:
        state = applied(state, event)
    return state


def applied(state: GameState, event: Event) -> GameState:
    """Return the room after one more event."""
    state = replace(state, seq=event.seq)
    change: Change | None = _CHANGES.get(event.kind)
    return change(state, event) if change else state


# --- What each kind of event changes ---


def _with_seat(state: GameState, seat: SeatState, event: Event | None = None) -> GameState:
    if event is not None and event.id is not None:
        seat = replace(seat, ids={**seat.ids, event.id: event.seq})
    return replace(state, seats={**state.seats, seat.number: seat})


def _opened(state: GameState, event: Event) -> GameState:
    body = event.body
    return replace(state, limit=body["limit"], most=body["most"], allocation_seed=body["seed"])


def _seated(state: GameState, event: Event) -> GameState:
    body = event.body
    seat = SeatState(int(event.seat or 0), body["world"], body["chair"], body["key"], body["lang"], body["first_round"])
    state = replace(state, seat_of_key={**state.seat_of_key, seat.key: seat.number})
    return _with_seat(state, seat)


def _moved(state: GameState, event: Event) -> GameState:
    seat, key = state.seats[int(event.seat or 0)], event.body["key"]
    keys = {known: number for known, number in state.seat_of_key.items() if number != seat.number}
    state = replace(state, seat_of_key={**keys, key: seat.number})
    return _with_seat(state, replace(seat, key=key, left_round=None))


def _consent(state: GameState, event: Event) -> GameState:
    seat = state.seats[int(event.seat or 0)]
    return _with_seat(state, replace(seat, research=event.body["research"]), event)


def _chosen(state: GameState, event: Event) -> GameState:
    seat, number = state.seats[int(event.seat or 0)], int(event.round or 0)
    return _with_seat(
        state,
        replace(
            seat,
            choices={**seat.choices, number: event.body["action"]},
            revisions={**seat.revisions, number: seat.revisions.get(number, -1) + 1},
            chosen_at={**seat.chosen_at, number: event.at_ms},
        ),
        event,
    )


def _coin(state: GameState, event: Event) -> GameState:
    seat = state.seats[int(event.seat or 0)]
    return _with_seat(state, replace(seat, coins={**seat.coins, event.body["n"]: event.body["accept"]}), event)


def _believe(state: GameState, event: Event) -> GameState:
    seat, body = state.seats[int(event.seat or 0)], event.body
    beliefs = {**seat.beliefs, (body["step"], body["question"]): body["tenths"]}
    return _with_seat(state, replace(seat, beliefs=beliefs), event)


def _guess(state: GameState, event: Event) -> GameState:
    seat, body = state.seats[int(event.seat or 0)], event.body
    return _with_seat(state, replace(seat, guesses={**seat.guesses, body["asked"]: tuple(body["values"])}), event)


def _answered(state: GameState, event: Event) -> GameState:
    seat, body = state.seats[int(event.seat or 0)], event.body
    return _with_seat(state, replace(seat, answers={**seat.answers, body["n"]: body["choice"]}), event)


def _left(state: GameState, event: Event) -> GameState:
    seat = state.seats[int(event.seat or 0)]
    keys = {known: number for known, number in state.seat_of_key.items() if number != seat.number}
    # In the round under way the deputy acts; what was chosen in rounds that are over stays, since others' followed.
    choices = {number: action for number, action in seat.choices.items() if number in state.closed}
    seat = replace(seat, left_round=max(state.now.round, 0), key="", choices=choices)
    if event.body.get("erase"):
        blank: dict[str, Any] = {name: {} for name in _SAID}
        seat = replace(seat, is_erased=True, research=False, **blank)
    return _with_seat(replace(state, seat_of_key=keys), seat, event)


def _released(state: GameState, event: Event) -> GameState:
    seat = state.seats[int(event.seat or 0)]
    keys = {known: number for known, number in state.seat_of_key.items() if number != seat.number}
    return _with_seat(replace(state, seat_of_key=keys), replace(seat, key=""))


def _stepped(state: GameState, event: Event) -> GameState:
    step = event.body["step"]
    return replace(state, step=step, is_held=False, opened_at={**state.opened_at, step: event.at_ms}, asked=None)


def _closed(state: GameState, event: Event) -> GameState:
    number = int(event.round or 0)
    chosen = {seat.number: seat.choices[number] for seat in state.deciding() if number in seat.choices}
    state = replace(state, closed={**state.closed, number: chosen})
    return _stepped(state, replace(event, body={"step": state.step + 1}))


def _hands(state: GameState, event: Event) -> GameState:
    return replace(state, hands={**state.hands, int(event.round or 0): tuple(event.body["counts"])})


Change = Callable[[GameState, Event], GameState]
_CHANGES: Mapping[str, Change] = {
    "opened": _opened,
    "seated": _seated,
    "moved": _moved,
    "consent": _consent,
    "chosen": _chosen,
    "coin": _coin,
    "believe": _believe,
    "guess": _guess,
    "answered": _answered,
    "left": _left,
    "released": _released,
    "stepped": _stepped,
    "closed": _closed,
    "hands": _hands,
    "held": lambda state, event: replace(state, is_held=True),
    "went_on": lambda state, event: replace(state, is_held=False),
    "seats": lambda state, event: replace(state, limit=event.body["limit"]),
    "asked": lambda state, event: replace(state, asked=(event.body["asked"], event.body["places"])),
    "locked": lambda state, event: replace(state, asked=None),
    "ended": lambda state, event: replace(state, is_ended=True, step=len(state.script) - 1),
}


# --- What a message comes to ---

SeatMessage = Consent | Choose | Coin | Believe | Guess | DebriefAnswer | Leave


def seating(state: GameState, key_hash: str, lang: str) -> RoomDraft | Why:
    """Return the event by which a new key gets a seat, or why it gets none."""
    if state.is_ended or state.next_round > state.play.rounds:
        return "over"
    if len(state.seats) >= state.limit:
        return "full"
    world, chair = place_of(len(state.seats), len(state.play.worlds), state.allocation_seed)
    body = {"world": world, "chair": chair, "key": key_hash, "lang": lang, "first_round": state.next_round}
    return RoomDraft("seated", len(state.seats) + 1, None, None, body)


def answer_to(state: GameState, number: int, message: SeatMessage) -> RoomDraft | Again | Why:
    """Return the event that a seat's message makes, or that it made before, or why it makes none."""
    seat = state.seats[number]
    if message.id in seat.ids:
        return Again(seat.ids[message.id])
    if state.is_ended and not isinstance(message, Leave):
        return "over"
    if isinstance(message, Consent):
        return RoomDraft("consent", number, None, message.id, {"research": message.research})
    if isinstance(message, Leave):
        return RoomDraft("left", number, state.now.round, message.id, {"erase": message.erase})
    if isinstance(message, Choose):
        return _answer_to_choice(state, seat, message)
    if isinstance(message, Coin):
        if state.phase != "coins" or message.n >= len(COINS):
            return "phase"
        return RoomDraft("coin", number, None, message.id, {"n": message.n, "accept": message.accept})
    if isinstance(message, Believe):
        if state.phase != "believe" or message.round != state.now.round:
            return "phase"
        body = {"step": state.step, "question": message.question, "tenths": message.tenths}
        return RoomDraft("believe", number, message.round, message.id, body)
    if isinstance(message, DebriefAnswer):
        return _answer_to_answer(state, number, message)
    return _answer_to_guess(state, number, message)


def _answer_to_answer(state: GameState, number: int, message: DebriefAnswer) -> RoomDraft | Why:
    questions = state.play.debrief
    if state.phase != "questions":
        return "phase"
    if message.n >= len(questions) or message.choice >= len(questions[message.n].answers):
        return "form"
    return RoomDraft("answered", number, None, message.id, {"n": message.n, "choice": message.choice})


def _answer_to_guess(state: GameState, number: int, message: Guess) -> RoomDraft | Why:
    if state.asked is not None:
        asked, places = state.asked
    elif state.phase == "guess":
        asked, places = SHARE, state.play.rounds
    else:
        return "phase"
    if message.asked != asked:
        return "phase"
    if len(message.values) != places or (asked == SHARE and not all(0.0 <= value <= 1.0 for value in message.values)):
        return "form"
    return RoomDraft("guess", number, None, message.id, {"asked": asked, "values": list(message.values)})


def _answer_to_choice(state: GameState, seat: SeatState, message: Choose) -> RoomDraft | Why:
    if state.phase not in ("practice", "decide"):
        return "closed"
    if message.round != state.now.round or not seat.plays_in(message.round):
        return "round"
    if ACTIONS[message.action] not in state.play.actions:
        return "action"
    return RoomDraft("chosen", seat.number, message.round, message.id, {"action": message.action})

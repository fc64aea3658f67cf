"""Snapshots: all that a phone shows, worked out from the room's state and its worlds."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from analysis.rooms.wall import WallNumbers
from app.room.game import COINS, QUESTIONS, SHARE, GameState, SeatState
from app.room.messages import Asked, DebriefAsked, State, Wall
from app.room.worlds import Worlds

_DECIDING = ("practice", "decide", "believe", "announce")
_AFTER_THE_PLAY = ("end", "reveal", "questions", "debrief", "closed")


def state_for(state: GameState, worlds: Worlds, seat: SeatState, left_ms: int | None, is_held: bool) -> State:
    """Return what a seat's phone shows now."""
    now = state.now
    # The wall tells of the round at hand; in the belief questions that follow a round, of that round.
    rule = worlds.wall(seat.world, now.round)
    before = worlds.wall(seat.world, now.round - 1)
    is_deciding = now.phase in ("practice", "decide")
    coming = _coming_round(state, worlds, seat)
    is_over = now.phase in _AFTER_THE_PLAY and len(worlds.rounds[seat.world]) == state.play.rounds
    return State(
        seq=state.seq,
        seat=seat.number,
        phase=now.phase,
        step=state.step,
        round=now.round,
        rounds=state.play.rounds,
        act=rule.act,
        open=state.is_open and (not is_deciding or seat.plays_in(now.round)),
        left_ms=left_ms,
        held=is_held,
        changed=now.round > 1 and rule.act != before.act and (is_deciding or now.phase == "announce"),
        research=seat.research,
        play=worlds.read.name,
        months=state.play.months_per_round,
        wall=wall_of_numbers(rule) if now.phase in _DECIDING else None,
        you=worlds.you(seat, coming) if is_deciding else None,
        office=worlds.office(seat, coming) if is_deciding else None,
        choice=seat.choices.get(now.round) if is_deciding else None,
        last=worlds.last(seat, now.round) if now.phase in ("result", "practised") else None,
        total=worlds.total(seat),
        asked=asked_of(state, seat),
        final=worlds.final(state, seat) if is_over else None,
    )


def _coming_round(state: GameState, worlds: Worlds, seat: SeatState) -> int:
    """Return the round that is decided; practice once it is over shows the first round's situation."""
    if state.now.round == 0 and worlds.practised[seat.world] is None:
        return 0
    return max(state.now.round, 1)


def asked_of(state: GameState, seat: SeatState) -> Asked | None:
    """Return what is asked of a seat now, and what it has answered."""
    if state.asked is not None:
        name, places = state.asked
        return Asked(guess=name, places=places, values=list(seat.guesses.get(name, ())))
    if state.phase == "coins":
        return Asked(coins=list(COINS), accepted=[seat.coins.get(number) for number in range(len(COINS))])
    if state.phase == "believe":
        answers = [seat.beliefs.get((state.step, question)) for question in QUESTIONS]
        return Asked(questions=list(QUESTIONS), tenths=answers)  # type: ignore[arg-type]
    if state.phase == "guess":
        return Asked(guess=SHARE, places=state.play.rounds, values=list(seat.guesses.get(SHARE, ())))
    return _debrief_of(state, seat) if state.phase == "questions" else None


def _debrief_of(state: GameState, seat: SeatState) -> Asked:
    """Return the next question of the debrief: one at a time, since a state is to be short."""
    asked = state.play.asked_on_phones
    left = [number for number in asked if number not in seat.answers]
    done = len(asked) - len(left)
    if not left:
        return Asked(debriefed=done, debriefs=len(asked))
    question = state.play.debrief[left[0]]
    told = DebriefAsked(n=left[0], text=question.said(), answers=[answer.said() for answer in question.answers])
    return Asked(debrief=told, debriefed=done, debriefs=len(asked))


@lru_cache(maxsize=64)  # a rule is told to every phone, after each of its choices
def wall_of_numbers(rule: WallNumbers) -> Wall:
    """Return what stands on the wall, as a message."""
    values: dict[str, Any] = asdict(rule)
    listed: dict[str, Any] = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    return Wall(**listed)

"""A stored room as a session to be analysed: the worlds made anew, and its seats under numbers drawn at random."""

from __future__ import annotations

import hmac
import json

from analysis.rooms.session import AFTER, BEFORE, DebriefItem, Person, PlayedRound, Session
from app.room.folders import StoredRoom
from app.room.game import COINS, GameState, SeatState
from app.room.worlds import Round, Worlds
from model.code_hash import model_hash


def session_of(room: StoredRoom) -> Session:
    """Return a stored room as a session; its worlds are made anew, if this is the model that it was played with."""
    is_same_model = room.facts["model_hash"] == model_hash()
    state, worlds = room.state, room.worlds() if is_same_model else Worlds(room.read, room.about.seed)
    numbers = _numbers(room, state)
    read = room.read
    facts = {
        "model_hash": room.facts["model_hash"],
        "seed": room.about.seed,
        "play": read.name,
        "play_sha256": read.sha256,
        "study": json.loads(room.facts["study"]),
        "versions": json.loads(room.facts["versions"]),
        "rounds_played": len(worlds.rounds[0]),
        "certainty_times_baseline": worlds.wall(0, 1).times_baseline,
        "hands": {str(number): list(counts) for number, counts in state.hands.items()},
        "allocation": "permuted blocks of 4" if len(read.play.worlds) > 1 else "one world",
    }
    return Session(
        room=room.about.name[-4:],
        month=room.facts["day"][:7],
        world_names=tuple(world.name for world in read.play.worlds),
        designs=tuple(worlds.designs),
        act_names=tuple(act.title.en for act in read.play.act),
        walls=tuple(tuple(walls) for walls in worlds.walls),
        rounds=tuple(tuple(_played(over) for over in rounds) for rounds in worlds.rounds),
        twins=tuple(tuple(_played(over) for over in rounds) for rounds in worlds.twin_rounds),
        people=tuple(_person(state, worlds, seat, numbers[seat.number]) for seat in state.seats.values()),
        hands={number: worlds.hands(state, number) for number in state.hands},
        gambles=COINS,
        debrief=tuple(
            DebriefItem(question.en, tuple(answer.en for answer in question.answers)) for question in read.play.debrief
        ),
        facts=facts,
    )


def _numbers(room: StoredRoom, state: GameState) -> dict[int, int]:
    """Return the seats' numbers in tables: an order that follows from a secret of the room's file alone."""
    secret = bytes.fromhex(room.facts["order_secret"])
    order = sorted(state.seats, key=lambda seat: hmac.new(secret, str(seat).encode(), "sha256").digest())
    return {seat: place for place, seat in enumerate(order, start=1)}


def _played(over: Round) -> PlayedRound:
    return PlayedRound(over.told, over.points, over.news, over.ordered)


def _person(state: GameState, worlds: Worlds, seat: SeatState, number: int) -> Person:
    choices = {r: chosen[seat.number] for r, chosen in state.closed.items() if r > 0 and seat.number in chosen}
    opened = {
        step.round: state.opened_at.get(place) for place, step in enumerate(state.script) if step.phase == "decide"
    }
    seconds = {
        r: (seat.chosen_at[r] - began) / 1000.0
        for r in choices
        if r in seat.chosen_at and (began := opened.get(r)) is not None and seat.chosen_at[r] >= began
    }
    beliefs = {
        (state.script[step].round, _when(state, step), question): tenths
        for (step, question), tenths in seat.beliefs.items()
    }
    return Person(
        seat=number,
        world=seat.world,
        post=worlds.post_of(seat),
        first_round=max(seat.first_round, 1),
        left_round=seat.left_round,
        research=seat.research,
        language=seat.lang,
        is_erased=seat.is_erased,
        choices=choices,
        revisions=dict(seat.revisions),
        seconds=seconds,
        coins=dict(seat.coins),
        beliefs=beliefs,
        guesses=dict(seat.guesses),
        answers=dict(seat.answers),
    )


def _when(state: GameState, step: int) -> str:
    """Return whether a step asked before or after its round."""
    following = state.script[step + 1]
    return BEFORE if following.phase == "decide" and following.round == state.script[step].round else AFTER

"""What the desk and the wall show: numbers and codes, sums only, never who chose what."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.comparators import QuantileBand
from analysis.rooms.wall import filing_never_pays
from app.room.class_lines import LEAST_PEOPLE, Shows, lines_of_class, shows_of
from app.room.desk_messages import (
    Address,
    Band,
    DebriefOf,
    Deed,
    Desk,
    DrawnGuesses,
    Lessons,
    StepOf,
    WallState,
    WallWorld,
)
from app.room.findings import ClassFindings
from app.room.game import SHARE
from app.room.live import LiveRoom
from app.room.snapshots import wall_of_numbers
from model.vocabulary import ACTIONS, Action

_REVEALED_CLASS, _REVEALED_FAN, _REVEALED_TWINS, _REVEALED_SHOES = 2, 3, 4, 5


class NetworkView(Protocol):
    """Where phones reach the room."""

    is_lost: bool

    @property
    def phones_url(self) -> str:
        """Return the address that phones are told."""

    @property
    def desk_url(self) -> str:
        """Return the address of the desk."""

    def others(self) -> list[Address]:
        """Return the addresses that could be used."""

    async def move_to(self, address: str) -> bool:
        """Let phones reach the room by another address; tell whether that works."""


def desk_view(room: LiveRoom, network: NetworkView) -> Desk:
    """Return all that the desk shows."""
    state, play = room.state, room.read.play
    sitting = [seat for seat in state.seats.values() if seat.left_round is None]
    answered = sum(state.has_answered(seat) for seat in state.deciding())
    closed = state.closed.get(state.now.round, {})
    over = state.now.round in state.closed
    return Desk(
        seq=state.seq,
        room=room.about.name,
        play=room.read.name,
        title=play.title.said(),
        phase=state.phase,
        step=state.step,
        steps=[StepOf(phase=step.phase, round=step.round, act=step.act) for step in state.script],
        round=state.now.round,
        rounds=play.rounds,
        months=play.months_per_round,
        open=state.is_open,
        left_ms=_in_quarters(room.left_ms),
        held=room.is_held,
        limit=state.limit,
        seated=len(sitting),
        awake=sum(room.is_awake(seat) for seat in sitting),
        answered=answered,
        late=sum(seat.first_round > state.now.round for seat in sitting),
        deputies=sum(seat.plays_in(state.now.round) and seat.number not in closed for seat in sitting) if over else 0,
        left=len(state.seats) - len(sitting),
        code=room.about.code,
        phones_url=network.phones_url,
        wall_url=f"{network.desk_url}/wall#{room.about.wall_token}",
        addresses=network.others(),
        address_lost=network.is_lost,
        arrived=room.arrived,
        websockets=room.websockets,
        posts=room.posts,
        trouble=room.trouble,
        folder=str(room.path.parent.absolute()),
        notes=[text.said() for text in play.note],
        debrief=debrief_of(room),
        cannot_tell=[text.said() for text in play.cannot_tell],
        filing_never_pays=_filing_never_pays(room),
        groups=len(play.worlds),
        hands=state.hands_now,
        asked=state.asked[0] if state.asked else None,
        actions=[action for action, name in enumerate(ACTIONS) if name in play.actions],
        may=deeds(room),
    )


def _filing_never_pays(room: LiveRoom) -> bool:
    is_open = ACTIONS[Action.FILED_INNOVATION] in room.read.play.actions
    return is_open and all(filing_never_pays(walls) for walls in room.worlds.walls)


def deeds(room: LiveRoom) -> list[Deed]:
    """Return what the trainer can do now."""
    state = room.state
    found: list[Deed] = ["seats", "release", "address", "end"]
    if state.is_ended or state.phase == "closed":
        return ["address", "report", "slides", "export", "erase"] if state.closed else ["address", "erase"]
    found.append("begin" if state.phase == "lobby" else "next")
    if state.phase in ("decide", "practice"):
        found.append("close")
    if room.left_ms is not None:
        found += ["more_time", "go" if room.is_held else "hold"]
    elif room.is_held:
        found.append("go")
    if state.phase == "decide" and len(room.read.play.worlds) == 1:
        found.append("hands")
    if state.phase in ("reveal", "questions", "debrief"):
        found.append("back")
    if not state.is_open:
        found.append("lock" if state.asked else "ask")
    if room.is_played:
        found += ["report", "slides", "export"]
    return found


def wall_view(room: LiveRoom, network: NetworkView, findings: ClassFindings) -> WallState:
    """Return all that the wall shows."""
    state, play, worlds = room.state, room.read.play, room.worlds
    reveal, shows = _revealed(room), shows_of(state, worlds)
    sitting = [seat for seat in state.seats.values() if seat.left_round is None]
    # Where groups live under different rules, no one rule stands on the wall: each phone has its own.
    is_one_rule = state.now.round >= 1 and len(play.worlds) == 1
    rule = worlds.wall(0, state.now.round) if is_one_rule else None
    return WallState(
        seq=state.seq,
        room=room.about.name,
        play=room.read.name,
        title=play.title.said(),
        question=play.question.said(),
        story=play.story.said(),
        phase=state.phase,
        step=state.step,
        round=state.now.round,
        rounds=play.rounds,
        months=play.months_per_round,
        open=state.is_open,
        left_ms=_in_quarters(room.left_ms),
        held=room.is_held,
        seated=len(sitting),
        awake=sum(room.is_awake(seat) for seat in sitting),
        answered=sum(state.has_answered(seat) for seat in state.deciding()),
        code=room.about.code,
        phones_url=network.phones_url,
        act=rule.act if rule else 0,
        acts=[{"title": act.title.said(), "rule": act.rule.said()} for act in play.act],
        rule=wall_of_numbers(rule) if rule else None,
        times_baseline=worlds.wall(0, 1).times_baseline,
        has_gain=_has_gain(room),
        hands=state.hands_now,
        shows=shows,
        worlds=[_world(room, number, reveal, shows) for number in range(len(worlds.worlds))],
        guesses=guesses_of(room, SHARE) if reveal >= 1 else None,
        reveal=reveal,
        asked=state.asked[0] if state.asked else None,
        debrief=debrief_of(room) if state.phase in ("questions", "debrief", "closed") else [],
        cannot_tell=[text.said() for text in play.cannot_tell] if state.phase in ("debrief", "closed") else [],
        findings_status=findings.status(),
        findings=findings.found(),
    )


def _revealed(room: LiveRoom) -> int:
    if room.state.phase == "reveal":
        first = next(place for place, step in enumerate(room.state.script) if step.phase == "reveal")
        return room.state.step - first + 1
    return _REVEALED_SHOES if room.state.phase in ("questions", "debrief", "closed") and room.is_played else 0


def _world(room: LiveRoom, world: int, reveal: int, shows: Shows) -> WallWorld:
    state, worlds = room.state, room.worlds
    lines = lines_of_class(state, worlds, world, shows)
    named, has_gain = room.read.play.worlds[world], _has_gain(room)
    return WallWorld(
        name=named.name,
        title=named.title.said() if named.title else None,
        shares=_told(lines.shares()),
        people=[len(posts) for posts in worlds.posts_decided(state, world)],
        acts=list(worlds.designs[world].act_of_round[: len(lines.posts)]),
        stretches=lines.stretches,
        gain=_told(lines.gain()) if has_gain and reveal >= _REVEALED_CLASS and lines.is_told else None,
        gain_of_model=np.nan_to_num(lines.gain_of_model(), nan=-1.0).tolist()
        if has_gain and reveal >= _REVEALED_FAN and lines.is_told
        else None,
        fan=_band(lines.fan()) if reveal >= _REVEALED_FAN and lines.is_told else None,
        twins=[float(share) for share in np.nan_to_num(lines.twins(), nan=-1.0)]
        if reveal >= _REVEALED_TWINS and lines.is_told
        else None,
        shoes=_band(lines.shoes()) if reveal >= _REVEALED_SHOES and lines.is_told else None,
    )


def _told(shares: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(share) else float(share) for share in shares]


def _has_gain(room: LiveRoom) -> bool:
    return ACTIONS[Action.SELF_DEALING] in room.read.play.actions


def _band(band: QuantileBand) -> Band:
    rows = {name: [float(value) for value in np.nan_to_num(values, nan=-1.0)] for name, values in vars(band).items()}
    return Band(**rows)


def guesses_of(room: LiveRoom, asked: str) -> DrawnGuesses | None:
    """Return the guesses of something, without names and in no order of seats; only their number below five."""
    seats = room.state.seats.values()
    drawn = [seat.guesses[asked] for seat in seats if seat.guesses.get(asked) and not seat.is_erased]
    if not drawn:
        return None
    longest = max(len(values) for values in drawn)
    each = sorted(list(values) for values in drawn if len(values) == longest)
    if len(each) < LEAST_PEOPLE:
        return DrawnGuesses(n=len(each), each=[], median=[], low50=[], high50=[])
    low, median, high = np.quantile(np.array(each), (0.25, 0.5, 0.75), axis=0)
    return DrawnGuesses(n=len(each), each=each, median=list(median), low50=list(low), high50=list(high))


def debrief_of(room: LiveRoom) -> list[DebriefOf]:
    """Return the questions of the debrief, and how many chose each answer: not while they answer, nor below five."""
    seats = [seat for seat in room.state.seats.values() if not seat.is_erased]
    told = []
    for number, question in enumerate(room.state.play.debrief):
        chosen = [seat.answers[number] for seat in seats if number in seat.answers]
        is_told = len(chosen) >= LEAST_PEOPLE and room.state.phase != "questions"
        counts = np.bincount(chosen, minlength=len(question.answers)).tolist() if is_told else []
        answers = [answer.said() for answer in question.answers]
        told.append(DebriefOf(text=question.said(), answers=answers, counts=counts, people=len(chosen)))
    return told


def lessons_view(room: LiveRoom, network: NetworkView) -> Lessons:
    """Return what the page of lessons needs; what is asked at the moment is not told yet."""
    state = room.state
    sitting = [seat for seat in state.seats.values() if seat.left_round is None]
    asked = state.asked[0] if state.asked else None
    names = sorted({name for seat in state.seats.values() for name in seat.guesses} - {SHARE, asked})
    drawn = {name: guesses for name in names if (guesses := guesses_of(room, name)) is not None}
    return Lessons(
        seq=state.seq,
        step=state.step,
        seated=len(sitting),
        awake=sum(room.is_awake(seat) for seat in sitting),
        answered=sum(state.has_answered(seat) for seat in sitting) if asked else 0,
        asked=asked,
        may=deeds(room),
        folder=str(room.path.parent.absolute()),
        guesses=drawn,
        code=room.about.code,
        phones_url=network.phones_url,
    )


def _in_quarters(left_ms: int | None) -> int | None:
    """Return a time in quarters of a second, so that a view changes no oftener than it can be shown."""
    return None if left_ms is None else left_ms // 250 * 250

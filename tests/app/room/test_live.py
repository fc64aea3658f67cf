"""A room in trouble: a full disk, a machine that slept, a damaged file; and its worlds made anew from its events."""

from __future__ import annotations

import asyncio
import json
import secrets
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.room import store
from app.room.folders import RoomError, erase_room, latest_unended, open_room, room_path, stored_room
from app.room.gate import Gate, Pace, Tries, recovery_of
from app.room.live import LiveRoom
from app.room.messages import VERSION, Choose, Coin, Consent, Guess, Hello, Leave, Move
from app.room.plays import find_play, read_play
from app.room.store import StoreError, read_store
from tests.app.room.running import quick_play

MOST_OF_A_STATE = 1536  # bytes


def room_in(folder: Path, seconds: int = 0) -> LiveRoom:
    read = read_play(quick_play(folder, rounds=2, seconds=seconds))
    stored = stored_room(open_room(read, 10, 5, None, folder / "rooms"))
    return LiveRoom(stored.path, stored.about, stored.read)


def live(folder: Path, scene: Callable[[LiveRoom], Awaitable[None]], seconds: int = 0) -> None:
    async def played() -> None:
        room = room_in(folder, seconds)
        room.begin()
        try:
            await scene(room)
        finally:
            await room.close()

    asyncio.run(played())


async def seated(room: LiveRoom, n: int) -> list[str]:
    keys = [secrets.token_hex(16) for _ in range(n)]
    for key in keys:
        told = await room.said(Hello(v=VERSION, room="", key=key, code=room.about.code), "", "here")
        assert json.loads(told[0])["t"] == "seat"
    return keys


def hashed(room: LiveRoom, seat: int) -> str:
    return room.state.seats[seat].key


async def to_phase(room: LiveRoom, phase: str) -> None:
    while room.state.phase != phase:
        if room.state.phase in ("decide", "practice"):
            await room.close_round()
        else:
            await room.go_to(room.state.step + 1)


def test_the_worlds_that_were_played_are_made_anew_from_the_events_byte_by_byte(tmp_path: Path) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 4)
        await to_phase(room, "decide")
        while room.state.phase != "end":
            for seat in range(1, 4):  # one never decides: the deputy does
                if room.state.phase in ("decide", "practice"):
                    choice = Choose(id=secrets.token_hex(8), round=room.state.now.round, action=seat % 4)
                    assert json.loads((await room.said(choice, hashed(room, seat), ""))[0])["t"] == "ok"
            await (room.close_round() if room.state.phase == "decide" else room.go_to(room.state.step + 1))
        again = stored_room(room.path).worlds()
        assert again.worlds[0].memory() == room.worlds.worlds[0].memory()
        assert again.twins[0].memory() == room.worlds.twins[0].memory()
        assert [len(posts) for posts in room.worlds.posts_decided(room.state, 0)] == [3, 3, 3, 3]
        assert room.worlds.last(room.state.seats[4], 1).deputy  # type: ignore[union-attr]
        assert room.worlds.final(room.state, room.state.seats[1]).rounds == 4

    live(tmp_path, scene)


def test_no_state_is_longer_than_a_packet_or_two(tmp_path: Path) -> None:
    read = find_play("four_rules")
    stored = stored_room(open_room(read, 10, 5, None, tmp_path / "rooms"))

    async def played() -> None:
        room = LiveRoom(stored.path, stored.about, stored.read)
        room.begin()
        await seated(room, 5)
        longest = 0
        while room.state.phase != "closed":
            for seat in range(1, 6):
                key, number = hashed(room, seat), room.state.now.round
                if room.state.phase == "guess":
                    values = [(seat + place) / 17 for place in range(read.play.rounds)]
                    await room.said(Guess(id=secrets.token_hex(8), asked="share", values=values), key, "")
                if room.state.phase == "decide":
                    await room.said(Choose(id=secrets.token_hex(8), round=number, action=2), key, "")
                longest = max(longest, len(room.state_text(room.state.seats[seat]).encode()))
            is_round = room.state.phase in ("decide", "practice")
            await (room.close_round() if is_round else room.go_to(room.state.step + 1))
        await room.close()
        assert 600 < longest <= MOST_OF_A_STATE

    asyncio.run(played())


def test_nobody_is_placed_in_a_fifth_of_a_class_of_four(tmp_path: Path) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 4)
        await to_phase(room, "end")
        assert [room.worlds.final(room.state, seat).fifth for seat in room.state.seats.values()] == [-1] * 4

    live(tmp_path, scene)


def test_a_full_disk_is_told_and_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[int] = []
    plain = store.connected

    def cramped(path: Path) -> sqlite3.Connection:
        connection = plain(path)
        if pages:
            connection.execute(f"PRAGMA max_page_count={pages[0]}")
        return connection

    monkeypatch.setattr(store, "connected", cramped)

    async def scene(room: LiveRoom) -> None:
        await seated(room, 2)
        await to_phase(room, "practice")
        size = sqlite3.connect(room.path)
        pages.append(size.execute("PRAGMA page_count").fetchone()[0] + 2)
        size.close()
        assert room.repair()  # from here on the writer finds little room
        answers, acknowledged = [], []
        for number in range(400):
            choice = Choose(id=f"{number:016x}", round=0, action=number % 4)
            answer = json.loads((await room.said(choice, hashed(room, 1), ""))[0])
            answers.append(answer["t"])
            if answer["t"] == "ok":
                acknowledged.append(choice)
            elif answer["why"] == "storage":
                break
        assert answers[-1] == "no"
        assert room.trouble == "disk_full"
        assert room.is_held
        kept = {event.id: event.body["action"] for event in read_store(room.path).events if event.kind == "chosen"}
        assert kept == {choice.id: choice.action for choice in acknowledged}
        pages.clear()
        await room.go_on()
        assert room.trouble is None
        choice = Choose(id="f" * 16, round=0, action=1)
        assert json.loads((await room.said(choice, hashed(room, 1), ""))[0])["t"] == "ok"

    live(tmp_path, scene)


def test_a_machine_that_slept_or_whose_clock_was_set_holds_the_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 1)
        await to_phase(room, "decide")
        clock = asyncio.create_task(room.run())
        await asyncio.sleep(0.4)
        assert not room.is_held
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + 3600.0)
        await asyncio.sleep(0.8)
        assert room.is_held
        left = room.left_ms
        await asyncio.sleep(0.5)
        assert room.left_ms == left
        await room.go_on()
        assert not room.is_held
        clock.cancel()

    live(tmp_path, scene, seconds=60)


def test_a_round_closes_when_all_who_are_awake_have_chosen(tmp_path: Path) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 2)
        await to_phase(room, "decide")
        clock = asyncio.create_task(room.run())
        choice = Choose(id="a" * 16, round=1, action=1)
        await room.said(choice, hashed(room, 1), "")
        await asyncio.sleep(0.6)
        assert room.state.phase == "decide"  # the other is awake, too
        room.heard[2] = -1e9
        await asyncio.sleep(0.6)
        assert room.state.phase == "result"
        clock.cancel()

    live(tmp_path, scene, seconds=60)


def test_a_room_that_was_stopped_in_mid_round_is_held_until_the_trainer_goes_on(tmp_path: Path) -> None:
    async def played() -> None:
        room = room_in(tmp_path, seconds=60)
        room.begin()
        await seated(room, 1)
        await to_phase(room, "decide")
        await room.close()
        again = LiveRoom(room.path, room.about, room.read)
        again.begin()
        assert again.is_held
        await again.close()

    asyncio.run(played())


def test_who_leaves_and_erases_is_gone_from_the_file_too(tmp_path: Path) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 2)
        await to_phase(room, "coins")
        key = hashed(room, 1)
        await room.said(Consent(id="b" * 16, research=True), key, "")
        await room.said(Coin(id="c" * 16, n=1, accept=True), key, "")
        await room.said(Leave(id="d" * 16, erase=True), key, "")
        bodies = [dict(event.body) for event in read_store(room.path).events if event.seat == 1]
        assert {"n": 1, "accept": False} in bodies
        assert {"research": False} in bodies
        assert json.loads((await room.said(Coin(id="e" * 16, n=2, accept=True), key, ""))[0])["why"] == "seat"

    live(tmp_path, scene)


def test_the_digits_of_a_seat_can_be_tried_five_times(tmp_path: Path) -> None:
    async def scene(room: LiveRoom) -> None:
        await seated(room, 1)
        right = recovery_of(room.about.secret, 1)
        wrong = f"{(int(right) + 1) % 10_000:04d}"
        key = secrets.token_hex(16)

        async def tried(digits: str) -> dict[str, Any]:
            message = Move(v=VERSION, room="", seat=1, recovery=digits, key=key)
            told: dict[str, Any] = json.loads((await room.said(message, "", ""))[0])
            return told

        for _ in range(5):
            assert (await tried(wrong))["why"] == "seat"
        assert (await tried(right))["why"] == "seat"

    live(tmp_path, scene)


def test_a_damaged_or_foreign_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    room = tmp_path / "room.sqlite"
    with pytest.raises(StoreError, match="there is no room"):
        read_store(room)
    room.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        read_store(room)
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.executescript("CREATE TABLE about (key, value);")
    other.close()
    with pytest.raises(StoreError, match="this is no room"):
        read_store(tmp_path / "other.sqlite")


def test_rooms_are_found_by_the_end_of_their_names_and_erased_for_good(tmp_path: Path) -> None:
    read = read_play(quick_play(tmp_path, rounds=2))
    root = tmp_path / "rooms"
    path = open_room(read, 10, 5, None, root)
    assert room_path(path.parent.name[-4:], root) == path
    assert latest_unended(root) == path
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    with pytest.raises(RoomError, match="there is no room"):
        room_path("zzzzz", root)
    erase_room(path)
    assert not path.parent.exists()


# --- The gate ---


class Hand:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_guessing_is_slowed_down_for_one_address_and_for_all() -> None:
    clock = Hand()
    gate = Gate("123456", clock)
    for _ in range(6):
        assert not gate.is_right("000000", "a")
    assert gate.wait_ms("a") == 60_000
    assert gate.wait_ms("b") == 0
    assert gate.is_right("123456", "b")
    for number in range(24):
        gate.is_right("000000", f"c{number}")
    assert gate.wait_ms("b") == 60_000
    clock.now = 61.0
    assert gate.wait_ms("b") == 0


def test_tries_are_forgotten_after_a_minute() -> None:
    clock = Hand()
    tries = Tries(3, clock)
    for moment in (0.0, 30.0, 90.5):
        clock.now = moment
        tries.failed()
    assert tries.wait_seconds() == 0.0


def test_a_burst_is_let_through_and_then_five_a_second() -> None:
    clock = Hand()
    pace = Pace(clock)
    assert sum(pace.may_speak() for _ in range(50)) == 20
    clock.now = 2.0
    assert sum(pace.may_speak() for _ in range(50)) == 10


def test_no_clock_runs_for_those_whose_hands_are_counted(tmp_path: Path) -> None:
    async def act(room: LiveRoom) -> None:
        await to_phase(room, "decide")
        assert room.left_ms is None  # nobody sits here: who counts hands takes the time that it needs
        await room._tick(1000.0)
        assert room.state.phase == "decide"
        await seated(room, 1)
        await room.close_round()
        await to_phase(room, "decide")
        assert room.left_ms is not None

    live(tmp_path, act, seconds=30)

"""A class under bad luck: lost, repeated, reordered and broken messages, and a server that is killed in mid-game."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from app.room.folders import stored_room
from app.room.text_client import TextPhone, posted
from tests.app.room.running import RunningRoom, quick_play, seated

PLAYED_ON, PLAY_SECONDS = 5, 20.0
BROKEN = [
    "",
    "{",
    "[]",
    '{"t":"choose"}',
    '{"t":"choose","id":"x","round":1,"action":99}',
    "\x00",
    '{"t":"hello","v":1}',
]


class Acknowledged:
    """Every choice that the server has said is stored, and every one that was sent."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[int, int, int]] = {}  # id: seat, round, action
        self.sent: Counter[str] = Counter()


async def reopened(phone: TextPhone, stopped: asyncio.Event) -> None:
    """Come back as soon as there is a server; on a busy machine one may be killed before all have found it."""
    while not stopped.is_set():
        try:
            await phone.open()
            return
        except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake):
            await asyncio.sleep(0.2)


async def unruly(phone: TextPhone, luck: random.Random, noted: Acknowledged, stopped: asyncio.Event) -> None:
    """Choose over and over, by socket or by POST, twice, late, between broken frames, with the line cut at times."""
    while not stopped.is_set():
        await asyncio.sleep(luck.uniform(0.02, 0.4))
        try:
            if phone.socket is None or luck.random() < 0.05:
                await reopened(phone, stopped)
            if luck.random() < 0.05:
                await phone.close()
                continue
            if luck.random() < 0.1 and phone.socket is not None:
                await phone.socket.send(luck.choice(BROKEN))
            if phone.state.get("phase") not in ("decide", "practice"):
                continue
            number, action = phone.state["round"] - (luck.random() < 0.1), luck.randrange(4)
            message = {"t": "choose", "id": secrets.token_hex(8), "round": max(number, 0), "action": action}
            noted.sent[message["id"]] += 1
            answer = await asyncio.wait_for(phone.say(message, tries=6), 20)
            if answer["t"] == "ok":
                assert phone.seat is not None
                noted.stored[message["id"]] = (phone.seat, message["round"], action)
                if luck.random() < 0.3:  # said again, as after a lost answer
                    again = await asyncio.to_thread(posted, phone.url, phone.key, message)
                    assert [told["seq"] for told in again if told["t"] == "ok"] == [answer["seq"]]
        except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, json.JSONDecodeError):
            phone.socket = None
        finally:
            phone.answers.clear()


async def driven(room: RunningRoom, phones: list[TextPhone], kills: int, luck: random.Random) -> Acknowledged:
    """Lead the class through all rounds, killing the server so many times on the way."""
    noted, stopped = Acknowledged(), asyncio.Event()
    tasks = [asyncio.create_task(unruly(phone, luck, noted, stopped)) for phone in phones]
    n_steps = 0
    for number in range(kills):
        await asyncio.sleep(luck.uniform(0.5, 1.5))
        room.kill()
        await asyncio.to_thread(room.start)
        await played_on(room, phones, noted)
        await asyncio.sleep(luck.uniform(0.0, 1.0))
        if number % max(kills // 12, 1) == 0:
            n_steps += await advanced(room)
    while (await advanced(room)) and n_steps < 60:
        n_steps += 1
        await asyncio.sleep(0.6)
    stopped.set()
    await asyncio.gather(*tasks)
    return noted


async def played_on(room: RunningRoom, phones: list[TextPhone], noted: Acknowledged) -> None:
    """Wait until some have chosen again, or are back where nothing is to be chosen; a busy machine may need longer."""
    before, deadline = len(noted.stored), time.monotonic() + PLAY_SECONDS
    is_choosing = stored_room(room.file).state.phase in ("decide", "practice")
    while time.monotonic() < deadline:
        back = sum(phone.socket is not None for phone in phones)
        if (len(noted.stored) >= before + PLAYED_ON) if is_choosing else back >= len(phones) // 2:
            return
        await asyncio.sleep(0.05)


async def advanced(room: RunningRoom) -> bool:
    """Take the room a step on; tell whether it is not over yet."""
    state = stored_room(room.file).state
    if state.phase == "end":
        return False
    await room.do("next", state.step)
    return True


def checked(room: RunningRoom, phones: list[TextPhone], noted: Acknowledged, told: list[Any]) -> None:
    """Hold what the phones were told against what is on the disk."""
    kept = stored_room(room.file)
    by_id = Counter(event.id for event in kept.events if event.id is not None)
    assert all(count == 1 for count in by_id.values())  # none twice
    chosen = {
        event.id: (event.seat, event.round, event.body["action"]) for event in kept.events if event.kind == "chosen"
    }
    assert noted.stored.items() <= chosen.items()  # none lost
    assert set(chosen) <= set(noted.sent)  # none made up
    assert len(kept.state.seats) == len(phones)  # no seat twice, none for a ghost
    worlds = kept.worlds()
    assert worlds.worlds[0].memory() == kept.worlds().worlds[0].memory()
    for phone, history in zip(phones, told, strict=True):
        rows = worlds.history_with_luck(kept.state.seats[phone.seat or 0])
        expected = [row.model_dump(exclude_none=True) for row in rows]
        assert history == json.loads(json.dumps(expected))  # the served world is the one made anew from the file


async def session(tmp_path: Path, people: int, kills: int, seed: int) -> Acknowledged:
    luck = random.Random(seed)
    room = RunningRoom(tmp_path, "--play", str(quick_play(tmp_path)), "--seats", str(people), "--seed", "5")
    try:
        await asyncio.to_thread(room.start)
        phones = await seated(room, people)
        noted = await driven(room, phones, kills, luck)
        told = [(await asyncio.to_thread(posted, room.url, phone.key, {"t": "history"}))[0]["rows"] for phone in phones]
        for phone in phones:
            await phone.close()
        checked(room, phones, noted, told)
        assert await asyncio.to_thread(room.stop) == 0
        assert "Traceback" not in room.errors()
    finally:
        room.kill()
    return noted


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(tmp_path: Path) -> None:
    noted = asyncio.run(session(tmp_path, people=60, kills=12, seed=1))
    assert len(noted.stored) > 12 * PLAYED_ON


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    noted = asyncio.run(session(tmp_path, people=60, kills=100, seed=2))
    assert len(noted.stored) > 500

"""Hostile frames: none of them ends the server, changes the room, or keeps others from playing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
import socket
import string
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from app.room.folders import stored_room
from tests.app.room.running import RunningRoom, quick_play

MARKUP = ("<script>alert(1)</script>", "';DROP TABLE event;--", "${7*7}", "\u202e\u0000\u2028", "%00%0d%0a", "𝕏" * 40)
TYPES = ("hello", "move", "consent", "choose", "coin", "believe", "guess", "leave", "ping", "history", "state", "do")
FIELDS = ("v", "room", "key", "code", "lang", "id", "round", "action", "n", "accept", "question", "tenths", "values")


def value(luck: random.Random, depth: int = 0) -> Any:
    """Return any value that JSON can hold, most of them where nobody expects them."""
    kinds = [
        lambda: luck.choice(MARKUP),
        lambda: luck.choice([0, -1, 2**31, 2**63, 10**400, 0.1, -0.0, 1e308]),
        lambda: luck.choice([None, True, False]),
        lambda: "".join(luck.choices(string.printable, k=luck.randrange(60))),
        lambda: secrets.token_hex(luck.choice([8, 16])),
    ]
    if depth < 3:
        kinds += [
            lambda: [value(luck, depth + 1) for _ in range(luck.randrange(4))],
            lambda: {luck.choice(FIELDS): value(luck, depth + 1) for _ in range(luck.randrange(4))},
        ]
    return luck.choice(kinds)()


def frame(luck: random.Random) -> str | bytes:
    """Return a hostile frame."""
    kind = luck.randrange(8)
    if kind == 0:
        return secrets.token_bytes(luck.randrange(200))
    if kind == 1:
        return "[" * luck.randrange(2000)
    if kind == 2:
        return "x" * luck.choice([2047, 2048, 2049, 4000, 70_000])
    if kind == 3:
        return '{"t":"choose",' * 50
    message = {"t": luck.choice(TYPES), **{luck.choice(FIELDS): value(luck) for _ in range(luck.randrange(6))}}
    return json.dumps(message)


async def attacker(room: RunningRoom, luck: random.Random, frames: int) -> int:
    """Send so many frames over as many sockets as it takes; return how many were sent."""
    sent = 0
    opened: ClientConnection | None = None
    while sent < frames:
        try:
            if opened is None:
                origin = Origin(room.url if luck.random() < 0.9 else "http://evil.example")
                opened = await connect(
                    room.url.replace("http", "ws") + "/ws", origin=origin, proxy=None, open_timeout=10
                )
            await opened.send(frame(luck))
            sent += 1
            if luck.random() < 0.3:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(opened.recv(), 0.05)
        except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
            sent += 1
            opened = None
    if opened is not None:
        await opened.close()
    return sent


def raw(room: RunningRoom, luck: random.Random) -> None:
    """Send bytes that are no request, or one that never ends, and go away."""
    host, port = room.url.removeprefix("http://").split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=2) as line:
        line.settimeout(0.2)
        line.sendall(
            luck.choice(
                [
                    secrets.token_bytes(500),
                    b"GET / HTTP/1.1\r\nHost: " + b"a" * 30_000,
                    b"POST /say HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 5000,
                    b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
                ]
            )
        )
        with contextlib.suppress(OSError):
            line.recv(200)


async def never_reads(room: RunningRoom) -> None:
    """Join, and read nothing that is sent."""
    phone = room.phone()
    address = room.url.replace("http", "ws") + "/ws"
    async with connect(address, origin=Origin(room.url), proxy=None, max_queue=1, close_timeout=1) as opened:
        await opened.send(json.dumps(phone.hello))
        await asyncio.sleep(600)


async def besieged(room: RunningRoom, frames: int) -> None:
    luck = random.Random(4)
    phones = [room.phone() for _ in range(4)]
    await asyncio.gather(*(phone.open() for phone in phones))
    await asyncio.gather(*(phone.until("lobby") for phone in phones))
    stuck = asyncio.create_task(never_reads(room))
    await asyncio.sleep(1.0)
    before = stored_room(room.file).state
    attackers = [asyncio.create_task(attacker(room, random.Random(seed), frames // 8)) for seed in range(8)]
    for _ in range(60):
        await asyncio.to_thread(raw, room, luck)
    sent = sum(await asyncio.gather(*attackers))
    assert sent >= frames // 8 * 8
    state = stored_room(room.file).state
    assert state.seq == before.seq  # nothing that was sent has changed the room
    while state.phase != "practice":
        assert (await room.do("next", state.step))["done"]
        state = stored_room(room.file).state
    await asyncio.gather(*(phone.until("practice") for phone in phones))
    answers = await asyncio.gather(*(phone.choose(1) for phone in phones))
    assert [answer["t"] for answer in answers] == ["ok"] * 4
    stuck.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await stuck
    for phone in phones:
        await phone.close()
    text = room.file.read_bytes()
    assert b"<script>" not in text
    assert b"DROP TABLE" not in text


def siege(folder: Path, frames: int) -> None:
    room = RunningRoom(folder, "--play", str(quick_play(folder)), "--seats", "12").start()
    try:
        asyncio.run(besieged(room, frames))
        assert room.stop() == 0
        assert "Traceback" not in room.errors(), room.errors()[-3000:]
    finally:
        room.kill()


@pytest.mark.slow
def test_ten_thousand_hostile_frames_change_nothing(tmp_path: Path) -> None:
    siege(tmp_path, 10_000)

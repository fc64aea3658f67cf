"""Limits of a served room, each held against a real server: who is silent, too many, or does not read is let go."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from app.room.phones import HELLO_SECONDS
from app.room.prompt import SLOW_SECONDS
from tests.app.room.running import RunningRoom, quick_play, seated, served_here

pytestmark = pytest.mark.slow
POLICY = 1008
SEATS = 5
MOST_SOCKETS = 2 * SEATS + 20


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRoom]:
    folder = tmp_path_factory.mktemp("limits")
    running = RunningRoom(folder, "--play", str(quick_play(folder)), "--seats", str(SEATS), "--seed", "7")
    try:
        yield running.start()
        assert running.stop() == 0
        assert "Traceback" not in running.errors()
    finally:
        running.kill()


async def line_to(room: RunningRoom) -> ClientConnection:
    return await connect(room.url.replace("http", "ws") + "/ws", origin=Origin(room.url), proxy=None, open_timeout=20)


def test_who_says_no_hello_is_let_go_after_ten_seconds_whatever_else_is_said(room: RunningRoom) -> None:
    async def silent() -> tuple[float, int | None]:
        line, began = await line_to(room), time.monotonic()
        with contextlib.suppress(ConnectionClosed):
            await line.recv()
        return time.monotonic() - began, line.close_code

    async def chattering() -> tuple[float, int | None]:
        line, began = await line_to(room), time.monotonic()
        with contextlib.suppress(ConnectionClosed):
            while True:
                await line.send('{"t":"ping","n":1}')  # is no hello
                await asyncio.sleep(1.0)
        return time.monotonic() - began, line.close_code

    async def both() -> None:
        for seconds, code in await asyncio.gather(silent(), chattering()):
            assert HELLO_SECONDS - 1.0 <= seconds <= HELLO_SECONDS + 10.0
            assert code == POLICY

    asyncio.run(both())


def test_sockets_are_counted_and_those_who_sit_play_on_when_there_are_too_many(room: RunningRoom) -> None:
    async def crowded() -> None:
        (phone,) = await seated(room, 1)
        lines = [await line_to(room) for _ in range(MOST_SOCKETS - 1)]
        with pytest.raises(InvalidStatus, match="403"):
            await line_to(room)
        assert (await phone.say({"t": "consent", "research": True}))["t"] == "ok"
        await lines.pop().close()
        async with asyncio.timeout(20):
            while True:  # as soon as the server has noticed
                try:
                    lines.append(await line_to(room))
                    break
                except InvalidStatus:
                    await asyncio.sleep(0.05)
        for line in (*lines, phone):
            await line.close()

    asyncio.run(crowded())


def framed(text: str) -> bytes:
    """Return a text as a client's frame, masked by zeros."""
    data = text.encode()
    return bytes([0x81, 0xFE]) + len(data).to_bytes(2, "big") + bytes(4) + data


def deaf(url: str, hello: str) -> socket.socket:
    """Return a line on which a hello was said, and of which nothing more is read."""
    host, port = url.removeprefix("http://").split(":")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((host, int(port)))
    key = base64.b64encode(os.urandom(16)).decode()
    head = f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {url}\r\nUpgrade: websocket\r\n"
    head += f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    line.sendall(head.encode())
    assert b"101" in line.recv(1024)
    line.sendall(framed(hello))
    return line


def test_a_phone_that_never_reads_is_dropped_while_the_others_are_told(tmp_path: Path) -> None:
    async def played() -> None:
        async with served_here(tmp_path, seats=SEATS) as served:
            room = served.room
            stuck, reader = served.phone(), served.phone()
            line = await asyncio.to_thread(deaf, served.url, json.dumps(stuck.hello))
            await reader.open()
            await reader.until("lobby")
            while len(room.phones) < 2:
                await asyncio.sleep(0.05)
            seat = next(number for number in room.phones if number != reader.seat)
            began = time.monotonic()
            while seat in room.phones:
                room.tell_all()
                await asyncio.sleep(0.002)
            assert time.monotonic() - began > SLOW_SECONDS  # not sooner: it may have been slow only
            assert (await reader.say({"t": "consent", "research": True}))["t"] == "ok"
            assert room.phones.keys() == {reader.seat}
            assert await asyncio.to_thread(is_over, line)
            await stuck.open()  # the seat waits for it
            await stuck.until("lobby")
            assert stuck.seat == seat
            for phone in (stuck, reader):
                await phone.close()

    asyncio.run(played())


def is_over(line: socket.socket) -> bool:
    """Tell whether the server has ended a line; what had arrived before can still be read."""
    line.settimeout(20)
    with contextlib.closing(line), contextlib.suppress(ConnectionResetError):
        while line.recv(65536):
            pass
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_system_that_allows_256_open_files_does_not_keep_300_phones_away(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    running = RunningRoom(tmp_path, "--play", str(quick_play(tmp_path)), "--seats", "150")

    async def crowded() -> None:
        lines = [await line_to(running) for _ in range(300)]
        for line in lines[::50]:
            await line.send(json.dumps(running.phone().hello))
            assert json.loads(await line.recv())["t"] == "seat"
        await asyncio.gather(*(line.close() for line in lines))

    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        running.start()  # a process has the limits of who starts it
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
        asyncio.run(crowded())
        assert running.stop() == 0
        assert running.errors() == ""
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        running.kill()

"""A served room, as phones, strangers and the trainer find it."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

import run
from analysis.command_line.failures import exit_code_of
from app.room.folders import stored_room
from app.room.text_client import TextPhone, done_at_desk, posted
from tests.app.room.running import PROJECT, RunningRoom, quick_play


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRoom]:
    folder = tmp_path_factory.mktemp("room")
    running = RunningRoom(folder, "--play", str(quick_play(folder)), "--seats", "20", "--seed", "7")
    try:
        yield running.start()
    finally:
        running.kill()
        assert "Traceback" not in running.errors()


def status_of(url: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> int:
    request = urllib.request.Request(url, body, headers or {})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def told_with(url: str, headers: dict[str, str]) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(urllib.request.Request(url, None, headers), timeout=10)
    return refused.value.code, refused.value.read().decode()


def headers_of(url: str) -> Any:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        return answer.headers


def joined(room: RunningRoom) -> TextPhone:
    phone = room.phone()
    for told in posted(room.url, phone.key, phone.hello):
        phone.hear(told)
    assert phone.seat is not None, phone.refused
    return phone


def test_another_host_or_page_is_refused(room: RunningRoom) -> None:
    good = {"content-type": "application/json", "x-key": "a" * 32}
    assert status_of(f"{room.url}/", {"host": "evil.example"}) == 421
    for origin in (room.url, room.desk):  # what a person reads who typed another name of this machine, or too much
        for path, headers, status in (("/", {"host": "localhost"}, 421), ("/room", {}, 404)):
            assert told_with(f"{origin}{path}", headers) == (status, f"请打开 {origin}\nPlease open {origin}\n")
    assert status_of(f"{room.desk}/", {"host": "evil.example"}) == 421
    assert status_of(f"{room.url}/say", {**good, "origin": "http://evil.example"}, b"{}") == 403
    assert status_of(f"{room.url}/say", good, b"{}") == 403  # no page at all
    assert status_of(f"{room.url}/say", {**good, "origin": room.url, "content-type": "text/plain"}, b"{}") == 415
    assert status_of(f"{room.url}/say", {**good, "origin": room.url, "x-key": "no"}, b"{}") == 400
    assert status_of(f"{room.url}/say", {**good, "origin": room.url}, b"x" * 5000) == 413
    assert status_of(f"{room.url}/desk/do", good, b"{}") == 404  # the trainer's is not there for phones

    async def foreign() -> None:
        with pytest.raises(InvalidStatus):
            await connect(room.url.replace("http", "ws") + "/ws", origin=Origin("http://evil.example"), proxy=None)

    asyncio.run(foreign())


def test_pages_come_with_headers_that_let_nothing_else_in(room: RunningRoom) -> None:
    for url in (room.url, room.desk):
        headers = headers_of(f"{url}/")
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert f"ws{url.removeprefix('http')}" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_wrong_codes_are_refused_and_soon_not_listened_to(room: RunningRoom) -> None:
    wrong = f"{(int(room.code) + 1) % 1_000_000:06d}"
    phones = [TextPhone(room.url, wrong) for _ in range(8)]
    answers = [posted(room.url, phone.key, phone.hello)[0] for phone in phones]
    assert [answer["why"] for answer in answers] == ["code"] * 6 + ["busy"] * 2
    assert 0 < answers[-1]["wait_ms"] <= 60_000


def test_a_seat_moves_to_another_phone_by_its_digits_and_the_newest_tab_wins(tmp_path: Path) -> None:
    # A room of its own: the one before does not listen to new phones for a minute.
    room = RunningRoom(tmp_path, "--play", str(quick_play(tmp_path)), "--seats", "3").start()
    try:
        asyncio.run(moved(room))
        assert room.stop() == 0
    finally:
        room.kill()


async def moved(room: RunningRoom) -> None:
    first = await asyncio.to_thread(joined, room)
    await first.open()
    await first.until("lobby")
    second = room.phone()
    wrong = {**second.hello, "t": "move", "seat": first.seat, "recovery": f"{(int(first.recovery) + 1) % 10000:04d}"}
    del wrong["code"]
    assert (await asyncio.to_thread(posted, room.url, second.key, wrong))[0]["why"] == "seat"
    right = {**wrong, "recovery": first.recovery}
    told = await asyncio.to_thread(posted, room.url, second.key, right)
    assert told[0] == {"t": "seat", "seat": first.seat, "recovery": first.recovery}
    assert (await asyncio.to_thread(posted, room.url, first.key, {"t": "ping", "n": 1}))[0]["why"] == "seat"
    tabs = [
        await connect(room.url.replace("http", "ws") + "/ws", origin=Origin(room.url), proxy=None) for _ in range(2)
    ]
    for tab in tabs:
        await tab.send(json.dumps(second.hello))
        assert json.loads(await tab.recv())["seat"] == first.seat
        await tab.recv()
    with pytest.raises(ConnectionClosed):
        await asyncio.wait_for(tabs[0].recv(), 5)
    assert tabs[0].close_code == 4001
    await tabs[1].send(json.dumps({"t": "ping", "n": 5}))
    assert json.loads(await tabs[1].recv()) == {"t": "pong", "n": 5}
    # A message of the wrong form is told so, and the same id gets the same answer.
    await tabs[1].send('{"t":"choose"}')
    assert json.loads(await tabs[1].recv()) == {"t": "no", "why": "form"}
    step = stored_room(room.file).state.step
    for deed in ("begin", "next", "next"):
        assert (await room.do(deed, step))["done"]
        step += 1
    assert (await room.do("next", 0))["why"] == "moved_on"  # the room is no longer there
    state = {}
    while state.get("phase") != "practice":
        state = json.loads(await asyncio.wait_for(tabs[1].recv(), 5))
    message = {"t": "choose", "id": "00000000000000aa", "round": 0, "action": 1}
    once = await asyncio.to_thread(posted, room.url, second.key, message)
    again = await asyncio.to_thread(posted, room.url, second.key, {**message, "action": 2})
    assert once[0] == again[0]
    assert again[1]["choice"] == 1
    # The same state by long poll, at once because it is newer.
    request = urllib.request.Request(f"{room.url}/state?after=1", headers={"x-key": second.key})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer = await asyncio.to_thread(lambda: opener.open(request, timeout=10).read())
    assert json.loads(answer)[0]["choice"] == 1
    for tab in tabs:
        await tab.close()
    await first.close()


def test_who_leaves_is_told_so_before_the_socket_is_closed(tmp_path: Path) -> None:
    room = RunningRoom(tmp_path, "--play", str(quick_play(tmp_path)), "--seats", "3").start()

    async def left(erase: bool) -> None:
        line = await connect(room.url.replace("http", "ws") + "/ws", origin=Origin(room.url), proxy=None)
        await line.send(json.dumps(room.phone().hello))
        assert [json.loads(await line.recv())["t"] for _ in range(2)] == ["seat", "state"]
        await line.send(json.dumps({"t": "leave", "id": "00000000000000cc", "erase": erase}))
        assert json.loads(await asyncio.wait_for(line.recv(), 10))["t"] == "ok"
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(line.recv(), 10)
        assert line.close_code == 4003

    try:
        for erase in (False, True):
            asyncio.run(left(erase))
        assert room.stop() == 0
    finally:
        room.kill()


def test_the_desk_needs_its_token_and_a_double_click_does_nothing(room: RunningRoom) -> None:
    step = stored_room(room.file).state.step
    with pytest.raises(urllib.error.HTTPError, match="401"):
        done_at_desk(room.desk, "0" * 32, {"do": "next", "from_step": step})
    command = {"id": "00000000000000bb", "do": "seats", "from_step": step, "seats": 18}
    assert done_at_desk(room.desk, room.token, command)["done"]
    seq = stored_room(room.file).state.seq
    assert done_at_desk(room.desk, room.token, command)["done"]
    assert stored_room(room.file).state.seq == seq
    assert stored_room(room.file).state.limit == 18
    stale = done_at_desk(room.desk, room.token, {"do": "next", "from_step": step + 3})
    assert (stale["done"], stale["why"]) == (False, "moved_on")

    async def watched(token: str) -> dict[str, Any]:
        socket = await connect(room.desk.replace("http", "ws") + "/desk/ws", origin=Origin(room.desk), proxy=None)
        await socket.send(json.dumps({"t": "watch", "token": token, "view": "desk"}))
        try:
            told: dict[str, Any] = json.loads(await socket.recv())
        except ConnectionClosed:
            told = {}
        await socket.close()
        return told

    assert asyncio.run(watched("0" * 32)) == {}
    desk = asyncio.run(watched(room.token))
    assert desk["limit"] == 18
    wall_token = desk["wall_url"].rpartition("#")[2]
    assert asyncio.run(watched(wall_token)) == {}  # who may watch the wall may not see the desk


def test_a_second_server_on_one_room_is_refused_in_a_sentence(room: RunningRoom) -> None:
    command = [sys.executable, str(PROJECT / "run.py"), "room", "--no-open", "--resume", room.name]
    ended = subprocess.run(command, cwd=room.folder, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 2
    assert "open in another window" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--play", "tolerence"), "did you mean tolerance"),
        (("--seats", "0"), "this play seats 1 to 500 people"),
        (("--address", "203.0.113.9"), "this machine does not have it"),
        (("--session", "3"), "--session needs --study"),
        (("--resume", "nothing"), "there is no room"),
        (("--resume", "nothing", "--seats", "40", "--play", "paper"), "leave out --play and --seats"),
        (("--reopen", "nothing", "--port", "8700"), "leave out --port"),
        (("--study", "nothing.toml", "--session", "1", "--play", "paper"), "--study draws the play; leave out --play"),
        (("report", "nothing"), "there is no room"),
        (("erase", "nothing", "--yes"), "there is no room"),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert exit_code_of(lambda: run.app(["room", *arguments], standalone_mode=False)) == 2
    assert told in capsys.readouterr().err


def test_an_answer_that_is_cut_off_is_a_lost_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"

        def cut_off() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as asked:
                # All of it, head and body: who closes with something unread resets the line, answer and all.
                length = next(int(line.split(b":")[1]) for line in asked if line.lower().startswith(b"content-length"))
                while asked.readline() != b"\r\n":
                    pass
                asked.read(length)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 749\r\n\r\n")

        with ThreadPoolExecutor(1) as pool:
            ended = pool.submit(cut_off)
            with pytest.raises(ConnectionResetError, match="cut off"):
                posted(url, "key", {"t": "choose"})
            ended.result()

"""The network of a room: the address that is chosen, one that goes away, and the rehearsal the day before."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import cast

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from app.room import phones, prompt, rehearsal, serving
from app.room.addresses import LOOPBACK, addresses, bound, origin_of, score_of
from app.room.desk_views import desk_view
from app.room.live import LiveRoom
from app.room.phones import PhonesApp
from app.room.rehearsal import hints
from app.room.serving import OPEN_FILES, raise_open_files, server_of
from app.room.stopping import stopped_by_signals
from app.room.text_client import TextPhone, posted
from tests.app.room.running import PROJECT, ServedRoom, served_here
from tests.app.room.test_server import status_of

ANOTHER = "127.0.0.2"  # a machine has all of 127.0.0.0/8 where this can be tried at all


def test_real_networks_come_before_tunnels_and_containers() -> None:
    devices = ["wlan0", "eth0", "Wi-Fi", "docker0", "tailscale0", "vEthernet (WSL)", "utun3"]
    scores = {device: score_of("192.168.1.20", device, is_route=False) for device in devices}
    assert min(scores["wlan0"], scores["eth0"], scores["Wi-Fi"]) > 0
    assert max(scores["docker0"], scores["tailscale0"], scores["vEthernet (WSL)"], scores["utun3"]) < 0
    assert scores["wlan0"] > scores["eth0"]
    assert score_of("192.168.1.20", "eth0", is_route=True) > scores["eth0"]
    assert addresses()  # loopback, if there is nothing else


def test_a_port_that_was_had_before_is_taken_again_unless_somebody_has_it() -> None:
    with bound(LOOPBACK, 0) as first:
        port = first.getsockname()[1]
        with bound(LOOPBACK, None, port) as other:
            assert other.getsockname()[1] != port
    with bound(LOOPBACK, None, port) as again:
        assert again.getsockname()[1] == port


async def comes_back(served: ServedRoom, phone: TextPhone) -> TextPhone:
    """Come to the new address with a new key, since the browser's store belongs to the old one; the seat is kept."""
    other = served.phone("000000")
    move = {**other.hello, "t": "move", "seat": phone.seat, "recovery": phone.recovery}
    del move["code"]
    assert (await asyncio.to_thread(posted, served.url, other.key, move))[0]["seat"] == phone.seat
    return other


async def address_lost(served: ServedRoom) -> None:
    """Wait until the desk says that the phones' address is gone."""
    while not desk_view(served.room, served.sockets).address_lost:
        await asyncio.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address only")
def test_phones_come_to_another_address_when_theirs_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {LOOPBACK, ANOTHER}
    monkeypatch.setattr(serving, "is_there", lambda address: address in there)
    monkeypatch.setattr(serving, "_ADDRESS_SECONDS", 0.1)

    async def played() -> None:
        async with served_here(tmp_path) as served:
            before, phone = served.url, served.phone()
            await phone.open()
            await phone.until("lobby")
            there.discard(LOOPBACK)
            await address_lost(served)
            assert not await served.sockets.move_to("192.0.2.77")  # this machine does not have it: nothing changes
            assert await served.sockets.move_to(ANOTHER)
            assert served.url == before.replace(LOOPBACK, ANOTHER)  # the port stays
            assert not desk_view(served.room, served.sockets).address_lost
            other = await comes_back(served, phone)
            good = {"content-type": "application/json", "x-key": other.key, "origin": before}
            assert await asyncio.to_thread(status_of, f"{served.url}/say", good, b"{}") == 403  # the old page's
            await phone.close()

    asyncio.run(played())


@pytest.fixture
def passing_address() -> Iterator[str]:
    """Give this machine one more address, where a test may do that; it is taken away at the latest with the test."""
    address = "10.99.99.1"
    command = ["ip", "address", "add", f"{address}/32", "dev", "lo"]
    is_given = (
        shutil.which("ip") is not None and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )
    if not is_given:
        pytest.skip("only an administrator of Linux can give a machine an address")
    try:
        yield address
    finally:
        taken_away(address)


def taken_away(address: str) -> None:
    command = ["ip", "address", "del", f"{address}/32", "dev", "lo"]
    subprocess.run(command, check=False, capture_output=True)


@pytest.mark.slow
def test_an_address_that_really_goes_away_is_seen_and_another_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passing_address: str
) -> None:
    monkeypatch.setattr(serving, "_ADDRESS_SECONDS", 0.1)

    async def played() -> None:
        async with served_here(tmp_path, passing_address) as served:
            phone = served.phone()
            await phone.open()
            await phone.until("lobby")
            assert passing_address in [found.address for found in served.sockets.others()]
            taken_away(passing_address)
            await address_lost(served)
            assert passing_address not in [found.address for found in served.sockets.others()]
            assert not await served.sockets.move_to(passing_address)
            assert await served.sockets.move_to(LOOPBACK)
            await comes_back(served, phone)
            await phone.close()

    asyncio.run(played())


def test_a_request_that_waits_for_news_is_answered_when_the_room_is_stopped(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def played() -> None:
        async with served_here(tmp_path) as served:
            phone = served.phone()
            await asyncio.to_thread(posted, served.url, phone.key, phone.hello)
            url = f"{served.url}/state?after={served.room.state.seq}"
            waiting = asyncio.create_task(asyncio.to_thread(status_of, url, {"x-key": phone.key}))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            served.room.is_to_be_erased.set()
            assert await waiting == 200
        assert caplog.text == ""

    asyncio.run(played())


def test_hints_are_of_the_system_first_and_name_the_port() -> None:
    for platform, first in (("win32", "hint_windows"), ("darwin", "hint_mac"), ("linux", "hint_linux")):
        found = hints(8703, platform)
        assert found[0] == (first, {"port": "8703"})
        assert [key for key, _ in found[1:]] == ["hint_isolation", "hint_mobile"]


def test_the_rehearsal_says_what_may_keep_phones_away_if_none_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rehearsal, "HINT_SECONDS", 0.2)

    async def waited() -> None:
        task = asyncio.create_task(rehearsal._served(LOOPBACK, 0, "en"))
        told = ""
        async with asyncio.timeout(60):
            while "mobile data" not in told:
                await asyncio.sleep(0.05)
                told += capsys.readouterr().out
        assert told.count("No phone yet") == 1
        assert "client isolation" in told
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(waited())


def test_the_rehearsal_ticks_off_what_a_phone_has_managed(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "run.py"), "room", "check", "--address", LOOPBACK, "--port", "0"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        found = re.search(r"http://\S+", first)
        assert found, first
        url = found[0]
        assert status_of(f"{url}/") == 200
        assert status_of(f"{url}/", {"host": "evil.example"}) == 421
        assert status_of(f"{url}/say", {"origin": url}, b"{}") == 200
        assert status_of(f"{url}/say", {"origin": "http://evil.example"}, b"{}") == 403

        async def talked() -> None:
            address = url.replace("http", "ws") + "/ws"
            async with connect(address, origin=Origin(url), proxy=None) as socket:
                for word in ("hello", "back"):
                    await socket.send(word)
                    assert json.loads(await socket.recv()) == {"t": "pong"}
            with pytest.raises(InvalidStatus):
                await connect(address, origin=Origin("http://evil.example"), proxy=None)

        asyncio.run(talked())
        process.send_signal(signal.SIGINT)
        ticks, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert [line[0] for line in ticks.splitlines()] == ["✓"] * 4 + ["S"]
    with pytest.raises(urllib.error.URLError):
        status_of(f"{url}/")


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
def test_ctrl_c_is_heard_even_where_whoever_calls_swallows_exceptions() -> None:
    swallowed: list[BaseException] = []

    def interrupted() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except BaseException as error:
            swallowed.append(error)

    async def served() -> None:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            asyncio.get_running_loop().call_soon(interrupted)
            await asyncio.wait_for(stop.wait(), 10)
            assert swallowed == []
            interrupted()  # who asks again interrupts at once
            assert [type(error) for error in swallowed] == [KeyboardInterrupt]

    def raising(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, raising)  # as the command line has it
    try:
        asyncio.run(served())
        assert signal.getsignal(signal.SIGINT) is raising
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.slow
def test_who_connects_and_says_nothing_or_half_of_something_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(phones, "BODY_SECONDS", 0.3)
    room = cast(LiveRoom, SimpleNamespace(arrived=0))

    async def answer_to(port: int, said: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.write(said)
        async with asyncio.timeout(20):  # far less than a connection that is kept would last
            answer = await reader.read()
        writer.close()
        return answer

    async def served() -> None:
        listening = bound(LOOPBACK, 0)
        origin, port = origin_of(listening), listening.getsockname()[1]
        server = server_of(PhonesApp(room, {origin}).application())
        task = asyncio.create_task(server.serve([listening]))
        host = origin.removeprefix("http://").encode()
        say = b"POST /say HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nX-Key: %s\r\n" % (host, origin.encode(), b"a" * 32)
        assert await answer_to(port, b"") == b""
        assert await answer_to(port, b"GET / HTTP/1.1\r\nHost: " + host) == b""
        half = await answer_to(port, say + b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        assert half.startswith(b"HTTP/1.1 408")
        assert (await answer_to(port, b"GET / HTTP/1.1\r\nHost: %s\r\n\r\n" % host)).startswith(b"HTTP/1.1 200")
        server.should_exit = True
        await task

    asyncio.run(served())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_limit_of_256_open_files_is_raised() -> None:
    import resource  # noqa: PLC0415 - not there on Windows

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        raise_open_files()
        wanted = OPEN_FILES if before[1] == resource.RLIM_INFINITY else min(OPEN_FILES, before[1])
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == wanted
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

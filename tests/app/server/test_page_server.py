"""The page is served on this machine only, and the server ends when it is told to."""

from __future__ import annotations

import http.client
import os
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from analysis.errors import ExperimentError
from app import command_line
from app.room.addresses import FoundAddresses
from app.server.page_server import LOOPBACK, PageNotBuiltError, page_server, serve_page

ROOT = Path(__file__).parents[3]
PAGE = "<!doctype html><title>页</title>".encode()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "officials.html"
    file.write_bytes(PAGE)
    return file


@contextmanager
def served(page: Path) -> Iterator[int]:
    with page_server(page) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def answer(
    port: int, path: str, method: str = "GET", host: str = LOOPBACK, at: str = LOOPBACK
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(at, port, timeout=5)
    connection.request(method, path, headers={"Host": f"{host}:{port}"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, dict(response.getheaders())


def test_that_the_page_is_served_with_headers_that_forbid_framing(page: Path) -> None:
    with served(page) as port:
        status, body, headers = answer(port, "/?anything")
        assert (status, body) == (200, PAGE)
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert answer(port, "/officials.html")[1] == PAGE
        assert answer(port, "/", "HEAD")[:2] == (200, b"")


@pytest.mark.parametrize("path", ["/etc/passwd", "/../serve.py", "/officials.html/..", "/%2e%2e/serve.py"])
def test_that_nothing_else_is_served(page: Path, path: str) -> None:
    with served(page) as port:
        assert answer(port, path)[0] == 404
        assert answer(port, "/", "POST")[0] == 501


def test_that_another_site_cannot_pass_for_this_machine(page: Path) -> None:
    with served(page) as port:
        assert answer(port, "/", host="example.org")[0] == 403
        assert answer(port, "/", host="localhost")[0] == 200


def test_that_only_this_machine_is_listened_to(page: Path) -> None:
    with page_server(page) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_that_on_a_network_one_address_is_listened_to_and_its_name_is_known(page: Path) -> None:
    # All of 127.0.0.0/8 is this machine's own: another address of it stands for one of the network.
    with page_server(page, address="127.0.0.2") as server:
        assert server.server_address[0] == "127.0.0.2"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            port = int(server.server_address[1])
            assert answer(port, "/", host="127.0.0.2", at="127.0.0.2")[0] == 200
            assert answer(port, "/", host="example.org", at="127.0.0.2")[0] == 403
            with pytest.raises(OSError, match="refused"):
                answer(port, "/")
        finally:
            server.shutdown()
            thread.join()


def test_that_lan_takes_the_best_address_or_the_one_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [FoundAddresses("192.168.1.7", "wlan0", 35), FoundAddresses("10.0.0.9", "docker0", -30)]
    served_on: list[str] = []
    monkeypatch.setattr("app.room.addresses.addresses", lambda: found)
    monkeypatch.setattr("app.command_line.serve_page", lambda **chosen: served_on.append(chosen["address"]))
    command_line.page(is_opened=False, port=0, is_lan=True, address=None)
    command_line.page(is_opened=False, port=0, is_lan=True, address="10.0.0.9")
    command_line.page(is_opened=False, port=0, is_lan=False, address=None)
    assert served_on == ["192.168.1.7", "10.0.0.9", LOOPBACK]
    with pytest.raises(ExperimentError, match=r"does not have it; it has 192\.168\.1\.7 \(wlan0\)"):
        command_line.page(is_opened=False, port=0, is_lan=True, address="192.168.1.8")
    with pytest.raises(ExperimentError, match="--address: is for --lan"):
        command_line.page(is_opened=False, port=0, is_lan=False, address="10.0.0.9")
    found[:] = [FoundAddresses(LOOPBACK, "loopback", 0)]
    with pytest.raises(ExperimentError, match="is in no network"):
        command_line.page(is_opened=False, port=0, is_lan=True, address=None)


def test_that_two_servers_take_different_ports(page: Path) -> None:
    with page_server(page) as one, page_server(page) as other:
        assert one.server_address[1] != other.server_address[1]


def test_that_a_missing_page_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PageNotBuiltError, match="build-page"):
        page_server(tmp_path / "officials.html")


def test_that_the_browser_is_opened_only_if_wanted(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr("webbrowser.open", opened.put)
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", lambda *_, **__: None)
    serve_page(page, is_opened=False, tell=lambda _: None)
    assert opened.empty()
    serve_page(page, tell=lambda _: None)
    assert opened.get(timeout=5).startswith("http://127.0.0.1:")
    assert opened.empty()


def test_that_a_browser_that_waits_for_the_page_gets_it(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text browser holds whoever opened it until it is left."""
    got: queue.Queue[bytes] = queue.Queue()
    stop = threading.Event()

    def fetch_and_stay(origin: str) -> None:
        with urllib.request.urlopen(origin, timeout=5) as response:
            got.put(response.read())
        stop.wait(5)

    def serve_a_while(server: ThreadingHTTPServer, **_: object) -> None:
        server.timeout = 5
        server.handle_request()

    monkeypatch.setattr("webbrowser.open", fetch_and_stay)
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", serve_a_while)
    serve_page(page, tell=lambda _: None)
    assert got.get(timeout=5) == PAGE
    stop.set()


def test_that_a_reader_who_leaves_while_it_loads_is_no_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "officials.html"
    large.write_bytes(b"x" * 20_000_000)
    with served(large) as port:
        for _ in range(3):
            reader = socket.create_connection((LOOPBACK, port))
            reader.sendall(f"GET / HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode())
            reader.recv(10)
            # Closed with what has come unread: the other side is told that nobody is there.
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            reader.close()
        assert answer(port, "/")[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_that_ctrl_c_ends_it_without_a_traceback(page: Path) -> None:
    script = f"import pathlib, app.server.page_server as s; s.serve_page(pathlib.Path({str(page)!r}), is_opened=False)"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert "http://127.0.0.1:" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out.strip(), err) == (0, "Stopped.", "")

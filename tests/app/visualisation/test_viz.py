"""The command viz opens the engine in Mesa with levers, in a browser and without a network; faults end in a message."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.visualisation import serving
from tests.app.conftest import APP, missing
from tests.command_lines import Line, command

LOOK = Path(__file__).with_name("look.mjs")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if importlib.util.find_spec("solara") is None:
        missing("solara", 'pip install -c constraints.txt -e ".[viz]"')
    with subprocess.Popen(command("viz", "--no-open"), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=60) == 0


@pytest.mark.page
@pytest.mark.slow
def test_that_levers_steps_and_reset_work_in_a_browser_without_a_network(
    address: str, node: str, chromium: str
) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    asked = [node, str(LOOK), str(APP), chromium, address, os.environ.get("PICTURE", "")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert not found["errors"], found
    assert not found["outside"], found
    assert {"Month 1 of 120", "Month 3 of 120", "other pictures"} <= set(found["seen"])


def test_that_a_scenario_that_is_not_there_is_told_before_anything_starts(line: Line) -> None:
    done = line("viz", "basline", "--no-open")
    assert done.code == 2
    assert "baseline" in done.err
    assert "Traceback" not in done.err


def test_that_without_the_extra_it_is_said_what_to_install(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _name: None)
    done = line("viz", "--no-open")
    assert done.code == 2
    assert 'pip install -c constraints.txt -e ".[viz]"' in done.err


def test_that_a_port_that_is_taken_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _name: object())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = line("viz", "--no-open", "--port", str(port))
    assert done.code == 2
    assert f"--port {port}" in done.err
    assert "leave it out to take a free one" in done.err


def test_that_a_server_that_ends_by_itself_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setattr(serving, "_program_of", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    done = line("viz", "--no-open")
    assert done.code == 2
    assert "ended by itself (exit code 3)" in done.err

"""A browser in a terminal, which stays until it is left, holds no server of ours."""

from __future__ import annotations

import threading

import pytest

from app.browser import open_beside
from tests.command_lines import ROOT


def test_that_whoever_opens_a_browser_that_stays_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    is_left, opened = threading.Event(), threading.Event()

    def stay(address: str) -> None:
        assert address == "http://127.0.0.1/"
        opened.set()
        is_left.wait(5)

    monkeypatch.setattr("webbrowser.open", stay)
    open_beside("http://127.0.0.1/")
    assert opened.wait(5)
    is_left.set()


def test_that_no_server_opens_a_browser_in_another_way() -> None:
    places = [
        path for room in ("room", "server", "teaching", "visualisation") for path in (ROOT / "app" / room).glob("*.py")
    ]
    opening = [path for path in places if "webbrowser" in path.read_text(encoding="utf-8")]
    assert opening == []

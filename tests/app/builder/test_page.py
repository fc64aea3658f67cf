"""The page in the repository is the one that its sources make; it holds what it needs and fetches nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.builder import page as of_build
from app.builder.page import APP, DESK_PAGE, PACKAGES, PAGE, PHONE_PAGE, BuildError, page_bytes
from app.builder.page_font import characters_not_in_font

MOST_BYTES = 1_200_000
# A phone's page has no font: a class loads it at the same moment. The desk's has the cut one.
MOST_BYTES_OF_ROOMS = {PHONE_PAGE: 90_000, DESK_PAGE: 900_000}


def test_that_the_page_fetches_nothing() -> None:
    html = PAGE.read_text(encoding="utf-8")
    tags = re.sub(r"<script\b[^>]*>.*?</script>|<style\b[^>]*>.*?</style>|<!--.*?-->", "", html, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=\s*[\"']?(?!data:)\w", tags)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'none'" in policy[1]
    assert "'unsafe-eval'" not in policy[1]
    script_sources = policy[1].partition("script-src")[2].partition(";")[0]
    assert "'unsafe-inline'" not in script_sources
    assert "sha256-" in script_sources


def test_that_the_pages_code_knows_no_way_to_the_network() -> None:
    html = PAGE.read_text(encoding="utf-8")
    ways = ("fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "importScripts", "RTCPeerConnection")
    assert [way for way in ways if way in html] == []


def test_that_the_page_is_small() -> None:
    assert PAGE.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("page", MOST_BYTES_OF_ROOMS, ids=lambda page: page.stem)
def test_that_the_pages_of_rooms_are_small_and_fetch_nothing_but_from_their_own_server(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert page.stat().st_size <= MOST_BYTES_OF_ROOMS[page]
    tags = re.sub(r"<script\b[^>]*>.*?</script>|<style\b[^>]*>.*?</style>|<!--.*?-->", "", html, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=\s*[\"']?(?!data:)\w", tags)
    code = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    # Names of XML, and of sources, which are shown as text.
    assert not re.search(r"(?:https?|wss?)://(?!www\.w3\.org/|doi\.org/)\w", code)
    assert "font/woff2" not in html or page == DESK_PAGE


def test_that_the_licences_of_what_is_inside_go_with_it() -> None:
    html = PAGE.read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in html
    assert "SIL OPEN FONT LICENSE" in html


@pytest.mark.page
def test_that_the_pages_font_has_every_character_of_its_texts() -> None:
    pytest.importorskip("brotli", reason="brotli reads the font: pip install brotli")
    assert characters_not_in_font() == frozenset(), "run: python run.py build-page"


def test_that_a_missing_tool_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_build, "APP", tmp_path)
    with pytest.raises(BuildError, match=r"\(fflate, preact, .*npm ci"):
        page_bytes()
    asked = json.loads(PACKAGES.read_text(encoding="utf-8"))
    for name in [*asked["dependencies"], *asked["devDependencies"]]:
        (tmp_path / "node_modules" / name).mkdir(parents=True)
    (tmp_path / "node_modules" / "fflate").rmdir()
    with pytest.raises(BuildError, match=r"missing \(fflate\): run `npm ci`"):
        page_bytes()
    (tmp_path / "node_modules" / "fflate").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="install Node"):
        page_bytes()


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.parametrize("page", [PAGE, PHONE_PAGE, DESK_PAGE], ids=lambda page: page.stem)
def test_that_the_page_is_up_to_date(node: str, page: Path) -> None:
    del node
    assert page.read_bytes() == page_bytes(page), f"app/{page.name} is stale; run: python run.py build-page"


@pytest.mark.page
@pytest.mark.slow
def test_that_two_builds_give_the_same_bytes(node: str) -> None:
    del node
    assert page_bytes() == page_bytes()


def test_that_no_registry_address_is_in_the_lock_file() -> None:
    assert "resolved" not in (APP / "package-lock.json").read_text(encoding="utf-8")

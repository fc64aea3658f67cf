"""Mistakes around rooms: each is told in a sentence that says what to do, and loses nothing."""

from __future__ import annotations

import contextlib
import json
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run
from analysis.command_line.failures import exit_code_of
from app.room import store
from app.room.addresses import LOOPBACK
from app.room.folders import FOLDER, open_room, room_paths, stored_room
from app.room.plays import find_play, read_play
from app.room.store import remember
from app.room.studies import play_of_session
from tests.app.room.running import quick_play

Told = Callable[..., str]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Return what a command of rooms says when it fails, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def said(*arguments: str) -> str:
        assert exit_code_of(lambda: run.app(["room", *arguments], standalone_mode=False)) == 2
        complaint = capsys.readouterr().err
        assert "Traceback" not in complaint
        return complaint

    return said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a room that nobody has played in."""
    return open_room(read_play(quick_play(tmp_path, rounds=2)), 10, 5, None, tmp_path / FOLDER)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE about SET value = 'zz' WHERE key = 'order_secret'",
        "DELETE FROM about WHERE key = 'wall_token'",
        "UPDATE about SET value = '[' WHERE key = 'study'",
        "UPDATE about SET value = '[]' WHERE key = 'versions'",
        "UPDATE about SET value = 'soon' WHERE key = 'day'",
        "UPDATE about SET value = '12' WHERE key = 'code'",
        "DELETE FROM event",
        "UPDATE event SET kind = 'held'",
        'INSERT INTO event VALUES (2, 9, NULL, NULL, \'opened\', NULL, \'{"limit": 9, "most": 9, "seed": 1}\')',
        "INSERT INTO event VALUES (2, 9, NULL, NULL, 'stepped', NULL, '{\"step\": 4000}')",
        "INSERT INTO event VALUES (2, 9, 1, NULL, 'chosen', 'x', '[]')",
        "INSERT INTO event VALUES (2, 9, 1, 1, 'chosen', 'x', '{\"action\": 77}')",
        "INSERT INTO event VALUES (2, 9, 1, 1, 'chosen', 'x', '{\"action\": 4}')",  # not open in this play
        "INSERT INTO event VALUES (2, 9, 1, NULL, 'coin', 'x', '{\"n\": 99, \"accept\": true}')",
        "INSERT INTO event VALUES (2, 9, NULL, 99, 'closed', NULL, '{}')",
    ],
)
def test_a_file_that_somebody_has_damaged_is_refused_before_anything_is_made_of_it(
    damage: str, told: Told, path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    for command in (["report"], ["export"], ["--no-open", "--resume"]):
        said = told(*command, path.parent.name)
        assert "damaged" in said
        assert "restore it from a copy" in said


def test_a_port_that_is_taken_is_told_and_no_empty_room_stays(told: Told, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = told("--no-open", "--address", LOOPBACK, "--port", port, "--play", str(quick_play(tmp_path)))
    assert "the room cannot be served" in said
    assert "give another --address or --port" in said
    assert room_paths(tmp_path / FOLDER) == []


def test_a_disk_that_is_full_at_the_opening_is_told_and_leaves_nothing(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "connected", full)
    said = told("--no-open")
    assert "database or disk is full" in said
    assert "make room on the disk" in said
    assert room_paths(tmp_path / FOLDER) == []


def test_a_folder_that_cannot_be_written_is_told(told: Told, tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    assert "start it in a folder that can be written" in told("--no-open")


@pytest.mark.parametrize("command", [["--resume"], ["export"], ["report"], ["fit"], ["slides"]])
def test_a_damaged_file_is_told_by_every_command(told: Told, path: Path, command: list[str]) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"damaged" * 500)
    assert "restore it from a copy" in told(*command, path.parent.name)


def test_a_file_whose_events_are_out_of_joint_is_told(told: Told, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        row = (2, 0, 99, "chosen", json.dumps({"action": 1}))  # of a seat that nobody has
        connection.execute("INSERT INTO event (seq, at_ms, seat, kind, body) VALUES (?, ?, ?, ?, ?)", row)
    connection.close()
    assert "the room's file is damaged" in told("--resume", path.parent.name)


def test_damaged_rooms_are_listed_beside_the_others(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = open_room(find_play("paper"), 10, 5, None, tmp_path / FOLDER)
    other.write_bytes(b"nothing")
    monkeypatch.chdir(tmp_path)
    assert exit_code_of(lambda: run.app(["room", "list"], standalone_mode=False)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(path.parent.name in line and "0 people" in line for line in lines)
    assert any(other.parent.name in line and "damaged" in line for line in lines)


def test_a_room_of_another_version_of_the_model_is_refused_and_can_be_erased(
    told: Told, path: Path, tmp_path: Path
) -> None:
    remember(path, {"model_hash": "another"})
    for command in (["--resume"], ["report"], ["fit"], ["slides"]):
        assert "another version of the model" in told(*command, path.parent.name)
    assert exit_code_of(lambda: run.app(["room", "erase", path.parent.name, "--yes"], standalone_mode=False)) == 0
    assert room_paths(tmp_path / FOLDER) == []


def test_a_class_in_which_nobody_decided_cannot_be_fitted(told: Told, path: Path) -> None:
    assert "nobody has decided anything yet" in told("fit", path.parent.name)


def test_slides_without_their_extra_say_what_to_install(
    told: Told, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    assert 'install -c constraints.txt -e ".[slides]"' in told("slides", path.parent.name)


def test_a_play_that_cannot_be_read_is_told_with_its_place(told: Told, tmp_path: Path) -> None:
    assert "cannot be read" in told("--play", "nowhere.toml")
    (tmp_path / "broken.toml").write_text("schema = ", encoding="utf-8")
    assert "not valid TOML" in told("--play", "broken.toml")
    (tmp_path / "latin.toml").write_bytes(b"title = \xe9")
    assert "UTF-8" in told("--play", "latin.toml")


def test_a_study_is_asked_for_its_session_and_gives_each_once(told: Told, tmp_path: Path) -> None:
    assert "cannot be read" in told("--study", "nowhere.toml", "--session", "1")
    study = tmp_path / "study.toml"
    text = 'name = "x"\narms = ["paper", "tolerance"]\nblock = 2\nseed = 7\nsessions = 4\n'
    study.write_text(text, encoding="utf-8")
    assert "--study needs --session" in told("--study", str(study))
    assert "sessions 1 to 4" in told("--study", str(study), "--session", "5")
    read, facts, _ = play_of_session(study, 2)
    open_room(read, 10, 1, facts, tmp_path / FOLDER)
    assert "session 2 was held already" in told("--study", str(study), "--session", "2")


def test_a_room_that_is_gone_on_with_remembers_where_it_was_served(path: Path) -> None:
    remember(path, {"desk_port": "8765", "phones_port": "8700"})
    remember(path, {"desk_port": "8766"})
    kept = stored_room(path)
    assert (kept.facts["desk_port"], kept.facts["phones_port"]) == ("8766", "8700")
    assert kept.state.limit == 10


def test_reopening_a_room_that_is_not_served_says_how_to_go_on(told: Told, path: Path) -> None:
    said = told("--reopen", path.parent.name)
    assert f"--resume {path.parent.name}" in said

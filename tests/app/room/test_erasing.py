"""Erasing a room: from the desk of a room that is served, and of files that cannot be overwritten any more."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from app.room.folders import FOLDER, RoomError, erase_room, open_room, room_paths
from app.room.opening import DESK_FILE, Opening, opened
from app.room.plays import find_play, read_play
from app.room.text_client import TextPhone, done_at_desk, posted
from tests.app.room.running import quick_play

WAIT_SECONDS = 120.0


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_room_that_is_erased_from_its_desk_is_gone_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    neighbour = open_room(find_play("paper"), 10, 5, None)
    (tmp_path / "results" / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    before = files_in(tmp_path)
    play = str(quick_play(tmp_path))
    before |= {"quick.toml": (tmp_path / "quick.toml").read_bytes()}
    chosen = Opening(play, 5, "127.0.0.1", 0, 3, None, None, None, None, "en", is_opened=False)
    served = threading.Thread(target=opened, args=(chosen,))
    served.start()
    deadline = time.monotonic() + WAIT_SECONDS
    while not (found := [path for path in (tmp_path / FOLDER).glob(f"*/{DESK_FILE}") if path.read_text()]):
        assert served.is_alive(), capsys.readouterr()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    room = found[0].parent
    said = capsys.readouterr().out
    desk, _, token = found[0].read_text(encoding="utf-8").strip().partition("/#")
    url = said.partition("Phones: ")[2].split()[0]
    code = said.partition("code ")[2][:6]
    phone = TextPhone(url, code)
    for told in posted(url, phone.key, phone.hello):
        phone.hear(told)
    assert phone.seat == 1
    (room / "report.en.html").write_text("a report", encoding="utf-8")

    refused = done_at_desk(desk, token, {"do": "erase", "from_step": 0})
    assert (refused["done"], refused["why"]) == (False, "not_over")
    assert (room / "room.sqlite").is_file()
    assert done_at_desk(desk, token, {"do": "end", "from_step": 0})["done"]
    last = posted(url, phone.key, phone.hello)[1]["step"]
    assert done_at_desk(desk, token, {"do": "erase", "from_step": last})["done"]
    served.join(WAIT_SECONDS)
    assert not served.is_alive()
    assert f"The room {room.name} is erased." in capsys.readouterr().out
    assert not room.exists()
    assert room_paths() == [neighbour]
    assert files_in(tmp_path) == before
    with pytest.raises(OSError, match=r"refused|reset|cut off"):
        posted(url, phone.key, phone.hello)


def test_a_damaged_room_can_be_erased_too(tmp_path: Path) -> None:
    path = open_room(read_play(quick_play(tmp_path)), 10, 5, None, tmp_path / "rooms")
    path.write_bytes(b"SQLite format 3\x00" + b"damaged" * 500)
    erase_room(path)
    assert list((tmp_path / "rooms").iterdir()) == []


def test_a_folder_that_the_system_keeps_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = open_room(read_play(quick_play(tmp_path)), 10, 5, None, tmp_path / "rooms")

    def kept(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "report.en.html"))

    monkeypatch.setattr("app.room.folders.shutil.rmtree", kept)
    with pytest.raises(RoomError, match=r"report\.en\.html.*Permission denied.*by hand"):
        erase_room(path)

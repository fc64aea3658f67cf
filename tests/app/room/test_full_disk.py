"""A disk that is really full: a small one is mounted, and a class plays until nothing can be stored any more."""

from __future__ import annotations

import errno
import json
import secrets
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ExperimentError, ExtraMissingError
from app.room.desk_views import desk_view
from app.room.messages import Choose, Coin, Hello, Leave
from app.room.store import read_store
from app.room.trouble import Trouble, trouble_of
from tests.app.room.test_desk import DeskScene, NoNetwork, scene
from tests.app.room.test_live import hashed, seated, to_phase
from tests.small_disks import filled

VERSION = 1


async def chosen(at: DeskScene, seat: int, action: int) -> dict[str, Any]:
    choice = Choose(id=secrets.token_hex(8), round=at.room.state.now.round, action=action)
    told: dict[str, Any] = json.loads((await at.room.said(choice, hashed(at.room, seat), ""))[0])
    return {**told, "id": choice.id}


def test_on_a_full_disk_the_room_stands_still_says_so_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    acknowledged: dict[str, int] = {}

    async def act(at: DeskScene) -> None:
        await seated(at.room, 2)
        await to_phase(at.room, "practice")
        filler = filled(small_disk, 100_000)
        number = 0
        for _ in range(20):
            while (answer := await chosen(at, 1, number % 4))["t"] == "ok":
                acknowledged[answer["id"]] = number % 4
                number += 1
            assert answer["why"] == "storage"
            filled(small_disk, 0)
            if not (await at.do("go")).done:
                break  # what SQLite could free by itself is used up, too
        assert number > 50
        view = desk_view(at.room, NoNetwork())
        assert (view.trouble, view.held, view.folder) == ("disk_full", True, str(at.room.path.parent))
        # Everything that would have to be stored is refused with the cause, and changes nothing.
        step = at.room.state.step
        for deed, values in (
            ("go", {}),
            ("next", {}),
            ("close", {}),
            ("seats", {"seats": 9}),
            ("release", {"seat": 1}),
        ):
            done = await at.do(deed, **values)
            assert (deed, done.done, done.why) == (deed, False, "disk_full")
        assert at.room.state.step == step
        assert at.room.state.seats[1].key
        late = Hello(v=VERSION, room="", key=secrets.token_hex(16), code=at.room.about.code)
        assert json.loads((await at.room.said(late, "", "here"))[0])["why"] == "storage"
        told = json.loads(at.room.state_text(at.room.state.seats[1]))
        assert told["held"]
        assert told["choice"] == list(acknowledged.values())[-1]  # the last one that was acknowledged holds
        filler.unlink()
        assert (await at.do("go")).done
        assert not at.room.is_held
        for seat in (1, 2):
            answer = await chosen(at, seat, 2)
            assert answer["t"] == "ok"
            acknowledged[answer["id"]] = 2
        assert (await at.do("close")).done
        assert at.room.state.closed[0] == {1: 2, 2: 2}

    room = scene(small_disk, act)
    kept = {event.id: event.body["action"] for event in read_store(room.path).events if event.kind == "chosen"}
    assert kept == acknowledged


def test_who_erases_on_a_full_disk_is_taken_out_when_there_is_room(small_disk: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 1)
        await to_phase(at.room, "coins")
        key = hashed(at.room, 1)
        await at.room.said(Coin(id="c" * 16, n=1, accept=True), key, "")
        filler = filled(small_disk, 12_000)
        told = json.loads((await at.room.said(Leave(id="d" * 16, erase=True), key, ""))[0])
        filler.unlink()
        if told["t"] == "no":  # not even this could be stored: it is said again
            assert told["why"] == "storage"
            assert (await at.do("go")).done
            assert json.loads((await at.room.said(Leave(id="d" * 16, erase=True), key, ""))[0])["t"] == "ok"
        elif at.room.trouble is not None:
            assert (await at.do("go")).done
        assert at.room.trouble is None

    room = scene(small_disk, act)
    assert {"n": 1, "accept": False} in [dict(event.body) for event in read_store(room.path).events if event.seat == 1]


class _Sqlite(sqlite3.OperationalError):
    def __init__(self, code: int) -> None:
        super().__init__("what SQLite says")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, ""), "disk_full"),
        (OSError(errno.EACCES, ""), "disk_denied"),
        (OSError(errno.EROFS, ""), "disk_denied"),
        (OSError(errno.EIO, ""), "disk_refused"),
        (_Sqlite(sqlite3.SQLITE_FULL), "disk_full"),
        (_Sqlite(sqlite3.SQLITE_READONLY_DBMOVED), "disk_denied"),
        (_Sqlite(sqlite3.SQLITE_BUSY), "file_locked"),
        (_Sqlite(sqlite3.SQLITE_CORRUPT), "file_damaged"),
        (_Sqlite(sqlite3.SQLITE_IOERR_WRITE), "disk_refused"),
    ],
)
def test_the_cause_of_a_refused_write_is_told(error: Exception, told: Trouble, tmp_path: Path) -> None:
    assert trouble_of(error, tmp_path) == told
    assert trouble_of(OSError(errno.EIO, ""), tmp_path / "gone") == "file_damaged"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ExtraMissingError("slides need the extra"), "extra"),
        (ExperimentError("nobody has decided"), "failed"),
        (OSError(errno.ENOSPC, "no space"), "disk_full"),
        (PermissionError(errno.EACCES, "no"), "disk_denied"),
        (ZeroDivisionError("a mistake of the program"), "failed"),
    ],
)
def test_what_cannot_be_written_afterwards_is_told_by_its_cause(error: Exception, told: str, tmp_path: Path) -> None:
    def refused(room: str) -> Path:
        raise error

    async def act(at: DeskScene) -> None:
        assert (await at.do("report")).why == "unplayed"
        await to_phase(at.room, "end")
        assert await at.desk._wrote(refused) == told
        assert at.room.trouble is None  # the room itself goes on

    scene(tmp_path, act)


def test_every_refusal_of_the_desk_names_what_is_so_and_not_something_else(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 1)

        async def why(deed: str, **values: Any) -> str | None:
            done = await at.do(deed, **values)
            assert not done.done
            return done.why

        assert await why("close") == "no_round"
        assert await why("hands", counts=[1, 0, 0, 0]) == "no_round"
        assert await why("lock") == "not_asked"
        assert await why("back") == "no_back"
        assert await why("erase") == "not_over"
        assert await why("seats", seats=999) == "chairs"
        assert await why("seats") == "form"
        assert await why("release", seat=7) == "seat"
        assert await why("address", address="192.0.2.77") == "address"
        assert await why("export") == "unplayed"
        await to_phase(at.room, "decide")
        assert await why("ask", asked="campaign_and_fear", places=1) == "is_open"
        assert await why("hands", counts=[0, 0, 0, 0]) == "hands"
        assert await why("hands", counts=[1000, 0, 0, 0]) == "hands"
        assert await why("hands", counts=[0, 0, 0, 0, 1]) == "action"
        assert await why("begin") == "moved_on"
        await to_phase(at.room, "closed")
        assert await why("next") == "over"

    scene(tmp_path, act)

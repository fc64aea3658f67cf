"""Rooms on disk: open a new one, find an old one, tell which there are, erase one."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import sqlite3
import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from analysis.errors import ExperimentError, told, where
from analysis.store.locks import writing
from app.room.game import Event, GameState, folded
from app.room.gate import new_code, new_secret
from app.room.kept_room import AboutRoom
from app.room.plays import ReadPlay, play_of
from app.room.soundness import check_events, check_facts
from app.room.store import ROOM_FILE, connected, new_store, read_store
from app.room.worlds import Worlds
from model.code_hash import model_hash

FOLDER = Path("results") / "rooms"
OLD_DAYS = 30
_PACKAGES = ("starlette", "uvicorn", "websockets", "numpy", "numba")


class RoomError(ExperimentError):
    """A room cannot be had; the text says which, and what to do."""


@dataclass(frozen=True)
class StoredRoom:
    """A room as its file tells: everything but what runs."""

    path: Path
    about: AboutRoom
    read: ReadPlay
    events: list[Event]
    facts: dict[str, str]

    @property
    def state(self) -> GameState:
        """Return the room after all its events."""
        return folded(self.read.play, self.events)

    def worlds(self) -> Worlds:
        """Return the worlds, taken through all rounds that are over: the same bits as in the session."""
        state, worlds = self.state, Worlds(self.read, self.about.seed)
        for number in sorted(state.closed):
            worlds.close(state, number)
        return worlds


def open_room(
    read: ReadPlay, limit: int, seed: int | None, study: dict[str, object] | None, root: Path = FOLDER
) -> Path:
    """Make the folder and the file of a new room, with its first event, and return the file's path."""
    seed = secrets.randbelow(2**31) if seed is None else seed
    worlds = Worlds(read, seed)
    most = len(worlds.chairs) * len(read.play.worlds)
    if not 1 <= limit <= most:
        raise RoomError(f"--seats {limit}: this play seats 1 to {most} people; give a number from 1 to {most}")
    today = datetime.now(tz=UTC).astimezone().date()
    name = f"{today.isoformat()}-{''.join(secrets.choice(string.ascii_lowercase) for _ in range(4))}"
    about = {
        "name": name,
        "day": today.isoformat(),
        "code": new_code(),
        "secret": new_secret(),
        "desk_token": new_secret(),
        "wall_token": new_secret(),
        "order_secret": new_secret(),
        "seed": str(seed),
        "play": read.name,
        "play_text": read.text,
        "play_sha256": read.sha256,
        "model_hash": model_hash(),
        "versions": json.dumps({package: version(package) for package in _PACKAGES}),
        "study": json.dumps(study or {}),
    }
    body = {
        "play": read.name,
        "play_sha256": read.sha256,
        "model_hash": about["model_hash"],
        "seed": seed,
        "limit": limit,
        "most": most,
        "study": study or {},
    }
    try:
        return new_store(root / name, about, Event(1, 0, "opened", body=body))
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(root / name, ignore_errors=True)
        raise RoomError(
            f"{root.absolute()}: the room cannot be kept there ({error}); make room on the disk, "
            "or start it in a folder that can be written"
        ) from error


def stored_room(path: Path) -> StoredRoom:
    """Return a room as its file tells.

    Raises
    ------
    StoreError
        If the file is damaged or no room's.
    """
    written = read_store(path)
    try:
        facts = written.about
        about = AboutRoom(
            facts["name"], facts["code"], facts["secret"], facts["desk_token"], facts["wall_token"], int(facts["seed"])
        )
        check_facts(facts)
        read = play_of(facts["play"], facts["play_text"], f"{path}: the play in it")
        check_events(read.play, written.events)
        folded(read.play, written.events)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise RoomError(
            f"{path}: the room's file is damaged ({type(error).__name__}: {error}); restore it from a copy"
        ) from error
    return StoredRoom(path, about, read, written.events, facts)


def refuse_other_model(room: StoredRoom) -> None:
    """Raise RoomError if a room was played with another version of the model."""
    if room.facts["model_hash"] != model_hash():
        raise RoomError(
            f"{room.path}: this room was played with another version of the model; go on with that version, "
            "or open a new room (what was said in it can still be exported, and it can be erased)"
        )


def room_path(name: str, root: Path = FOLDER) -> Path:
    """Return the file of a room, by its name, by the end of its name, or by its folder or file."""
    given = Path(name)
    for candidate in (given, given / ROOM_FILE, root / name / ROOM_FILE):
        if candidate.is_file():
            return candidate
    found = [path for path in room_paths(root) if path.parent.name.endswith(name)]
    if len(found) == 1:
        return found[0]
    there_are = ", ".join(path.parent.name for path in room_paths(root)) or "none"
    raise RoomError(f"there is no room {name!r}; there are {there_are}; give one of these names, or its folder")


def room_paths(root: Path = FOLDER) -> list[Path]:
    """Return the files of all rooms, the newest first."""
    return sorted(root.glob(f"*/{ROOM_FILE}"), key=lambda path: path.parent.name, reverse=True)


def latest_unended(root: Path = FOLDER) -> Path | None:
    """Return the newest room that is not ended, if it was opened today or yesterday."""
    today = datetime.now(tz=UTC).astimezone().date()
    for path in room_paths(root):
        try:
            room = stored_room(path)
        except ExperimentError:
            continue
        is_recent = (today - date.fromisoformat(room.facts["day"])).days <= 1
        if is_recent and not room.state.is_ended and room.state.phase != "closed":
            return path
    return None


def old_rooms(root: Path = FOLDER) -> list[Path]:
    """Return the rooms that are older than a month, which their trainer may want to erase."""
    today = datetime.now(tz=UTC).astimezone().date()
    found = []
    for path in room_paths(root):
        try:
            day = date.fromisoformat(path.parent.name[:10])
        except ValueError:
            continue
        if (today - day).days > OLD_DAYS:
            found.append(path)
    return found


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep a room for this process alone; RoomError if another has it open."""
    lock = writing(path.parent, None, lambda: None)
    try:
        lock.__enter__()
    except ExperimentError as error:
        refused = error.__context__
        if isinstance(refused, OSError):
            raise RoomError(
                f"{path.parent}: the room's folder cannot be written ({told(refused)}); make room on the disk, "
                "or allow writing there"
            ) from error
        raise RoomError(
            f"{path.parent}: this room is open in another window; go on there, or close it there first "
            f"(`python run.py room --reopen {path.parent.name}` prints the desk's address)"
        ) from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def erase_room(path: Path) -> None:
    """Overwrite a room's answers, then remove its folder.

    Raises
    ------
    RoomError
        If somebody has the room open, or if the system refuses.
    """
    with alone(path), contextlib.suppress(sqlite3.Error):  # a damaged file cannot be overwritten, and goes all the same
        connection = connected(path)
        try:
            connection.execute("DELETE FROM event")
            connection.execute("DELETE FROM about")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("VACUUM")
        finally:
            connection.close()
    try:
        shutil.rmtree(path.parent)
    except OSError as error:
        raise RoomError(
            f"{where(error, path.parent)}: this part of the room cannot be erased ({told(error)}); close what has it "
            f"open, then delete the folder {path.parent.absolute()} by hand"
        ) from error

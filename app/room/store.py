"""The durable store of a room: one file of SQLite, one writer, and no answer before the commit.

The room is its list of events. Writing is grouped: the writer takes all that waits into one transaction, commits it to
the disk, and only then are those told who wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from analysis.errors import ExperimentError
from app.room.game import Event

FORMAT = 1
ROOM_FILE = "room.sqlite"
_MOST_AT_ONCE = 256
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, seat INTEGER, round INTEGER, kind TEXT NOT NULL, id TEXT,
    body TEXT NOT NULL, UNIQUE (seat, id)
);
"""
_INSERT = "INSERT INTO event (seq, at_ms, seat, round, kind, id, body) VALUES (?, ?, ?, ?, ?, ?, ?)"


class StoreError(ExperimentError):
    """A room's file cannot be read; the text says which, and what to do."""


class _Waiting(NamedTuple):
    event: Event
    written: asyncio.Future[None]


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection to a room's file, set up so that a commit is on the disk when it returns."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
    except sqlite3.Error:  # a damaged file, or a full disk
        connection.close()
        raise
    return connection


def new_store(folder: Path, about: Mapping[str, str], opened: Event) -> Path:
    """Make the file of a new room, with its first event, for its owner's eyes only, and return its path."""
    folder.mkdir(parents=True, mode=0o700)
    path = folder / ROOM_FILE
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with contextlib.closing(connected(path)) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN IMMEDIATE")
        rows = [("format", str(FORMAT)), *about.items()]
        connection.executemany("INSERT INTO about (key, value) VALUES (?, ?)", rows)
        connection.execute(_INSERT, _row_of(opened))
        connection.execute("COMMIT")
    return path


def remember(path: Path, facts: Mapping[str, str]) -> None:
    """Keep facts of a room beside its events, in the place of what was kept under their names before."""
    with contextlib.closing(connected(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", list(facts.items()))
        connection.execute("COMMIT")


class Written(NamedTuple):
    """What a room's file holds."""

    about: dict[str, str]
    events: list[Event]


def read_store(path: Path) -> Written:
    """Return what a room's file holds.

    Raises
    ------
    StoreError
        If there is no such file, if it is damaged, or if it is no room's.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no room; `python run.py room list` tells which there are")
    try:
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
        try:
            about = dict(connection.execute("SELECT key, value FROM about"))
            rows = connection.execute("SELECT seq, at_ms, kind, seat, round, id, body FROM event ORDER BY seq")
            events = [
                Event(seq, at, kind, seat, place, name, json.loads(body))
                for seq, at, kind, seat, place, name, body in rows
            ]
        finally:
            connection.close()
    except (sqlite3.Error, ValueError) as error:
        raise StoreError(
            f"{path}: this is no room, or it is damaged ({error}); restore it from a copy, or open a new room"
        ) from error
    if about.get("format") != str(FORMAT):
        raise StoreError(f"{path}: this room was kept by another version of the program; read it with that one")
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        raise StoreError(f"{path}: events are missing, so the file is damaged; restore it from a copy")
    return Written(about, events)


class Writer:
    """The one thread that writes a room's events, in the order in which they were handed over."""

    def __init__(self, path: Path, on_error: Callable[[Exception], None]) -> None:
        self._path, self._on_error = path, on_error
        self._queue: queue.Queue[_Waiting | None] = queue.Queue()
        self._loop = asyncio.get_running_loop()
        self._is_broken = False
        self._thread = threading.Thread(target=self._work, name="room writer", daemon=True)
        self._thread.start()

    def write(self, event: Event) -> asyncio.Future[None]:
        """Hand over an event; the future is done when it is on the disk, or fails with what stood in the way."""
        written: asyncio.Future[None] = self._loop.create_future()
        self._queue.put(_Waiting(event, written))
        return written

    def close(self) -> None:
        """Write what waits, and stop."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        connection, refused = self._opened()
        is_over = False
        while not is_over:
            batch = [self._queue.get()]
            while len(batch) < _MOST_AT_ONCE:
                try:
                    batch.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            is_over = None in batch
            waiting = [one for one in batch if one is not None]
            if waiting and connection is None:
                self._answer(waiting, refused)
            elif waiting and connection is not None:
                self._commit(connection, waiting)
        if connection is not None:
            connection.close()

    def _opened(self) -> tuple[sqlite3.Connection | None, sqlite3.Error | None]:
        """Return a connection, or what stands in its way: where a disk is full, a file cannot even be opened."""
        try:
            return connected(self._path), None
        except sqlite3.Error as error:
            return None, error

    def _commit(self, connection: sqlite3.Connection, waiting: list[_Waiting]) -> None:
        error: Exception | None = None
        try:
            if self._is_broken:
                raise sqlite3.OperationalError("an earlier event could not be written")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                _INSERT,
                [_row_of(one.event) for one in waiting],
            )
            connection.execute("COMMIT")
        except sqlite3.Error as found:
            # Nothing that came after may be kept without it: until the room is read anew, all else is refused.
            error, self._is_broken = found, True
            if connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
        self._answer(waiting, error)

    def _answer(self, waiting: list[_Waiting], error: Exception | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._tell, waiting, error)
        except RuntimeError:  # the loop is gone: nobody waits any more
            return

    def _tell(self, waiting: list[_Waiting], error: Exception | None) -> None:
        for one in waiting:
            if one.written.done():
                continue
            if error is None:
                one.written.set_result(None)
            else:
                one.written.set_exception(StorageRefusedError(str(error)))
        if error is not None:
            self._on_error(error)


class StorageRefusedError(Exception):
    """An event could not be written."""


def _row_of(event: Event) -> tuple[Any, ...]:
    body = json.dumps(dict(event.body), ensure_ascii=False, separators=(",", ":"))
    return event.seq, event.at_ms, event.seat, event.round, event.kind, event.id, body


def erase_answers(path: Path, seat: int) -> None:
    """Blank what a seat has said, for good; the bare actions stay, since others' months followed from them."""
    connection = connected(path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute("SELECT seq, kind, body FROM event WHERE seat = ?", (seat,)).fetchall()
        for seq, kind, body in rows:
            connection.execute(
                "UPDATE event SET body = ?, at_ms = CASE WHEN kind = 'chosen' THEN 0 ELSE at_ms END WHERE seq = ?",
                (json.dumps(_blanked(kind, json.loads(body))), seq),
            )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _blanked(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    blanks: dict[str, dict[str, Any]] = {
        "coin": {"accept": False},
        "believe": {"tenths": 0},
        "guess": {"values": []},
        "answered": {"choice": 0},
        "consent": {"research": False},
    }
    return {**body, **blanks.get(kind, {})}

"""A room that is kept: its state, its worlds, and its file; everything that happens in it is an event that is stored.

An event is applied at once, and whoever waits for it is answered when it is on the disk. All of it runs in one thread.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from app.room.game import Again, Event, RoomDraft, applied, folded, new_game
from app.room.plays import ReadPlay
from app.room.store import StorageRefusedError, StoreError, Writer, erase_answers, read_store
from app.room.trouble import Trouble, trouble_of
from app.room.worlds import Worlds

log = logging.getLogger("room")


@dataclass(frozen=True)
class AboutRoom:
    """What a room's file says of it beside its events."""

    name: str
    code: str
    secret: str
    desk_token: str
    wall_token: str
    seed: int


class KeptRoom:
    """A room with its file."""

    def __init__(self, path: Path, about: AboutRoom, read: ReadPlay) -> None:
        self.path, self.about, self.read = path, about, read
        self.worlds = Worlds(read, about.seed)
        self.state = new_game(read.play)
        self.trouble: Trouble | None = None
        self._pending: dict[int, asyncio.Future[None]] = {}
        self._writer: Writer | None = None
        self._started, self._at_ms_before = time.monotonic(), 0

    def tell_all(self) -> None:
        """Tell whoever watches that something has changed; here there is nobody."""

    def begin(self) -> None:
        """Read what is stored, take the worlds through the rounds that are over, and begin to write."""
        written = read_store(self.path)
        self.state = folded(self.read.play, written.events)
        self._at_ms_before = written.events[-1].at_ms if written.events else 0
        self._started = time.monotonic()
        self.catch_up()
        self._blank_what_is_erased()
        self._writer = Writer(self.path, self._storage_failed)

    def catch_up(self) -> None:
        """Take the worlds through the rounds that are over and that they have not seen."""
        for number in sorted(self.state.closed):
            is_seen = self.worlds.practised[0] is not None if number == 0 else len(self.worlds.rounds[0]) >= number
            if not is_seen:
                self.worlds.close(self.state, number)

    @property
    def at_ms(self) -> int:
        """Return the milliseconds since the opening, by the clock that no one can set."""
        return self._at_ms_before + round(1000 * (time.monotonic() - self._started))

    def record(self, draft: RoomDraft) -> asyncio.Future[None]:
        """Apply an event at once and hand it to the writer; the future is done when it is on the disk."""
        if self._writer is None or self.trouble is not None:
            refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            refused.set_exception(StorageRefusedError("the room's file cannot be written"))
            return refused
        event = Event(self.state.seq + 1, self.at_ms, *draft)
        self.state = applied(self.state, event)
        written = self._writer.write(event)
        self._pending[event.seq] = written
        written.add_done_callback(functools.partial(self._written, event.seq))
        return written

    def _written(self, seq: int, future: asyncio.Future[None]) -> None:
        self._pending.pop(seq, None)
        if not future.cancelled():
            future.exception()  # so that nobody is told of an error that nobody waited for

    def _storage_failed(self, error: Exception) -> None:
        """Go back to what is on the disk, and stop the clock until the trainer has made room."""
        if self.trouble is not None:
            return
        self.trouble = trouble_of(error, self.path.parent)
        log.warning("%s: the room stands still, since its file cannot be written (%s)", self.path, error)
        try:
            self.state = folded(self.read.play, read_store(self.path).events)
        except StoreError:
            return
        finally:
            self.tell_all()

    def repair(self) -> bool:
        """Try to write again, from what is on the disk; tell whether that works."""
        try:
            self.state = folded(self.read.play, read_store(self.path).events)
        except StoreError as error:
            self.trouble = trouble_of(error.__cause__ or error, self.path.parent)
            return False
        if self._writer is not None:
            self._writer.close()
        self._writer, self.trouble = None, None
        self._blank_what_is_erased()
        if self.trouble is not None:
            return False
        self._writer = Writer(self.path, self._storage_failed)
        self.catch_up()
        return True

    async def blank(self, seat: int) -> None:
        """Take out of the file what a seat has said; where that cannot be done now, it is when the room goes on."""
        try:
            await asyncio.to_thread(erase_answers, self.path, seat)
        except sqlite3.Error as error:
            self._storage_failed(error)

    def _blank_what_is_erased(self) -> None:
        try:
            for seat in self.state.seats.values():
                if seat.is_erased:
                    erase_answers(self.path, seat.number)
        except sqlite3.Error as error:
            self._storage_failed(error)

    async def close(self) -> None:
        """Write what waits, and stop."""
        if self._writer is not None:
            await asyncio.to_thread(self._writer.close)
            self._writer = None

    async def recorded(self, draft: RoomDraft) -> bool:
        """Record an event and wait until it is on the disk; tell whether it is."""
        try:
            await self.record(draft)
        except StorageRefusedError:
            return False
        return True

    async def settled(self) -> None:
        """Wait until all that was said so far is on the disk."""
        for pending in list(self._pending.values()):
            try:
                await asyncio.shield(pending)
            except StorageRefusedError:
                return

    async def stored(self, answer: RoomDraft | Again) -> int:
        """Return the number of an event when it is on the disk."""
        if isinstance(answer, Again):
            pending = self._pending.get(answer.seq)
            if pending is not None:
                await asyncio.shield(pending)
            return answer.seq
        written = self.record(answer)
        seq = self.state.seq
        await written
        return seq

"""A room that is open: its state, its clock, its phones; everything that happens in it is an event that is stored.

All of it runs in one thread. An event is applied at once, and whoever waits for it is answered when it is on the disk.
"""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.room.game import Again, Event, GameState, RoomDraft, SeatState, answer_to, applied, folded, new_game, seating
from app.room.gate import Gate, hash_of_key, is_same, recovery_of
from app.room.messages import (
    VERSION,
    AskHistory,
    Hello,
    History,
    Message,
    Move,
    No,
    Ok,
    PhoneMessage,
    Ping,
    Pong,
    Seat,
    Why,
)
from app.room.plays import ReadPlay
from app.room.snapshots import state_for
from app.room.store import StorageRefusedError, StoreError, Writer, erase_answers, read_store
from app.room.worlds import Worlds

AWAKE_SECONDS = 12.0
SLEPT_SECONDS = 5.0
TICK_SECONDS = 0.25


class Phone(Protocol):
    """A phone's connection, as far as the room knows it."""

    key_hash: str

    def send(self, text: str) -> None:
        """Send a text, when there is time."""

    def close(self, code: int) -> None:
        """Close the connection, with a reason."""


@dataclass(frozen=True)
class AboutRoom:
    """What a room's file says of it beside its events."""

    name: str
    code: str
    secret: str
    desk_token: str
    wall_token: str
    seed: int


class LiveRoom:
    """An open room."""

    def __init__(self, path: Path, about: AboutRoom, read: ReadPlay) -> None:
        self.path, self.about, self.read = path, about, read
        self.worlds = Worlds(read, about.seed)
        self.state = new_game(read.play)
        self.gate = Gate(about.code)
        self.phones: dict[int, Phone] = {}
        self.heard: dict[int, float] = {}
        self.watchers: list[Callable[[], None]] = []
        self.trouble: Why | None = None
        self.arrived = self.websockets = self.posts = 0
        self.changed = asyncio.Event()
        self._pending: dict[int, asyncio.Future[None]] = {}
        self._writer: Writer | None = None
        self._started, self._at_ms_before = time.monotonic(), 0
        self._left_seconds: float | None = None  # on the clock of this step; None where there is none
        self._ticked = time.monotonic()
        self._slow: set[asyncio.Task[Any]] = set()

    # --- Events ---

    def begin(self) -> None:
        """Read what is stored, take the worlds through the rounds that are over, and begin to write."""
        written = read_store(self.path)
        self.state = folded(self.read.play, written.events)
        self._at_ms_before = written.events[-1].at_ms if written.events else 0
        self._started = time.monotonic()
        self._catch_up()
        self._writer = Writer(self.path, self._storage_failed)
        self._set_clock()
        if self._left_seconds is not None and not self.state.is_held:
            self.record(RoomDraft("held"))  # the server was stopped in mid-game: the trainer says when to go on

    def _catch_up(self) -> None:
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
        if self._writer is None or self.trouble == "storage":
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
        if self.trouble == "storage":
            return
        self.trouble = "storage"
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
        except StoreError:
            return False
        if self._writer is not None:
            self._writer.close()
        self._writer, self.trouble = Writer(self.path, self._storage_failed), None
        self._catch_up()
        return True

    async def close(self) -> None:
        """Write what waits, and stop."""
        if self._writer is not None:
            await asyncio.to_thread(self._writer.close)
            self._writer = None

    # --- The clock ---

    def _set_clock(self) -> None:
        play, phase = self.read.play, self.state.phase
        self._left_seconds = None
        if play.seconds and phase in ("decide", "practice"):
            self._left_seconds = float(play.seconds)
        elif play.seconds and play.result_seconds and phase == "result" and self._goes_on_by_itself():
            self._left_seconds = float(play.result_seconds)
        self._step_began = time.monotonic()

    def _goes_on_by_itself(self) -> bool:
        following = self.state.script[self.state.step + 1]
        return following.phase in ("decide", "end")

    @property
    def is_held(self) -> bool:
        """Tell whether the clock stands still."""
        return self.state.is_held or self.trouble is not None

    @property
    def left_ms(self) -> int | None:
        """Return what is left of this step, or None where no clock runs."""
        return None if self._left_seconds is None else max(round(1000 * self._left_seconds), 0)

    def more_time(self, seconds: int) -> None:
        """Put the clock on, for all."""
        if self._left_seconds is not None:
            self._left_seconds += seconds

    def is_awake(self, seat: SeatState) -> bool:
        """Tell whether a seat's phone was heard of lately."""
        return time.monotonic() - self.heard.get(seat.number, -1e9) < AWAKE_SECONDS

    async def run(self) -> None:
        """Let the clock run until the room is over."""
        wall_clock = time.time()
        self._ticked = time.monotonic()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now, wall_before = time.monotonic(), wall_clock
            passed, wall_clock = now - self._ticked, time.time()
            self._ticked = now
            if abs(wall_clock - wall_before) > SLEPT_SECONDS or passed > SLEPT_SECONDS:
                await self.hold()  # the machine slept, or its clock was set
                continue
            await self._tick(passed)

    async def _tick(self, passed: float) -> None:
        for watcher in self.watchers:
            watcher()
        if self.is_held or self._left_seconds is None:
            return
        self._left_seconds -= passed
        is_over = self._left_seconds <= 0
        if self.state.phase in ("decide", "practice"):
            if is_over or self._all_have_chosen():
                await self.close_round()
        elif is_over:
            await self.go_to(self.state.step + 1)

    def _all_have_chosen(self) -> bool:
        if time.monotonic() - self._step_began < self.read.play.least_seconds:
            return False
        awake = [seat for seat in self.state.deciding() if self.is_awake(seat)]
        return bool(awake) and all(self.state.now.round in seat.choices for seat in awake)

    async def hold(self) -> None:
        """Stop the clock."""
        if not self.state.is_held and self._left_seconds is not None:
            await self.recorded(RoomDraft("held"))
            self.tell_all()

    async def go_on(self) -> None:
        """Let the clock go on."""
        if self.trouble == "storage" and not self.repair():
            return
        if self.state.is_held:
            await self.recorded(RoomDraft("went_on"))
        self.tell_all()

    # --- Steps ---

    async def recorded(self, draft: RoomDraft) -> bool:
        """Record an event and wait until it is on the disk; tell whether it is."""
        try:
            await self.record(draft)
        except StorageRefusedError:
            return False
        return True

    async def go_to(self, step: int) -> None:
        """Go to another step."""
        if 0 <= step < len(self.state.script) and await self.recorded(RoomDraft("stepped", body={"step": step})):
            self._set_clock()
            self.tell_all()

    async def close_round(self) -> None:
        """Close the round that is open, and tell all what came of it."""
        number = self.state.now.round
        if self.state.phase not in ("decide", "practice"):
            return
        deciding = self.state.deciding()
        deputies = [seat.number for seat in deciding if number not in seat.choices]
        self._left_seconds = None
        if await self.recorded(RoomDraft("closed", round=number, body={"deputies": deputies})):
            self._catch_up()
            self._set_clock()
            self.tell_all()

    # --- Phones ---

    def tell_all(self) -> None:
        """Send everybody the state as it is now."""
        for number, phone in list(self.phones.items()):
            seat = self.state.seats.get(number)
            if seat is not None:
                phone.send(self.state_text(seat))
        self.changed.set()
        self.changed = asyncio.Event()
        for watcher in self.watchers:
            watcher()

    def state_text(self, seat: SeatState) -> str:
        """Return all that a phone shows, as a text."""
        return state_for(self.state, self.worlds, seat, self.left_ms, self.is_held).model_dump_json(exclude_none=True)

    def seat_of(self, key_hash: str) -> SeatState | None:
        """Return the seat of a key."""
        number = self.state.seat_of_key.get(key_hash)
        return None if number is None else self.state.seats[number]

    async def said(self, message: PhoneMessage, key_hash: str, address: str) -> list[str]:
        """Return the answers to a phone's message, as soon as they hold."""
        if isinstance(message, Hello):
            return await self._hello(message, address)
        if isinstance(message, Move):
            return await self._moved(message)
        seat = self.seat_of(key_hash)
        if seat is None:
            return [_text(No(id=getattr(message, "id", None), why="seat"))]
        self.heard[seat.number] = time.monotonic()
        if isinstance(message, Ping):
            return [_text(Pong(n=message.n))]
        if isinstance(message, AskHistory):
            return [_text(History(rows=self.worlds.history(seat, self.is_played)))]
        answer = answer_to(self.state, seat.number, message)
        if isinstance(answer, str):
            return [_text(No(id=message.id, why=answer)), self.state_text(seat)]
        try:
            seq = await self._stored(answer)
        except StorageRefusedError:
            return [_text(No(id=message.id, why="storage"))]
        answers = [_text(Ok(id=message.id, seq=seq))]
        if isinstance(answer, RoomDraft) and answer.kind == "left":
            await self._has_left(seat, bool(answer.body["erase"]))
            return answers
        return [*answers, self.state_text(self.state.seats[seat.number])]

    @property
    def is_played(self) -> bool:
        """Tell whether all rounds are over."""
        return self.read.play.rounds in self.state.closed

    async def _stored(self, answer: RoomDraft | Again) -> int:
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

    async def _hello(self, message: Hello, address: str) -> list[str]:
        key_hash = hash_of_key(message.key)
        refused = self._refused(message)
        if refused is not None:
            return [_text(No(why=refused))]
        seat = self.seat_of(key_hash)
        if seat is None:
            wait = self.gate.wait_ms(address)
            if wait:
                return [_text(No(why="busy", wait_ms=wait))]
            if not self.gate.is_right(message.code, address):
                return [_text(No(why="code"))]
            answer = seating(self.state, key_hash, message.lang)
            if isinstance(answer, str):
                return [_text(No(why=answer))]
            if not await self.recorded(answer):
                return [_text(No(why="storage"))]
            seat = self.seat_of(key_hash)
        else:
            await self._settled()
        return self._welcome(seat) if seat else [_text(No(why="seat"))]

    async def _settled(self) -> None:
        """Wait until all that was said so far is on the disk."""
        for pending in list(self._pending.values()):
            try:
                await asyncio.shield(pending)
            except StorageRefusedError:
                return

    async def _moved(self, message: Move) -> list[str]:
        refused = self._refused(message)
        if refused is not None:
            return [_text(No(why=refused))]
        seat, key_hash = self.state.seats.get(message.seat), hash_of_key(message.key)
        if seat is None or not self.gate.may_recover(message.seat):
            return [_text(No(why="seat"))]
        if not is_same(message.recovery, recovery_of(self.about.secret, message.seat)):
            self.gate.recovery_failed(message.seat)
            return [_text(No(why="seat"))]
        if self.seat_of(key_hash) is None and not await self.recorded(
            RoomDraft("moved", seat.number, body={"key": key_hash})
        ):
            return [_text(No(why="storage"))]
        mine = self.seat_of(key_hash)
        return self._welcome(mine) if mine else [_text(No(why="seat"))]

    def _refused(self, message: Hello | Move) -> Why | None:
        if message.v != VERSION:
            return "version"
        return None if message.room in ("", self.about.name) else "room"

    def _welcome(self, seat: SeatState) -> list[str]:
        self.heard[seat.number] = time.monotonic()
        digits = recovery_of(self.about.secret, seat.number)
        return [_text(Seat(seat=seat.number, recovery=digits)), self.state_text(seat)]

    async def _has_left(self, seat: SeatState, is_erased: bool) -> None:
        if is_erased:
            await self._settled()
            await asyncio.to_thread(erase_answers, self.path, seat.number)
        phone = self.phones.pop(seat.number, None)
        if phone is not None:
            phone.close(4003)

    def connected(self, seat: int, phone: Phone) -> None:
        """Note a seat's connection; an older one of the same seat is closed: the newest wins."""
        older = self.phones.get(seat)
        self.phones[seat] = phone
        if older is not None and older is not phone:
            older.close(4001)

    def disconnected(self, phone: Phone) -> None:
        """Forget a connection that is over."""
        for seat, known in list(self.phones.items()):
            if known is phone:
                del self.phones[seat]

    def refresh(self, state: GameState) -> None:
        """Put in a state, for tests of what is shown."""
        self.state = state


def _text(message: Message) -> str:
    return message.model_dump_json(exclude_none=True)

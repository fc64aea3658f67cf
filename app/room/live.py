"""A room that is open: its clock and its phones, over what is kept of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.room.game import GameState, RoomDraft, SeatState, answer_to, seating
from app.room.gate import Gate, hash_of_key, is_same, recovery_of
from app.room.kept_room import AboutRoom, KeptRoom
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
    RoundOf,
    Seat,
    Why,
)
from app.room.plays import ReadPlay
from app.room.snapshots import state_for
from app.room.step_clock import StepClock
from app.room.store import StorageRefusedError

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


class LiveRoom(KeptRoom):
    """An open room."""

    def __init__(self, path: Path, about: AboutRoom, read: ReadPlay) -> None:
        super().__init__(path, about, read)
        self.gate = Gate(about.code)
        self.clock = StepClock()
        self.phones: dict[int, Phone] = {}
        self.heard: dict[int, float] = {}
        self.watchers: list[Callable[[], None]] = []
        self.arrived = self.websockets = self.posts = 0
        self.changed = asyncio.Event()
        self.is_to_be_erased = asyncio.Event()
        self.is_stopping = False
        self._looking_back = asyncio.Lock()

    def begin(self) -> None:
        """Go on from what is stored; where a clock ran, the trainer says when it runs again."""
        super().begin()
        self.clock.begin(self.state)
        if self.clock.is_running and not self.state.is_held:
            self.record(RoomDraft("held"))

    # --- The clock ---

    @property
    def is_held(self) -> bool:
        """Tell whether the clock stands still."""
        return self.state.is_held or self.trouble is not None

    @property
    def left_ms(self) -> int | None:
        """Return what is left of this step, or None where no clock runs."""
        return self.clock.left_ms

    def more_time(self, seconds: int) -> None:
        """Put the clock on, for all."""
        self.clock.add(seconds)

    def is_awake(self, seat: SeatState) -> bool:
        """Tell whether a seat's phone was heard of lately."""
        return time.monotonic() - self.heard.get(seat.number, -1e9) < AWAKE_SECONDS

    async def run(self) -> None:
        """Let the clock run until the room is over."""
        wall_clock = time.time()
        ticked = time.monotonic()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now, wall_before = time.monotonic(), wall_clock
            passed, wall_clock = now - ticked, time.time()
            ticked = now
            if abs(wall_clock - wall_before) > SLEPT_SECONDS or passed > SLEPT_SECONDS:
                await self.hold()  # the machine slept, or its clock was set
                continue
            await self._tick(passed)

    async def _tick(self, passed: float) -> None:
        for watcher in self.watchers:
            watcher()
        if self.is_held or not self.clock.is_running:
            return
        self.clock.add(-passed)
        if self.state.phase in ("decide", "practice"):
            if self.clock.is_over or self._all_have_chosen():
                await self.close_round()
        elif self.clock.is_over:
            await self.go_to(self.state.step + 1)

    def _all_have_chosen(self) -> bool:
        if self.clock.passed_seconds < self.read.play.least_seconds:
            return False
        awake = [seat for seat in self.state.deciding() if self.is_awake(seat)]
        return bool(awake) and all(self.state.now.round in seat.choices for seat in awake)

    async def hold(self) -> None:
        """Stop the clock."""
        if not self.state.is_held and self.clock.is_running:
            await self.recorded(RoomDraft("held"))
            self.tell_all()

    async def go_on(self) -> None:
        """Let the clock go on."""
        was_in_trouble = self.trouble is not None
        if was_in_trouble and not self.repair():
            return
        if self.state.is_held or was_in_trouble:  # in the second case to see whether it can be written again
            await self.recorded(RoomDraft("went_on"))
        self.tell_all()

    # --- Steps ---

    async def go_to(self, step: int) -> None:
        """Go to another step."""
        if 0 <= step < len(self.state.script) and await self.recorded(RoomDraft("stepped", body={"step": step})):
            self.clock.begin(self.state)
            self.tell_all()

    async def close_round(self) -> None:
        """Close the round that is open, and tell all what came of it."""
        number = self.state.now.round
        if self.state.phase not in ("decide", "practice"):
            return
        deciding = self.state.deciding()
        deputies = [seat.number for seat in deciding if number not in seat.choices]
        left = self.clock.left_seconds
        self.clock.stop()
        if await self.recorded(RoomDraft("closed", round=number, body={"deputies": deputies})):
            self.catch_up()
            self.clock.begin(self.state)
            self.tell_all()
        else:
            self.clock.left_seconds = left

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

    def stop_waiting(self) -> None:
        """Answer those who wait for something new, since nothing more will come: the server is about to end."""
        self.is_stopping = True
        self.changed.set()

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
            return [_text(History(rows=await self.history(seat)))]
        answer = answer_to(self.state, seat.number, message)
        if isinstance(answer, str):
            return [_text(No(id=message.id, why=answer)), self.state_text(seat)]
        try:
            seq = await self.stored(answer)
        except StorageRefusedError:
            return [_text(No(id=message.id, why="storage"))]
        answers = [_text(Ok(id=message.id, seq=seq))]
        if isinstance(answer, RoomDraft) and answer.kind == "left":
            await self._has_left(seat, bool(answer.body["erase"]))
            return answers
        return [*answers, self.state_text(self.state.seats[seat.number])]

    async def history(self, seat: SeatState) -> list[RoundOf]:
        """Return a seat's rounds; after the play with what else the same luck would have brought."""
        if not self.is_played:
            return self.worlds.history(seat, is_over=False)
        async with self._looking_back:  # one at a time, beside the loop, so that nobody waits for it
            return await asyncio.to_thread(self.worlds.history_with_luck, seat)

    @property
    def is_played(self) -> bool:
        """Tell whether all rounds are over."""
        return self.read.play.rounds in self.state.closed

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
            await self.settled()
        return self._welcome(seat) if seat else [_text(No(why="seat"))]

    async def _moved(self, message: Move) -> list[str]:
        refused = self._refused(message)
        if refused is not None:
            return [_text(No(why=refused))]
        seat, key_hash = self.state.seats.get(message.seat), hash_of_key(message.key)
        if seat is None or seat.is_erased or not self.gate.may_recover(message.seat):
            return [_text(No(why="seat"))]
        if not is_same(message.recovery, recovery_of(self.about.secret, message.seat)):
            self.gate.recovery_failed(message.seat)
            return [_text(No(why="seat"))]
        if self.seat_of(key_hash) is None and not await self.recorded(
            RoomDraft("moved", seat.number, body={"key": key_hash})
        ):
            return [_text(No(why="storage"))]
        mine = self.seat_of(key_hash)
        # A phone that has another seat keeps it: it leaves there first, so that nobody holds two.
        return self._welcome(mine) if mine and mine.number == seat.number else [_text(No(why="seat"))]

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
            await self.settled()
            await self.blank(seat.number)
        phone = self.phones.pop(seat.number, None)
        if phone is not None:
            asyncio.get_running_loop().call_soon(phone.close, 4003)  # after the answer, which is about to be sent

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

"""Serving a room: two applications on two sockets in one loop, the phones' on one address, the desk's on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette

from app.room.addresses import LOOPBACK, addresses, bound, is_there, origin_of
from app.room.desk import DeskApp
from app.room.desk_messages import Address
from app.room.live import LiveRoom
from app.room.messages import LARGEST_MESSAGE
from app.room.phones import PhonesApp
from app.room.prompt import PromptProtocol, PromptSocket
from app.room.stopping import stopped_by_signals

OPEN_FILES = 4096
_ADDRESS_SECONDS = 5.0
_LAST_ANSWER_SECONDS = 0.5


def server_of(application: Starlette) -> uvicorn.Server:
    """Return a server of an application that writes no log of who came."""
    settings = uvicorn.Config(
        application,
        http=PromptProtocol,
        ws=PromptSocket,
        ws_max_size=2 * LARGEST_MESSAGE,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        ws_per_message_deflate=False,  # in a room's network a processor is scarcer than a few hundred bytes
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=16384,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(settings)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]
    return server


class WantedPlaces(NamedTuple):
    """Where a room is to be served: the phones' address and port, and the ports that it had before."""

    address: str
    port: int | None = None
    phones_before: int | None = None
    desk_before: int | None = None


@dataclass
class Sockets:
    """The room's two sockets; the phones' can move to another address while the room goes on."""

    room: LiveRoom
    phones: socket.socket
    desk: socket.socket
    tell: Callable[[Sockets], None]
    is_lost: bool = False
    origins: set[str] = field(default_factory=set)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the phones' socket as it is."""
        self.origins.add(origin_of(self.phones))
        self.phones_server = server_of(PhonesApp(self.room, self.origins).application())

    @property
    def phones_url(self) -> str:
        """Return the address that phones are told."""
        return origin_of(self.phones)

    @property
    def desk_url(self) -> str:
        """Return the address of the desk."""
        return origin_of(self.desk)

    def others(self) -> list[Address]:
        """Return the addresses that could be used."""
        return [Address(address=found.address, device=found.device) for found in addresses()]

    async def move_to(self, address: str) -> bool:
        """Bind another address and let phones come there; the old one is given up."""
        if not is_there(address):
            return False
        try:
            listening = bound(address, None, self.phones.getsockname()[1])
        except OSError:
            return False
        old, self.phones = self.phones_server, listening
        self.origins.clear()
        self.origins.add(origin_of(listening))
        self.phones_server = server_of(PhonesApp(self.room, self.origins).application())
        self.tasks.append(asyncio.create_task(self.phones_server.serve([listening])))
        old.should_exit = True
        self.is_lost = False
        self.tell(self)
        return True

    async def watch_address(self) -> None:
        """Look now and then whether the phones' address is still there."""
        while True:
            await asyncio.sleep(_ADDRESS_SECONDS)
            address = self.phones.getsockname()[0]
            self.is_lost = not await asyncio.to_thread(is_there, address)


def raise_open_files() -> None:
    """Let this process keep as many connections open as a class needs; some systems allow 256 files only."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def serve(make_room: Callable[[], LiveRoom], wanted: WantedPlaces, tell: Callable[[Sockets], None]) -> bool:
    """Serve a room until it is stopped, and tell whether the trainer wants it to be erased.

    `tell` is called when phones and the desk can come, and when phones have to come elsewhere.

    Raises
    ------
    OSError
        If an address or a port cannot be had.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    raise_open_files()
    phones = bound(wanted.address, wanted.port, wanted.phones_before)
    desk = bound(LOOPBACK, None, wanted.desk_before)
    room = make_room()
    room.begin()
    sockets = Sockets(room, phones, desk, tell)
    desk_server = server_of(DeskApp(room, sockets, {origin_of(desk)}).application())
    tasks = [
        asyncio.create_task(sockets.phones_server.serve([phones])),
        asyncio.create_task(desk_server.serve([desk])),
    ]
    clock = [asyncio.create_task(room.run()), asyncio.create_task(sockets.watch_address())]
    sockets.tasks = tasks
    try:
        while not (sockets.phones_server.started and desk_server.started):
            await asyncio.sleep(0.02)
        tell(sockets)
        stop = asyncio.Event()
        ends = [asyncio.create_task(event.wait()) for event in (stop, room.is_to_be_erased)]
        with stopped_by_signals(stop):
            await asyncio.wait([*clock, *ends], return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
            for task in clock:
                if task.done():
                    task.result()  # the clock does not end by itself: something is wrong
            if room.is_to_be_erased.is_set():
                await asyncio.sleep(_LAST_ANSWER_SECONDS)
        return room.is_to_be_erased.is_set()
    finally:
        for task in clock:
            task.cancel()
        sockets.phones_server.should_exit = desk_server.should_exit = True
        room.stop_waiting()
        await asyncio.gather(*sockets.tasks, return_exceptions=True)
        await room.close()

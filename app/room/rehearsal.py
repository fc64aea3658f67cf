"""The rehearsal of the network, the day before: the same sockets, and a page that only says hello."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from pathlib import Path

import typer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.room.addresses import addresses, bound, is_there, origin_of
from app.room.folders import RoomError
from app.room.gate import PLAIN_HEADERS, headers_of, is_foreign
from app.room.refusals import refusal
from app.room.serving import raise_open_files, server_of
from app.room.stopping import stopped_by_signals
from app.room.terminal_words import say
from model.catalogue import Language

HINT_SECONDS = 60.0
_LOOK_SECONDS = 0.5
_HELLO_PAGE = (Path(__file__).parent / "check.html").read_bytes()


class Rehearsal:
    """The application of the rehearsal: it ticks off what has worked."""

    def __init__(self, origins: set[str], language: Language) -> None:
        self.origins, self.language, self.ticked = origins, language, set[str]()

    def application(self) -> Starlette:
        """Return it as an ASGI application."""
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/say", self._say, methods=["POST"]),
                WebSocketRoute("/ws", self._socket),
            ]
        )

    def tick(self, what: str) -> None:
        """Tell, once, that something has worked."""
        if what not in self.ticked:
            self.ticked.add(what)
            typer.echo(say(self.language, f"check_{what}"))
            sys.stdout.flush()

    async def _page(self, request: Request) -> Response:
        status = is_foreign(request.headers, self.origins, needs_origin=False)
        if status:
            return refusal(status, self.origins)
        self.tick("page")
        headers = headers_of(_HELLO_PAGE, self.origins)
        return Response(_HELLO_PAGE, media_type="text/html; charset=utf-8", headers=headers)

    async def _say(self, request: Request) -> Response:
        status = is_foreign(request.headers, self.origins, needs_origin=True)
        if status:
            return Response(status_code=status, headers=PLAIN_HEADERS)
        self.tick("post")
        return Response("[]", media_type="application/json", headers=PLAIN_HEADERS)

    async def _socket(self, socket: WebSocket) -> None:
        if is_foreign(socket.headers, self.origins, needs_origin=True):
            await socket.close(1008)
            return
        await socket.accept()
        try:
            while True:
                text = await socket.receive_text()
                self.tick("back" if text == "back" else "socket")
                await socket.send_text(json.dumps({"t": "pong"}))
        except (WebSocketDisconnect, RuntimeError, KeyError):
            return


def rehearsed(address: str | None, port: int | None, language: Language) -> None:
    """Serve the rehearsal until Ctrl-C."""
    if address is not None and not is_there(address):
        there_are = ", ".join(f"{found.address} ({found.device})" for found in addresses())
        raise RoomError(f"--address {address}: this machine does not have it; it has {there_are}")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_served(address or addresses()[0].address, port, language))
    typer.echo(say(language, "check_stopped"))


async def _served(address: str, port: int | None, language: Language) -> None:
    raise_open_files()
    listening = bound(address, port)
    rehearsal = Rehearsal({origin_of(listening)}, language)
    server = server_of(rehearsal.application())
    task = asyncio.create_task(server.serve([listening]))
    typer.echo(say(language, "check_ready", phones=origin_of(listening)))
    sys.stdout.flush()
    began, is_hinted, stop = time.monotonic(), False, asyncio.Event()
    try:
        with stopped_by_signals(stop):
            while not task.done() and not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
                if not is_hinted and not rehearsal.ticked and time.monotonic() - began > HINT_SECONDS:
                    is_hinted = True
                    _hint(listening.getsockname()[1], language)
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)


def _hint(port: int, language: Language) -> None:
    for key, values in hints(port, sys.platform):
        typer.echo(say(language, key, **values))
    sys.stdout.flush()


def hints(port: int, platform: str) -> list[tuple[str, dict[str, str]]]:
    """Return what may keep phones away, for this system first: keys of sentences and what they are filled with."""
    number = {"port": str(port)}
    of_system = {"win32": "hint_windows", "darwin": "hint_mac"}.get(platform, "hint_linux")
    return [(of_system, number), ("hint_isolation", {}), ("hint_mobile", {})]

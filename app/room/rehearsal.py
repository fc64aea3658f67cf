"""The rehearsal of the network, the day before: the same sockets, and a page that only says hello."""

from __future__ import annotations

import asyncio
import json
import sys
import time

import typer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.room.addresses import addresses, bound, is_there, origin_of
from app.room.folders import RoomError
from app.room.gate import PLAIN_HEADERS, headers_of, is_foreign
from app.room.serving import raise_open_files, server_of
from app.room.terminal_words import say
from model.catalogue import Language

HINT_SECONDS = 60.0
_HELLO_PAGE = b"""<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Room check</title><body style="font:1.2rem sans-serif;padding:1rem"><p id=told>...</p>
<p>The network works if all three say ok. Lock the phone for a minute, wake it, and look again.</p>
<p lang=zh>\xe4\xb8\x89\xe9\xa1\xb9\xe9\x83\xbd\xe6\x98\xbe\xe7\xa4\xba ok \xe5\x8d\xb3\xe5\x8f\xaf\xe3\x80\x82\xe9\x94\x81\xe5\xb1\x8f\xe4\xb8\x80\xe5\x88\x86\xe9\x92\x9f\xe5\x90\x8e\xe5\x86\x8d\xe7\x9c\x8b\xe4\xb8\x80\xe6\xac\xa1\xe3\x80\x82</p>
<script>
const told = document.getElementById("told"), done = { page: "ok", socket: "...", post: "..." };
const show = () => { told.textContent = Object.entries(done).map(([name, is]) => name + " " + is).join(", "); };
let heard = 0;
const open = () => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws");
  socket.onmessage = () => { done.socket = "ok"; heard = Date.now(); show(); };
  socket.onopen = () => socket.send(heard ? "back" : "hello");
  socket.onclose = () => { done.socket = "..."; show(); setTimeout(open, 500); };
  const beat = setInterval(() => socket.readyState === 1 ? socket.send("beat") : clearInterval(beat), 5000);
};
const post = () => fetch("/say", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
  .then((answer) => { done.post = answer.ok ? "ok" : "refused"; show(); }, () => { done.post = "failed"; show(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) post(); });
show(); open(); post();
</script>"""


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
            return Response(status_code=status, headers=PLAIN_HEADERS)
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
    try:
        asyncio.run(_served(address or addresses()[0].address, port, language))
    except KeyboardInterrupt:
        typer.echo(say(language, "check_stopped"))


async def _served(address: str, port: int | None, language: Language) -> None:
    raise_open_files()
    listening = bound(address, port)
    rehearsal = Rehearsal({origin_of(listening)}, language)
    server = server_of(rehearsal.application())
    task = asyncio.create_task(server.serve([listening]))
    typer.echo(say(language, "check_ready", phones=origin_of(listening)))
    sys.stdout.flush()
    began, is_hinted = time.monotonic(), False
    try:
        while not task.done():
            await asyncio.sleep(0.5)
            if not is_hinted and not rehearsal.ticked and time.monotonic() - began > HINT_SECONDS:
                is_hinted = True
                for hint in hints(listening.getsockname()[1], sys.platform):
                    typer.echo(say(language, hint[0], **hint[1]))
                sys.stdout.flush()
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)


def hints(port: int, platform: str) -> list[tuple[str, dict[str, str]]]:
    """Return what may keep phones away, for this system first: keys of sentences and what they are filled with."""
    number = {"port": str(port)}
    of_system = {"win32": "hint_windows", "darwin": "hint_mac"}.get(platform, "hint_linux")
    return [(of_system, number), ("hint_isolation", {}), ("hint_mobile", {})]

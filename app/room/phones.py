"""What phones can reach: one page, a socket, the same by POST, and the state by itself; nothing of the trainer's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app.room.gate import MOST_BAD_FRAMES, PLAIN_HEADERS, Pace, hash_of_key, headers_of, is_foreign
from app.room.live import LiveRoom
from app.room.messages import LARGEST_MESSAGE, FormError, Hello, Move, No, phone_message
from app.room.prompt import SLOW_SECONDS
from app.room.refusals import not_there, refusal

PHONE_PAGE = Path(__file__).parents[1] / "phone.html"
HELLO_SECONDS = 10.0
BODY_SECONDS = 5.0
POLL_SECONDS = 20.0
POLICY, TOO_BIG, REPLACED, LEFT = 1008, 1009, 4001, 4003
_SOCKETS_OF_A_KEY = 2
_MOST_OUTGOING = 64
_KEY = re.compile(r"^[0-9a-f]{32}$")
_NOT_BUILT = (
    b"<!doctype html><meta charset=utf-8><title>Room</title>"
    b"<p>The phone page is not built here; build it with python run.py build-page.</p>"
)
log = logging.getLogger("room")


def page_bytes(path: Path) -> bytes:
    """Return a page's file, or a page that says that it is not there."""
    try:
        return path.read_bytes()
    except OSError:
        return _NOT_BUILT


class SocketPhone:
    """A phone's socket: what is to be sent waits in a queue, and a phone that takes too long is let go."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket, self.key_hash = socket, ""
        self._is_closing = False
        self._outgoing: asyncio.Queue[str | int] = asyncio.Queue(_MOST_OUTGOING)
        self._task = asyncio.create_task(self._send_all())

    def send(self, text: str) -> None:
        """Send a text, when there is time; where too much waits already, the phone is let go, and comes back."""
        try:
            self._outgoing.put_nowait(text)
        except asyncio.QueueFull:
            while not self._outgoing.empty():
                self._outgoing.get_nowait()
            self.close(POLICY)

    def close(self, code: int) -> None:
        """Close the socket, after what waits."""
        self._is_closing = True
        with contextlib.suppress(asyncio.QueueFull):
            self._outgoing.put_nowait(code)

    async def _send_all(self) -> None:
        try:
            while True:
                text = await self._outgoing.get()
                # No task of its own for each message, as wait_for makes: a class of 300 is told at once.
                async with asyncio.timeout(SLOW_SECONDS):
                    if isinstance(text, int):
                        await self.socket.close(text)
                        return
                    await self.socket.send_text(text)
        except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self.socket.close(POLICY), SLOW_SECONDS)

    async def finished(self) -> None:
        """Stop sending; where the socket is being closed, only once the phone has been told why."""
        if self._is_closing:
            await asyncio.wait([self._task], timeout=SLOW_SECONDS)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await self._task


class PhonesApp:
    """The application that phones talk to."""

    def __init__(self, room: LiveRoom, origins: set[str], page: Path = PHONE_PAGE) -> None:
        self.room, self.origins = room, origins
        self.page = page_bytes(page)
        self._sockets: dict[SocketPhone, str] = {}
        self._n_sockets = 0
        self._logged = -1e9
        self._of_key: dict[str, Pace] = {}

    def application(self) -> Starlette:
        """Return it as an ASGI application."""
        return Starlette(
            routes=[
                Route("/", self._guarded(self._page, needs_origin=False)),
                Route("/say", self._guarded(self._say, needs_origin=True), methods=["POST"]),
                Route("/state", self._guarded(self._state, needs_origin=False)),
                WebSocketRoute("/ws", self._socket),
            ],
            exception_handlers={404: not_there(self.origins)},
        )

    def _guarded(
        self, answer: Callable[[Request], Awaitable[Response]], *, needs_origin: bool
    ) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            status = is_foreign(request.headers, self.origins, needs_origin=needs_origin)
            if status:
                return refusal(status, self.origins)
            try:
                return await answer(request)
            except ClientDisconnect:
                return Response(status_code=400)

        return guarded

    def _note(self, what: str) -> None:
        """Write a line to the log, one a minute at most; it names nobody."""
        if time.monotonic() - self._logged > 60.0:
            self._logged = time.monotonic()
            log.warning("a connection was refused: %s", what)

    async def _page(self, request: Request) -> Response:
        self.room.arrived += 1
        headers = headers_of(self.page, self.origins)
        return Response(self.page, media_type="text/html; charset=utf-8", headers=headers)

    # --- By POST ---

    async def _say(self, request: Request) -> Response:
        key = request.headers.get("x-key", "")
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if not _KEY.match(key) or kind != "application/json":
            return Response(status_code=415 if kind != "application/json" else 400, headers=PLAIN_HEADERS)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _limited_body(request)
        except TimeoutError:
            return Response(status_code=408, headers={**PLAIN_HEADERS, "Connection": "close"})
        if body is None:
            return Response(status_code=413, headers=PLAIN_HEADERS)
        address = request.client.host if request.client else ""
        if not self._pace(hash_of_key(key)).may_speak():
            self._note("too many messages")
            return Response(status_code=429, headers=PLAIN_HEADERS)
        try:
            message = phone_message(body)
        except FormError:
            return _texts([No(why="form").model_dump_json(exclude_none=True)])
        if isinstance(message, Hello | Move) and message.key != key:
            return _texts([No(why="form").model_dump_json(exclude_none=True)])
        self.room.posts += 1
        return _texts(await self.room.said(message, hash_of_key(key), address))

    def _pace(self, key_hash: str) -> Pace:
        if len(self._of_key) > 5000:
            self._of_key.clear()
        return self._of_key.setdefault(key_hash, Pace())

    async def _state(self, request: Request) -> Response:
        key = request.headers.get("x-key", "")
        after = request.query_params.get("after", "-1")
        if not _KEY.match(key) or not re.fullmatch(r"-?\d{1,12}", after):
            return Response(status_code=400, headers=PLAIN_HEADERS)
        if not self._pace(hash_of_key(key)).may_speak():
            return Response(status_code=429, headers=PLAIN_HEADERS)
        seat = self.room.seat_of(hash_of_key(key))
        if seat is None:
            return _texts([No(why="seat").model_dump_json(exclude_none=True)])
        self.room.heard[seat.number] = time.monotonic()
        if self.room.state.seq <= int(after) and not self.room.is_stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.room.changed.wait(), POLL_SECONDS)
        seat = self.room.seat_of(hash_of_key(key))
        return _texts([self.room.state_text(seat)] if seat else [])

    # --- By socket ---

    async def _socket(self, socket: WebSocket) -> None:
        status = is_foreign(socket.headers, self.origins, needs_origin=True)
        if status or self._n_sockets >= 2 * self.room.state.limit + 20:
            self._note("a foreign page or too many sockets")
            await socket.close(POLICY)  # before it is accepted: the handshake is answered with 403
            return
        await socket.accept()
        self._n_sockets += 1
        phone, pace = SocketPhone(socket), Pace()
        self._sockets[phone] = ""
        try:
            await self._listen(socket, phone, pace)
        except (WebSocketDisconnect, RuntimeError, OSError):
            pass
        finally:
            self._n_sockets -= 1
            self._sockets.pop(phone, None)
            self.room.disconnected(phone)
            await phone.finished()

    async def _listen(self, socket: WebSocket, phone: SocketPhone, pace: Pace) -> None:
        address = socket.client.host if socket.client else ""
        opened, is_known = time.monotonic(), False
        while socket.client_state == WebSocketState.CONNECTED:
            left = None if is_known else max(HELLO_SECONDS - (time.monotonic() - opened), 0.01)
            try:
                frame = await asyncio.wait_for(socket.receive(), left)
            except TimeoutError:
                phone.close(POLICY)
                return
            if frame["type"] != "websocket.receive":
                return
            text = frame.get("text") or ""
            if len(text) > LARGEST_MESSAGE:
                phone.close(TOO_BIG)
                return
            if not pace.may_speak():
                self._note("too many messages")
                phone.close(POLICY)
                return
            is_known = await self._heard(text, phone, pace, address) or is_known
            if pace.bad_frames >= MOST_BAD_FRAMES:
                phone.close(POLICY)
                return

    async def _heard(self, text: str, phone: SocketPhone, pace: Pace, address: str) -> bool:
        """Answer a frame; tell whether the phone is known from now on."""
        try:
            message = phone_message(text)
        except FormError:
            pace.bad_frames += 1
            phone.send(No(why="form").model_dump_json(exclude_none=True))
            return False
        key_hash = hash_of_key(message.key) if isinstance(message, Hello | Move) else phone.key_hash
        for answer in await self.room.said(message, key_hash, address):
            phone.send(answer)
        if not isinstance(message, Hello | Move):
            return False
        seat = self.room.seat_of(key_hash)
        if seat is None:
            return False
        self.room.websockets += 1
        others = [other for other, known in self._sockets.items() if known == key_hash and other is not phone]
        for other in others[: max(len(others) - _SOCKETS_OF_A_KEY + 1, 0)]:
            other.close(REPLACED)
        phone.key_hash = self._sockets[phone] = key_hash
        self.room.connected(seat.number, phone)
        return True


async def _limited_body(request: Request) -> bytes | None:
    """Return the body of a request, or None as soon as it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_MESSAGE:
            return None
    return body


def _texts(texts: list[str]) -> Response:
    return Response(f"[{','.join(texts)}]", media_type="application/json", headers=PLAIN_HEADERS)

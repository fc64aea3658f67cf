"""The desk and the wall: pages of this machine only, and what the trainer can do."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from analysis.errors import ExperimentError
from app.room.desk_messages import Do, Done, Watch
from app.room.desk_views import NetworkView, desk_view, lessons_view, wall_view
from app.room.findings import ClassFindings
from app.room.game import RoomDraft
from app.room.gate import PLAIN_HEADERS, headers_of, is_foreign, is_same
from app.room.live import LiveRoom
from app.room.messages import LARGEST_MESSAGE, FormError, Why, message_of
from app.room.phones import page_bytes
from model.catalogue import Language
from model.vocabulary import ACTIONS

DESK_PAGE = Path(__file__).parents[1] / "desk.html"
_TICK_SECONDS = 0.25
_REFUSED = 1008
_LESSON_PLACES = 12
_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh"}
log = logging.getLogger("room")


class DeskApp:
    """The application of the desk and the wall."""

    def __init__(self, room: LiveRoom, network: NetworkView, origins: set[str], page: Path = DESK_PAGE) -> None:
        self.room, self.network, self.origins = room, network, origins
        self.page = page_bytes(page)
        self.done: dict[str, Done] = {}
        self.findings = ClassFindings(room)
        self.written: str | None = None
        self._writing = asyncio.Lock()

    def application(self) -> Starlette:
        """Return it as an ASGI application."""
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/wall", self._page),
                Route("/lessons", self._page),
                Route("/desk/do", self._do, methods=["POST"]),
                WebSocketRoute("/desk/ws", self._socket),
            ]
        )

    async def _page(self, request: Request) -> Response:
        status = is_foreign(request.headers, self.origins, needs_origin=False)
        if status:
            return Response(status_code=status, headers=PLAIN_HEADERS)
        return Response(
            self.page, media_type="text/html; charset=utf-8", headers=headers_of(self.page, self.origins, computes=True)
        )

    async def _do(self, request: Request) -> Response:
        status = is_foreign(request.headers, self.origins, needs_origin=True)
        if not status and not is_same(request.headers.get("authorization", ""), f"Bearer {self.room.about.desk_token}"):
            status = 401
        if status:
            return Response(status_code=status, headers=PLAIN_HEADERS)
        body = await request.body()
        try:
            if len(body) > LARGEST_MESSAGE:
                raise FormError
            command = message_of(Do, body)
        except FormError:
            return Response(status_code=400, headers=PLAIN_HEADERS)
        done = self.done.get(command.id)
        if done is None:
            done = await self.carried_out(command)
            self.done[command.id] = done
        return Response(done.model_dump_json(exclude_none=True), media_type="application/json", headers=PLAIN_HEADERS)

    async def carried_out(self, command: Do) -> Done:
        """Do what the trainer wants, if the room still is where the trainer saw it."""
        if command.from_step != self.room.state.step:
            return Done(id=command.id, done=False, why="phase")
        deed: Callable[[Do], Awaitable[Why | None]] = getattr(self, f"_{command.do}")
        self.written = None
        why = await deed(command)
        self.room.tell_all()
        return Done(id=command.id, done=why is None, why=why, file=self.written)

    # --- What can be done ---

    async def _begin(self, command: Do) -> Why | None:
        return await self._next(command) if self.room.state.phase == "lobby" else "phase"

    async def _next(self, command: Do) -> Why | None:
        room = self.room
        if room.state.is_ended:
            return "over"
        if room.state.phase in ("decide", "practice"):
            await room.close_round()
        elif room.state.script[room.state.step + 1 :][:1]:
            await room.go_to(room.state.step + 1)
        return "storage" if room.trouble == "storage" else None

    async def _back(self, command: Do) -> Why | None:
        if self.room.state.phase not in ("reveal", "debrief"):
            return "phase"
        before = self.room.state.script[self.room.state.step - 1].phase
        if before not in ("reveal", "end"):
            return "phase"
        await self.room.go_to(self.room.state.step - 1)
        return None

    async def _hold(self, command: Do) -> Why | None:
        await self.room.hold()
        return None

    async def _go(self, command: Do) -> Why | None:
        await self.room.go_on()
        return "storage" if self.room.trouble == "storage" else None

    async def _close(self, command: Do) -> Why | None:
        if self.room.state.phase not in ("decide", "practice"):
            return "phase"
        return await self._next(command)

    async def _more_time(self, command: Do) -> Why | None:
        self.room.more_time(command.seconds or 15)
        return None

    async def _seats(self, command: Do) -> Why | None:
        if command.seats is None or command.seats > self.room.state.most:
            return "full"
        return await self._stored(RoomDraft("seats", body={"limit": max(command.seats, len(self.room.state.seats))}))

    async def _release(self, command: Do) -> Why | None:
        if command.seat is None or command.seat not in self.room.state.seats:
            return "seat"
        phone = self.room.phones.pop(command.seat, None)
        if phone is not None:
            phone.close(4003)
        self.room.gate.of_seat.pop(command.seat, None)
        return await self._stored(RoomDraft("released", command.seat))

    async def _hands(self, command: Do) -> Why | None:
        if self.room.state.phase != "decide" or command.counts is None:
            return "phase"
        play, free = self.room.read.play, len(self.room.worlds.chairs) - len(self.room.state.seats)
        if not 0 < sum(command.counts) <= free or len(play.worlds) > 1:
            return "form"
        if any(count and ACTIONS[action] not in play.actions for action, count in enumerate(command.counts)):
            return "action"
        body = {"counts": list(command.counts)}
        return await self._stored(RoomDraft("hands", round=self.room.state.now.round, body=body))

    async def _ask(self, command: Do) -> Why | None:
        if command.asked is None or self.room.state.is_open or self.room.state.is_ended:
            return "phase"
        await self.room.hold()  # the question would be gone with the step
        body = {"asked": command.asked, "places": command.places or _LESSON_PLACES}
        return await self._stored(RoomDraft("asked", body=body))

    async def _lock(self, command: Do) -> Why | None:
        return await self._stored(RoomDraft("locked")) if self.room.state.asked else "phase"

    async def _address(self, command: Do) -> Why | None:
        return None if command.address and await self.network.move_to(command.address) else "form"

    async def _report(self, command: Do) -> Why | None:
        from app.room.afterwards import reported  # noqa: PLC0415 - drawing takes a while to load

        return await self._wrote(lambda room: reported(room, _LANGUAGES[command.lang]))

    async def _slides(self, command: Do) -> Why | None:
        from app.room.afterwards import slides_written  # noqa: PLC0415 - drawing takes a while to load

        return await self._wrote(lambda room: slides_written(room, _LANGUAGES[command.lang]))

    async def _export(self, command: Do) -> Why | None:
        from app.room.afterwards import exported  # noqa: PLC0415 - tables take a while to load

        return await self._wrote(lambda room: exported(room, None, research=False))

    async def _wrote(self, write: Callable[[str], Path]) -> Why | None:
        """Write something about the room beside it, and keep where it is."""
        if not self.room.state.closed:
            return "phase"
        try:
            async with self._writing:  # charts are drawn one at a time
                self.written = str((await asyncio.to_thread(write, str(self.room.path))).absolute())
        except (OSError, ExperimentError) as error:
            log.warning("%s", error)
            return "storage"
        return None

    async def _erase(self, command: Do) -> Why | None:
        """Erase the whole room and end the program; only once the room is over."""
        if not self.room.state.is_ended and self.room.state.phase != "closed":
            return "phase"
        self.room.is_to_be_erased.set()
        return None

    async def _end(self, command: Do) -> Why | None:
        return await self._stored(RoomDraft("ended"))

    async def _stored(self, draft: RoomDraft) -> Why | None:
        return None if await self.room.recorded(draft) else "storage"

    # --- What is shown ---

    async def _socket(self, socket: WebSocket) -> None:
        if is_foreign(socket.headers, self.origins, needs_origin=True):
            await socket.close(_REFUSED)
            return
        await socket.accept()
        try:
            watch = message_of(Watch, await asyncio.wait_for(socket.receive_text(), 10.0))
            about = self.room.about
            tokens = [about.wall_token, about.desk_token] if watch.view == "wall" else [about.desk_token]
            if not any(is_same(watch.token, token) for token in tokens):
                await socket.close(_REFUSED)
                return
            await self._show(socket, watch.view)
        except FormError:
            await socket.close(_REFUSED)
        except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError, KeyError):
            return

    async def _show(self, socket: WebSocket, view: str) -> None:
        """Send the view whenever it changes, four times a second at most, until the page goes away."""
        gone = asyncio.create_task(_until_gone(socket))
        before = ""
        try:
            while not gone.done():
                text = await self._view(view)
                if text != before:
                    await socket.send_text(text)
                    before = text
                await asyncio.wait([gone], timeout=_TICK_SECONDS)
        finally:
            gone.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await gone

    async def _view(self, view: str) -> str:
        if view == "desk":
            return desk_view(self.room, self.network).model_dump_json()
        if view == "lessons":
            return lessons_view(self.room, self.network).model_dump_json()
        phase = self.room.state.phase
        if phase in ("reveal", "debrief", "closed") and "fan_runs" not in vars(self.room.worlds):
            await asyncio.to_thread(lambda: self.room.worlds.fan_runs)
        return wall_view(self.room, self.network, self.findings).model_dump_json()


async def _until_gone(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
        while True:
            await socket.receive_text()

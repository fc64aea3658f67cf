"""The desk and the wall: pages of this machine only, and what the trainer can do."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from analysis.errors import ExperimentError, ExtraMissingError
from app.room.desk_messages import Do, Done, Refusal, Watch
from app.room.desk_views import NetworkView, desk_view, lessons_view, wall_view
from app.room.findings import ClassFindings
from app.room.game import RoomDraft
from app.room.gate import OWN_WINDOW, PLAIN_HEADERS, headers_of, is_foreign, is_same
from app.room.live import LiveRoom
from app.room.messages import LARGEST_MESSAGE, FormError, message_of
from app.room.phones import page_bytes
from app.room.refusals import not_there, refusal
from app.room.trouble import Trouble, trouble_of
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
            ],
            exception_handlers={404: not_there(self.origins)},
        )

    async def _page(self, request: Request) -> Response:
        status = is_foreign(request.headers, self.origins, needs_origin=False)
        if status:
            return refusal(status, self.origins)
        headers = {**headers_of(self.page, self.origins, computes=True), **OWN_WINDOW}
        return Response(self.page, media_type="text/html; charset=utf-8", headers=headers)

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
            return Done(id=command.id, done=False, why="moved_on")
        deed: Callable[[Do], Awaitable[Refusal | Trouble | None]] = getattr(self, f"_{command.do}")
        self.written = None
        why = await deed(command)
        self.room.tell_all()
        return Done(id=command.id, done=why is None, why=why, file=self.written)

    # --- What can be done ---

    async def _begin(self, command: Do) -> Refusal | Trouble | None:
        return await self._next(command) if self.room.state.phase == "lobby" else "moved_on"

    async def _next(self, command: Do) -> Refusal | Trouble | None:
        room = self.room
        if room.state.is_ended or room.state.step + 1 == len(room.state.script):
            return "over"
        if room.state.phase in ("decide", "practice"):
            await room.close_round()
        else:
            await room.go_to(room.state.step + 1)
        return room.trouble

    async def _back(self, command: Do) -> Refusal | Trouble | None:
        before = self.room.state.script[self.room.state.step - 1].phase
        here = self.room.state.phase
        if here not in ("reveal", "questions", "debrief") or before not in ("reveal", "questions", "end"):
            return "no_back"
        await self.room.go_to(self.room.state.step - 1)
        return self.room.trouble

    async def _hold(self, command: Do) -> Refusal | Trouble | None:
        await self.room.hold()
        return self.room.trouble

    async def _go(self, command: Do) -> Refusal | Trouble | None:
        await self.room.go_on()
        return self.room.trouble

    async def _close(self, command: Do) -> Refusal | Trouble | None:
        if self.room.state.phase not in ("decide", "practice"):
            return "no_round"
        return await self._next(command)

    async def _more_time(self, command: Do) -> Refusal | Trouble | None:
        self.room.more_time(command.seconds or 15)
        return None

    async def _seats(self, command: Do) -> Refusal | Trouble | None:
        if command.seats is None:
            return "form"
        if command.seats > self.room.state.most:
            return "chairs"
        return await self._stored(RoomDraft("seats", body={"limit": max(command.seats, len(self.room.state.seats))}))

    async def _release(self, command: Do) -> Refusal | Trouble | None:
        if command.seat is None or command.seat not in self.room.state.seats:
            return "seat"
        trouble = await self._stored(RoomDraft("released", command.seat))
        if trouble is not None:
            return trouble
        phone = self.room.phones.pop(command.seat, None)
        if phone is not None:
            phone.close(4003)
        self.room.gate.of_seat.pop(command.seat, None)
        return None

    async def _hands(self, command: Do) -> Refusal | Trouble | None:
        if command.counts is None:
            return "form"
        if self.room.state.phase != "decide":
            return "no_round"
        play, free = self.room.read.play, len(self.room.worlds.chairs) - len(self.room.state.seats)
        if not 0 < sum(command.counts) <= free or len(play.worlds) > 1:
            return "hands"
        if any(count and ACTIONS[action] not in play.actions for action, count in enumerate(command.counts)):
            return "action"
        body = {"counts": list(command.counts)}
        return await self._stored(RoomDraft("hands", round=self.room.state.now.round, body=body))

    async def _ask(self, command: Do) -> Refusal | Trouble | None:
        if command.asked is None:
            return "form"
        if self.room.state.is_ended:
            return "over"
        if self.room.state.is_open:
            return "is_open"
        await self.room.hold()  # the question would be gone with the step
        body = {"asked": command.asked, "places": command.places or _LESSON_PLACES}
        return await self._stored(RoomDraft("asked", body=body))

    async def _lock(self, command: Do) -> Refusal | Trouble | None:
        return await self._stored(RoomDraft("locked")) if self.room.state.asked else "not_asked"

    async def _address(self, command: Do) -> Refusal | Trouble | None:
        if command.address is None:
            return "form"
        return None if await self.network.move_to(command.address) else "address"

    async def _report(self, command: Do) -> Refusal | Trouble | None:
        from app.room.afterwards import reported  # noqa: PLC0415 - drawing takes a while to load

        return await self._wrote(lambda room: reported(room, _LANGUAGES[command.lang]))

    async def _slides(self, command: Do) -> Refusal | Trouble | None:
        from app.room.afterwards import slides_written  # noqa: PLC0415 - drawing takes a while to load

        return await self._wrote(lambda room: slides_written(room, _LANGUAGES[command.lang]))

    async def _export(self, command: Do) -> Refusal | Trouble | None:
        from app.room.afterwards import exported  # noqa: PLC0415 - tables take a while to load

        return await self._wrote(lambda room: exported(room, None, research=False))

    async def _wrote(self, write: Callable[[str], Path]) -> Refusal | Trouble | None:
        """Write something about the room beside it, and keep where it is."""
        if not self.room.state.closed:
            return "unplayed"
        try:
            async with self._writing:  # charts are drawn one at a time
                self.written = str((await asyncio.to_thread(write, str(self.room.path))).absolute())
        except ExtraMissingError:
            return "extra"
        except (OSError, sqlite3.Error) as error:
            log.warning("%s", error)
            return trouble_of(error, self.room.path.parent)
        except ExperimentError as error:
            log.warning("%s", error)
            return "failed"
        except Exception:
            log.exception("%s: this could not be written", self.room.path.parent)
            return "failed"
        return None

    async def _erase(self, command: Do) -> Refusal | Trouble | None:
        """Erase the whole room and end the program; only once the room is over."""
        if not self.room.state.is_ended and self.room.state.phase != "closed":
            return "not_over"
        self.room.is_to_be_erased.set()
        return None

    async def _end(self, command: Do) -> Refusal | Trouble | None:
        return await self._stored(RoomDraft("ended"))

    async def _stored(self, draft: RoomDraft) -> Refusal | Trouble | None:
        return None if await self.room.recorded(draft) else self.room.trouble or "disk_refused"

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
        if phase in ("reveal", "questions", "debrief", "closed") and "fan_runs" not in vars(self.room.worlds):
            await asyncio.to_thread(lambda: self.room.worlds.fan_runs)
        return wall_view(self.room, self.network, self.findings).model_dump_json()


async def _until_gone(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
        while True:
            await socket.receive_text()

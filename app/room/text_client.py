"""A phone without a screen: plays from a terminal, and stands in for phones in tests and benchmarks."""

from __future__ import annotations

import asyncio
import http.client
import json
import secrets
import sys
import urllib.request
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from app.room.messages import VERSION

Told = dict[str, Any]
ANSWER_SECONDS = 1.5


class TextPhone:
    """A phone: its key, made before it joins, and the newest state that it was told."""

    def __init__(self, url: str, code: str, lang: str = "en") -> None:
        self.url, self.code, self.lang = url.rstrip("/"), code, lang
        self.key = secrets.token_hex(16)
        self.seat: int | None = None
        self.recovery = ""
        self.state: Told = {}
        self.newest_ok = 0
        self.stale = 0
        self.refused: Told | None = None
        self.socket: ClientConnection | None = None
        self.answers: dict[str, asyncio.Future[Told]] = {}
        self.told = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def hello(self) -> Told:
        """Return what the phone says first."""
        return {"t": "hello", "v": VERSION, "room": "", "key": self.key, "code": self.code, "lang": self.lang}

    async def open(self) -> None:
        """Open a socket and say hello."""
        await self.close()
        self.socket = await connect(
            self.url.replace("http", "ws", 1) + "/ws",
            origin=Origin(self.url),
            open_timeout=5,
            proxy=None,
        )
        self._task = asyncio.create_task(self._listen(self.socket))
        await self.socket.send(json.dumps(self.hello))

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self.hear(json.loads(text))
        except (ConnectionClosed, OSError):
            return

    async def close(self) -> None:
        """Close the socket; the seat stays."""
        if self._task is not None:
            self._task.cancel()
        if self.socket is not None:
            await self.socket.close()
        self._task = self.socket = None

    def hear(self, message: Told) -> None:
        """Take in what the server says; a state older than the newest answer is dropped."""
        kind = message["t"]
        if kind == "seat":
            self.seat, self.recovery = message["seat"], message["recovery"]
        elif kind == "state":
            if message["seq"] < self.newest_ok:
                self.stale += 1
                return
            self.state = message
        elif kind in ("ok", "no"):
            self.newest_ok = max(self.newest_ok, message.get("seq", 0))
            waiting = self.answers.pop(message.get("id") or "", None)
            if waiting is not None and not waiting.done():
                waiting.set_result(message)
            elif kind == "no":
                self.refused = message
        self.told.set()
        self.told = asyncio.Event()

    async def until(self, phase: str, round_number: int | None = None, seconds: float = 30.0) -> Told:
        """Return the state as soon as the room is in a phase."""
        async with asyncio.timeout(seconds):
            while self.state.get("phase") != phase or (
                round_number is not None and self.state["round"] != round_number
            ):
                await self.told.wait()
        return self.state

    async def say(self, message: Told, tries: int = 20) -> Told:
        """Say something until it is answered: by socket, then by POST, in turns; the answer is ok or no."""
        message = {"id": secrets.token_hex(8), **message}
        for number in range(tries):
            answer = self.answers[message["id"]] = asyncio.get_running_loop().create_future()
            try:
                if number % 2 == 0 and self.socket is not None:
                    await self.socket.send(json.dumps(message))
                else:
                    for told in await self.post(message):
                        self.hear(told)
                return await asyncio.wait_for(answer, ANSWER_SECONDS)
            except (ConnectionClosed, OSError, TimeoutError):
                await asyncio.sleep(0.05 * number)
        raise TimeoutError(f"no answer to {message['t']} after {tries} tries")

    async def post(self, message: Told) -> list[Told]:
        """Say something by POST and return all answers."""
        return await asyncio.to_thread(posted, self.url, self.key, message)

    async def choose(self, action: int) -> Told:
        """Choose an action in the round that is open."""
        return await self.say({"t": "choose", "round": self.state["round"], "action": action})


def posted(url: str, key: str, message: Told) -> list[Told]:
    """Return what a server answers to a message by POST."""
    headers = {"content-type": "application/json", "x-key": key, "origin": url}
    request = urllib.request.Request(f"{url}/say", json.dumps(message).encode(), headers)
    found: list[Told] = _answered(request, 5.0)
    return found


def done_at_desk(desk_url: str, token: str, command: Told) -> Told:
    """Return what the desk answers to a command."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}", "origin": desk_url}
    body = json.dumps({"id": secrets.token_hex(8), **command}).encode()
    request = urllib.request.Request(f"{desk_url}/desk/do", body, headers)
    found: Told = _answered(request, 10.0)
    return found


def _answered(request: urllib.request.Request, seconds: float) -> Any:
    """Return what a server answers; OSError if it cannot be reached, or is gone in the middle of its answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=seconds) as answer:
            return json.loads(answer.read())
    except http.client.HTTPException as error:
        raise ConnectionResetError(f"an answer was cut off: {error!r}") from None


async def _played(url: str, code: str) -> None:
    """Play from a terminal: what is told is printed, what is typed is an action's number."""
    phone = TextPhone(url, code)
    await phone.open()
    before: tuple[Any, ...] = ()
    while phone.state.get("phase") != "closed":
        await asyncio.wait_for(phone.told.wait(), None)
        if phone.refused:
            print(phone.refused)
            return
        now = (phone.state.get("phase"), phone.state.get("round"))
        if now == before or not phone.state:
            continue
        before = now
        print(json.dumps(phone.state, ensure_ascii=False))
        if now[0] in ("practice", "decide"):
            typed = await asyncio.to_thread(input, "0 nothing, 1 routine, 2 try, 3 try and file: ")
            if typed.strip().isdigit():
                print(await phone.choose(int(typed)))


if __name__ == "__main__":
    asyncio.run(_played(sys.argv[1], sys.argv[2]))

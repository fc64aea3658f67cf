"""A room that is served by a process of its own, as a trainer would open it, or in this one; and a play that does not
wait."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.room.addresses import LOOPBACK
from app.room.folders import open_room, stored_room
from app.room.live import LiveRoom
from app.room.plays import FOLDER, read_play
from app.room.serving import Sockets, WantedPlaces, serve
from app.room.text_client import TextPhone, done_at_desk

PROJECT = Path(__file__).parents[3]
START_SECONDS = 300.0  # where the model has to be compiled first
NAME = re.compile(r"Room (\S+), code (\d{6})\nPhones: (\S+)\nDesk: +(\S+)/#(\w+)")


def quick_play(folder: Path, rounds: int = 3, seconds: int = 0, **changes: Any) -> Path:
    """Write a play of two acts that does not wait for anybody, and return its path."""
    text = (FOLDER / "tolerance.toml").read_text(encoding="utf-8")
    text = text.replace("rounds = 6", f"rounds = {rounds}")
    text = text.replace("beliefs_before = [1, 7]", f"beliefs_before = [1, {rounds + 1}]")
    text = text.replace("beliefs_after = [6, 12]", f"beliefs_after = [{2 * rounds}]")
    lines = [f"seconds = {seconds}", "result_seconds = 0", "least_seconds = 0.0"]
    lines += [f"{name} = {value}" for name, value in changes.items()]
    path = folder / "quick.toml"
    path.write_text("\n".join(lines) + "\n" + text, encoding="utf-8")
    return path


class RunningRoom:
    """A served room: where phones and the desk find it, and how to kill it and go on."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options = folder, options
        self.process: subprocess.Popen[str] | None = None
        self.port = "0"
        self.name = ""

    def start(self) -> RunningRoom:
        """Open the room, or go on with it, and wait until it answers."""
        options = ["--resume", self.name] if self.name else list(self.options)
        command = [sys.executable, str(PROJECT / "run.py"), "room", "--no-open", "--address", "127.0.0.1"]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}
        with (self.folder / "errors.txt").open("a", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                [*command, "--port", self.port, *options],
                cwd=self.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        told, deadline = "", time.monotonic() + START_SECONDS
        while not (found := NAME.search(told)):
            assert self.process.stdout is not None
            line = self.process.stdout.readline()
            assert line or self.process.poll() is None, f"the room did not open: {told}{self.errors()}"
            assert time.monotonic() < deadline, told
            told += line
        self.name, self.code, self.url, self.desk, self.token = found.groups()
        self.port = self.url.rpartition(":")[2]
        return self

    def errors(self) -> str:
        """Return what stands on standard error so far."""
        return (self.folder / "errors.txt").read_text(encoding="utf-8")

    @property
    def file(self) -> Path:
        """Return the room's file."""
        return self.folder / "results" / "rooms" / self.name / "room.sqlite"

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()
            self.process = None

    def stop(self) -> int:
        """End the server as Ctrl-C does, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None
        return code

    def phone(self, lang: str = "en") -> TextPhone:
        """Return a phone that has not joined yet."""
        return TextPhone(self.url, self.code, lang)

    async def do(self, deed: str, step: int, **values: Any) -> dict[str, Any]:
        """Do something at the desk."""
        return await asyncio.to_thread(done_at_desk, self.desk, self.token, {"do": deed, "from_step": step, **values})


async def seated(room: RunningRoom, n: int) -> list[TextPhone]:
    """Return so many phones that have joined."""
    phones = [room.phone() for _ in range(n)]
    await asyncio.gather(*(phone.open() for phone in phones))
    await asyncio.gather(*(phone.until("lobby") for phone in phones))
    return phones


@dataclass
class ServedRoom:
    """A room that is served in this process, so that a test can look into it."""

    room: LiveRoom
    sockets: Sockets
    urls: list[str] = field(default_factory=list)  # where phones were told to come, the newest last

    @property
    def url(self) -> str:
        """Return where phones come now."""
        return self.urls[-1]

    def phone(self, code: str | None = None) -> TextPhone:
        """Return a phone that has not joined yet."""
        return TextPhone(self.url, self.room.about.code if code is None else code)


@asynccontextmanager
async def served_here(folder: Path, address: str = LOOPBACK, seats: int = 10) -> AsyncIterator[ServedRoom]:
    """Serve a room in this process and loop, and erase it at the end."""
    stored = stored_room(open_room(read_play(quick_play(folder)), seats, 5, None, folder / "rooms"))
    room, opened, urls = LiveRoom(stored.path, stored.about, stored.read), asyncio.Event(), list[str]()
    places = list[Sockets]()

    def tell(sockets: Sockets) -> None:
        urls.append(sockets.phones_url)
        places[:] = [sockets]
        opened.set()

    task = asyncio.create_task(serve(lambda: room, WantedPlaces(address, 0), tell))
    try:
        async with asyncio.timeout(120):
            await opened.wait()
            yield ServedRoom(room, places[0], urls)
    finally:
        room.is_to_be_erased.set()
        assert await task

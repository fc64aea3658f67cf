"""How a room holds a large class: simulated phones that choose after some thought, or all at once.

    python -m benchmarks.room_load                     60 and 300 phones; thinking 8 s, 1 s, not at all
    python -m benchmarks.room_load --phones 300 --think 0 --rounds 3

The server is a process of its own, opened as a trainer would. Told are: from a choice to its durable acknowledgement;
from the close of a round to the result on all phones; from the next round's opening to all phones; what the server
needed of one processor and of memory; 300 loads of the phone page within 3 seconds. The phones share the machine with
the server, so the numbers are no better than they would be with real ones.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

from analysis.command_line.terminal import plain_table, standard_output
from app.room.plays import FOLDER
from app.room.text_client import TextPhone, done_at_desk

PROJECT = Path(__file__).parents[1]
_TOLD = re.compile(r"Room (\S+), code (\d{6})\nPhones: (\S+)\nDesk: +(\S+)/#(\w+)")
PAGE_LOADS, PAGE_SECONDS = 300, 3.0


class MeasuredLoad(NamedTuple):
    """A row of the table: seconds, or shares."""

    phones: int
    think: float
    acknowledged: list[float]
    results: list[float]
    openings: list[float]
    lost: int
    processor: float
    megabytes: float


class Server:
    """A room that is served by a process of its own."""

    def __init__(self, folder: Path, seats: int) -> None:
        play = folder / "load.toml"
        text = (FOLDER / "tolerance.toml").read_text(encoding="utf-8")
        quick = "seconds = 0\nresult_seconds = 0\ncoins = false\nguess = false\npractice_rounds = 0\n"
        play.write_text(quick + re.sub(r"beliefs_(before|after) = .*\n", "", text), encoding="utf-8")
        command = [sys.executable, str(PROJECT / "run.py"), "room", "--no-open", "--address", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--play", str(play), "--seats", str(seats)],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"},
        )
        told = ""
        while not (found := _TOLD.search(told)):
            line = self.process.stdout.readline() if self.process.stdout else ""
            if not line:
                raise RuntimeError(f"the room did not open: {told}")
            told += line
        _, self.code, self.url, self.desk, self.token = found.groups()
        self.step = 0
        self.watched = psutil.Process(self.process.pid)

    async def next(self) -> None:
        """Go on a step."""
        done = await asyncio.to_thread(done_at_desk, self.desk, self.token, {"do": "next", "from_step": self.step})
        if not done["done"]:
            raise RuntimeError(f"the desk refused: {done}")
        self.step += 1

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()


async def measured(server: Server, n_phones: int, think: float, rounds: int) -> MeasuredLoad:
    """Return how a class of so many phones fared, who think for so many seconds on the average."""
    phones = [TextPhone(server.url, server.code) for _ in range(n_phones)]
    for start in range(0, n_phones, 50):
        await asyncio.gather(*(phone.open() for phone in phones[start : start + 50]))
    await asyncio.gather(*(phone.until("lobby", seconds=60) for phone in phones))
    luck, acknowledged, results, openings, lost = random.Random(1), [], [], [], 0

    async def one(phone: TextPhone) -> None:
        nonlocal lost
        await asyncio.sleep(luck.uniform(0.5, 1.5) * think)
        began = time.perf_counter()
        answer = await phone.choose(luck.randrange(4))
        acknowledged.append(time.perf_counter() - began)
        lost += answer["t"] != "ok"

    server.watched.cpu_percent()
    before = time.perf_counter()
    busy = sum(server.watched.cpu_times()[:2])
    for number in range(1, rounds + 1):
        clicked = time.perf_counter()
        while phase_of(server.step) != "decide":
            clicked = time.perf_counter()
            await server.next()
        openings.append(await _seen(phones, "decide", number, clicked))
        await asyncio.gather(*(one(phone) for phone in phones))
        clicked = time.perf_counter()
        await server.next()
        results.append(await _seen(phones, "result", number, clicked))
    share = (sum(server.watched.cpu_times()[:2]) - busy) / (time.perf_counter() - before)
    memory = server.watched.memory_info().rss / 1e6
    await asyncio.gather(*(phone.close() for phone in phones))
    return MeasuredLoad(n_phones, think, acknowledged, results, openings, lost, share, memory)


def phase_of(step: int) -> str:
    """Return the phase of a step of the play that is used here: a lobby, then rounds and their results."""
    if step == 0:
        return "lobby"
    before_the_change = 12
    if step == before_the_change + 1:
        return "announce"
    place = step - 1 if step <= before_the_change else step - 2
    return "decide" if place % 2 == 0 else "result"


async def _seen(phones: list[TextPhone], phase: str, number: int, clicked: float) -> float:
    """Return how long after the trainer's click the last phone has seen it."""
    await asyncio.gather(*(phone.until(phase, number, seconds=60) for phone in phones))
    return time.perf_counter() - clicked


def page_loads(url: str) -> list[float]:
    """Return how long loads of the phone page take that come within three seconds."""

    def load(delay: float) -> float:
        time.sleep(delay)
        began = time.perf_counter()
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/", timeout=30) as answer:
            answer.read()
        return time.perf_counter() - began

    async def all_of_them() -> list[float]:
        delays = np.linspace(0.0, PAGE_SECONDS, PAGE_LOADS)
        return list(await asyncio.gather(*(asyncio.to_thread(load, float(delay)) for delay in delays)))

    return asyncio.run(all_of_them())


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--phones", type=int, action="append", help="how many phones; may be given again")
    asked.add_argument("--think", type=float, action="append", help="seconds of thinking; may be given again")
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    rows = []
    for n_phones in given.phones or [60, 300]:
        for think in given.think if given.think is not None else [8.0, 1.0, 0.0]:
            with tempfile.TemporaryDirectory() as folder:
                server = Server(Path(folder), n_phones)
                try:
                    rows.append(row_of(asyncio.run(measured(server, n_phones, think, given.rounds))))
                    loads = page_loads(server.url)
                finally:
                    server.stop()
    head = ["phones", "think s", "p50 ms", "p95 ms", "most ms", "result s", "opening s", "lost", "of a core", "MB"]
    console = standard_output()
    table = plain_table(console)
    for name in head:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print(f"page: p95 of {PAGE_LOADS} loads in {PAGE_SECONDS:.0f} s: {1000 * np.quantile(loads, 0.95):.0f} ms")


def row_of(found: MeasuredLoad) -> list[str]:
    """Return a row of the table."""
    quantiles = 1000 * np.quantile(found.acknowledged, (0.5, 0.95, 1.0))
    return [
        str(found.phones),
        f"{found.think:g}",
        *(f"{value:.0f}" for value in quantiles),
        f"{max(found.results):.2f}",
        f"{max(found.openings):.2f}",
        str(found.lost),
        f"{100 * found.processor:.0f}%",
        f"{found.megabytes:.0f}",
    ]


if __name__ == "__main__":
    main()

"""Who may write: one process for the whole experiment, or one for each shard.

The operating system holds the locks, so they are gone when a process is gone, however it ended.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from analysis.errors import ExperimentError, told

PARTS = "parts"
LOCK = "lock"
_SECONDS_AT_THE_GATE = 10.0
_SECONDS_BETWEEN_TRIES = 0.05


class Shard(NamedTuple):
    """The i-th of n shares of the blocks, counted from 1."""

    i: int
    n: int


def writer_name(shard: Shard | None) -> str:
    """Return the name of the folder in which a process keeps its parts."""
    return "whole" if shard is None else f"shard-{shard.i}-of-{shard.n}"


def shard_of(name: str) -> Shard | None:
    """Return the shard of a folder of parts; None for the whole."""
    words = name.split("-")
    return Shard(int(words[1]), int(words[3])) if len(words) == 4 and words[0] == "shard" else None


@contextmanager
def writing(folder: Path, shard: Shard | None, begin: Callable[[], None]) -> Iterator[Path]:
    """Yield the folder for the parts of this process, which alone may write there; ExperimentError if another one does.

    `begin` is called first, while no other process can begin.
    """
    own = folder / PARTS / writer_name(shard)
    try:
        own.mkdir(parents=True, exist_ok=True)
        with _gate(folder):
            for other in holders(folder):
                if _overlap(shard, shard_of(other.name)):
                    raise ExperimentError(_refusal(folder, other))
            lock = taken(own / LOCK)
            if lock is not None:
                _begin(begin, lock)
    except OSError as error:
        raise ExperimentError(
            f"{folder}: cannot be written ({told(error)}); give a folder that can be with --out"
        ) from None
    if lock is None:
        raise ExperimentError(
            f"{folder}: another process has just begun to write there; wait for it, or give another --out"
        )
    try:
        yield own
    finally:
        os.close(lock)


def _begin(begin: Callable[[], None], lock: int) -> None:
    try:
        begin()
    except BaseException:
        os.close(lock)
        raise


class Holder(NamedTuple):
    """A process that writes: the name of its folder of parts, and in words which process it is."""

    name: str
    process: str


def holders(folder: Path) -> list[Holder]:
    """Return which processes are writing in the folder of an experiment right now."""
    found = []
    for path in sorted((folder / PARTS).glob(f"*/{LOCK}")):
        with suppress(OSError):
            file = os.open(path, os.O_RDWR)
            try:
                if not _try_lock(file):
                    found.append(Holder(path.parent.name, _process(path)))
            finally:
                os.close(file)
    return found


def _refusal(folder: Path, holder: Holder) -> str:
    what = "is writing there" if holder.name == "whole" else f"is writing {holder.name.replace('-', ' ')} there"
    return (
        f"{folder}: {holder.process} {what}; wait until it has finished, stop it, give another folder with --out, "
        "or share the work with --shard 1/2 and --shard 2/2"
    )


def _overlap(first: Shard | None, second: Shard | None) -> bool:
    """Tell whether two shares may have a block in common."""
    return first is None or second is None or first.n != second.n or first.i == second.i


@contextmanager
def _gate(folder: Path) -> Iterator[None]:
    """Let one process at a time look who is writing and join in."""
    deadline = time.monotonic() + _SECONDS_AT_THE_GATE
    while (lock := taken(folder / PARTS / LOCK)) is None:
        if time.monotonic() > deadline:
            raise ExperimentError(f"{folder}: another process keeps this folder closed; try again later")
        time.sleep(_SECONDS_BETWEEN_TRIES)
    try:
        yield
    finally:
        os.close(lock)


def taken(path: Path) -> int | None:
    """Return an open file that holds a lock, with this process named in it; None if another process holds it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not _try_lock(file):
        os.close(file)
        return None
    os.ftruncate(file, 0)
    os.write(file, json.dumps({"process": os.getpid(), "host": platform.node()}).encode())
    return file


def _process(path: Path) -> str:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return f"process {facts['process']} on {facts['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked, so a byte far behind the text is locked.
    _FAR = 1 << 20

    def _try_lock(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _try_lock(file: int) -> bool:
        """Lock an open file, if no other process has; the lock ends when the file is closed."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

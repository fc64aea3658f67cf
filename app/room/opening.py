"""Opening a room from the command line: which play, which file, which addresses; then serving until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from app.browser import open_beside
from app.room.addresses import addresses, is_there
from app.room.folders import (
    RoomError,
    StoredRoom,
    alone,
    erase_room,
    latest_unended,
    old_rooms,
    open_room,
    refuse_other_model,
    room_path,
    stored_room,
)
from app.room.live import LiveRoom
from app.room.plays import find_play
from app.room.serving import Sockets, WantedPlaces, serve
from app.room.store import remember
from app.room.studies import DrawnSession, play_of_session
from app.room.terminal_words import say
from app.room.worlds import warm_up
from model.catalogue import Language
from model.compiled import CODE_CACHE
from model.simulate import LARGEST_SEED

DESK_FILE = "desk.txt"
EXPECTED_PEOPLE = 30
_OF_A_NEW_ROOM = {"play", "seats", "seed", "study", "session"}
_DECIDED = {"reopen": {*_OF_A_NEW_ROOM, "address", "port", "resume"}, "resume": _OF_A_NEW_ROOM, "study": {"play"}}
_WHY = {
    "reopen": "prints the address of a desk that is open",
    "resume": "goes on with a room as it was opened; seats are added at the desk",
    "study": "draws the play",
}


@dataclass(frozen=True)
class Opening:
    """What was chosen on the command line."""

    play: str
    seats: int | None
    address: str | None
    port: int | None
    seed: int | None
    study: Path | None
    session: int | None
    resume: str | None
    reopen: str | None
    language: Language
    is_opened: bool


def opened(chosen: Opening) -> None:
    """Open a room as chosen, and serve it until Ctrl-C."""
    if chosen.reopen is not None:
        path = room_path(chosen.reopen).parent / DESK_FILE
        if not path.is_file():
            raise RoomError(f"{path.parent.name}: this room is not open; open it with --resume {path.parent.name}")
        typer.echo(path.read_text(encoding="utf-8").strip())
        return
    if chosen.address is not None and not is_there(chosen.address):
        there_are = ", ".join(f"{found.address} ({found.device})" for found in addresses())
        raise RoomError(f"--address {chosen.address}: this machine does not have it; it has {there_are}")
    path = _path(chosen)
    room = stored_room(path)
    refuse_other_model(room)
    for old in old_rooms():
        typer.echo(say(chosen.language, "old_room", name=old.parent.name))
    if not CODE_CACHE.holds_code():
        typer.echo(say(chosen.language, "compiling"))
    warm_up(room.read, room.about.seed)
    try:
        with alone(path):
            try:
                is_to_be_erased = asyncio.run(_served(room, chosen))
            except KeyboardInterrupt:
                is_to_be_erased = False
            finally:
                (path.parent / DESK_FILE).unlink(missing_ok=True)
    except OSError:
        if chosen.resume is None and len(stored_room(path).events) == 1:
            erase_room(path)  # nobody was in it
        raise
    if is_to_be_erased:
        erase_room(path)
    typer.echo(say(chosen.language, "erased" if is_to_be_erased else "stopped", name=room.about.name))


def refuse_what_is_given_in_vain(given: set[str]) -> None:
    """Raise RoomError if options were given that something else decides: nobody is to believe that they were heard."""
    for decides, decided in _DECIDED.items():
        if decides in given and (vain := sorted(decided & given)):
            named = " and ".join(f"--{name}" for name in vain)
            raise RoomError(f"--{decides} {_WHY[decides]}; leave out {named}")


def _path(chosen: Opening) -> Path:
    if chosen.resume is not None:
        return room_path(chosen.resume)
    unended = latest_unended()
    if chosen.seed is not None and not 0 <= chosen.seed <= LARGEST_SEED:
        raise RoomError(f"--seed {chosen.seed}: give a whole number from 0 to {LARGEST_SEED}")
    drawn = _drawn(chosen)
    seats = chosen.seats if chosen.seats is not None else drawn.seats or EXPECTED_PEOPLE
    path = open_room(drawn.play, seats, chosen.seed, drawn.facts or None)
    if unended is not None:  # told only now: a new room is there
        typer.echo(say(chosen.language, "unended", name=unended.parent.name))
    return path


def _drawn(chosen: Opening) -> DrawnSession:
    """Return the play: that of the command line, or the one that the study has drawn for the session."""
    if chosen.study is None:
        if chosen.session is not None:
            raise RoomError("--session needs --study; give the study's file, or leave --session out")
        return DrawnSession(find_play(chosen.play), {}, None)
    return play_of_session(chosen.study, chosen.session)


async def _served(room: StoredRoom, chosen: Opening) -> bool:
    has_opened = False

    def tell(sockets: Sockets) -> None:
        nonlocal has_opened
        desk = f"{sockets.desk_url}/#{room.about.desk_token}"
        _keep(room.path, sockets, desk)
        address = sockets.phones.getsockname()[0]
        others = ", ".join(f"{one.address} ({one.device})" for one in sockets.others() if one.address != address)
        said = {"name": room.about.name, "code": room.about.code, "phones": sockets.phones_url, "desk": desk}
        typer.echo(say(chosen.language, "ready", **said))
        if others:
            typer.echo(say(chosen.language, "others", others=others))
        sys.stdout.flush()
        if chosen.is_opened and not has_opened:
            open_beside(desk)
        has_opened = True

    return await serve(lambda: LiveRoom(room.path, room.about, room.read), _wanted(room, chosen), tell)


def _wanted(room: StoredRoom, chosen: Opening) -> WantedPlaces:
    """Return where the room is to be served: as chosen, else where it was before: open pages find it again."""
    before = room.facts.get("phones_address")
    address = chosen.address or (before if before and is_there(before) else addresses()[0].address)
    phones_before, desk_before = (room.facts.get(name) for name in ("phones_port", "desk_port"))
    return WantedPlaces(
        address, chosen.port, int(phones_before) if phones_before else None, int(desk_before) if desk_before else None
    )


def _keep(path: Path, sockets: Sockets, desk: str) -> None:
    """Keep where the room is served: for --reopen, and for when it is gone on with."""
    address, port = sockets.phones.getsockname()[:2]
    facts = {"phones_address": address, "phones_port": str(port), "desk_port": str(sockets.desk.getsockname()[1])}
    with contextlib.suppress(OSError, sqlite3.Error):  # where the disk is full, the room says so itself
        remember(path, facts)
        file = path.parent / DESK_FILE
        file.touch(mode=0o600)
        file.write_text(f"{desk}\n", encoding="utf-8")

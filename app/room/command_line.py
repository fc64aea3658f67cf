"""The commands of rooms: open one, rehearse the network, and what is done with a room afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import ExperimentError
from model.catalogue import Language

commands = typer.Typer()
room = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
commands.add_typer(room, name="room")

RoomName = Annotated[str, typer.Argument(metavar="ROOM", help="the name of a room, the end of it, or its folder")]
InLanguage = Annotated[Language, typer.Option("--language", help="language of the terminal and the report")]


@room.callback()
def open_a_room(
    context: typer.Context,
    play: Annotated[str, typer.Option(help="a shipped play, or a TOML file")] = "tolerance",
    seats: Annotated[int, typer.Option(help="how many people are expected")] = 30,
    address: Annotated[str | None, typer.Option(help="the address that phones use")] = None,
    port: Annotated[int | None, typer.Option(help="the phones' port", min=0, max=65535)] = None,
    seed: Annotated[int | None, typer.Option(help="seed of all draws")] = None,
    study: Annotated[Path | None, typer.Option(help="a study's TOML file, which draws the play")] = None,
    session: Annotated[int | None, typer.Option(help="number of the session in the study, from 1")] = None,
    resume: Annotated[str | None, typer.Option(metavar="ROOM", help="go on with a room")] = None,
    reopen: Annotated[str | None, typer.Option(metavar="ROOM", help="print the desk's address again")] = None,
    language: InLanguage = "en",
    is_opened: Annotated[bool, typer.Option("--open/--no-open", help="open the desk in the browser")] = True,
) -> None:
    """Open a room: a class plays officials on their phones, against the model.

    Phones come to an address of this machine's network; the trainer's desk is open to this machine only.

    \b
    Examples:
      python run.py room
      python run.py room --play four_rules --seats 40
      python run.py room --resume 2026-03-02-abcd
    """
    if context.invoked_subcommand is not None:
        return
    from app.room.opening import Opening, opened

    try:
        opened(Opening(play, seats, address, port, seed, study, session, resume, reopen, language, is_opened))
    except OSError as error:
        raise ExperimentError(
            f"the room cannot be served: {error.strerror or error}; give another --address or --port, or leave them out"
        ) from error


@room.command()
def check(
    address: Annotated[str | None, typer.Option(help="the address that phones use")] = None,
    port: Annotated[int | None, typer.Option(help="the phones' port", min=0, max=65535)] = None,
    language: InLanguage = "en",
) -> None:
    """Rehearse the network with your own phone, the day before.

    \b
    Example:
      python run.py room check
    """
    from app.room.rehearsal import rehearsed

    rehearsed(address, port, language)


@room.command(name="list")
def list_rooms() -> None:
    """List the rooms on this machine.

    \b
    Example:
      python run.py room list
    """
    from app.room.afterwards import listed

    for line in listed():
        typer.echo(line)


@room.command()
def export(
    name: RoomName,
    out: Annotated[Path | None, typer.Option(help="folder for the tables  [default: in the room's folder]")] = None,
    research: Annotated[bool, typer.Option("--research", help="only seats that agreed to research")] = False,
) -> None:
    """Write a room's anonymous tables: Parquet, CSV, a dictionary, a manifest.

    \b
    Example:
      python run.py room export abcd --research
    """
    from app.room.afterwards import exported, note_on_export

    typer.echo(f"written to {exported(name, out, research)}")
    if (note := note_on_export(name)) is not None:
        typer.echo(note)


@room.command()
def fit(name: RoomName, language: InLanguage = "en") -> None:
    """Estimate how this class decides, with intervals, and write its scenario.

    \b
    Example:
      python run.py room fit abcd
    """
    from app.room.afterwards import fitted

    for line in fitted(name, language):
        typer.echo(line)


@room.command()
def report(name: RoomName, language: InLanguage = "en") -> None:
    """Write a room's report: one HTML file.

    \b
    Example:
      python run.py room report abcd --language zh
    """
    from app.room.afterwards import reported

    typer.echo(f"written to {reported(name, language)}")


@room.command()
def slides(name: RoomName, language: InLanguage = "en") -> None:
    """Write a room's slides (PPTX with charts that can be edited) and its charts as PNG; needs the extra slides.

    \b
    Example:
      python run.py room slides abcd
    """
    from app.room.afterwards import slides_written

    typer.echo(f"written to {slides_written(name, language)}")


@room.command()
def erase(name: RoomName, is_sure: Annotated[bool, typer.Option("--yes", help="do not ask")] = False) -> None:
    """Erase a room for good.

    \b
    Example:
      python run.py room erase abcd
    """
    from app.room.afterwards import erased

    if not is_sure and not typer.confirm(f"Erase the room {name} and all that was said in it?"):
        typer.echo("Nothing was erased.")
        return
    typer.echo(f"erased {erased(name)}")

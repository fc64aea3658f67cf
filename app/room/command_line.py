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

_OPTIONS = ("play", "seats", "address", "port", "seed", "study", "session", "resume", "reopen")
RoomName = Annotated[str, typer.Argument(metavar="ROOM", help="the name of a room, the end of it, or its folder")]
InLanguage = Annotated[Language, typer.Option("--language", help="language of the terminal and of what is written")]


@room.callback()
def open_a_room(
    context: typer.Context,
    play: Annotated[str, typer.Option(help="a shipped play, or a TOML file")] = "tolerance",
    seats: Annotated[int | None, typer.Option(help="how many people are expected  [default: 30]")] = None,
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
    from app.room.opening import Opening, opened, refuse_what_is_given_in_vain

    sources = {name: context.get_parameter_source(name) for name in _OPTIONS}
    refuse_what_is_given_in_vain({name for name, source in sources.items() if source and source.name == "COMMANDLINE"})
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
def list_rooms(language: InLanguage = "en") -> None:
    """List the rooms on this machine.

    \b
    Example:
      python run.py room list
    """
    from app.room.afterwards import listed

    for line in listed(language):
        typer.echo(line)


@room.command()
def export(
    name: RoomName,
    out: Annotated[Path | None, typer.Option(help="folder for the tables  [default: in the room's folder]")] = None,
    research: Annotated[bool, typer.Option("--research", help="only seats that agreed to research")] = False,
    language: InLanguage = "en",
) -> None:
    """Write a room's anonymous tables: Parquet, CSV, a dictionary, a manifest.

    \b
    Example:
      python run.py room export abcd --research
    """
    from app.room.afterwards import exported, note_on_export
    from app.room.terminal_words import say

    typer.echo(say(language, "written", path=str(exported(name, out, research))))
    if (note := note_on_export(name, language)) is not None:
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
    from app.room.terminal_words import say

    typer.echo(say(language, "written", path=str(reported(name, language))))


@room.command()
def slides(name: RoomName, language: InLanguage = "en") -> None:
    """Write a room's slides (PPTX with charts that can be edited) and its charts as PNG; needs the extra slides.

    \b
    Example:
      python run.py room slides abcd
    """
    from app.room.afterwards import slides_written
    from app.room.terminal_words import say

    typer.echo(say(language, "written", path=str(slides_written(name, language))))


@room.command()
def erase(
    name: RoomName,
    is_sure: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    language: InLanguage = "en",
) -> None:
    """Erase a room for good.

    \b
    Example:
      python run.py room erase abcd
    """
    from app.room.afterwards import erased
    from app.room.terminal_words import say

    if not is_sure and not typer.confirm(say(language, "erase_sure", name=name)):
        typer.echo(say(language, "not_erased"))
        return
    typer.echo(say(language, "erased", name=erased(name)))

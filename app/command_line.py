"""The commands of pages: show the trainers' page, build it; show the engine in Mesa behind levers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import InLanguage
from analysis.errors import ExperimentError
from analysis.shell import IS_CLONE
from app.server.page_server import ANY_FREE_PORT, LOOPBACK, PageNotBuiltError, serve_page
from app.visualisation.serving import NotServedError, serve
from model.catalogue import Language
from model.scenario import find_scenario

commands = typer.Typer()

_LARGEST_PORT = 65535


@commands.command()
def page(
    is_opened: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", max=_LARGEST_PORT, min=0)] = ANY_FREE_PORT,
    is_lan: Annotated[bool, typer.Option("--lan", help="Serve it to this network, on one address.")] = False,
    address: Annotated[str | None, typer.Option(help="Which address of this machine; with --lan.")] = None,
) -> None:
    """Show the trainers' page.

    It is served to this machine only, until Ctrl-C; with --lan to the network, and the page shows a QR code that phones
    can follow. The file app/officials.html can also be opened by double click.

    \b
    Examples:
      python run.py page
      python run.py page --lan
    """
    chosen = _address(is_lan=is_lan, address=address)
    try:
        serve_page(port=port, is_opened=is_opened, address=chosen, tell=typer.echo)
    except PageNotBuiltError as error:
        raise ExperimentError(str(error)) from error
    except OSError as error:
        raise ExperimentError(f"--port {port}: {error.strerror}; leave it out to take a free one") from error


@commands.command()
def kit(
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help="a lesson of the page, by the name of its folder")],
    language: Annotated[Language, typer.Option("--language", help="language of the kit")] = "en",
    out: Annotated[Path | None, typer.Option(help="folder for the kit  [default: results/kit_LESSON_LANGUAGE]")] = None,
    with_slides: Annotated[bool, typer.Option("--slides/--no-slides", help='slides need the extra "slides"')] = True,
) -> None:
    """Make the class kit of a lesson.

    A prediction sheet, a handout of one page, questions before and after with their key, a script of fifteen minutes,
    and slides with the script as notes. Everything stays on this machine; what is there is replaced.

    \b
    Example:
      python run.py kit do_more_err_more
    """
    from app.teaching.kit import lesson_named, write_kit  # noqa: PLC0415 - draws and simulates

    folder = out or Path("results") / f"kit_{lesson}_{language}"
    for path in write_kit(lesson_named(lesson), language, folder, with_slides=with_slides, tell=typer.echo):
        typer.echo(path)


def _address(*, is_lan: bool, address: str | None) -> str:
    """Return the address to serve on: this machine's own, or with --lan the best of its network, or the one chosen."""
    if not is_lan:
        if address is not None:
            raise ExperimentError("--address: is for --lan; add it, or leave --address out")
        return LOOPBACK
    from app.room.addresses import addresses, is_there  # noqa: PLC0415 - looks at the network's devices

    found = [one for one in addresses() if one.address != LOOPBACK]
    there_are = ", ".join(f"{one.address} ({one.device})" for one in found)
    if address is not None and not is_there(address):
        raise ExperimentError(f"--address {address}: this machine does not have it; it has {there_are or 'none'}")
    if address is None and not found:
        raise ExperimentError("--lan: this machine is in no network; join one, or leave --lan out")
    chosen = address or found[0].address
    typer.echo(f"For everyone in this network, on {chosen} alone. Nothing that they do with the page comes back.")
    if len(found) > 1:
        typer.echo(f"If phones do not reach it, try another with --address: {there_are}")
    return chosen


@commands.command(name="build-page")
def build_page() -> None:
    """Build the trainers' page anew.

    Needs Node and the extra "page"; whoever only uses the page needs neither.

    \b
    Example:
      python run.py build-page
    """
    if not IS_CLONE:
        raise ExperimentError("the page is built in a clone of the project; the one that is installed is ready to use")
    try:
        from app.builder import page as building  # noqa: PLC0415 - needs a linker that only builders have

        building.build_page(tell=typer.echo)
    except ImportError as error:
        raise ExperimentError(
            f'{error}; install what the build needs: pip install -c constraints.txt -e ".[page]"'
        ) from error
    except building.BuildError as error:
        raise ExperimentError(str(error)) from error


@commands.command()
def viz(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="where the levers stand at first")] = "baseline",
    is_opened: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", max=_LARGEST_PORT, min=0)] = ANY_FREE_PORT,
    language: InLanguage = "en",
) -> None:
    """Show the engine in Mesa behind levers, in Mesa's own visualisation.

    For those who teach or extend the model in Mesa: play, step, reset; every official is a square. It is served to this
    machine only, until Ctrl-C. Needs the extra "viz".

    \b
    Examples:
      python run.py viz
      python run.py viz crackdown --language zh
    """
    find_scenario(scenario)  # says what is wrong with it before a server starts
    try:
        serve(scenario, language, (port, is_opened), typer.echo)
    except NotServedError as error:
        raise ExperimentError(str(error)) from error

"""The commands of the page: show it, build it."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.errors import ExperimentError
from analysis.shell import IS_CLONE
from app.server.page_server import ANY_FREE_PORT, PageNotBuiltError, serve_page

commands = typer.Typer()

_LARGEST_PORT = 65535


@commands.command()
def page(
    is_opened: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", max=_LARGEST_PORT, min=0)] = ANY_FREE_PORT,
) -> None:
    """Show the trainers' page.

    It is served to this machine only, until Ctrl-C. The file app/officials.html can also be opened by double click.

    \b
    Example:
      python run.py page
    """
    try:
        serve_page(port=port, is_opened=is_opened, tell=typer.echo)
    except PageNotBuiltError as error:
        raise ExperimentError(str(error)) from error
    except OSError as error:
        raise ExperimentError(f"--port {port}: {error.strerror}; leave it out to take a free one") from error


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

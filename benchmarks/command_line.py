"""The command of the benchmarks: bench."""

from __future__ import annotations

from typing import Annotated

import typer

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

National = Annotated[bool, typer.Option("--national", help="also 7.2 million officials, with time and peak memory")]


@commands.command()
def bench(national: National = False) -> None:
    """Measure the speed of the engines side by side.

    \b
    Example:
      python run.py bench --national
    """
    # Here and not above: no other command needs the contestants, nor to wait for them.
    from analysis.command_line.task import tell_if_compiling  # noqa: PLC0415
    from analysis.words import words_in  # noqa: PLC0415
    from benchmarks.speed import print_speeds  # noqa: PLC0415

    tell_if_compiling(words_in("en"))
    print_speeds(national)

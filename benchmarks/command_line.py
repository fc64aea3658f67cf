"""The command of the benchmarks: bench."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.command_line.task import tell_if_compiling
from analysis.words import words_in

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

National = Annotated[bool, typer.Option("--national", help="also 7.2 million officials, with time and peak memory")]


@commands.command()
def bench(national: National = False) -> None:
    """Measure the speed of the engines side by side.

    \b
    Example:
      python run.py bench --national
    """
    from benchmarks.speed import print_speeds  # noqa: PLC0415 - nothing else needs the contestants

    tell_if_compiling(words_in("en"))
    print_speeds(national)

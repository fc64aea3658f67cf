"""Where text goes: tables and sentences to standard output, notes and progress to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any, TextIO

from rich import box
from rich.console import Console, OverflowMethod
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from analysis.command_line.failures import raise_if_asked, silence
from analysis.words import with_singulars

WIDTH_OF_A_FILE = 120
_SECONDS_BEFORE_PROGRESS = 1.0


class PatientConsole(Console):
    """A console that goes on when its reader has gone (as ``head`` does), so that results are still stored.

    Of sentences it prints "1 run" where their words give "1 runs".
    """

    def print(self, *objects: Any, **how: Any) -> None:
        """Print as any console, sentences with their singulars."""
        told = [with_singulars(thing) if isinstance(thing, str) else thing for thing in objects]
        super().print(*told, **how)

    def on_broken_pipe(self) -> None:
        """Write nothing any more."""
        self.quiet = True
        silence(self.file)  # type: ignore[arg-type]


def console_on(stream: TextIO) -> Console:
    """Return a console: as wide as the terminal.

    In a file or a pipe there are no colours, tables are at least 120 columns wide, and a sentence is one line.
    """
    console = PatientConsole(file=stream, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, WIDTH_OF_A_FILE)
        console.soft_wrap = True
    return console


def standard_output() -> Console:
    """Return the console of what was asked for."""
    return console_on(sys.stdout)


def note(text: str) -> None:
    """Say on standard error what is going on beside."""
    console_on(sys.stderr).print(text, soft_wrap=True)


class UncutTable(Table):
    """A table whose cells go on in the next line where they are too long; Rich would end them with three dots."""

    def add_column(self, *head: Any, overflow: OverflowMethod = "fold", **how: Any) -> None:
        """Add a column as to any table."""
        super().add_column(*head, overflow=overflow, **how)


def plain_table(console: Console, title: str | None = None) -> Table:
    """Return an empty table: with a line below its head on a terminal, with none in a file or a pipe."""
    lines = box.SIMPLE_HEAD if console.is_terminal else None
    return UncutTable(box=lines, title=title, title_justify="left", title_style="bold", pad_edge=False)


@contextmanager
def progress(label: str, total: float) -> Iterator[Callable[[float], None]]:
    """Yield a function to call with how much has been done.

    A bar with the time left stands on standard error while it lasts, if that is a terminal and it takes over a second.
    """
    console = console_on(sys.stderr)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    )
    task = bar.add_task(label, total=total)
    appears = Timer(_SECONDS_BEFORE_PROGRESS, bar.start)
    appears.daemon = True
    appears.start()

    def advance(done: float) -> None:
        bar.advance(task, done)
        raise_if_asked()

    try:
        yield advance
    finally:
        appears.cancel()
        appears.join()
        bar.stop()

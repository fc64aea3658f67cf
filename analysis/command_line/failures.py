"""How the program ends: the exit code, and one line on standard error for whatever stood in the way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

import typer

from analysis.errors import ExperimentError, told
from model.scenario import ScenarioError

EXIT_FAILURE = 2
EXIT_INTERRUPTED = 130


class InterruptedTaskError(Exception):
    """Somebody pressed Ctrl-C; ``str(error)`` says what became of what was finished."""


def exit_code_of(command: Callable[[], object]) -> int:
    """Return the exit code with which a command ends, after saying on standard error what went wrong, if anything did.

    0 if all is well, 2 if something is wrong with what was asked for or with the place for the results, 130 after
    Ctrl-C. What is left is an error of this program, and comes with a traceback.
    """
    prepare_streams()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = command()
        sys.stdout.flush()
        if code == EXIT_INTERRUPTED:  # how Typer hands on Ctrl-C
            raise KeyboardInterrupt
    except (KeyboardInterrupt, InterruptedTaskError, typer.Abort) as error:
        complain(str(error) or "interrupted; nothing was kept")
        return EXIT_INTERRUPTED
    except Exception as error:
        message = _message(error)
        if message is None:
            raise
        complain(message)
        return EXIT_FAILURE
    return code if isinstance(code, int) else 0


@contextmanager
def undisturbed() -> Iterator[list[int]]:
    """Let what is inside come to its end when Ctrl-C is pressed; pressed again, it interrupts at once.

    What is yielded is a list that is no longer empty once it was pressed.
    """
    pressed: list[int] = []

    def put_off(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield pressed
        return
    signal.signal(signal.SIGINT, put_off)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def complain(message: str) -> None:
    """Write a message to standard error, every line of it marked as an error."""
    with suppress(OSError):
        for line in message.splitlines():
            print(f"error: {line}", file=sys.stderr)
        sys.stderr.flush()


def prepare_streams() -> None:
    """Make sure that writing text cannot fail: where a stream is closed, or cannot show a character."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def silence(stream: TextIO) -> None:
    """Send what is still written to a stream nowhere, so that the end of the program does not stumble over it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _message(error: Exception) -> str | None:
    """Return what to tell the user; None if the user can do nothing about it."""
    if isinstance(error, ScenarioError | ExperimentError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this; take fewer --officials, --months or --replications"
    if isinstance(error, OSError):
        silence(sys.stdout)
        place = f"{error.filename}: " if error.filename else "the output: "
        return f"{place}cannot be read or written ({told(error)}); check the place and the room on the disk"
    # Typer has its own copy of click in some versions and uses click in others: both have this method.
    if hasattr(error, "format_message"):
        words = str(error.format_message()).replace("Value error, ", "").removesuffix(".")
        return f"{words} (--help tells what is allowed)"
    return None

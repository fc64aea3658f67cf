"""How the program ends: the exit code, and one line on standard error for whatever stood in the way."""

from __future__ import annotations

import os
import signal
import sys
import threading
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO

import typer

from analysis.command_line.loading import EXIT_OF_A_SIGNAL, end_before_anything, polite_signals
from analysis.errors import ExperimentError, told
from model.code_cache import trouble_of_cache
from model.scenario import ScenarioError

EXIT_FAILURE = 2
EXIT_INTERRUPTED = 130

# Where a notebook's matplotlib draws; charts of this program go to files. Not even a name that is known here, perhaps.
_VARIABLES_OF_OTHERS = ("MPLBACKEND",)
_SECONDS_UNTIL_AGAIN = 0.05


class InterruptedTaskError(Exception):
    """Somebody asked the program to end; ``str(error)`` says what became of what was finished."""


class _Received:
    """Which signal has asked the program to end, if one has."""

    number: int = signal.SIGINT
    has_come: bool = False
    is_sent_again: bool = False


def exit_code_of(command: Callable[[], object]) -> int:
    """Return the exit code with which a command ends, after saying on standard error what went wrong, if anything did.

    0 if all is well, 2 if something is wrong with what was asked for, with the place for the results or with runs, 130
    after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP. What is left is an error of this program, and comes with a
    traceback.
    """
    prepare_streams()
    listen()
    for name in _VARIABLES_OF_OTHERS:
        os.environ.pop(name, None)
    before = trouble_of_cache()
    try:
        with _nothing_swallowed():
            code = command()
        sys.stdout.flush()
        if code == EXIT_INTERRUPTED:  # how Typer hands on Ctrl-C
            raise KeyboardInterrupt
    except (KeyboardInterrupt, InterruptedTaskError, typer.Abort) as error:
        complain(str(error) or "interrupted")
        return EXIT_OF_A_SIGNAL + _Received.number
    except Exception as error:
        message = _message(error)
        if message is None:
            raise
        complain(message)
        return EXIT_FAILURE
    finally:
        _tell_of_cache(before)
    return code if isinstance(code, int) else 0


def listen() -> None:
    """Have every signal that politely asks to end do what Ctrl-C does, but those that are ignored, as under nohup."""
    _Received.number, _Received.has_come, _Received.is_sent_again = signal.SIGINT, False, False
    if threading.current_thread() is not threading.main_thread():
        return
    replaced = (signal.SIG_DFL, signal.default_int_handler, end_before_anything)
    for number in polite_signals():
        if signal.getsignal(number) in replaced:
            signal.signal(number, _interrupt)


def raise_if_asked() -> None:
    """Raise KeyboardInterrupt if the program was asked to end and goes on all the same: C code may swallow that."""
    if _Received.has_come:
        raise KeyboardInterrupt


@contextmanager
def _nothing_swallowed() -> Iterator[None]:
    """Send a signal again in a moment if its exception came where Python only notes one.

    So it is in what C code calls back, as the loading of compiled code does, and in what clears up after an object.
    """
    hook = sys.unraisablehook

    def note_or_send_again(unraisable: Any) -> None:
        if unraisable.exc_type is not KeyboardInterrupt:
            hook(unraisable)
            return
        _Received.has_come, _Received.is_sent_again = False, True
        again = threading.Timer(_SECONDS_UNTIL_AGAIN, _send_again, (_Received.number,))
        again.daemon = True
        again.start()

    sys.unraisablehook = note_or_send_again
    try:
        yield
    finally:
        sys.unraisablehook = hook


def _send_again(number: int) -> None:
    """Send a signal to the main thread, so that it also wakes up there."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        interrupt_main(signal.Signals(number))


def _interrupt(number: int, _frame: FrameType | None) -> None:
    """Interrupt what is being done; what is not Ctrl-C is heeded once, since it may come twice on its own."""
    if number == signal.SIGINT or not _Received.has_come:
        _Received.number, _Received.has_come = number, True
        raise KeyboardInterrupt


class Stops:
    """Signals that ask to end while something is done that has to come to its end first: they wait until then.

    `pressed` is no longer empty once one came. Ctrl-C pressed again interrupts at once; other signals come twice
    on their own, as when a terminal is closed.
    """

    def __init__(self) -> None:
        self.pressed: list[int] = []
        self._is_at_once = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let the first signal interrupt what is inside, at once; also one that has come before.

        Whoever catches KeyboardInterrupt around this loses nothing of what is done when it ends.
        """
        self._is_at_once = True
        try:
            if self.pressed:
                raise KeyboardInterrupt
            yield
        finally:
            self._is_at_once = False

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Take a signal."""
        is_new = not _Received.is_sent_again
        _Received.number, _Received.is_sent_again = number, False
        is_second = is_new and number == signal.SIGINT and number in self.pressed
        if is_new:
            self.pressed.append(number)
        if self._is_at_once or is_second:
            _interrupt(number, frame)


@contextmanager
def polite_stops() -> Iterator[Stops]:
    """Yield what knows whether the program was asked to end: by Ctrl-C, SIGTERM, SIGHUP; nothing is interrupted."""
    stops = Stops()
    ours = (_interrupt, signal.default_int_handler)
    handlers = {number: signal.getsignal(number) for number in polite_signals()}
    listened = {number: handler for number, handler in handlers.items() if handler in ours}
    if threading.current_thread() is not threading.main_thread():
        listened = {}
    for number in listened:
        signal.signal(number, stops.handle)
    try:
        yield stops
    finally:
        for number, handler in listened.items():
            signal.signal(number, handler)


def _tell_of_cache(before: str) -> None:
    """Say, if compiled code could not be kept or read, why: only what was not known before a command compiled."""
    trouble = trouble_of_cache()
    if trouble and not before:
        with suppress(OSError):
            print(f"note: compiled code is not kept ({trouble}); every run compiles anew", file=sys.stderr)


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

"""What is seen to before the program is loaded: signals, which then end it at once and in a word, and letters."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

# What asks a program to end: Ctrl-C, kill or a job's time being up, a terminal that was closed (Windows: Ctrl-Break).
_POLITE = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
EXIT_OF_A_SIGNAL = 128  # and its number, as shells have it: 130 is Ctrl-C
_STANDARD_ERROR = 2


def restart_if_no_letters_can_be_told() -> None:
    """Start the program again in Python's UTF-8 mode where the system's letters are plain ASCII (LC_ALL=C) only.

    Python does so on its own, unless somebody has forbidden it; no name with other letters could be read or written.
    """
    if sys.getfilesystemencoding() == "ascii" and hasattr(os, "execv") and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def polite_signals() -> list[signal.Signals]:
    """Return the signals of this system that politely ask a program to end."""
    return [getattr(signal, name) for name in _POLITE if hasattr(signal, name)]


def end_if_asked_while_loading() -> None:
    """Have polite signals end the program from now on, but those that are ignored, as under nohup.

    An exception would not do: some packages go on without what they could not load.
    """
    for number in polite_signals():
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, end_before_anything)


def end_before_anything(number: int, _frame: FrameType | None) -> None:
    """End the program with the exit code of a signal and a line on standard error."""
    with suppress(OSError):
        os.write(_STANDARD_ERROR, b"error: interrupted before anything had begun\n")
    os._exit(EXIT_OF_A_SIGNAL + number)


def ignore_from_now_on() -> None:
    """Let polite signals pass: all is done and said, and the program is about to end on its own."""
    for number in polite_signals():
        with suppress(ValueError):  # not the main thread, which alone may choose
            signal.signal(number, signal.SIG_IGN)

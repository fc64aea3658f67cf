"""The one exception of an experiment that cannot be run or whose result cannot be kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ExperimentError(Exception):
    """What stands in the way. ``str(error)`` is the message for the user: what, where, what is allowed, what to do."""


class ExtraMissingError(ExperimentError):
    """What is asked for needs packages that are not installed; the text says which, and how to get them."""


def printable(text: object) -> str:
    """Return a text that every stream and file can hold: bytes of a path that are no UTF-8 as question marks."""
    return str(text).encode(errors="replace").decode()


def where(error: OSError, place: object) -> str:
    """Return which place the operating system refused: the one it names, or the one that is known otherwise.

    Of a copy the source is named first, and then the target, which is the one that is full.
    """
    return printable(error.filename2 or error.filename or place)


def told(error: OSError) -> str:
    """Return why the operating system refused, in its own words."""
    return os.strerror(error.errno) if error.errno else str(error)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have an error of the system name the file that is meant: a full disk names none, and a draft has another name."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise

"""Names of files and folders that fit: systems count the bytes of a name, not its letters."""

from __future__ import annotations

import os

_MOST_BYTES = 255


def shortened(name: str, room: int = 0, most: int = _MOST_BYTES) -> str:
    """Return a name, or its beginning, such that with so many more bytes at its end it is no longer than allowed."""
    while len(os.fsencode(name)) + room > most:
        name = name[:-1]
    return name

"""Names of files and folders that fit: systems count the bytes of a name, not its letters."""

from __future__ import annotations

import os

_MOST_BYTES = 255


def as_file_name(name: str) -> str:
    """Return a name as the system can take it: letters that its code page does not have as their bytes in UTF-8."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return os.fsdecode(name.encode(errors="surrogateescape"))
    return name


def shortened(name: str, room: int = 0, most: int = _MOST_BYTES) -> str:
    """Return a name, or its beginning, such that with so many more bytes at its end it is no longer than allowed."""
    while len(os.fsencode(as_file_name(name))) + room > most:
        name = name[:-1]
    return as_file_name(name)

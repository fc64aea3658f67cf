"""What stands in the way of keeping a room, as one word that the desk says in the trainer's language."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import Literal

Trouble = Literal["disk_full", "disk_denied", "file_locked", "file_damaged", "disk_refused"]

_LITTLE = 65536  # bytes; with less SQLite cannot even open its file, and says that something else is wrong
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_OF_SQLITE: dict[int, Trouble] = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "disk_denied",
    sqlite3.SQLITE_PERM: "disk_denied",
    sqlite3.SQLITE_BUSY: "file_locked",
    sqlite3.SQLITE_LOCKED: "file_locked",
    sqlite3.SQLITE_CORRUPT: "file_damaged",
    sqlite3.SQLITE_NOTADB: "file_damaged",
}


def trouble_of(error: BaseException, folder: Path) -> Trouble:
    """Return what an error of SQLite or of the operating system comes to, for whoever can act on it."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None) or 0
        found = _OF_SQLITE.get(code & 0xFF)
        if found is not None:
            return found
    if isinstance(error, OSError) and error.errno in _FULL | _DENIED:
        return "disk_full" if error.errno in _FULL else "disk_denied"
    try:
        if shutil.disk_usage(folder).free < _LITTLE:
            return "disk_full"
    except OSError:
        return "file_damaged"
    return "disk_refused"

"""Files for Arrow, which knows names in UTF-8 only: where a name is none, or the locale has another encoding."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal


@contextmanager
def arrow_file(path: Path, mode: Literal["rb", "wb"] = "rb") -> Iterator[str | BinaryIO]:
    """Yield a file as Arrow can open it: by its name, or where Arrow would take another name for it, opened."""
    if is_known_to_arrow(path):
        yield str(path)
        return
    with path.open(mode) as file:
        yield file


def is_known_to_arrow(path: Path) -> bool:
    """Tell whether the name of a file is the same in UTF-8 and for the system."""
    with suppress(UnicodeError):
        return str(path).encode() == os.fsencode(path)
    return False

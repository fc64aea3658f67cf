"""Small files that belong together, such as a report or a kit: each is there whole or not at all."""

from __future__ import annotations

import glob
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from analysis.errors import ExperimentError, told, where
from analysis.store.durable_files import TEMPORARY, write_durably

_LEFTOVERS_KEPT_SECONDS = 3600  # what is younger may still be written by another program


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write texts (in UTF-8) and bytes under their names in a folder, made if need be, and return their paths.

    A name may hold folders. What a killed program was writing under these names is removed. ExperimentError if the
    place does not take them: a file that was there before is then the old one or the new one.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_leftovers_of(path)
            write_durably(path, content.encode() if isinstance(content, str) else content)
            paths.append(path)
    except OSError as error:
        advice = "make room, or give a folder that can be written with --out"
        raise ExperimentError(f"{where(error, folder)}: cannot be written ({told(error)}); {advice}") from None
    return paths


def _remove_leftovers_of(path: Path) -> None:
    """Remove what killed programs have left of a file that they were writing."""
    for leftover in path.parent.glob(f"{glob.escape(path.name)}.*{TEMPORARY}"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVERS_KEPT_SECONDS:
                leftover.unlink()

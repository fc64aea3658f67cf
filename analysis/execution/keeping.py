"""Results put where they were meant to go; and if that cannot be, where they can: what is finished is never lost."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.errors import ExperimentError
from analysis.execution.comparison import complete_draft
from analysis.store.atomic_folder import MANIFEST, check_replaceable, new_draft, publish
from analysis.store.durable_files import file_hash, write_durably
from analysis.store.file_names import shortened
from analysis.store.locks import LOCK
from analysis.store.results import Origin
from model.simulate import Result

_INTERRUPTED, _KEPT = "interrupted", "kept"
_MOST_NAMES = 10_000


class Kept(NamedTuple):
    """Where a result lies now, what is in it, and why it lies elsewhere than was asked for, if it does."""

    folder: Path
    files: list[str]
    why: str = ""


def keep(results: Sequence[Result], draft: Path, folder: Path, origin: Origin) -> Kept:
    """Store results in the folder they are meant for; those that are not complete, or cannot be there, elsewhere.

    Raises
    ------
    ExperimentError
        If they can be stored nowhere.
    """
    target = folder if origin.is_complete else free_beside(folder, _INTERRUPTED)
    try:
        files = complete_draft(results, draft, target, origin)
    except ExperimentError as error:
        return _kept_in_temporary_folder(results, origin, error)
    try:
        publish(draft, target)
    except ExperimentError as error:  # somebody has put something there meanwhile
        beside = free_beside(folder, _KEPT)
        os.rename(draft, beside)
        return Kept(beside, files, str(error))
    return Kept(target, files)


def _kept_in_temporary_folder(results: Sequence[Result], origin: Origin, error: ExperimentError) -> Kept:
    """Store results where there may be room still; raise the error if there is none, either."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="officials-under-accountability-")) / "result"
        draft = new_draft(folder)
        files = complete_draft(results, draft, folder, origin)
        publish(draft, folder)
    except (OSError, ExperimentError):
        raise error from None
    return Kept(folder, files, str(error))


def free_beside(folder: Path, word: str) -> Path:
    """Return a place beside a folder where nothing is: results/mine-interrupted, or -interrupted-2 and so on."""
    target = folder if folder.name else folder.resolve()
    for number in range(1, _MOST_NAMES):
        end = f"-{word}" if number == 1 else f"-{word}-{number}"
        place = target.with_name(shortened(target.name, len(end)) + end)
        if not os.path.lexists(place):
            return place
    raise ExperimentError(f"{folder}: there are {_MOST_NAMES} folders beside it that end in -{word}; move them away")


def _files_in(draft: Path) -> list[Path]:
    return [path for path in sorted(draft.rglob("*")) if path.is_file() and path.name != LOCK]


def add_to_result(draft: Path, kept: Kept) -> list[str]:
    """Move what is in a draft into a result that is there, and return its names; the manifest knows it afterwards.

    Raises
    ------
    ExperimentError
        If the result was moved away or replaced meanwhile.
    OSError
        If the disk does not take it; the result is as it was, or some of its files are not in its manifest.
    """
    manifest = kept.folder / MANIFEST
    check_replaceable(kept.folder)
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    if sorted({name.partition("/")[0] for name in facts["files"]} | {MANIFEST}) != sorted(kept.files):
        raise ExperimentError(f"{kept.folder}: was replaced by another program")
    added = {path.relative_to(draft).as_posix(): path for path in _files_in(draft)}
    facts["files"] = dict(sorted({**facts["files"], **{name: file_hash(path) for name, path in added.items()}}.items()))
    names = sorted({name.partition("/")[0] for name in added})
    for name in names:
        os.rename(draft / name, kept.folder / name)
    write_durably(manifest, (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode())
    return names

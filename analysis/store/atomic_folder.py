"""Folders that appear whole or not at all.

A result is written into a draft, a folder beside the one it is meant for, and takes its place by renaming. So whoever
reads the folder finds the old result or the new one, and one that is interrupted leaves the old one as it was.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from analysis.errors import ExperimentError, told
from analysis.store.file_names import shortened
from analysis.store.locks import LOCK, taken
from analysis.store.provenance import CREATOR
from model.litter import is_litter

MANIFEST = "manifest.json"
RESULT_FILES = frozenset(
    {
        MANIFEST,
        "months.parquet",
        "runs.parquet",
        "effects.parquet",
        "panel.parquet",
        "severity_exemption.parquet",
        "charts",
    }
)
_DRAFT, _PREVIOUS = "draft", "previous"
_LEFTOVER = re.compile(rf"\.(?P<name>.+)\.(?P<kind>{_DRAFT}|{_PREVIOUS})-\w+-[0-9a-f]+", re.DOTALL)
_ROOM_FOR_ENDS = 64  # bytes of a name: what comes before and after it in the names of drafts and of their files
_LEFTOVERS_KEPT_SECONDS = 24 * 3600
_MOST_ATTEMPTS = 100
_MORE_LOOKS, _SECONDS_BETWEEN_LOOKS = 2, 0.02
_locks: dict[Path, int] = {}


def new_draft(folder: Path) -> Path:
    """Return a new empty folder beside the one a result is meant for; ExperimentError if it cannot be there.

    What killed programs have left in that place is removed. A draft in work is known by its lock, a file that its
    process keeps locked as long as it lives.
    """
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target)  # first: a result may have to be put back
        check_replaceable(folder)
        return working_folder(target)
    except OSError as error:
        raise _unwritable(folder, error) from None


def working_folder(target: Path) -> Path:
    """Return a new empty folder beside a file or folder, to make it in; OSError if it cannot be there."""
    _recover(target)
    draft = _beside(target, _DRAFT)
    draft.mkdir()
    with suppress(OSError):  # a file system without locks: its drafts are known by their age
        lock = taken(draft / LOCK)
        if lock is not None:
            _locks[draft] = lock
    return draft


def names_in(folder: Path) -> list[str]:
    """Return the names of what belongs to a result or to its draft."""
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK and not is_litter(path.name))


def _unlock(draft: Path) -> None:
    lock = _locks.pop(draft, None)
    if lock is not None:
        os.close(lock)
        with suppress(OSError):
            (draft / LOCK).unlink()


def publish(draft: Path, folder: Path) -> None:
    """Put a finished draft in the place it is meant for, instead of the result that is there, if there is one."""
    target = folder.resolve()
    _unlock(draft)
    try:
        for _ in range(_MOST_ATTEMPTS):
            check_replaceable(folder)
            if _take_place(draft, target):
                return
    except OSError as error:
        raise _unwritable(folder, error) from None
    raise ExperimentError(f"{folder}: other programs keep writing there; the result is in {draft}")


def drop(draft: Path) -> None:
    """Remove a draft that came to nothing."""
    _unlock(draft)
    shutil.rmtree(draft, ignore_errors=True)


def check_replaceable(folder: Path) -> None:
    """Raise ExperimentError unless there is nothing in a place, or an empty folder, or a result and nothing else."""
    reason = _why_not_replaceable(folder)
    for _ in range(_MORE_LOOKS):
        if reason is None:
            return
        # Another program may just be putting its result there: the old folder is renamed away while it is looked at.
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        reason = _why_not_replaceable(folder)
    if reason is not None:
        raise ExperimentError(f"{folder}: {reason}")


def _why_not_replaceable(folder: Path) -> str | None:
    try:
        names = {path.name for path in folder.iterdir() if not is_litter(path.name)}
    except FileNotFoundError:
        return "is a file; give the path of a folder with --out" if folder.is_symlink() else None
    except NotADirectoryError:
        return "is a file; give the path of a folder with --out"
    foreign = sorted(names - RESULT_FILES)
    if not names or (not foreign and is_result(folder)):
        return None
    holds = f"holds {foreign[0]}, which is no part of a result" if foreign else "holds no result of this program"
    return f"{holds}, so it is not overwritten; give a new or empty folder with --out, or move it away"


def is_result(folder: Path) -> bool:
    """Tell whether a folder is a result of this program."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("creator") == CREATOR


def _take_place(draft: Path, target: Path) -> bool:
    """Rename a draft to its place; tell whether that worked: not if another program was there in between."""
    previous = _beside(target, _PREVIOUS)
    with suppress(FileNotFoundError):
        os.rename(target, previous)
    try:
        os.rename(draft, target)
    except OSError:
        if target.exists():  # another program's result came first
            shutil.rmtree(previous, ignore_errors=True)
            return False
        if previous.exists():
            os.rename(previous, target)
        raise
    _move_litter(previous, target)
    shutil.rmtree(previous, ignore_errors=True)
    return True


def _move_litter(previous: Path, target: Path) -> None:
    """Let what systems and editors have put into a result stay: it is not ours to remove."""
    with suppress(OSError):
        for path in previous.iterdir():
            if is_litter(path.name):
                with suppress(OSError):
                    os.rename(path, target / path.name)


def _recover(target: Path) -> None:
    """Put back a result whose program was killed between two renames, and remove what killed programs have left.

    Drafts of other results in the same place are removed, too: whoever killed a program may never start it again.
    """
    own = shortened(target.name, _ROOM_FOR_ENDS)
    found = [(path, match) for path in sorted(target.parent.glob(".*-*")) if (match := _LEFTOVER.fullmatch(path.name))]
    for leftover, match in sorted(found, key=lambda pair: pair[1]["kind"] != _PREVIOUS):
        is_own = match["name"] == own
        with suppress(OSError):  # another program was faster
            if match["kind"] == _DRAFT:
                is_left = _is_abandoned(leftover)
            elif is_own and not target.exists():
                os.rename(leftover, target)
                continue
            else:
                is_left = is_own or _age_seconds(leftover) > _LEFTOVERS_KEPT_SECONDS
            if is_left and leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)


def _is_abandoned(draft: Path) -> bool:
    """Tell whether nobody works on a draft any more: its lock is free, or there is none and it is old."""
    with suppress(FileNotFoundError):
        is_locked_once = (draft / LOCK).stat().st_size > 0  # who makes a draft locks it, and then writes its name there
        lock = taken(draft / LOCK) if is_locked_once else None
        if not is_locked_once:
            return _age_seconds(draft) > _LEFTOVERS_KEPT_SECONDS
        if lock is None:
            return False
        os.close(lock)
        return True
    return _age_seconds(draft) > _LEFTOVERS_KEPT_SECONDS


def _age_seconds(folder: Path) -> float:
    """Return the time since anything in a folder was last written."""
    times = [path.stat().st_mtime for path in (folder, *folder.rglob("*"))]
    return time.time() - max(times)


def _beside(target: Path, kind: str) -> Path:
    name = shortened(target.name, _ROOM_FOR_ENDS)
    return target.parent / f".{name}.{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def _unwritable(folder: Path, error: OSError) -> ExperimentError:
    return ExperimentError(f"{folder}: cannot be written ({told(error)}); give a folder that can be with --out")

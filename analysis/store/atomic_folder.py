"""Folders that appear whole or not at all.

A result is written into a draft, a folder beside the one it is meant for, and takes its place by renaming. So whoever
reads the folder finds the old result or the new one, and one that is interrupted leaves the old one as it was.
"""

from __future__ import annotations

import glob
import json
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from analysis.errors import ExperimentError, told
from analysis.store.provenance import CREATOR

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
_LEFTOVERS_KEPT_SECONDS = 24 * 3600
_MOST_ATTEMPTS = 100


def new_draft(folder: Path) -> Path:
    """Return a new empty folder beside the one a result is meant for; ExperimentError if it cannot be there."""
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target)
        check_replaceable(folder)
        draft = _beside(target, _DRAFT)
        draft.mkdir()
    except OSError as error:
        raise _unwritable(folder, error) from None
    return draft


def publish(draft: Path, folder: Path) -> None:
    """Put a finished draft in the place it is meant for, instead of the result that is there, if there is one."""
    target = folder.resolve()
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
    shutil.rmtree(draft, ignore_errors=True)


def check_replaceable(folder: Path) -> None:
    """Raise ExperimentError unless there is nothing in a place, or an empty folder, or a result and nothing else."""
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise ExperimentError(f"{folder}: is a file; give the path of a folder with --out")
        return
    names = {path.name for path in folder.iterdir()}
    foreign = sorted(names - RESULT_FILES)
    if names and (foreign or not is_result(folder)):
        holds = f"holds {foreign[0]}, which is no part of a result" if foreign else "holds no result of this program"
        raise ExperimentError(
            f"{folder}: {holds}, so it is not overwritten; give a new or empty folder with --out, or move it away"
        )


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
    shutil.rmtree(previous, ignore_errors=True)
    return True


def _recover(target: Path) -> None:
    """Put back a result whose program was killed between two renames, and remove old leftovers of killed programs."""
    for kind in (_PREVIOUS, _DRAFT):
        for leftover in sorted(target.parent.glob(f".{glob.escape(target.name)}.{kind}-*")):
            with suppress(OSError):  # another program was faster
                if kind == _PREVIOUS and not target.exists():
                    os.rename(leftover, target)
                elif _age_seconds(leftover) > _LEFTOVERS_KEPT_SECONDS:
                    shutil.rmtree(leftover, ignore_errors=True)


def _age_seconds(folder: Path) -> float:
    """Return the time since anything in a folder was last written."""
    times = [path.stat().st_mtime for path in (folder, *folder.rglob("*"))]
    return time.time() - max(times)


def _beside(target: Path, kind: str) -> Path:
    return target.parent / f".{target.name}.{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def _unwritable(folder: Path, error: OSError) -> ExperimentError:
    return ExperimentError(f"{folder}: cannot be written ({told(error)}); give a folder that can be with --out")

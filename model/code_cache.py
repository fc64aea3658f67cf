"""The cache of compiled code: where it lies, and what to do without one.

Compiled code is kept between runs in a folder named after what it was made from: every file of ``model/``, the
versions of Python, numba and llvmlite, and the processor. Numba alone would keep serving an old copy of a rule that
was edited in another file (numba issue 1833); with the folder keyed this way an edit simply starts a new folder.

A cache only saves time. Whatever is wrong with it, the model is compiled in memory, and `trouble_of_cache` says why.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from model.litter import files_of

_MODEL_FOLDER = Path(__file__).parent
_NAME = "officials-under-accountability"
_LIFETIME_DAYS = 30
_OTHERS_MAY_WRITE = 0o022
_troubles: list[str] = []


def trouble_of_cache() -> str:
    """Return which place cannot be used as the cache and why; empty if all is well."""
    return _troubles[0] if _troubles else ""


class CodeCache:
    """Where compiled code is kept: in the user's cache folder, or in one of this process alone, which is removed."""

    def __init__(self) -> None:
        try:
            root = _root()
            self.folder = _own_folder(root / _key())
        except (OSError, RuntimeError) as error:  # there may be no home at all
            _note(error, getattr(error, "filename", None) or _wanted())
            self.folder = Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))
            atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        else:
            _forget_old_folders(root)

    def holds_code(self) -> bool:
        """Tell whether this very model lies compiled in the cache: if not, the first run takes some seconds more."""
        try:
            return any(self.folder.rglob("*.nbc"))
        except OSError:
            return False

    def cautious(self, compiler: Any, compiler_without_cache: Any) -> Callable[[Any], Any]:
        """Return a compiler that does without the cache wherever that cannot be used."""

        def compiling(function: Any) -> Any:
            try:
                dispatcher = compiler(function)
                self._watch(dispatcher)
            except (OSError, RuntimeError, UnicodeError, AttributeError) as error:
                _note(error, self.folder)
                return compiler_without_cache(function)
            return dispatcher

        return compiling

    def _watch(self, dispatcher: Any) -> None:
        """Let the cache of a function fail without a word to who calls it: what is damaged there is compiled anew."""
        cache = dispatcher._cache
        load, save = cache.load_overload, cache.save_overload

        def careful_load(*arguments: Any) -> Any:
            try:
                return load(*arguments)
            except Exception as error:  # whatever lies there, it is not what was written
                _note(error, self.folder)
                return None

        def careful_save(*arguments: Any) -> None:
            try:
                save(*arguments)
            except Exception as error:  # a full disk, an index that is damaged
                _note(error, self.folder)
                with suppress(Exception):
                    cache.flush()

        cache.load_overload, cache.save_overload = careful_load, careful_save


def _note(error: BaseException, place: object) -> None:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    _troubles.append(f"{place}: {reason}")


def _base() -> Path:
    chosen = next(filter(None, map(os.environ.get, ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"))), None)
    return Path(chosen).expanduser() if chosen else Path.home() / ".cache"


def _wanted() -> str:
    """Return where the cache would lie, for a message."""
    with suppress(RuntimeError):
        return str(_base() / _NAME)
    return "no home folder"


def _root() -> Path:
    """Return the user's folder for compiled code, made if need be; OSError if nothing can be written there."""
    root = _own_folder(_base() / _NAME)
    with tempfile.TemporaryFile(dir=root):
        return root


def _own_folder(folder: Path) -> Path:
    """Return a folder that this user alone may write to, made if need be; OSError if there is none.

    Compiled code is run without a question, so it is never taken from a place that others may write to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if hasattr(os, "geteuid"):
        about = folder.stat()
        if about.st_uid != os.geteuid():
            raise PermissionError(1, "belongs to another user, so its code is not run", str(folder))
        if about.st_mode & _OTHERS_MAY_WRITE:
            folder.chmod(about.st_mode & 0o777 & ~_OTHERS_MAY_WRITE)
    os.utime(folder)
    return folder


def _key() -> str:
    # Here and not above: whoever only asks what is wrong with the cache need not load the compiler.
    import llvmlite  # noqa: PLC0415
    import numba  # noqa: PLC0415
    from llvmlite import binding  # noqa: PLC0415

    versions = f"{sys.version}|{numba.__version__}|{llvmlite.__version__}"
    processor = f"{binding.get_host_cpu_name()}|{binding.get_host_cpu_features().flatten()}"
    made_with = f"{_hash_of_files()}|{versions}|{platform.machine()}|{processor}|".encode()
    return hashlib.sha256(made_with + os.fsencode(_MODEL_FOLDER)).hexdigest()[:20]


def _hash_of_files() -> str:
    """Return the SHA-256 of the files of ``model/``, whole: numba keeps line numbers, and this is quick."""
    digest = hashlib.sha256()
    for path in files_of(_MODEL_FOLDER, "*.py"):
        digest.update(os.fsencode(path.relative_to(_MODEL_FOLDER).as_posix()))
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _forget_old_folders(root: Path) -> None:
    """Remove compiled code that nobody has used for a month, so that edits do not fill the disk."""
    oldest = time.time() - _LIFETIME_DAYS * 24 * 3600
    with suppress(OSError):
        for folder in root.iterdir():
            with suppress(OSError):  # another process removed it first
                if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < oldest:
                    shutil.rmtree(folder, ignore_errors=True)

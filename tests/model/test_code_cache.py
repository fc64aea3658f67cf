"""The cache of compiled code saves time, and nothing that is wrong with it stops anybody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from model import code_cache
from model.code_cache import CodeCache
from tests.command_lines import ROOT, command

QUICK = ("simulate", "baseline", "--officials", "20", "--months", "2", "--replications", "1", "--no-charts")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(code_cache, "_troubles", [])
    return tmp_path / "officials-under-accountability"


def trouble_of_new_cache() -> tuple[CodeCache, str]:
    cache = CodeCache()
    return cache, code_cache.trouble_of_cache()


def test_that_the_cache_lies_in_the_users_folder_and_others_cannot_write_there(home: Path) -> None:
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    cache, trouble = trouble_of_new_cache()
    assert (cache.folder.parent, trouble) == (home, "")
    assert not home.stat().st_mode & 0o022
    assert not cache.holds_code()


def test_that_the_folder_for_numba_is_taken_if_one_is_given(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    assert CodeCache().folder.is_relative_to(tmp_path / "numba")
    assert not home.exists()


def file_in_its_place(home: Path) -> None:
    home.write_text("foreign")


def foreign_things(home: Path) -> None:
    home.mkdir()
    (home / "a file").write_text("foreign")
    (home / "a link").symlink_to("nowhere")


@pytest.mark.parametrize(("prepare", "is_trouble"), [(file_in_its_place, True), (foreign_things, False)])
def test_that_something_foreign_is_no_obstacle(home: Path, prepare: Callable[[Path], None], is_trouble: bool) -> None:
    prepare(home)
    cache, trouble = trouble_of_new_cache()
    assert cache.folder.is_dir()
    assert bool(trouble) == is_trouble
    assert (str(home) in trouble) == is_trouble


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only root gives folders away")
def test_that_code_of_another_user_is_not_run(home: Path) -> None:
    folder, _ = trouble_of_new_cache()
    os.chown(folder.folder, 12345, 12345)
    cache, trouble = trouble_of_new_cache()
    assert not cache.folder.is_relative_to(home)
    assert f"{folder.folder}: belongs to another user" in trouble


class Broken:
    """A cache of numba's that fails."""

    def load_overload(self, *_: object) -> None:
        raise EOFError("the file ends too early")

    def save_overload(self, *_: object) -> None:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_that_a_full_disk_or_a_damaged_file_is_noted_and_the_function_is_compiled(home: Path) -> None:
    class Dispatcher:
        _cache = Broken()

    cache, _ = trouble_of_new_cache()
    dispatcher = cache.cautious(lambda _function: Dispatcher(), lambda _function: None)(None)
    assert dispatcher._cache.load_overload("signature") is None
    dispatcher._cache.save_overload("signature", "code")
    assert code_cache.trouble_of_cache() == f"{cache.folder}: the file ends too early"


def test_that_a_function_is_compiled_without_a_cache_where_there_can_be_none(home: Path) -> None:
    def refused(_function: object) -> object:
        raise RuntimeError("no locator available")

    assert CodeCache().cautious(refused, lambda _function: "compiled")(None) == "compiled"


@pytest.mark.slow
def test_that_a_run_without_a_cache_says_so_in_one_line_that_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "officials-under-accountability").write_text("foreign")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        command(*QUICK), env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0
    assert done.stderr.count("compiled code is not kept") == 1
    assert str(tmp_path / "officials-under-accountability") in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are always UTF-8")
def test_that_the_program_runs_in_a_folder_whose_name_is_no_utf8(tmp_path: Path) -> None:
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb7\xbd\xb0\xb8"))
    place.mkdir()
    for name in ("model", "analysis", "app", "benchmarks", "scenarios", "run.py"):
        (place / name).symlink_to(ROOT / name)
    done = subprocess.run(
        [sys.executable, str(place / "run.py"), *QUICK, "--out", str(place / "r")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (place / "r" / "manifest.json").exists()

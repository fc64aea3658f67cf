"""Small files that belong together, and tables for other programs: whole or not at all, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from analysis.errors import ExperimentError
from analysis.store import table_files
from analysis.store.durable_files import write_durably
from analysis.store.table_files import write_table_file
from analysis.store.whole_files import write_files
from tests.command_lines import ROOT, names_in

resource = pytest.importorskip("resource", reason="needs a system that limits the size of files")

A_DAY = 24 * 3600


@contextmanager
def files_of_at_most(n_bytes: int) -> Iterator[None]:
    """Have the system take so many bytes of a file only, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_that_texts_and_bytes_are_written_under_their_names(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "kit", {"问.html": "答", "pictures/a.png": b"\x89"})
    assert paths == [tmp_path / "kit" / "问.html", tmp_path / "kit" / "pictures" / "a.png"]
    assert [path.read_bytes() for path in paths] == ["答".encode(), b"\x89"]


def test_that_a_full_disk_is_told_with_the_file_and_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    with files_of_at_most(100), pytest.raises(ExperimentError, match=r"report\.html: cannot be written .*make room"):
        write_files(tmp_path, {"report.html": "new" * 100})
    assert (tmp_path / "report.html").read_text() == "old"
    assert names_in(tmp_path) == {"report.html"}


def test_that_a_file_that_cannot_be_made_is_told_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "kit").write_text("")
    with pytest.raises(OSError, match=r"/kit/a\.html'$"):
        write_durably(tmp_path / "kit" / "a.html", b"")


def test_that_what_a_killed_program_left_of_a_file_is_removed_unless_it_may_be_in_work(tmp_path: Path) -> None:
    left, in_work, of_another = (f"{name}.tmp" for name in ("a.html.0011aabb", "a.html.ccdd2233", "b.html.0011aabb"))
    for name in (left, in_work, of_another):
        (tmp_path / name).write_text("half")
    for name in (left, of_another):
        os.utime(tmp_path / name, (time.time() - A_DAY, time.time() - A_DAY))
    write_files(tmp_path, {"a.html": "whole"})
    assert names_in(tmp_path) == {"a.html", in_work, of_another}


def test_that_a_table_has_a_name_of_any_length_that_the_system_takes(tmp_path: Path) -> None:
    table = pa.table({"seed": [1, 2]})
    path = tmp_path / ("问" * 83 + ".csv")  # 253 bytes
    written = write_table_file(table, path, "runs")
    assert names_in(tmp_path) == {file.name for file in written}
    assert len(written) == 3


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are always UTF-8")
@pytest.mark.parametrize("ending", ["csv", "parquet", "dta", "xlsx"])
def test_that_a_table_has_a_name_that_is_no_utf8_as_any_other(ending: str, tmp_path: Path) -> None:
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"{os.fsdecode(bytes((0xB7, 0xBD)))}.{ending}"
    written = write_table_file(pa.table({"seed": [1, 2]}), path, "runs")
    assert names_in(tmp_path) == {file.name for file in written}


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta"])
def test_that_a_table_for_which_there_is_no_room_leaves_nothing(ending: str, tmp_path: Path) -> None:
    table = pa.table({"seed": list(range(20_000))})
    path = tmp_path / f"t.{ending}"
    with files_of_at_most(1000), pytest.raises(ExperimentError, match=rf"t\.{ending}: cannot be written"):
        write_table_file(table, path, "runs")
    assert names_in(tmp_path) == set()


def test_that_a_full_temporary_folder_is_told_where_sheets_are_made_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")

    def full(_table: pa.Table, _name: str) -> bytes:
        raise RuntimeError("IO_ENOSPC")  # an error of the library that writes XML, and none of the system

    monkeypatch.setattr(table_files, "_workbook", full)
    with pytest.raises(ExperimentError, match=f"make room in {re.escape(tempfile.gettempdir())}"):
        write_table_file(pa.table({"seed": [1]}), tmp_path / "t.xlsx", "runs")
    assert names_in(tmp_path) == set()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a process that can be killed")
def test_that_what_a_killed_export_left_is_removed_by_the_next(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from analysis.store.table_files import _draft\n"
        "with _draft(Path(sys.argv[1])) as draft:\n"
        "    draft.write_bytes(bytes(1000)); print('half', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "panel.csv")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.kill()
    assert len(names_in(tmp_path)) == 1
    written = write_table_file(pa.table({"seed": [1]}), tmp_path / "other.csv", "runs")
    assert names_in(tmp_path) == {file.name for file in written}

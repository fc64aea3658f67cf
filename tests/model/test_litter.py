"""What systems and editors leave in folders hinders nobody, and what somebody has put there on purpose is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.code_hash import code_hash
from model.litter import files_of, is_litter

LITTER = (
    *(".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini", "._manifest.json", ".nfs0000000012", ".~lock.a.csv#"),
    *(".ipynb_checkpoints", ".manifest.json.swp", ".a.swo", "manifest.json~", "#notes.md#", ".#month.py", "~$a.xlsx"),
    *("__pycache__", ".directory", "lost+found", "@eaDir", ".fuse_hidden0001", "a.csv:Zone.Identifier", ".Trash-1000"),
)


@pytest.mark.parametrize("name", LITTER)
def test_that_what_nobody_has_put_there_on_purpose_is_litter(name: str) -> None:
    assert is_litter(name)


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "months.csv", "manifest.json", ".gitignore", "a.tmp", "结果"])
def test_that_what_somebody_may_miss_is_no_litter(name: str) -> None:
    assert not is_litter(name)


def test_that_litter_among_the_code_changes_no_hash_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    before = code_hash(files_of(tmp_path, "*.py"))
    (tmp_path / "._a.py").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / ".#a.py").symlink_to("nobody@nowhere")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "a.py").write_text("x = 2\n")
    assert code_hash(files_of(tmp_path, "*.py")) == before

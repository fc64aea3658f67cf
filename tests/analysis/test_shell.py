"""Commands that are printed can be copied."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from analysis.command_line.options import expanded
from analysis.shell import command, command_in_clone, quoted


@pytest.mark.skipif(os.name == "nt", reason="PowerShell has other rules")
def test_that_a_shell_reads_the_words_that_were_meant() -> None:
    words = ["report", "results/my sweep's plan", "--set", 'title="a b"', "$HOME", "方案", "*"]
    assert shlex.split(quoted(*words)) == words
    assert shlex.split(command("merge", Path("a b"))) == ["python", "run.py", "merge", "a b"]
    assert shlex.split(command_in_clone("status", "a;b"))[2:] == ["status", "a;b"]


def test_that_a_path_that_begins_with_a_dash_is_no_option() -> None:
    assert quoted("report", Path("-r")) == "report ./-r"


def test_that_the_home_folder_is_meant_where_no_shell_has_put_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("USERPROFILE", "/home/me")
    assert expanded("--out=~/x") == "--out=/home/me/x"
    assert expanded("~/mine.toml") == "/home/me/mine.toml"
    for text in ("./~", "a~b", "--set=a.b=~", "~nobody-of-this-name/x"):
        assert expanded(text) == text

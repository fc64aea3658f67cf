"""A command line in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

import run
from analysis.command_line.failures import exit_code_of
from tests.command_lines import Ending, Line


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    """Return a function that runs a command line in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def ended(*arguments: str) -> Ending:
        code = exit_code_of(lambda: run.app(list(arguments), standalone_mode=False))
        written = capsys.readouterr()
        return Ending(code, written.out, written.err)

    return ended

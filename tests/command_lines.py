"""Command lines for tests: sizes that are quick, and how a command ended."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SMALL = ("--officials", "60", "--replications", "3")
QUICK = (*SMALL, "--months", "6", "--no-charts")
TABLES = {"manifest.json", "months.parquet", "runs.parquet"}


class Ending(NamedTuple):
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Line = Callable[..., Ending]


def names_in(folder: Path) -> set[str]:
    """Return the names of what is in a folder."""
    return {path.name for path in folder.iterdir()}


def command(*arguments: str) -> list[str]:
    """Return the program and the arguments that run a command line in a process of its own."""
    return [sys.executable, str(ROOT / "run.py"), *arguments]

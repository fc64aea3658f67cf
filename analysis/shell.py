"""Commands that are printed to be copied: every word as a shell takes it, whatever signs are in it."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

CLONE = Path(__file__).parents[1]
# In a clone the program is its file run.py; installed as a package it is a command of its own.
PROGRAM = "run.py" if (CLONE / "run.py").is_file() else "officials"


def quoted(*words: object) -> str:
    """Return words as they are written on a command line; a path that begins with a dash is no option."""
    texts = [f"./{word}" if isinstance(word, Path) and str(word).startswith("-") else str(word) for word in words]
    return subprocess.list2cmdline(texts) if os.name == "nt" else shlex.join(texts)


def command(*words: object) -> str:
    """Return a command of this program as whoever reads it can run it where it is installed."""
    return f"python {PROGRAM} {quoted(*words)}" if PROGRAM.endswith(".py") else f"{PROGRAM} {quoted(*words)}"


def command_in_clone(*words: object) -> str:
    """Return a command of this program as it is run in a clone with the environment that README.md makes."""
    return f".venv/bin/python run.py {quoted(*words)}"

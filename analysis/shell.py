"""Commands that are printed to be copied: every word as a shell takes it, whatever signs are in it."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

# In a clone the program is its file run.py; installed from a wheel it is a command of its own.
IS_CLONE = (Path(__file__).parents[1] / "pyproject.toml").is_file()


def quoted(*words: object) -> str:
    """Return words as they are written on a command line; a path that begins with a dash is no option."""
    texts = [f"./{word}" if isinstance(word, Path) and str(word).startswith("-") else str(word) for word in words]
    return subprocess.list2cmdline(texts) if os.name == "nt" else shlex.join(texts)


def command(*words: object) -> str:
    """Return a command of this program as whoever reads it can run it where it is installed."""
    program = "python run" + ".py" if IS_CLONE else "officials"
    return f"{program} {quoted(*words)}"


def command_in_clone(*words: object) -> str:
    """Return a command of this program as it is run in a clone with the environment that README.md makes."""
    return f".venv/bin/python run.py {quoted(*words)}"

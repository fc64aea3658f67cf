"""Where a result comes from: enough to make it again, and to know later what it was made with."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from model.code_hash import model_hash
from model.scenario import Scenario, scenario_toml
from model.simulate import Result

SCHEMA_VERSION = 1
CREATOR = "officials-under-accountability"
_PACKAGES = (CREATOR, "numba", "llvmlite", "numpy", "pandas", "pyarrow", "scipy", "mesa")
_PROJECT_FOLDER = Path(__file__).parents[2]
_SECONDS_FOR_GIT = 60

Facts = dict[str, Any]


def manifest_of(results: Sequence[Result], task: str, engine: str, is_complete: bool) -> Facts:
    """Return the manifest of a result, but for what only its store knows: its files and the duration."""
    return {
        "schema_version": SCHEMA_VERSION,
        "creator": CREATOR,
        "task": task,
        "is_complete": is_complete,
        "engine": engine,
        "seed": results[0].seed if results else None,
        "scenarios": [_scenario(result) for result in results],
        "model_hash": model_hash(),
        "git": git_state(),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        "platform": {"system": platform.platform(), "machine": platform.machine()},
    }


def scenario_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of the complete text of a scenario, settings of the command line included."""
    return hashlib.sha256(scenario_toml(scenario).encode()).hexdigest()


def _scenario(result: Result) -> Facts:
    return {
        "name": result.scenario.name,
        "sha256": scenario_hash(result.scenario),
        "runs": stretches(result.run_numbers),
        "toml": scenario_toml(result.scenario),
    }


def stretches(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers as unbroken stretches: "0-39"."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [f"{first}-{last}" for first, last in found]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a folder that was never installed
        return None


@cache
def git_state() -> Facts | None:
    """Return the commit of the code and whether anything in it is changed; None where that cannot be known."""
    if not (_PROJECT_FOLDER / ".git").exists():
        return None
    commit, changed = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    return {"commit": commit, "is_clean": changed == ""} if commit is not None and changed is not None else None


def git_output(*arguments: str, folder: Path = _PROJECT_FOLDER) -> bytes | None:
    """Return what git answers on the repository of the code; None if it cannot, for whatever reason.

    Variables for git are left out: those of a hook or a shell are about another repository. The folder may belong to
    another user than the one who runs the code, as in an installation for a whole machine.
    """
    command = ["git", "-C", str(folder), "--no-optional-locks", "-c", "safe.directory=*", "-c", "core.fsmonitor=false"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [*command, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=_SECONDS_FOR_GIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return done.stdout


def _git(*arguments: str) -> str | None:
    """Return the answer as text: a path in it in the bytes of the file system, whatever the encoding of the locale."""
    answer = git_output(*arguments)
    return None if answer is None else os.fsdecode(answer).strip()

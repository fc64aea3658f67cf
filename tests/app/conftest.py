"""Tests of the page in Node and Chromium: left out, with the reason, where these are not installed; never in CI."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.builder.kernel_wasm import GENERATED, KERNEL, check_kernels

APP = Path(__file__).parent.parent.parent / "app"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LONGEST_SECONDS = 600

Asked = Callable[[dict[str, Any]], dict[str, Any]]


def missing(what: str, advice: str) -> None:
    """Leave a test out because something is not installed; where CI is set it fails instead."""
    message = f"{what} is missing: {advice}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def node() -> str:
    """Return the command of Node, with the packages of app/ in place."""
    command = shutil.which("node")
    if command is None:
        missing("Node", "install Node 20.19 or newer")
    if not (APP / "node_modules" / "vite").is_dir():
        missing("a package of app/", "run npm ci in app/")
    return str(command)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the command of Chromium; the environment variable CHROMIUM names another one."""
    names = (os.environ["CHROMIUM"],) if "CHROMIUM" in os.environ else CHROMIUM_NAMES
    commands = [command for command in map(shutil.which, names) if command]
    if not commands:
        missing("Chromium", "install it (Debian: apt-get install chromium) or name it in CHROMIUM")
    return commands[0]


def run(command: list[str], asked: Any = None) -> str:
    """Return what a command in app/ writes when it is handed something in JSON; what it complains of fails the test."""
    text = None if asked is None else json.dumps(asked, allow_nan=False)
    done = subprocess.run(
        command, cwd=APP, input=text, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def node_program(node: str, folder: Path) -> Path:
    """Return the page's own code as a program for Node, built into the folder."""
    build = [node, "node_modules/vite/bin/vite.js", "build", "--ssr", "tests/kernel/node.ts", "--emptyOutDir"]
    run([*build, "--outDir", str(folder)])
    return folder / "node.js"


@functools.cache
def refusal() -> str:
    """Return why the page refuses the kernel in app/generated; empty if it takes it, or if there is no Node to tell."""
    command = shutil.which("node")
    if command is None or not (APP / "node_modules" / "vite").is_dir():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        program = node_program(command, Path(folder))
        asked = [command, str(program), str(GENERATED / KERNEL)]
        done = subprocess.run(
            asked, input='{"requests": []}', capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
    found = re.search(r"KernelDiffers: (.*)", done.stderr)
    return found[1] if found else ""


_told: list[str] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let one test tell that the page refuses the kernel and leave out the others: their numbers would all be wrong."""
    if not {"in_node", "in_chromium"} & set(getattr(item, "fixturenames", ())) or not refusal():
        return
    if _told:
        pytest.skip("the page refuses the kernel, as another test tells")
    _told.append(refusal())
    pytest.fail(refusal(), pytrace=False)


@pytest.fixture(scope="session")
def kernel() -> Path:
    """Return the file of the kernel; the tests that need it all fail with one message if it is of another layout."""
    try:
        check_kernels()
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)
    return GENERATED / KERNEL


@pytest.fixture(scope="session")
def in_node(node: str, kernel: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return a function that asks the page's own code, run by Node, for answers."""
    program = node_program(node, tmp_path_factory.mktemp("node"))

    def asked(requests: dict[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = json.loads(run([node, str(program), str(kernel)], requests))
        return answers

    return asked


@pytest.fixture(scope="session")
def in_chromium(
    node: str, chromium: str, kernel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[list[Any]], Any]:
    """Return a function that opens a built page in Chromium from the disk and calls what it offers, in order."""
    del kernel
    folder = tmp_path_factory.mktemp("page")
    build = [node, "node_modules/vite/bin/vite.js", "build", "--config", "tests/kernel/vite.config.ts"]
    run([*build, "--outDir", str(folder)])

    def asked(calls: list[Any]) -> Any:
        script = [node, "tests/kernel/chromium.mjs", chromium, str(folder / "browser.html")]
        return json.loads(run(script, calls))

    return asked

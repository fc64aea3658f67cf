"""Start Solara's server for the page, on this machine only, and stop it with Ctrl-C."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.browser import open_beside

LANGUAGE, SCENARIO = "OFFICIALS_LANGUAGE", "OFFICIALS_SCENARIO"
_ROOT = Path(__file__).parents[__name__.count(".")]  # where the package lies, however it is installed
LOOPBACK = "127.0.0.1"
_MISSING = 'viz needs packages that are not installed: pip install -c constraints.txt -e ".[viz]"'
_LONGEST_START = 600.0  # on a slow machine, where the model is compiled first
# Solara reports nothing about whoever uses it; what its pages need it serves itself, from the package solara-assets.
_QUIET = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false", "SOLARA_ASSETS_PROXY": "true"}


class NotServedError(Exception):
    """The page cannot be served; its text tells the user what to do."""


def serve(scenario: str, language: str, where: tuple[int, bool], tell: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C.

    Parameters
    ----------
    scenario : the name or path of a scenario that can be read.
    where : the port, 0 for a free one, and whether to open the page in the browser.
    tell : is told the address once the page answers.

    Raises
    ------
    NotServedError
        If the extra "viz" is not installed, the port is taken, or the server ends by itself.
    """
    if any(importlib.util.find_spec(name) is None for name in ("solara", "altair")):
        raise NotServedError(_MISSING)
    port, is_opened = where
    port = _checked(port)
    places = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, **_QUIET, "PYTHONPATH": places, LANGUAGE: language, SCENARIO: scenario}
    running = subprocess.Popen(_program_of(port), env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, running)
        address = f"http://{LOOPBACK}:{port}"
        tell(address)
        if is_opened:
            open_beside(address)
        running.wait()
    except KeyboardInterrupt:
        pass
    finally:
        running.terminate()
        running.wait()


def _program_of(port: int) -> list[str]:
    module = f"{__name__.rpartition('.')[0]}.page"
    asked = [sys.executable, "-W", "ignore", "-m", "solara", "run", module, "--host", LOOPBACK, "--port", str(port)]
    return [*asked, "--no-open", "--production"]


def _checked(port: int) -> int:
    """Return a port that is free, a given one or any."""
    with closing(socket.socket()) as found:
        try:
            found.bind((LOOPBACK, port))
        except OSError as error:
            raise NotServedError(f"--port {port}: {error.strerror}; leave it out to take a free one") from None
        return int(found.getsockname()[1])


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _LONGEST_START
    while time.monotonic() < end:
        if running.poll() is not None:
            raise NotServedError(f"the server of the page ended by itself (exit code {running.returncode}); see above")
        with closing(socket.socket()) as trying:
            if trying.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.2)
    raise NotServedError(f"the server of the page did not answer within {_LONGEST_START:.0f} seconds")

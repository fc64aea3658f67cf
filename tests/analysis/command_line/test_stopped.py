"""That whatever stops a command, what is finished is kept and said, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.command_line.failures import exit_code_of
from tests.command_lines import ROOT

POLITE = ("SIGINT", "SIGTERM", "SIGHUP")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals")


def stopped(folder: Path, times: int, *signals: str) -> str:
    """Return what the script says in the end; it ends with an error if anything was lost."""
    script = "tests.analysis.command_line.stopping"
    command = [sys.executable, "-m", script, str(folder), str(times), "1", *signals]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=1500, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_that_a_few_polite_signals_and_kills_lose_nothing(tmp_path: Path) -> None:
    assert "nothing was lost" in stopped(tmp_path / "stopped", 2, "SIGTERM", "SIGHUP", "SIGKILL")


@pytest.mark.slow
def test_that_a_hundred_polite_signals_lose_nothing_and_are_told(tmp_path: Path) -> None:
    assert stopped(tmp_path / "polite", 100, *POLITE) == "100 times, and nothing was lost\n"


@pytest.mark.slow
def test_that_a_hundred_kills_leave_nothing_behind(tmp_path: Path) -> None:
    assert stopped(tmp_path / "killed", 100, "SIGKILL") == "100 times, and nothing was lost\n"


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_that_a_signal_gives_the_exit_code_that_shells_give(
    name: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    try:
        assert exit_code_of(lambda: signal.raise_signal(number)) == code
    finally:
        signal.signal(number, before)
    assert capsys.readouterr().err == "error: interrupted\n"


class Clearing:
    """What is cleared up when a signal comes: an exception there goes to nobody."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


def test_that_a_signal_is_not_lost_where_an_exception_would_be_swallowed() -> None:
    def clears_up_and_goes_on() -> None:
        Clearing()
        time.sleep(30)

    before = signal.getsignal(signal.SIGTERM)
    began = time.monotonic()
    try:
        assert exit_code_of(clears_up_and_goes_on) == 143
    finally:
        signal.signal(signal.SIGTERM, before)
    assert time.monotonic() - began < 20


def test_that_a_signal_that_is_ignored_as_under_nohup_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert exit_code_of(lambda: signal.raise_signal(signal.SIGHUP)) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_that_a_signal_while_the_program_is_loaded_ends_it_with_a_word(name: str, code: int, tmp_path: Path) -> None:
    # What is loaded late here sends the signal, in place of somebody who is quick.
    early = f"import os, signal\nos.kill(os.getpid(), signal.{name})\n"
    (tmp_path / "pydantic.py").write_text(early, encoding="utf-8")
    script = (
        "import runpy, signal, sys, typer\n"
        f"signal.signal(signal.{name}, signal.SIG_DFL)\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "[sys.modules.pop(name) for name in list(sys.modules) if name.partition('.')[0] == 'pydantic']\n"
        f"sys.argv = ['run.py', 'list']\nrunpy.run_path({str(ROOT / 'run.py')!r}, run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr == "error: interrupted before anything had begun\n"


def test_that_a_signal_after_all_is_done_changes_nothing() -> None:
    script = (
        "import atexit, os, signal, sys, run\n"
        "[signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)]\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGTERM)\n"
        "sys.argv = ['run.py', 'list']\nrun.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "baseline" in done.stdout

"""The program in a shell: Ctrl-C, pipes, full disks and other encodings are nothing to stumble over."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command_lines import QUICK, ROOT, TABLES, command, names_in


def test_that_ctrl_c_on_the_running_program_ends_it_without_a_traceback(tmp_path: Path) -> None:
    # A program that is started in the background may have been told to ignore Ctrl-C; this one is not.
    listening = (
        "import runpy, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "sys.argv = sys.argv[1:]; sys.path.insert(0, sys.argv.pop(0)); runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    arguments = command("simulate", "baseline", "--replications", "100000", "--no-charts", "--out", "r")[1:]
    with subprocess.Popen(
        [sys.executable, "-c", listening, str(ROOT), *arguments],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        while not list(tmp_path.glob(".r.draft-*")):
            assert program.poll() is None
            time.sleep(0.05)
        time.sleep(1.0)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "error: interrupted; " in err
    assert "Traceback" not in err


def test_that_a_reader_who_leaves_early_is_no_error_and_the_result_is_stored(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("simulate", "baseline", *QUICK), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        program.stdout.close()
        assert program.stderr is not None
        err = program.stderr.read()
    assert program.returncode == 0
    assert "Traceback" not in err
    assert names_in(tmp_path / "results" / "baseline") == TABLES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_that_an_output_that_cannot_be_written_is_told_and_the_result_is_stored(tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            command("simulate", "baseline", *QUICK),
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert names_in(tmp_path / "results" / "baseline") == TABLES


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}]
)
def test_that_chinese_is_written_as_far_as_the_output_can_show_it(environment: dict[str, str]) -> None:
    done = subprocess.run(
        command("list", "--language", "zh"), env={**os.environ, **environment}, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"baseline" in done.stdout
    assert b"Traceback" not in done.stderr


def test_that_what_goes_into_a_pipe_is_plain(tmp_path: Path) -> None:
    done = subprocess.run(
        command("compare", "baseline", "crackdown", *QUICK), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "\x1b" not in done.stdout
    assert not re.search("[─-╿]", done.stdout)
    table = done.stdout.partition("measure ")[2]
    assert max(map(len, table.splitlines())) <= 120
    assert re.search(r"^innovation_rate +crackdown +[\d.]+% +[+-][\d.]+ +\[", done.stdout, re.M)
    manifest = json.loads((tmp_path / "results/baseline_vs_crackdown/manifest.json").read_text())
    assert [scenario["name"] for scenario in manifest["scenarios"]] == ["baseline", "crackdown"]


def test_that_a_python_without_the_packages_says_what_to_run() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "run.py"), "list"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "without the package typer" in done.stderr
    assert ".venv/bin/python" in done.stderr


@pytest.mark.parametrize("command", ["--help", "list", "describe campaign"])
def test_that_what_simulates_nothing_waits_for_nothing_that_only_others_use(command: str) -> None:
    others = {"SALib", "matplotlib", "mesa", "pandas", "pyarrow", "rocrate", "scipy.stats", "starlette", "uvicorn"}
    ours = {"analysis.store.experiment", "benchmarks.speed"}
    script = (
        "import contextlib, io, sys, run\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    run.app({command.split()}, standalone_mode=False)\n"
        f"print(sorted({others | ours} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_that_names_in_chinese_work_where_the_system_knows_plain_letters_only(tmp_path: Path) -> None:
    text = 'schema = 2\nextends = "baseline"\n[title]\nzh = "方案"\n[question]\nzh = "如何？"\n'
    (tmp_path / "方案.toml").write_text(text, encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": str(tmp_path / "王 小明")}
    environment = {**os.environ, **plain, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    line = command("check", "方案.toml", "--language", "zh")
    done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "方案.toml" in done.stdout.decode()

"""Places as they are: litter in them, names of many bytes, drafts of killed programs, git in any language."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.arrow_files import is_known_to_arrow
from analysis.execution.comparison import write_result
from analysis.execution.sweep import sweep
from analysis.store import provenance
from analysis.store.atomic_folder import drop, new_draft
from analysis.store.file_names import shortened
from analysis.store.findings import read_findings, write_findings
from analysis.store.results import read_result
from model.scenario import find_scenario, with_settings
from model.simulate import Result, simulate
from tests.command_lines import ROOT, names_in
from tests.made_experiments import made_experiment, silent

LITTER = (".DS_Store", "Thumbs.db", "._manifest.json", ".manifest.json.swp")
NO_UTF8 = os.fsdecode(b"\xb7\xbd\xb0\xb8")
not_utf8 = pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are always UTF-8")


def small(seed: int = 1) -> Result:
    return simulate(with_settings(find_scenario("baseline"), {}, 60, 4), 2, seed)


def test_that_litter_is_no_obstacle_to_a_new_result_and_stays(tmp_path: Path) -> None:
    folder = write_result(small(), tmp_path / "r")
    for name in LITTER:
        (folder / name).write_text("")
    write_result(small(seed=2), folder)
    assert read_result(folder).manifest["seed"] == 2
    assert names_in(folder) == {"manifest.json", "months.parquet", "runs.parquet", *LITTER}
    assert not set(LITTER) & set(read_result(folder).manifest["files"])


def test_that_litter_is_no_obstacle_to_going_on_with_a_sweep(tmp_path: Path) -> None:
    sweep(made_experiment(4), tmp_path / "s", shard=(1, 2), workers=1, watch=silent())
    for place in (tmp_path / "s", tmp_path / "s" / "parts", tmp_path / "s" / "parts" / "shard-1-of-2"):
        (place / ".DS_Store").write_text("")
        (place / ".ipynb_checkpoints").mkdir()
    assert sweep(made_experiment(4), tmp_path / "s", workers=1, watch=silent()).is_complete


def test_that_a_name_is_cut_by_its_bytes() -> None:
    assert shortened("问" * 100, 5, 255) == "问" * 83
    assert shortened("short", 5, 255) == "short"


def test_that_a_result_with_the_longest_name_can_be_stored(tmp_path: Path) -> None:
    name = "问" * 85  # 255 bytes
    assert read_result(write_result(small(), tmp_path / name)).manifest["seed"] == 1
    assert read_result(write_result(small(seed=2), tmp_path / name)).manifest["seed"] == 2
    assert names_in(tmp_path) == {name}


@not_utf8
def test_that_a_place_whose_name_is_no_utf8_is_a_place_as_any_other(tmp_path: Path) -> None:
    place = tmp_path / NO_UTF8
    assert not is_known_to_arrow(place)
    assert read_result(write_result(small(), place)).manifest["seed"] == 1
    assert sweep(made_experiment(4), place.with_name(f"{NO_UTF8}s"), workers=1, watch=silent()).is_complete
    table = pd.DataFrame({"a": [1.5, 2.5]})
    write_findings(tmp_path / f"{NO_UTF8}f", {"table": table}, {"lock": "x"})
    pd.testing.assert_frame_equal(read_findings(tmp_path / f"{NO_UTF8}f", ("table",))[0]["table"], table)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be killed")
def test_that_the_drafts_of_a_killed_program_are_removed_at_the_next_start_and_those_of_a_living_one_stay(
    tmp_path: Path,
) -> None:
    code = (
        "import sys, time; from pathlib import Path; from analysis.store.atomic_folder import new_draft;"
        "draft = new_draft(Path(sys.argv[1])); (draft / 'panel.parquet').write_bytes(bytes(1000));"
        "print(draft.name, flush=True); time.sleep(60)"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / name)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for name in ("other", "r")
    ]
    drafts = [program.stdout.readline().strip() for program in programs if program.stdout]
    assert names_in(tmp_path) == set(drafts)
    programs[0].send_signal(signal.SIGKILL)
    programs[0].wait()
    draft = new_draft(tmp_path / "r")
    assert names_in(tmp_path) == {drafts[1], draft.name}
    programs[1].send_signal(signal.SIGKILL)
    programs[1].wait()
    drop(draft)
    drop(new_draft(tmp_path / "r"))
    assert names_in(tmp_path) == set()
    for program in programs:
        if program.stdout:
            program.stdout.close()


def test_that_a_draft_that_is_being_made_is_not_taken_for_a_leftover(tmp_path: Path) -> None:
    (tmp_path / ".r.draft-1-00aabbcc").mkdir()
    (tmp_path / ".r.draft-1-00aabbcc" / "lock").write_text("")
    drop(new_draft(tmp_path / "r"))
    assert names_in(tmp_path) == {".r.draft-1-00aabbcc"}
    long_ago = time.time() - 3 * 24 * 3600
    for path in (tmp_path / ".r.draft-1-00aabbcc" / "lock", tmp_path / ".r.draft-1-00aabbcc"):
        os.utime(path, (long_ago, long_ago))
    drop(new_draft(tmp_path / "r"))
    assert names_in(tmp_path) == set()


def test_that_the_commit_is_known_whatever_variables_are_set_for_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "王小明"
    place.mkdir()
    git = ["git", "-C", str(place), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)
    (place / "方案.txt").write_text("x", encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "提交"], check=True)
    expected = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True).stdout.decode().strip()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr("locale.getencoding", lambda: "gbk", raising=False)
    monkeypatch.setattr(provenance, "_PROJECT_FOLDER", place)
    monkeypatch.setattr(provenance.git_output, "__kwdefaults__", {"folder": place})
    assert provenance.git_state.__wrapped__() == {"commit": expected, "is_clean": True}


def test_that_git_that_fails_in_any_way_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (OSError(2, "no git"), subprocess.TimeoutExpired("git", 60), ValueError("embedded null byte")):

        def failing(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(subprocess, "run", failing)
        assert provenance.git_output("status") is None

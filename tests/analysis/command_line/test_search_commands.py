"""The command search: what it says, what it stores, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.analysis.search.made_searches import TINY, made_file
from tests.command_lines import Line

pytest.importorskip("pymoo")


def test_that_a_dry_run_prints_runs_and_time_and_writes_nothing(line: Line, tmp_path: Path) -> None:
    ending = line("search", str(made_file(tmp_path)), "--dry-run")
    assert ending.code == 0, ending.err
    assert f"{8 * 3 * 3} runs" in ending.out
    assert "for the search on" in ending.out
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.toml"]


def test_that_it_says_and_stores_what_is_left_in_both_languages(line: Line, tmp_path: Path) -> None:
    path = made_file(tmp_path)
    english = line("search", str(path))
    assert english.code == 0, english.err
    assert "All numbers below are from the fresh worlds." in english.out
    assert "None of these is the optimum" in english.out
    chinese = line("search", str(path), "--language", "zh")
    assert "以下数字全部来自新情形" in chinese.out
    tables = {"front.csv", "bounds.csv", "failing.csv", "agreement.csv", "summary.json", "scenarios", "figures"}
    pages = {f"{name}.{language}.html" for name in ("report", "front") for language in ("en", "zh")}
    assert tables | pages == {found.name for found in (tmp_path / "results" / "tiny-front").iterdir()}


def test_that_a_mistake_ends_in_one_message(line: Line, tmp_path: Path) -> None:
    ending = line("search", str(made_file(tmp_path, TINY.replace("exemption.probability", "work.urgency"))))
    assert ending.code == 2
    line_of_lever = TINY[: TINY.index("exemption.probability")].count("\n") + 1
    assert f"line {line_of_lever}," in ending.err
    assert "is not a decision of policy" in ending.err
    assert "Traceback" not in ending.err
    assert line("search", "nowhere.toml").code == 2

"""The command search: what it says, what it stores, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
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
    tables = {
        "front.csv",
        "bounds.csv",
        "failing.csv",
        "failures.csv",
        "agreement.csv",
        "summary.json",
        "scenarios",
        "figures",
    }
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


def test_that_where_a_package_of_a_search_fails_can_be_asked_again(line: Line, tmp_path: Path) -> None:
    searched = line("search", str(made_file(tmp_path)), "--no-charts")
    assert searched.code == 0, searched.err
    folder = tmp_path / "results" / "tiny"
    failures = pd.read_csv(folder.with_name("tiny-front") / "failures.csv")
    assert next(iter(failures)) == "work.complexity"
    shares = {
        int(str(name).removeprefix("fails_")): failures[name].mean() for name in failures if "fails_" in str(name)
    }
    told = next((number for number, share in shares.items() if 0.0 < share < 1.0), None)
    for number, share in shares.items():
        assert f"Package {number} fails in {100 * share:.0f}% of them (95% interval " in searched.out
    assert told is not None
    ending = line("discover", str(folder), "--package", str(told), "--resamples", "50")
    assert ending.code == 0, ending.err
    assert ending.out.splitlines()[0] in searched.out, "the search says the same"
    beside = folder.with_name("tiny-box")
    assert json.loads((beside / "summary.json").read_text(encoding="utf-8"))["package"] == told
    assert (beside / "report.en.html").is_file()
    for options, sentence in (
        ((), "--package is missing: "),
        (("--package", "99"), f"--package 99: is not there: {folder.with_name('tiny-front')} has packages 1 to"),
        (("--package", "1", "--when", "innovation_rate < 0.1"), "leave --when out"),
        (("--package", "1", "--of", "difference"), "leave --of out"),
    ):
        refused = line("discover", str(folder), *options)
        assert refused.code == 2
        assert sentence in refused.err
        assert refused.err.count("error:") == 1
    (folder.with_name("tiny-front") / "failures.csv").unlink()
    assert "search again" in line("discover", str(folder), "--package", "1").err
    (folder.with_name("tiny-front") / "summary.json").unlink()
    assert "this search is not finished" in line("discover", str(folder), "--package", "1").err

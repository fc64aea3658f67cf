"""The commands of evidence: what they print, write and refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from model.scenario import read_scenario
from tests.command_lines import ROOT, Line, names_in

DATA = ROOT / "data" / "exemption"
EXAMPLES = ROOT / "data" / "examples"
INVENTED = str(EXAMPLES / "cases_invented.csv")


def test_that_evidence_says_in_both_languages_what_the_texts_and_cases_tell(line: Line) -> None:
    ending = line("evidence", "--no-charts")
    assert ending.code == 0
    assert "131 texts were coded, 46 of them read whole" in ending.out
    assert re.search(r"Filing in advance +3 +46 +82 +2% – 65%", ending.out)
    assert "共编码131份文本" in line("evidence", "--no-charts", "--language", "zh").out


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_evidence_writes_a_report_with_charts_in_one_file(line: Line, tmp_path: Path, language: str) -> None:
    assert line("evidence", "--no-simulate", "--language", language, "--out", "found").code == 0
    page = (tmp_path / "found" / f"evidence.{language}.html").read_text(encoding="utf-8")
    assert page.count("data:image/svg+xml;base64,") == 6
    assert "<script" not in page
    assert len(names_in(tmp_path / "found" / "figures")) == 12


def test_that_cases_and_counts_and_texts_are_checked(line: Line) -> None:
    assert "93 rows, 93 cases, valid" in line("cases", "check", str(DATA / "cases.csv")).out
    assert "2 rows of counts, valid" in line("cases", "check", str(DATA / "counts.csv")).out
    assert "131 documents, 27 items, valid" in line("texts", "check", str(DATA / "texts.csv")).out


def test_that_all_faults_of_a_file_are_one_message_with_exit_code_2(line: Line, tmp_path: Path) -> None:
    text = (DATA / "cases.csv").read_text(encoding="utf-8").replace(",exempt,", ",exempted,")
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    ending = line("cases", "check", "mine.csv")
    assert ending.code == 2
    assert len(ending.err.splitlines()) == 15
    assert all(told.startswith("error: mine.csv, line ") for told in ending.err.splitlines())
    assert "Traceback" not in ending.err


def test_that_an_estimate_needs_a_stance(line: Line) -> None:
    ending = line("cases", "estimate", INVENTED)
    assert ending.code == 2
    assert "error: --selection: is missing, and has no default" in ending.err


def test_that_an_estimate_prints_what_is_told_and_writes_all_its_files(line: Line, tmp_path: Path) -> None:
    ending = line("cases", "estimate", INVENTED, "--selection", "none", "--draws", "20")
    assert ending.code == 0
    assert "Invented data: made up to teach or to test." in ending.out
    assert "Published cases taken for all cases." in ending.out
    assert "Left out, as coders do not agree: filed." in ending.out
    assert "cannot be learned from honest cases alone" in ending.out
    folder = tmp_path / "results" / "cases_invented-evidence"
    tables = {"estimates.csv", "bounds.csv", "agreement.csv", "draws.csv"}
    assert names_in(folder) == tables | {
        "summary.json",
        "scenario.toml",
        "experiment.toml",
        "coded.csv",
        "report.en.html",
        "figures",
    }
    assert len(pd.read_csv(folder / "draws.csv")) == 20
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    assert "<h1>Invented data: Estimates from cases_invented.csv</h1>" in page
    scenario = read_scenario(folder / "scenario.toml")
    made_with = str(dict(scenario.provenance)["made_with"]).removeprefix("run.py ")
    assert made_with == "cases estimate cases_invented.csv --selection none --draws 20"
    described = line("describe", str(folder / "scenario.toml")).out
    assert "Invented data: From the cases of cases_invented.csv" in described
    assert "Made from: made_by cases estimate" in described


def test_that_agreement_lists_what_to_adjudicate(line: Line, tmp_path: Path) -> None:
    pytest.importorskip("nltk")
    ending = line("cases", "agreement", INVENTED, "--out", "compared")
    assert re.search(r"filed +107 +6% +0\.6\d\d", ending.out)
    listed = pd.read_csv(tmp_path / "compared" / "adjudication.csv")
    assert {"case_id", "column", "A", "B"} == set(listed)


def test_that_cases_coded_once_have_no_agreement(line: Line) -> None:
    ending = line("cases", "agreement", str(DATA / "cases.csv"))
    assert ending.code == 2
    assert "no case was coded twice" in ending.err


def test_that_without_nltk_the_command_says_what_to_install(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nltk.metrics.agreement", None)
    ending = line("cases", "agreement", INVENTED)
    assert ending.code == 2
    told = 'needs packages that are not installed: pip install -c constraints.txt -e ".[evidence]"'
    assert told in ending.err


def test_that_a_coded_text_becomes_a_scenario_that_can_be_checked_and_swept(line: Line, tmp_path: Path) -> None:
    texts = str(EXAMPLES / "texts_invented.csv")
    ending = line("texts", "scenario", texts, "--document", "county_a_zh", "--out", "mine.toml")
    assert ending.code == 0
    assert "Said in the text, not in the model: No private gain as a condition" in ending.out
    assert names_in(tmp_path) >= {"mine.toml", "mine-maps.csv", "mine-maps.toml"}
    assert line("check", "mine.toml").code == 0
    made_with = str(dict(read_scenario(tmp_path / "mine.toml").provenance)["made_with"])
    assert made_with == "run.py texts scenario texts_invented.csv --document county_a_zh --out mine.toml"
    assert line("sweep", "mine-maps.toml", "--dry-run").code == 0


def test_that_texts_are_precoded_into_a_table_and_pages(line: Line, tmp_path: Path) -> None:
    ending = line("texts", "precode", str(EXAMPLES / "texts_invented"), "--out", "coding")
    assert "6 texts pre-coded" in ending.out
    assert len(names_in(tmp_path / "coding")) == 7
    assert line("texts", "check", "coding/to_code.csv").code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("texts", "scenario", str(DATA / "texts.csv"), "--document", "x", "--out", "mine.toml"), "has no document"),
        (
            ("texts", "scenario", str(DATA / "texts.csv"), "--document", "x", "--out", "mine"),
            "is no name of a scenario",
        ),
        (("texts", "precode", "nowhere", "--out", "x"), "is no folder"),
        (("evidence", "--data", "nowhere"), "has no texts.csv"),
        (("cases", "estimate", INVENTED, "--selection", "none", "--draws", "0"), "--draws 0: allowed are 1 to"),
        (("cases", "estimate", INVENTED, "--selection", "none", "--count", "x"), "write for example --count"),
    ],
)
def test_that_a_mistake_is_one_message(line: Line, arguments: tuple[str, ...], told: str) -> None:
    ending = line(*arguments)
    assert ending.code == 2
    assert told in ending.err
    assert "Traceback" not in ending.err


@pytest.mark.slow
def test_that_every_command_on_a_scenario_from_invented_data_says_so(line: Line, tmp_path: Path) -> None:
    assert line("cases", "estimate", INVENTED, "--selection", "none", "--draws", "20", "--no-charts").code == 0
    folder = tmp_path / "results" / "cases_invented-evidence"
    scenario, band = str(folder / "scenario.toml"), "Invented data: made up to teach or to test."
    small = ("--officials", "20", "--months", "6")
    for words in (
        ("simulate", scenario, *small, "--replications", "1", "--no-charts"),
        ("compare", "baseline", scenario, *small, "--replications", "1", "--no-charts"),
        ("explain", scenario, "--official", "3", "--month", "4", *small),
        ("sweep", str(folder / "experiment.toml"), "--dry-run"),
        ("ablate", scenario, *small, "--replications", "2"),
    ):
        ending = line(*words)
        assert ending.code == 0, ending.err
        assert band in ending.out, words
    assert band not in line("simulate", "baseline", *small, "--replications", "1", "--no-charts").out

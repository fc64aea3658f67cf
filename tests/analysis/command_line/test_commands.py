"""Every command does what it says, and tells it in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from analysis.command_line import task
from analysis.report.charts.all_charts import CHARTS_OVER_TIME
from analysis.store.results import read_result
from benchmarks import speed
from model.catalogue import LANGUAGES
from model.measures import headline_measures
from model.parameters import Parameters
from model.scenario import find_scenario, shipped_scenarios, with_settings
from tests.command_lines import QUICK, SMALL, TABLES, Line, names_in

COMMANDS = ("simulate", "compare", "list", "describe", "check", "explain", "bench")
MORE_COMMANDS = ("sweep", "status", "rerun", "merge", "export", "sensitivity", "map", "ablate", "report", "bundle")
MORE_COMMANDS += ("evidence",)


def test_that_without_a_command_every_shipped_scenario_is_compared_with_the_baseline(line: Line) -> None:
    ending = line(*SMALL)
    assert ending.code == 0
    stored = read_result("results/main")
    assert set(stored.months["scenario"]) == set(shipped_scenarios())
    assert set(stored.months["jurisdiction"]) == {"all"}
    assert len(stored.runs) == 3 * len(shipped_scenarios())
    assert stored.effects is not None
    assert stored.severity_exemption is not None
    assert len(stored.severity_exemption) == 13 * 13 * 3
    assert stored.manifest["task"] == "main"
    charts = (*CHARTS_OVER_TIME, "paired_effects", "severity_exemption")
    assert names_in(Path("results/main/charts")) == {f"{name}.{kind}" for name in charts for kind in ("png", "svg")}
    lines = ending.out.splitlines()
    for name in shipped_scenarios():
        (row,) = (text for text in lines if text.startswith(f"{name} "))
        assert row.count("±") == (0 if name == "baseline" else len(headline_measures()))


def test_that_policies_whose_changes_begin_after_the_end_are_left_out_of_the_main_job_and_named(line: Line) -> None:
    ending = line(*QUICK)
    assert ending.code == 0
    assert "left out: reform" in ending.err
    assert "reform" not in ending.out


def test_that_one_scenario_is_simulated_with_its_jurisdictions_and_charts(line: Line) -> None:
    ending = line("simulate", "four_provinces", "--replications", "2", "--months", "24")
    assert ending.code == 0
    assert "do nothing" in ending.out
    stored = read_result("results/four_provinces")
    assert list(stored.months["jurisdiction"].cat.categories) == ["all", *(f"Province {name}" for name in "ABCD")]
    assert {"time_fans.png", "action_mix.svg"} <= names_in(Path("results/four_provinces/charts"))


def test_that_a_chart_says_which_scenario_it_shows_and_by_which_command(line: Line) -> None:
    about = {}
    for out, certainty in (("mild", "0.5"), ("sure", "0.9")):
        setting = f"accountability.certainty={certainty}"
        line("simulate", "baseline", *SMALL, "--months", "6", "--set", setting, "--out", out)
        with Image.open(f"{out}/charts/time_fans.png") as picture:
            about[out] = picture.text
        assert about[out]["Command"] == f"run.py simulate baseline --officials 60 --months 6 --set {setting}"
        shown = read_result(out).manifest["scenarios"][0]["sha256"][:12]
        assert about[out]["Scenarios"] == f"baseline ({shown})"
    assert about["mild"]["Scenarios"] != about["sure"]["Scenarios"]


def test_that_in_a_pipe_a_sentence_is_one_line(line: Line) -> None:
    first = line("compare", "baseline", "crackdown", *QUICK).out.splitlines()[0]
    assert len(first) > 120
    assert first.startswith("Under crackdown")
    assert first.endswith(").")


def test_that_the_months_of_jurisdictions_can_be_chosen_either_way(line: Line) -> None:
    line("simulate", "baseline", *QUICK, "--no-by-jurisdiction")
    assert set(read_result("results/baseline").months["jurisdiction"]) == {"all"}
    line("compare", "baseline", "crackdown", *QUICK, "--by-jurisdiction", "--set", "size.jurisdictions=20")
    assert len(set(read_result("results/baseline_vs_crackdown").months["jurisdiction"])) == 21


def test_that_the_first_scenario_compared_is_the_reference(line: Line) -> None:
    ending = line("compare", "crackdown", "baseline", *QUICK)
    assert ending.code == 0
    effects = read_result("results/crackdown_vs_baseline").effects
    assert effects is not None
    assert set(effects["reference"]) == {"crackdown"}
    assert "Under baseline instead of crackdown" in ending.out


def test_that_settings_and_sizes_reach_the_model(line: Line, tmp_path: Path) -> None:
    line("simulate", "baseline", *QUICK, "--set", "behaviour.actions=inaction,innovation", "--seed", "9")
    stored = read_result("results/baseline")
    assert (stored.months["routine_rate"] == 0).all()
    assert stored.months["month"].max() == 5
    assert set(stored.runs["seed"]) == {9}
    assert 'actions = [\n    "inaction",' in stored.manifest["scenarios"][0]["toml"]


def test_that_workers_and_engine_change_no_number(line: Line) -> None:
    ways = {"one": ("--workers", "1"), "two": ("--workers", "2"), "mesa": ("--engine", "mesa")}
    for name, way in ways.items():
        assert line(
            "simulate", "campaign", "--officials", "60", "--replications", "2", "--no-charts", "--out", name, *way
        )
    months = {name: Path(name, "months.parquet").read_bytes() for name in ways}
    assert months["one"] == months["two"] == months["mesa"]


def test_that_a_panel_is_stored_beside_the_tables_and_changes_no_number(line: Line) -> None:
    line("simulate", "baseline", *QUICK, "--panel", "--out", "with")
    line("simulate", "baseline", *QUICK, "--out", "without")
    assert names_in(Path("with")) == {*TABLES, "panel.parquet"}
    assert Path("with/months.parquet").read_bytes() == Path("without/months.parquet").read_bytes()


def test_that_every_shipped_scenario_is_listed_and_described_in_both_languages(line: Line) -> None:
    for language in LANGUAGES:
        listed = line("list", "--language", language).out
        for name in shipped_scenarios():
            assert re.search(rf"^{name}\s+\S", listed, re.M)
            described = line("describe", name, "--language", language)
            assert described.code == 0
            assert described.out.startswith(name)


def test_that_a_description_says_what_differs_when_and_where(line: Line) -> None:
    usual = Parameters().accountability.certainty
    change = find_scenario("campaign").changes[0]
    harsh, when = change.settings["accountability.certainty"], f"from month {change.month + 1} to month {change.until}"
    said = f"Certainty of accountability: {usual:g} -> {harsh:g} (probability per failure), {when}"
    assert said in line("describe", "campaign").out
    assert (
        "Exemption rate: 0.4 -> 0.8 (probability), from month 61 on, coming in over 24 months"
        in line("describe", "reform").out
    )
    assert "Complexity of tasks: 0.35 -> 0.55 (probability), in Province D" in line("describe", "four_provinces").out
    assert "Nothing differs" in line("describe", "baseline").out
    assert f"问责确定性：{usual:g} -> {harsh:g}" in line("describe", "campaign", "--language", "zh").out


def test_that_check_tells_of_every_file_and_fails_if_one_is_wrong(line: Line) -> None:
    Path("good.toml").write_text(
        'schema = 2\nextends = "baseline"\ntitle = {en = "a", zh = "b"}\nquestion = {en = "a", zh = "b"}\n'
    )
    Path("bad.toml").write_text("schema = 2\nnonsense = 3\n")
    assert line("check", "good.toml", "baseline").code == 0
    ending = line("check", "bad.toml", "good.toml", "none.toml")
    assert ending.code == 2
    assert "good.toml: valid" in ending.out
    assert "error: bad.toml, line 2" in ending.err
    assert "error: none.toml: there is no such file" in ending.err


def test_that_an_explanation_shows_terms_draw_deed_and_what_else_would_have_been(line: Line) -> None:
    ending = line("explain", "campaign", "--official", "18", "--month", "41")
    assert ending.code == 0
    shown = ("Fear of accountability for an honest failure", "What care saves", "The draw was 0.844", "Did: ", "--set")
    for words in (*shown, "if it was not filed", "Reviewers' nerve", "urgent: complexity", "The best care: "):
        assert words in ending.out
    in_force = find_scenario("campaign").changes[0].settings["accountability.certainty"]
    other = line("explain", "campaign", "--official", "18", "--month", "41", "--set", "accountability.certainty=0.01")
    assert f"had been 0.01 instead of {in_force:g}, with the same luck" in other.out
    assert "Would have done" in other.out
    assert "laid end to end in one order" in other.out
    assert line("explain", "campaign", "--official", "18", "--month", "41", "--language", "zh").code == 0


def test_that_an_urgent_month_is_told_and_has_no_time_to_file(line: Line) -> None:
    always = line("explain", "baseline", "--official", "3", "--month", "5", "--set", "work.urgency=1")
    assert always.code == 0
    assert "not open" in always.out


def test_that_every_command_has_help_with_an_example(line: Line) -> None:
    for command in ((), *((name,) for name in COMMANDS)):
        ending = line(*command, "--help")
        assert ending.code == 0
        assert re.search(r"Examples?:?\n\s+python run\.py", ending.out)


def test_that_no_help_shows_how_it_is_written_or_a_place_that_is_not_used(line: Line) -> None:
    known = line("--help").out.split("Commands:")[1]
    commands = [[name] for name in re.findall(r"^  ([a-z]+) ", known, re.MULTILINE)]
    assert {*COMMANDS, *MORE_COMMANDS, "search", "discover", "structure"} <= {name for (name,) in commands}
    groups = [["cases", "check"], ["cases", "agreement"], ["cases", "estimate"], ["texts", "precode"]]
    for words in (*commands, *groups, ["texts", "check"], ["texts", "scenario"], []):
        text = line(*words, "--help").out
        assert "\\b" not in text
        assert "results/<name>" not in text


def test_that_people_count_months_from_1_in_words(line: Line) -> None:
    told = line("describe", "campaign").out
    assert "from month 37 to month 72" in told
    assert "Official 18 in month 41 of run 0" in line("explain", "campaign", "--official", "18", "--month", "41").out


@pytest.mark.slow
def test_that_speeds_of_all_engines_are_measured_side_by_side(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    small = with_settings(find_scenario("baseline"), {}, 60, 3)
    monkeypatch.setattr(speed, "find_scenario", lambda _name: small)
    monkeypatch.setattr(speed, "national_scenario", lambda _baseline: with_settings(small, {}, 600))
    ending = line("bench", "--national")
    assert ending.code == 0
    assert len(re.findall(r"^(?:Mesa|NumPy|compiled)", ending.out, re.M)) == 4
    assert "600 officials in 20 jurisdictions, 3 months:" in ending.out


def test_that_a_first_run_says_that_it_compiles(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "compiling" not in line("simulate", "baseline", *QUICK).err
    monkeypatch.setattr(task.CODE_CACHE, "holds_code", lambda: False)
    assert line("simulate", "baseline", *QUICK).err.startswith("compiling (first run only)")


def test_that_a_single_run_has_no_interval_and_says_so(line: Line) -> None:
    for command in (("simulate", "baseline"), ("compare", "baseline", "crackdown")):
        ending = line(*command, *QUICK, "--replications", "1")
        assert ending.code == 0
        assert "An interval needs at least two runs." in ending.out

"""What is wrong is said in one message, before anything is simulated, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.command_line.actions import carry_out
from analysis.command_line.words import comparison
from tests.command_lines import QUICK, Line, names_in

SEVERITY = "accountability.severity=0.5"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate", "baseline", "--seed", "-1"), "seed -1 is not allowed: give a whole number from 0 to 4294967295"),
        (("simulate", "baseline", "--seed", "x"), "--seed"),
        (("simulate", "baseline", "--replications", "0"), "0 replications are not allowed"),
        (("simulate", "baseline", "--workers", "0"), "0 workers are not allowed"),
        (("simulate", "baseline", "--officials", "0"), "size.officials"),
        (("simulate", "baseline", "--months", "0"), "months"),
        (("simulate", "baseline", "--engine", "steam"), "mesa"),
        (("simulate", "baseline", "--language", "fr"), "zh"),
        (("simulate", "baselin"), "did you mean baseline?"),
        (("simulate", "nowhere.toml"), "there is no such file"),
        (("simulate", "baseline", "--set", "accountability.certainty"), "write for example"),
        (("simulate", "baseline", "--set", "acountability.certainty=1"), "did you mean accountability.certainty?"),
        (("simulate", "baseline", "--set", "accountability.certainty=2"), "accountability.certainty"),
        (("simulate", "baseline", "--set", "work.complexity=0", "--set", "work.complexity=1"), "is given twice"),
        (("simulate", "baseline", "--panel", "--engine", "mesa"), "--panel needs --engine ensemble"),
        (("simulate",), "SCENARIO"),
        (("compare", "baseline"), "two scenarios or more"),
        (("compare", "baseline", "baseline"), 'called "baseline"'),
        (("nonsense",), "nonsense"),
        (("--seed", "3", "list"), "--seed stands before list"),
        (("--set", "work.complexity=0", "simulate", "baseline"), "--set stands before simulate"),
        (("explain", "baseline", "--month", "3"), "--official"),
        (("explain", "baseline", "--official", "1001", "--month", "3"), "baseline has 1 to 1,000"),
        (("explain", "baseline", "--official", "0", "--month", "3"), "baseline has 1 to 1,000"),
        (("explain", "baseline", "--official", "1", "--month", "121"), "baseline has 1 to 120"),
        (("explain", "baseline", "--official", "1", "--month", "3", "--set", "size.months=9"), "does not act"),
    ],
)
def test_that_a_mistake_ends_in_one_message_and_exit_code_2(line: Line, arguments: tuple[str, ...], words: str) -> None:
    ending = line(*arguments)
    assert ending.code == 2
    assert words in ending.err
    assert all(text.startswith("error: ") for text in ending.err.splitlines())
    assert ending.out == ""
    assert not Path("results").exists() or names_in(Path("results")) == set()


def test_that_policies_of_other_sizes_are_not_compared(line: Line) -> None:
    text = 'title = {en = "a", zh = "b"}\nquestion = {en = "a", zh = "b"}\n'
    size = "[size]\nofficials = 70\njurisdictions = 7\nmonths = 120\n"
    Path("mine.toml").write_text(f"schema = 2\n{text}{size}")
    ending = line("compare", "baseline", "mine.toml")
    assert ending.code == 2
    assert "mine has 70 officials and baseline has 1,000" in ending.err
    assert line("compare", "baseline", "mine.toml", *QUICK).code == 0


def test_that_a_folder_that_holds_something_else_is_refused_before_anything_is_simulated(line: Line) -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("notes")
    ending = line("simulate", "baseline", *QUICK, "--out", "mine")
    assert ending.code == 2
    assert "mine: holds notes.txt" in ending.err
    assert ending.out == ""
    assert names_in(Path("mine")) == {"notes.txt"}


def test_that_a_file_in_place_of_the_folder_is_refused(line: Line) -> None:
    Path("file").write_text("")
    assert "file: is a file" in line("simulate", "baseline", *QUICK, "--out", "file").err
    ending = line("simulate", "baseline", *QUICK, "--out", "file/below")
    assert ending.code == 2
    assert "cannot be written" in ending.err


def test_that_too_little_memory_is_said(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(carry_out, "execute", no_memory)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 2
    assert "not enough memory" in ending.err


def test_that_an_error_of_the_program_itself_is_not_hidden(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(comparison, "measure_means", broken)
    with pytest.raises(ZeroDivisionError):
        line("simulate", "baseline", *QUICK)
    assert names_in(Path("results")) == {"baseline"}


def test_that_a_setting_that_does_nothing_is_refused_and_one_that_does_in_part_is_told(line: Line) -> None:
    ending = line("simulate", "four_provinces", *QUICK, "--set", "work.complexity=0.5")
    assert ending.code == 2
    assert "every listed jurisdiction has a value of its own" in ending.err
    ending = line("simulate", "campaign", "--officials", "60", "--replications", "2", "--no-charts", "--set", SEVERITY)
    assert ending.code == 0
    assert "acts in months 1 to 36, 73 to 120 of 120" in ending.err
    for place in ("everywhere", "Province A"):
        setting = f"{place}:work.complexity=0.5"
        assert line("simulate", "four_provinces", *QUICK, "--out", place, "--set", setting).code == 0
    assert "no jurisdiction" in line("simulate", "baseline", *QUICK, "--set", "there:work.complexity=0.5").err


def test_that_a_scenario_is_compared_with_itself_under_other_settings(line: Line) -> None:
    ending = line("compare", "baseline", *QUICK, "--against", SEVERITY, "--out", "one")
    assert ending.code == 0, ending.err
    assert "Under baseline+accountability.severity=0.5 instead of baseline" in ending.out
    both = f"baseline:{SEVERITY}:exemption.probability=0.9"
    ending = line("compare", "baseline", both, *QUICK)
    assert ending.code == 0, ending.err
    assert "baseline+accountability.severity=0.5+exemption.probability=0.9" in ending.out
    assert line("compare", "baseline", "baseline:accountability.severity=7", *QUICK).code == 2
    assert "called" in line("compare", "baseline", *QUICK, "--against", SEVERITY, "--against", SEVERITY).err

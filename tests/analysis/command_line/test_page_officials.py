"""The command line with the page's settings: the same jurisdictions, the same officials."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.command_line.options import Choices, chosen_scenario
from tests.command_lines import Line

ONE_OFFICIAL = ("--officials", "100", "--months", "12", "--official", "17", "--month", "10", "--seed", "3")


@pytest.mark.parametrize(("officials", "jurisdictions"), [(10, 1), (100, 2), (125, 3), (200, 4), (2000, 40)])
def test_that_jurisdictions_keep_their_size_as_on_the_page(officials: int, jurisdictions: int) -> None:
    assert chosen_scenario("baseline", Choices(officials=officials)).n_jurisdictions == jurisdictions


def test_that_jurisdictions_that_are_chosen_or_listed_stay() -> None:
    chosen = Choices(officials=200, settings=["size.jurisdictions=5"])
    assert chosen_scenario("baseline", chosen).n_jurisdictions == 5
    assert chosen_scenario("four_provinces", Choices(officials=200)).n_jurisdictions == 4


def test_that_explain_takes_the_settings_of_a_page_from_the_first_month_on(line: Line) -> None:
    Path("mine.toml").write_text(
        """
        schema = 2
        extends = "baseline"
        title = { en = "Mine", zh = "自定义" }
        question = { en = "What if?", zh = "如果？" }
        [size]
        officials = 100
        jurisdictions = 2
        months = 12
        [accountability]
        severity = 0.5
        """,
        encoding="utf-8",
    )
    of_file = line("explain", "mine.toml", *ONE_OFFICIAL[4:])
    set_here = line("explain", "baseline", *ONE_OFFICIAL, "--from-start", "accountability.severity=0.5")
    assert of_file.code == set_here.code == 0
    assert "Official 17 in month 10" in set_here.out
    assert set_here.out.replace("baseline", "mine") == of_file.out
    assert set_here.out != line("explain", "baseline", *ONE_OFFICIAL).out

"""Names and numbers of a table are never cut nor broken, however narrow the terminal is."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from analysis.command_line.tables import print_table
from analysis.command_line.words.scenarios import print_list
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.parameters import parameter_paths
from model.scenario import find_scenario, shipped_scenarios

INTERVAL = "0.123 [0.100, 0.146]"


def console_of(width: int, is_terminal: bool) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=is_terminal, no_color=True, highlight=False)


def text_of(console: Console) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize("width", [200, 120, 80, 44])
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_names_and_numbers_stay_whole(width: int, is_terminal: bool, language: Language) -> None:
    paths = sorted(parameter_paths(), key=len)[-12:]
    labels = [words_in(language).text(f"parameters.{path}.label") for path in paths]
    console = console_of(width, is_terminal)
    rows = [(path, INTERVAL, INTERVAL, INTERVAL, "matters") for path in paths]
    keys = ("factor", "index_mu_star", "index_mu", "index_sigma", "verdict")
    print_table(console, [words_in(language).text(f"statistics.{key}") for key in keys], rows)
    print_table(console, ("label", "value"), [(label, INTERVAL) for label in labels])
    text = text_of(console)
    assert "…" not in text
    assert text.count(INTERVAL) == 4 * len(paths)
    for path in paths:
        assert path in text
    for label in labels:
        assert label in text or width == 44
    if is_terminal:
        assert max(map(cell_len, text.splitlines())) <= width


def test_that_a_table_with_room_has_a_line_a_row() -> None:
    console = console_of(80, True)
    print_table(console, ("name", "value"), [("a", "1"), ("b", "2")], title="title")
    lines = [line.strip() for line in text_of(console).splitlines() if line.strip(" ─")]
    assert [line.split() for line in lines] == [["title"], ["name", "value"], ["a", "1"], ["b", "2"]]


@pytest.mark.parametrize(("width", "is_terminal"), [(120, True), (80, True), (44, True), (120, False)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_list_of_scenarios_keeps_the_questions(width: int, is_terminal: bool, language: Language) -> None:
    console = console_of(width, is_terminal)
    print_list(console, words_in(language))
    text = re.sub(r"\s+", "", text_of(console))
    if not is_terminal:
        assert len(text_of(console).splitlines()) == 1 + len(shipped_scenarios())
    for name in shipped_scenarios():
        scenario = find_scenario(name)
        assert name in text
        if width != 120 or not is_terminal:
            assert re.sub(r"\s+", "", getattr(scenario.question, language)) in text

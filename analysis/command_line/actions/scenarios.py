"""List, describe and check scenarios: what these commands do, without loading what simulates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.command_line.failures import EXIT_FAILURE, complain
from analysis.command_line.terminal import standard_output
from analysis.command_line.words.scenarios import print_description, print_list
from analysis.report.section_words import said, size_text
from analysis.words import words_in
from model.catalogue import Language
from model.scenario import ScenarioError, find_scenario, read_scenario, shipped_scenarios


def list_scenarios(language: Language) -> None:
    """Print the shipped scenarios."""
    print_list(standard_output(), words_in(language))


def describe(name: str, language: Language) -> None:
    """Print what a scenario asks and how it differs from the baseline."""
    print_description(standard_output(), find_scenario(name), find_scenario("baseline"), words_in(language))


def check(files: Sequence[str], language: Language) -> int:
    """Print which files are valid scenarios, complain about the others, and return the exit code."""
    words, console, n_wrong = words_in(language), standard_output(), 0
    for file in files:
        try:
            scenario = find_scenario(file) if file in shipped_scenarios() else read_scenario(Path(file))
        except ScenarioError as error:
            n_wrong += 1
            complain(str(error))
        else:
            texts = {"title": said(scenario.title, words), "size": size_text(scenario, words)}
            console.print(words.text("command_line.valid").format(file=file, **texts), soft_wrap=True)
    return EXIT_FAILURE if n_wrong else 0

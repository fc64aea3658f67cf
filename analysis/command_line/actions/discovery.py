"""What the command of scenario discovery does and says."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from analysis.command_line.task import tell_if_invented
from analysis.command_line.terminal import note, standard_output
from analysis.discovery.conditions import Of, condition_of
from analysis.discovery.discovery import How, Method
from analysis.discovery.of_experiment import discover as discover_in
from analysis.discovery.of_experiment import write_discovery
from analysis.discovery.report import write_report
from analysis.discovery.sentences import sentences_of, what_of
from analysis.errors import ExperimentError
from analysis.store.experiment import open_experiment
from analysis.store.findings import folder_beside
from analysis.words import words_in
from model.catalogue import Language


class Search(NamedTuple):
    """How conditions are looked for, as chosen on the command line."""

    method: Method
    density: float
    resamples: int


def discover(result: Path, when: str, of: tuple[Of, str], search: Search, shown: tuple[bool, Language]) -> None:
    """Print under which conditions something comes out in a sweep, and store tables and report beside it."""
    has_charts, language = shown
    words, console = words_in(language), standard_output()
    if of[1] != "reference":
        raise ExperimentError(f"--against {of[1]}: is not allowed; write reference, the base scenario of the sweep")
    if not 0.0 < search.density <= 1.0:
        raise ExperimentError(f"--density {search.density:g}: is not allowed; give a share above 0, at most 1")
    condition = condition_of(when, of[0])
    experiment = open_experiment(result)
    how = How(search.method, search.density, search.resamples, experiment.specification.design.seed)
    note(words.text("discovery.method").format(n=f"{len(experiment.points):,}"))
    found = discover_in(experiment, condition, how)
    tell_if_invented([experiment.specification.base], words)
    for sentence in sentences_of(what_of(condition, words), found, words):
        console.print(sentence, soft_wrap=True)
    files = write_discovery(experiment, condition, found)
    if has_charts:
        page = write_report(experiment, condition, found, language)
        console.print(words.text("discovery.report_written").format(file=page), soft_wrap=True)
    names = ", ".join(path.name for path in files)
    note(words.text("command_line.stored").format(folder=folder_beside(result, "box"), files=names))

"""What the command of the search for policies does and says."""

from __future__ import annotations

from pathlib import Path

from analysis.command_line.failures import InterruptedTaskError
from analysis.command_line.tables import print_table
from analysis.command_line.task import tell_band, tell_if_compiling
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import duration
from analysis.execution.sweep import RESULTS, SweepWatch
from analysis.search.front import write_front
from analysis.search.report import write_report
from analysis.search.search import estimate_of
from analysis.search.search import search as search_for
from analysis.search.search_file import find_search
from analysis.search.sentences import (
    difference_head,
    difference_rows,
    failing_sentences,
    lever_head,
    lever_rows,
    objective_head,
    objective_rows,
    plan_sentences,
    result_sentences,
)
from analysis.store.findings import folder_beside
from analysis.words import words_in
from model.catalogue import Language


def search(name: str, how: tuple[bool, int | None, Path | None], shown: tuple[bool, Language]) -> None:
    """Print what is searched, then search, unless it is for looking only, and print what is left in fresh worlds."""
    has_charts, language = shown
    words, console = words_in(language), standard_output()
    is_dry, workers, out = how
    plan = find_search(name)
    folder = out or RESULTS / plan.name
    tell_band(plan.is_invented, words)
    for sentence in plan_sentences(plan, words):
        console.print(sentence, soft_wrap=True)
    tell_if_compiling(words)
    if is_dry:
        pilot = estimate_of(plan, folder, workers)
        texts = {"time": duration(pilot.seconds * plan.generations, words), "workers": pilot.workers}
        console.print(words.text("search.time").format(**texts), soft_wrap=True)
        return
    try:
        with progress(words.text("search.searching"), sum(plan.runs)) as advance:
            found = search_for(plan, folder, workers=workers, watch=SweepWatch(advance, note))
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("statistics.interrupted")) from None
    console.print()
    for sentence in result_sentences(found, words):
        console.print(sentence, soft_wrap=True)
    console.print()
    print_table(console, lever_head(found, words), lever_rows(found, words))
    console.print(words.text("search.how_to_read"), soft_wrap=True)
    print_table(console, objective_head(found, words), objective_rows(found, words))
    console.print(words.text("search.differences"), soft_wrap=True)
    print_table(console, difference_head(found, words), difference_rows(found, words))
    for sentence in failing_sentences(found, words):
        console.print(sentence, soft_wrap=True)
    files = write_front(found, folder)
    if has_charts:
        report, page = write_report(found, folder, language)
        console.print(words.text("search.report_written").format(file=report, page=page), soft_wrap=True)
    names = ", ".join(path.name for path in files)
    note(words.text("command_line.stored").format(folder=folder_beside(folder, "front"), files=names))

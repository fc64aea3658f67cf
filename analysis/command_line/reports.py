"""The commands that hand an experiment on: report, bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.experiments import ResultFolder
from analysis.command_line.options import InLanguage, Out
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import gap_lines, size
from analysis.publication.bundle import bundle as write_bundle
from analysis.publication.report import report as write_report
from analysis.store.experiment import Experiment, open_experiment
from model.catalogue import Catalogue, labels

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

AllowIncomplete = Annotated[bool, typer.Option("--allow-incomplete", help="go on though runs are missing, and say so")]
ZipFile = Annotated[Path | None, typer.Option("--out", help="file to write  [default: RESULT.zip]")]


@commands.command()
def report(
    result: ResultFolder, out: Out = None, allow_incomplete: AllowIncomplete = False, language: InLanguage = "en"
) -> None:
    r"""Write the report of an experiment as one HTML file.

    It tells the question, the design, planned against run, the effects, maps, sensitivity, limits, the method and how
    to reproduce it. What map, sensitivity and ablate have found is shown, too. It goes to RESULT-report, with the
    charts as PNG and SVG.

    \b
    Examples:
      python run.py report results/severity_exemption_map
      python run.py report results/morris_screening --language zh --out report
    """
    words = labels(language)
    _tell_gaps(open_experiment(result), words)

    @contextmanager
    def drawing(n: int) -> Iterator[Callable[[float], None]]:
        with progress(words.text("report.drawing"), n) as advance:
            yield advance

    written = write_report(result, out, language=language, allow_incomplete=allow_incomplete, drawing=drawing)
    standard_output().print(words.text("report.written").format(file=written.page), soft_wrap=True)


@commands.command()
def bundle(
    result: ResultFolder,
    out: ZipFile = None,
    allow_incomplete: AllowIncomplete = False,
    language: InLanguage = "en",
) -> None:
    r"""Put an experiment into one zip to publish or to archive.

    It holds the data, the scenario, the experiment's file, the code, the documents, the citation, the report in both
    languages, and RO-Crate metadata; README.md in it says how to run it again. It goes to RESULT.zip.

    \b
    Example:
      python run.py bundle results/severity_exemption_map
    """
    words = labels(language)
    _tell_gaps(open_experiment(result), words)
    note(words.text("report.bundling"))
    made = write_bundle(result, out, allow_incomplete=allow_incomplete)
    texts = {"file": made.file, "size": size(made.file.stat().st_size), "n": f"{len(made.names):,}"}
    standard_output().print(words.text("report.bundled").format(**texts), soft_wrap=True)


def _tell_gaps(experiment: Experiment, words: Catalogue) -> None:
    for label, line in gap_lines(experiment.gaps(), words):
        note(f"{label}: {line}")

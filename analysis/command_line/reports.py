"""The commands that hand an experiment on: report, bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.experiments import ResultFolder
from analysis.command_line.options import InLanguage, Out

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

AllowIncomplete = Annotated[bool, typer.Option("--allow-incomplete", help="go on though runs are missing, and say so")]
ZipFile = Annotated[Path | None, typer.Option("--out", help="file to write  [default: RESULT.zip]")]


@commands.command()
def report(
    result: ResultFolder, out: Out = None, allow_incomplete: AllowIncomplete = False, language: InLanguage = "en"
) -> None:
    """Write the report of an experiment as one HTML file.

    It tells the question, the design, planned against run, the effects, maps, sensitivity, limits, the method and how
    to reproduce it. What map, sensitivity and ablate have found is shown, too. It goes to RESULT-report, with the
    charts as PNG and SVG.

    \b
    Examples:
      python run.py report results/severity_exemption_map
      python run.py report results/morris_screening --language zh --out report
    """
    from analysis.command_line.actions import reports as actions

    actions.report(result, out, allow_incomplete, language)


@commands.command()
def bundle(
    result: ResultFolder,
    out: ZipFile = None,
    allow_incomplete: AllowIncomplete = False,
    language: InLanguage = "en",
) -> None:
    """Put an experiment into one zip to publish or to archive.

    It holds the data, the scenario, the experiment's file, the code, the documents, the citation, the report in both
    languages, and RO-Crate metadata; README.md in it says how to run it again. It goes to RESULT.zip.

    \b
    Example:
      python run.py bundle results/severity_exemption_map
    """
    from analysis.command_line.actions import reports as actions

    actions.bundle(result, out, allow_incomplete, language)

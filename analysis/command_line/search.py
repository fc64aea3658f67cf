"""The command of the search for policies: search."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.command_line.evidence import WithCharts
from analysis.command_line.experiments import DryRun
from analysis.command_line.options import InLanguage, Out, Workers

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

SearchName = Annotated[
    str, typer.Argument(metavar="SEARCH", help="a shipped search (scenarios/searches) or a TOML file")
]


@commands.command()
def search(
    name: SearchName,
    dry_run: DryRun = False,
    workers: Workers = None,
    out: Out = None,
    charts: WithCharts = True,
    language: InLanguage = "en",
) -> None:
    """Look for packages of policy that hold up in many worlds.

    What is found in some worlds is run again in fresh ones, and only these numbers are shown. The generations go to
    results/SEARCH; tables, a report with charts and at most eight packages as scenarios to results/SEARCH-front. After
    an interruption of any kind the same command goes on.

    \b
    Examples:
      python run.py search robust_policies --dry-run
      python run.py search mine.toml --workers 2
    """
    from analysis.command_line.actions import search as actions

    actions.search(name, (dry_run, workers, out), (charts, language))

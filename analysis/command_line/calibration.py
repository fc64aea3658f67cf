"""The command that calibrates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import InLanguage, Out, Workers

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

What = Annotated[str, typer.Argument(metavar="TARGETS", help="a file of targets, a shipped one, or results/X")]
Rounds = Annotated[int, typer.Option(help="tables, each over the box of the last posterior; 1 to 4")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="print the plan and stop")]
Check = Annotated[bool, typer.Option("--check", help="of a result: check its intervals anew; nothing is run")]
Validate = Annotated[bool, typer.Option("--validate", help="of a result: predict from its draws anew")]
Accept = Annotated[bool, typer.Option("--accept-uncalibrated", help="write draws though intervals cannot be trusted")]


@commands.command()
def calibrate(
    targets: What,
    rounds: Rounds = 1,
    dry_run: DryRun = False,
    check: Check = False,
    validate: Validate = False,
    accept_uncalibrated: Accept = False,
    workers: Workers = None,
    out: Out = None,
    language: InLanguage = "en",
) -> None:
    """Say which parameters the targets in a file tell, and which they do not.

    A table of simulations, a posterior, whether its intervals can be trusted, and what it predicts for targets that
    were kept out. The table goes to results/NAME, findings and draws.csv, to sweep over, to results/NAME-posterior.

    \b
    Examples:
      python run.py calibrate base_rates --dry-run
      python run.py calibrate mine.toml --rounds 2
      python run.py calibrate results/mine --check
      python run.py sweep results/mine-posterior/experiment.toml
    """
    from analysis.command_line.actions import calibration as actions

    chosen = actions.ChosenCalibration(rounds, accept_uncalibrated, workers)
    if check or validate:
        actions.look_again(Path(targets), chosen, validate, language)
    else:
        actions.calibrate(targets, out, chosen, dry_run, language)

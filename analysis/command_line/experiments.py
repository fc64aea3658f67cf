"""The commands of experiments: sweep, status, rerun, merge, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.command_line.options import InLanguage, Out, Workers
from analysis.errors import ExperimentError

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

_EXPERIMENT = "a shipped experiment (scenarios/experiments) or a TOML file"
ExperimentName = Annotated[str, typer.Argument(metavar="EXPERIMENT", help=_EXPERIMENT)]
ResultFolder = Annotated[Path, typer.Argument(metavar="RESULT", help="folder that sweep has written")]
OtherFolders = Annotated[
    list[Path] | None, typer.Argument(metavar="[OTHER]...", help="folders with other shards of the same experiment")
]
ShardText = Annotated[str | None, typer.Option("--shard", metavar="I/N", help="do the I-th of N shares of the runs")]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="let the workers of a Dask cluster do the runs")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="print the plan and stop")]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="stop when a run fails or times out")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="do runs again that failed or timed out")]
Reuse = Annotated[
    Path | None,
    typer.Option(metavar="RESULT", help="take the runs of an experiment that is the same but for its replications"),
]
RunId = Annotated[int, typer.Option("--run", metavar="ID", help="id of the run, as in the table")]
ToFile = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="file to write: .csv (and codebook, R script), .parquet, .dta, .xlsx"),
]
CsvFile = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="CSV file to write")]
Adjust = Annotated[
    Literal["holm", "benjamini_hochberg"] | None,
    typer.Option(help="effects: p values adjusted for all comparisons in the table"),
]
AnyResult = Annotated[Path, typer.Argument(metavar="RESULT", help="folder that sweep, simulate or compare has written")]
TableName = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="of an experiment table, reference, series or effects; of a result runs, months, effects, ratios, panel "
        "or severity_exemption  [default: the first]",
    ),
]


@commands.command()
def sweep(
    experiment: ExperimentName,
    out: Out = None,
    workers: Workers = None,
    shard: ShardText = None,
    scheduler: Scheduler = None,
    dry_run: DryRun = False,
    fail_fast: FailFast = False,
    retry_failed: RetryFailed = False,
    reuse: Reuse = None,
    language: InLanguage = "en",
) -> None:
    """Run an experiment, or go on with it.

    The plan is printed first, with the time and room that a pilot of three seconds promises. The result goes to
    results/EXPERIMENT. After an interruption of any kind the same command goes on. The exit code is 0 if all runs that
    were to be done have numbers, and 2 if some failed or timed out.

    \b
    Examples:
      python run.py sweep severity_exemption_map --dry-run
      python run.py sweep mine.toml --workers 4
      python run.py sweep mine.toml --shard 2/8
      python run.py sweep mine.toml --reuse results/mine --out results/mine_more
      python run.py sweep mine.toml --scheduler tcp://10.0.0.1:8786
    """
    from analysis.command_line.actions import experiments as actions

    chosen = actions.Chosen(workers, shard_of_text(shard), scheduler, fail_fast, retry_failed, reuse)
    actions.sweep(experiment, out, chosen, dry_run, language)


@commands.command()
def status(result: ResultFolder, language: InLanguage = "en") -> None:
    """Say how far an experiment is and what is missing.

    It may be running. Damaged files are named. The exit code is 2 if there are any, or runs that failed or timed out;
    that runs are still missing is no error.

    \b
    Example:
      python run.py status results/severity_exemption_map
    """
    from analysis.command_line.actions import experiments as actions

    actions.status(result, language)


@commands.command()
def rerun(result: ResultFolder, run: RunId, out: Out = None, language: InLanguage = "en") -> None:
    """Do one run of an experiment again, into tables and charts.

    It is simulated from its row alone, and said whether the numbers are the same. The result goes to RESULT-run-ID.

    \b
    Example:
      python run.py rerun results/severity_exemption_map --run 1234
    """
    from analysis.command_line.actions.rerun import rerun_into

    rerun_into(result, run, out, language)


@commands.command()
def merge(result: ResultFolder, others: OtherFolders = None, language: InLanguage = "en") -> None:
    """Put the shards of an experiment together.

    The exit code is 0 if all runs are there and have numbers, and 2 if not.

    \b
    Examples:
      python run.py merge results/mine
      python run.py merge results/whole machine_a/mine machine_b/mine
    """
    from analysis.command_line.actions import experiments as actions

    actions.merge(result, others or [], language)


@commands.command()
def export(
    result: AnyResult,
    to: ToFile = None,
    csv: CsvFile = None,
    table: TableName = None,
    adjust: Adjust = None,
    language: InLanguage = "en",
) -> None:
    """Write a table of an experiment or of a result for another program.

    The ending of the file says which: CSV, Parquet, Stata or Excel (extra tables; without --table all tables, a sheet
    each). Labels and units of the columns are in it, or beside it.

    \b
    Examples:
      python run.py export results/severity_exemption_map --to runs.csv
      python run.py export results/main --table effects --adjust holm --to effects.dta
    """
    from analysis.command_line.actions import experiments as actions

    actions.export(result, (to, csv), (table, adjust), language)


def shard_of_text(text: str | None) -> tuple[int, int] | None:
    """Return (i, n) of "i/n"; ExperimentError if it is none."""
    if text is None:
        return None
    i, _, n = text.partition("/")
    if not (i.isdecimal() and n.isdecimal()):
        raise ExperimentError(f"--shard {text}: is no share; write for example --shard 1/4 for the first of four")
    return int(i), int(n)

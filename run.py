"""The command line: `python run.py` does the main job, `python run.py --help` tells the rest."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # while all is loaded Ctrl-C simply ends the program

import typer

from analysis.command_line import analyses, evidence, experiments, options, reports, scenarios
from analysis.command_line.failures import exit_code_of
from analysis.command_line.options import Choices
from app import command_line as page
from app.room import command_line as room
from benchmarks import command_line as bench

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
@options.with_choices
def main_job(context: typer.Context, choices: Choices) -> None:
    """Officials under accountability: innovate, play safe, or do nothing?

    Without a command, every shipped scenario is compared with the baseline; tables and charts go to results/main.

    \b
    Examples:
      python run.py
      python run.py --language zh --out results/zh
      python run.py simulate crackdown --officials 50000
      python run.py compare baseline crackdown --set accountability.publicity=0.5
      python run.py explain campaign --official 17 --month 40
    """
    if context.invoked_subcommand is not None:
        options.refuse_before_command(context)
        return
    from analysis.command_line.actions import comparisons  # noqa: PLC0415 - nothing else needs to wait for it

    comparisons.main_job(choices)


for group in (scenarios, bench, experiments, analyses, evidence, reports, page, room):
    app.add_typer(group.commands)

if __name__ == "__main__":
    sys.exit(exit_code_of(lambda: app(standalone_mode=False)))

"""The command line: `python run.py` does the main job, `python run.py --help` tells the rest."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # while all is loaded Ctrl-C simply ends the program

import typer

from analysis.command_line import analyses as statistics
from analysis.command_line import experiments, options, reports
from analysis.command_line.actions import scenarios as commands
from analysis.command_line.failures import exit_code_of
from analysis.command_line.options import Choices
from analysis.officials.explanation import Who
from app import command_line as page
from model.simulate import DEFAULT_SEED

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
    commands.main_job(choices)


@app.command()
@options.with_choices
def simulate(scenario: options.ScenarioName, choices: Choices) -> None:
    """Simulate one scenario.

    The result goes to results/SCENARIO.

    \b
    Examples:
      python run.py simulate crackdown
      python run.py simulate mine.toml --replications 200 --seed 7
      python run.py simulate baseline --panel --set behaviour.actions=inaction,innovation
    """
    commands.simulate(scenario, choices)


@app.command()
@options.with_choices
def compare(scenarios: options.ScenarioNames, choices: Choices) -> None:
    """Compare scenarios with the first of them.

    They are compared run by run: the same officials, the same luck. The result goes to results/A_vs_B.

    \b
    Examples:
      python run.py compare baseline crackdown
      python run.py compare amnesty_on_paper tolerance_seen mine.toml --replications 100
    """
    commands.compare(scenarios, choices)


@app.command(name="list")
def list_scenarios(language: options.InLanguage = "en") -> None:
    """List the shipped scenarios.

    \b
    Example:
      python run.py list
    """
    commands.list_scenarios(language)


@app.command()
def describe(scenario: options.ScenarioName, language: options.InLanguage = "en") -> None:
    """Say what a scenario asks and changes.

    \b
    Example:
      python run.py describe reform
    """
    commands.describe(scenario, language)


@app.command()
def check(files: options.Files, language: options.InLanguage = "en") -> None:
    """Check scenario files.

    The exit code is 0 if all are valid and 2 if one is not.

    \b
    Example:
      python run.py check mine.toml yours.toml
    """
    raise typer.Exit(commands.check(files, language))


@app.command()
def explain(
    scenario: options.ScenarioName,
    official: options.OfficialNumber,
    month: options.MonthNumber,
    run: options.RunNumber = 0,
    seed: options.Seed = DEFAULT_SEED,
    officials: options.Officials = None,
    months: options.Months = None,
    settings: options.SetInThatMonth = None,
    language: options.InLanguage = "en",
) -> None:
    """Say why an official did that.

    Shown are all terms of the utility of each action, the draw, what was done and what came of it; then what the same
    official with the same luck would have done if parameters had been other in that month.

    \b
    Examples:
      python run.py explain baseline --official 17 --month 40
      python run.py explain baseline --official 17 --month 40 --set exemption.probability=0.9
    """
    commands.explain(scenario, Who(official, month, seed, run), Choices(officials, months, settings, language=language))


@app.command()
def bench(national: options.National = False) -> None:
    """Measure the speed of the engines side by side.

    \b
    Example:
      python run.py bench --national
    """
    commands.bench(national)


for group in (experiments, statistics, reports, page):
    app.add_typer(group.commands)

if __name__ == "__main__":
    sys.exit(exit_code_of(lambda: app(standalone_mode=False)))

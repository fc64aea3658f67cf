"""The commands of scenarios: simulate, compare, list, describe, check, explain."""

from __future__ import annotations

import typer

from analysis.command_line import options
from analysis.command_line.options import Choices
from model.vocabulary import DEFAULT_SEED

commands = typer.Typer(add_completion=False, rich_markup_mode=None)


@commands.command()
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
    from analysis.command_line.actions import comparisons as actions

    actions.simulate(scenario, choices)


@commands.command()
@options.with_choices
def compare(scenarios: options.ScenarioNames, choices: Choices, against: options.Against = None) -> None:
    """Compare scenarios with the first of them.

    They are compared run by run: the same officials, the same luck. The result goes to results/A_vs_B. With --set a
    parameter is other in all of them, with --against or SCENARIO:TABLE.KEY=VALUE in one more or in one of them.

    \b
    Examples:
      python run.py compare baseline crackdown
      python run.py compare amnesty_on_paper tolerance_seen mine.toml --replications 100
      python run.py compare baseline --against accountability.severity=0.5
      python run.py compare baseline crackdown crackdown:exemption.probability=0.8
    """
    from analysis.command_line.actions import comparisons as actions

    actions.compare(scenarios, against or [], choices)


@commands.command(name="list")
def list_scenarios(language: options.InLanguage = "en") -> None:
    """List the shipped scenarios.

    \b
    Example:
      python run.py list
    """
    from analysis.command_line.actions import scenarios as actions

    actions.list_scenarios(language)


@commands.command()
def describe(scenario: options.ScenarioName, language: options.InLanguage = "en") -> None:
    """Say what a scenario asks and changes.

    \b
    Example:
      python run.py describe reform
    """
    from analysis.command_line.actions import scenarios as actions

    actions.describe(scenario, language)


@commands.command()
def check(files: options.Files, language: options.InLanguage = "en") -> None:
    """Check scenario files.

    The exit code is 0 if all are valid and 2 if one is not.

    \b
    Example:
      python run.py check mine.toml yours.toml
    """
    from analysis.command_line.actions import scenarios as actions

    raise typer.Exit(actions.check(files, language))


@commands.command()
def explain(
    scenario: options.ScenarioName,
    official: options.OfficialNumber,
    month: options.MonthNumber,
    run: options.RunNumber = 0,
    seed: options.Seed = DEFAULT_SEED,
    officials: options.Officials = None,
    months: options.Months = None,
    settings: options.SetInThatMonth = None,
    from_start: options.FromStart = None,
    language: options.InLanguage = "en",
) -> None:
    """Say why an official did that.

    Shown are all terms of the utility of each action, the draw, what was done and what came of it; then what the same
    official with the same luck would have done if parameters had been other in that month. Officials and months count
    from 1, as on the page; in the stored tables they count from 0. With the page's number of officials, seed and
    settings (--from-start) it is the page's official.

    \b
    Examples:
      python run.py explain baseline --official 17 --month 40
      python run.py explain baseline --official 17 --month 40 --set exemption.probability=0.9
      python run.py explain baseline --officials 200 --official 17 --month 40 --from-start accountability.severity=0.4
    """
    from analysis.command_line.actions import explanation as actions
    from analysis.officials.explanation import Who

    actions.explain(
        scenario,
        Who(official - 1, month - 1, seed, run),
        Choices(officials, months, settings, language=language),
        from_start or [],
    )

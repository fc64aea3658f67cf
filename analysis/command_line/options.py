"""The options of the commands: their names, what they mean, and what was chosen."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer
from typer.core import TyperGroup

from analysis.design.reach import BASE, EVERYWHERE, Reach, Where, placed, refuse_what_does_nothing, why_not_there
from analysis.errors import ExperimentError
from model.catalogue import Language
from model.parameters import parameter_paths
from model.scenario import Scenario, find_scenario, parse_setting, with_settings
from model.scenario.settings import Value
from model.vocabulary import DEFAULT_REPLICATIONS, DEFAULT_SEED, Engine

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="a shipped scenario (see list) or a TOML file")]
ScenarioNames = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="shipped scenarios or TOML files")]
Officials = Annotated[int | None, typer.Option(help="number of officials; jurisdictions keep their size")]
Months = Annotated[int | None, typer.Option(help="number of months, in place of the scenario's")]
Replications = Annotated[int, typer.Option(help="runs of each scenario")]
Seed = Annotated[int, typer.Option(help="seed of all draws; the same seed gives the same numbers")]
Workers = Annotated[int | None, typer.Option(help="threads; changes no number  [default: one a processor]")]
WhichEngine = Annotated[Engine, typer.Option("--engine", help="compiled, or one Mesa agent an official; equal numbers")]
InLanguage = Annotated[Language, typer.Option("--language", help="language of tables and charts")]
Out = Annotated[Path | None, typer.Option(help="folder for the result, in place of the one named above")]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="[PLACE:]TABLE.KEY=VALUE",
        help="another value of a parameter; PLACE: a listed jurisdiction, or everywhere; repeatable",
    ),
]
SetInThatMonth = Annotated[
    list[str] | None, typer.Option("--set", metavar="TABLE.KEY=VALUE", help="another value in that month; repeatable")
]
FromStart = Annotated[
    list[str] | None,
    typer.Option("--from-start", metavar="TABLE.KEY=VALUE", help="another value from the first month on; repeatable"),
]
ByJurisdiction = Annotated[
    bool | None, typer.Option("--by-jurisdiction/--no-by-jurisdiction", help="store the months of every jurisdiction")
]
WithPanel = Annotated[bool, typer.Option("--panel", help="store every official in every month, too")]
WithCharts = Annotated[bool, typer.Option("--charts/--no-charts", help="draw charts")]
OfficialNumber = Annotated[int, typer.Option("--official", help="which official, counted from 1")]
MonthNumber = Annotated[int, typer.Option("--month", help="which month, counted from 1")]
RunNumber = Annotated[int, typer.Option("--run", help="which run, its number in the tables")]
Against = Annotated[
    list[str] | None,
    typer.Option("--against", metavar="TABLE.KEY=VALUE", help="also compare the first with itself under this setting"),
]
Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="scenario files")]


@dataclass(frozen=True)
class Choices:
    """What was chosen on the command line; None is what was left open. A field declares an option."""

    officials: Officials = None
    months: Months = None
    settings: Set = None
    replications: Replications = DEFAULT_REPLICATIONS
    seed: Seed = DEFAULT_SEED
    workers: Workers = None
    engine: WhichEngine = "ensemble"
    language: InLanguage = "en"
    out: Out = None
    by_jurisdiction: ByJurisdiction = None
    panel: WithPanel = False
    charts: WithCharts = True


class ExpandingGroup(TyperGroup):
    """All commands; `~` is the home folder, also where no shell has put it in: in quotes, after --out=, in a script."""

    def parse_args(self, context: Any, arguments: list[str]) -> list[str]:
        """Return what is left of the arguments after the options of the program itself."""
        return super().parse_args(context, [expanded(argument) for argument in arguments])


def expanded(argument: str) -> str:
    """Return an argument with the home folder in place of the ~ with which it, or its value, begins."""
    option, sign, value = argument.partition("=") if argument.startswith("--") else ("", "", argument)
    return option + sign + os.path.expanduser(value)


def with_choices(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with an option for every field of `Choices`, in place of its last parameter, `choices`.

    Typer reads the options of a command from its signature: so here is the one signature that is put together, and the
    one function that takes whatever comes by name.
    """

    @functools.wraps(command)
    def with_options(**values: Any) -> None:
        chosen = {name: values.pop(name) for name in names}
        command(**values, choices=Choices(**chosen))

    types, names = get_type_hints(Choices, include_extras=True), [field.name for field in fields(Choices)]
    own = inspect.signature(command, eval_str=True)
    kept = [parameter for name, parameter in own.parameters.items() if name != "choices"]
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=types[field.name]
        )
        for field in fields(Choices)
    ]
    with_options.__signature__ = own.replace(parameters=[*kept, *options])  # type: ignore[attr-defined]
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in (*kept, *options)}
    return with_options


class PlacedSetting(NamedTuple):
    """A setting as it was chosen: where it is meant, its key path and its value."""

    where: Where
    path: str
    value: Value


def chosen_scenario(name_or_path: str, choices: Choices) -> Scenario:
    """Return a scenario with the sizes and settings chosen; ScenarioError or ExperimentError if it does not hold."""
    return with_chosen(find_scenario(name_or_path), chosen_settings(choices.settings or ()), choices)


def with_chosen(scenario: Scenario, settings: Sequence[PlacedSetting], choices: Choices) -> Scenario:
    """Return a scenario with settings, each where it is meant, and with the sizes chosen."""
    everywhere_else = {setting.path: setting.value for setting in settings if setting.where == BASE}
    if choices.officials is not None and not scenario.jurisdictions:
        everywhere_else = {"size.jurisdictions": _jurisdictions_for(scenario, choices.officials), **everywhere_else}
    if everywhere_else or choices.officials is not None or choices.months is not None:
        scenario = with_settings(scenario, everywhere_else, choices.officials, choices.months)
    for where, path, value in settings:
        if where == BASE:
            continue
        with_settings(scenario, {path: value})  # refuses what is no value of this parameter
        reason = why_not_there(scenario, path, where)
        if reason or not isinstance(value, int | float):
            raise ExperimentError(f"--set {path}: {reason or 'is the same everywhere; leave the place out'}")
        scenario = placed(scenario, path, float(value), where)
    return scenario


def _jurisdictions_for(scenario: Scenario, officials: int) -> int:
    """Return how many jurisdictions of the scenario's size so many officials make, as on the page; at least one."""
    return max(1, (2 * scenario.n_jurisdictions * officials + scenario.officials) // (2 * scenario.officials))


def chosen_settings(texts: Sequence[str]) -> list[PlacedSetting]:
    """Return the settings of "table.name=value" or "place:table.name=value"; an error in words if one is not right."""
    settings: list[PlacedSetting] = []
    for text in texts:
        place, separator, _ = text.partition("=")[0].rpartition(":")
        path, value = parse_setting(text[len(place) + len(separator) :])
        where: Where = place.strip() if place.strip() in ("", BASE, EVERYWHERE) else (place.strip(),)
        if any((where or BASE, path) == (other.where, other.path) for other in settings):
            raise ExperimentError(f"--set {path}: is given twice; give it once")
        settings.append(PlacedSetting(where or BASE, path, value))
    return settings


def partly_reached(scenario: Scenario, settings: Sequence[PlacedSetting]) -> list[tuple[PlacedSetting, Reach]]:
    """Return the settings that do not act everywhere and always; ExperimentError if one acts nowhere or never."""
    found = []
    for setting in settings:
        if setting.where == BASE and setting.path in parameter_paths():
            reach = refuse_what_does_nothing(scenario, setting.path)
            found += [] if reach.is_all else [(setting, reach)]
    return found


def refuse_before_command(context: typer.Context) -> None:
    """Raise ExperimentError if options stand before the name of a command, where they would do nothing."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + {"settings": "set"}.get(name, name.replace("_", "-"))
            command = context.invoked_subcommand
            raise ExperimentError(f"{option} stands before {command}; write {command} first and {option} after it")

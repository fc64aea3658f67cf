"""Scenarios in words: which there are, and how one differs from the baseline."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from analysis.command_line.terminal import plain_table
from analysis.number_format import whole
from model.catalogue import Catalogue
from model.parameters import about, words_of
from model.scenario import (
    Change,
    Difference,
    ListedJurisdiction,
    Scenario,
    differences,
    find_scenario,
    shipped_scenarios,
)
from model.scenario import Text as Bilingual

_WIDTH_FOR_QUESTIONS = 100
_SIZES = ("size.officials", "size.jurisdictions", "size.months")


def said(text: Bilingual, words: Catalogue) -> str:
    """Return a scenario's text in the language of the catalogue."""
    return text.zh if words.language == "zh" else text.en


def display_names(scenarios: tuple[Scenario, ...], words: Catalogue) -> dict[str, str]:
    """Return what to call scenarios: by the names that the command line takes, in Chinese by their titles.

    Two scenarios of the same title are called by their names.
    """
    titles = [said(scenario.title, words) for scenario in scenarios]
    if words.language == "en" or len(set(titles)) < len(titles):
        return {scenario.name: scenario.name for scenario in scenarios}
    return {scenario.name: title for scenario, title in zip(scenarios, titles, strict=True)}


def print_list(console: Console, words: Catalogue) -> None:
    """Print the shipped scenarios: name and title, and the question where there is room."""
    has_room = console.is_terminal and console.width >= _WIDTH_FOR_QUESTIONS
    table = plain_table(console)
    keys = ("command_line.scenario", "command_line.title", "command_line.question")[: 3 if has_room else 2]
    for number, key in enumerate(keys):
        table.add_column(words.text(key), no_wrap=number == 0)
    for name in shipped_scenarios():
        scenario = find_scenario(name)
        cells = (name, said(scenario.title, words), said(scenario.question, words))
        table.add_row(*cells[: len(keys)])
    console.print(table)


def print_description(console: Console, scenario: Scenario, baseline: Scenario, words: Catalogue) -> None:
    """Print a scenario's title, question and size, and a line for each setting that is not as in the baseline."""
    console.print(Text(f"{scenario.name}: {said(scenario.title, words)}", style="bold"))
    console.print(said(scenario.question, words))
    console.print(size_of(scenario, words))
    if scenario.provenance:
        made_from = ", ".join(f"{name} {value}" for name, value in scenario.provenance)
        console.print(Text(words.text("evidence.made_from").format(text=made_from)))
    console.print()
    found = differences(scenario, baseline)
    if not found:
        console.print(words.text("command_line.no_difference"))
        return
    console.print(words.text("command_line.differs"))
    for difference in found:
        console.print(Text(f"- {sentence(difference, words)}"))
        meaning = words.text(f"parameters.{difference.path}.meaning")
        if difference.path not in _SIZES:
            console.print(Text(f"  {meaning}", style="dim"))


def size_of(scenario: Scenario, words: Catalogue) -> str:
    """Return how large a scenario is, and how long."""
    return words.text("scenario.size").format(
        officials=whole(scenario.officials),
        jurisdictions=whole(scenario.n_jurisdictions),
        months=whole(scenario.months),
    )


def sentence(difference: Difference, words: Catalogue) -> str:
    """Return what is other, from when until when, and where: "Exemption rate: 0.4 -> 0.8 from month 60"."""
    text = words.text("command_line.from_to").format(
        setting=words.text(f"parameters.{difference.path}.label"),
        before=value_text(difference.path, difference.baseline_value, words),
        after=value_text(difference.path, difference.value, words),
        unit=_unit(difference.path, words),
    )
    if difference.when is not None:
        text += time_text(difference.when, words)
    if difference.where is not None:
        text += place_text(difference.where, words)
    return text


def time_text(change: Change, words: Catalogue) -> str:
    """Return from when until when a change is in force, and over how many months it comes in."""
    text = words.text("scenario.from_month").format(month=change.month)
    if change.until is not None:
        text = words.text("scenario.from_month_until").format(month=change.month, until=change.until)
    if change.phase_in_months > 1:
        text += words.text("scenario.phased_in").format(months=change.phase_in_months)
    return text


def place_text(jurisdiction: ListedJurisdiction, words: Catalogue) -> str:
    """Return where a difference holds."""
    return words.text("command_line.in_place").format(place=said(jurisdiction.name, words))


def value_text(path: str, value: float | str | tuple[str, ...] | None, words: Catalogue) -> str:
    """Return the value of a setting: a number, the open actions, or that there is none."""
    if value is None:
        return words.text("scenario.none")
    if isinstance(value, str):
        return words.text(f"choices.{path}.{value}")
    if isinstance(value, tuple):
        return words.text("scenario.comma").join(words.text(f"actions.{action}.label") for action in value)
    return whole(int(value)) if path in _SIZES else f"{value:g}"


def _unit(path: str, words: Catalogue) -> str:
    """Return the unit of a parameter in brackets; nothing for counts and lists."""
    if path in _SIZES or path == "behaviour.actions" or words_of(path):
        return ""
    return words.text("command_line.unit").format(unit=words.text(f"units.{about(path).unit}"))

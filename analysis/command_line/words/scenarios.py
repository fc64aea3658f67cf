"""Scenarios in words: which there are, and how one differs from the baseline."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from analysis.command_line.tables import aligned
from analysis.command_line.terminal import plain_table
from analysis.number_format import whole
from analysis.report.section_words import origin_text, said, size_text
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

_WIDTH_FOR_QUESTIONS = 100
_SIZES = ("size.officials", "size.jurisdictions", "size.months")


def display_names(scenarios: tuple[Scenario, ...], words: Catalogue) -> dict[str, str]:
    """Return what to call scenarios: by the names that the command line takes, in Chinese by their titles.

    Two scenarios of the same title are called by their names.
    """
    titles = [said(scenario.title, words) for scenario in scenarios]
    if words.language == "en" or len(set(titles)) < len(titles):
        return {scenario.name: scenario.name for scenario in scenarios}
    return {scenario.name: title for scenario, title in zip(scenarios, titles, strict=True)}


def print_list(console: Console, words: Catalogue) -> None:
    """Print the shipped scenarios with their titles and questions.

    On a wide terminal as a table; on a narrow one in some lines each; in a file or a pipe in one line each.
    """
    keys = ("command_line.scenario", "command_line.title", "command_line.question")
    head = tuple(words.text(key) for key in keys)
    rows = [
        (scenario.name, said(scenario.title, words), said(scenario.question, words))
        for scenario in map(find_scenario, shipped_scenarios())
    ]
    if not console.is_terminal:
        for line in aligned([head, *rows]):
            console.print(line, soft_wrap=True)
    elif console.width < _WIDTH_FOR_QUESTIONS:
        for name, title, question in rows:
            console.print(Text.assemble((name, "bold"), f"  {title}"))
            console.print(Padding(Text(question), (0, 0, 0, 2)))
    else:
        table = plain_table(console)
        for number, text in enumerate(head):
            table.add_column(text, no_wrap=number == 0)
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)


def print_description(console: Console, scenario: Scenario, baseline: Scenario, words: Catalogue) -> None:
    """Print a scenario's title, question and size, and a line for each setting that is not as in the baseline."""
    console.print(Text(f"{scenario.name}: {said(scenario.title, words)}", style="bold"))
    console.print(said(scenario.question, words))
    console.print(size_text(scenario, words))
    if scenario.provenance:
        console.print(Text(words.text("evidence.made_from").format(text=origin_text(scenario))))
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
    """Return from when to when a change is in force, counted from 1, and over how many months it comes in."""
    text = words.text("scenario.from_month").format(month=change.month + 1)
    if change.until is not None:
        text = words.text("scenario.from_month_until").format(month=change.month + 1, until=change.until)
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

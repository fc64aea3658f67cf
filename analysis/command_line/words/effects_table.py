"""The table of headline measures: means of all scenarios, and what each policy changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.command_line.tables import aligned, longest_word, print_table
from analysis.command_line.terminal import plain_table
from analysis.command_line.words.measures import short_label
from analysis.number_format import MISSING_IN_TERMINAL, difference_figure, figure, interval_figure, spread_figure
from analysis.statistics.paired_effects import Interval
from model.catalogue import Catalogue
from model.measures import headline_measures

_WIDTH_OF_A_MATRIX = 118
_WIDTH_OF_A_CELL = 12
_WIDTH_OF_NAMES = 24
_MOST_WITH_MEANS = 5
_MEASURE = Console(width=1_000)  # breaks lines as any console does

HEADLINE = headline_measures()

Cells = Mapping[tuple[str, str], Interval]


@dataclass(frozen=True)
class ComparisonTable:
    """What the tables show, by scenario and measure: the means, and the differences from the first scenario.

    ``names`` are what to call the scenarios, in their order; the first has no differences.
    """

    names: Mapping[str, str]
    means: Cells
    differences: Cells


def comparison_of(means: pd.DataFrame, effects: pd.DataFrame, names: Mapping[str, str]) -> ComparisonTable:
    """Return a comparison from the tables of `measure_means` and `paired_effects`."""
    differences = effects.drop(columns="mean").rename(columns={"difference": "mean"})
    return ComparisonTable(names, _cells(means), _cells(differences))


def print_comparison(console: Console, comparison: ComparisonTable, words: Catalogue) -> None:
    """Print the means of all scenarios and the paired differences, in the form that suits their number and the console.

    Many policies: a row a scenario, a column a measure, with the means of the first and the differences of the others;
    if the console is narrow, in several tables one below the other. Of few policies, the means as well: on a wide
    terminal a matrix, on a narrow one a block a measure, in a file or a pipe a line for each measure and scenario.
    """
    form = form_of(console, comparison)
    if form == "differences":
        _print_differences(console, comparison, words)
    elif form == "matrix":
        console.print(_matrix(console, comparison, words))
    elif not console.is_terminal:
        _print_lines(console, comparison, words)
    else:
        for measure in HEADLINE:
            _print_block(console, measure, comparison, words)


def form_of(console: Console, comparison: ComparisonTable) -> Literal["differences", "matrix", "lines"]:
    """Return how a comparison is shown: of many policies the differences only, of few the means, too."""
    if len(comparison.names) > _MOST_WITH_MEANS:
        return "differences"
    return "matrix" if is_matrix(console) else "lines"


def is_matrix(console: Console) -> bool:
    """Tell whether the console has room for the matrix."""
    return console.is_terminal and console.width >= _WIDTH_OF_A_MATRIX


def print_means(console: Console, means: pd.DataFrame, words: Catalogue) -> None:
    """Print the mean of every headline measure of one scenario, with its interval."""
    keys = ("command_line.measure", "command_line.mean", "charts.interval_95", "command_line.n")
    rows = []
    cells, (scenario,) = _cells(means), means["scenario"].unique()
    for measure in HEADLINE:
        mean, low, high, n = cells[scenario, measure]
        interval = f"[{figure(measure, low)}, {figure(measure, high)}]" if n > 1 else MISSING_IN_TERMINAL
        rows.append((short_label(measure, words), figure(measure, mean), interval, str(n)))
    print_table(console, [words.text(key) for key in keys], rows)


def fewer_pairs(comparison: ComparisonTable, n_runs: int) -> list[tuple[str, str, int]]:
    """Return the headline measures and scenarios that are missing in some runs, and the number of pairs left."""
    return [
        (measure, scenario, interval.n)
        for (scenario, measure), interval in comparison.differences.items()
        if measure in HEADLINE and interval.n < n_runs
    ]


def _cells(table: pd.DataFrame) -> dict[tuple[str, str], Interval]:
    columns = (table[name] for name in ("scenario", "measure", "mean", "low", "high", "n"))
    return {
        (scenario, measure): Interval(mean, low, high, n)
        for scenario, measure, mean, low, high, n in zip(*columns, strict=True)
    }


def _matrix(console: Console, comparison: ComparisonTable, words: Catalogue) -> Table:
    """Return a table with a row a scenario, a column a measure: the mean, below it the difference and its interval."""
    table = plain_table(console)
    table.padding = (0, 0, 0, 0)
    widest = max(cell_len(word) for names in comparison.names.items() for word in names)
    width = min(widest, _WIDTH_OF_NAMES)
    table.add_column(words.text("command_line.scenario"), width=width)
    for measure in HEADLINE:
        table.add_column(short_label(measure, words), justify="right", min_width=_WIDTH_OF_A_CELL)
    for scenario, name in comparison.names.items():
        label = Text(name)
        if name != scenario:
            label.append(f"\n{scenario}", style="dim")
        table.add_row(label, *(_cell(comparison, scenario, measure) for measure in HEADLINE))
    return table


def _cell(comparison: ComparisonTable, scenario: str, measure: str) -> Text:
    """Return the mean, and below it the difference and half its interval; faint where the interval includes 0."""
    text = Text(figure(measure, comparison.means[scenario, measure].mean), no_wrap=True)
    interval = comparison.differences.get((scenario, measure))
    if interval is not None:
        is_sure = interval.low > 0 or interval.high < 0
        half = spread_figure(measure, (interval.high - interval.low) / 2)
        text.append(f"\n{difference_figure(measure, interval.mean)} ±{half}", style="bold" if is_sure else "dim")
    return text


def _print_block(console: Console, measure: str, comparison: ComparisonTable, words: Catalogue) -> None:
    """Print a table of one measure: a row a scenario with mean, difference and interval."""
    keys = ("command_line.scenario", "command_line.mean", "command_line.difference", "charts.interval_95")
    rows = [(name, *_numbers(comparison, scenario, measure)[:3]) for scenario, name in comparison.names.items()]
    print_table(console, [words.text(key) for key in keys], rows, title=short_label(measure, words))


def _print_lines(console: Console, comparison: ComparisonTable, words: Catalogue) -> None:
    """Print a line for each measure and scenario that can be read without its neighbours.

    In English by their names in the stored tables, in Chinese by what people call them.
    """
    names = ("command_line.measure", "command_line.scenario")
    numbers = ("command_line.mean", "command_line.difference", "charts.interval_95", "command_line.n")
    rows = []
    for measure in HEADLINE:
        called = measure if words.language == "en" else short_label(measure, words)
        for scenario, name in comparison.names.items():
            rows.append((called, name, *_numbers(comparison, scenario, measure)))
    print_table(console, [words.text(key) for key in (*names, *numbers)], rows, n_texts=len(names))


def _print_differences(console: Console, comparison: ComparisonTable, words: Catalogue) -> None:
    """Print a row a scenario, a column a measure: means of the first scenario, differences ± of the others."""
    rows = [
        (name, *(_short_cell(comparison, scenario, measure) for measure in HEADLINE))
        for scenario, name in comparison.names.items()
    ]
    head = [words.text("command_line.scenario"), *(short_label(measure, words) for measure in HEADLINE)]
    for places in _groups(console, head, rows):
        part = [[row[place] for place in (0, *places)] for row in rows]
        heads = _broken([head[place] for place in (0, *places)], part)
        for number, line in enumerate(aligned([*heads, *part], n_texts=1)):
            console.print(Text(line, style="bold" if number < len(heads) else ""), soft_wrap=True)
        if places[-1] < len(HEADLINE):
            console.print()


def _short_cell(comparison: ComparisonTable, scenario: str, measure: str) -> str:
    """Return the difference and half its interval, or the mean of a scenario that has no difference."""
    interval = comparison.differences.get((scenario, measure))
    if interval is None:
        return figure(measure, comparison.means[scenario, measure].mean)
    half = spread_figure(measure, (interval.high - interval.low) / 2)
    return f"{difference_figure(measure, interval.mean)} ±{half}"


def _groups(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return which columns stand in one table: all in a file or a pipe, on a terminal as many as there is room for."""
    places = list(range(1, len(head)))
    if not console.is_terminal:
        return [places]
    first = max(cell_len(cell) for cell in (head[0], *(row[0] for row in rows)))
    groups: list[list[int]] = [[]]
    room = console.width - first
    for place in places:
        width = 2 + max(longest_word(head[place]), *(cell_len(row[place]) for row in rows))
        if groups[-1] and width > room:
            groups.append([])
            room = console.width - first
        groups[-1].append(place)
        room -= width
    return groups


def _broken(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of a head whose names are broken to the width of what stands below them."""
    columns = []
    for place, name in enumerate(head):
        width = max(longest_word(name), *(cell_len(row[place]) for row in rows))
        columns.append([line.plain for line in Text(name).wrap(_MEASURE, width)])
    height = max(map(len, columns))
    return [[column[line] if line < len(column) else "" for column in columns] for line in range(height)]


def _numbers(comparison: ComparisonTable, scenario: str, measure: str) -> tuple[str, str, str, str]:
    """Return mean, difference, its interval and the number of runs or pairs, as text."""
    mean = comparison.means[scenario, measure]
    effect = comparison.differences.get((scenario, measure))
    if effect is None:
        return figure(measure, mean.mean), MISSING_IN_TERMINAL, MISSING_IN_TERMINAL, str(mean.n)
    interval = interval_figure(measure, effect.low, effect.high)
    return figure(measure, mean.mean), difference_figure(measure, effect.mean), interval, str(effect.n)

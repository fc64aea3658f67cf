"""The table of headline measures: means of all scenarios, and what each policy changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.command_line.terminal import plain_table
from analysis.command_line.words.measures import short_label
from analysis.number_format import MISSING_IN_TERMINAL, difference_figure, figure, interval_figure, spread_figure
from analysis.statistics.paired_effects import Interval
from model.catalogue import Catalogue
from model.measures import headline_measures

_WIDTH_OF_A_MATRIX = 118
_WIDTH_OF_A_CELL = 12
_WIDTH_OF_NAMES = 24

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
    """Print the means of all scenarios and the paired differences, in the form that suits the console.

    On a wide terminal a matrix, a row a scenario; on a narrow one a block a measure; in a file or a pipe a line for
    each measure and scenario that can be read without its neighbours.
    """
    if is_matrix(console):
        console.print(_matrix(console, comparison, words))
    elif not console.is_terminal:
        _print_lines(console, comparison, words)
    else:
        for measure in HEADLINE:
            console.print(_block(console, measure, comparison, words))


def is_matrix(console: Console) -> bool:
    """Tell whether the console has room for the matrix."""
    return console.is_terminal and console.width >= _WIDTH_OF_A_MATRIX


def print_means(console: Console, means: pd.DataFrame, words: Catalogue) -> None:
    """Print the mean of every headline measure of one scenario, with its interval."""
    table = plain_table(console)
    table.add_column(words.text("command_line.measure"))
    for key in ("command_line.mean", "charts.interval_95", "command_line.n"):
        table.add_column(words.text(key), justify="right", no_wrap=True)
    cells, (scenario,) = _cells(means), means["scenario"].unique()
    for measure in HEADLINE:
        mean, low, high, n = cells[scenario, measure]
        interval = f"[{figure(measure, low)}, {figure(measure, high)}]" if n > 1 else MISSING_IN_TERMINAL
        table.add_row(short_label(measure, words), figure(measure, mean), interval, str(n))
    console.print(table)


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
    table.add_column(words.text("command_line.scenario"), width=width, overflow="fold")
    for measure in HEADLINE:
        table.add_column(short_label(measure, words), justify="right", min_width=_WIDTH_OF_A_CELL, overflow="fold")
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


def _block(console: Console, measure: str, comparison: ComparisonTable, words: Catalogue) -> Table:
    """Return a table of one measure: a row a scenario with mean, difference and interval."""
    table = plain_table(console, short_label(measure, words))
    table.add_column(words.text("command_line.scenario"), overflow="fold")
    for key in ("command_line.mean", "command_line.difference", "charts.interval_95"):
        table.add_column(words.text(key), justify="right", no_wrap=True)
    for scenario, name in comparison.names.items():
        table.add_row(name, *_numbers(comparison, scenario, measure)[:3])
    return table


def _print_lines(console: Console, comparison: ComparisonTable, words: Catalogue) -> None:
    """Print a line for each measure and scenario, by their names in the stored tables; none is wrapped or cut."""
    names = ("command_line.measure", "command_line.scenario")
    numbers = ("command_line.mean", "command_line.difference", "charts.interval_95", "command_line.n")
    rows = [tuple(words.text(key) for key in (*names, *numbers))]
    for measure in HEADLINE:
        for scenario in comparison.names:
            rows.append((measure, scenario, *_numbers(comparison, scenario, measure)))
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        left = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row[:2], widths[:2], strict=True)]
        right = [" " * (width - cell_len(cell)) + cell for cell, width in zip(row[2:], widths[2:], strict=True)]
        console.print("  ".join([*left, *right]), soft_wrap=True)


def _numbers(comparison: ComparisonTable, scenario: str, measure: str) -> tuple[str, str, str, str]:
    """Return mean, difference, its interval and the number of runs or pairs, as text."""
    mean = comparison.means[scenario, measure]
    effect = comparison.differences.get((scenario, measure))
    if effect is None:
        return figure(measure, mean.mean), MISSING_IN_TERMINAL, MISSING_IN_TERMINAL, str(mean.n)
    interval = interval_figure(measure, effect.low, effect.high)
    return figure(measure, mean.mean), difference_figure(measure, effect.mean), interval, str(effect.n)

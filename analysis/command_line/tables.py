"""Tables for a terminal of any width, a file or a pipe: names and numbers are never cut nor broken.

A table that is too wide gets heads of several lines; where that is not enough it is turned: a block for each row, with
a line for each column.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.command_line.terminal import plain_table

_SPACE = 2  # between two columns
_INDENT = "  "


def print_table(
    console: Console,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    n_texts: int = 1,
    title: str = "",
    strong: Collection[int] = (),
) -> None:
    """Print a table: the first `n_texts` columns are texts and stand left, the others are numbers and stand right.

    `strong` are the numbers of the rows that stand out on a terminal.
    """
    if not console.is_terminal:
        for line in ([title] if title else []) + aligned([head, *rows], n_texts):
            console.print(line, soft_wrap=True)
        return
    widths = _widths(head, rows)
    if sum(widths) + _SPACE * (len(widths) - 1) <= console.width:
        console.print(_table(console, head, rows, (n_texts, title, strong)))
        return
    _print_turned(console, head, rows, title)


def aligned(rows: Sequence[Sequence[str]], n_texts: int | None = None) -> list[str]:
    """Return rows of cells as lines in which the cells of a column stand below each other; none is wrapped or cut.

    The first `n_texts` columns stand left, the others, which are numbers, right; all stand left if it is not given.
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            cells.append(cell + space if n_texts is None or place < n_texts else space + cell)
        lines.append((" " * _SPACE).join(cells).rstrip())
    return lines


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column has to be: as its widest cell, and as the longest word of its head."""
    return [
        max(longest_word(name), *(cell_len(line) for row in rows for line in row[place].split("\n")))
        for place, name in enumerate(head)
    ]


def longest_word(text: str) -> int:
    """Return how wide the longest part of a text is that must not be broken; Chinese can be broken anywhere."""
    return max((cell_len(word) if word.isascii() else min(cell_len(word), 8) for word in text.split()), default=0)


def _table(
    console: Console, head: Sequence[str], rows: Sequence[Sequence[str]], how: tuple[int, str, Collection[int]]
) -> Table:
    n_texts, title, strong = how
    table = plain_table(console, title or None)
    for place, (name, width) in enumerate(zip(head, _widths(head, rows), strict=True)):
        table.add_column(Text(name), justify="left" if place < n_texts else "right", min_width=width)
    for number, row in enumerate(rows):
        table.add_row(*map(Text, row), style="bold" if number in strong else "")
    return table


def _print_turned(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    """Print a block for each row: the first cell, then a line for each other column that has something to say."""
    if title:
        console.print(Text(title, style="bold"))
    width = max(map(cell_len, head[1:]), default=0)
    for row in rows:
        console.print(Text(row[0], style="bold"), overflow="fold")
        for name, cell in zip(head[1:], row[1:], strict=True):
            if not cell:
                continue
            label = name + " " * (width - cell_len(name))
            is_short = len(_INDENT) + width + _SPACE + cell_len(cell) <= console.width
            text = f"{_INDENT}{label}{' ' * _SPACE}{cell}" if is_short else f"{_INDENT}{name}\n{_INDENT * 2}{cell}"
            console.print(Text(text), overflow="fold")
    console.print()

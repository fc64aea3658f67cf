"""Where things stand on a chart: headings, legend, a grid of panels; lengths are in inches from the left top."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.report.charts import style
from analysis.report.charts.fonts import chart_families

MARGIN = 0.45
_TITLE_TOP = 0.30
_READING_TOP = 0.78
_LEGEND_TOP = 1.10
_LEGEND_ROWS = 2
_LEGEND_ROW_HEIGHT = 0.27
_LEGEND_SAMPLE = 0.8  # the sample before a name and the space after it
_LEGEND_SPACE = 0.27  # the space alone, which the last name does not need
HEAD = 1.2  # from the top of the slide to what stands below its words, if there is no legend
FOOT = 0.35
LINE_SPACING = 1.22  # in sizes of the type
_ASCENT = 0.88
HALF_LETTER = 0.35  # half the height of a letter, in sizes of the type
_POINTS_PER_INCH = 72.0
_NOT_AT_LINE_START = "，。、；：？！）》」』】〕’”%,.;:?!)]}"
_SMALLER = 0.94  # by how much type shrinks from one trial to the next


class Rectangle(NamedTuple):
    """A rectangle on the slide, in inches: its left and top edge from the slide's left top, its width, its height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Heading:
    """The words at the top and the bottom of a chart."""

    title: str
    reading: str
    note: str


@dataclass(frozen=True)
class Legend:
    """The samples and the names of a legend."""

    handles: tuple[Artist, ...]
    names: tuple[str, ...]

    def __add__(self, other: Legend) -> Legend:
        """Return both legends in one."""
        return Legend(self.handles + other.handles, self.names + other.names)


class Fitted(NamedTuple):
    """A text broken into the lines in which it fits, whole, and the size of type at which it does."""

    text: str
    size: float


def new_slide(heading: Heading, height: float = style.SLIDE_HEIGHT) -> Figure:
    """Return a slide with its words and nothing else."""
    figure = Figure(figsize=(style.SLIDE_WIDTH, height))
    FigureCanvasAgg(figure)
    width = style.SLIDE_WIDTH - 2 * MARGIN
    title = fitted(heading.title, width, style.TITLE_SIZE, most_lines=1)
    write(figure, title.text, MARGIN, _TITLE_TOP, size=title.size)
    reading = fitted(heading.reading, width, style.READING_SIZE, most_lines=1)
    write(figure, reading.text, MARGIN, _READING_TOP, size=reading.size, colour=style.QUIET_INK)
    write(figure, heading.note, MARGIN, height - FOOT, size=style.NOTE_SIZE, colour=style.QUIET_INK)
    return figure


def write(figure: Figure, text: str, left: float, top: float, *, size: float, colour: str = style.INK) -> None:
    """Write a text with its left top at a place of the slide; its lines stand evenly, whatever letters they hold."""
    width, height = figure.get_size_inches()
    for number, line in enumerate(text.split("\n")):
        baseline = top + (_ASCENT + number * LINE_SPACING) * size / _POINTS_PER_INCH
        figure.text(left / width, 1.0 - baseline / height, line, size=size, color=colour, ha="left", va="baseline")


def height_of_lines(n: int, size: float) -> float:
    """Return how high so many lines of type are, in inches."""
    return n * LINE_SPACING * size / _POINTS_PER_INCH


def axes_at(figure: Figure, place: Rectangle) -> Axes:
    """Return new axes at a place of the slide."""
    width, height = figure.get_size_inches()
    bottom = height - place.top - place.height
    return figure.add_axes((place.left / width, bottom / height, place.width / width, place.height / height))


def add_legend(figure: Figure, legend: Legend) -> float:
    """Write a legend under the headings and return where it ends, from the top of the slide.

    It has as many rows as it needs, two at most, or more of them in smaller type; no name is cut.
    """
    room = style.SLIDE_WIDTH - 2 * MARGIN + _LEGEND_SPACE
    size = float(style.LEGEND_SIZE)
    rows = _legend_rows(legend.names, room, size)
    while not _fit(rows, legend.names, room, size):
        size *= _SMALLER
        rows = _legend_rows(legend.names, room, size)
    row_height = _LEGEND_ROW_HEIGHT * size / style.LEGEND_SIZE
    for row, entries in enumerate(rows):
        top = _LEGEND_TOP + row * row_height
        handles = [legend.handles[entry] for entry in entries]
        _legend_row(figure, (handles, [legend.names[entry] for entry in entries]), top, size)
    return _LEGEND_TOP + len(rows) * row_height


def _legend_rows(names: Sequence[str], room: float, size: float) -> list[list[int]]:
    """Return the numbers of the names in each row, as many in a row as there is room for."""
    rows: list[list[int]] = [[]]
    for number, name in enumerate(names):
        taken = sum(_legend_width(names[entry], size) for entry in rows[-1])
        if rows[-1] and taken + _legend_width(name, size) > room:
            rows.append([])
        rows[-1].append(number)
    return rows


def _fit(rows: Sequence[Sequence[int]], names: Sequence[str], room: float, size: float) -> bool:
    """Tell whether rows of a legend are no wider than the room, and together no higher than two rows of full size."""
    is_low = len(rows) * size <= _LEGEND_ROWS * style.LEGEND_SIZE
    return is_low and all(_legend_width(name, size) <= room for name in names)


def _legend_width(name: str, size: float) -> float:
    return text_width(name, size) + _LEGEND_SAMPLE * size / style.LEGEND_SIZE


def _legend_row(figure: Figure, entries: tuple[Sequence[Artist], Sequence[str]], top: float, size: float) -> None:
    width, height = figure.get_size_inches()
    handles, names = entries
    figure.legend(
        handles,
        names,
        loc="upper left",
        bbox_to_anchor=(MARGIN / width, 1.0 - top / height),
        ncols=len(names),
        borderaxespad=0.0,
        borderpad=0.0,
        fontsize=size,
        handlelength=2.4,
        handleheight=1.0,
        handletextpad=0.6,
        columnspacing=1.6,
    )


def columns_for(n: int) -> int:
    """Return in how many columns so many panels stand: few panels large, fifteen in three rows of five."""
    for columns, most in ((1, 1), (2, 2), (3, 3), (2, 4), (3, 6), (4, 8), (5, 15)):
        if n <= most:
            return columns
    return 6


def panel_places(n: int, area: Rectangle, title_height: float, gap: float = 0.34) -> list[Rectangle]:
    """Return the places of so many panels, row by row, each with room for its title above it."""
    columns = columns_for(n)
    rows = -(-n // columns)
    width = (area.width - gap * (columns - 1)) / columns
    height = area.height / rows - title_height
    return [
        Rectangle(
            area.left + (number % columns) * (width + gap),
            area.top + (number // columns) * (height + title_height) + title_height,
            width,
            height,
        )
        for number in range(n)
    ]


def text_width(text: str, size: float) -> float:
    """Return how wide a text of one line is, in inches."""
    return _unscaled_width(text, chart_families()) * size / _POINTS_PER_INCH


# A line is found by trying, piece by piece and size by size; the same letters are measured at one size and once.
@functools.lru_cache(maxsize=1 << 16)
def _unscaled_width(text: str, families: tuple[str, ...]) -> float:
    """Return how wide a text of one line in a type of 1 point is, in points: the width grows with the size."""
    properties = FontProperties(family=list(families), size=1.0)
    width: float = text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0]
    return width


def fitting_size(text: str, width: float, size: float) -> float:
    """Return the size at which a text of one line is no wider than so many inches, at most `size`."""
    return min(size, size * width / max(text_width(text, size), 1e-9))


def fitted(text: str, width: float, size: float, most_lines: int = 2) -> Fitted:
    """Return a text in lines no wider than so many inches, at the largest size at which it has room; it is never cut.

    The room is as high as so many lines of the size that is asked for: smaller type has more lines in it.
    """
    smaller = float(size)
    lines = broken(text, width, smaller)
    while len(lines) * smaller > most_lines * size:
        smaller *= _SMALLER
        lines = broken(text, width, smaller)
    return Fitted("\n".join(lines), smaller)


def broken(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text, as many as it takes, each no wider than so many inches; one line if there is none."""
    pieces = [part for piece in _pieces(text) for part in _splittable(piece, width, size)]
    lines: list[str] = []
    while pieces:
        n = 1
        while n < len(pieces) and text_width("".join(pieces[: n + 1]).strip(), size) <= width:
            n += 1
        lines.append("".join(pieces[:n]).strip())
        pieces = pieces[n:]
    return lines or [""]


def write_in_row(axes: Axes, words: Fitted, x: float, row: float) -> None:
    """Write a text so that its letters, not the box around them, stand in the middle of a row of the axes."""
    lines = words.text.split("\n")
    for number, line in enumerate(lines):
        down = (number - (len(lines) - 1) / 2) * LINE_SPACING + HALF_LETTER
        place = (0.0, -down * words.size)
        axes.annotate(line, (x, row), xytext=place, textcoords="offset points", size=words.size, va="baseline")


def _splittable(piece: str, width: float, size: float) -> list[str]:
    """Return a piece of a text whole if it fits into a line, else letter by letter."""
    return [piece] if text_width(piece.strip(), size) <= width else list(piece)


def _pieces(text: str) -> list[str]:
    """Return a text in the pieces between which a line may end: words with their space, single Chinese characters."""
    pieces: list[str] = []
    for letter in text:
        is_wide = unicodedata.east_asian_width(letter) in "WF"
        starts_new = not pieces or pieces[-1][-1] == " " or is_wide
        follows_wide = bool(pieces) and unicodedata.east_asian_width(pieces[-1][-1]) in "WF"
        if (starts_new or follows_wide) and letter not in _NOT_AT_LINE_START and letter != " ":
            pieces.append(letter)
        elif pieces:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces

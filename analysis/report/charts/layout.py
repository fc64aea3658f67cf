"""Where things stand on a chart: headings, legend, a grid of panels; lengths are in inches from the left top."""

from __future__ import annotations

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
_POINTS_PER_INCH = 72.0
_NOT_AT_LINE_START = "，。、；：？！）》」』】〕’”%,.;:?!)]}"
_ELLIPSIS = "..."
_LONGEST_TEXT = 300  # letters; more than fits anywhere on a slide


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


def new_slide(heading: Heading, height: float = style.SLIDE_HEIGHT) -> Figure:
    """Return a slide with its words and nothing else."""
    figure = Figure(figsize=(style.SLIDE_WIDTH, height))
    FigureCanvasAgg(figure)
    width = style.SLIDE_WIDTH - 2 * MARGIN
    write(figure, heading.title, MARGIN, _TITLE_TOP, size=fitting_size(heading.title, width, style.TITLE_SIZE))
    reading = fitting_size(heading.reading, width, style.READING_SIZE)
    write(figure, heading.reading, MARGIN, _READING_TOP, size=reading, colour=style.QUIET_INK)
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

    It has as many rows as it needs, two at most; names are cut to fit, if they must be.
    """
    room = style.SLIDE_WIDTH - 2 * MARGIN + _LEGEND_SPACE
    names = legend.names
    if sum(map(_legend_width, names)) > room:
        longest = min(room * _LEGEND_ROWS / len(names), room / 2) - _LEGEND_SAMPLE
        names = tuple(wrapped(name, longest, style.LEGEND_SIZE, most_lines=1) for name in names)
    rows: list[list[int]] = [[]]
    for number, name in enumerate(names):
        taken = sum(_legend_width(names[entry]) for entry in rows[-1])
        if rows[-1] and taken + _legend_width(name) > room and len(rows) < _LEGEND_ROWS:
            rows.append([])
        rows[-1].append(number)
    for row, entries in enumerate(rows):
        top = _LEGEND_TOP + row * _LEGEND_ROW_HEIGHT
        _legend_row(figure, [legend.handles[entry] for entry in entries], [names[entry] for entry in entries], top)
    return _LEGEND_TOP + len(rows) * _LEGEND_ROW_HEIGHT


def _legend_width(name: str) -> float:
    return text_width(name, style.LEGEND_SIZE) + _LEGEND_SAMPLE


def _legend_row(figure: Figure, handles: Sequence[Artist], names: Sequence[str], top: float) -> None:
    width, height = figure.get_size_inches()
    figure.legend(
        handles,
        names,
        loc="upper left",
        bbox_to_anchor=(MARGIN / width, 1.0 - top / height),
        ncols=len(names),
        borderaxespad=0.0,
        borderpad=0.0,
        fontsize=style.LEGEND_SIZE,
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
    properties = FontProperties(family=list(chart_families()), size=size)
    width: float = text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0]
    return width / _POINTS_PER_INCH


def fitting_size(text: str, width: float, size: float) -> float:
    """Return the size at which a text of one line is no wider than so many inches, at most `size`."""
    return min(size, size * width / max(text_width(text, size), 1e-9))


def wrapped(text: str, width: float, size: float, most_lines: int = 2) -> str:
    """Return a text broken into lines no wider than so many inches, and cut with an ellipsis after the last allowed."""
    pieces = [part for piece in _pieces(text[:_LONGEST_TEXT]) for part in _splittable(piece, width, size)]
    lines: list[str] = []
    while pieces and len(lines) < most_lines:
        n = 1
        while n < len(pieces) and text_width("".join(pieces[: n + 1]).strip(), size) <= width:
            n += 1
        lines.append("".join(pieces[:n]).strip())
        pieces = pieces[n:]
    if pieces:
        lines[-1] = _cut_short(lines[-1], width, size)
    return "\n".join(lines)


def _cut_short(line: str, width: float, size: float) -> str:
    while line and text_width(line + _ELLIPSIS, size) > width:
        line = line[:-1].rstrip()
    return line + _ELLIPSIS


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

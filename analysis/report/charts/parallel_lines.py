"""Parallel coordinates: a line a candidate over axes in two groups; a slide, and a page in which axes are brushed."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.report.charts import style
from analysis.report.charts.layout import (
    FOOT,
    MARGIN,
    Heading,
    Legend,
    Rectangle,
    add_legend,
    axes_at,
    fitted,
    fitting_size,
    new_slide,
)
from analysis.report.charts.style import chart_style

_PAGE = Path(__file__).parents[1] / "templates" / "parallel.html"
_TITLE_HEIGHT, _GROUP_HEIGHT, _BELOW, _RIGHT = 0.95, 0.35, 0.35, 0.35
_GAP = 0.6  # between the groups, in distances of two axes
_NUMBER_SIZE = 10.0
_TITLE_SIZE = 11.0
_MARK_SIZE, _MARK_HEIGHT = 11.5, 0.042  # the height as a share of the axis
# The light end of the colours would not be seen on white.
_LIGHTEST = 0.82
_BASE = "#d1007a"


class ParallelAxis(NamedTuple):
    """An axis: its title, the group it stands in, its ends, and how numbers are written."""

    title: str
    group: str
    bottom: float
    top: float
    written: Callable[[float], str]

    def height(self, value: float) -> float:
        """Return where a value lies, 0 at the bottom and 1 at the top."""
        return (value - self.bottom) / (self.top - self.bottom) if self.top != self.bottom else 0.5


class ParallelLine(NamedTuple):
    """A candidate: its name, a value on each axis, its colour from 0 to 1, whether it is the base.

    One with a mark stands out, and has it at the last axis.
    """

    name: str
    values: tuple[float, ...]
    colour: float
    mark: str = ""
    is_base: bool = False

    @property
    def stands_out(self) -> bool:
        """Tell whether the line stands out."""
        return bool(self.mark)


class ParallelWords(NamedTuple):
    """What legend and page say."""

    low: str  # of the colour
    middle: str
    high: str
    stands_out: str
    base: str
    how_to: str
    clear: str
    shown: str  # {n} of {all}
    axis_head: str
    least: str
    most: str
    candidate: str


def colour_of(line: ParallelLine) -> str:
    """Return the colour of a line, dark where its number is small."""
    return _BASE if line.is_base else to_hex(matplotlib.colormaps[style.HEAT_MAP](_LIGHTEST * line.colour))


@chart_style()
def parallel_chart(
    heading: Heading, axes: Sequence[ParallelAxis], lines: Sequence[ParallelLine], words: ParallelWords
) -> Figure:
    """Return the chart as a slide; those that stand out have their names at the last axis."""
    samples = [Line2D([], [], color=colour_of(ParallelLine("", (), at)), linewidth=1.4) for at in (0.0, 0.5, 1.0)]
    samples.append(Line2D([], [], color=style.INK, linewidth=3.2))
    samples.append(Line2D([], [], color=_BASE, linewidth=2.6, linestyle=style.CHANGE.dashes))
    names = (words.low, words.middle, words.high, words.stands_out, words.base)
    legend = Legend(tuple(samples), names)
    figure = new_slide(heading)
    top = add_legend(figure, legend) + _GROUP_HEIGHT + _TITLE_HEIGHT
    height = style.SLIDE_HEIGHT - top - _BELOW - FOOT
    area = Rectangle(MARGIN + 0.5, top, style.SLIDE_WIDTH - 2 * MARGIN - 0.5 - _RIGHT, height)
    drawn = axes_at(figure, area)
    places = _places(axes)
    drawn.set_axis_off()
    drawn.set_xlim(places[0] - 0.05, places[-1] + 0.05)
    drawn.set_ylim(-0.02, 1.02)
    step = area.width / (places[-1] - places[0] + 0.1)
    _draw_axes(drawn, axes, places, step)
    for line in sorted(lines, key=lambda one: (one.is_base, one.stands_out, -one.colour)):
        _draw_line(drawn, line, [axis.height(value) for axis, value in zip(axes, line.values, strict=True)], places)
    _write_marks(drawn, [(axes[-1].height(line.values[-1]), line.mark) for line in lines if line.mark], places[-1])
    return figure


def _places(axes: Sequence[ParallelAxis]) -> list[float]:
    """Return where the axes stand, with a gap where a group ends."""
    groups = [axis.group for axis in axes]
    steps = [0.0, *(1.0 + _GAP * (one != other) for one, other in itertools.pairwise(groups))]
    return [float(place) for place in np.cumsum(steps)]


def _draw_axes(drawn: Axes, axes: Sequence[ParallelAxis], places: Sequence[float], step: float) -> None:
    above = 1.0 / drawn.get_position().height / style.SLIDE_HEIGHT  # an inch
    words = [word for axis in axes if axis.title.isascii() for word in axis.title.split()]
    # The same for all, and no word is broken.
    size = min([_TITLE_SIZE, *(fitting_size(word, 0.9 * step, _TITLE_SIZE) for word in words)])
    for axis, place in zip(axes, places, strict=True):
        drawn.plot([place, place], [0.0, 1.0], color=style.RULE, linewidth=1.4, zorder=1)
        for end, at, side in ((axis.bottom, -0.02, "top"), (axis.top, 1.02, "bottom")):
            drawn.text(place, at, axis.written(end), ha="center", va=side, size=_NUMBER_SIZE, color=style.QUIET_INK)
        title = fitted(axis.title, 0.94 * step, size, most_lines=4)
        drawn.text(place, 1.02 + 0.24 * above, title.text, ha="center", va="bottom", size=title.size)
    for group in dict.fromkeys(axis.group for axis in axes):
        first = next(place for axis, place in zip(axes, places, strict=True) if axis.group == group)
        at = 1.02 + (0.24 + _TITLE_HEIGHT - 0.2) * above
        drawn.text(first - 0.3, at, group, ha="left", va="bottom", size=style.LABEL_SIZE, color=style.QUIET_INK)


def _draw_line(drawn: Axes, line: ParallelLine, heights: Sequence[float], places: Sequence[float]) -> None:
    width = 2.6 if line.is_base else 3.2 if line.stands_out else 0.9
    dashes = style.CHANGE.dashes if line.is_base else "solid"
    opacity = 1.0 if line.is_base or line.stands_out else 0.45
    order = 4 if line.is_base else 3 if line.stands_out else 2
    drawn.plot(places, heights, color=colour_of(line), linewidth=width, linestyle=dashes, alpha=opacity, zorder=order)


def _write_marks(drawn: Axes, marks: Sequence[tuple[float, str]], place: float) -> None:
    """Write marks at the last axis, each at the height of its line or as much above as it takes to be read."""
    least = -1.0
    for height, mark in sorted(marks):
        least = max(height, least + _MARK_HEIGHT)
        drawn.annotate(
            mark,
            (place, height),
            xytext=(place + 0.12, least),
            va="center",
            size=_MARK_SIZE,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": style.RULE, "linewidth": 0.8},
        )


def parallel_page(
    heading: Heading,
    axes: Sequence[ParallelAxis],
    lines: Sequence[ParallelLine],
    words: ParallelWords,
    about: tuple[str, str],
) -> str:
    """Return the chart as a page of its own, in which axes are brushed: no other file, no network.

    `about` is the tag of the language and what must be told across the chart, empty if there is nothing.
    """
    data = {
        "axes": [
            {
                "title": axis.title,
                "group": axis.group,
                "place": place,
                "ends": [axis.written(axis.bottom), axis.written(axis.top)],
                "range": [axis.bottom, axis.top],
            }
            for axis, place in zip(axes, _places(axes), strict=True)
        ],
        "lines": [
            {
                "name": line.name,
                "colour": colour_of(line),
                "mark": line.mark,
                "is_base": line.is_base,
                "at": [round(axis.height(value), 5) for axis, value in zip(axes, line.values, strict=True)],
                "texts": [axis.written(value) for axis, value in zip(axes, line.values, strict=True)],
            }
            for line in lines
        ],
        "words": words._asdict(),
    }
    language, band = about
    colours = [colour_of(ParallelLine("", (), at)) for at in (0.0, 0.5, 1.0)]
    texts = {
        "language": language,
        "title": heading.title,
        "reading": heading.reading,
        "note": heading.note,
        "band": band,
        **words._asdict(),
    }
    escaped = {name: html.escape(text) for name, text in texts.items()}
    escaped |= {f"colour_{place}": colour for place, colour in enumerate(colours)} | {"colour_base": _BASE}
    # No sign of a text can end the script.
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(escaped, data=written)

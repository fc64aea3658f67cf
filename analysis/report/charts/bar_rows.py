"""Rows of stacked bars of counts or shares, a panel each: what is told and what is not, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

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
    new_slide,
    text_width,
)

_MOST_NAMES_WIDTH = 3.6
_BESIDE_NAMES = 0.3
_GAP = 0.3
_TITLE_HEIGHT = 0.6
_BELOW = 0.5
_ROW_HEIGHT, _LEAST_ROW_HEIGHT = 0.46, 0.22
_BAR = 0.68
_NAME_SIZE = 11.5
_NUMBER_SIZE = 10.0
_LEAST_SHOWN = 0.035  # of the panel's width: a narrower part has no number in it

# Parts that are told have colours, what is not told is grey; neighbours differ in lightness or have a hatch.
PARTS = (
    style.Area("#1f83c4", ""),
    style.Area("#a3d3f0", "///"),
    style.Area("#d55e00", ""),
    style.Area("#f0c27b", "..."),
    style.Area("#5b8a5b", "xxx"),
)
NOT_TOLD = style.Area("#d9d9d9", "")


Slide = Figure


class BarPanel(NamedTuple):
    """A panel: its title and, for each row, the size of every part by the name of the part."""

    title: str
    rows: Sequence[Mapping[str, float]]


def bar_rows(
    heading: Heading,
    names: Sequence[str],
    panels: Sequence[BarPanel],
    parts: Mapping[str, tuple[str, style.Area]],
    tick: Callable[[float], str] = "{:.0f}".format,
) -> Slide:
    """Return a chart with a row for each name and a panel beside another, each row a bar of parts.

    Parameters
    ----------
    parts : by the name of a part, what it is called and how it looks, in the order in which they stand.
    tick : how numbers stand at the axis and in the bars.
    """
    legend = Legend(
        tuple(
            Patch(facecolor=area.colour, edgecolor=style.HATCH_COLOUR, hatch=area.hatch) for _, area in parts.values()
        ),
        tuple(name for name, _ in parts.values()),
    )
    head = new_slide(heading)
    top = add_legend(head, legend) + (_TITLE_HEIGHT if any(panel.title for panel in panels) else 0.15)
    row_height = min(_ROW_HEIGHT, max(_LEAST_ROW_HEIGHT, (style.SLIDE_HEIGHT - top - _BELOW - FOOT) / len(names)))
    area = Rectangle(MARGIN, top, style.SLIDE_WIDTH - 2 * MARGIN, row_height * len(names))
    figure = new_slide(heading, top + area.height + _BELOW + FOOT)
    add_legend(figure, legend)
    names_width = min(_MOST_NAMES_WIDTH, max(text_width(name, _NAME_SIZE) for name in names) + _BESIDE_NAMES)
    width = (area.width - names_width - _GAP * (len(panels) - 1)) / len(panels)
    for place, panel in enumerate(panels):
        left = area.left + names_width + place * (width + _GAP)
        axes = axes_at(figure, area._replace(left=left, width=width))
        _draw(axes, panel, parts, tick, width)
        if place == 0:
            _write_names(axes, names, names_width)
    return figure


def _write_names(axes: Axes, names: Sequence[str], width: float) -> None:
    axes.set_yticks(range(len(names)))
    fitting = [fitted(name, width - _BESIDE_NAMES / 2.0, _NAME_SIZE, most_lines=1) for name in names]
    labels = axes.set_yticklabels([words.text for words in fitting], color=style.INK)
    for label, words in zip(labels, fitting, strict=True):
        label.set_fontsize(words.size)


def _draw(
    axes: Axes, panel: BarPanel, parts: Mapping[str, tuple[str, style.Area]], tick: Callable[[float], str], width: float
) -> None:
    most = max((sum(row.values()) for row in panel.rows), default=1.0) or 1.0
    for number, row in enumerate(panel.rows):
        left = 0.0
        for name, (_, area) in parts.items():
            size = row.get(name, 0.0)
            if size <= 0.0:
                continue
            axes.barh(
                number,
                size,
                _BAR,
                left=left,
                color=area.colour,
                hatch=area.hatch,
                edgecolor=style.HATCH_COLOUR,
                linewidth=0.5,
            )
            if size / most >= _LEAST_SHOWN * (10.0 / width) ** 0.5:
                _number(axes, left + size / 2.0, number, tick(size), area)
            left += size
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    axes.set_xlim(0.0, most * 1.02)
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=max(2, int(width / 0.8)), steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axes.tick_params(axis="both", labelsize=style.TICK_SIZE, length=0.0)
    axes.grid(True, axis="x")
    title = fitted(panel.title, width, style.PANEL_TITLE_SIZE)
    axes.set_title(title.text, loc="left", pad=8.0, size=title.size)


def _number(axes: Axes, x: float, row: int, text: str, area: style.Area) -> None:
    is_dark = sum(int(area.colour[place : place + 2], 16) for place in (1, 3, 5)) < 380
    box = None if not area.hatch else {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.0}
    colour = style.PAPER if is_dark and not area.hatch else style.INK
    axes.text(x, row, text, ha="center", va="center", size=_NUMBER_SIZE, color=colour, bbox=box)

"""Rows of points with intervals, a panel each: the form that the charts of sensitivity and of ablation share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
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
    write_in_row,
)

_NAMES_WIDTH = 3.5
_GAP = 0.35
_TITLE_HEIGHT = 0.42
_BELOW = 0.5
_ROW_HEIGHT, _LEAST_ROW_HEIGHT = 0.34, 0.24
_NAME_SIZE = 11.5
_ROOM = 0.06


class Dot(NamedTuple):
    """A value with its interval, NaN where there is none; filled if the interval allows to say something."""

    value: float
    low: float
    high: float
    is_filled: bool


class DotSeries(NamedTuple):
    """Dots for every row of a panel, their colour and marker, and how far they are moved up, in rows."""

    dots: Sequence[Dot]
    colour: str
    marker: str
    shift: float = 0.0


class DotPanel(NamedTuple):
    """A panel: title, series, how numbers stand at its axis, and where limits are drawn."""

    title: str
    series: Sequence[DotSeries]
    tick: Callable[[float], str]
    limits: Sequence[float] = ()


def rows_chart(
    heading: Heading, names: Sequence[str], panels: Sequence[DotPanel], legend: Legend | None = None
) -> Figure:
    """Return a chart with a row for each name and a panel beside another for each measure."""
    head = new_slide(heading)
    top = (add_legend(head, legend) if legend else 1.2) + _TITLE_HEIGHT
    row_height = min(_ROW_HEIGHT, max(_LEAST_ROW_HEIGHT, (style.SLIDE_HEIGHT - top - _BELOW - FOOT) / len(names)))
    area = Rectangle(MARGIN, top, style.SLIDE_WIDTH - 2 * MARGIN, row_height * len(names))
    figure = new_slide(heading, top + area.height + _BELOW + FOOT)
    if legend:
        add_legend(figure, legend)
    _write_names(figure, area, names)
    width = (area.width - _NAMES_WIDTH - _GAP * (len(panels) - 1)) / len(panels)
    for place, panel in enumerate(panels):
        left = area.left + _NAMES_WIDTH + place * (width + _GAP)
        _draw(axes_at(figure, area._replace(left=left, width=width)), panel, len(names), width)
    return figure


def legend_of(series: Sequence[DotSeries], names: Sequence[str]) -> Legend:
    """Return a legend with a sample of each series."""
    samples = (Line2D([], [], color=one.colour, marker=one.marker, linewidth=2.0) for one in series)
    return Legend(tuple(samples), tuple(names))


def _write_names(figure: Figure, area: Rectangle, names: Sequence[str]) -> None:
    axes = axes_at(figure, area)
    axes.set_axis_off()
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    for row, name in enumerate(names):
        if row % 2 == 0:
            axes.axhspan(row - 0.5, row + 0.5, color=style.BAND, linewidth=0.0)
        write_in_row(axes, fitted(name, _NAMES_WIDTH - 0.2, _NAME_SIZE, most_lines=1), 0.08 / area.width, row)


def _draw(axes: Axes, panel: DotPanel, n: int, width: float) -> None:
    axes.patch.set_alpha(0.0)
    axes.set_ylim(n - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.axvline(0.0, color=style.INK, linewidth=1.0)
    title = fitted(panel.title, width, style.PANEL_TITLE_SIZE, most_lines=1)
    axes.set_title(title.text, loc="left", pad=8.0, size=title.size)
    for limit in panel.limits:
        axes.axvline(limit, color=style.INK, linestyle=style.REFERENCE.dashes, linewidth=style.REFERENCE.width)
    for series in panel.series:
        for row, dot in enumerate(series.dots):
            _draw_dot(axes, row - series.shift, dot, series)
    ends = [end for series in panel.series for dot in series.dots for end in dot[:3] if math.isfinite(end)]
    low, high = min([0.0, *panel.limits, *ends]), max([0.0, *panel.limits, *ends])
    room = _ROOM * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=max(3, int(width / 0.75)), steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: panel.tick(value)))
    axes.tick_params(axis="x", labelsize=style.TICK_SIZE)
    axes.grid(True, axis="x")


def _draw_dot(axes: Axes, row: float, dot: Dot, series: DotSeries) -> None:
    if not np.isfinite(dot.value):
        return
    axes.plot([dot.low, dot.high], [row, row], color=series.colour, linewidth=2.0, solid_capstyle="butt")
    face = series.colour if dot.is_filled else style.PAPER
    axes.plot(
        [dot.value],
        [row],
        marker=series.marker,
        markersize=6.5,
        color=series.colour,
        markerfacecolor=face,
        markeredgewidth=1.4,
    )

"""A grid of panels over time, one for each scenario or measure, with the same axes everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.report.charts import style
from analysis.report.charts.layout import (
    FOOT,
    MARGIN,
    Heading,
    Legend,
    Rectangle,
    add_legend,
    axes_at,
    columns_for,
    fitted,
    height_of_lines,
    new_slide,
    panel_places,
)
from analysis.report.charts.series import Fan
from analysis.report.charts.style import Line
from model.catalogue import Catalogue
from model.scenario.scenario import Change, Scenario

_MONTHS_PER_YEAR = 12
_LONGEST_IN_MONTHS = 24
_MOST_TICKS = 5
_LEFT_OF_PANELS = 0.85  # the label of the axis and its numbers
_BELOW_PANELS = 0.62
_LEAST_PANEL_HEIGHT = 0.95
_AROUND_TITLES = 0.24
_MOST_HEAD = 1.65
_LARGEST_LARGE = 3  # up to so many panels stand in one row, with larger type


class Frame(NamedTuple):
    """A chart but for what its panels hold: words, legend, titles of panels, name of the upright axis, its months."""

    heading: Heading
    legend: Legend
    titles: tuple[str, ...]
    y_label: str
    n_months: int


def new_time_panels(frame: Frame, catalogue: Catalogue) -> tuple[Figure, list[Axes]]:
    """Return a slide with an empty panel for each title; it is taller than usual if there are very many."""
    n = len(frame.titles)
    is_large = n <= _LARGEST_LARGE
    size = style.LARGE_PANEL_TITLE_SIZE if is_large else style.PANEL_TITLE_SIZE
    columns = columns_for(n)
    rows = -(-n // columns)
    left = MARGIN + _LEFT_OF_PANELS
    width = style.SLIDE_WIDTH - MARGIN - left
    titles = [fitted(title, width / columns - 0.2, size) for title in frame.titles]
    title_height = max(height_of_lines(1 + t.text.count("\n"), t.size) for t in titles) + _AROUND_TITLES
    around = _MOST_HEAD + _BELOW_PANELS + FOOT
    height = max(style.SLIDE_HEIGHT, around + rows * (_LEAST_PANEL_HEIGHT + title_height))
    figure = new_slide(frame.heading, height)
    top = add_legend(figure, frame.legend)
    area = Rectangle(left, top, width, height - top - _BELOW_PANELS - FOOT)
    panels = [axes_at(figure, place) for place in panel_places(n, area, title_height)]
    for number, (axes, title) in enumerate(zip(panels, titles, strict=True)):
        axes.set_title(title.text, size=title.size, loc="left", pad=5.0, linespacing=1.1)
        axes.grid(True, axis="y")
        _set_time_axis(axes, frame.n_months, has_numbers=number + columns >= n)
        axes.tick_params(labelsize=style.LARGE_TICK_SIZE if is_large else style.TICK_SIZE)
        axes.tick_params(axis="y", labelleft=number % columns == 0, length=0)
    _label_axes(figure, area, frame, catalogue)
    return figure, panels


def set_share_axis(panels: Sequence[Axes], top: float) -> None:
    """Give all panels the same upright axis from 0% to a round share not below `top`."""
    ticks = np.asarray(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, min(1.0, max(top, 0.01))))
    ticks = ticks[(ticks >= 0.0) & (ticks <= 1.0 + 1e-9)]
    for axes in panels:
        axes.set_ylim(0.0, max(float(ticks[-1]), min(top * 1.04, 1.0)))
        axes.set_yticks(ticks)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=None if ticks[1] < 0.01 else 0))


def draw_fan(axes: Axes, fan: Fan, line: Line, bands: int = 2) -> None:
    """Draw the median of runs as a line, on a band for the middle 90% and, if `bands` is 2, one for the middle 50%."""
    month = np.arange(len(fan.median))
    limits = ((fan.low_90, fan.high_90), (fan.low_50, fan.high_50))
    for (low, high), opacity in list(zip(limits, style.BAND_OPACITIES, strict=True))[:bands]:
        axes.fill_between(month, low, high, color=line.colour, alpha=opacity, linewidth=0.0)
    draw_line(axes, fan, line)


def draw_line(axes: Axes, fan: Fan, line: Line) -> None:
    """Draw the median of runs; a single month as a point."""
    marker = "o" if len(fan.median) == 1 else ""
    axes.plot(fan.median, color=line.colour, linestyle=line.dashes, linewidth=line.width, marker=marker)


def mark_changes(axes: Axes, changes: Sequence[Change], n_months: int, colour: str = style.CHANGE.colour) -> None:
    """Mark where the policy changes: a line where it does so at once, a grey span where it comes in step by step."""
    for change in changes:
        if change.phase_in_months > 1:
            axes.axvspan(
                change.month, _end_of_phase_in(change, n_months), color=style.PHASE_IN, linewidth=0.0, zorder=0.5
            )
        else:
            _mark(axes, change.month, n_months, colour)
        if change.until is not None:
            _mark(axes, change.until, n_months, colour)


def mark_changes_by_lines(axes: Axes, changes: Sequence[Change], n_months: int) -> None:
    """Mark where the policy changes by lines, also where it begins and ends to come in: a span would be covered."""
    for change in changes:
        months = {change.month, _end_of_phase_in(change, n_months) if change.phase_in_months > 1 else change.month}
        for month in sorted(months | ({change.until} if change.until is not None else set())):
            _mark(axes, month, n_months, style.CHANGE.colour)


def legend_of_changes(scenarios: Sequence[Scenario], catalogue: Catalogue, has_spans: bool = True) -> Legend:
    """Return what the legend says about changes of policy, nothing if there are none."""
    legend = Legend((), ())
    changes = [change for scenario in scenarios for change in scenario.changes]
    if any(not has_spans or change.phase_in_months <= 1 or change.until is not None for change in changes):
        legend += Legend((legend_line(style.CHANGE),), (catalogue.text("charts.policy_changes"),))
    if has_spans and any(change.phase_in_months > 1 for change in changes):
        legend += Legend((Patch(facecolor=style.PHASE_IN),), (catalogue.text("charts.policy_phased_in"),))
    return legend


def legend_line(line: Line) -> Line2D:
    """Return the sample of a line for a legend."""
    return Line2D([], [], color=line.colour, linestyle=line.dashes, linewidth=line.width)


def _end_of_phase_in(change: Change, n_months: int) -> int:
    return min(change.month + change.phase_in_months, change.until or n_months, n_months)


def _mark(axes: Axes, month: int, n_months: int, colour: str) -> None:
    """Draw an upright line on a white one, which keeps it visible on a dark area."""
    if 0 < month < n_months:
        line = style.CHANGE
        axes.axvline(month, color=style.PAPER, linewidth=line.width + 1.4, zorder=1.4)
        axes.axvline(month, color=colour, linestyle=line.dashes, linewidth=line.width, zorder=1.5)


def _set_time_axis(axes: Axes, n_months: int, has_numbers: bool) -> None:
    unit = 1 if n_months <= _LONGEST_IN_MONTHS else _MONTHS_PER_YEAR
    span = n_months // unit
    step = next(step for step in _round_steps() if span <= step * _MOST_TICKS)
    ticks = np.arange(0, span + 1, step)
    axes.set_xlim(0, max(n_months, 2))
    axes.set_xticks(ticks * unit, [str(tick) for tick in ticks] if has_numbers else [""] * len(ticks))


def _round_steps() -> list[int]:
    return [first * 10**power for power in range(9) for first in (1, 2, 5)]


def _label_axes(figure: Figure, area: Rectangle, frame: Frame, catalogue: Catalogue) -> None:
    unit = "charts.month" if frame.n_months <= _LONGEST_IN_MONTHS else "charts.year"
    width, height = figure.get_size_inches()
    middle = 1.0 - (area.top + area.height / 2) / height
    size = style.LABEL_SIZE
    figure.text(MARGIN / width, middle, frame.y_label, rotation=90, ha="left", va="center", size=size)
    bottom = 1.0 - (area.top + area.height + 0.36) / height
    figure.text((area.left + area.width / 2) / width, bottom, catalogue.text(unit), ha="center", va="top", size=size)

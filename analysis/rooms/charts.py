"""The chart of a session: the class's line on the model's fan, with the twins and the class's guess."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator, PercentFormatter
from numpy.typing import NDArray

from analysis.report.charts import style
from analysis.report.charts.fonts import characters_not_shown
from analysis.report.charts.layout import FOOT, MARGIN, Heading, Legend, Rectangle, add_legend, axes_at, new_slide
from analysis.report.charts.style import BAND_OPACITIES, chart_style
from analysis.rooms.comparators import QuantileBand

_BELOW = 0.75
_MOST_TICKS = 24
_RULE_POINTS = 11.0
_LAST_NARROW = 0x2E7F  # the last sign before those of Chinese


class RuleMark(NamedTuple):
    """Where a rule begins to hold, its title, and what it is called where there is no room for that."""

    first: int
    title: str
    letter: str


@dataclass(frozen=True)
class Lines:
    """What the chart draws, round by round; what is missing is not drawn."""

    shares: NDArray[np.float64]
    fan: QuantileBand
    twins: NDArray[np.float64]
    class_fan: QuantileBand | None
    guess: NDArray[np.float64] | None
    rules: tuple[RuleMark, ...]  # in their order, the first round's first


@chart_style()
def session_chart(lines: Lines, heading: Heading, names: dict[str, str], axis: str) -> Figure:
    """Return the chart of a session."""
    figure = new_slide(heading)
    legend = _legend(lines, names)
    top = add_legend(figure, legend) + 0.45
    height = style.SLIDE_HEIGHT - top - FOOT - _BELOW
    axes = axes_at(figure, Rectangle(MARGIN + 0.6, top, style.SLIDE_WIDTH - 2 * MARGIN - 0.6, height))
    rounds = np.arange(1, len(lines.shares) + 1)
    bands = ((lines.fan.low90, lines.fan.high90), (lines.fan.low50, lines.fan.high50))
    for (low, high), opacity in zip(bands, BAND_OPACITIES, strict=True):
        axes.fill_between(rounds, low, high, color=style.INNOVATION.colour, alpha=opacity, linewidth=0.0)
    axes.plot(rounds, lines.fan.median, color=style.INNOVATION.colour, linewidth=1.6)
    if lines.class_fan is not None:
        axes.plot(rounds, lines.class_fan.median, color=style.LAZY.colour, linestyle=style.LAZY.dashes, linewidth=2.0)
    axes.plot(
        rounds, lines.twins, color=style.QUIET_INK, linestyle="dotted", marker="D", markersize=5, lw=1.4, clip_on=False
    )
    if lines.guess is not None:
        axes.plot(rounds, lines.guess[: len(rounds)], color=style.RULE, linewidth=1.6)
    axes.plot(rounds, lines.shares, color=style.INK, marker="o", markersize=8, linewidth=2.8, clip_on=False)
    _mark_rules(axes, lines.rules, len(rounds))
    axes.set_ylim(0.0, min(1.08 * _highest(lines), 1.0))
    axes.set_xlim(0.5, max(len(rounds), 1) + 0.5)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.xaxis.set_major_locator(MultipleLocator(max(1, math.ceil(len(rounds) / _MOST_TICKS))))
    axes.set_xlabel(axis)
    return figure


def _mark_rules(axes: Axes, rules: tuple[RuleMark, ...], n_rounds: int) -> None:
    """Name each rule above its rounds, and draw a line where it begins to hold in the place of another."""
    ends = [mark.first for mark in rules[1:]] + [n_rounds + 1]
    inches = axes.get_position().width * style.SLIDE_WIDTH / max(n_rounds, 1)
    for place, (mark, end) in enumerate(zip(rules, ends, strict=True)):
        if place > 0:
            axes.axvline(mark.first - 0.5, color=style.CHANGE.colour, linestyle=style.CHANGE.dashes, linewidth=1.1)
        is_shown = not characters_not_shown(mark.title) and _width_of(mark.title) <= (end - mark.first) * inches
        axes.annotate(
            mark.title if is_shown else mark.letter,
            (mark.first - 0.5, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(4, 4),
            textcoords="offset points",
            fontsize=_RULE_POINTS,
        )


def _width_of(title: str) -> float:
    """Return about how wide a title is, in inches: Chinese signs are as wide as they are high."""
    return sum(1.0 if ord(sign) > _LAST_NARROW else 0.6 for sign in title) * _RULE_POINTS / 72.0 + 0.1


def _highest(lines: Lines) -> float:
    """Return the highest point of all that is drawn, but no less than a fifth."""
    drawn = [lines.fan.high90, lines.shares, lines.twins]
    drawn += [lines.class_fan.median] if lines.class_fan is not None else []
    drawn += [lines.guess[: len(lines.shares)]] if lines.guess is not None else []
    return max([0.2, *(value for values in drawn for value in _finite(values))])


def _finite(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in values if not math.isnan(value)]


def _legend(lines: Lines, names: dict[str, str]) -> Legend:
    handles: list[tuple[Artist, str]] = [
        (Line2D([], [], color=style.INK, marker="o", linewidth=2.8), names["class"]),
        (Patch(color=style.INNOVATION.colour, alpha=0.4), names["fan"]),
        (Line2D([], [], color=style.QUIET_INK, marker="D", linestyle="dotted"), names["twins"]),
    ]
    if lines.class_fan is not None:
        handles.append((Line2D([], [], color=style.LAZY.colour, linestyle=style.LAZY.dashes), names["class_fan"]))
    if lines.guess is not None:
        handles.append((Line2D([], [], color=style.RULE), names["guess"]))
    return Legend(tuple(handle for handle, _ in handles), tuple(name for _, name in handles))

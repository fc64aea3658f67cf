"""How a box was peeled: how much of what is looked for is still inside, against how often it holds there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from analysis.report.charts import style
from analysis.report.charts.layout import Heading, Legend, fitted
from analysis.report.charts.small_panels import small_panels
from analysis.report.charts.style import chart_style

_FOUND, _MEASURED = style.INNOVATION.colour, style.LAZY.colour


class Peeling(NamedTuple):
    """A peeling: its title, coverage and density of every box on the way, shape (steps,) each, and what was chosen.

    `chosen` and `held_out` are coverage and density of the box where it was found and where it was measured;
    `base_rate` is how often the condition holds at all points that were peeled.
    """

    title: str
    coverage: NDArray[np.float64]
    density: NDArray[np.float64]
    chosen: tuple[float, float]
    held_out: tuple[float, float]
    base_rate: float


class PeelingWords(NamedTuple):
    """What the legend and the axes of the chart say."""

    steps: str
    chosen: str
    held_out: str
    base_rate: str
    wanted: str
    coverage: str
    density: str


@chart_style()
def peeling_chart(heading: Heading, peelings: Sequence[Peeling], wanted: float, words: PeelingWords) -> Figure:
    """Return the chart of peelings, a panel each; `wanted` is the density that was asked for."""
    step = Line2D([], [], color=_FOUND, marker=".", linewidth=1.2, markersize=7)
    chosen = Line2D([], [], color=_FOUND, marker="o", linestyle="", markersize=11, markeredgecolor=style.INK)
    held_out = Line2D(
        [], [], color=_MEASURED, marker="D", linestyle="", markersize=9, markerfacecolor=style.PAPER, markeredgewidth=2
    )
    base = Line2D([], [], color=style.INK, linestyle=style.REFERENCE.dashes, linewidth=style.REFERENCE.width)
    asked = Line2D([], [], color=style.INK, linestyle=style.CHANGE.dashes, linewidth=style.CHANGE.width)
    legend = Legend(
        (step, chosen, held_out, base, asked),
        (words.steps, words.chosen, words.held_out, words.base_rate, words.wanted),
    )
    figure, panels = small_panels(heading, [one.title for one in peelings], legend)
    for axes, one in zip(panels, peelings, strict=True):
        axes.plot(one.coverage, one.density, color=_FOUND, linewidth=1.2, marker=".", markersize=7)
        axes.axhline(one.base_rate, color=style.INK, linestyle=style.REFERENCE.dashes, linewidth=style.REFERENCE.width)
        axes.axhline(wanted, color=style.INK, linestyle=style.CHANGE.dashes, linewidth=style.CHANGE.width)
        axes.plot(*one.chosen, color=_FOUND, marker="o", linestyle="", markersize=11, markeredgecolor=style.INK)
        axes.plot(
            *one.held_out,
            color=_MEASURED,
            marker="D",
            linestyle="",
            markersize=9,
            markerfacecolor=style.PAPER,
            markeredgewidth=2,
        )
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.03, 1.05)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.grid(True)
        width = axes.get_position().width * style.SLIDE_WIDTH
        below = fitted(words.coverage, width, style.LABEL_SIZE, most_lines=1)
        axes.set_xlabel(below.text, size=below.size)
    panels[0].set_ylabel(words.density, size=style.LABEL_SIZE)
    return figure

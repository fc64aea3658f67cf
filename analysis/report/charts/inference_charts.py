"""Charts of an inference: ranks of known truths, prior beside posterior, correlations, where points were dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import NDArray

from analysis.report.charts import style
from analysis.report.charts.layout import FOOT, MARGIN, Heading, Legend, Rectangle, axes_at, fitted, new_slide
from analysis.report.charts.small_panels import small_panels
from analysis.report.charts.style import chart_style

Floats = NDArray[np.float64]
_NAMES_WIDTH, _NAMES_HEIGHT = 3.2, 0.55
_ROW_HEIGHT, _BELOW = 0.5, 0.2
_NUMBER_SIZE = 10.0
_STRONG = 0.5  # from here on the number stands in white
_BARS = 24
_POSTERIOR, _PRIOR, _OUTSIDE = style.POINT, "#b9b9b9", style.LAZY.colour


class Bars(NamedTuple):
    """A panel of bars over the bins of a range: its title, the ends of the range, heights of shape (bins,)."""

    title: str
    ends: tuple[float, float]
    heights: Floats


@chart_style()
def ranks_chart(heading: Heading, panels: Sequence[Bars], band: tuple[float, float], words: tuple[str, str]) -> Figure:
    """Return histograms of ranks; `band` is where 99% of bars lie if intervals are right, `words` name both.

    A bar outside the band has another colour.
    """
    bar, within = words
    legend = Legend((Patch(color=_POSTERIOR), Patch(color=_PRIOR, alpha=0.5)), (bar, within))
    figure, drawn = small_panels(heading, [panel.title for panel in panels], legend)
    for axes, panel in zip(drawn, panels, strict=True):
        axes.axhspan(*band, color=_PRIOR, alpha=0.5, linewidth=0)
        is_outside = (panel.heights < band[0]) | (panel.heights > band[1])
        colours = [_OUTSIDE if outside else _POSTERIOR for outside in is_outside]
        _draw_bars(axes, panel, colours)
        axes.set_ylim(0.0, max(1.15 * float(panel.heights.max()), 1.3 * band[1]))
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    return figure


@chart_style()
def posterior_chart(
    heading: Heading, panels: Sequence[Bars], priors: Sequence[Floats], words: tuple[str, str]
) -> Figure:
    """Return histograms of draws beside those of the prior, shapes (bins,); `words` name posterior and prior."""
    posterior, prior = words
    legend = Legend((Patch(color=_POSTERIOR), Line2D([], [], color=style.INK, linewidth=1.6)), (posterior, prior))
    figure, drawn = small_panels(heading, [panel.title for panel in panels], legend)
    for axes, panel, before in zip(drawn, panels, priors, strict=True):
        _draw_bars(axes, panel, [_POSTERIOR] * len(panel.heights))
        axes.stairs(before, np.linspace(*panel.ends, len(before) + 1), color=style.INK, linewidth=1.6)
        axes.set_yticks([])
        axes.grid(False)
        axes.xaxis.set_major_locator(MaxNLocator(4))
    return figure


def shares_in_bins(values: Floats, ends: tuple[float, float]) -> Floats:
    """Return the share of values in each of so many equal bins as charts of posteriors have."""
    counts = np.histogram(values, bins=_BARS, range=ends)[0]
    shares: Floats = counts / max(1, len(values))
    return shares


def _draw_bars(axes: Axes, panel: Bars, colours: Sequence[str]) -> None:
    edges = np.linspace(*panel.ends, len(panel.heights) + 1)
    axes.bar(edges[:-1], panel.heights, width=np.diff(edges) * 0.94, align="edge", color=colours, linewidth=0)
    axes.set_xlim(*panel.ends)


@chart_style()
def table_chart(
    heading: Heading, rows: Sequence[str], columns: Sequence[str], values: Floats, most: float, *, is_share: bool
) -> Figure:
    """Return coloured cells with their numbers, shape (rows, columns): correlations, or shares from 0.

    `most` is where colours end, either way; a missing number leaves its cell empty.
    """
    top = 1.2 + _NAMES_HEIGHT
    width = style.SLIDE_WIDTH - 2 * MARGIN - _NAMES_WIDTH
    height = min(style.SLIDE_HEIGHT - top - FOOT - _BELOW, _ROW_HEIGHT * len(rows))
    figure = new_slide(heading, top + height + _BELOW + FOOT)
    area = Rectangle(MARGIN + _NAMES_WIDTH, top, width, height)
    axes = axes_at(figure, area)
    colours = matplotlib.colormaps["Blues" if is_share else "PuOr_r"].with_extremes(bad=style.PAPER)
    ends = (0.0 if is_share else -most, most)
    axes.imshow(np.ma.masked_invalid(values), cmap=colours, vmin=ends[0], vmax=ends[1], aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            ink = style.PAPER if abs(value) > _STRONG * most else style.INK
            text = f"{value:.0%}" if is_share else f"{value:+.2f}"
            axes.text(column, row, text, ha="center", va="center", size=_NUMBER_SIZE, color=ink)
    names = [fitted(name, _NAMES_WIDTH - 0.15, style.LABEL_SIZE, most_lines=1) for name in rows]
    axes.set_yticks(range(len(rows)), [name.text for name in names], color=style.INK)
    for label, name in zip(axes.get_yticklabels(), names, strict=True):
        label.set_fontsize(name.size)
    above = [fitted(name, 0.94 * width / len(columns), style.TICK_SIZE, most_lines=3) for name in columns]
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(columns)), [name.text for name in above], color=style.INK)
    for label, name in zip(axes.get_xticklabels(), above, strict=True):
        label.set_fontsize(name.size)
    axes.tick_params(length=0.0)
    axes.spines[:].set_visible(False)
    return figure

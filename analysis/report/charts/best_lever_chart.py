"""Chart of where more of a lever pays: the gain in public value over lever and weight, and the best level by weight."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from analysis.design.specification import Specification
from analysis.report.charts import style
from analysis.report.charts.grid_maps import told_level
from analysis.report.charts.heat_map import baseline_point
from analysis.report.charts.layout import FOOT, MARGIN, Heading, Legend, Rectangle, add_legend, axes_at, new_slide
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import title_of
from analysis.report.contents import BestLevels, Contents
from model.catalogue import Catalogue
from model.parameters import value_at

Floats = NDArray[np.float64]

MEASURE = "public_value"
_TITLES_HEIGHT, _LEFT, _BELOW, _BETWEEN = 0.4, 0.85, 0.75, 0.55
_SCALE_WIDTH, _SCALE_GAP, _NUMBERS_WIDTH = 0.22, 0.16, 0.75
_GAINS = "PuOr"  # purple where more pays, orange where it costs, white between
_DARK_PART = 0.6  # of the scale of colours on either side of 0
_BEST_WIDTH, _BAR_WIDTH = 2.6, 1.6
_SMALL = 1e-9


def best_lever_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws where more of a lever pays, if the experiment sets a lever against a weight of public value."""
    best = contents.best
    return {} if best is None else {"best": lambda: best_lever_chart(best, contents.specification, words)}


@chart_style()
def best_lever_chart(best: BestLevels, specification: Specification, catalogue: Catalogue) -> Figure:
    """Return a chart of two panels with the same axes: what the lever gains or costs, and its best level."""
    lever, weight = (catalogue.text(f"parameters.{path}.label") for path in (best.lever, best.weight))
    title = catalogue.text("charts.best_lever").format(lever=lever)
    reading = catalogue.text("charts.best_lever_reading").format(
        n=specification.replications, lowest=f"{best.levels[0]:g}"
    )
    figure = new_slide(Heading(title, reading, catalogue.text("charts.not_a_forecast")))
    line = Line2D([], [], color=style.INK, linewidth=_BEST_WIDTH, marker="o", markersize=5.0)
    legend = Legend(
        (line, baseline_point()), (catalogue.text("charts.best_level"), title_of(specification.base, catalogue))
    )
    gains, scale, levels = _places(figure, add_legend(figure, legend) + _TITLES_HEIGHT)
    there = best.gain[~np.isnan(best.gain)]
    lowest, highest = min(there.min(initial=0.0), -_SMALL), max(there.max(initial=0.0), _SMALL)
    colours = TwoSlopeNorm(0.0, lowest, highest)
    mesh = gains.pcolormesh(best.weights, best.levels, best.gain, cmap=_GAINS, norm=colours, rasterized=True)
    _draw_lines(gains, best, (lowest, highest))
    for axes in (gains, levels):
        _draw_best(axes, best)
    _draw_intervals(levels, best)
    levels.grid(True)
    figure.colorbar(mesh, cax=scale, format=FuncFormatter(lambda value, _: told_level(MEASURE, value)))
    scale.tick_params(labelsize=style.LARGE_TICK_SIZE)
    scale.spines[:].set_visible(False)
    titles = (catalogue.text("charts.gain_over_lowest"), catalogue.text("charts.best_level"))
    for axes, of_panel in zip((gains, levels), titles, strict=True):
        _draw_base(axes, best, specification)
        _label(axes, of_panel, (weight, lever), best)
    return figure


def _places(figure: Figure, top: float) -> tuple[Axes, Axes, Axes]:
    """Return the axes of the map, of its scale of colours, and of the best levels."""
    width = (style.SLIDE_WIDTH - 2 * MARGIN - 2 * _LEFT - _SCALE_GAP - _SCALE_WIDTH - _NUMBERS_WIDTH - _BETWEEN) / 2
    height = style.SLIDE_HEIGHT - top - _BELOW - FOOT
    left = MARGIN + _LEFT
    right_of_map = left + width + _SCALE_GAP
    second = right_of_map + _SCALE_WIDTH + _NUMBERS_WIDTH + _BETWEEN + _LEFT
    places = ((left, width), (right_of_map, _SCALE_WIDTH), (second, width))
    gains, scale, levels = (axes_at(figure, Rectangle(start, top, wide, height)) for start, wide in places)
    return gains, scale, levels


def _draw_lines(axes: Axes, best: BestLevels, ends: tuple[float, float]) -> None:
    """Draw where the lever gains as much as it costs, and lines of equal gain on both sides."""
    lowest, highest = ends
    limit = max(highest, -lowest)
    levels = np.asarray(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]).tick_values(-limit, limit))
    inner = levels[(levels > lowest) & (levels < highest)]
    above = best.gain.copy()
    above[0] = np.nan  # along the lowest level there is no gain, by definition
    if inner.size and min(above.shape) > 2 and not np.isnan(above[1:]).all():
        widths = [2.0 if abs(level) < _SMALL else 0.9 for level in inner]
        colours = [style.PAPER if abs(level) > _DARK_PART * limit else style.INK for level in inner]
        lines = axes.contour(
            best.weights, best.levels, above, levels=inner, colors=colours, linewidths=widths, linestyles="solid"
        )
        axes.clabel(lines, fmt=lambda level: told_level(MEASURE, level), fontsize=style.LABEL_SIZE, inline_spacing=7)


def _draw_best(axes: Axes, best: BestLevels) -> None:
    table = best.table.dropna(subset=["best"])
    weights, levels = table["weight"].to_numpy(), table["best"].to_numpy()
    axes.plot(
        weights, levels, color=style.INK, linewidth=_BEST_WIDTH, marker="o", markersize=5.0, clip_on=False, zorder=3
    )


def _draw_intervals(axes: Axes, best: BestLevels) -> None:
    weights, low, high = best.table.dropna(subset=["best"])[["weight", "low", "high"]].to_numpy(dtype=np.float64).T
    axes.vlines(weights, low, high, color=style.INK, linewidth=_BAR_WIDTH, clip_on=False, zorder=3)


def _draw_base(axes: Axes, best: BestLevels, specification: Specification) -> None:
    parameters = specification.base.parameters
    point = baseline_point()
    point.set_data([value_at(parameters, best.weight)], [value_at(parameters, best.lever)])
    point.set_clip_on(False)
    point.set_zorder(4)
    axes.add_line(point)


def _label(axes: Axes, title: str, labels: tuple[str, str], best: BestLevels) -> None:
    axes.set_title(title, size=style.LARGE_PANEL_TITLE_SIZE, loc="left", pad=8.0)
    axes.set_xlabel(labels[0], size=style.LABEL_SIZE + 1.0, labelpad=6.0)
    axes.set_ylabel(labels[1], size=style.LABEL_SIZE + 1.0, labelpad=6.0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}".replace("-", "−")))
    # What costs most stands at the right, as what is judged more strictly.
    axes.set_xlim(float(best.weights[-1]), float(best.weights[0]))
    axes.set_ylim(float(best.levels[0]), float(best.levels[-1]))
    axes.tick_params(labelsize=style.LARGE_TICK_SIZE)

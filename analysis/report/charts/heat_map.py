"""Chart of two heat maps: innovation and lazy government over severity and exemption."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike, NDArray

from analysis.report.charts import style
from analysis.report.charts.contour_labels import label_lines
from analysis.report.charts.layout import FOOT, MARGIN, Heading, Legend, Rectangle, add_legend, axes_at, new_slide
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import title_of, window_of
from model.catalogue import Catalogue
from model.scenario.scenario import Scenario

_MEASURES = ("innovation_rate", "lazy_prevalence")
_TITLES_HEIGHT = 0.4
_LEFT_OF_MAP = 0.85
_BELOW = 0.75
_BETWEEN = 0.15
_SCALE_WIDTH = 0.22
_SCALE_GAP = 0.16
_NUMBERS_WIDTH = 0.65
_MOST_LINES = 8
_DARK_PART = 0.5  # of the scale of colours
_FLAT = 1e-6  # a map with smaller differences has no lines


@chart_style()
def severity_exemption_map(
    severities: ArrayLike,
    exemptions: ArrayLike,
    values: Mapping[str, ArrayLike],
    baseline: Scenario,
    replications: int,
    catalogue: Catalogue,
) -> Figure:
    """Return a chart of two heat maps over severity (upwards) and exemption rate (to the right), the baseline marked.

    Parameters
    ----------
    severities, exemptions : the values at which the model was run, ascending, shapes (S,) and (E,).
    values : "innovation_rate" and "lazy_prevalence", each of shape (S, E): means over the last five years and the runs.
    baseline : the scenario whose severity and exemption rate were moved; its own are marked.
    replications : runs at each point.

    Raises
    ------
    ValueError
        If a map has not the shape (S, E), or S or E is less than 2.
    """
    x, y = np.asarray(exemptions, dtype=np.float64), np.asarray(severities, dtype=np.float64)
    maps = {measure: _checked(values[measure], x, y, measure) for measure in _MEASURES}
    reading = catalogue.text("charts.map_reading").format(n=replications, window=window_of(baseline, catalogue))
    figure = new_slide(Heading(catalogue.text("charts.map"), reading, catalogue.text("charts.not_a_forecast")))
    top = add_legend(figure, Legend((baseline_point(),), (title_of(baseline, catalogue),)))
    for (axes, scale), measure in zip(_places(figure, top + _TITLES_HEIGHT), _MEASURES, strict=True):
        mesh = axes.pcolormesh(x, y, maps[measure], cmap=style.HEAT_MAP, edgecolors="face", linewidth=0.5)
        _draw_lines(axes, x, y, maps[measure])
        point = baseline_point()
        levers = baseline.parameters
        point.set_data([levers.exemption.probability], [levers.accountability.severity])
        axes.add_line(point)
        _draw_scale(figure, scale, mesh)
        _label(axes, measure, catalogue)
    return figure


def _checked(values: ArrayLike, x: NDArray[np.float64], y: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    result = np.asarray(values, dtype=np.float64)
    if result.shape != (y.size, x.size) or min(result.shape) < 2:
        raise ValueError(
            f"the map of {measure} has the shape {result.shape}; "
            f"it must have that of the severities and the exemptions, {(y.size, x.size)}, both at least 2"
        )
    return result


def _places(figure: Figure, top: float) -> list[tuple[Axes, Axes]]:
    """Return the axes of each map and of the scale of colours at its right."""
    for_each = (style.SLIDE_WIDTH - 2 * MARGIN - _BETWEEN) / len(_MEASURES)
    height = style.SLIDE_HEIGHT - top - _BELOW - FOOT
    width = for_each - _LEFT_OF_MAP - _SCALE_GAP - _SCALE_WIDTH - _NUMBERS_WIDTH
    lefts = [MARGIN + _LEFT_OF_MAP + number * (for_each + _BETWEEN) for number in range(len(_MEASURES))]
    return [
        (
            axes_at(figure, Rectangle(left, top, width, height)),
            axes_at(figure, Rectangle(left + width + _SCALE_GAP, top, _SCALE_WIDTH, height)),
        )
        for left in lefts
    ]


def _label(axes: Axes, measure: str, catalogue: Catalogue) -> None:
    title = catalogue.text(f"measures.{measure}.label")
    axes.set_title(title, size=style.LARGE_PANEL_TITLE_SIZE, loc="left", pad=8.0)
    size = style.LABEL_SIZE + 1.0
    axes.set_xlabel(catalogue.text("parameters.exemption.probability.label"), size=size, labelpad=6.0)
    axes.set_ylabel(catalogue.text("parameters.accountability.severity.label"), size=size, labelpad=6.0)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.tick_params(labelsize=style.LARGE_TICK_SIZE)
    axes.spines[:].set_visible(False)


def _draw_lines(axes: Axes, x: NDArray[np.float64], y: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    """Draw lines of equal share, white where the map is dark and black where it is light, each with its number."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if not high - low > _FLAT:
        return
    levels = np.asarray(MaxNLocator(nbins=_MOST_LINES, steps=[1, 2, 5, 10]).tick_values(low, high))
    levels = levels[(levels > low) & (levels < high)]
    if levels.size == 0:
        return
    colours = [style.PAPER if level < low + _DARK_PART * (high - low) else style.INK for level in levels]
    lines = axes.contour(x, y, values, levels=levels, colors=colours, linewidths=1.3)
    decimals = 0 if levels.size < 2 or levels[1] - levels[0] >= 0.01 else 1
    label_lines(axes, lines, lambda level: f"{level:.{decimals}%}")


def baseline_point() -> Line2D:
    """Return the point that marks the baseline, for a map or for the legend; a name on the map would cover numbers."""
    return Line2D(
        [],
        [],
        linestyle="",
        marker="D",
        markersize=11.0,
        markerfacecolor=style.INK,
        markeredgecolor=style.PAPER,
        markeredgewidth=2.0,
    )


def _draw_scale(figure: Figure, axes: Axes, mesh: QuadMesh) -> None:
    figure.colorbar(mesh, cax=axes, format=PercentFormatter(1.0, decimals=0))
    axes.tick_params(labelsize=style.LARGE_TICK_SIZE)
    axes.spines[:].set_visible(False)

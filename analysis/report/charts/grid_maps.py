"""Chart of two measures over a grid of two factors, with the line where innovation and inaction are equally common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from analysis.design.specification import Specification
from analysis.number_format import is_share
from analysis.report.charts import style
from analysis.report.charts.contour_labels import label_lines
from analysis.report.charts.heat_map import baseline_point
from analysis.report.charts.layout import FOOT, MARGIN, Heading, Legend, Rectangle, add_legend, axes_at, new_slide
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import title_of
from analysis.report.contents import Boundary, Contents
from model.catalogue import Catalogue
from model.parameters import about, value_at

Floats = NDArray[np.float64]

# The pairs of measures that a report maps.
_MAPPED = (
    ("innovation_rate", "lazy_prevalence"),
    ("self_dealing_share", "sanctions_per_100_officials_year"),
    ("trust_gap", "public_value"),
)
INNOVATION, INACTION = "innovation_rate", "inaction_rate"
_TITLES_HEIGHT, _LEFT_OF_MAP, _BELOW, _BETWEEN = 0.4, 0.85, 0.75, 0.15
_SCALE_WIDTH, _SCALE_GAP, _NUMBERS_WIDTH = 0.22, 0.16, 0.7
_MOST_LINES = 8
_DARK_PART = 0.5  # of the scale of colours
_MOST_POINTS = (3.0, 97.0)  # percentiles between which colours are told apart in any case
_STRETCH = 2.0  # how many times their range the whole may have before colours leave the rest out
_FLAT = 1e-9  # a map with smaller differences has no lines
_BOUNDARY_COLOUR, _BOUNDARY_WIDTH, _BAND_OPACITY = "#ff6a3d", 3.0, 0.45


@dataclass(frozen=True)
class Grid:
    """Means over a grid: the first factor upwards, the second to the right; `values` are of shape (first, second)."""

    paths: tuple[str, str]
    first: Floats
    second: Floats
    values: Mapping[str, Floats]


def grid_of(specification: Specification, points: Floats, means: pd.DataFrame) -> Grid | None:
    """Return the means of an experiment as a grid of two factors; None if its points are no such grid."""
    if len(specification.factors) != 2 or any(factor.levels for factor in specification.factors):
        return None
    first, second = np.unique(points[:, 0]), np.unique(points[:, 1])
    if len(points) != len(first) * len(second) or min(len(first), len(second)) < 2:
        return None
    rows, columns = np.searchsorted(first, points[:, 0]), np.searchsorted(second, points[:, 1])
    if len(set(zip(rows.tolist(), columns.tolist(), strict=True))) != len(points):
        return None
    values = {}
    for measure, of_measure in means.groupby("measure", sort=False):
        table = np.full((len(first), len(second)), np.nan)
        table[rows, columns] = of_measure.sort_values("point")["mean"].to_numpy(dtype=np.float64)
        values[str(measure)] = table
    one, other = specification.factor_paths
    return Grid((one, other), first, second, values)


@chart_style()
def grid_maps(
    specification: Specification,
    grid: Grid,
    measures: tuple[str, ...],
    catalogue: Catalogue,
    boundary: Boundary | None = None,
) -> Figure:
    """Return a chart of one or two measures over a grid of two factors, the base scenario marked.

    Parameters
    ----------
    measures : those to show, one or two of the grid's.
    boundary : the line where innovation and inaction are equally common with its band, if it is known. If not, and the
        grid holds both, the line is drawn from the means, without a band.
    """
    labels = [catalogue.text(f"parameters.{path}.label") for path in grid.paths]
    title = catalogue.text("charts.grid_map").format(first=labels[0], second=labels[1])
    reading = catalogue.text("charts.grid_map_reading").format(
        n=specification.replications, measures=catalogue.text("scenario.comma").join(_names(measures, catalogue))
    )
    figure = new_slide(Heading(title, reading, catalogue.text("charts.not_a_forecast")))
    top = add_legend(figure, _legend(specification, grid, boundary, catalogue))
    for (axes, scale), measure in zip(_places(figure, top + _TITLES_HEIGHT, len(measures)), measures, strict=True):
        values = grid.values[measure]
        ends = colour_ends(values)
        mesh = axes.pcolormesh(
            grid.second, grid.first, values, cmap=style.HEAT_MAP, vmin=ends.low, vmax=ends.high, rasterized=True
        )
        _draw_lines(axes, grid, values, measure)
        _draw_boundary(axes, grid, boundary)
        _draw_base(axes, specification, grid)
        figure.colorbar(mesh, cax=scale, format=_ticks(measure), extend=ends.beyond)
        scale.tick_params(labelsize=style.LARGE_TICK_SIZE)
        scale.spines[:].set_visible(False)
        axes.set_xlim(float(grid.second[0]), float(grid.second[-1]))
        axes.set_ylim(float(grid.first[0]), float(grid.first[-1]))
        _label(axes, catalogue.text(f"measures.{measure}.label"), labels, grid)
    return figure


class ColourEnds(NamedTuple):
    """The values at the ends of a scale of colours, and on which sides values lie beyond, as matplotlib has it."""

    low: float
    high: float
    beyond: Literal["neither", "both", "min", "max"]


def colour_ends(values: Floats) -> ColourEnds:
    """Return where a map's colours end: at its extremes, or nearer where a few points would use up most of them."""
    there = values[~np.isnan(values)]
    if not there.size:
        return ColourEnds(0.0, 1.0, "neither")
    low, high = float(there.min()), float(there.max())
    inner_low, inner_high = (float(end) for end in np.percentile(there, _MOST_POINTS))
    room = _STRETCH * (inner_high - inner_low)
    if not high - low > room > _FLAT:
        return ColourEnds(low, high, "neither")
    is_cut = (inner_low - low > _FLAT, high - inner_high > _FLAT)
    beyond: Literal["both", "min", "max"] = "both" if all(is_cut) else "min" if is_cut[0] else "max"
    return ColourEnds(inner_low, inner_high, beyond)


def _names(measures: tuple[str, ...], catalogue: Catalogue) -> list[str]:
    return [catalogue.text(f"measures.{measure}.label") for measure in measures]


def _legend(specification: Specification, grid: Grid, boundary: Boundary | None, catalogue: Catalogue) -> Legend:
    legend = Legend((baseline_point(),), (title_of(specification.base, catalogue),))
    if _has_boundary(grid, boundary):
        legend += Legend(
            (Line2D([], [], color=_BOUNDARY_COLOUR, linewidth=_BOUNDARY_WIDTH),), (catalogue.text("charts.boundary"),)
        )
    if boundary is not None:
        band = Patch(facecolor=_BOUNDARY_COLOUR, alpha=_BAND_OPACITY, linewidth=0.0)
        legend += Legend((band,), (catalogue.text("charts.boundary_band"),))
    return legend


def _has_boundary(grid: Grid, boundary: Boundary | None) -> bool:
    if boundary is not None:
        return True
    if not {INNOVATION, INACTION} <= set(grid.values):
        return False
    gap = grid.values[INNOVATION] - grid.values[INACTION]
    return bool(np.nanmin(gap) < 0.0 < np.nanmax(gap))


def _draw_boundary(axes: Axes, grid: Grid, boundary: Boundary | None) -> None:
    """Draw where innovation and inaction are equally common, its band below the line."""
    if boundary is not None:
        # Within the band the interval of the difference holds 0: neither end is clear of it.
        depth = np.minimum(boundary.high, -boundary.low)
        colours, deepest = [_BOUNDARY_COLOUR], max(float(np.nanmax(depth)), _FLAT)
        if np.nanmin(depth) < 0.0 < deepest:
            axes.contourf(
                boundary.x, boundary.y, depth, levels=[0.0, deepest], colors=colours, alpha=_BAND_OPACITY, zorder=2.5
            )
        if np.nanmin(boundary.mean) < 0.0 < np.nanmax(boundary.mean):
            axes.contour(
                boundary.x, boundary.y, boundary.mean, levels=[0.0], colors=colours, linewidths=_BOUNDARY_WIDTH
            )
    elif _has_boundary(grid, None):
        gap = grid.values[INNOVATION] - grid.values[INACTION]
        axes.contour(grid.second, grid.first, gap, levels=[0.0], colors=[_BOUNDARY_COLOUR], linewidths=_BOUNDARY_WIDTH)


def _draw_base(axes: Axes, specification: Specification, grid: Grid) -> None:
    values = [value_at(specification.base.parameters, path) for path in grid.paths if not path.startswith("size.")]
    if len(values) == 2:
        point = baseline_point()
        point.set_data([values[1]], [values[0]])
        point.set_clip_on(False)
        axes.add_line(point)


def _places(figure: Figure, top: float, n: int) -> list[tuple[Axes, Axes]]:
    """Return the axes of each map and of the scale of colours at its right."""
    for_each = (style.SLIDE_WIDTH - 2 * MARGIN - _BETWEEN) / 2
    height = style.SLIDE_HEIGHT - top - _BELOW - FOOT
    width = for_each - _LEFT_OF_MAP - _SCALE_GAP - _SCALE_WIDTH - _NUMBERS_WIDTH
    lefts = [MARGIN + _LEFT_OF_MAP + number * (for_each + _BETWEEN) for number in range(n)]
    return [
        (
            axes_at(figure, Rectangle(left, top, width, height)),
            axes_at(figure, Rectangle(left + width + _SCALE_GAP, top, _SCALE_WIDTH, height)),
        )
        for left in lefts
    ]


def _label(axes: Axes, title: str, labels: list[str], grid: Grid) -> None:
    axes.set_title(title, size=style.LARGE_PANEL_TITLE_SIZE, loc="left", pad=8.0)
    axes.set_xlabel(labels[1], size=style.LABEL_SIZE + 1.0, labelpad=6.0)
    axes.set_ylabel(labels[0], size=style.LABEL_SIZE + 1.0, labelpad=6.0)
    for axis, path in ((axes.yaxis, grid.paths[0]), (axes.xaxis, grid.paths[1])):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(_factor_ticks(path))
    axes.tick_params(labelsize=style.LARGE_TICK_SIZE)
    axes.spines[:].set_visible(False)


def _factor_ticks(path: str) -> FuncFormatter:
    is_percent = not path.startswith("size.") and about(path).unit in ("share", "probability")
    return FuncFormatter(lambda value, _: f"{value:.3g}" if not is_percent else f"{100.0 * value:.3g}%")


def _ticks(measure: str) -> FuncFormatter:
    return FuncFormatter(lambda value, _: told_level(measure, value))


def told_level(measure: str, value: float) -> str:
    """Return a value of a measure as it stands beside an axis or on a line."""
    text = f"{100.0 * value:.3g}%" if is_share(measure) else f"{value:.3g}"
    return text.replace("-", "−")


def _draw_lines(axes: Axes, grid: Grid, values: Floats, measure: str) -> None:
    """Draw lines of equal value, white where the map is dark and black where it is light, each with its number."""
    if np.isnan(values).all():
        return
    low, high, _ = colour_ends(values)
    if not high - low > _FLAT:
        return
    levels = np.asarray(MaxNLocator(nbins=_MOST_LINES, steps=[1, 2, 5, 10]).tick_values(low, high))
    levels = levels[(levels > low) & (levels < high)]
    if levels.size == 0:
        return
    colours = [style.PAPER if level < low + _DARK_PART * (high - low) else style.INK for level in levels]
    lines = axes.contour(grid.second, grid.first, values, levels=levels, colors=colours, linewidths=1.1)
    label_lines(axes, lines, lambda level: told_level(measure, level))


def map_drawings(contents: Contents, words: Catalogue) -> dict[str, Callable[[], Figure]]:
    """Return what draws the maps of a report, if its experiment is a grid of two factors.

    Along a weight of public value no behaviour changes, so maps of measures would be stripes: there is none.
    """
    grid = None if contents.best is not None else grid_of(contents.specification, contents.points, contents.means)
    if grid is None:
        return {}
    boundary = contents.boundary
    if boundary is not None and (boundary.vertical, boundary.horizontal) != grid.paths:
        boundary = None
    pairs = [tuple(measure for measure in pair if measure in contents.measures) for pair in _MAPPED]
    held = [pair for pair in pairs if pair] or [contents.measures[:2]]
    return {
        f"map_{number}": lambda pair=pair: grid_maps(contents.specification, grid, pair, words, boundary)  # type: ignore[misc]
        for number, pair in enumerate(held, 1)
    }

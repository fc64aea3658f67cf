"""A slide with a panel for each of several things, all alike: where the other charts of experiments draw."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    panel_places,
)

_TITLE_HEIGHT = 0.62
_LEFT, _BELOW = 0.55, 0.55
_GAP = 0.75


def small_panels(heading: Heading, titles: Sequence[str], legend: Legend) -> tuple[Figure, list[Axes]]:
    """Return a slide with its words and the axes of its panels, each with its title above it."""
    figure = new_slide(heading)
    top = add_legend(figure, legend) + 0.05
    area = Rectangle(MARGIN + _LEFT, top, style.SLIDE_WIDTH - 2 * MARGIN - _LEFT, style.SLIDE_HEIGHT - top - FOOT - 0.1)
    panels = []
    for title, place in zip(titles, panel_places(len(titles), area, _TITLE_HEIGHT, _GAP), strict=True):
        axes = axes_at(figure, place._replace(height=place.height - _BELOW))
        words = fitted(title, place.width, style.PANEL_TITLE_SIZE)
        axes.set_title(words.text, loc="left", size=words.size, pad=6.0, linespacing=1.15)
        axes.tick_params(labelsize=style.TICK_SIZE)
        axes.grid(True, axis="y")
        panels.append(axes)
    return figure, panels

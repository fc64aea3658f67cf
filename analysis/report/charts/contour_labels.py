"""Numbers on lines of equal value, without those that would stand on one another."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.transforms import Bbox

from analysis.report.charts import style

_INLINE_SPACING = 7


def label_lines(axes: Axes, lines: ContourSet, told: Callable[[float], str]) -> None:
    """Write its number on every line where there is room; where lines crowd, some go without."""
    taken: list[Bbox] = []
    for text in axes.clabel(lines, fmt=told, fontsize=style.LABEL_SIZE, inline_spacing=_INLINE_SPACING):
        place = text.get_window_extent()
        if any(place.overlaps(other) for other in taken):
            text.set_visible(False)
        else:
            taken.append(place)

"""The chart of a session: nothing that it draws lies beyond its frame."""

from __future__ import annotations

import numpy as np

from analysis.report.charts.layout import Heading
from analysis.rooms.charts import Lines, session_chart
from analysis.rooms.comparators import QuantileBand

NAMES = {name: name for name in ("class", "fan", "twins", "class_fan", "guess")}


def band(height: float) -> QuantileBand:
    return QuantileBand(*(np.full(4, share * height) for share in (0.2, 0.4, 0.5, 0.6, 1.0)))


def test_every_line_lies_within_the_frame_whichever_is_the_highest() -> None:
    low, high = np.full(4, 0.1), np.array([0.2, 1.0, 0.3, np.nan])
    classes = {
        "shares": Lines(high, band(0.2), low, None, None, ()),
        "twins": Lines(low, band(0.2), high, None, None, (3,)),
        "guess": Lines(low, band(0.2), low, None, np.nan_to_num(high), ()),
        "class_fan": Lines(low, band(0.2), low, band(1.8), None, ()),
        "fan": Lines(low, band(0.9), low, None, None, ()),
    }
    for name, lines in classes.items():
        axes = session_chart(lines, Heading("title", "reading", "note"), NAMES, "round").axes[0]
        points = [
            value for line in axes.get_lines() if len(line.get_ydata()) == 4 for value in np.ravel(line.get_ydata())
        ]
        assert axes.get_ylim()[1] >= np.nanmax(np.array(points, dtype=float)), name
        assert axes.get_ylim()[1] >= np.nanmax(lines.fan.high90), name

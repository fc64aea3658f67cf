"""The chart of a session: nothing that it draws lies beyond its frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.report.charts.layout import Heading
from analysis.rooms.charts import Lines, RuleMark, session_chart
from analysis.rooms.comparators import QuantileBand

ONE_RULE = (RuleMark(1, "A: before", "Rule A"),)
TWO_RULES = (*ONE_RULE, RuleMark(3, "B: after, with a title that has no room above two of four rounds " * 2, "Rule B"))
NAMES = {name: name for name in ("class", "fan", "twins", "class_fan", "guess")}


def band(height: float) -> QuantileBand:
    return QuantileBand(*(np.full(4, share * height) for share in (0.2, 0.4, 0.5, 0.6, 1.0)))


def test_every_line_lies_within_the_frame_whichever_is_the_highest() -> None:
    low, high = np.full(4, 0.1), np.array([0.2, 1.0, 0.3, np.nan])
    classes = {
        "shares": Lines(high, band(0.2), low, None, None, ONE_RULE),
        "twins": Lines(low, band(0.2), high, None, None, TWO_RULES),
        "guess": Lines(low, band(0.2), low, None, np.nan_to_num(high), ONE_RULE),
        "class_fan": Lines(low, band(0.2), low, band(1.8), None, ONE_RULE),
        "fan": Lines(low, band(0.9), low, None, None, ONE_RULE),
    }
    for name, lines in classes.items():
        axes = session_chart(lines, Heading("title", "reading", "note"), NAMES, "round").axes[0]
        points = [
            value for line in axes.get_lines() if len(line.get_ydata()) == 4 for value in np.ravel(line.get_ydata())
        ]
        assert axes.get_ylim()[1] >= np.nanmax(np.array(points, dtype=float)), name
        assert axes.get_ylim()[1] >= np.nanmax(lines.fan.high90), name


def test_rules_are_named_above_their_rounds_by_a_letter_where_there_is_no_room_or_no_sign() -> None:
    lines = Lines(np.full(4, 0.1), band(0.2), np.full(4, 0.1), None, None, TWO_RULES)
    assert titles_in(lines) == ["A: before", "Rule B"]
    rare = (RuleMark(1, "A：\U00030000", "规定 A"),)  # no font of the charts has this sign
    assert titles_in(replace(lines, rules=rare)) == ["规定 A"]


def titles_in(lines: Lines) -> list[str]:
    axes = session_chart(lines, Heading("title", "reading", "note"), NAMES, "round").axes[0]
    return [text.get_text() for text in axes.texts]

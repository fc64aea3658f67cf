"""Measures as people read them: shares in percent, differences of shares in points."""

from __future__ import annotations

import functools
import math

from model.catalogue import Catalogue
from model.measures import about_measure

MISSING = "-"
_DECIMALS = {"share": 1, "count per month": 1, "per 100 officials and year": 1, "value per official and month": 3}


def figure(measure: str, value: float) -> str:
    """Return a value of a measure, such as 44.8% or 0.312."""
    if math.isnan(value):
        return MISSING
    return f"{_scaled(measure, value):.{_decimals(measure)}f}{'%' if _is_share(measure) else ''}"


def difference_figure(measure: str, value: float) -> str:
    """Return a difference with its sign, that of shares in percentage points: +3.2."""
    if math.isnan(value):
        return MISSING
    text = f"{_scaled(measure, value):+.{_decimals(measure)}f}"
    return text.replace("-", "+") if float(text) == 0.0 else text  # there is no negative zero


def spread_figure(measure: str, value: float) -> str:
    """Return half the width of an interval, without a sign: 0.4."""
    return MISSING if math.isnan(value) else f"{_scaled(measure, value):.{_decimals(measure)}f}"


def interval_figure(measure: str, low: float, high: float) -> str:
    """Return an interval of differences: [-18.7, -17.9]."""
    if math.isnan(low):
        return MISSING
    return f"[{difference_figure(measure, low)}, {difference_figure(measure, high)}]"


def effect_phrase(measure: str, effect: tuple[float, float, float], words: Catalogue) -> str:
    """Return a difference and its interval with the unit: +3.2 points [+2.9, +3.5]."""
    difference, low, high = effect
    unit = " " + words.text("command_line.points") if _is_share(measure) else ""
    return f"{difference_figure(measure, difference)}{unit} {interval_figure(measure, low, high)}"


def short_label(measure: str, words: Catalogue) -> str:
    """Return the name of a headline measure for the head of a column."""
    return words.text(f"measures.{measure}.short")


def whole_number(number: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}"


@functools.cache
def _unit(measure: str) -> str:
    return about_measure(measure).unit


def _is_share(measure: str) -> bool:
    return _unit(measure) == "share"


def _scaled(measure: str, value: float) -> float:
    return 100.0 * value if _is_share(measure) else value


def _decimals(measure: str) -> int:
    return _DECIMALS[_unit(measure)]

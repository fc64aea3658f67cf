"""Numbers as people read them: shares in percent, differences of shares in percentage points.

A terminal gets plain signs (``figure`` and its like), a document true ones (``told`` and its like): −0.3 and –.
"""

from __future__ import annotations

import functools
import math

from model.measures import AboutMeasure, about_measure

MISSING = "–"
MISSING_IN_TERMINAL = "-"
_MINUS = "−"


def is_share(measure: str) -> bool:
    """Tell whether a measure is a share, and so is told in percent."""
    return _about(measure).unit == "share"


def whole(number: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}"


def figure(measure: str, value: float) -> str:
    """Return a value of a measure, such as 44.8% or 0.312."""
    if math.isnan(value):
        return MISSING_IN_TERMINAL
    return f"{_scaled(measure, value):.{_decimals(measure)}f}{'%' if is_share(measure) else ''}"


def difference_figure(measure: str, value: float) -> str:
    """Return a difference with its sign, that of shares in percentage points: +3.2."""
    if math.isnan(value):
        return MISSING_IN_TERMINAL
    text = f"{_scaled(measure, value):+.{_decimals(measure)}f}"
    return text.replace("-", "+") if float(text) == 0.0 else text  # there is no negative zero


def spread_figure(measure: str, value: float) -> str:
    """Return half the width of an interval, without a sign: 0.4."""
    return MISSING_IN_TERMINAL if math.isnan(value) else f"{_scaled(measure, value):.{_decimals(measure)}f}"


def interval_figure(measure: str, low: float, high: float) -> str:
    """Return an interval of differences: [-18.7, -17.9]."""
    if math.isnan(low):
        return MISSING_IN_TERMINAL
    return f"[{difference_figure(measure, low)}, {difference_figure(measure, high)}]"


def told(measure: str, value: float) -> str:
    """Return a value of a measure, such as 44.8% or 0.312."""
    if math.isnan(value):
        return MISSING
    return _signed_right(f"{_scaled(measure, value):.{_decimals(measure)}f}") + ("%" if is_share(measure) else "")


def told_difference(measure: str, value: float) -> str:
    """Return a difference with its sign, that of shares in percentage points: +3.2."""
    if math.isnan(value):
        return MISSING
    text = f"{_scaled(measure, value):+.{_decimals(measure)}f}"
    return _signed_right(text) if float(text) else text[1:]


def told_width(measure: str, value: float) -> str:
    """Return half the width of an interval, to one digit more than values: 0.42."""
    return MISSING if math.isnan(value) else f"{_scaled(measure, value):.{_decimals(measure) + 1}f}"


def told_interval(low: str, high: str) -> str:
    """Return an interval of told numbers; missing if an end is."""
    return MISSING if MISSING in (low, high) else f"[{low}, {high}]"


def told_number(value: float, digits: int = 4) -> str:
    """Return any number to some significant digits."""
    return MISSING if math.isnan(value) else _signed_right(f"{value:.{digits}g}")


def told_decimals(value: float, decimals: int) -> str:
    """Return any number to some decimals."""
    return MISSING if math.isnan(value) else _signed_right(f"{value:.{decimals}f}")


@functools.cache
def _about(measure: str) -> AboutMeasure:
    return about_measure(measure)


def _scaled(measure: str, value: float) -> float:
    return 100.0 * value if is_share(measure) else value


def _decimals(measure: str) -> int:
    return _about(measure).decimals


def _signed_right(text: str) -> str:
    if text.startswith("-") and not float(text):
        text = text[1:]
    return text.replace("-", _MINUS)

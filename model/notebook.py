"""What a notebook shows of a result: tables and small charts as plain HTML and SVG, without any library.

Lines and letters take the colour of the page, so that charts can be read on light and on dark ones.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_WIDTH, _HEIGHT = 420, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 24, 34
_MOST_DOTS = 400
_MOST_MONTHS_DRAWN = 240
# Dark, dashed and dotted: they are told apart without their colours, too.
_LOOKS = (("#1f83c4", ""), ("#d55e00", "7 4"), ("#7f7f7f", "2 3"))


class BandedLine(NamedTuple):
    """A line over time with a band: its name, and middle, lower and upper values, each of shape (months,)."""

    name: str
    middle: Floats
    low: Floats
    high: Floats


class Axis(NamedTuple):
    """What lies along an axis: its name, and its least and greatest value."""

    name: str
    low: float
    high: float


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of plain texts."""
    cells = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows]
    titles = "".join(f"<th>{html.escape(title)}</th>" for title in head)
    return f"<table><tr>{titles}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def line_chart(title: str, along: str, lines: Sequence[BandedLine]) -> str:
    """Return a chart of shares over months, counted from 1: a line each with its band, at most three."""
    n = max(len(line.middle) for line in lines)
    axes = (Axis(along, 1.0, max(2.0, float(n))), Axis("", 0.0, _round_above(max(_greatest(line) for line in lines))))
    drawn = [_line(line, look, axes) for line, look in zip(lines, _LOOKS, strict=False)]
    keys = [
        f'<tspan fill="{colour}" font-weight="bold">{html.escape(line.name)}</tspan>  '
        for line, (colour, _) in zip(lines, _LOOKS, strict=False)
    ]
    return _chart(title, "".join(keys), axes, "".join(drawn))


def dot_chart(title: str, axes: tuple[Axis, Axis], x: Floats, y: Floats) -> str:
    """Return a chart of points; of many, evenly chosen ones. What is missing is left out."""
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    places = there[np.linspace(0, len(there) - 1, min(len(there), _MOST_DOTS)).astype(int)] if len(there) else there
    dots = "".join(
        f'<circle cx="{_across(axes[0], x[place]):.1f}" cy="{_up(axes[1], y[place]):.1f}" r="2"/>' for place in places
    )
    named = f"<tspan>{html.escape(axes[1].name)}</tspan>"
    return _chart(title, named, axes, f'<g fill="{_LOOKS[0][0]}" fill-opacity="0.6">{dots}</g>')


def _chart(title: str, above: str, axes: tuple[Axis, Axis], drawn: str) -> str:
    across, up = axes
    floor, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    texts = [
        _text(_LEFT, floor + 14, f"{across.low:.3g}", "start"),
        _text(right, floor + 14, f"{across.high:.3g}", "end"),
        _text((_LEFT + right) / 2, floor + 28, across.name, "middle"),
        _text(_LEFT - 4, floor, f"{up.low:.3g}", "end"),
        _text(_LEFT - 4, _TOP + 8, f"{up.high:.3g}", "end"),
    ]
    frame = f'<path d="M{_LEFT} {_TOP}V{floor}H{right}" fill="none" stroke="currentColor" stroke-opacity="0.5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(title)}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="11" '
        f'fill="currentColor"><title>{html.escape(title)}</title>'
        f'<text x="{_LEFT}" y="14" xml:space="preserve">{above}</text>{frame}{"".join(texts)}{drawn}</svg>'
    )


def _line(line: BandedLine, look: tuple[str, str], axes: tuple[Axis, Axis]) -> str:
    """Return a line with its band; missing months are left out, and of very many only some are drawn."""
    n = len(line.middle)
    months = np.unique(np.linspace(0, n - 1, min(n, _MOST_MONTHS_DRAWN)).astype(int))
    there = months[np.isfinite(line.middle[months])]
    colour, dash = look
    forth = _points(there, line.high, axes)
    back = _points(there[::-1], line.low, axes)
    middle = _points(there, line.middle, axes)
    band = f'<polygon points="{forth} {back}" fill="{colour}" fill-opacity="0.15"/>'
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'{band}<polyline points="{middle}" fill="none" stroke="{colour}" stroke-width="1.8"{dashes}/>'


def _points(months: NDArray[np.int64], values: Floats, axes: tuple[Axis, Axis]) -> str:
    return " ".join(f"{_across(axes[0], month + 1.0):.1f},{_up(axes[1], values[month]):.1f}" for month in months)


def _across(axis: Axis, value: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * _part(axis, value)


def _up(axis: Axis, value: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * _part(axis, value)


def _part(axis: Axis, value: float) -> float:
    width = axis.high - axis.low
    return float(value - axis.low) / width if width > 0.0 else 0.5


def _greatest(line: BandedLine) -> float:
    there = line.high[np.isfinite(line.high)]
    return float(there.max()) if len(there) else 1.0


def _round_above(value: float) -> float:
    """Return the end of an axis from 0: the next tenth of a share above, at most all; of other values themselves."""
    return min(1.0, math.ceil(10.0 * value) / 10.0 or 0.1) if value <= 1.0 else value


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{html.escape(text)}</text>'

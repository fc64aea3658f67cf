"""Chart of paired differences: what each policy changes against the baseline, measure by measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from analysis.report.charts import style
from analysis.report.charts.layout import (
    FOOT,
    HALF_LETTER,
    HEAD,
    MARGIN,
    Fitted,
    Heading,
    Rectangle,
    axes_at,
    fitted,
    height_of_lines,
    new_slide,
    text_width,
    write,
    write_in_row,
)
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import title_of, window_of
from model.catalogue import Catalogue
from model.measures import about_measure, headline_measures
from model.scenario.scenario import Scenario

_TITLES_WIDTH = 2.7
_GAP = 0.14
_VALUES_WIDTH = 0.52
_BELOW = 0.45
_LEAST_ROW_HEIGHT, _MOST_ROW_HEIGHT = 0.3, 0.6
_LEAST_HEIGHT_OF_TWO_LINES = 0.42
_REFERENCE_HEIGHT = 0.27
_HEADER_SIZE = 11.5
_VALUE_SIZE = 11.0
_ROW_SIZE = 11.5
_BETWEEN_TICKS = 0.07
_ROOM = 0.12  # on both sides of what is drawn, as a share of its width
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0)
_MINUS = "−"
_MISSING = "–"


class _Effect(NamedTuple):
    """One difference with its interval, in the unit in which it is shown; NaN where it is missing."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Tell whether there is an interval and 0 is not in it."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class _Column:
    """One measure: the value of the reference, the effects in the order of the scenarios, how they are printed."""

    measure: str
    reference: float
    effects: tuple[_Effect, ...]
    decimals: int
    is_share: bool

    def printed_difference(self, difference: float) -> str:
        """Return a difference as it is printed, with its sign, a true minus, and no sign on a zero."""
        if not math.isfinite(difference):
            return _MISSING
        text = f"{difference:+.{self.decimals}f}"
        return text.replace("-", _MINUS) if float(text) else text[1:]

    def printed_reference(self) -> str:
        """Return the value of the reference as it is printed."""
        if not math.isfinite(self.reference):
            return _MISSING
        return f"{self.reference:.{self.decimals}f}{'%' if self.is_share else ''}".replace("-", _MINUS)


@chart_style()
def paired_effects(effects: pd.DataFrame, scenarios: Sequence[Scenario], catalogue: Catalogue) -> Figure:
    """Return a chart of paired differences from a reference: a panel a headline measure, a row a scenario.

    Parameters
    ----------
    effects : a row for every scenario but the reference and every measure: columns scenario, measure, baseline_mean (of
        the reference), mean, difference, low, high (of its 95% interval) and n (pairs of runs).
    scenarios : the reference, then those to show, from top to bottom; one without a row is left out.

    Raises
    ------
    ValueError
        If there is no row of any of the scenarios.
    """
    shown = [scenario for scenario in scenarios if scenario.name in set(effects["scenario"])]
    rows = effects[effects["scenario"].isin([scenario.name for scenario in shown])]
    rows = rows[rows["measure"].isin(headline_measures())]
    if rows.empty:
        raise ValueError("there are no differences of the scenarios to show")
    columns = [_column(rows, measure, shown) for measure in headline_measures()]
    names = [_header(column, catalogue) for column in columns]
    top = HEAD + height_of_lines(1 + max(name.count("\n") for name in names), _HEADER_SIZE) + _REFERENCE_HEIGHT
    row_height = (style.SLIDE_HEIGHT - top - _BELOW - FOOT) / len(shown)
    row_height = min(max(row_height, _LEAST_ROW_HEIGHT), _MOST_ROW_HEIGHT)
    area = Rectangle(MARGIN, top, style.SLIDE_WIDTH - 2 * MARGIN, row_height * len(shown))
    heading = _heading(rows, scenarios[0], catalogue)
    figure = new_slide(heading, top + area.height + _BELOW + FOOT)
    _write_titles(figure, area, [title_of(scenario, catalogue) for scenario in shown])
    for column, name, place in zip(columns, names, _column_places(area, len(columns)), strict=True):
        _write_header(figure, column, name, place, catalogue)
        _draw_column(figure, column, place)
    return figure


def _column(rows: pd.DataFrame, measure: str, scenarios: Sequence[Scenario]) -> _Column:
    """Return the rows of one measure in the unit in which they are shown: shares in percentage points."""
    about = about_measure(measure)
    is_share = about.unit == "share"
    of_measure = rows[rows["measure"] == measure].set_index("scenario")
    of_measure = of_measure.reindex([scenario.name for scenario in scenarios])
    numbers = of_measure[["difference", "low", "high", "baseline_mean"]].to_numpy(dtype=np.float64)
    numbers = numbers * (100.0 if is_share else 1.0)
    references = numbers[np.isfinite(numbers[:, 3]), 3]
    effects = tuple(_Effect(*map(float, row[:3])) for row in numbers)
    return _Column(measure, float(references[0]) if references.size else math.nan, effects, about.decimals, is_share)


def _heading(rows: pd.DataFrame, reference: Scenario, catalogue: Catalogue) -> Heading:
    fewest, most = int(rows["n"].min()), int(rows["n"].max())
    n = f"{fewest}" if fewest == most else f"{fewest}–{most}"
    window = window_of(reference, catalogue)
    reading = catalogue.text("charts.paired_effects_reading").format(n=n, window=window)
    title = catalogue.text("charts.paired_effects").format(reference=title_of(reference, catalogue))
    return Heading(title, reading, catalogue.text("charts.not_a_forecast"))


def _column_places(area: Rectangle, n: int) -> list[Rectangle]:
    width = (area.width - _TITLES_WIDTH) / n
    lefts = [area.left + _TITLES_WIDTH + number * width + _GAP for number in range(n)]
    return [Rectangle(left, area.top, width - _GAP, area.height) for left in lefts]


def _write_titles(figure: Figure, area: Rectangle, titles: Sequence[str]) -> None:
    """Write the titles of the scenarios beside their rows, on a band of grey at every other row."""
    axes = axes_at(figure, area)
    axes.set_axis_off()
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(titles) - 0.5, -0.5)
    most_lines = 2 if area.height / len(titles) > _LEAST_HEIGHT_OF_TWO_LINES else 1
    for row, title in enumerate(titles):
        if row % 2 == 0:
            axes.axhspan(row - 0.5, row + 0.5, color=style.BAND, linewidth=0.0)
        write_in_row(axes, fitted(title, _TITLES_WIDTH - 0.15, _ROW_SIZE, most_lines), 0.08 / area.width, row)


def _header(column: _Column, catalogue: Catalogue) -> Fitted:
    """Return the name of a measure, broken into the lines that fit above its column."""
    area = Rectangle(MARGIN, 0.0, style.SLIDE_WIDTH - 2 * MARGIN, 1.0)
    width = _column_places(area, len(headline_measures()))[0].width
    return fitted(catalogue.text(f"measures.{column.measure}.short"), width, _HEADER_SIZE, most_lines=3)


def _write_header(figure: Figure, column: _Column, name: Fitted, place: Rectangle, catalogue: Catalogue) -> None:
    """Write the name of the measure and under it the value of the reference, both directly above the rows."""
    name_height = height_of_lines(1 + name.text.count("\n"), name.size)
    write(figure, name.text, place.left, place.top - _REFERENCE_HEIGHT - name_height, size=name.size)
    text = catalogue.text("charts.reference_value").format(value=column.printed_reference())
    write(figure, text, place.left, place.top - _REFERENCE_HEIGHT, size=style.TICK_SIZE, colour=style.QUIET_INK)


def _draw_column(figure: Figure, column: _Column, place: Rectangle) -> None:
    """Draw the differences of one measure, and print them at the right."""
    width = place.width - _VALUES_WIDTH
    axes = axes_at(figure, place._replace(width=width))
    axes.patch.set_alpha(0.0)
    axes.set_ylim(len(column.effects) - 0.5, -0.5)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.set_yticks([])
    axes.axvline(0.0, color=style.INK, linewidth=1.0)
    for row, effect in enumerate(column.effects):
        _draw_effect(axes, row, effect)
        axes.annotate(
            column.printed_difference(effect.difference),
            (place.width / width, row),
            xycoords=axes.get_yaxis_transform(),
            xytext=(0.0, -HALF_LETTER * _VALUE_SIZE),
            textcoords="offset points",
            size=_VALUE_SIZE,
            color=style.INK if effect.is_clear else style.QUIET_INK,
            ha="right",
            va="baseline",
        )
    _set_axis(axes, column, width)


def _draw_effect(axes: Axes, row: int, effect: _Effect) -> None:
    """Draw one difference and its interval; hollow if the interval includes 0 or there is none."""
    axes.plot([effect.low, effect.high], [row, row], color=style.POINT, linewidth=2.2, solid_capstyle="butt")
    axes.plot(
        [effect.difference],
        [row],
        marker="o",
        markersize=6.5,
        markeredgewidth=1.5,
        color=style.POINT,
        markerfacecolor=style.POINT if effect.is_clear else style.PAPER,
    )


def _set_axis(axes: Axes, column: _Column, width: float) -> None:
    """Give the axis room for all intervals and round numbers that do not touch; `width` is its length in inches."""
    values = np.array([0.0, *(value for effect in column.effects for value in effect if math.isfinite(value))])
    room = _ROOM * float(np.ptp(values)) or 1.0
    low, high = float(values.min()) - room, float(values.max()) + room
    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(MultipleLocator(_step(low, high, width)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _printed_tick(value)))
    axes.tick_params(axis="x", labelsize=style.TICK_SIZE)
    axes.grid(True, axis="x")


def _step(low: float, high: float, width: float) -> float:
    """Return the smallest round distance of ticks at which their numbers do not touch on an axis of so many inches."""
    power = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    steps = [round(first * power * ten, 12) for ten in (1.0, 10.0) for first in _ROUND]
    for step in steps:
        ticks = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
        widest = max(text_width(_printed_tick(float(tick)), style.TICK_SIZE) for tick in ticks)
        if widest + _BETWEEN_TICKS <= step * width / (high - low):
            return step
    return steps[-1]


def _printed_tick(value: float) -> str:
    return f"{value:.6g}".replace("-", _MINUS) if value else "0"

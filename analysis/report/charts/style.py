"""How charts look, chosen once: size, type, colours, lines.

Every chart is one slide of 16 to 9 and is read from the back of a room. Colours are told apart by those who see few
colours; lightness, lines, markers and hatches tell the same apart on a grey print.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

import matplotlib

from analysis.report.charts.fonts import chart_families, missing_glyphs_told

SLIDE_WIDTH, SLIDE_HEIGHT = 13.333, 7.5  # inches
DOTS_PER_INCH = 200

# Sizes of type, in points.
TITLE_SIZE = 21.0
READING_SIZE = 12.5
LEGEND_SIZE = 12.5
PANEL_TITLE_SIZE = 12.0
LABEL_SIZE = 12.0
TICK_SIZE = 10.5
NOTE_SIZE = 9.5
# Where a panel has the space of half a slide.
LARGE_PANEL_TITLE_SIZE = 15.0
LARGE_TICK_SIZE = 13.0

INK = "#1a1a1a"
QUIET_INK = "#595959"
RULE = "#b3b3b3"
GRID = "#e2e2e2"
BAND = "#f3f3f3"
PHASE_IN = "#e6e6e6"
PAPER = "#ffffff"


Dashes = Literal["solid"] | tuple[float, tuple[float, ...]]


class Line(NamedTuple):
    """How a series is drawn: its colour, its dashes (as matplotlib takes them) and the width of its line in points."""

    colour: str
    dashes: Dashes
    width: float


_SOLID: Dashes = "solid"
_DASHED = (0.0, (4.0, 1.4))
_DOTTED = (0.0, (1.2, 1.2))

INNOVATION = Line("#0b4f8a", _SOLID, 2.4)
LAZY = Line("#d55e00", _DASHED, 2.4)
PERCEIVED = Line("#0b4f8a", _DASHED, 2.4)
ACTUAL = Line("#d55e00", _SOLID, 1.8)  # it varies from month to month, which dashes would hide
REFERENCE = Line(INK, _DOTTED, 1.2)
CHANGE = Line(INK, (0.0, (5.0, 2.0, 1.0, 2.0)), 1.1)
# For a few scenarios in one panel: dark, middle, light.
OVERLAID = (Line("#1a1a1a", _SOLID, 2.6), Line("#0072b2", _DASHED, 2.6), Line("#e07b00", _DOTTED, 3.2))


class Area(NamedTuple):
    """How a stacked area is drawn: its colour and its hatch."""

    colour: str
    hatch: str


# The lower two are not innovating, in greys; the upper three are, in colours. Neighbours differ in lightness, and so do
# all that have no hatch.
ACTION_AREAS = {
    "inaction": Area("#2b2b2b", ""),
    "routine": Area("#d9d9d9", ""),
    "innovation": Area("#1f83c4", ""),
    "filed_innovation": Area("#a3d3f0", "///"),
    "self_dealing": Area("#d55e00", "xxx"),
}
HATCH_COLOUR = "#ffffff"
HEAT_MAP = "cividis"
POINT = "#0b4f8a"

_BAND_OPACITY_90 = 0.16
_BAND_OPACITY_50 = 0.30
BAND_OPACITIES = (_BAND_OPACITY_90, _BAND_OPACITY_50)


@contextmanager
def chart_style() -> Iterator[None]:
    """Give the look of the charts to what is drawn inside, whatever a user's own settings of matplotlib are.

    Matplotlib keeps one set of settings for all threads, so charts are drawn in one thread at a time.
    """
    with matplotlib.rc_context(), missing_glyphs_told():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "font.family": list(chart_families()),
                "font.size": TICK_SIZE,
                "text.color": INK,
                "text.parse_math": False,  # a user's title may hold dollar signs
                "axes.edgecolor": RULE,
                "axes.linewidth": 0.8,
                "axes.labelcolor": INK,
                "axes.spines.top": False,
                "axes.spines.right": False,
                "axes.axisbelow": True,
                "grid.color": GRID,
                "grid.linewidth": 0.8,
                "xtick.color": RULE,
                "xtick.labelcolor": QUIET_INK,
                "ytick.color": RULE,
                "ytick.labelcolor": QUIET_INK,
                "hatch.linewidth": 0.6,
                "legend.frameon": False,
                "figure.facecolor": PAPER,
                "savefig.facecolor": PAPER,
                "savefig.bbox": None,
                "svg.fonttype": "path",  # letters as outlines: no font is needed where the picture is shown
                "svg.hashsalt": "officials-under-accountability",  # names inside the file are the same every time
            }
        )
        yield

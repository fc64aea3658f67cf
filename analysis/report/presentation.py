"""An empty deck of slides as wide as a projector. The one place that knows whether python-pptx is installed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from analysis.errors import ExtraMissingError

WIDTH, HEIGHT, RIM = 13.333, 7.5, 0.6  # inches
CHINESE_FONT = "Microsoft YaHei"
_POINTS_OF_AN_INCH = 72.0
_LAST_NARROW = 0x2E7F  # the last sign before those of Chinese


def new_deck(otherwise: str = "") -> Any:
    """Return an empty deck; `otherwise` says what else can be done where python-pptx is missing.

    Raises
    ------
    ExtraMissingError
        If python-pptx is not installed.
    """
    try:
        import pptx  # noqa: PLC0415 - an extra
    except ImportError:
        needed = 'slides need the extra "slides"; install it with `pip install -c constraints.txt -e ".[slides]"`'
        raise ExtraMissingError(f"{needed}{otherwise}") from None
    from pptx.util import Inches  # noqa: PLC0415

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _name_fonts(deck)
    return deck


def _name_fonts(deck: Any) -> None:
    """Name a font for Chinese in the deck's theme; without one an office program takes whatever it has."""
    from pptx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - an extra

    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{CHINESE_FONT}"/>'.encode())


def size_that_fits(
    texts: Sequence[str], sizes: Sequence[float], height: float, width: float = WIDTH - 2 * RIM
) -> float:
    """Return the first of the sizes, the largest first, in which paragraphs stand within a height; else the last."""
    return next((size for size in sizes if height_of(texts, size, width) <= height), sizes[-1])


def height_of(texts: Sequence[str], size: float, width: float = WIDTH - 2 * RIM) -> float:
    """Return how high paragraphs of a size in points stand in a box of a width, in inches, on the safe side.

    Chinese signs are as wide as the type is high, others a little over half; office programs break lines by themselves
    and tell nobody, and what stands below must not be covered.
    """
    em = size / _POINTS_OF_AN_INCH
    lines = [math.ceil(width_of(text, size) / width) for text in texts]
    return em * (1.25 * sum(max(n, 1) for n in lines) + 0.4 * len(texts)) + 0.1


def width_of(text: str, size: float) -> float:
    """Return how wide a text of a size in points stands on one line, in inches, on the safe side."""
    return size / _POINTS_OF_AN_INCH * sum(1.0 if ord(sign) > _LAST_NARROW else 0.58 for sign in text)

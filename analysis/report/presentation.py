"""An empty deck of slides as wide as a projector. The one place that knows whether python-pptx is installed."""

from __future__ import annotations

from typing import Any

from analysis.errors import ExperimentError

WIDTH, HEIGHT, RIM = 13.333, 7.5, 0.6  # inches


def new_deck(otherwise: str = "") -> Any:
    """Return an empty deck; `otherwise` says what else can be done where python-pptx is missing.

    Raises
    ------
    ExperimentError
        If python-pptx is not installed.
    """
    try:
        import pptx  # noqa: PLC0415 - an extra
    except ImportError:
        needed = 'slides need the extra "slides"; install it with `pip install -c constraints.txt -e ".[slides]"`'
        raise ExperimentError(f"{needed}{otherwise}") from None
    from pptx.util import Inches  # noqa: PLC0415

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    return deck

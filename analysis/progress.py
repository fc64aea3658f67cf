"""How whatever takes its time tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[float], None]


def no_progress(_runs: float) -> None:
    """Take no notice of progress."""

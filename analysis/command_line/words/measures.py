"""Measures in a few words."""

from __future__ import annotations

from analysis.number_format import difference_figure, interval_figure, is_share
from model.catalogue import Catalogue


def effect_phrase(measure: str, effect: tuple[float, float, float], words: Catalogue) -> str:
    """Return a difference and its interval with the unit: +3.2 points [+2.9, +3.5]."""
    difference, low, high = effect
    unit = " " + words.text("command_line.points") if is_share(measure) else ""
    return f"{difference_figure(measure, difference)}{unit} {interval_figure(measure, low, high)}"


def short_label(measure: str, words: Catalogue) -> str:
    """Return the name of a headline measure for the head of a column."""
    return words.text(f"measures.{measure}.short")

"""What columns, values and items are called in a language, and how shares are written."""

from __future__ import annotations

from analysis.evidence.codebook import case_columns, groups, items
from analysis.evidence.selection import Selection
from model.catalogue import Catalogue
from model.scenario.scenario import INVENTED


def value_label(words: Catalogue, column: str, value: str) -> str:
    """Return what a value of a column of cases is called; what is not told has a word, too."""
    if value in ("", "not_told"):
        return words.text("evidence.not_told")
    return case_columns()[column].label(value, words.language)


def item_label(words: Catalogue, item: str) -> str:
    """Return what an item of texts is called."""
    return items()[item].titles[words.language]


def group_label(words: Catalogue, by: str, value: str) -> str:
    """Return what a level, a year or a field of texts is called; the value itself if it has no word."""
    if not value:
        return words.text("evidence.not_told")
    return groups().get(by, {}).get(value, {}).get(words.language, value)


def titled(words: Catalogue, title: str, *, is_invented: bool) -> str:
    """Return a title, with the mark of invented data before it if they are; nothing switches that off."""
    return INVENTED[words.language] + title if is_invented else title


def selection_sentence(selection: Selection, words: Catalogue) -> str:
    """Return what is assumed of how published cases were chosen; every output carries it."""
    key = "none" if selection.stance == "none" else "selection"
    return words.text(f"estimate.{key}").format(text=selection.text)


def percent(value: float) -> str:
    """Return a share in whole percent."""
    return f"{100.0 * value:.0f}%"

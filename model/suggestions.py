"""The known word most like a mistaken one, and words of a user's as a message can show them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable

_LONGEST_FOUND = 40
_LIKE_ENOUGH = 0.7


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a mistaken one; None if none is like it.

    Of "table.name" the name counts, then the whole: a right name in a wrong table, or in none, is found too.
    """

    def likeness(name: str) -> tuple[float, float]:
        last_parts = (name.rpartition(".")[2], short.rpartition(".")[2])
        return difflib.SequenceMatcher(None, *last_parts).ratio(), difflib.SequenceMatcher(None, name, short).ratio()

    short = word[: 2 * _LONGEST_FOUND]
    best = max(known, key=likeness, default="")
    return best if likeness(best)[0] >= _LIKE_ENOUGH else None


def quoted(text: str) -> str:
    """Return a user's text in quotes, shortened and without control characters."""
    return json.dumps(shortened(printable(text)), ensure_ascii=False)


def printable(text: str) -> str:
    """Return a text with a question mark for every control character."""
    return shortened("".join(letter if letter.isprintable() else "?" for letter in text))


def shortened(text: str) -> str:
    """Return a text cut where it becomes too long for a message."""
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 3] + "..."

"""All words in a language: the model's names, what charts, reports and evidence say, what the command
line says.

Each package keeps what it says itself in a folder ``words``, one file per language with the same keys.
"""

from __future__ import annotations

from pathlib import Path

from model.catalogue import Catalogue, Language, labels

_FOLDERS = tuple(
    Path(__file__).parent / package / "words"
    for package in ("report", "evidence", "discovery", "search", "command_line")
)


def words_in(language: Language) -> Catalogue:
    """Return all words of a language, "en" or "zh"; ValueError if there is no such language."""
    return labels(language, *_FOLDERS)

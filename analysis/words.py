"""All words in a language: the model's names, what charts, reports and evidence say, what the command
line says.

Each package keeps what it says itself in a folder ``words``, one file per language with the same keys.
"""

from __future__ import annotations

import re
from pathlib import Path

from model.catalogue import Catalogue, Language, labels

# What is counted in these texts, and how one of it is called; one digit alone, not the end of a longer number.
_COUNTED = (
    *("runs", "officials", "jurisdictions", "months", "points", "replications", "blocks", "measures", "values"),
    *("threads", "pairs", "rounds", "rows", "factors", "documents", "items", "cases", "tables", "texts"),
    *("people", "decisions"),
)
_SINGULARS = {"people": "person"}
_ONE_OF_MANY = re.compile(rf"(?<![\d.,±+−-])1 ((?:more |finished |planned )?)({'|'.join(_COUNTED)})\b")

_SPEAKING = ("report", "evidence", "inference", "discovery", "search", "structure", "rooms", "command_line")
_FOLDERS = tuple(Path(__file__).parent / package / "words" for package in _SPEAKING)


def words_in(language: Language) -> Catalogue:
    """Return all words of a language, "en" or "zh"; ValueError if there is no such language."""
    return labels(language, *_FOLDERS)


def band_of(is_invented: bool, words: Catalogue) -> str:
    """Return what is told across all that was made from invented data; empty of all else."""
    return words.text("evidence.band") if is_invented else ""


def with_singulars(text: str) -> str:
    """Return an English text in which one run is not "1 runs"; other texts stay as they are."""
    return _ONE_OF_MANY.sub(lambda found: f"1 {found[1]}{_SINGULARS.get(found[2], found[2][:-1])}", text)

"""What the commands of rooms say in the terminal, in both languages."""

from __future__ import annotations

from pathlib import Path

from analysis.words import with_singulars
from model.catalogue import Language, labels

_FOLDER = Path(__file__).parent / "words"


def say(language: Language, key: str, **values: str) -> str:
    """Return a sentence in a language."""
    return with_singulars(labels(language, _FOLDER).text(f"room.{key}").format(**values))

"""The words of the class kit in both languages, beside those of the lessons themselves."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
_FILES = {"en": "en.toml", "zh": "zh-CN.toml"}


@functools.cache
def _texts(language: str) -> dict[str, str | list[str]]:
    return tomllib.loads((_FOLDER / _FILES[language]).read_text(encoding="utf-8"))


def word(language: str, key: str) -> str:
    """Return a text of the kit; KeyError if there is none of that key."""
    return str(_texts(language)[key])


def words_of(language: str, key: str) -> list[str]:
    """Return a list of texts of the kit; KeyError if there is none of that key."""
    return list(_texts(language)[key])


def keys_in(language: str) -> set[str]:
    """Return all keys of a language."""
    return set(_texts(language))

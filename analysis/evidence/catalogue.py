"""The words of evidence, beside those of the model, in every language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.evidence.codebook import case_columns, items
from model.catalogue import Catalogue, Language, labels
from model.scenario.scenario import INVENTED

_FOLDER = Path(__file__).parent / "words"
_FILES: Mapping[Language, str] = MappingProxyType({"en": "en.toml", "zh": "zh-CN.toml"})


@functools.cache
def evidence_words(language: Language) -> Catalogue:
    """Return the catalogue of a language with the words of evidence in it."""
    tables = tomllib.loads((_FOLDER / _FILES[language]).read_text(encoding="utf-8"))
    return Catalogue(language, MappingProxyType({**labels(language).texts, **dict(_flat(tables))}))


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
    return words.texts.get(f"evidence.{by}.{value}", value)


def titled(words: Catalogue, title: str, *, is_invented: bool) -> str:
    """Return a title, with the mark of invented data before it if they are; nothing switches that off."""
    return INVENTED[words.language] + title if is_invented else title


def percent(value: float) -> str:
    """Return a share in whole percent."""
    return f"{100.0 * value:.0f}%"


def _flat(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tables.items():
        if isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            yield from _flat(value, f"{prefix}{key}.")

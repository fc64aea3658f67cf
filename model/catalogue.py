"""The words of the model in every language, from one file per language in ``catalogue/`` with the same keys.

Tables, charts and the page take their labels from here, so that a thing has one name wherever it is shown. What is not
a name of the model's stands with the package that says it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from model.suggestions import nearest

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

_FOLDER = Path(__file__).parent / "catalogue"
_FILES: Mapping[Language, str] = MappingProxyType({"en": "en.toml", "zh": "zh-CN.toml"})


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language by their key path, such as "measures.innovation_rate.label"."""

    language: Language
    texts: Mapping[str, str]

    def text(self, path: str) -> str:
        """Return the text at a key path; fill its {placeholders} with ``str.format``.

        Raises
        ------
        KeyError
            If there is no text at that path; the message names the most similar one.
        """
        if path not in self.texts:
            near = nearest(path, self.texts)
            advice = f"; did you mean {near!r}?" if near else ""
            raise KeyError(f"the {self.language!r} catalogue has no text at {path!r}{advice}")
        return self.texts[path]


@functools.cache
def labels(language: Language, *folders: Path) -> Catalogue:
    """Return the catalogue of a language, "en" or "zh".

    Parameters
    ----------
    folders : of packages that have words of their own, in files named as those of the model.

    Raises
    ------
    ValueError
        If there is no catalogue of that language, or two files have a text at the same key path.
    """
    if language not in _FILES:
        raise ValueError(f"there is no catalogue of the language {language!r}; allowed is {', '.join(LANGUAGES)}")
    texts: dict[str, str] = {}
    for folder in (_FOLDER, *folders):
        for path, text in _flat(tomllib.loads((folder / _FILES[language]).read_text(encoding="utf-8"))):
            if path in texts:
                raise ValueError(f"{folder / _FILES[language]}: {path} is a text of another file already")
            texts[path] = text
    return Catalogue(language, MappingProxyType(texts))


def _flat(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with its key path, the keys joined by dots: a quoted key "table.name" gives the same path."""
    for key, value in tables.items():
        if isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            yield from _flat(value, f"{prefix}{key}.")

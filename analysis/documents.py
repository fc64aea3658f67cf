"""The documents that the project makes of its own results: where they lie in each language, and how they are set.

English lines are broken; Chinese ones are not, since a break would be read as a space.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from model.catalogue import LANGUAGES, Language

DOCUMENTS = Path(__file__).parents[1] / "docs"
_SUFFIXES: dict[Language, str] = {"en": "", "zh": ".zh-CN"}
_NAMES: dict[Language, str] = {"en": "English", "zh": "中文"}
_WIDTH = 120


def file_of(name: str, language: Language) -> str:
    """Return the name of a document's file in a language."""
    return f"{name}{_SUFFIXES[language]}.md"


def document_path(name: str, language: Language) -> Path:
    """Return where a document lies in a language."""
    return DOCUMENTS / file_of(name, language)


def document_paths(name: str) -> dict[Language, Path]:
    """Return where a document lies in every language."""
    return {language: document_path(name, language) for language in LANGUAGES}


def link_to_others(name: str, language: Language) -> str:
    """Return the line by which a document leads to itself in the other languages."""
    return " · ".join(f"[{_NAMES[other]}]({file_of(name, other)})" for other in LANGUAGES if other != language)


def headed(title: str, name: str, language: Language) -> str:
    """Return the title of a document, and the line that leads to it in the other languages."""
    return f"# {title}\n\n{link_to_others(name, language)}"


def paragraph(text: str, language: Language) -> str:
    """Return a text as a paragraph."""
    if language == "zh":
        return text
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def bullets(texts: Iterable[str], language: Language) -> str:
    """Return texts as items of a list, each with a capital."""
    items = (f"- {text[:1].upper()}{text[1:]}" for text in texts)
    return "\n".join(item if language == "zh" else _item(item) for item in items)


def _item(text: str) -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent="  ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def write_document(name: str, made: Callable[[Language], str]) -> None:
    """Write a document in every language."""
    for language, path in document_paths(name).items():
        path.write_text(made(language), encoding="utf-8", newline="\n")

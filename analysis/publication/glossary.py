"""The list of terms: one word for one thing in each language, and the words that must not stand in its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GLOSSARY = Path(__file__).parents[2] / "model" / "catalogue" / "glossary.toml"
HAN = "[\u3400-\u9fff]"

_INTRODUCTION = """# Glossary · 术语表

Made by `python -m analysis.publication.reference_tables` from [glossary.toml](../model/catalogue/glossary.toml); do not
edit. A test looks
for the words that are not so in every Chinese text of the project. A word that is part of a right term (处分 in
纪律处分) counts only where it stands outside of it. Sources are keys of [sources.toml](../model/sources.toml).

本表由 `python -m analysis.publication.reference_tables` 生成，请勿改动。

项目的全部中文文本不得使用“不用”一栏的词，由测试检查；该词是规范用语的一部分时不在此限（如“纪律处分”中的“处分”）。

出处为 [sources.toml](../model/sources.toml) 的键。

| English | 中文 | not so · 不用 | meaning | 含义 | source or reason · 出处或理由 |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Term:
    """A term in both languages, the words not used for it, and where it comes from: a source or a reason."""

    en: str
    zh: str
    also: tuple[str, ...]
    not_so: tuple[str, ...]
    meaning: tuple[str, str]
    source: str
    reason: tuple[str, str]

    @property
    def right(self) -> tuple[str, ...]:
        """Return every right form of the term in Chinese."""
        return (self.zh, *self.also)


def terms() -> tuple[Term, ...]:
    """Return the terms of the glossary, in the order of their file."""
    return tuple(_term(entry) for entry in tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"])


def wrong_words(text: str, known: Sequence[Term]) -> dict[str, str]:
    """Return every word of the text that is not so, with the right one in its place."""
    right = [form for term in known for form in term.right]
    return {word: term.zh for term in known for word in term.not_so if word in _outside(text, word, right)}


def halfwidth_signs(text: str) -> list[str]:
    """Return the places of a Chinese text at which a halfwidth sign stands beside a Chinese character."""
    code_left_out = re.sub(r"`[^`]*`|\{\w*\}|\]\([^)]*\)|https?:\S+", "x", text)
    return re.findall(rf"{HAN}\s?[,;:?!()]|[,;:?!()]\s?{HAN}|{HAN}\.(?=\s|$)", code_left_out)


def glossary_document() -> str:
    """Return the glossary as Markdown, a row a term."""
    return _INTRODUCTION + "".join(f"| {' | '.join(_row(term))} |\n" for term in terms())


def _outside(text: str, word: str, right: Sequence[str]) -> str:
    """Return the text without the right terms that the word is a part of."""
    for form in sorted((form for form in right if word in form), key=len, reverse=True):
        text = text.replace(form, " ")
    return text


def _term(entry: dict[str, Any]) -> Term:
    meaning, reason = entry["meaning"], entry.get("reason", {"en": "", "zh": ""})
    return Term(
        en=entry["en"],
        zh=entry["zh"],
        also=tuple(entry.get("also", ())),
        not_so=tuple(entry["not_so"]),
        meaning=(meaning["en"], meaning["zh"]),
        source=entry.get("source", ""),
        reason=(reason["en"], reason["zh"]),
    )


def _row(term: Term) -> list[str]:
    origin = f"`{term.source}`" if term.source else f"{term.reason[0]} {term.reason[1]}"
    return [term.en, "、".join(term.right), "、".join(term.not_so), *term.meaning, origin]

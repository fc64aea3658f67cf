"""Pre-coding: words of a dictionary are found in policy texts and marked for a person, who reads and codes.

A suggestion never becomes a code by itself: the column of the item beside it stays empty.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from analysis.evidence.codebook import FOLDER, items
from analysis.evidence.coded_file import TEXT_ENDINGS, EvidenceError, text_of
from analysis.evidence.text_file import SUGGESTED
from model.catalogue import LANGUAGES, Language
from model.litter import is_litter
from model.suggestions import nearest, quoted

DEFAULT_DICTIONARY = FOLDER / "dictionary.toml"
_MOST_BYTES = 5_000_000
_OF_OTHER_PROGRAMS = (".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".html", ".htm")
_REACH = {"zh": 4, "en": 10}  # characters before a hit in which a negator counts


@dataclass(frozen=True)
class Dictionary:
    """Terms with the items they hint at, in one pattern, and the words that may turn a hit round."""

    pattern: re.Pattern[str]
    items_of: Mapping[str, tuple[str, ...]]
    negator: re.Pattern[str]


@dataclass(frozen=True)
class Hit:
    """A term found: from where to where, the items it hints at, and whether it may be negated."""

    start: int
    end: int
    items: tuple[str, ...]
    is_negated: bool


@dataclass(frozen=True)
class Precoded:
    """A text with its hits."""

    document: str
    text: str
    hits: tuple[Hit, ...]


def read_dictionary(path: str | Path = DEFAULT_DICTIONARY) -> Dictionary:
    """Return a dictionary; EvidenceError if it does not hold."""
    place = Path(path)
    try:
        data = tomllib.loads(text_of(place))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{place}: is no TOML ({error}); write tables that begin with [[term]]") from None
    terms: dict[str, list[str]] = {}
    patterns: dict[Language, set[str]] = {language: set() for language in LANGUAGES}
    for number, written in enumerate(_tables(place, data), start=1):
        where = f"{place}, [[term]] {number}"
        item = written.get("item")
        if item not in items():
            near = nearest(str(item), items())
            question = f"did you mean {near}? " if near else ""
            raise EvidenceError(
                f"{where}, item: found {quoted(str(item))}; {question}allowed is an item of the codebook"
            )
        for language in LANGUAGES:
            for term in _words(where, language, written.get(language, [])):
                terms.setdefault(term.casefold(), []).append(str(item))
                patterns[language].add(term.casefold())
    negators = data.get("negators", {})
    if not isinstance(negators, dict):
        raise EvidenceError(f"{place}, negators: allowed is a table with lists of words, zh and en")
    words = {
        language: {word.casefold() for word in _words(f"{place}, negators", language, negators.get(language, []))}
        for language in LANGUAGES
    }
    if not terms:
        raise EvidenceError(f"{place}: has no words; write zh or en with words below [[term]]")
    unique = {term: tuple(dict.fromkeys(found)) for term, found in terms.items()}
    return Dictionary(re.compile(_pattern(patterns)), unique, _negator(words))


def texts_in(folder: str | Path) -> list[Path]:
    """Return the plain texts in a folder; EvidenceError if there are none, or files of other programs among them."""
    place = Path(folder)
    if not place.is_dir():
        raise EvidenceError(f"{place}: is no folder; give one that holds .txt or .md files")
    try:
        paths = sorted(path for path in place.iterdir() if path.is_file() and not is_litter(path.name))
    except OSError as error:
        raise EvidenceError(f"{place}: cannot be read ({error.strerror}); check its permissions") from None
    others = [path.name for path in paths if path.suffix.lower() in _OF_OTHER_PROGRAMS]
    if others:
        raise EvidenceError(f"{place}: {', '.join(others[:5])}: save it as text first (.txt, UTF-8), then try again")
    texts = [path for path in paths if path.suffix.lower() in TEXT_ENDINGS]
    if not texts:
        raise EvidenceError(f"{place}: holds no .txt or .md file; save the texts there first")
    for path in texts:
        if path.stat().st_size > _MOST_BYTES:
            raise EvidenceError(f"{path}: is larger than 5 MB; split it")
    return texts


def precode(paths: Sequence[Path], dictionary: Dictionary, encoding: str = "utf-8") -> list[Precoded]:
    """Return the texts with their hits, the longest term first wherever several begin."""
    return [
        Precoded(path.stem, text, tuple(_hits(text, dictionary)))
        for path in paths
        for text in [text_of(path, encoding)]
    ]


def table_of(precoded: Sequence[Precoded]) -> pd.DataFrame:
    """Return the table to code in: how often each text hints at an item, beside an empty column for the code."""
    rows = []
    for one in precoded:
        counts = Counter(item for hit in one.hits if not hit.is_negated for item in hit.items)
        doubtful = Counter(item for hit in one.hits if hit.is_negated for item in hit.items)
        row = {"document": one.document, "coder": "", "source": "", "seen": "", "invented": ""}
        for item in items():
            row[SUGGESTED + item] = _told(counts[item], doubtful[item])
            row[item] = ""
        rows.append(row)
    return pd.DataFrame(rows)


def page_of(one: Precoded, language: Language) -> str:
    """Return a text as an HTML page with its hits marked: escaped, without a script, fetching nothing."""
    titles = {name: item.titles[language] for name, item in items().items()}
    parts, at = [], 0
    for hit in one.hits:
        names = "; ".join(titles[item] for item in hit.items) + (" – negated?" if hit.is_negated else "")
        kind = ' class="negated"' if hit.is_negated else ""
        marked = escape(one.text[hit.start : hit.end])
        parts += [escape(one.text[at : hit.start]), f'<mark{kind} title="{escape(names)}">{marked}</mark>']
        parts.append(f"<sup>{escape(' '.join(hit.items))}{'?' if hit.is_negated else ''}</sup>")
        at = hit.end
    parts.append(escape(one.text[at:]))
    return _PAGE.format(
        language="zh-Hans" if language == "zh" else "en", title=escape(one.document), text="".join(parts)
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{max-width:46rem;margin:2rem auto;font:1rem/1.8 system-ui,sans-serif}}
pre{{white-space:pre-wrap;font:inherit}}
mark{{background:#fff1b8}}mark.negated{{background:#ffd9c7}}sup{{color:#595959;font-size:.65em}}</style></head>
<body><h1>{title}</h1><pre>{text}</pre></body></html>
"""


def _hits(text: str, dictionary: Dictionary) -> list[Hit]:
    folded = text.casefold()
    if len(folded) != len(text):  # a few letters become two: then places would be off
        folded = text.lower() if len(text.lower()) == len(text) else text
    found = []
    for match in dictionary.pattern.finditer(folded):
        before = folded[max(0, match.start() - max(_REACH.values())) : match.start()]
        is_negated = dictionary.negator.search(before) is not None
        found.append(Hit(match.start(), match.end(), dictionary.items_of[match.group()], is_negated))
    return found


def _told(sure: int, doubtful: int) -> str:
    if doubtful:
        return f"{sure} (+{doubtful} negated?)"
    return str(sure) if sure else ""


def _tables(place: Path, data: Mapping[str, object]) -> list[dict[str, object]]:
    listed = data.get("term")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise EvidenceError(f"{place}: holds no terms; write tables that begin with [[term]]")
    return listed


def _words(where: str, language: str, words: object) -> list[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise EvidenceError(
            f'{where}, {language}: allowed is a list of words; write for example {language} = ["appeal"]'
        )
    return words


def _pattern(words: Mapping[Language, set[str]]) -> str:
    """Return one pattern for all terms, the longest first; terms in Latin letters only as whole words.

    Terms that begin alike stand together, so that most places of a text are passed by with a look at one character.
    """
    every = sorted({term for terms in words.values() for term in terms}, key=lambda term: (-len(term), term))
    by_first: dict[str, list[str]] = {}
    for term in every:
        by_first.setdefault(term[0], []).append(re.escape(term[1:]) + (r"\b" if term.isascii() else ""))
    whole = "|".join(
        (r"(?<!\w)" if first.isascii() else "") + f"{re.escape(first)}(?:{'|'.join(ends)})"
        for first, ends in by_first.items()
    )
    starts = "".join(map(re.escape, by_first))
    return f"(?=[{starts}])(?:{whole})"


def _negator(words: Mapping[Language, set[str]]) -> re.Pattern[str]:
    """Return the pattern of a negator close before a hit, at the end of what stands before it."""
    zh, en = (sorted(words[language], key=lambda word: (-len(word), word)) for language in ("zh", "en"))
    parts = []
    if zh:
        parts.append(f"(?:{'|'.join(map(re.escape, zh))})[^，。；：\\n]{{0,{_REACH['zh'] - 1}}}$")
    if en:
        parts.append(rf"\b(?:{'|'.join(map(re.escape, en))})\b[^.;:\n]{{0,6}}$")
    return re.compile("|".join(parts) if parts else "(?!)")

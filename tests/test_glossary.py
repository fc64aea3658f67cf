"""The terms: each has its origin, and no Chinese text of the project has a word that is not so or a halfwidth sign."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.publication.glossary import HAN, glossary_document, halfwidth_signs, terms, wrong_words
from model.scenario.checks import source_keys

ROOT = Path(__file__).parent.parent
TERMS = terms()
CATALOGUES = (
    ROOT / "model" / "catalogue" / "zh-CN.toml",
    *sorted((ROOT / "app" / "texts").glob("*zh-CN.toml")),
    *sorted((ROOT / "app" / "room" / "words").glob("zh-CN.toml")),
    *sorted((ROOT / "analysis").glob("*/words/zh-CN.toml")),
)
BILINGUAL = (
    *sorted((ROOT / "scenarios").rglob("*.toml")),
    *sorted((ROOT / "app" / "lessons").glob("*/lesson.toml")),
    *sorted((ROOT / "app" / "room" / "plays").glob("*.toml")),
)
DOCUMENTS = tuple(
    path
    for path in (
        ROOT / "README.md",
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "docs" / "tutorials").glob("*.py")),
        *sorted((ROOT / "scenarios").glob("*.md")),
        *sorted((ROOT / "app").glob("*.md")),
        ROOT / "app" / "index.html",
    )
    if path.name != "glossary.md"  # which prints the words that are not so
)


def texts_in(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a TOML document with its key path."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_in(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from texts_in(inner, f"{key}.{position}")


def chinese_texts(path: Path) -> list[tuple[str, str]]:
    """Return the Chinese texts of a TOML file with their key paths: all of a catalogue, those under "zh" elsewhere."""
    found = list(texts_in(tomllib.loads(path.read_text(encoding="utf-8"))))
    return found if path in CATALOGUES else [(key, text) for key, text in found if key.split(".")[-1] == "zh"]


def chinese_lines(path: Path) -> list[str]:
    """Return the lines of a document that are written in Chinese, not English lines that name a Chinese term."""
    lines = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8")).split("\n")
    return [line for line in lines if len(re.findall(HAN, line)) > len(re.findall("[A-Za-z]", line))]


def test_that_every_term_has_both_languages_words_that_are_not_so_and_one_origin() -> None:
    assert len({term.zh for term in TERMS}) == len({term.en for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert term.not_so, term.en
        assert all(term.meaning), term.en
        assert not wrong_words(term.meaning[1], TERMS), term.en
        assert bool(term.source) != all(term.reason), term.en
        assert term.source in {"", *source_keys()}, term.en
        assert re.search(HAN, term.zh), term.en


def test_that_no_right_term_is_called_wrong_elsewhere() -> None:
    for term in TERMS:
        for form in term.right:
            assert not wrong_words(form, TERMS), form
        for word in term.not_so:
            assert word in wrong_words(word, TERMS), word


def test_that_wrong_words_are_found_outside_of_right_terms_only() -> None:
    assert wrong_words("受到纪律处分", TERMS) == {}
    assert wrong_words("受到处分的官员", TERMS) == {"处分": "纪律处分", "官员": "干部"}
    assert wrong_words("严重违纪涉嫌违法立案审查", TERMS) == {}
    assert wrong_words("失误被立案", TERMS) == {"立案": "启动问责"}


def test_that_halfwidth_signs_are_found_beside_chinese_characters_only() -> None:
    assert halfwidth_signs("问责, 免责") == ["责,"]
    assert halfwidth_signs("问责(免责)") == ["责(", "责)"]
    assert halfwidth_signs("结束.") == ["束."]
    assert halfwidth_signs("据 Lee et al. 2015；见 `a, b`，95% 区间：{n}") == []


@pytest.mark.parametrize("path", [*CATALOGUES, *BILINGUAL], ids=lambda path: str(path.relative_to(ROOT)))
def test_that_a_file_of_texts_has_no_word_that_is_not_so_and_no_halfwidth_sign(path: Path) -> None:
    found = chinese_texts(path)
    assert found
    for key, text in found:
        assert not wrong_words(text, TERMS), f"{key}: {text}"
        assert not halfwidth_signs(text), f"{key}: {text}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_that_a_document_has_no_word_that_is_not_so(path: Path) -> None:
    assert not wrong_words(path.read_text(encoding="utf-8"), TERMS)


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "docs" / "glossary.md"], ids=lambda path: path.name)
def test_that_the_chinese_lines_of_a_document_have_no_halfwidth_sign(path: Path) -> None:
    for line in chinese_lines(path):
        assert not halfwidth_signs(line), line


def test_that_the_glossary_prints_every_term_in_its_order() -> None:
    written = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert written == glossary_document(), "run: python -m analysis.publication.reference_tables"
    rows = [line for line in written.split("\n") if line.startswith("| ")][2:]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [term.en for term in TERMS]

"""That both languages have all words that charts, reports and commands say, and no others."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from analysis.words import with_singulars, words_in
from model.catalogue import LANGUAGES, Language, labels

ROOT = Path(__file__).parents[2]
# Written the same in Chinese.
SAME_IN_CHINESE = {"command_line.n"}


def own(language: Language) -> dict[str, str]:
    """Return the words that are not names of the model's."""
    return {path: text for path, text in words_in(language).texts.items() if path not in labels(language).texts}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def code() -> str:
    files = [ROOT / "run.py", *(ROOT / "analysis").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_that_both_languages_have_the_same_keys() -> None:
    assert len(own("en")) > 300
    assert set(own("en")) == set(own("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_is_empty_and_none_of_a_chart_framed_by_spaces(language: Language) -> None:
    for path, text in own(language).items():
        assert text, path
        if path.startswith("charts."):  # commands put texts together from parts
            assert text == text.strip(), path


def test_that_both_languages_have_the_same_placeholders() -> None:
    for path, text in own("en").items():
        assert placeholders(text) == placeholders(words_in("zh").text(path)), path


def test_that_chinese_texts_are_chinese_and_english_ones_are_not() -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for path, text in own("zh").items():
        # What is made of signs and placeholders only reads the same in both.
        has_words = re.search("[A-Za-z]", re.sub(r"{\w*}", "", text))
        assert han.search(text) or not has_words or path in SAME_IN_CHINESE, path
        assert not han.search(words_in("en").text(path)), path


def test_that_every_word_is_used_in_the_code() -> None:
    text = code()
    # Such as "verdict_" in f"verdict_{verdict}" or f"statistics.verdict_{verdict}".
    beginnings = tuple(re.findall(r'f"(?:\w+\.)?(\w+_){', text))
    # Such as all of "structure.verdicts" in f"structure.verdicts.{verdict}".
    sections = tuple(re.findall(r'f"((?:\w+\.)+){', text))
    keys = {path.rpartition(".")[2] for path in own("en") if not path.startswith(sections)}
    unused = {key for key in keys if not re.search(rf'["\'.]{re.escape(key)}["\']', text)}
    assert not {key for key in unused if not key.startswith(beginnings)}


def test_that_every_text_the_code_asks_for_by_its_full_path_is_there() -> None:
    asked = re.findall(r'\.text\(\s*f?"([^"{}]+)"\s*\)', code())
    assert len(asked) > 100
    for path in asked:
        assert words_in("en").text(path)


def test_that_a_key_of_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[outcomes]\nsuccess = "again"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"outcomes\.success is a text of another file already"):
        labels("en", tmp_path)


def test_that_one_of_many_is_told_in_the_singular() -> None:
    told = with_singulars("1 runs, 11 runs, 2.1 months, 1 months, 1,1 runs")
    assert told == "1 run, 11 runs, 2.1 months, 1 month, 1,1 runs"
    assert with_singulars("1 people, 1 decisions") == "1 person, 1 decision"
    assert with_singulars("all 1 finished runs; 1 officials in 1 jurisdictions") == (
        "all 1 finished run; 1 official in 1 jurisdiction"
    )

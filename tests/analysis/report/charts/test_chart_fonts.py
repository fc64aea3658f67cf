"""That charts can show what they are given, on a machine without any Chinese font."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from analysis.report.charts import fonts
from analysis.report.charts.cut_font import cut, main, shipped_texts, wanted_characters
from analysis.report.charts.fonts import CHART_FAMILY, CHART_FONT, characters_not_shown, chart_families, showable
from analysis.report.charts.style import chart_style
from analysis.words import words_in

HAN = "\u2e80"


def characters_of(path: Path) -> frozenset[str]:
    return frozenset(map(chr, get_font(str(path)).get_charmap()))


def test_that_the_cut_font_has_every_chinese_character_of_catalogues_and_shipped_scenarios() -> None:
    needed = {character for character in "".join(shipped_texts()) if character >= HAN}
    missing = sorted(needed - characters_of(CHART_FONT))
    assert not missing, f"cut the font again, see analysis/report/charts/cut_font.py: {''.join(missing)}"


def test_that_every_character_of_catalogues_and_shipped_scenarios_is_shown_without_a_font_of_the_system() -> None:
    assert chart_families()[:2] == (CHART_FAMILY, "DejaVu Sans")
    latin = Path(findfont(FontProperties(family=["DejaVu Sans"])))
    missing = sorted(set("".join(shipped_texts())) - characters_of(CHART_FONT) - characters_of(latin) - {"\n"})
    assert not missing, missing


def test_that_the_cut_font_is_small_and_comes_with_its_licence() -> None:
    assert CHART_FONT.stat().st_size < 400_000
    licence = (CHART_FONT.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    names = TTFont(CHART_FONT)["name"]
    assert names.getDebugName(1) == CHART_FAMILY
    assert "Adobe" in names.getDebugName(0)
    assert licence.startswith("Copyright 2014-2021 Adobe")


def test_that_the_font_was_cut_to_titles_of_usual_words_too() -> None:
    assert set("广东省三年试点方案") <= wanted_characters()


def test_that_cutting_keeps_the_characters_asked_for_and_gives_the_same_bytes_again(tmp_path: Path) -> None:
    first, second = tmp_path / "first.ttf", tmp_path / "second.ttf"
    cut(CHART_FONT, first, "问责 A")
    cut(CHART_FONT, second, "问责 A")
    assert characters_of(first) >= set("问责 A")
    assert len(characters_of(first)) < 10
    assert first.read_bytes() == second.read_bytes()


def test_that_a_font_without_truetype_outlines_is_refused(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    pen = T2CharStringPen(0, None)
    builder.setupCFF("A", {}, {".notdef": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (0, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.setupOS2()
    builder.setupPost()
    source = tmp_path / "source.otf"
    builder.save(source)
    with pytest.raises(ValueError, match="no TrueType outlines"):
        cut(source, tmp_path / "cut.ttf", "A")


def test_that_a_source_that_is_not_there_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.ttf"]) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert main([]) == 2


def test_that_characters_no_font_has_become_boxes_and_are_told_once_in_one_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_told", set())
    unknown = "\U0001f9ff\U00020bb7"  # an amulet and a rare character that the usual fonts lack
    assert characters_not_shown(f"甲{unknown}A") == "".join(sorted(unknown))
    with caplog.at_level(logging.WARNING):
        assert showable(f"甲{unknown}A", words_in("zh")) == "甲□□A"
        assert showable(f"甲{unknown}A", words_in("zh")) == "甲□□A"
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert "\n" not in told[0]
    assert all(character in told[0] for character in unknown)


def test_that_a_title_is_shown_on_one_line_without_control_characters() -> None:
    assert showable("one\ntwo\t\x1b[31m three", words_in("en")) == "one two [31m three"


def test_that_what_comes_into_a_chart_unseen_is_told_once_without_warnings_of_matplotlib(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    unknown = "\U0001f9fe\U00020bb8"
    with caplog.at_level(logging.WARNING), warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(2):
            with chart_style():
                figure = Figure()
                figure.text(0.1, 0.5, f"乡{unknown}")
                figure.savefig(tmp_path / f"{number}.png")
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert all(character in told[0] for character in unknown)
    assert told[0].startswith(words_in("en").text("charts.characters_not_shown").partition("{")[0])


def test_that_other_warnings_come_through_where_charts_are_drawn() -> None:
    with pytest.warns(UserWarning, match="other"), chart_style():
        warnings.warn("other", stacklevel=1)

"""The class kit: every sheet is there in both languages, holds no code, and its numbers are the lesson's."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from analysis.errors import ExperimentError
from analysis.report.presentation import height_of
from app.teaching import kit_charts
from app.teaching.claims import lead_of
from app.teaching.files import LANGUAGES, lessons
from app.teaching.kit import lesson_named, write_kit
from app.teaching.kit_charts import place_names, prediction_picture, reveal_picture
from app.teaching.kit_claims import ClaimTold, claims_told
from app.teaching.kit_pages import handout, sheet, short_script, survey
from app.teaching.kit_slides import deck_of, slides_of
from app.teaching.kit_words import keys_in

ALL = lessons()
PICTURE = b"\x89PNG\r\n\x1a\n"
TOLD = [
    ClaimTold("Is it <more>?", "It is more.", "above", "1 against 0", 1),
    ClaimTold("And?", "Less.", "below", "", 1),
]


def test_that_both_languages_have_the_same_words() -> None:
    assert keys_in("en") == keys_in("zh")


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_that_every_lesson_has_a_short_form_of_three_questions(lesson: Any) -> None:
    assert len(lesson.content["short"]) == 3
    assert sorted(set(lesson.content["short"])) == lesson.content["short"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_sheets_hold_texts_only_never_markup_or_code(language: str) -> None:
    lesson = ALL[0]
    pages = [
        sheet(lesson, language, PICTURE),
        handout(lesson, language, TOLD, PICTURE),
        survey(lesson, language, TOLD),
        short_script(lesson, language, TOLD),
    ]
    for page in pages:
        assert "<more>" not in page
        assert not re.search(r"python|<script|<code|http", page)
        assert lesson.said("title", language) in page
    assert pages[2].count("&lt;more&gt;") == 3, "before, after and in the key"


def test_that_the_key_is_what_the_claims_say() -> None:
    key = survey(ALL[0], "en", TOLD).rpartition("<h2>")[2]
    assert re.findall(r"<strong>(.*?)</strong>", key) == ["more", "less"]


def test_that_slides_have_charts_as_pictures_and_the_script_as_notes() -> None:
    pptx = pytest.importorskip("pptx")
    lesson = next(lesson for lesson in ALL if lesson.name == "tolerance_on_paper")
    drawn: list[tuple[int, bool]] = []

    def picture(number: int, has_answer: bool) -> bytes:
        drawn.append((number, has_answer))
        return blank()

    deck = pptx.Presentation(io.BytesIO(deck_of(slides_of(lesson, "en", TOLD, picture))))
    assert drawn == [(0, False), (0, True), (1, True), (1, True)]
    assert sum(shape.shape_type == 13 for slide in deck.slides for shape in slide.shapes) == len(drawn)
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    for step in ("predict", "lock", "reveal", "discuss"):
        assert any(lesson.content["step"][step]["does"]["en"] in note for note in notes), step


def blank() -> bytes:
    written = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(written, format="png")
    return written.getvalue()


def test_that_long_titles_stay_above_what_follows_and_each_chart_is_named() -> None:
    pptx = pytest.importorskip("pptx")
    pixel = blank()
    for lesson in ALL:
        for language in LANGUAGES:
            claims = [
                ClaimTold(claim["ask"][language], claim["text"][language], claim["is"], "", claim.get("chart", 0))
                for claim in lesson.content["claim"]
            ]
            slides = slides_of(lesson, language, claims, lambda number, has_answer: pixel)
            for slide, told in zip(pptx.Presentation(io.BytesIO(deck_of(slides))).slides, slides, strict=True):
                title, *others = slide.shapes
                size = title.text_frame.paragraphs[0].runs[0].font.size.pt
                assert title.top.inches + height_of([told.title], size) <= min(one.top.inches for one in others) + 0.01
                assert told.lines or not told.picture or told.title == lesson.content["prediction"]["title"][language]


def test_that_the_given_line_is_dashed_as_the_tasks_say(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, *_, **__: drawn.append(figure))
    monkeypatch.setattr(kit_charts, "quantity", lambda lesson, asked: np.array([0.2]))
    lesson = next(one for one in ALL if one.name == "campaign_and_fear")
    prediction_picture(lesson, "en", has_answer=True)
    given, asked = drawn[0].axes[0].get_lines()
    assert (given.get_linestyle(), asked.get_linestyle()) == ("--", "-")


def test_that_an_unknown_lesson_is_answered_with_those_there_are() -> None:
    with pytest.raises(ExperimentError, match=r"there is no lesson nothing; there are .*do_more_err_more"):
        lesson_named("nothing")


def test_that_places_are_counted_from_1() -> None:
    curve = next(lesson.content["prediction"] for lesson in ALL if lesson.content["prediction"]["form"] == "curve")
    assert place_names(curve, "en") == [str(year) for year in range(1, 11)]


@pytest.mark.slow
def test_that_a_kit_is_written_whole_and_its_numbers_are_the_lessons(tmp_path: Path) -> None:
    pytest.importorskip("pptx")
    lesson = lesson_named("tolerance_on_paper")
    written = write_kit(lesson, "en", tmp_path / "kit", tell=lambda _: None)
    assert [path.name for path in written] == [
        "prediction_sheet.html",
        "handout.html",
        "survey.html",
        "fifteen_minutes.html",
        "slides.pptx",
        "slides_fifteen_minutes.pptx",
    ]
    text = (tmp_path / "kit" / "handout.html").read_text(encoding="utf-8")
    for claim, told in zip(lesson.content["claim"], claims_told(lesson, "en"), strict=True):
        assert told.numbers in text
        assert f"{100 * lead_of(lesson, claim).mean:+.1f}".replace("-", "\u2212") in told.numbers
    empty, answered = (prediction_picture(lesson, "en", has_answer=shown) for shown in (False, True))
    assert len({empty, answered, reveal_picture(lesson, 1, "en")}) == 3

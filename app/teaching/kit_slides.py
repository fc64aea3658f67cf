"""A lesson as slides: a PPTX with its charts as pictures and the trainer's script as notes (extra "slides")."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from analysis.report.presentation import HEIGHT, RIM, WIDTH, height_of, new_deck, size_that_fits
from app.teaching.files import Lesson, Tree
from app.teaching.kit_claims import ClaimTold
from app.teaching.kit_words import word

_TITLES, _TEXTS, _BESIDE_PICTURE, _SMALL = (30, 26, 22, 18), (32, 28, 24, 20, 16), (18, 16, 14), 14  # points
_TITLE_HEIGHT = 1.1  # inches


class Slide(NamedTuple):
    """What one slide shows and what the trainer reads beside it."""

    title: str
    lines: Sequence[str]
    notes: str
    picture: bytes | None = None
    small: str = ""


def slides_of(
    lesson: Lesson, language: str, claims: Sequence[ClaimTold], picture: Callable[[int, bool], bytes]
) -> list[Slide]:
    """Return the slides of a lesson in their order.

    `picture` gives a chart by its number: 0 is the one that the class draws on, with the answer or without.
    """
    content = lesson.content
    title, chart = lesson.said("title", language), content["prediction"]["title"][language]
    notes = {step: _notes(lesson, step, language) for step in content["step"]}
    slides = [
        Slide(title, [lesson.said("question", language)], word(language, "rule"), small=word(language, "rule")),
        Slide(word(language, "situation"), [lesson.said("story", language)], notes["predict"]),
        Slide(chart, [content["prediction"]["task"][language]], notes["predict"], picture(0, False)),
        Slide(word(language, "lock"), _questions(lesson, "lock", language), notes["lock"]),
        Slide(chart, [], notes["reveal"], picture(0, True)),
    ]
    for number, claim in enumerate(claims, start=1):
        slides.append(Slide(f"{number}. {claim.ask}", [word(language, "ask_room")], claim.text))
        shown = [_title_of_chart(content, claim.chart, language)]
        slides.append(Slide(claim.text, shown, claim.ask, picture(claim.chart, True), claim.numbers))
    slides.append(Slide(word(language, "discuss"), _questions(lesson, "discuss", language), notes["discuss"]))
    limits = [text[language] for text in content["cannot_tell"]]
    slides.append(Slide(word(language, "cannot_tell"), limits, "", small=word(language, "rule")))
    return slides


def _title_of_chart(content: Tree, number: int, language: str) -> str:
    chart = content["prediction"] if number == 0 else content["reveal"][number - 1]
    title: str = chart["title"][language]
    return title


def _questions(lesson: Lesson, step: str, language: str) -> list[str]:
    return [question[language] for question in lesson.content["step"][step]["questions"]]


def _notes(lesson: Lesson, step: str, language: str) -> str:
    asked = lesson.content["step"][step]
    lines = [word(language, "minutes").format(n=asked["minutes"]), asked["does"][language]]
    return "\n".join([*lines, *_questions(lesson, step, language)])


def deck_of(slides: Sequence[Slide]) -> bytes:
    """Return slides as a PPTX.

    Raises
    ------
    ExperimentError
        If python-pptx is not installed.
    """
    deck = new_deck(", or leave them out with --no-slides")
    for slide in slides:
        _add(deck, slide)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _add(deck: Any, slide: Slide) -> None:
    from pptx.util import Inches  # noqa: PLC0415 - an extra

    added = deck.slides.add_slide(deck.slide_layouts[5])
    heading = added.shapes.title
    heading.left, heading.top = Inches(RIM), Inches(0.4)
    heading.width, heading.height = Inches(WIDTH - 2 * RIM), Inches(_TITLE_HEIGHT)
    _write(heading.text_frame, [slide.title], size_that_fits([slide.title], _TITLES, _TITLE_HEIGHT), is_bold=True)
    top = 0.5 + _TITLE_HEIGHT
    if slide.lines:
        sizes, height = (_BESIDE_PICTURE, 0.8) if slide.picture else (_TEXTS, HEIGHT - top - 1.0)
        size = size_that_fits(slide.lines, sizes, height)
        height = height_of(slide.lines, size) if slide.picture else height
        box = added.shapes.add_textbox(Inches(RIM), Inches(top), Inches(WIDTH - 2 * RIM), Inches(height))
        _write(box.text_frame, slide.lines, size)
        top += height + 0.1
    if slide.picture:
        room = HEIGHT - top - 0.75
        drawn = added.shapes.add_picture(io.BytesIO(slide.picture), Inches(RIM), Inches(top), height=Inches(room))
        drawn.left = int((deck.slide_width - drawn.width) / 2)
        drawn._element._nvXxPr.cNvPr.set("descr", slide.title)
    if slide.small:
        foot = added.shapes.add_textbox(Inches(RIM), Inches(HEIGHT - 0.65), Inches(WIDTH - 2 * RIM), Inches(0.5))
        _write(foot.text_frame, [slide.small], _SMALL)
    if slide.notes:
        added.notes_slide.notes_text_frame.text = slide.notes


def _write(frame: Any, lines: Sequence[str], size: float, *, is_bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - an extra
    from pptx.util import Pt  # noqa: PLC0415

    frame.word_wrap = True
    for number, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size * 0.5)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), is_bold

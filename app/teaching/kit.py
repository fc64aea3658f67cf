"""The class kit of a lesson: sheets to print, slides, questions before and after, a script of fifteen minutes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from analysis.errors import ExperimentError
from analysis.store.whole_files import write_files
from app.teaching.files import Lesson, lessons
from app.teaching.kit_charts import prediction_picture, reveal_picture
from app.teaching.kit_claims import claims_told
from app.teaching.kit_pages import handout, sheet, short_script, survey
from app.teaching.kit_slides import deck_of, slides_of


def lesson_named(name: str) -> Lesson:
    """Return a lesson by its folder's name; ExperimentError if there is none."""
    found = {lesson.name: lesson for lesson in lessons()}
    if name not in found:
        raise ExperimentError(f"there is no lesson {name}; there are {', '.join(found)}")
    return found[name]


def write_kit(
    lesson: Lesson, language: str, folder: Path, *, with_slides: bool = True, tell: Callable[[str], None] = print
) -> list[Path]:
    """Write the kit of a lesson into a folder, in one language; return its files.

    Raises
    ------
    ExperimentError
        If slides are wanted and python-pptx is not installed, or the folder cannot be written.
    """

    @functools.cache
    def picture(number: int, has_answer: bool) -> bytes:
        if number == 0:
            return prediction_picture(lesson, language, has_answer=has_answer)
        return reveal_picture(lesson, number, language)

    tell("simulating the lesson's policies")
    claims, short = claims_told(lesson, language), claims_told(lesson, language, only_short=True)
    made: dict[str, str | bytes] = {
        "prediction_sheet.html": sheet(lesson, language, picture(0, False)),
        "handout.html": handout(lesson, language, claims, picture(0, True)),
        "survey.html": survey(lesson, language, claims),
        "fifteen_minutes.html": short_script(lesson, language, short),
    }
    if with_slides:
        made["slides.pptx"] = deck_of(slides_of(lesson, language, claims, picture))
        made["slides_fifteen_minutes.pptx"] = deck_of(slides_of(lesson, language, short, picture))
    return write_files(folder, made)

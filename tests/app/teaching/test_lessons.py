"""The lessons: their scripts are up to date, their claims are true of the model, and a new one touches one folder."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.teaching.claims import holds, lead_of
from app.teaching.commands import GUIDE, PRINTABLE, main, write
from app.teaching.files import FOLDER, LANGUAGES, STEPS, Lesson, LessonError, lessons, parts_of, texts_of
from app.teaching.guide import guide, printable

ALL = lessons()


@pytest.mark.parametrize(
    ("path", "made"), [(GUIDE, guide(ALL)), (PRINTABLE, printable(ALL))], ids=["guide", "printable"]
)
def test_that_the_trainers_guide_is_up_to_date(path: Path, made: str) -> None:
    assert path.read_text(encoding="utf-8") == made, f"{path.name} is stale; run: python -m app.teaching.commands"


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_that_every_claim_is_true_of_the_model(lesson: Lesson) -> None:
    for claim in lesson.content["claim"]:
        lead = lead_of(lesson, claim)
        assert holds(claim, lead), f"{claim['text']['en']} {lead}"


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_that_every_script_has_timings_questions_and_limits_in_both_languages(lesson: Lesson) -> None:
    assert 30 <= lesson.minutes <= 60
    assert len(lesson.content["cannot_tell"]) >= 3
    assert all(lesson.content["step"][step]["questions"] for step in STEPS)
    for where, text in texts_of(lesson.content):
        assert set(text) == set(LANGUAGES), where


def test_that_texts_hold_no_number_that_the_model_computes() -> None:
    # Settings may be named; a share in percent can only come from a run.
    for lesson in ALL:
        for where, text in texts_of(lesson.content):
            assert not re.search(r"\d\s?%", text["en"] + text["zh"]), f"{lesson.name}, {where}"


def test_that_the_numbers_run_from_one_without_gaps() -> None:
    assert [lesson.content["number"] for lesson in ALL] == list(range(1, len(ALL) + 1))


def test_that_adding_a_lesson_touches_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    shutil.copytree(FOLDER, folder)
    added = folder / "another_one"
    shutil.copytree(FOLDER / "one_size_fits_all", added)
    text = (added / "lesson.toml").read_text(encoding="utf-8")
    text = text.replace("number = 6", "number = 8").replace(
        'en = "One size fits all"\nzh = "一刀切"', 'en = "Another one"\nzh = "另一课"'
    )
    (added / "lesson.toml").write_text(text, encoding="utf-8")
    written = write(folder, tmp_path / "trainers.md", tmp_path / "trainers.html")
    for path in written:
        content = path.read_text(encoding="utf-8")
        assert "8. Another one" in content
        assert "8. 另一课" in content
    assert "--check another_one" in written[0].read_text(encoding="utf-8")


def test_that_a_measure_of_a_claim_may_be_a_sum() -> None:
    assert parts_of("cases") == [(1, "cases")]
    assert parts_of("cases - exemptions + removals") == [(1, "cases"), (-1, "exemptions"), (1, "removals")]


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ('scenario = "one_size_fits_all"', 'scenario = "no_such"', "there is no scenario no_such"),
        ('arms = ["local"]', 'arms = ["loca"]', "there is no arm loca"),
        ('measures = ["innovation_rate"]', 'measures = ["innovation"]', "there is no measure innovation"),
        ('form = "curve"', 'form = "pie"', "allowed is points, curve, jurisdictions"),
        ('"nie_2023"', '"nobody_2023"', "nobody_2023 is not in model/sources.toml"),
        ("[step.lock]", "[step.look]", "needed are predict, lock, reveal, discuss"),
        ('zh = "一刀切"', 'zh = ""', "both en and zh are needed"),
        ("schema = 1", "schema = ", "not valid TOML"),
        ('is = "same"', 'is = "equal"', "allowed is above, below, same"),
        ("short = [1,", "short = [99,", "short names claim 99; the lesson has 1 to 7"),
        ("chart = 2", "chart = 9", "the lesson has 4 charts"),
        ("chart = 3", "chart = 1", "claim[4].quantity is innovation_dispersion of fitted, which chart 1 does not draw"),
        ("[step.lock]", '[step.lock]\nuses = ["public_value.weight"]', "neither a shipped scenario nor a lever"),
        ("[step.lock]", '[step.lock]\nuses = ["clear_list"]', "does not call clear_list by its name on the page"),
    ],
)
def test_that_a_mistake_in_a_lesson_is_told_with_file_and_key(
    tmp_path: Path, found: str, instead: str, said: str
) -> None:
    (tmp_path / "a").mkdir()
    text = (FOLDER / "one_size_fits_all" / "lesson.toml").read_text(encoding="utf-8")
    (tmp_path / "a" / "lesson.toml").write_text(text.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(said)) as caught:
        lessons(tmp_path)
    assert "lesson.toml" in str(caught.value)


def test_that_an_unknown_argument_is_answered_with_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--chek"]) == 2
    assert "--check" in capsys.readouterr().err


def test_that_the_printable_page_fetches_nothing_and_closes_its_tags() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.addresses: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.addresses += [value for name, value in attrs if name in {"src", "href"} and value]
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    tags = Tags()
    tags.feed(printable(ALL))
    assert tags.open == []
    assert tags.addresses == []

"""What is done with a room afterwards: the same bytes twice, nobody who did not agree, a report whose lines run."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import secrets
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.rooms.believed import answered, believed, coins_taken
from analysis.rooms.record import COLUMNS, TABLES, dictionary
from analysis.rooms.report import python_lines
from analysis.rooms.reported import Reported
from analysis.rooms.session import AFTER, BEFORE
from analysis.rooms.study import StudyError, allocation, arm_of, read_study
from app.room import afterwards, sessions
from app.room.afterwards import (
    erased,
    exported,
    fit_of,
    fitted,
    listed,
    note_on_export,
    reported,
    slides_written,
)
from app.room.folders import FOLDER, open_room, stored_room
from app.room.live import LiveRoom
from app.room.messages import Choose, Coin, Consent, DebriefAnswer, Leave
from app.room.plays import find_play, read_play
from app.room.sessions import session_of
from app.room.studies import held, play_of_session
from tests.app.room.running import quick_play
from tests.app.room.test_live import hashed, seated

PEOPLE = 7


async def played(room: LiveRoom) -> None:
    """Let seven people play: one leaves and erases, one agrees to research, the last decides once and says no more."""
    room.begin()
    await seated(room, PEOPLE)
    luck = np.random.default_rng(1)
    await room.said(Consent(id="c" * 16, research=True), hashed(room, 2), "")
    while room.state.phase != "debrief":
        for seat in range(1, PEOPLE + 1):
            key = hashed(room, seat)
            if room.state.phase == "coins":
                await room.said(Coin(id=secrets.token_hex(8), n=2, accept=seat % 2 == 0), key, "")
            if room.state.phase in ("practice", "decide") and not (seat == PEOPLE and room.state.now.round > 1):
                choice = Choose(id=secrets.token_hex(8), round=room.state.now.round, action=int(luck.integers(0, 4)))
                await room.said(choice, key, "")
            if room.state.phase == "questions" and seat < PEOPLE:
                for n in room.read.play.asked_on_phones:
                    await room.said(DebriefAnswer(id=secrets.token_hex(8), n=n, choice=(seat + n) % 3), key, "")
        if room.state.phase == "result" and room.state.now.round == 3 and room.state.seats[1].left_round is None:
            await room.said(Leave(id="e" * 16, erase=True), hashed(room, 1), "")
        await (room.close_round() if room.state.phase in ("decide", "practice") else room.go_to(room.state.step + 1))
    await room.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a room was played."""
    place = tmp_path_factory.mktemp("afterwards")
    stored = stored_room(open_room(read_play(quick_play(place, rounds=2)), 10, 5, None, place / FOLDER))
    asyncio.run(played(LiveRoom(stored.path, stored.about, stored.read)))
    return place


@pytest.fixture
def name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of the room, in whose folder the test works."""
    monkeypatch.chdir(folder)
    return next((folder / FOLDER).iterdir()).name


def test_tables_are_the_same_twice_and_hold_what_their_dictionary_says(name: str, tmp_path: Path) -> None:
    first, second = (exported(name, tmp_path / part, research=False) for part in ("one", "two"))
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
    tables = {table: pd.read_parquet(first / f"{table}.parquet") for table in TABLES}
    for table, frame in tables.items():
        assert list(frame.columns) == list(COLUMNS[table])
        assert all(f"`{column}`" in dictionary() for column in frame.columns)
    manifest = json.loads((first / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == {table: len(frame) for table, frame in tables.items()}
    decisions = tables["decisions"]
    assert len(decisions) == PEOPLE * 4
    by = decisions.groupby("seat")["by"].agg(lambda column: (column == "person").sum()).sort_values()
    assert list(by) == [0, 1, 4, 4, 4, 4, 4]  # who has erased is a deputy throughout
    for seat, months in tables["months"].groupby("seat"):
        assert len(months) == 12, seat


def test_a_room_of_another_version_of_the_model_gives_what_was_said_in_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = exported(name, tmp_path / "whole", research=False)
    assert note_on_export(name) is None
    for module in (afterwards, sessions):
        monkeypatch.setattr(module, "model_hash", lambda: "another")
    said = exported(name, tmp_path / "said", research=False)
    assert "another version of the model" in (note_on_export(name) or "")
    for table in ("choices", "beliefs", "coins", "guesses", "answers", "seats"):
        assert (said / f"{table}.csv").read_bytes() == (whole / f"{table}.csv").read_bytes()
    choices = pd.read_parquet(said / "choices.parquet")
    decided = pd.read_parquet(whole / "decisions.parquet").query("by == 'person'")
    assert list(choices["action"]) == list(decided["action"])
    assert len(pd.read_parquet(said / "months.parquet")) == 0


def test_research_takes_those_alone_who_agreed(name: str, tmp_path: Path) -> None:
    folder = exported(name, tmp_path / "research", research=True)
    assert len(pd.read_parquet(folder / "seats.parquet")) == 1
    assert len(pd.read_parquet(folder / "decisions.parquet")) == 4


@pytest.mark.slow
def test_the_report_is_written_in_both_languages_and_its_lines_make_its_numbers_again(name: str) -> None:
    for language, words in (("en", "The class against the model"), ("zh", "本班与模型")):
        text = reported(name, language).read_text(encoding="utf-8")  # type: ignore[arg-type]
        assert words in text
        assert "<script" not in text
        assert "one:" not in text  # what a world is called in the file
    session = session_of(stored_room(FOLDER / name / "room.sqlite"))
    fit = fit_of(session)
    expected = Reported(session, 0, fit)
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        exec(python_lines(name), {})
    assert str(expected.shares) in written.getvalue()
    assert str(fit.estimates[0]) in written.getvalue()
    assert str(answered(session)) in written.getvalue()


def test_what_the_class_answered_is_told_as_sums_beside_what_was_so(name: str) -> None:
    session = session_of(stored_room(FOLDER / name / "room.sqlite"))
    assert believed(session) == []  # nobody was asked what to believe
    coin = next(coins_taken(session))
    answers = [person.coins[2] for person in session.people if not person.is_erased]
    assert (coin.win, coin.lose, coin.people) == (*session.gambles[2], PEOPLE - 1)
    assert coin.share == pytest.approx(sum(answers) / len(answers))
    asked = {(1, BEFORE, "pursued"): 6, (1, BEFORE, "others"): 3, (4, AFTER, "others"): 5}
    people = tuple(replace(person, beliefs=asked) for person in session.people)
    told = {(one.question, one.round): one for one in believed(replace(session, people=people))}
    wall, posts = session.walls[0][0], session.posts_decided(0)[0]
    tried = [session.rounds[0][0].ordered[post] >= 2 for post in posts]
    assert told["pursued", 1][4:] == (PEOPLE - 1, 6.0, pytest.approx(wall.pursued_in_100 / 10))
    assert told["others", 1].was_so == pytest.approx(10 * sum(tried) / len(tried))
    assert told["others", 4].was_so is None  # the term was over
    assert believed(replace(session, people=people[:4])) == []


def test_the_debrief_s_answers_are_in_the_table_and_their_sums_in_the_report(name: str, tmp_path: Path) -> None:
    session = session_of(stored_room(FOLDER / name / "room.sqlite"))
    rows = pd.read_parquet(exported(name, tmp_path / "tables", research=False) / "answers.parquet")
    assert len(rows) == 5 * len(session.debrief)  # seven people: one has erased, one answered nothing
    for one in answered(session):
        asked = session.debrief[one.n]
        chosen = rows[rows["n"] == one.n]
        assert sum(one.counts) == 5
        assert [int((chosen["choice"] == choice).sum()) for choice in range(len(asked.answers))] == list(one.counts)
        assert set(chosen["question"]) == {asked.question}
        assert all(asked.answers[row.choice] == row.answer for row in chosen.itertuples())
    said = session.debrief[0]
    count, share = max(answered(session)[0].counts), max(answered(session)[0].counts) / 5
    for language, words in (("en", ("share", said.answers[1])), ("zh", ("占比", "听说的案例"))):
        text = reported(name, language).read_text(encoding="utf-8")  # type: ignore[arg-type]
        assert all(word in text for word in words)
        assert f">{count}<" in text
        assert f"{100 * share:.0f}%" in text
    four = replace(session, people=tuple(person for person in session.people if person.answers)[:4])
    assert answered(four) == []


@pytest.mark.slow
def test_slides_hold_the_class_in_charts_that_can_be_edited(name: str) -> None:
    pptx = pytest.importorskip("pptx")
    session = session_of(stored_room(FOLDER / name / "room.sqlite"))
    expected = Reported(session, 0, fit_of(session))
    for language, title in (("en", "The class against the model"), ("zh", "本班与模型")):
        path = slides_written(name, language)  # type: ignore[arg-type]
        deck = pptx.Presentation(str(path))
        titles = [slide.shapes.title.text_frame.text for slide in deck.slides if slide.shapes.title]
        assert len(titles) == len(deck.slides) == 9 + len(answered(session))  # a slide for each question answered
        assert any(title in found for found in titles)
        charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
        assert len(charts) == 2 + len(answered(session))  # the line, what was expected of them, and what they answered
        rules = [category.label for category in charts[0].plots[0].categories.levels[-1]]
        assert [rule[0] for rule in rules] == ["A", "B"]
        assert [list(chart.plots[0].series[0].values) for chart in charts[2:]] == [
            list(one.counts) for one in answered(session)
        ]
        values = [plot.values for plot in charts[0].plots[0].series]
        assert values[0] == pytest.approx(tuple(expected.shares), abs=1e-4)
        assert values[1] == pytest.approx(tuple(expected.fan.median), abs=1e-4)
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height
        assert (path.parent / f"line_0.{language}.png").stat().st_size > 20_000


def test_a_fit_is_written_beside_the_room_and_rooms_are_listed_and_erased(name: str) -> None:
    lines = list(fitted(name, "en"))
    assert lines[0].startswith(f"{PEOPLE - 1} people")
    assert (FOLDER / name / "class.toml").is_file()
    assert any(name in line for line in listed())
    assert erased(name) == name
    assert "there is no room" in next(listed())


# --- Studies ---


def test_a_study_draws_its_plays_beforehand_and_uses_a_session_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "study.toml"
    path.write_text('name = "x"\narms = ["paper", "tolerance"]\nblock = 4\nseed = 7\nsessions = 10\n', encoding="utf-8")
    study, sha256 = read_study(path)
    drawn = allocation(study)
    assert len(drawn) == 10
    assert [sorted(drawn[start : start + 4]) for start in (0, 4)] == [["paper", "paper", "tolerance", "tolerance"]] * 2
    assert held(sha256) == set()
    facts = {"name": "x", "sha256": sha256, "session": 3, "arm": drawn[2]}
    open_room(find_play(drawn[2]), 10, 1, facts)
    assert held(sha256) == {3}
    with pytest.raises(StudyError, match="session 3 was held already"):
        arm_of(study, 3, held(sha256), path)
    with pytest.raises(StudyError, match="sessions 1 to 10"):
        arm_of(study, 11, set(), path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("block = 4", "block = 3"), encoding="utf-8")
    with pytest.raises(StudyError, match="no multiple"):
        read_study(path)
    path.write_text(text.replace("block", "blok"), encoding="utf-8")
    with pytest.raises(
        StudyError, match=r"block: this key is missing(?s:.*)blok: there is no such key; did you mean block"
    ):
        read_study(path)
    path.write_text(text.replace('"tolerance"', '"tolerence"'), encoding="utf-8")
    with pytest.raises(StudyError, match=r"arms: .*did you mean tolerance"):  # whichever of the two was drawn
        play_of_session(path, 1)
    path.write_text(f"{text}seats = 12\n", encoding="utf-8")
    assert play_of_session(path, 1).seats == 12

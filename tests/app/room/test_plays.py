"""Plays: the shipped ones hold, mistakes are told in a sentence, and the wall never says what is not so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.report.charts.fonts import characters_not_shown
from analysis.rooms import report
from analysis.rooms.points import came_column
from analysis.rooms.wall import (
    PICTOGRAMS,
    filing_never_pays,
    known_cases,
    parts_of,
    saved_by_filing,
    tenths_of,
    wall_of,
)
from analysis.rooms.world import World, chairs_of, free_orders
from app.room.guide import DOCUMENTS, with_plays
from app.room.plays import (
    FOLDER,
    Act,
    DebriefQuestion,
    Play,
    PlayError,
    PlayWorld,
    find_play,
    play_of,
    problems_of,
    read_play,
    shipped_plays,
)
from app.room.typescript import FILE, types_in_typescript
from app.room.worlds import Worlds
from model.catalogue import Language
from model.scenario import find_scenario

TEXT = (FOLDER / "tolerance.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped_plays())
def test_a_shipped_play_holds_and_its_wall_is_the_policy_s(name: str) -> None:
    read = find_play(name)
    design = read.design_of(0, 1)
    assert len(chairs_of(design)) == 500
    for number in range(1, read.play.rounds + 1):
        wall, parameters = wall_of(design, number, read.baseline), design.parameters_in(number)
        assert sum(wall.ladder) == PICTOGRAMS
        assert wall.disclosure_tenths == tenths_of(parameters.exemption.disclosure)
        assert wall.times_baseline >= read.play.certainty_times - 0.05
        assert 0 < wall.pursued_in_100 < 100


def test_acts_are_those_of_the_scenarios_but_for_what_the_play_sets() -> None:
    read = find_play("four_rules")
    for number, name in enumerate(("baseline", "crackdown", "amnesty_on_paper", "tolerance_seen")):
        ours = read.scenarios[number].parameters
        model = find_scenario(name).parameters
        assert ours.exemption == model.exemption
        assert ours.accountability.severity == model.accountability.severity
        assert ours.accountability.certainty == pytest.approx(2.0 * model.accountability.certainty)
        assert ours.behaviour.self_dealing_open == 0.0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('scenario = "tolerance_seen"', 'scenario = "tolerance_sen"', "there is no scenario tolerance_sen"),
        ("rounds = 6", "rouns = 6", "rouns"),
        ("schema = 1", "schema = 3", "schema is 3"),
        ("beliefs_after = [6, 12]", "beliefs_after = [6, 22]", "rounds are numbered from 1 to 12"),
        ("schema = 1", 'schema = 1\nactions = ["routine"]', "always open"),
        ("schema = 1", 'schema = 1\nsettings = { "exemption.disclosur" = 0.3 }', "exemption.disclosure"),
        ("[title]", "[titel]", "titel: there is no such key; did you mean title?"),
        ("[title]", "[titel]", "title: this key is missing"),
        ("beliefs_before", "xyz", "xyz: there is no such key; docs/rooms.md lists them"),
        ("answers = [", 'answers = [{ en = "a", zh = "b" }]\nunused = [', "unused: there is no such key"),
    ],
)
def test_a_mistake_in_a_play_is_told_with_its_place(old: str, new: str, told: str) -> None:
    with pytest.raises(PlayError, match=re.escape(told)):
        play_of("mine", TEXT.replace(old, new, 1), "mine.toml")


def test_a_question_with_one_answer_is_refused() -> None:
    play = find_play("tolerance").play
    asked = play.debrief[1].model_copy(update={"answers": play.debrief[1].answers[:1]})
    problems = list(problems_of(play.model_copy(update={"debrief": (play.debrief[0], asked)})))
    assert problems == ["[[debrief]] 2: one answer is no choice; list two to six, or none"]


def test_a_play_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(PlayError, match="did you mean tolerance"):
        find_play("tolerence")
    with pytest.raises(PlayError, match="cannot be read"):
        read_play(tmp_path / "no.toml")


def test_parts_add_up_and_certain_things_alone_are_told_as_certain() -> None:
    assert parts_of((0.4, 0.3, 0.25, 0.05), 20) == (8, 6, 5, 1)
    assert sum(parts_of((1 / 3, 1 / 3, 1 / 3), 10)) == 10
    assert [tenths_of(share) for share in (0.0, 0.01, 0.44, 0.97, 1.0)] == [0, 1, 4, 9, 10]


def test_cases_become_known_as_often_as_the_rule_says() -> None:
    read = find_play("tolerance")
    known, cases, open_to_news, unpursued = 0, 0, 0, 0
    for seed in range(6):
        world = World(read.design_of(0, seed))
        for number in range(1, 7):
            told, parameters = world.play(free_orders(world)), world.design.parameters_in(number)
            marked = known_cases(told, parameters)
            came = told.came
            is_case, exempt = (came_column(came, name) == 1 for name in ("is_failure_case", "is_exempt"))
            known += int(marked[..., 0].sum())
            cases += int((is_case & ~exempt).sum())
            open_to_news += int(marked[..., 2].sum())
            unpursued += int((came_column(came, "is_unpursued") == 1).sum())
    for seen, of, rate in ((known, cases, 0.9), (open_to_news, unpursued, 0.2)):
        assert of > 100
        assert abs(seen / of - rate) < 4.0 * np.sqrt(rate * (1 - rate) / of)


def test_a_chair_holds_the_same_person_with_the_same_luck_in_both_worlds() -> None:
    two = TEXT + '\n[[world]]\nname = "changed"\nacts = [0, 1]\n[[world]]\nname = "unchanged"\nacts = [0, 0]\n'
    worlds = Worlds(play_of("two", two, "two.toml"), 4)
    assert np.array_equal(worlds.worlds[0].facing, worlds.worlds[1].facing)
    for world in worlds.worlds:
        world.play(free_orders(world))
    assert worlds.worlds[0].told[0].came.tobytes() == worlds.worlds[1].told[0].came.tobytes()


def test_what_filing_saves_is_worked_out_from_the_wall_and_it_pays_at_most_under_a_crackdown() -> None:
    wall = wall_of(find_play("tolerance").design_of(0, 1), 1, find_play("tolerance").baseline)
    assert (wall.pursued_in_100, wall.exempt_tenths, wall.exempt_filed_tenths, wall.filing) == (6, 4, 6, 12)
    # Of twenty sanctions eight circulars, six admonitions, five disciplinary ones, one removal.
    assert (wall.ladder, wall.losses) == ((8, 6, 5, 1), (50, 200, 600, 1500))
    assert saved_by_filing(wall) == pytest.approx(0.06 * 0.2 * (8 * 50 + 6 * 200 + 5 * 600 + 1500) / 20)
    pays = {}
    for name in shipped_plays():
        read = find_play(name)
        pays[name] = not filing_never_pays(
            [wall_of(read.design_of(0, 1), number, read.baseline) for number in range(1, read.play.rounds + 1)]
        )
    assert {name for name, does in pays.items() if does} == {"campaign", "four_rules"}  # under a crackdown it may
    assert not filing_never_pays([replace(wall, filing=2)])


def test_the_types_of_the_page_are_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == types_in_typescript(), "run python -m app.room.typescript"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_tells_every_key_of_a_play(language: Language) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    keys = [field.alias or name for name, field in Play.model_fields.items()]
    tables = {"act", "world", "debrief", "cannot_tell", "note"}
    inner = {*Act.model_fields, *PlayWorld.model_fields, *DebriefQuestion.model_fields}
    told = [f"[[{key}]]" if key in tables else f"`{key}`" for key in keys] + [f"`{key}`" for key in inner]
    assert [key for key in told if key not in text] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_lists_the_plays_as_they_are(language: Language) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    assert text == with_plays(text, language), "run python -m app.room.guide"
    assert all(f"`{name}`" in text for name in shipped_plays())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_calls_buttons_and_steps_by_what_stands_on_them(language: Language) -> None:
    text = re.sub(
        r"(?s)<!-- plays.*?end of plays -->|```.*?```|`[^`]*`", "", DOCUMENTS[language].read_text(encoding="utf-8")
    )
    quoted = r"“([^”]+)”" if language == "zh" else r'\*\*([^*]+[^.*])\*\*|(?<!\*)\*([^*]+)\*(?!\*)|"([^"]+)"'
    named = {"".join(found) for found in re.findall(quoted, text)}
    folder = FOLDER.parents[1] / "texts"
    files = [folder / f"{part}{'en' if language == 'en' else 'zh-CN'}.toml" for part in ("rooms.", "")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    on_screen = {found.strip("✓“” ") for found in re.findall(r'^\w+ = "(.*)"$', said, re.MULTILINE)}
    assert len(named) > 5
    assert named - on_screen == set()
    # The steps of the table stand on the desk's strip.
    steps = dict(re.findall(r'^phase_(\w+) = "(.*)"$', said, re.MULTILINE))
    for key in ("lobby", "announce", "end", "reveal", "questions", "debrief"):
        assert f"| {steps[key]} |" in text, key


def test_the_words_of_both_languages_have_the_same_keys() -> None:
    for folder in (FOLDER.parent / "words", Path(report.__file__).parent / "words"):
        english, chinese = (
            tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in ("en", "zh-CN")
        )
        for section, texts in english.items():
            assert set(texts) == set(chinese[section])
            for key, text in texts.items():
                fields = sorted(re.findall(r"\{(\w+)\}", text))
                assert fields == sorted(re.findall(r"\{(\w+)\}", chinese[section][key])), key


def test_every_sign_of_the_chart_is_in_the_charts_font() -> None:
    words = report.room_words("zh")
    names = ("chart_title", "chart_reading", "chart_note", "class", "fan", "twins", "class_fan", "guess", "table_round")
    assert "".join(characters_not_shown(words.text(f"rooms.{name}")) for name in names) == ""

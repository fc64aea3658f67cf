"""Every mistake in a scenario ends in one message that names the place, what is allowed and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.scenario import (
    ScenarioError,
    read_scenario,
)
from model.scenario.document import key_lines

HEAD = 'schema = 2\nextends = "baseline"\n'
TEXTS = '[title]\nen = "A"\nzh = "甲"\n[question]\nen = "A?"\nzh = "甲？"\n'
NORTH = '[[jurisdiction]]\nname = {en = "North", zh = "北"}\n'
PYDANTIC_WORDS = re.compile(
    r"pydantic|Input should|Extra inputs|validation error|Field required|Traceback", re.IGNORECASE
)

# What is added to a scenario that is otherwise in order (before or after its texts), and words the message must have.
BROKEN_TOPS = {
    "an unknown table": (
        "acountability.certainty = 1",
        ["line 3, acountability", "no key", "did you mean accountability?"],
    ),
    "a key outside its table": ("certainty = 1", ["did you mean accountability.certainty?"]),
    "a key like none": ("qqqq = 1", ['no key "qqqq"', "allowed is schema, extends, title", "remove it"]),
    "a number for a table": ("work = 3", ["line 3, work: found 3; allowed is a table", "[work], then urgency"]),
    "a text for a table": ('size = "big"', ['size: found the text "big"', "allowed is a table"]),
    "one source that is none": ('references = ["nagin_2031"]', ["references", "no source", "did you mean nagin_2013?"]),
    "a source like none": ('references = ["zzzzzz"]', ['no source "zzzzzz"', "model/sources.toml"]),
    "a number as a source": ("references = [2013]", ["references: found 2013; allowed is a list of keys"]),
    "a single source": ('references = "nagin_2013"', ["references: found the text", "allowed is a list of keys"]),
    "a number for a list of changes": ("change = 3", ["change: found 3", "[[change]]"]),
    "numbers in a list of changes": ("change = [3]", ["change: found 3", "[[change]]"]),
    "an empty list of jurisdictions": ("jurisdiction = []", ["jurisdiction: found an empty list", "at least one"]),
    "an inline change with a fault": (
        "change = [{month = -1, work.complexity = 0.1}]",
        ["line 3, [[change]] 1, month: found -1", "from 0 to"],
    ),
}
BROKEN_TABLES = {
    "an unknown key": (
        "[accountability]\ncertanty = 1",
        ["line 10, accountability.certanty", "accountability.certainty?"],
    ),
    "a key too low": ('references = ["nagin_2013"]', ["line 9, question.references", "stands above the first [table]"]),
    "a key like one in quite another table": (
        'colour = "red"',
        ["question.colour", "allowed is question.en, question.zh"],
    ),
    "a key of another table": (
        "[exemption]\ndetection = 1",
        ["exemption.detection", "did you mean supervision.detection?"],
    ),
    "a text for a number": ('[work]\ncomplexity = "low"', ['found the text "low"', "0 to 0.95", "complexity = 0.35"]),
    "a quoted number": ('[work]\ncomplexity = "0.5"', ['found the text "0.5"', "without quotes"]),
    "a truth value for a number": ("[work]\ncomplexity = true", ["found the truth value true", "a number from 0"]),
    "a list for a number": ("[work]\ncomplexity = [1]", ["work.complexity: found a list; allowed is a number"]),
    "a date for a number": ("[work]\ncomplexity = 2020-01-01", ["found a date or a time; allowed is a number"]),
    "a table for a number": (
        "[work.complexity]\na = 1",
        ["line 9, work.complexity: found a table; allowed is a number"],
    ),
    "too much": (
        "[work]\ncomplexity = 0.96",
        ["line 10", "found 0.96; allowed is a number from 0 to 0.95 (probability)"],
    ),
    "too little": ("[value]\nfailure = -101", ["found -101; allowed is a number from -100 to 100 (value)"]),
    "nothing for what must be positive": ("[behaviour]\nprior_strength = 0", ["from 1e-09 to 1000000000 (cases)"]),
    "no number": ("[work]\ncomplexity = nan", ["found nan, which is no finite number", "complexity = 0.35"]),
    "infinity": ("[work]\nlearning_half = inf", ["found inf, which is no finite number", "allowed is a number"]),
    "minus infinity": ("[work]\ncomplexity = -inf", ["found -inf"]),
    "no number for the initial share": (
        "[behaviour]\ninitial_innovation_share = nan",
        ["leave it out if there is none"],
    ),
    "a huge number": (f"[work]\ncomplexity = {2**70}", ["found 1180591620717411303424; allowed is"]),
    "a huge size": (f"[size]\nmonths = {2**70}", ["size.months: found 1180591620717411303424", "1 to 12000"]),
    "a number beyond floats": (f"[work]\ncomplexity = {10**400}", ["found 1000", "...; allowed is a number"]),
    "a number beyond printing": (f"[work]\ncomplexity = 0x{'f' * 5000}", ["a whole number of thousands of digits"]),
    "half an official": ("[size]\nofficials = 10.5", ["size.officials: found 10.5; allowed is a whole number"]),
    "a whole float for a count": ("[size]\nmonths = 12.0", ["size.months: found 12.0; allowed is a whole number"]),
    "nobody": ("[size]\nofficials = 0", ["size.officials: found 0; allowed is a whole number from 1"]),
    "no jurisdiction": ("[size]\njurisdictions = 0", ["size.jurisdictions: found 0; allowed is"]),
    "no month": ("[size]\nmonths = 0", ["size.months: found 0; allowed is"]),
    "fewer officials than jurisdictions": ("[size]\nofficials = 19", ["found 19", "each of the 20 jurisdictions"]),
    "too many in one jurisdiction": (
        "[size]\nofficials = 2_000_001\njurisdictions = 1",
        ["size.officials: found 2000001", "at most 2000000 officials in one jurisdiction"],
    ),
    "no action": ("[behaviour]\nactions = []", ["line 10, behaviour.actions", "empty list", "all actions are off"]),
    "no inaction": ('[behaviour]\nactions = ["innovation"]', ["inaction is not in the list", "add it"]),
    "an unknown action": (
        '[behaviour]\nactions = ["inaction", "inovation", "innovation"]',
        ['no action "inovation"', "did you mean innovation?"],
    ),
    "an action twice": (
        '[behaviour]\nactions = ["inaction", "innovation", "inaction"]',
        ["inaction is listed 2 times", "allowed is once"],
    ),
    "a text for actions": ('[behaviour]\nactions = "all"', ["allowed is a list of actions in quotes"]),
    "a number as an action": ("[behaviour]\nactions = [1]", ["behaviour.actions: found 1; allowed is a list"]),
    "a switch": ("[behaviour]\nroutine_open = 1", ["behaviour.routine_open", "list the actions", "behaviour.actions"]),
    "the ages in the wrong order": (
        "[career]\nceiling_age = 61",
        ["line 9, career", "ceiling_age 61", "retirement_age 60"],
    ),
    "one bracket for a change": (
        "[change]\nmonth = 3",
        ["line 9, change: found a table", "[[change]] with two brackets"],
    ),
    "one bracket for a jurisdiction": (
        "[jurisdiction]\nofficials = 3",
        ["jurisdiction: found a table", "two brackets"],
    ),
    "an empty change": ("[[change]]\nmonth = 3", ["line 9, [[change]] 1: changes nothing", "set a parameter"]),
    "a change without a month": (
        "[[change]]\nwork.complexity = 0.1",
        ["[[change]] 1, month", "is missing", "month = 60"],
    ),
    "a change with a fault": (
        "[[change]]\nmonth = 3\nwork.complexity = 0.1\n[[change]]\nmonth = 4\nwork.complexity = 2",
        ["line 14, [[change]] 2, work.complexity: found 2; allowed is"],
    ),
    "a change with a table for a number": (
        "[[change]]\nmonth = 3\n[change.work.complexity]\na = 1",
        ["line 11, [[change]] 1, work.complexity: found a table"],
    ),
    "a change that ends before it begins": (
        "[[change]]\nmonth = 9\nuntil = 9\nwork.complexity = 0.1",
        ["line 11, [[change]] 1, until: found 9; allowed is a month after 9", "leave it out"],
    ),
    "a change after the end": (
        "[[change]]\nmonth = 120\nwork.complexity = 0.1",
        ["line 10, [[change]] 1, month: found 120; allowed is a month from 0 to 119", "raise size.months"],
    ),
    "a change that ends while it comes in": (
        "[[change]]\nmonth = 9\nuntil = 20\nphase_in_months = 12\nwork.complexity = 0.1",
        ["phase_in_months: found 12; allowed is at most 11"],
    ),
    "a negative phase": (
        "[[change]]\nmonth = 9\nphase_in_months = -1\nwork.complexity = 0.1",
        ["phase_in_months: found -1; allowed is a whole number from 0"],
    ),
    "a change of traits": (
        "[[change]]\nmonth = 9\npopulation.ambition_sd = 0.1",
        ["[[change]] 1, population", "is the same everywhere and always", "outside [[change]]"],
    ),
    "a change of actions": (
        '[[change]]\nmonth = 9\nbehaviour.actions = ["inaction", "innovation"]',
        ["behaviour.actions: cannot change over time", "outside [[change]]"],
    ),
    "a change of the initial share": (
        "[[change]]\nmonth = 9\nbehaviour.initial_innovation_share = 0.1",
        ["acts before the first month only", "outside [[change]]"],
    ),
    "ages in the wrong order from a month on": (
        "[[change]]\nmonth = 9\ncareer.retirement_age = 51",
        ["line 11, [[change]] 1, career", "ceiling_age 52 and retirement_age 51 in month 9"],
    ),
    "ages in the wrong order within a phase": (
        "[[change]]\nmonth = 9\nphase_in_months = 100\ncareer.retirement_age = 90\n"
        "[[change]]\nmonth = 20\nphase_in_months = 10\ncareer.ceiling_age = 80\n"
        "[[change]]\nmonth = 40\nphase_in_months = 1\ncareer.ceiling_age = 52",
        ["[[change]] 2, career", "in month"],
    ),
    "a jurisdiction without anybody": (NORTH + "officials = 0", ["[[jurisdiction]] 1, officials: found 0"]),
    "a jurisdiction too large": (NORTH + "officials = 2_000_001", ["found 2000001", "from 1 to 2000000"]),
    "a jurisdiction without size": (NORTH, ["[[jurisdiction]] 1, officials: is missing; allowed is a whole number"]),
    "a jurisdiction without name": ("[[jurisdiction]]\nofficials = 3", ["[[jurisdiction]] 1, name", "is missing"]),
    "two jurisdictions of one name": (
        f"{NORTH}officials = 3\n{NORTH}officials = 4",
        ['line 13, [[jurisdiction]] 2, name.en: found the text "North"', "[[jurisdiction]] 1 has this one"],
    ),
    "a size that contradicts the list": (
        f"[size]\nofficials = 4\njurisdictions = 1\n{NORTH}officials = 3",
        ["line 10, size.officials: found 4; allowed is 3", "leave it out"],
    ),
    "a spread in a jurisdiction": (
        f"{NORTH}officials = 3\nwork.complexity_spread = 0",
        ["a listed jurisdiction has its own complexity", "set work.complexity instead"],
    ),
    "traits of a jurisdiction": (
        f"{NORTH}officials = 3\npopulation.ambition_sd = 0",
        ["[[jurisdiction]] 1, population", "outside [[jurisdiction]]"],
    ),
    "an unknown key in a jurisdiction": (f"{NORTH}officals = 3\n", ["no key", "did you mean officials?"]),
    "ages in the wrong order in a jurisdiction": (
        f"{NORTH}officials = 3\ncareer.ceiling_age = 61",
        ["line 12, [[jurisdiction]] 1, career", "ceiling_age 61"],
    ),
    "an action too few in a jurisdiction": (
        f'{NORTH}officials = 3\nbehaviour.actions = ["inaction"]',
        ["[[jurisdiction]] 1, behaviour.actions: innovation is not in the list"],
    ),
}
BROKEN_FILES = {
    "no schema": (TEXTS + 'extra = ""', ["schema: is missing; allowed is the number 2; write schema = 2"]),
    "another schema": ("schema = 3\n" + TEXTS, ["line 1, schema: found 3; allowed is the number 2"]),
    "a truth value as schema": ("schema = true\n" + TEXTS, ["schema: found the truth value true"]),
    "no title": (
        HEAD + '[question]\nen = "A?"\nzh = "甲？"',
        ["mine.toml, title: is missing; allowed is a table", 'zh = "..."'],
    ),
    "an empty title": (HEAD + TEXTS.replace('"A"', '"  "'), ["line 4, title.en: found an empty text"]),
    "a number as title": (HEAD + TEXTS.replace('"A"', "3"), ["title.en: found 3; allowed is a text in quotes"]),
    "a text as title": (HEAD + 'title = "A"\n[question]\nen = "A?"\nzh = "甲？"', ["title: found the text", "[title]"]),
    "a third language": (
        HEAD + TEXTS.replace("[question]", 'fr = "A"\n[question]'),
        ["title.fr", "title.en, title.zh"],
    ),
    "no size": (
        "schema = 2\n" + TEXTS,
        ["size: is missing; allowed is a table with officials, jurisdictions and months"],
    ),
    "half a size": ("schema = 2\n" + TEXTS + "[size]\nmonths = 3", ["size.officials", "size.jurisdictions"]),
    "an unknown scenario to extend": (
        HEAD.replace("base", "bass") + TEXTS,
        ["line 2, extends", "did you mean baseline?"],
    ),
    "a path to extend": (HEAD.replace("base", "../base") + TEXTS, ['no scenario "../baseline"', "in the same folder"]),
    "a number to extend": (
        "schema = 2\nextends = 3\n" + TEXTS,
        ["extends: found 3; allowed is the name of a scenario"],
    ),
    "itself to extend": (HEAD.replace("baseline", "mine") + TEXTS, ["extends: the scenario extends itself"]),
    "two levels": (HEAD.replace("baseline", "crackdown") + TEXTS, ["crackdown extends baseline itself", "two levels"]),
    "a text that is no TOML": (
        "schema = 2\nthis is no TOML",
        ["line 2: not valid TOML", '"this is no TOML"', "correct"],
    ),
    "an unfinished text": ('schema = "1', ["line 1: not valid TOML"]),
    "a key twice": ("schema = 2\nschema = 2", ["line 2: not valid TOML"]),
    "a number of 5000 digits": (f"schema = 2{'0' * 5000}", ["a number of thousands of digits"]),
    "brackets without end": ("schema = " + "[" * 5000, ["mine.toml"]),
    "nested brackets": ("schema = " + "[" * 5000 + "]" * 5000, ["nested too deep"]),
    "nothing": ("", ["the file is empty; begin it with schema = 2"]),
    "a comment only": ("# to be written\n", ["the file is empty"]),
}


def refused(folder: Path, text: str | bytes, name: str = "mine.toml") -> str:
    """Return the message with which a file is refused, after the path of its folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return refused_by(lambda: read_scenario(path)).replace(f"{folder}/", "")


def refused_by(action: Callable[[], Any]) -> str:
    """Return the message with which an action is refused."""
    with pytest.raises(ScenarioError) as refusal:
        action()
    message = str(refusal.value)
    assert not PYDANTIC_WORDS.search(message)
    assert refusal.value.args == (message,)
    return message


@pytest.mark.parametrize(("text", "words"), BROKEN_TOPS.values(), ids=BROKEN_TOPS)
def test_that_a_mistake_at_the_top_is_told_with_place_and_remedy(text: str, words: list[str], tmp_path: Path) -> None:
    message = refused(tmp_path, f"{HEAD}{text}\n{TEXTS}")
    assert message.startswith("mine.toml, line 3, ")
    assert all(word in message for word in words), message
    assert message.count("\n") == 0, message


@pytest.mark.parametrize(("text", "words"), BROKEN_TABLES.values(), ids=BROKEN_TABLES)
def test_that_a_mistake_in_a_table_is_told_with_place_and_remedy(text: str, words: list[str], tmp_path: Path) -> None:
    message = refused(tmp_path, f"{HEAD}{TEXTS}{text}\n")
    assert message.startswith("mine.toml, line ")
    assert all(word in message for word in words), message


@pytest.mark.parametrize(("text", "words"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_that_a_mistake_in_a_file_is_told_with_place_and_remedy(text: str, words: list[str], tmp_path: Path) -> None:
    message = refused(tmp_path, text)
    assert message.startswith("mine.toml")
    assert all(word in message for word in words), message


# --- Files that cannot be read ---


def test_that_a_path_that_leads_to_no_scenario_is_refused(tmp_path: Path) -> None:
    assert "there is no such file; check the path" in refused_by(lambda: read_scenario(tmp_path / "none.toml"))
    assert "is a folder; give the path of a scenario file" in refused_by(lambda: read_scenario(tmp_path))
    assert "cannot be read" in refused_by(lambda: read_scenario("a\0b.toml"))
    assert "cannot be read" in refused_by(lambda: read_scenario("a" * 5000))
    if Path("/dev/null").exists():
        assert "is not an ordinary file" in refused_by(lambda: read_scenario("/dev/null"))


def test_that_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "mine.toml").write_text(HEAD, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", denied)
    message = refused_by(lambda: read_scenario(tmp_path / "mine.toml"))
    assert "cannot be read (Permission denied); check the path and the permissions" in message


def test_that_a_file_too_large_for_a_scenario_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    with path.open("wb") as file:
        file.truncate(10_000_001)
    assert "is larger than 10 MB" in refused_by(lambda: read_scenario(path))


def test_that_a_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "mine.toml, line 5: the text is not UTF-8; save" in refused(tmp_path, (HEAD + TEXTS).encode("gb18030"))
    assert "the text is not UTF-8" in refused(tmp_path, (HEAD + TEXTS).encode("utf-16"))


# --- Scenarios that extend each other ---


def test_that_a_circle_of_scenarios_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('schema = 2\nextends = "mine"\n', encoding="utf-8")
    message = refused(tmp_path, HEAD.replace("baseline", "other") + TEXTS)
    assert "mine.toml, line 2, extends: other extends mine, so they extend each other in a circle" in message


def test_that_what_is_wrong_in_the_extended_file_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(HEAD.partition("extends")[0] + TEXTS + "[size]\nmonth = 3", encoding="utf-8")
    message = refused(tmp_path, HEAD.replace("baseline", "other") + TEXTS)
    assert "other.toml, line 9, size.month: there is no key" in message
    assert "mine.toml" not in message


def test_that_what_does_not_fit_what_is_extended_is_told_with_both_names(tmp_path: Path) -> None:
    change = "[size]\nofficials = 9\njurisdictions = 3\nmonths = 60\n[[change]]\nmonth = 36\nwork.complexity = 0.2"
    (tmp_path / "other.toml").write_text("schema = 2\n" + TEXTS + change, encoding="utf-8")
    message = refused(tmp_path, f"{HEAD.replace('baseline', 'other')}{TEXTS}[size]\nmonths = 24")
    assert message.startswith("mine.toml, [[change]] 1, month: found 36; allowed is a month from 0 to 23")
    assert message.endswith("(it is taken over from other.toml)")


# --- Several mistakes ---


def test_that_all_mistakes_of_a_file_are_told_in_the_order_of_its_lines(tmp_path: Path) -> None:
    tables = "[accountability]\ncertainty = 2\n[work]\ncomplexty = 0.1\n"
    change = "[[change]]\nmonth = 9\nuntil = 3\nwork.complexity = 0.1\n[[change]]\nmonth = 500\nwork.complexity = 0.1"
    lines = refused(tmp_path, HEAD + 'references = ["x_1900"]\n' + TEXTS + tables + change).split("\n")
    assert [line.split(", ")[1] for line in lines] == ["line 3", "line 11", "line 13", "line 16", "line 19"]


def test_that_at_most_ten_lines_are_told(tmp_path: Path) -> None:
    lines = refused(tmp_path, HEAD + TEXTS + "[work]\n" + "".join(f"key_{n} = 1\n" for n in range(30))).split("\n")
    assert len(lines) == 10
    assert lines[-1] == "mine.toml: and 21 more; correct these first"


def test_that_a_broken_number_of_months_makes_no_second_mistake_of_a_change(tmp_path: Path) -> None:
    text = HEAD + TEXTS + '[size]\nmonths = "many"\n[[change]]\nmonth = 500\nwork.complexity = 0.1'
    assert refused(tmp_path, text).count("\n") == 0


# --- Lines ---


def test_that_the_line_of_a_key_is_found_through_tables_dots_quotes_and_texts_of_several_lines() -> None:
    text = 'a = """\nb = 1\n"""\n"c".d = 1\n[e . f]\ng = 1 # [h]\n[[i]]\nj.k = 1\n[i.l]\nm = 1\n[[i]]\n[["n"]]'
    assert dict(key_lines(text)) == {
        ("a",): 1,
        ("c",): 4,
        ("c", "d"): 4,
        ("e",): 5,
        ("e", "f"): 5,
        ("e", "f", "g"): 6,
        ("i",): 7,
        ("i", 0): 7,
        ("i", 0, "j"): 8,
        ("i", 0, "j", "k"): 8,
        ("i", 0, "l"): 9,
        ("i", 0, "l", "m"): 10,
        ("i", 1): 11,
        ("n",): 12,
        ("n", 0): 12,
    }

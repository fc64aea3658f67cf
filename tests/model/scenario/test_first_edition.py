"""A scenario of the first edition is refused with what to change in it, key by key; keys that are gone are told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.parameters import about, parameter_paths
from model.scenario import ScenarioError, parse_setting, read_scenario
from model.scenario.document import SCHEMA
from model.scenario.errors import MOST_PROBLEMS
from model.scenario.first_edition import CHANGED, GONE

TEXTS = '[title]\nen = "A"\nzh = "甲"\n[question]\nen = "A?"\nzh = "甲？"\n'


def refused(folder: Path, settings: str, schema: int = 1) -> list[str]:
    """Return the lines of the message on a scenario with these settings."""
    path = folder / "mine.toml"
    path.write_text(f'schema = {schema}\nextends = "baseline"\n{TEXTS}{settings}', encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    return str(caught.value).replace(str(path), "mine.toml").split("\n")


def assignment(path: str) -> str:
    table, _, name = path.partition(".")
    return f"[{table}]\n{name} = 0.5\n"


def test_that_keys_that_are_gone_are_gone_and_those_that_changed_are_still_there() -> None:
    assert not set(GONE) & set(parameter_paths())
    assert set(CHANGED) <= set(parameter_paths())


@pytest.mark.parametrize("path", [*GONE, *CHANGED])
def test_that_a_key_is_told_with_its_line_and_what_became_of_it(path: str, tmp_path: Path) -> None:
    head, told = refused(tmp_path, assignment(path))
    assert head.startswith("mine.toml, line 1, schema: is of the first edition")
    assert f"then write schema = {SCHEMA}" in head
    assert told.startswith(f"mine.toml, line 10, {path}: {GONE.get(path) or CHANGED[path]}")


@pytest.mark.parametrize("path", CHANGED)
def test_that_the_plausible_values_of_a_key_that_changed_are_told(path: str, tmp_path: Path) -> None:
    plausible = about(path).plausible
    told = refused(tmp_path, assignment(path))[1]
    assert plausible is None or f"plausible is {plausible[0]:g} to {plausible[1]:g}" in told


def test_that_every_key_is_told_however_many_there_are(tmp_path: Path) -> None:
    names: dict[str, list[str]] = {}
    for path in (*GONE, *CHANGED):
        table, _, name = path.partition(".")
        names.setdefault(table, []).append(f"{name} = 0.5")
    lines = refused(tmp_path, "\n".join(f"[{table}]\n" + "\n".join(keys) for table, keys in names.items()))
    assert len(lines) == 1 + len(GONE) + len(CHANGED) > MOST_PROBLEMS


def test_that_keys_in_changes_and_jurisdictions_are_told_too(tmp_path: Path) -> None:
    change = "[[change]]\nmonth = 3\nwork.self_dealing_loss = 2\n"
    place = '[[jurisdiction]]\nname = {en = "North", zh = "北"}\nofficials = 9\nwork.routine_certainty = 1\n'
    _, first, second = refused(tmp_path, change + place)
    assert first.startswith("mine.toml, line 11, [[change]] 1, work.self_dealing_loss: is gone")
    assert second.startswith("mine.toml, line 15, [[jurisdiction]] 1, work.routine_certainty: is gone")


def test_that_a_file_in_which_nothing_changed_needs_its_schema_only(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, "[exemption]\naccess = 0.5\n")
    assert "nothing in the file has to change" in line


def test_that_a_broken_file_of_the_first_edition_is_told_the_same(tmp_path: Path) -> None:
    lines = refused(tmp_path, "change = 3\n[jurisdiction]\nofficials = 3\n[work]\nroutine_certainty = 'x'\n")
    assert [line.partition(":")[0] for line in lines] == [
        "mine.toml, line 1, schema",
        "mine.toml, line 13, work.routine_certainty",
    ]


def test_that_an_extended_file_of_the_first_edition_is_refused_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(f"schema = 1\n{TEXTS}[work]\nself_dealing_loss = 2\n", encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(f'schema = 2\nextends = "old"\n{TEXTS}', encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"old\.toml, line 9, work\.self_dealing_loss: is gone"):
        read_scenario(path)


@pytest.mark.parametrize("path", GONE)
def test_that_a_key_that_is_gone_is_told_of_in_a_file_of_today_and_on_the_command_line(
    path: str, tmp_path: Path
) -> None:
    (line,) = refused(tmp_path, assignment(path), schema=SCHEMA)
    assert line == f"mine.toml, line 10, {path}: {GONE[path]}"
    with pytest.raises(ScenarioError) as caught:
        parse_setting(f"{path}=1")
    assert str(caught.value) == f"--set, {path}: {GONE[path]}"

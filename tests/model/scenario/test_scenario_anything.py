"""Whatever stands in a file, it is read or refused with a message: nothing else comes out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from model.scenario import ScenarioError, find_scenario, parse_setting, read_scenario, scenario_toml

HEAD = 'schema = 2\nextends = "baseline"\n'
TEXTS = '[title]\nen = "A"\nzh = "甲"\n[question]\nen = "A?"\nzh = "甲？"\n'
PYDANTIC_WORDS = re.compile(
    r"pydantic|Input should|Extra inputs|validation error|Field required|Traceback", re.IGNORECASE
)
TOP_KEYS = (
    "schema",
    "extends",
    "title",
    "question",
    "references",
    "size",
    "change",
    "jurisdiction",
    "work",
    "behaviour",
)
INNER_KEYS = ("en", "zh", "officials", "months", "month", "until", "phase_in_months", "name", "complexity", "actions")
KEYS = st.sampled_from(TOP_KEYS + INNER_KEYS + ("behaviour", "career", "ceiling_age"))
LEAVES = (
    st.booleans()
    | st.integers()
    | st.just(2**70)
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.sampled_from(["baseline", "mine", "nagin_2013", "inaction"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=4)
)
WHOLE = {name: scenario_toml(find_scenario(name)) for name in ("four_provinces", "rule_out_of_use")}


def refusal_by(action: Callable[[], object]) -> str:
    """Return the message with which an action is refused; empty if it is not."""
    try:
        action()
    except ScenarioError as error:
        return str(error) or "(no message)"
    return ""


def held_or_refused(folder: Path, content: str | bytes) -> None:
    """Read a file, and if that is refused see that it is in the way that is meant."""
    path = folder / "mine.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    message = refusal_by(lambda: read_scenario(path))
    assert not PYDANTIC_WORDS.search(message)
    assert "(no message)" not in message
    assert message.count("\n") < 10


@st.composite
def with_something_else(draw: st.DrawFn, tables: dict[str, Any]) -> dict[str, Any]:
    """Return tables in which one value, or one key, is another one."""
    key = draw(st.sampled_from(sorted(tables))) if tables else ""
    left = {name: inner for name, inner in tables.items() if name != key}
    value = tables.get(key)
    if isinstance(value, dict) and draw(st.booleans()):
        return {**left, key: draw(with_something_else(value))}
    if isinstance(value, list) and value and isinstance(value[0], dict) and draw(st.booleans()):
        return {**left, key: [draw(with_something_else(value[0])), *value[1:]]}
    return {**left, draw(st.just(key) | KEYS): draw(VALUES)}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: (HEAD + TEXTS + text).encode("utf-8", "replace")))
def test_that_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    held_or_refused(tmp_path_factory.mktemp("bytes"), content)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS | st.text(max_size=3), VALUES, max_size=6))
def test_that_any_tables_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    held_or_refused(tmp_path_factory.mktemp("tables"), tomli_w.dumps(data))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.integers(1, 3), st.data())
def test_that_a_scenario_with_anything_put_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, times: int, data: st.DataObject
) -> None:
    tables = tomllib.loads(WHOLE[name])
    for _ in range(times):
        tables = data.draw(with_something_else(tables))
    held_or_refused(tmp_path_factory.mktemp("mutants"), tomli_w.dumps(tables))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_that_any_name_and_any_setting_are_taken_or_refused(text: str) -> None:
    messages = [
        refusal_by(lambda: find_scenario(text)),
        refusal_by(lambda: parse_setting(text)),
        refusal_by(lambda: parse_setting(f"work.complexity={text}")),
    ]
    assert "(no message)" not in messages

"""Scenarios with other settings: what --set, --officials and --months of the command line do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from model.parameters import words_of
from model.scenario.checks import checked_scenario
from model.scenario.document import Data, Document
from model.scenario.errors import Problem, ScenarioError, described, error_of, unknown
from model.scenario.first_edition import GONE
from model.scenario.scenario import Scenario, Text, switches_of
from model.scenario.schema import ACTIONS_PATH, form_at, settable_paths, unknown_word, why_not_settable
from model.scenario.serialisation import data_of, word_at
from model.vocabulary import ACTIONS

Value = float | str | Sequence[str]

_SIZES = ("size.officials", "size.jurisdictions", "size.months")


def with_settings(
    scenario: Scenario,
    settings: Mapping[str, Value],
    officials: int | None = None,
    months: int | None = None,
    name: str | None = None,
) -> Scenario:
    """Return the scenario with other values at "table.name", checked again.

    Besides parameters, ``behaviour.actions`` and the three sizes may be set. Changes over time and the settings of
    listed jurisdictions stay as they are, on top of the new values. With another number of officials, listed
    jurisdictions keep their proportions. With a `name` it is called so, and the title says it, too: that is needed to
    compare it with the original.

    Raises
    ------
    ScenarioError
        If there is no such setting, or if the scenario does not hold with it.
    """
    sizes = {"size.officials": officials, "size.months": months}
    wanted = {**settings, **{path: size for path, size in sizes.items() if size is not None}}
    problems = [problem for path, value in wanted.items() if (problem := _problem(path, value))]
    if problems:
        raise error_of(scenario.name, problems, {})
    data = data_of(scenario)
    for path, value in wanted.items():
        _put(data, path, _plain(value))
    changed = checked_scenario(Document(Path(), scenario.name, scenario.name, data, {}), None)
    return changed if name is None else named(changed, name)


def named(scenario: Scenario, name: str) -> Scenario:
    """Return the same scenario under another name, which its title says, too."""
    if not name.strip() or any(sign in name for sign in "/\\\n\r\0"):
        raise ScenarioError(f"{name!r} is no name of a scenario: give one that can be the name of a file")
    title = Text(f"{scenario.title.en} ({name})", f"{scenario.title.zh}（{name}）")
    return replace(scenario, name=name, title=title)


def parse_setting(text: str) -> tuple[str, Value]:
    """Return the key path and the value of "table.name=value"; ScenarioError if it is none.

    The value is in TOML's syntax; the names of actions may also be given bare, with commas between them.
    """
    label = "--set"
    path, is_there, written = (part.strip() for part in text.partition("="))
    if not is_there:
        raise error_of(label, [Problem((text,), "there is no =; write for example accountability.certainty=0.9")], {})
    problem = _unknown_setting(path) or _switch_problem(path)
    if problem:
        raise error_of(label, [problem], {})
    if path == ACTIONS_PATH:
        return path, _actions(written)
    value = _toml_value(written)
    if words := words_of(path):
        word = value if isinstance(value, str) else written
        if word not in words:
            raise error_of(label, [Problem((path,), unknown_word(word, words))], {})
        return path, word
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise error_of(label, [Problem((path,), _no_number(path, value, written))], {})
    return path, value


def _no_number(path: str, value: Any, written: str) -> str:
    form = form_at("scenario", tuple(path.split(".")))
    found = described(value) if value is not None else f"{written[:40]!r}, which TOML does not know as a value"
    example = form.advice.rpartition("= ")[2] if "= " in form.advice else "0.5"
    return f"found {found}; allowed is {form.allowed}; write for example {path}={example}"


def _problem(path: str, value: Value) -> Problem | None:
    """Return what is wrong with a setting that the check of the whole scenario would not see."""
    if path in switches_of(()) and value not in (0, 1):
        return Problem((path,), f"found {described(value)}; allowed is 0 or 1; set it to one of them")
    return _unknown_setting(path)


def _unknown_setting(path: str) -> Problem | None:
    known = [*settable_paths("scenario"), *_SIZES]
    if path in known or path in switches_of(()):
        return None
    return Problem(
        (path,), GONE.get(path) or unknown("setting", path, ("the parameters, behaviour.actions and the sizes",), known)
    )


def _switch_problem(path: str) -> Problem | None:
    reason = why_not_settable("scenario", path)
    return Problem((path,), reason) if reason else None


def _toml_value(written: str) -> Any:
    """Return the value of a text in TOML's syntax; None if it is not exactly one value."""
    try:
        values = tomllib.loads(f"value = {written}")
    except (ValueError, RecursionError):
        return None
    return values["value"] if len(values) == 1 else None


def _actions(written: str) -> tuple[str, ...]:
    value = _toml_value(written)
    names = value if isinstance(value, list) else written.strip("[]").split(",")
    actions = tuple(str(name).strip().strip("\"'") for name in names)
    return tuple(action for action in actions if action)


def _plain(value: Any) -> Any:
    """Return NumPy's numbers and any sequence of names as what TOML would hold."""
    if isinstance(value, np.generic):
        return value.item()
    return list(value) if isinstance(value, tuple) else value


def _put(data: Data, path: str, value: Any) -> None:
    """Put a value into the tables of a complete scenario."""
    table, _, name = path.partition(".")
    if path in switches_of(()):
        _switch(data["behaviour"], name.removesuffix("_open"), bool(value))
    elif path == "size.officials" and "jurisdiction" in data and _is_enough(value, len(data["jurisdiction"])):
        sizes = proportional_sizes([listed["officials"] for listed in data["jurisdiction"]], value)
        data["jurisdiction"] = [
            {**listed, "officials": size} for listed, size in zip(data["jurisdiction"], sizes, strict=True)
        ]
    else:
        data[table][name] = word_at(path, value)


def _is_enough(officials: Any, n_jurisdictions: int) -> bool:
    """Tell whether there is an official for each jurisdiction; what is no whole number is refused by the check."""
    return isinstance(officials, int) and not isinstance(officials, bool) and officials >= n_jurisdictions


def _switch(behaviour: Data, action: str, is_on: bool) -> None:
    """Open or close an action in the list of those that are open."""
    is_open = {*behaviour["actions"], action} if is_on else {*behaviour["actions"]} - {action}
    behaviour["actions"] = [name for name in ACTIONS if name in is_open]


def proportional_sizes(sizes: Sequence[int], total: int) -> list[int]:
    """Return sizes in the same proportions that add up to a total, by the largest remainder, each at least 1.

    ``total`` must not be below the number of sizes.
    """
    whole = sum(sizes)
    scaled = [total * size // whole for size in sizes]
    by_remainder = sorted(range(len(sizes)), key=lambda n: (-(total * sizes[n] % whole), n))
    for n in by_remainder[: total - sum(scaled)]:
        scaled[n] += 1
    scaled = [max(1, size) for size in scaled]
    while sum(scaled) > total:
        scaled[scaled.index(max(scaled))] -= 1
    return scaled

"""The form of a scenario, derived from the declaration of the parameters, and how data can depart from it.

Pydantic finds what departs; what the user is told about it is written here, since a message has to say what is allowed
and what to do.
"""

from __future__ import annotations

import functools
import math
import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from model.parameters import FIXED_AT_START, Parameters, about, parameter_paths, value_at
from model.scenario.document import SCHEMA, Data
from model.scenario.errors import Path, Problem, unknown, wrong
from model.scenario.first_edition import GONE
from model.scenario.scenario import switches_of
from model.suggestions import quoted

LARGEST_COUNT = 2**31 - 1
MOST_MONTHS = 12_000
MOST_OFFICIALS_IN_ONE = 2_000_000
ACTIONS_PATH = "behaviour.actions"

Section = Literal["scenario", "change", "jurisdiction"]

_SWITCHES = frozenset(switches_of(()))
_STRICT = ConfigDict(strict=True, extra="forbid")

_Count = Annotated[int, Field(ge=1, le=LARGEST_COUNT)]
_Months = Annotated[int, Field(ge=1, le=MOST_MONTHS)]
_Month = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
_Officials = Annotated[int, Field(ge=1, le=MOST_OFFICIALS_IN_ONE)]


class _Form(NamedTuple):
    """What is allowed at a key path, and what to write there."""

    allowed: str
    advice: str


_ANY_COUNT = f"a whole number from 1 to {LARGEST_COUNT}"
_ANY_MONTH = f"a whole number from 0 to {MOST_MONTHS}"
_ANY_MONTHS = f"a whole number from 1 to {MOST_MONTHS}"
_ANY_SIZE = f"a whole number from 1 to {MOST_OFFICIALS_IN_ONE}"
_TEXTS_OF_PROVENANCE = ("made_by", "file", "sha256", "codebook", "mapping", "selection", "published", "made_with")
_COUNTS_OF_PROVENANCE = ("rows", "cases", "seed")
_FORMS = {
    "schema": _Form(f"the number {SCHEMA}", f"write schema = {SCHEMA}"),
    "extends": _Form("the name of a scenario in quotes", 'write for example extends = "baseline"'),
    "title": _Form("a table with the texts en and zh", 'write [title], then en = "..." and zh = "..."'),
    "question": _Form("a table with the texts en and zh", 'write [question], then en = "..." and zh = "..."'),
    "en": _Form("a text in quotes", 'write en = "..."'),
    "zh": _Form("a text in quotes", 'write zh = "..."'),
    "references": _Form("a list of keys of model/sources.toml", 'write for example references = ["nagin_2013"]'),
    "size": _Form("a table with officials, jurisdictions and months", "write [size], then officials = 1000"),
    "size.officials": _Form(_ANY_COUNT, "write for example officials = 1000"),
    "size.jurisdictions": _Form(_ANY_COUNT, "write for example jurisdictions = 20"),
    "size.months": _Form(_ANY_MONTHS, "write for example months = 120"),
    "change": _Form("tables that begin with [[change]]", "write [[change]] with two brackets, then month = 60"),
    "change.month": _Form(_ANY_MONTH, "write for example month = 60"),
    "change.until": _Form(_ANY_MONTHS, "write for example until = 84, or leave it out"),
    "change.phase_in_months": _Form(_ANY_MONTH, "write for example phase_in_months = 12"),
    "jurisdiction": _Form("tables that begin with [[jurisdiction]]", "write [[jurisdiction]] with two brackets"),
    "jurisdiction.name": _Form("a table with the texts en and zh", 'write name = { en = "...", zh = "..." }'),
    "jurisdiction.officials": _Form(_ANY_SIZE, "write for example officials = 50"),
    "provenance": _Form("a table that says what the scenario was made from", "leave it out in a scenario of your own"),
    **{f"provenance.{key}": _Form("a text in quotes", "leave it as it was made") for key in _TEXTS_OF_PROVENANCE},
    **{f"provenance.{key}": _Form(_ANY_COUNT, "leave it as it was made") for key in _COUNTS_OF_PROVENANCE},
    "provenance.invented": _Form("true or false", "leave it as it was made"),
    ACTIONS_PATH: _Form("a list of actions in quotes", 'write for example actions = ["inaction", "innovation"]'),
}
# What a line below a [table] makes a key of that table, which is never meant.
_AT_THE_TOP = ("schema", "extends", "references")


def settable_paths(section: Section) -> tuple[str, ...]:
    """Return the key paths "table.name" that a scenario, a change or a listed jurisdiction may set."""
    paths = (*parameter_paths(), ACTIONS_PATH)
    return tuple(path for path in paths if why_not_settable(section, path) is None)


def why_not_settable(section: Section, path: str) -> str | None:
    """Return the reason for which a key path that exists cannot be set in a section; None if it can."""
    if path in _SWITCHES:
        return "is not set by itself; list the actions that are open in behaviour.actions"
    if section == "change" and path in FIXED_AT_START:
        return "acts before the first month only; set it outside [[change]]"
    if section == "change" and path == ACTIONS_PATH:
        return "cannot change over time; set it outside [[change]]"
    if section != "scenario" and path.startswith("population."):
        return f"is the same everywhere and always, as officials are drawn with it; set it outside [[{section}]]"
    if section == "jurisdiction" and path == "work.complexity_spread":
        return "does nothing here, since a listed jurisdiction has its own complexity; set work.complexity instead"
    return None


def departures(data: Data) -> list[Problem]:
    """Return what departs from the form of a scenario: unknown keys, wrong types, values out of bounds.

    That something is missing is not a departure here: an extended scenario may hold it.
    """
    try:
        _scenario_model().model_validate(data)
    except ValidationError as error:
        return [_departure(found["type"], found["loc"], found["input"]) for found in error.errors(include_url=False)]
    return []


def without(data: Any, broken: frozenset[Path], path: Path = ()) -> Any:
    """Return the data without the values at some paths."""
    if isinstance(data, dict):
        left = {key: value for key, value in data.items() if (*path, key) not in broken}
        return {key: without(value, broken, (*path, key)) for key, value in left.items()}
    if isinstance(data, list):
        return [without(value, broken, (*path, number)) for number, value in enumerate(data)]
    return data


def place_of_value(path: Path) -> Path:
    """Return the path of the key that holds a value: for an item of a list, the list."""
    ends = [end for end, part in enumerate(path, start=1) if isinstance(part, str)]
    return path[: ends[-1]]


def _departure(kind: str, path: Path, found: Any) -> Problem:
    """Return the problem for one finding of pydantic, whose own words are not used."""
    section, keys = section_of(path)
    if kind == "extra_forbidden":
        return Problem(path, _unknown_key(section, keys))
    form = form_at(section, keys)
    advice = "write the number without quotes" if "number" in form.allowed and _is_quoted_number(found) else form.advice
    return Problem(place_of_value(path), wrong(found, form.allowed, advice))


def _is_quoted_number(found: Any) -> bool:
    return isinstance(found, str) and re.fullmatch(r"\s*[+-]?[\d.,]+\s*", found) is not None


def section_of(path: Path) -> tuple[Section, tuple[str, ...]]:
    """Return the section in which a path lies, and the keys inside it."""
    keys = tuple(part for part in path if isinstance(part, str))
    if len(keys) > 1 and keys[0] == "change":
        return "change", keys[1:]
    if len(keys) > 1 and keys[0] == "jurisdiction":
        return "jurisdiction", keys[1:]
    return "scenario", keys


def form_at(section: Section, keys: tuple[str, ...]) -> _Form:
    """Return what is allowed at the keys of a section, and what to write there."""
    path = ".".join(keys)
    if section != "scenario" and f"{section}.{path}" in _FORMS:
        return _FORMS[f"{section}.{path}"]
    if path in _FORMS:
        return _FORMS[path]
    if keys[-1] in ("en", "zh"):
        return _FORMS[keys[-1]]
    if len(keys) == 1:
        example = next(known for known in settable_paths(section) if known.startswith(f"{path}."))
        name = example.partition(".")[2]
        return _Form("a table of settings", f"write for example {_assignment(path, name, section)}")
    return _form_of_parameter(path)


def _form_of_parameter(path: str) -> _Form:
    known = about(path)
    low, high = (f"{bound:.12g}" for bound in known.bounds)
    default = value_at(Parameters(), path)
    name = path.partition(".")[2]
    advice = "leave it out if there is none" if math.isnan(default) else f"write for example {name} = {default:.12g}"
    return _Form(f"a number from {low} to {high} ({known.unit})", advice)


def _assignment(table: str, name: str, section: Section) -> str:
    value = f"{value_at(Parameters(), f'{table}.{name}'):.12g}"
    return f"[{table}], then {name} = {value}" if section == "scenario" else f"{table}.{name} = {value}"


def _unknown_key(section: Section, keys: tuple[str, ...]) -> str:
    path = ".".join(keys)
    if path in GONE:
        return GONE[path]
    reason = why_not_settable(section, path)
    is_table = len(keys) == 1 and path in Parameters._fields
    if is_table:
        reason = why_not_settable(section, f"{path}.")
    if reason and (is_table or path in (*parameter_paths(), ACTIONS_PATH)):
        return reason
    if len(keys) > 1 and keys[-1] in _AT_THE_TOP:
        return f"there is no key {quoted(path)}; {keys[-1]} stands above the first [table]; move the line up there"
    return unknown("key", path, *known_keys(section, keys))


def known_keys(section: Section, keys: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the keys that may stand where an unknown one was found, and all settable ones of the section."""
    paths = list(settable_paths(section))
    prefix = "" if section == "scenario" else f"{section}."
    forms = [path.removeprefix(prefix) for path in _FORMS if path.startswith(prefix)]
    siblings = [path for path in [*forms, *paths] if path.split(".")[:-1] == list(keys[:-1])]
    if len(keys) == 1:
        siblings += dict.fromkeys(path.partition(".")[0] for path in paths)
        siblings = [name for name in siblings if name not in ("en", "zh")]
    elif keys[-2] in ("title", "question", "name"):
        siblings = [f"{'.'.join(keys[:-1])}.{language}" for language in ("en", "zh")]
    return list(dict.fromkeys(siblings)), paths


def _number_field(path: str) -> Any:
    low, high = about(path).bounds
    return (Annotated[float, Field(ge=low, le=high, allow_inf_nan=False)], None)


def _table_fields(section: Section) -> dict[str, Any]:
    """Return the fields of the tables of parameters that may stand in a section, none of them required."""
    fields: dict[str, Any] = {}
    for table in Parameters._fields:
        paths = [path for path in settable_paths(section) if path.startswith(f"{table}.") and path != ACTIONS_PATH]
        names: dict[str, Any] = {path.partition(".")[2]: _number_field(path) for path in paths}
        if f"{table}.actions" in settable_paths(section):
            names["actions"] = (list[str], None)
        if names:
            fields[table] = (create_model(table, __config__=_STRICT, **names), None)
    return fields


def _provenance_fields() -> dict[str, Any]:
    """Return the fields of the table that says what a scenario was made from; none of them changes a number."""
    fields: dict[str, Any] = dict.fromkeys(_TEXTS_OF_PROVENANCE, (str, None))
    fields |= {name: (Annotated[int, Field(ge=0)], None) for name in _COUNTS_OF_PROVENANCE}
    return {**fields, "invented": (bool, None)}


@functools.cache
def _scenario_model() -> type[BaseModel]:
    """Return the pydantic model of a whole scenario; made once, as making it takes longer than using it."""
    text: Any = create_model("text", __config__=_STRICT, en=(str, None), zh=(str, None))
    size: Any = create_model(
        "size", __config__=_STRICT, officials=(_Count, None), jurisdictions=(_Count, None), months=(_Months, None)
    )
    times: dict[str, Any] = {"month": (_Month, None), "until": (_Months, None), "phase_in_months": (_Month, None)}
    change: Any = create_model("change", __config__=_STRICT, **times, **_table_fields("change"))
    who: dict[str, Any] = {"name": (text, None), "officials": (_Officials, None)}
    jurisdiction: Any = create_model("jurisdiction", __config__=_STRICT, **who, **_table_fields("jurisdiction"))
    provenance: Any = create_model("provenance", __config__=_STRICT, **_provenance_fields())
    fields: dict[str, Any] = {
        # "schema" is a method of every pydantic model, so the field needs another name
        "version": (Annotated[int, Field(ge=SCHEMA, le=SCHEMA, alias="schema")], None),
        "extends": (str, None),
        "title": (text, None),
        "question": (text, None),
        "references": (list[str], None),
        "size": (size, None),
        "change": (list[change], None),
        "jurisdiction": (list[jurisdiction], None),
        "provenance": (provenance, None),
    }
    return create_model("scenario", __config__=_STRICT, **fields, **_table_fields("scenario"))

"""A scenario as the tables of a TOML file, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import tomli_w

from model.parameters import Parameters, parameter_paths, replaced, value_at, words_of
from model.scenario.document import SCHEMA, Data
from model.scenario.scenario import (
    INITIAL_INNOVATION_SHARE,
    Change,
    ListedJurisdiction,
    Scenario,
    Settings,
    marked,
    open_actions,
    switches_of,
    text_of,
)

INHERITED = (*Parameters._fields, "size", "change", "jurisdiction", "provenance")


def scenario_of(data: Data, name: str) -> Scenario:
    """Return the scenario that checked data describe."""
    jurisdictions = tuple(
        ListedJurisdiction(text_of(listed["name"]), listed["officials"], _settings(listed))
        for listed in data.get("jurisdiction", ())
    )
    size = data["size"]
    return Scenario(
        name=name,
        title=marked(text_of(data["title"]), data.get("provenance", {}).get("invented", False)),
        question=text_of(data["question"]),
        references=tuple(data.get("references", ())),
        parameters=replaced(Parameters(), dict(_settings(data))),
        officials=sum(listed.officials for listed in jurisdictions) if jurisdictions else size["officials"],
        n_jurisdictions=len(jurisdictions) if jurisdictions else size["jurisdictions"],
        months=size["months"],
        jurisdictions=jurisdictions,
        changes=tuple(
            Change(change["month"], change.get("until"), change.get("phase_in_months", 0), _settings(change))
            for change in data.get("change", ())
        ),
        provenance=tuple(data.get("provenance", {}).items()),
    )


def data_of(scenario: Scenario) -> Data:
    """Return the complete tables of a scenario: every parameter, nothing extended."""
    parameters = {path: value_at(scenario.parameters, path) for path in parameter_paths()}
    size = {"officials": scenario.officials, "jurisdictions": scenario.n_jurisdictions, "months": scenario.months}
    data: Data = {
        "schema": SCHEMA,
        "title": asdict(scenario.title),
        "question": asdict(scenario.question),
        "references": list(scenario.references),
        "size": {"months": scenario.months} if scenario.jurisdictions else size,
        **_tables(parameters),
    }
    if scenario.changes:
        data["change"] = [_change_table(change) for change in scenario.changes]
    if scenario.jurisdictions:
        data["jurisdiction"] = [
            {"name": asdict(listed.name), "officials": listed.officials, **_local_tables(listed, scenario)}
            for listed in scenario.jurisdictions
        ]
    if scenario.provenance:
        data["provenance"] = dict(scenario.provenance)
    return data


def scenario_toml(scenario: Scenario) -> str:
    """Return a complete, standalone TOML text: read from a file of the same name, it gives an equal scenario."""
    return tomli_w.dumps(data_of(scenario))


def with_extended(extended: Data, own: Data) -> Data:
    """Return a scenario's tables with those of the scenario it extends below them.

    Parameters and sizes are taken over one by one, changes and jurisdictions as whole lists; title, question and
    references are each scenario's own.
    """
    below = {name: value for name, value in extended.items() if name in INHERITED}
    if "jurisdiction" in own:
        below["size"] = {name: value for name, value in below.get("size", {}).items() if name == "months"}
    return below | {
        name: below.get(name, {}) | value if isinstance(value, dict) else value for name, value in own.items()
    }


def _settings(tables: Data) -> Settings:
    """Return the parameters set in tables, the list of open actions as the switches it stands for."""
    values: dict[str, float] = {}
    for table in Parameters._fields:
        for name, value in tables.get(table, {}).items():
            path = f"{table}.{name}"
            values |= switches_of(value) if name == "actions" else {path: _number(path, value)}
    return Settings({path: values[path] for path in parameter_paths() if path in values})


def _number(path: str, value: Any) -> float:
    """Return a value as a number: that of a word is its place among the words of its parameter."""
    return float(words_of(path).index(value)) if isinstance(value, str) else float(value)


def word_at(path: str, value: Any) -> Any:
    """Return a value as it is written: a word for the number of one, anything else as it is."""
    words = words_of(path)
    is_number = words and isinstance(value, int | float) and not isinstance(value, bool)
    return words[int(value)] if is_number and value in range(len(words)) else value


def _tables(settings: Mapping[str, float]) -> Data:
    """Return settings as tables, the switches as the list of open actions; an initial share of none is left out."""
    switches = switches_of(())
    tables: Data = {}
    for path, value in settings.items():
        table, _, name = path.partition(".")
        if path in switches:
            tables.setdefault(table, {})["actions"] = list(open_actions(settings))
        elif not (path == INITIAL_INNOVATION_SHARE and math.isnan(value)):
            tables.setdefault(table, {})[name] = word_at(path, value)
    return tables


def _local_tables(listed: ListedJurisdiction, scenario: Scenario) -> Data:
    """Return what a jurisdiction sets; if it opens or closes an action, the list needs those it leaves alone too."""
    switches = switches_of(())
    if switches.keys() & listed.settings.keys():
        return _tables({path: value_at(scenario.parameters, path) for path in switches} | dict(listed.settings))
    return _tables(listed.settings)


def _change_table(change: Change) -> dict[str, Any]:
    times = {"month": change.month, "until": change.until, "phase_in_months": change.phase_in_months or None}
    return {name: value for name, value in times.items() if value is not None} | _tables(change.settings)

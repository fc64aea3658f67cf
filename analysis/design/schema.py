"""The schema of an experiment file: which keys there are, what may stand at each, and what departs from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.design.distributions import DISTRIBUTION_KEYS
from analysis.design.forms import (
    LARGEST,
    Form,
    is_number,
    is_text,
    is_whole,
    list_of,
    number,
    positive,
    table,
    text,
    truth,
    whole,
)
from analysis.design.reach import BASE, EVERYWHERE
from analysis.design.sampling import DESIGN_KINDS
from model.measures import MEASURES
from model.scenario.errors import Path, Problem, unknown, wrong
from model.suggestions import nearest


def _is_measure_list(value: Any) -> bool:
    return value == "all" or (isinstance(value, list) and bool(value) and all(map(is_text, value)))


_PAIR = {"en": text("a text in quotes", 'en = "..."'), "zh": text("a text in quotes", 'zh = "..."')}
TOP: Mapping[str, Form] = {
    "schema": Form("the number 1", "write schema = 1", lambda value: is_whole(value) and value == 1),
    "scenario": text("the name of a scenario in quotes, or the path of its file", 'scenario = "baseline"'),
    "measures": Form(
        'a list of names of measures, or the text "all"',
        'write for example measures = ["innovation_rate"]',
        _is_measure_list,
    ),
    "replications": whole(1, 1_000_000, "replications = 20"),
    "seed": whole(0, LARGEST, "seed = 1"),
    "window_months": whole(1, LARGEST, "window_months = 60"),
    "window_until": whole(1, LARGEST, "window_until = 84, or leave it out for the end of the run"),
    "common_random_numbers": truth("common_random_numbers"),
    "monthly_series": truth("monthly_series"),
    "timeout_seconds": positive("timeout_seconds = 600"),
    "runs_per_block": whole(1, 100_000, "runs_per_block = 64"),
    "all_parameters": truth("all_parameters"),
    "leave_out": list_of("key paths of parameters", 'leave_out = ["career.ceiling_age"]', is_text),
    "title": table("the texts en and zh", '[title], then en = "..." and zh = "..."'),
    "question": table("the texts en and zh", '[question], then en = "..." and zh = "..."'),
    "size": table("officials, jurisdictions and months", "[size], then officials = 200"),
    "settings": table("settings of the scenario", "[settings], then accountability.certainty = 0.9"),
    "metrics": table("names of functions", '[metrics], then name = "file.py:function"'),
    "replicate_until": table("measure, half_width and maximum", '[replicate_until], then measure = "innovation_rate"'),
    "design": table("the kind of design and its size", '[design], then kind = "grid"'),
    "factor": Form(
        "tables that begin with [[factor]]",
        'write [[factor]] with two brackets, then path = "accountability.severity"',
        lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value),
    ),
}
FACTOR: Mapping[str, Form] = {
    "path": text("the key path of a parameter in quotes", 'path = "accountability.severity"'),
    "low": number("low = 0.2"),
    "high": number("high = 0.8"),
    "steps": whole(2, 100_000, "steps = 11"),
    "values": list_of(
        "numbers, or of words", "values = [0.2, 0.4, 0.8]", lambda item: is_number(item) or is_text(item)
    ),
    "distribution": Form(
        ", ".join(DISTRIBUTION_KEYS),
        'write for example distribution = "triangular"',
        lambda value: is_text(value) and value in DISTRIBUTION_KEYS,
    ),
    "mode": number("mode = 0.3"),
    "mean": number("mean = 0.4"),
    "standard_deviation": number("standard_deviation = 0.1"),
    "where": Form(
        'the text "base", the text "everywhere", or a list of names of jurisdictions',
        'write for example where = "everywhere"',
        lambda value: (
            value in (BASE, EVERYWHERE) or (isinstance(value, list) and bool(value) and all(map(is_text, value)))
        ),
    ),
}
UNTIL: Mapping[str, Form] = {
    "measure": text("the name of a measure in quotes", 'measure = "innovation_rate"'),
    "half_width": positive("half_width = 0.01"),
    "minimum": whole(2, 1_000_000, "minimum = 10"),
    "maximum": whole(2, 1_000_000, "maximum = 200"),
    "step": whole(1, 1_000_000, "step = 10"),
}
_KIND = Form(", ".join(DESIGN_KINDS), 'write for example kind = "grid"', lambda value: value in tuple(DESIGN_KINDS))


def departures(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what departs from the form of an experiment file: unknown keys, wrong types, numbers out of bounds."""
    yield from _departures_of(data, TOP, ())
    for name in ("title", "question"):
        yield from _inside(data, name, _PAIR)
    yield from _inside(data, "replicate_until", UNTIL)
    if isinstance(data.get("metrics"), dict):
        for name, place in data["metrics"].items():
            yield from _metric_problems(name, place)
    if isinstance(data.get("design"), dict):
        yield from _departures_of(data["design"], {"kind": _KIND, **_design_forms(data["design"])}, ("design",))
    if TOP["factor"].is_right(data.get("factor")):
        for number, factor in enumerate(data["factor"]):
            yield from _departures_of(factor, FACTOR, ("factor", number))
    if isinstance(data.get("measures"), list):
        for measure in data["measures"]:
            yield from measure_problems(("measures",), measure)


def _metric_problems(name: str, place: Any) -> Iterator[Problem]:
    """Yield what is wrong with the name of a metric and the place of its function."""
    if not name.isidentifier() or name in MEASURES:
        yield Problem(("metrics", name), "is no name of a metric: take letters, digits and _, and no measure's name")
    if not is_text(place) or not re.fullmatch(r".+\.py:\w+", place):
        yield Problem(("metrics", name), wrong(place, "a file and a function", f'write {name} = "file.py:function"'))


def measure_problems(path: Path, measure: Any) -> Iterator[Problem]:
    """Yield the problem of a name that is no measure's."""
    if isinstance(measure, str) and measure not in MEASURES:
        yield Problem(path, unknown("measure", measure, MEASURES))


def _design_forms(design: Mapping[str, Any]) -> Mapping[str, Form]:
    """Return the forms of the keys of a design of its kind; of any kind if its own is wrong."""
    for kind in DESIGN_KINDS.values():
        if kind.name == design.get("kind"):
            return kind.keys
    return {key: form for known in DESIGN_KINDS.values() for key, form in known.keys.items()}


def _inside(data: Mapping[str, Any], name: str, forms: Mapping[str, Form]) -> Iterator[Problem]:
    if isinstance(data.get(name), dict):
        yield from _departures_of(data[name], forms, (name,))


def _departures_of(table: Mapping[str, Any], forms: Mapping[str, Form], path: Path) -> Iterator[Problem]:
    for key, value in table.items():
        if key not in forms:
            yield Problem((*path, key), _unknown_key(key, forms, path, table))
        elif not forms[key].is_right(value):
            yield Problem((*path, key), wrong(value, forms[key].allowed, forms[key].advice))


def _unknown_key(key: str, forms: Mapping[str, Form], path: Path, table: Mapping[str, Any]) -> str:
    is_of_another = any(key in other.keys for other in DESIGN_KINDS.values())
    if path == ("design",) and is_of_another and nearest(key, forms) != key:
        return f"means nothing in a design of kind {table.get('kind')}; allowed is {', '.join(forms)}; remove it"
    return unknown("key", key, forms)

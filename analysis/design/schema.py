"""The form of an experiment file: which keys there are, what may stand at each, and what departs from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from analysis.design.specification import DESIGN_KINDS, DesignKind
from model.measures import MEASURES
from model.scenario.errors import Path, Problem, unknown, wrong
from model.suggestions import nearest

LARGEST = 2**32 - 1
MOST_POINTS = 5_000_000


class Form(NamedTuple):
    """What is allowed at a key, what to write there, and whether a value is right."""

    allowed: str
    advice: str
    is_right: Callable[[Any], bool]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def whole(low: int, high: int, example: str) -> Form:
    """Return the form of a whole number within bounds."""
    return Form(
        f"a whole number from {low} to {high}",
        f"write for example {example}",
        lambda value: _is_whole(value) and low <= value <= high,
    )


def _power_of_2(low: int, high: int, example: str) -> Form:
    return Form(
        f"a power of 2 from {low} to {high}",
        f"write for example {example}",
        lambda value: _is_whole(value) and low <= value <= high and value & (value - 1) == 0,
    )


def _positive(example: str) -> Form:
    return Form("a number above 0", f"write for example {example}", lambda value: _is_number(value) and value > 0)


def _number(example: str) -> Form:
    return Form("a number", f"write for example {example}", _is_number)


def _text(allowed: str, example: str) -> Form:
    return Form(allowed, f"write for example {example}", _is_text)


def _truth(key: str) -> Form:
    return Form("true or false", f"write {key} = true or {key} = false", lambda value: isinstance(value, bool))


def _list_of(what: str, example: str, is_item: Callable[[Any], bool]) -> Form:
    def is_right(value: Any) -> bool:
        return isinstance(value, list) and bool(value) and all(is_item(item) for item in value)

    return Form(f"a list of {what}", f"write for example {example}", is_right)


def _table(what: str, example: str) -> Form:
    return Form(f"a table with {what}", f"write {example}", lambda value: isinstance(value, dict))


def _is_measure_list(value: Any) -> bool:
    return value == "all" or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


_PAIR = {"en": _text("a text in quotes", 'en = "..."'), "zh": _text("a text in quotes", 'zh = "..."')}
TOP: Mapping[str, Form] = {
    "schema": Form("the number 1", "write schema = 1", lambda value: _is_whole(value) and value == 1),
    "scenario": _text("the name of a scenario in quotes, or the path of its file", 'scenario = "baseline"'),
    "measures": Form(
        'a list of names of measures, or the text "all"',
        'write for example measures = ["innovation_rate"]',
        _is_measure_list,
    ),
    "replications": whole(1, 1_000_000, "replications = 20"),
    "seed": whole(0, LARGEST, "seed = 1"),
    "window_months": whole(1, LARGEST, "window_months = 60"),
    "window_until": whole(1, LARGEST, "window_until = 84, or leave it out for the end of the run"),
    "common_random_numbers": _truth("common_random_numbers"),
    "monthly_series": _truth("monthly_series"),
    "timeout_seconds": _positive("timeout_seconds = 600"),
    "runs_per_block": whole(1, 100_000, "runs_per_block = 64"),
    "all_parameters": _truth("all_parameters"),
    "leave_out": _list_of("key paths of parameters", 'leave_out = ["career.ceiling_age"]', _is_text),
    "title": _table("the texts en and zh", '[title], then en = "..." and zh = "..."'),
    "question": _table("the texts en and zh", '[question], then en = "..." and zh = "..."'),
    "size": _table("officials, jurisdictions and months", "[size], then officials = 200"),
    "settings": _table("settings of the scenario", "[settings], then accountability.certainty = 0.9"),
    "replicate_until": _table("measure, half_width and maximum", '[replicate_until], then measure = "innovation_rate"'),
    "design": _table("the kind of design and its size", '[design], then kind = "grid"'),
    "factor": Form(
        "tables that begin with [[factor]]",
        'write [[factor]] with two brackets, then path = "accountability.severity"',
        lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value),
    ),
}
FACTOR: Mapping[str, Form] = {
    "path": _text("the key path of a parameter in quotes", 'path = "accountability.severity"'),
    "low": _number("low = 0.2"),
    "high": _number("high = 0.8"),
    "steps": whole(2, 100_000, "steps = 11"),
    "values": _list_of("numbers", "values = [0.2, 0.4, 0.8]", _is_number),
}
UNTIL: Mapping[str, Form] = {
    "measure": _text("the name of a measure in quotes", 'measure = "innovation_rate"'),
    "half_width": _positive("half_width = 0.01"),
    "minimum": whole(2, 1_000_000, "minimum = 10"),
    "maximum": whole(2, 1_000_000, "maximum = 200"),
    "step": whole(1, 1_000_000, "step = 10"),
}
_KIND = Form(", ".join(DESIGN_KINDS), 'write for example kind = "grid"', lambda value: value in DESIGN_KINDS)
_SEED = {"seed": whole(0, LARGEST, "seed = 1")}
DESIGNS: Mapping[DesignKind, Mapping[str, Form]] = {
    "grid": {"steps": whole(2, 100_000, "steps = 11")},
    "list": {"file": _text("the path of a CSV file in quotes", 'file = "points.csv"')},
    "latin_hypercube": {"points": whole(2, MOST_POINTS, "points = 500"), **_SEED},
    "sobol": {"points": _power_of_2(2, 2**22, "points = 512"), **_SEED},
    "saltelli": {
        "base_points": _power_of_2(2, 2**22, "base_points = 512"),
        "second_order": _truth("second_order"),
        **_SEED,
    },
    "morris": {
        "trajectories": whole(2, 100_000, "trajectories = 20"),
        "levels": Form(
            "an even number from 2 to 100",
            "write for example levels = 4",
            lambda value: _is_whole(value) and 2 <= value <= 100 and value % 2 == 0,
        ),
        **_SEED,
    },
}
REQUIRED_OF_DESIGN: Mapping[DesignKind, tuple[str, ...]] = {
    "grid": (),
    "list": ("file",),
    "latin_hypercube": ("points",),
    "sobol": ("points",),
    "saltelli": ("base_points",),
    "morris": ("trajectories",),
}


def departures(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what departs from the form of an experiment file: unknown keys, wrong types, numbers out of bounds."""
    yield from _departures_of(data, TOP, ())
    for name in ("title", "question"):
        yield from _inside(data, name, _PAIR)
    yield from _inside(data, "replicate_until", UNTIL)
    if isinstance(data.get("design"), dict):
        yield from _departures_of(data["design"], {"kind": _KIND, **_design_forms(data["design"])}, ("design",))
    if TOP["factor"].is_right(data.get("factor")):
        for number, factor in enumerate(data["factor"]):
            yield from _departures_of(factor, FACTOR, ("factor", number))
    if isinstance(data.get("measures"), list):
        for measure in data["measures"]:
            yield from measure_problems(("measures",), measure)


def measure_problems(path: Path, measure: Any) -> Iterator[Problem]:
    """Yield the problem of a name that is no measure's."""
    if isinstance(measure, str) and measure not in MEASURES:
        yield Problem(path, unknown("measure", measure, MEASURES))


def _design_forms(design: Mapping[str, Any]) -> Mapping[str, Form]:
    """Return the forms of the keys of a design of its kind; of any kind if its own is wrong."""
    kind = design.get("kind")
    if kind in DESIGN_KINDS:
        return DESIGNS[kind]
    return {key: form for forms in DESIGNS.values() for key, form in forms.items()}


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
    is_of_another = any(key in others for others in DESIGNS.values())
    if path == ("design",) and is_of_another and nearest(key, forms) != key:
        return f"means nothing in a design of kind {table.get('kind')}; allowed is {', '.join(forms)}; remove it"
    return unknown("key", key, forms)

"""The schema of a file of targets: which keys there are, what may stand at each, and what departs from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.design.forms import (
    LARGEST,
    Form,
    is_number,
    is_text,
    is_whole,
    number,
    power_of_2,
    table,
    text,
    truth,
    whole,
)
from analysis.inference.targets import STATISTICS, USES
from model.scenario.errors import Path, Problem, missing, unknown, wrong


def _tables(name: str, example: str) -> Form:
    return Form(
        f"tables that begin with [[{name}]]",
        f"write [[{name}]] with two brackets, then {example}",
        lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value),
    )


def _one_of(names: tuple[str, ...], key: str) -> Form:
    return Form(", ".join(names), f'write for example {key} = "{names[0]}"', lambda value: value in names)


def _is_window(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_whole, value)) and 0 <= value[0] < value[1]


_WINDOW = Form("two months, the first and the one after the last", "write for example window = [72, 84]", _is_window)
_MEASURES = Form(
    "the name of a measure, or a list of names to add up",
    'write for example measure = "innovation_rate"',
    lambda value: is_text(value) or (isinstance(value, list) and bool(value) and all(map(is_text, value))),
)
_FROM_ZERO = Form(
    "a number of at least 0", "write for example discrepancy = 0.05", lambda value: is_number(value) and value >= 0
)
_PAIR = {"en": text("a text in quotes", 'en = "..."'), "zh": text("a text in quotes", 'zh = "..."')}
_TEXTS = Form(
    "a text in both languages",
    'write { en = "...", zh = "..." }',
    lambda value: isinstance(value, dict) and set(value) == {"en", "zh"} and all(map(is_text, value.values())),
)
_TOP: Mapping[str, Form] = {
    "schema": Form("the number 1", "write schema = 1", lambda value: is_whole(value) and value == 1),
    "scenario": text("the name of a scenario in quotes, or the path of its file", 'scenario = "baseline"'),
    "points": power_of_2(256, 2**20, "points = 16384"),
    "seed": whole(0, LARGEST, "seed = 1"),
    "title": table("the texts en and zh", '[title], then en = "..." and zh = "..."'),
    "size": table("officials, jurisdictions and months", "[size], then officials = 200"),
    "parameter": _tables("parameter", 'path = "work.complexity"'),
    "nuisance": _tables("nuisance", 'name = "dose", low = 0.2 and high = 0.6'),
    "probe": _tables("probe", 'name = "harsh" and change = [...]'),
    "target": _tables("target", 'name = "fall"'),
}
_ITEMS: Mapping[str, Mapping[str, Form]] = {
    "parameter": {
        "path": text("the key path of a parameter in quotes", 'path = "work.complexity"'),
        "low": number("low = 0.2"),
        "high": number("high = 0.8"),
        "draws": text("the path of a CSV file in quotes", 'draws = "draws.csv"'),
    },
    "nuisance": {"name": text("a name", 'name = "dose"'), "low": number("low = 0.2"), "high": number("high = 0.8")},
    "probe": {
        "name": text("a name", 'name = "harsh"'),
        "change": Form(
            "a list of changes",
            "write for example change = [{ month = 36, until = 84, accountability.severity = 0.5 }]",
            lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value),
        ),
    },
    "target": {
        "name": text("a name", 'name = "fall"'),
        "what": _TEXTS,
        "statistic": _one_of(STATISTICS, "statistic"),
        "measure": _MEASURES,
        "less": _MEASURES,
        "over": _MEASURES,
        "per_100_officials_and_year": truth("per_100_officials_and_year"),
        "probe": text("the name of a probe", 'probe = "harsh"'),
        "window": _WINDOW,
        "compared_window": _WINDOW,
        "low": number("low = -0.45"),
        "high": number("high = -0.29"),
        "value": number("value = 0.3"),
        "sd": Form("a number above 0", "write for example sd = 0.05", lambda value: is_number(value) and value > 0),
        "discrepancy": _FROM_ZERO,
        "source": text("where it was observed: a key of model/sources.toml or a citation", 'source = "zhu_2022"'),
        "use": _one_of(USES, "use"),
    },
}
_REQUIRED = {
    "parameter": ("path",),
    "nuisance": ("name", "low", "high"),
    "probe": ("name", "change"),
    "target": ("name", "statistic", "measure", "window", "source", "use"),
}


def departures(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what departs from the form of a file of targets: unknown or missing keys, wrong types, bounds."""
    yield from _departures_of(data, _TOP, ())
    for key in ("schema", "parameter", "target"):
        if key not in data:
            yield Problem((key,), missing(_TOP[key].allowed, _TOP[key].advice))
    if isinstance(data.get("title"), dict):
        yield from _departures_of(data["title"], _PAIR, ("title",))
        for language in _PAIR:
            if language not in data["title"]:
                yield Problem(("title", language), missing("a text in quotes", f'write {language} = "..."'))
    for name, forms in _ITEMS.items():
        if name not in data or not _TOP[name].is_right(data[name]):
            continue
        for place, item in enumerate(data[name]):
            yield from _departures_of(item, forms, (name, place))
            for key in _REQUIRED[name]:
                if key not in item:
                    yield Problem((name, place, key), missing(forms[key].allowed, forms[key].advice))


def _departures_of(found: Mapping[str, Any], forms: Mapping[str, Form], path: Path) -> Iterator[Problem]:
    for key, value in found.items():
        if key not in forms:
            yield Problem((*path, key), unknown("key", key, forms))
        elif not forms[key].is_right(value):
            yield Problem((*path, key), wrong(value, forms[key].allowed, forms[key].advice))

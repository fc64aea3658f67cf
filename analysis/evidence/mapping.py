"""From a coded policy text to a scenario: maps from items to levers, each an assumption that says so."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.evidence.agreement import values_used
from analysis.evidence.codebook import FOLDER, items
from analysis.evidence.coded_file import EvidenceError, text_of
from analysis.evidence.review import PROBABILITY, evidence_of, stricter_probability
from analysis.evidence.text_file import TextFile
from model.catalogue import Language
from model.parameters import Parameters, about, parameter_paths, value_at
from model.scenario import Scenario, Text, find_scenario, with_settings
from model.suggestions import nearest, quoted
from model.vocabulary import ACTIONS

DEFAULT_MAPPING = FOLDER / "mapping_default.toml"
STRICTNESS, OPEN = "strictness", "open:"
_KEYS = ("items", "lever", "at_0", "at_3", "why", "source")
_CHINESE = "why_zh"  # may be left out
_HIGHEST_VALUE = 3.0


@dataclass(frozen=True)
class Map:
    """A map: the mean of the items' values moves a lever linearly from `at_0` to `at_3`, and why, in each language."""

    items: tuple[str, ...]
    lever: str
    at_0: float
    at_3: float
    why: Mapping[Language, str]
    source: str

    def value(self, codes: Mapping[str, str]) -> float | None:
        """Return where the lever stands for a coded text; None if none of the items is told."""
        told = [int(codes[item]) for item in self.items if codes.get(item)]
        if not told:
            return None
        return self.at_0 + (self.at_3 - self.at_0) * sum(told) / len(told) / _HIGHEST_VALUE


@dataclass(frozen=True)
class Moved:
    """What a map does to a text: the codes it rests on, and where the lever goes; None if it is left alone."""

    map: Map
    codes: Mapping[str, str]
    value: float | None


def read_mapping(path: str | Path = DEFAULT_MAPPING) -> tuple[Map, ...]:
    """Return the maps of a TOML file; EvidenceError if it does not hold."""
    place = Path(path)
    try:
        data = tomllib.loads(text_of(place))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{place}: is no TOML ({error}); write tables that begin with [[map]]") from None
    listed = data.get("map")
    if not isinstance(listed, list) or not listed or set(data) != {"map"}:
        raise EvidenceError(f"{place}: holds no maps, or more than maps; write tables that begin with [[map]]")
    maps = tuple(_map(f"{place}, [[map]] {n}", written) for n, written in enumerate(listed, start=1))
    twice = [one.lever for n, one in enumerate(maps) if one.lever in [other.lever for other in maps[:n]]]
    if twice:
        raise EvidenceError(f"{place}: the lever {twice[0]} is moved by two maps; put their items into one map")
    return maps


def codes_of(file: TextFile, document: str) -> dict[str, str]:
    """Return the values used of a document; EvidenceError if the file does not have it."""
    if document not in file.documents:
        near = nearest(document, file.documents)
        question = f"did you mean {quoted(near)}? " if near else ""
        raise EvidenceError(
            f"{file.label}: has no document {quoted(document)}; {question}it has {len(file.documents)}, "
            f"such as {', '.join(file.documents[:3])}"
        )
    rows = [row for row in file.rows if row["document"] == document]
    return values_used(rows, file.items, "document")[0][document]


def moved_by(maps: Sequence[Map], codes: Mapping[str, str]) -> list[Moved]:
    """Return what each map does to a coded text."""
    return [Moved(one, {item: codes.get(item, "") for item in one.items}, one.value(codes)) for one in maps]


def settings_of(moved: Sequence[Moved]) -> dict[str, Any]:
    """Return the settings of a scenario that maps amount to; strictness becomes a lower exemption rate."""
    settings: dict[str, Any] = {}
    actions = list(ACTIONS)
    for one in moved:
        if one.value is None or one.map.lever == STRICTNESS:
            continue
        if one.map.lever.startswith(OPEN):
            if one.value <= 0.0:
                actions.remove(one.map.lever.removeprefix(OPEN))
        else:
            settings[one.map.lever] = round(one.value, 6)
    by = next((one.value for one in moved if one.map.lever == STRICTNESS), None)
    if by:
        defaults = Parameters()
        clarity = settings.get(evidence_of("complexity"), value_at(defaults, evidence_of("complexity")))
        rate = settings.get(PROBABILITY, value_at(defaults, PROBABILITY))
        settings[PROBABILITY] = round(stricter_probability(rate, clarity, by), 6)
    if len(actions) < len(ACTIONS):
        settings["behaviour.actions"] = actions
    return settings


def scenario_of_text(name: str, document: str, moved: Sequence[Moved]) -> Scenario:
    """Return the baseline with the levers that a coded text moves."""
    scenario = with_settings(find_scenario("baseline"), settings_of(moved))
    return replace(
        scenario,
        name=name,
        title=Text(f"As {document} has it", f"据文本 {document}"),
        question=Text(
            "What would officials do under a rule that says this? Every step from words to numbers is assumed.",
            "如果制度如该文本所述，干部会怎样做？从文字到数值的每一步都是假设。",
        ),
    )


def not_in_the_model(codes: Mapping[str, str]) -> list[str]:
    """Return the items that a text names and that the model has no lever for."""
    return [name for name, item in items().items() if item.is_recorded and codes.get(name, "") not in ("", "0")]


def _map(where: str, written: Any) -> Map:
    if not isinstance(written, dict) or set(written) - {_CHINESE} != set(_KEYS):
        raise EvidenceError(f"{where}: must have the keys {', '.join(_KEYS)} and no other; add or remove some")
    names, lever = written["items"], written["lever"]
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise EvidenceError(f'{where}, items: allowed is a list of items; write for example items = ["remedy"]')
    for name in names:
        if name not in items():
            near = nearest(name, items())
            raise EvidenceError(
                f"{where}, items: there is no item {quoted(name)}" + (f"; did you mean {near}?" if near else "")
            )
    ends = [_number(where, key, written[key]) for key in ("at_0", "at_3")]
    texts = (lever, written["why"], written.get(_CHINESE, ""), written["source"])
    if not all(isinstance(text, str) for text in texts):
        raise EvidenceError(f"{where}: lever, why and source are texts; put them in quotes")
    _check_lever(where, lever, ends)
    why: dict[Language, str] = {"en": written["why"], "zh": written.get(_CHINESE) or written["why"]}
    return Map(tuple(names), lever, ends[0], ends[1], why, written["source"])


def _number(where: str, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise EvidenceError(f"{where}, {key}: found {quoted(str(value))}; allowed is a number")
    return float(value)


def _check_lever(where: str, lever: str, ends: Sequence[float]) -> None:
    if lever == STRICTNESS:
        return
    if lever.startswith(OPEN):
        if lever.removeprefix(OPEN) not in ("routine", "filed_innovation", "self_dealing"):
            raise EvidenceError(
                f"{where}, lever: {quoted(lever)} opens no action; write for example open:filed_innovation"
            )
        return
    if lever not in parameter_paths() or lever.startswith("population."):
        near = nearest(lever, parameter_paths())
        question = f"; did you mean {near}?" if near else ""
        raise EvidenceError(f"{where}, lever: there is no lever {quoted(lever)}{question}")
    low, high = about(lever).bounds
    for value in ends:
        if not low <= value <= high:
            raise EvidenceError(
                f"{where}, lever: {value:g} is out of bounds of {lever}; allowed is {low:g} to {high:g}"
            )

"""Where and when a setting acts: a listed jurisdiction or a change over time may have a value of its own in its place.

A value can be meant for the base, which is what the scenario says where nothing else is said; for everywhere and
always, in place of all that is said elsewhere; or for jurisdictions by their names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from analysis.errors import ExperimentError
from model.parameters import parameter_paths, replaced
from model.rules.change import strength_of
from model.scenario import ListedJurisdiction, Scenario, Text
from model.suggestions import quoted

BASE, EVERYWHERE = "base", "everywhere"
Where = str | tuple[str, ...]
_SAME_EVERYWHERE = ("population.", "size.", "decision.", "network.")
# A listed jurisdiction has its own complexity, whatever the spread of others is.
_ONLY_UNLISTED = "work.complexity_spread"


class Reach(NamedTuple):
    """Where and when a value acts: the places it does not reach, and the spans of months, counted from 1, it does."""

    missed_places: tuple[Text, ...]
    n_places: int
    spans: tuple[tuple[int, int], ...]
    n_months: int

    @property
    def is_nothing(self) -> bool:
        """Return whether the value acts nowhere or never."""
        return len(self.missed_places) == self.n_places or not self.spans

    @property
    def is_all(self) -> bool:
        """Return whether the value acts everywhere and always."""
        return not self.missed_places and self.spans == ((1, self.n_months),)

    def acts_in(self, first: int, last: int) -> bool:
        """Tell whether the value acts in some of the months from first to last, counted from 1."""
        return any(begin <= last and end >= first for begin, end in self.spans)


def reach_of(scenario: Scenario, path: str, where: Where = BASE) -> Reach:
    """Return where and when a value of a parameter acts if it is meant for `where`."""
    places = scenario.jurisdictions
    missed = [place.name for place in places if _is_missed(place, path, where)]
    months = range(1, scenario.months + 1)
    acting = [month for month in months if where == EVERYWHERE or not _is_covered(scenario, path, month - 1)]
    return Reach(tuple(missed), max(len(places), 1), _spans(acting), scenario.months)


def _is_missed(place: ListedJurisdiction, path: str, where: Where) -> bool:
    if path == _ONLY_UNLISTED:
        return True
    if isinstance(where, tuple):
        return place.name.en not in where and place.name.zh not in where
    return where == BASE and path in place.settings


def _is_covered(scenario: Scenario, path: str, month: int) -> bool:
    """Tell whether a change over time leaves nothing of a value in a month, counted from 0."""
    return any(
        strength_of(month, change.month, math.inf if change.until is None else change.until, change.phase_in_months)
        >= 1.0
        for change in scenario.changes
        if path in change.settings
    )


def _spans(months: Sequence[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for month in months:
        if spans and spans[-1][1] == month - 1:
            spans[-1] = (spans[-1][0], month)
        else:
            spans.append((month, month))
    return tuple(spans)


def placed(scenario: Scenario, path: str, value: float, where: Where) -> Scenario:
    """Return the scenario with another value of a parameter: everywhere and always, or in jurisdictions by name."""
    if where == EVERYWHERE:
        changes = [replace(change, settings=_without(change.settings, path)) for change in scenario.changes]
        return replace(
            scenario,
            parameters=replaced(scenario.parameters, {path: value}),
            jurisdictions=tuple(replace(j, settings=_without(j.settings, path)) for j in scenario.jurisdictions),
            changes=tuple(change for change in changes if change.settings),
        )
    if where == BASE:
        return replace(scenario, parameters=replaced(scenario.parameters, {path: value}))
    jurisdictions = tuple(
        place if _is_missed(place, path, where) else replace(place, settings={**place.settings, path: value})
        for place in scenario.jurisdictions
    )
    return replace(scenario, jurisdictions=jurisdictions)


def _without(settings: object, path: str) -> dict[str, float]:
    return {key: value for key, value in dict(settings).items() if key != path}  # type: ignore[call-overload]


def why_not_there(scenario: Scenario, path: str, where: Where) -> str | None:
    """Return why a value cannot be meant for a place; None if it can."""
    if where == BASE:
        return None
    if path not in parameter_paths() or path.startswith(_SAME_EVERYWHERE) or path.endswith("_open"):
        return f"{path} is the same everywhere; leave the place out"
    known = [name for place in scenario.jurisdictions for name in (place.name.en, place.name.zh)]
    if path.startswith("career.") and path.endswith("_age"):
        return f"{path} has to fit another age; set it in the scenario's file"
    for name in where if isinstance(where, tuple) else ():
        if name not in known:
            names = ", ".join(quoted(place.name.en) for place in scenario.jurisdictions)
            has = f"it lists {names}" if names else "it lists none"
            return f"{scenario.name} has no jurisdiction {quoted(name)}: {has}; or write everywhere"
    return None


def refuse_what_does_nothing(scenario: Scenario, path: str, where: Where = BASE) -> Reach:
    """Return where and when a value acts; ExperimentError if that is nowhere or never."""
    reach = reach_of(scenario, path, where)
    if reach.is_nothing:
        raise ExperimentError(f"{path}: {why_it_does_nothing(scenario, path, reach)}")
    return reach


def why_it_does_nothing(scenario: Scenario, path: str, reach: Reach) -> str:
    """Return the sentence on a value that acts nowhere or never, with what to do."""
    if path == _ONLY_UNLISTED and scenario.jurisdictions:
        return f"does nothing in {scenario.name}, whose jurisdictions are listed; set work.complexity in each"
    who = "every listed jurisdiction" if len(reach.missed_places) == reach.n_places else "a [[change]]"
    return (
        f"does nothing in {scenario.name}, where {who} has a value of its own in its place; "
        f'say that it is meant {EVERYWHERE}, or in which jurisdictions (a factor: where = "{EVERYWHERE}" or '
        f'where = ["name"]; an option: --set {EVERYWHERE}:{path}=... or --set "name:{path}=...")'
    )

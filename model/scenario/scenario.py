"""What a scenario is once it has been read and checked: plain data, frozen, hashable and picklable."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from model.parameters import Parameters, replaced
from model.vocabulary import ACTIONS

ALWAYS_OPEN = ("inaction", "innovation")
INITIAL_INNOVATION_SHARE = "behaviour.initial_innovation_share"


class Settings(Mapping[str, float]):
    """A mapping of "table.name" to a value that cannot be changed, so that it can be hashed."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, float] | Iterable[tuple[str, float]] = ()) -> None:
        self._values = {path: float(value) for path, value in dict(values).items()}

    def __getitem__(self, path: str) -> float:
        """Return the value at "table.name"; KeyError if it is not set."""
        return self._values[path]

    def __iter__(self) -> Iterator[str]:
        """Return an iterator over the paths that are set."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of settings."""
        return len(self._values)

    def __hash__(self) -> int:
        """Return a hash that does not depend on the order of the settings, as equality does not."""
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        """Return the Python text of the settings."""
        return f"Settings({self._values!r})"


Provenance = tuple[tuple[str, str | int | bool], ...]
INVENTED = {"en": "Invented data: ", "zh": "虚构数据："}


@dataclass(frozen=True)
class Text:
    """A text in the two languages of the project."""

    en: str
    zh: str


def text_of(texts: Mapping[str, str]) -> Text:
    """Return a text whose language that is missing is filled in with the one that is there."""
    en, zh = texts.get("en"), texts.get("zh")
    return Text(en if en is not None else str(zh), zh if zh is not None else str(en))


def marked(title: Text, is_invented: bool) -> Text:
    """Return a title; if the data behind it were invented it begins with saying so, whatever it began with."""
    if not is_invented:
        return title
    texts = {language: text.removeprefix(INVENTED[language]) for language, text in vars(title).items()}
    return Text(**{language: INVENTED[language] + text for language, text in texts.items()})


@dataclass(frozen=True)
class Change:
    """A change of parameters, in force in the months month <= t < until; months are numbered from 0.

    ``until`` is None for a change that stays. With ``phase_in_months`` 0 it is there at once, otherwise it comes in
    linearly over so many months.
    """

    month: int
    until: int | None
    phase_in_months: int
    settings: Mapping[str, float]

    def __post_init__(self) -> None:
        """Freeze the settings."""
        object.__setattr__(self, "settings", Settings(self.settings))


@dataclass(frozen=True)
class ListedJurisdiction:
    """A listed jurisdiction: its name, its size and what is different there from the first month on."""

    name: Text
    officials: int
    settings: Mapping[str, float]

    def __post_init__(self) -> None:
        """Freeze the settings."""
        object.__setattr__(self, "settings", Settings(self.settings))


@dataclass(frozen=True)
class Scenario:
    """Everything that decides a run but the seed; and, if it was made from data, from which: that changes no number.

    ``officials`` and ``n_jurisdictions`` are totals, also where the jurisdictions are listed; where they are not,
    ``jurisdictions`` is empty.
    """

    name: str
    title: Text
    question: Text
    references: tuple[str, ...]
    parameters: Parameters
    officials: int
    n_jurisdictions: int
    months: int
    jurisdictions: tuple[ListedJurisdiction, ...]
    changes: tuple[Change, ...]
    provenance: Provenance = ()

    def __post_init__(self) -> None:
        """Use one and the same NaN for "no initial share": tuples with it are equal only if it is the same object."""
        if math.isnan(self.parameters.behaviour.initial_innovation_share):
            object.__setattr__(self, "parameters", replaced(self.parameters, {INITIAL_INNOVATION_SHARE: math.nan}))

    def __reduce__(self) -> tuple[type[Scenario], tuple[Any, ...]]:
        """Return how to make the scenario again, so that a pickled one is equal to the original, NaN and all."""
        return Scenario, tuple(getattr(self, field.name) for field in fields(self))

    @property
    def is_invented(self) -> bool:
        """Return whether it was made from invented data, which its title and its charts then say."""
        return dict(self.provenance).get("invented", False) is True

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of officials of every jurisdiction: as listed, else as even as can be, larger first."""
        if self.jurisdictions:
            return tuple(jurisdiction.officials for jurisdiction in self.jurisdictions)
        each, left_over = divmod(self.officials, self.n_jurisdictions)
        return (each + 1,) * left_over + (each,) * (self.n_jurisdictions - left_over)


def open_actions(settings: Mapping[str, float]) -> tuple[str, ...]:
    """Return the actions open under a mapping that holds the switches "behaviour.<action>_open"."""
    return tuple(action for action in ACTIONS if settings.get(switch_of(action), 1.0) > 0.0)


def switch_of(action: str) -> str:
    """Return the path of the parameter that opens an action; inaction and innovation have none and are always open."""
    return f"behaviour.{action}_open"


def switches_of(actions: Iterable[str]) -> dict[str, float]:
    """Return the values of all switches under which exactly these actions are open."""
    is_open = set(actions)
    return {switch_of(action): float(action in is_open) for action in ACTIONS if action not in ALWAYS_OPEN}

"""A session as it is analysed: plain data of what was shown, chosen, answered, and of what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.wall import OfficeNews, WallNumbers
from analysis.rooms.world import Design, Told

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Person:
    """A seat: where it is, and all that was said from it. `seat` is the number in tables, drawn at random."""

    seat: int
    world: int
    post: int
    first_round: int
    left_round: int | None
    research: bool
    language: str
    is_erased: bool
    choices: Mapping[int, int] = field(default_factory=dict)  # round: action, of rounds that the person decided
    revisions: Mapping[int, int] = field(default_factory=dict)
    seconds: Mapping[int, float] = field(default_factory=dict)
    coins: Mapping[int, bool] = field(default_factory=dict)
    beliefs: Mapping[tuple[int, str, str], int] = field(default_factory=dict)  # round, before or after, question
    guesses: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)  # of the debrief: question: answer, both from 0


@dataclass(frozen=True)
class PlayedRound:
    """A round that is over in one world: what was told, the points (months, officials), the news, the orders."""

    told: Told
    points: NDArray[np.float64]
    news: list[OfficeNews]
    ordered: Mapping[int, int]


@dataclass(frozen=True)
class DebriefItem:
    """A question of the debrief and the answers that could be chosen; none where it was only talked about."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """A session: its designs (one a world), its rounds and the twins' (by world, by round), its people."""

    room: str
    month: str
    world_names: tuple[str, ...]
    designs: tuple[Design, ...]
    act_names: tuple[str, ...]
    walls: tuple[tuple[WallNumbers, ...], ...]
    rounds: tuple[tuple[PlayedRound, ...], ...]
    twins: tuple[tuple[PlayedRound, ...], ...]
    people: tuple[Person, ...]
    gambles: tuple[tuple[int, int], ...]
    facts: Mapping[str, object]
    hands: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # round: post: action, counted in the class
    debrief: tuple[DebriefItem, ...] = ()

    @property
    def n_rounds(self) -> int:
        """Return how many rounds are over."""
        return len(self.rounds[0])

    def deciders(self, world: int, number: int) -> list[Person]:
        """Return the people of a world who decided in a round."""
        return [person for person in self.people if person.world == world and decides(person, number)]

    def posts_decided(self, world: int) -> list[list[int]]:
        """Return, round by round, the posts of a world that people decided for, by phone or by show of hands."""
        return [
            [
                *(person.post for person in self.deciders(world, number)),
                *(self.hands.get(number, {}) if world == 0 else ()),
            ]
            for number in range(1, self.n_rounds + 1)
        ]


def decides(person: Person, number: int) -> bool:
    """Tell whether a person decided in a round; who has erased the answers counts as a deputy throughout."""
    return not person.is_erased and number in person.choices

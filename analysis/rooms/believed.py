"""What a class answered, as sums: beliefs beside what the rule said or what then came, coins, the debrief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from analysis.rooms.fit import LEAST_PEOPLE
from analysis.rooms.session import BEFORE, Session
from analysis.rooms.wall import TENTHS
from model.vocabulary import Action

QUESTIONS = ("pursued", "exempt", "exempt_filed", "others")


class BelievedSum(NamedTuple):
    """What the people of a world answered to a question at a time: how many, their mean of ten, and what was so.

    `was_so` is what stood on the wall, of ten; of others, how many in ten of the class tried in the round that came
    next; None where no round came.
    """

    world: int
    question: str
    round: int
    when: str
    people: int
    mean: float
    was_so: float | None


class CoinSum(NamedTuple):
    """What a coin offered, how many answered, and the share of them who took it."""

    win: int
    lose: int
    people: int
    share: float


class AnsweredSum(NamedTuple):
    """A question of the debrief, by its number from 0: how many chose each of its answers."""

    n: int
    counts: tuple[int, ...]


def believed(session: Session) -> list[BelievedSum]:
    """Return what was believed, question by question in the order of time; below five answers nothing is told."""
    return [
        BelievedSum(world, question, number, when, len(tenths), float(np.mean(tenths)), _was_so(session, world, asked))
        for world in range(len(session.designs))
        for question in QUESTIONS
        for asked in sorted(_asked(session, world, question), key=lambda asked: (asked[0], asked[1] != BEFORE))
        for number, when, _ in [asked]
        if len(tenths := _answers(session, world, asked)) >= LEAST_PEOPLE
    ]


def _asked(session: Session, world: int, question: str) -> set[tuple[int, str, str]]:
    return {
        asked for person in session.people if person.world == world for asked in person.beliefs if asked[2] == question
    }


def _answers(session: Session, world: int, asked: tuple[int, str, str]) -> list[int]:
    people = (person for person in session.people if person.world == world and not person.is_erased)
    return [person.beliefs[asked] for person in people if asked in person.beliefs]


def _was_so(session: Session, world: int, asked: tuple[int, str, str]) -> float | None:
    number, when, question = asked
    if question == "others":
        following = number if when == BEFORE else number + 1
        posts = session.posts_decided(world)
        if following > len(posts) or len(posts[following - 1]) < LEAST_PEOPLE:
            return None
        ordered = session.rounds[world][following - 1].ordered
        return TENTHS * float(np.mean([ordered[post] >= Action.INNOVATION for post in posts[following - 1]]))
    wall = session.walls[world][number - 1]
    by_rule: dict[str, Callable[[], float]] = {
        "pursued": lambda: wall.pursued_in_100 / TENTHS,
        "exempt": lambda: float(wall.exempt_tenths),
        "exempt_filed": lambda: float(wall.exempt_filed_tenths),
    }
    return by_rule[question]()


def coins_taken(session: Session) -> Iterator[CoinSum]:
    """Yield how many took each coin; below five answers nothing is told."""
    for number, (win, lose) in enumerate(session.gambles):
        answers = [person.coins[number] for person in session.people if not person.is_erased and number in person.coins]
        if len(answers) >= LEAST_PEOPLE:
            yield CoinSum(win, lose, len(answers), float(np.mean(answers)))


def answered(session: Session) -> list[AnsweredSum]:
    """Return how many chose which answer at the debrief; below five answers to a question nothing is told."""
    found = []
    for n, asked in enumerate(session.debrief):
        chosen = [person.answers[n] for person in session.people if not person.is_erased and n in person.answers]
        if len(chosen) >= LEAST_PEOPLE:
            found.append(AnsweredSum(n, tuple(np.bincount(chosen, minlength=len(asked.answers)).tolist())))
    return found

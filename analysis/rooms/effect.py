"""The class effect: how much more, or less, was tried under another rule, with the twins' own difference beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.points import came_column
from analysis.rooms.session import Person, Session, decides
from model.vocabulary import Action

DRAWS = 2000
_SEED = 20


@dataclass(frozen=True)
class ClassEffect:
    """A difference of shares with its 95% interval; the twins' beside it, and for two worlds a p-value.

    `later` is the stretch of rounds that is held against the one before; `worlds` holds the world, or two that are
    compared.
    """

    name: str
    worlds: tuple[int, ...]
    later: int
    people: int
    difference: float
    low: float
    high: float
    twins: float
    p_value: float | None = None


def tried_in(session: Session, person: Person, act_place: int) -> tuple[float, float]:
    """Return a person's share of rounds with a new thing tried in a stretch of rounds, and the twin's; NaN if none."""
    stretches = stretches_of(session)
    mine, twins = [], []
    for number in stretches[act_place]:
        if number <= session.n_rounds and decides(person, number):
            mine.append(person.choices[number] >= Action.INNOVATION)
            twin = session.twins[person.world][number - 1].told.came[0, person.post]
            twins.append(bool(came_column(twin, "action") >= Action.INNOVATION))
    return (float(np.mean(mine)), float(np.mean(twins))) if mine else (math.nan, math.nan)


def stretches_of(session: Session) -> list[list[int]]:
    """Return the rounds of each stretch between changes of the rule in any world."""
    found: list[list[int]] = []
    for number in range(1, session.designs[0].rounds + 1):
        now = [design.act_of_round[number - 1] for design in session.designs]
        before = [design.act_of_round[number - 2] for design in session.designs] if number > 1 else None
        if now != before:
            found.append([])
        found[-1].append(number)
    return found


def effects_of(session: Session) -> list[ClassEffect]:
    """Return the effect of each change of the rule in each world, paired by seat; and across two worlds."""
    found = []
    n_stretches = len(stretches_of(session))
    for later in range(1, n_stretches):
        for world, name in enumerate(session.world_names):
            people = [person for person in session.people if person.world == world]
            before = np.array([tried_in(session, person, later - 1) for person in people]).reshape(-1, 2)
            after = np.array([tried_in(session, person, later) for person in people]).reshape(-1, 2)
            found.append(_paired(f"{name}: {later} to {later + 1}", (world,), later, after - before))
        if len(session.world_names) == 2:
            found.append(between_worlds(session, later))
    return [effect for effect in found if effect.people > 0]


def _paired(name: str, worlds: tuple[int, ...], later: int, changes: NDArray[np.float64]) -> ClassEffect:
    changes = changes[~np.isnan(changes).any(axis=1)] if len(changes) else changes
    n = len(changes)
    if n == 0:
        return ClassEffect(name, worlds, later, 0, math.nan, math.nan, math.nan, math.nan)
    luck = np.random.default_rng(_SEED)
    means = changes[luck.integers(0, n, (DRAWS, n)), 0].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return ClassEffect(
        name, worlds, later, n, float(changes[:, 0].mean()), float(low), float(high), float(changes[:, 1].mean())
    )


def between_worlds(session: Session, later: int) -> ClassEffect:
    """Return the difference in differences over matched chairs, with the p-value of the random allocation.

    Chair by chair, both worlds hold the same person with the same luck; which of two joiners came where was drawn.
    """
    chairs: dict[int, dict[int, NDArray[np.float64]]] = {}
    for person in session.people:
        change = np.array(tried_in(session, person, later)) - np.array(tried_in(session, person, later - 1))
        if not np.isnan(change).any():
            chairs.setdefault(person.post, {})[person.world] = change
    pairs = np.array([both[0] - both[1] for both in chairs.values() if len(both) == 2]).reshape(-1, 2)
    effect = _paired(f"{session.world_names[0]} against {session.world_names[1]}", (0, 1), later, pairs)
    if effect.people == 0:
        return effect
    signs = np.random.default_rng(_SEED).choice([-1.0, 1.0], (DRAWS, effect.people))
    drawn = np.abs((signs * pairs[:, 0]).mean(axis=1))
    p_value = (1 + float((drawn >= abs(effect.difference) - 1e-12).sum())) / (1 + DRAWS)
    return replace(effect, p_value=p_value)

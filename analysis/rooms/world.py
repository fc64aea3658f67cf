"""A world that people play in: the model under their orders, round by round; nothing here knows of a server.

A world is its design and the orders of its rounds: played again, it gives the same bits.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from model.arrays import Moment, new_administration, new_key, official_at, places_of
from model.engines.ensemble import people_arrive, policy_takes_force
from model.faced import CAME, FACED, what_came_of_posts, what_posts_face
from model.measures import N_MEASURES
from model.orders import choices_are_held, month_under_orders, nobody_ordered, round_begins
from model.parameters import MONTHS_PER_YEAR, Parameters, all_parameters_of_row
from model.policy import Setting

PEOPLE_PER_OFFICE = 25
PRACTICE_RUN = 999


@dataclass(frozen=True)
class Design:
    """All that decides a world beside its people: who sits where, the policy of each month, the luck, the rounds."""

    setting: Setting
    seed: int
    run: int
    rounds: int
    months_per_round: int
    act_of_round: tuple[int, ...]

    def parameters_in(self, round_number: int) -> Parameters:
        """Return the parameters in force in a round, numbered from 1; all offices follow one policy."""
        month = (round_number - 1) * self.months_per_round
        return all_parameters_of_row(self.setting.policies.rows[self.setting.policies.row_of[month, 0]])


@dataclass(frozen=True)
class Told:
    """What a round was: `faced` and `came` (months, posts, columns), and the measures, of all posts or some."""

    faced: NDArray[np.float64]
    came: NDArray[np.float64]
    measures: NDArray[np.float64]
    offices: NDArray[np.float64]  # (months, J, N_MEASURES)


@dataclass
class World:
    """A world under way: its state, and what every round was that is over."""

    design: Design
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let people arrive, and the first policy take force."""
        setting = self.design.setting
        self.administration = new_administration(setting.layout)
        self.key = new_key(self.design.seed, self.design.run)
        n = len(setting.layout.sizes)
        people_arrive(self.administration, setting.layout, setting.policies, self.key, 0, n)
        self.officials = int(setting.layout.sizes.sum())
        self.standing = nobody_ordered(setting.layout)
        posts = np.arange(self.officials, dtype=np.int64)
        self.places_of_all = np.ascontiguousarray(
            np.column_stack([posts, *places_of(setting.layout, 0, self.officials)])
        )
        policy_takes_force(self.administration, setting.layout, setting.policies, 0)
        self._tell_of(posts)

    @property
    def rounds_done(self) -> int:
        """Return how many rounds are over."""
        return len(self.told)

    def _tell_of(self, posts: NDArray[np.int64]) -> None:
        self.places = self.places_of_all[posts]
        self.facing = np.zeros((len(posts), len(FACED)))
        if self.rounds_done < self.design.rounds:
            self._face(self.rounds_done * self.design.months_per_round)

    def _face(self, month: int) -> None:
        when = Moment(self.key, np.uint64(month))
        what_posts_face(self.administration, self.design.setting.policies, when, self.places, self.facing)

    def play(self, orders: NDArray[np.int64]) -> Told:
        """Return what a round comes to under orders, (officials,); then all face the next, if there is one."""
        design, setting = self.design, self.design.setting
        layout, policies = setting.layout, setting.policies
        first = self.rounds_done * design.months_per_round
        n, j = design.months_per_round, len(layout.sizes)
        told = Told(
            np.zeros((n, len(self.places), len(FACED))),
            np.zeros((n, len(self.places), len(CAME))),
            np.zeros((n, N_MEASURES)),
            np.zeros((n, j, N_MEASURES)),
        )
        round_begins(self.administration, layout, orders, self.standing)
        for place in range(n):
            month = first + place
            when = Moment(self.key, np.uint64(month))
            if place > 0:
                policy_takes_force(self.administration, layout, policies, month)
                self._face(month)
            told.faced[place] = self.facing
            month_under_orders(self.administration, layout, policies, when, self.standing.orders, told.measures[place])
            what_came_of_posts(self.administration, policies, when, self.places, told.faced[place], told.came[place])
            told.offices[place] = self.administration.measures
            choices_are_held(self.administration, layout, self.standing)
        self.told.append(told)
        if self.rounds_done < design.rounds:
            month = first + n
            policy_takes_force(self.administration, layout, policies, month)
            self._face(month)
        return told

    def telling_of(self, posts: Sequence[int]) -> World:
        """Return a world that goes on from here by itself, and tells of some posts only."""
        layout = self.design.setting.layout
        world = copy.copy(self)
        world.told = list(self.told)
        world.administration = new_administration(layout, self.administration.structure)
        for mine, other in zip(world.administration, self.administration, strict=True):
            if isinstance(mine, np.ndarray) and isinstance(other, np.ndarray):
                np.copyto(mine, other)
        world.standing = nobody_ordered(layout)  # the next round begins with orders of its own
        world._tell_of(np.array(posts, dtype=np.int64))
        return world

    def memory(self) -> bytes:
        """Return the whole state of the world, to compare it with another."""
        return b"".join(part.tobytes() for part in self.administration if isinstance(part, np.ndarray))


def chairs_of(design: Design) -> list[int]:
    """Return the posts that people may take, in the order in which they are taken.

    Offices are filled from the middle of the spread of complexity outwards, half of each at most, and whoever would
    retire within the play is passed over.
    """
    layout = design.setting.layout
    administration, key = new_administration(layout), new_key(design.seed, design.run)
    people_arrive(administration, layout, design.setting.policies, key, 0, len(layout.sizes))
    retirement = design.parameters_in(1).career.retirement_age
    years = design.rounds * design.months_per_round / MONTHS_PER_YEAR
    middle = (len(layout.sizes) - 1) / 2
    offices = sorted(range(len(layout.sizes)), key=lambda office: (abs(office - middle), office))
    chairs = []
    for office in offices:
        first, size = int(layout.first_official[office]), int(layout.sizes[office])
        blocks, lanes, _ = places_of(layout, first, first + size)
        ages = [
            official_at(administration.officials, int(block), int(lane)).age
            for block, lane in zip(blocks, lanes, strict=True)
        ]
        stay = [first + place for place, age in enumerate(ages) if age + years < retirement]
        chairs += stay[: min(PEOPLE_PER_OFFICE, size // 2)]
    return chairs


def office_of(design: Design, post: int) -> int:
    """Return the number of the office that a post belongs to."""
    return int(np.searchsorted(design.setting.layout.first_official, post, side="right") - 1)


def free_orders(world: World) -> NDArray[np.int64]:
    """Return orders under which everybody chooses as the model does."""
    return nobody_ordered(world.design.setting.layout).orders


def orders_for(world: World, ordered: Mapping[int, int]) -> NDArray[np.int64]:
    """Return orders under which some posts do an action each, and all others choose as the model does."""
    orders = free_orders(world)
    for post, action in ordered.items():
        orders[post] = action
    return orders

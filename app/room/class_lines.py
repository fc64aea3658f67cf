"""The class's line on the wall and what it is held against: quarter by quarter, or stretch by stretch where few are in.

Like is held against like: where the class is told by the mean of each stretch, so are the model, the twins and what the
model expects, over the very same decisions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.comparators import QuantileBand, fan_of, pooled, shoes_of, tried_probability
from analysis.rooms.points import came_column
from app.room.game import GameState
from app.room.worlds import Worlds
from model.vocabulary import Action

LEAST_PEOPLE, PEOPLE_FOR_ROUNDS = 5, 15  # below these nothing is shown, or means of stretches only
Shows = Literal["rounds", "acts", "nothing"]


def shows_of(state: GameState, worlds: Worlds) -> Shows:
    """Return how finely the wall may tell of the class, by how many decided where most did."""
    decided = [worlds.posts_decided(state, world) for world in range(len(worlds.worlds))]
    most = max((len(posts) for rounds in decided for posts in rounds), default=0)
    if most < LEAST_PEOPLE:
        return "nothing"
    return "rounds" if most >= PEOPLE_FOR_ROUNDS else "acts"


@dataclass(frozen=True)
class ClassLines:
    """The lines of one world, a value a round; rounds in which fewer than five decided are in none of them."""

    worlds: Worlds
    world: int
    posts: list[list[int]]  # the posts that people decided for, round by round; empty where they were too few
    stretches: list[int]  # in which stretch each round lies, from 0
    shows: Shows

    @property
    def is_told(self) -> bool:
        """Tell whether there is anything to be shown."""
        return any(self.posts)

    @property
    def groups(self) -> list[int] | None:
        """Return which rounds are told together; None if each stands alone."""
        return self.stretches if self.shows == "acts" else None

    def shares(self) -> NDArray[np.float64]:
        """Return the share of the class that tried something new."""
        return self._shares(self._actions(), Action.INNOVATION, self.groups)

    def gain(self) -> NDArray[np.float64]:
        """Return the share that sought private gain, which counts as trying, too: of each stretch."""
        return self._shares(self._actions(), Action.SELF_DEALING, self.stretches)

    def gain_of_model(self) -> NDArray[np.float64]:
        """Return what the model's officials did of that in the same seats: the median of each stretch."""
        done = self.worlds.fan_runs[self.world][:, : len(self.posts)]
        return fan_of(done, self.posts, self.stretches, Action.SELF_DEALING).median

    def twins(self) -> NDArray[np.float64]:
        """Return the share of the twins that tried: the same people, the same luck, the model's choices."""
        rounds = zip(self.worlds.twin_rounds[self.world], self.posts, strict=True)
        actions = [came_column(over.told.came[0, posts], "action").tolist() for over, posts in rounds]
        return self._shares(actions, Action.INNOVATION, self.groups)

    def fan(self) -> QuantileBand:
        """Return the model's fan over the same seats."""
        return fan_of(self.worlds.fan_runs[self.world][:, : len(self.posts)], self.posts, self.groups)

    def shoes(self) -> QuantileBand:
        """Return the band of the share if these people had decided as the model would in their shoes."""
        rounds = zip(self.worlds.rounds[self.world], self.posts, strict=True)
        return shoes_of([tried_probability(over.told.faced[0, posts]) for over, posts in rounds], self.groups)

    def _actions(self) -> list[list[int]]:
        rounds = zip(self.worlds.rounds[self.world], self.posts, strict=True)
        return [[over.ordered[post] for post in posts] for over, posts in rounds]

    def _shares(self, actions: list[list[int]], least: Action, groups: list[int] | None) -> NDArray[np.float64]:
        """Return the share of actions from one on, of each round or of each group of rounds."""
        counted = [[action >= least for action in of_round] for of_round in actions]
        shares = np.array([float(np.mean(of_round)) if of_round else math.nan for of_round in counted])
        return shares if groups is None else pooled(shares, [len(posts) for posts in self.posts], groups)


def lines_of_class(state: GameState, worlds: Worlds, world: int, shows: Shows) -> ClassLines:
    """Return the lines of a world as far as they may be shown."""
    decided = worlds.posts_decided(state, world)
    posts = [of_round if len(of_round) >= LEAST_PEOPLE and shows != "nothing" else [] for of_round in decided]
    stretches = [state.play.stretch_of(number) for number in range(1, len(posts) + 1)]
    return ClassLines(worlds, world, posts, stretches, shows)

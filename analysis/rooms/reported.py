"""What a report tells of one world: the class's line, and all that it is held against."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from analysis.report.elements import Element, Paragraph
from analysis.rooms.class_scenario import class_fan
from analysis.rooms.comparators import Posts, QuantileBand, fan_of, model_runs, pooled
from analysis.rooms.fit import LEAST_PEOPLE, ClassFit
from analysis.rooms.points import came_column
from analysis.rooms.rules_told import letter_of
from analysis.rooms.session import Session
from model.catalogue import Catalogue
from model.vocabulary import Action

MISSING = "–"


class Reported:
    """What a report tells of one world: the class's shares and all that they are held against."""

    def __init__(self, session: Session, world: int, fit: ClassFit | None) -> None:
        design, decided = session.designs[world], session.posts_decided(world)
        self.people = [len(of_round) for of_round in decided]
        # Of fewer than five nobody is told how many of them tried: in no round, whoever decided in others.
        posts = [of_round if len(of_round) >= LEAST_PEOPLE else [] for of_round in decided]
        self.posts, self.runs = posts, model_runs(design)[:, : session.n_rounds]
        self.rounds_told = sum(bool(of_round) for of_round in posts)
        self.shares = shares_of(session, world, posts)
        self.fan = fan_of(self.runs, posts)
        self.twins = twins_of(session, world, posts)
        self.class_fan: QuantileBand | None = None
        if fit is not None and fit.people >= LEAST_PEOPLE:
            self.class_fan = class_fan(design, fit, design.parameters_in(1), posts)

    @property
    def inside(self) -> int:
        """Return in how many rounds the class lies within the model's nine tenths."""
        return int(self.fan.contains(self.shares).sum())


def shares_of(
    session: Session, world: int, posts: Posts, least: Action = Action.INNOVATION
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the share of some posts' people that tried something new, round by round; NaN where there are none."""
    shares = [
        [over.ordered[post] >= least for post in of_round]
        for over, of_round in zip(session.rounds[world], posts, strict=True)
    ]
    return np.array([float(np.mean(tried)) if tried else math.nan for tried in shares])


def twins_of(session: Session, world: int, posts: Posts) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the share of some posts' twins that tried something new, round by round; NaN where there are none."""
    found = []
    for over, of_round in zip(session.twins[world], posts, strict=True):
        tried = came_column(over.told.came[0, list(of_round)], "action") >= Action.INNOVATION
        found.append(float(tried.mean()) if of_round else math.nan)
    return np.array(found)


def gain_told(session: Session, told: Reported, world: int, words: Catalogue) -> list[Element]:
    """Return what of all that was tried was private gain, by rule, where that could be chosen: it counts as trying."""
    design = session.designs[world]
    if design.parameters_in(1).behaviour.self_dealing_open == 0.0:
        return []
    acts = design.act_of_round[: session.n_rounds]
    own = shares_of(session, world, told.posts, Action.SELF_DEALING)
    people = [len(of_round) for of_round in told.posts]
    means = pooled(own, people, acts)
    model = fan_of(told.runs, told.posts, acts, Action.SELF_DEALING).median
    here = [(letter_of(act), acts.index(act)) for act in dict.fromkeys(acts)]
    listed = [
        words.text("rooms.gain_of_rule").format(letter=letter, own=percent(means[at]), model=percent(model[at]))
        for letter, at in here
    ]
    return [Paragraph(words.text("rooms.gain_note").format(rules=words.text("rooms.list_sign").join(listed)))]


def percent(share: float) -> str:
    """Return a share in percent, without decimals: a class is small."""
    return MISSING if math.isnan(share) else f"{100 * share:.0f}%"

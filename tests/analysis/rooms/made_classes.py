"""Made classes: people who decide by the model's form with known parameters, to see whether the fit finds them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.choices import answers_of, choices_of
from analysis.rooms.fit import _SD, centre, natural
from analysis.rooms.points import points_of
from analysis.rooms.session import AFTER, BEFORE, Person, PlayedRound, Session
from analysis.rooms.wall import news_of_offices, wall_of
from analysis.rooms.world import Told, World, chairs_of, free_orders
from app.room.game import COINS
from app.room.plays import ReadPlay, find_play
from model.faced import CAME
from model.parameters import Parameters
from model.rules.choice import probabilities_of
from model.rules.utility import PerAction

BELIEF_SPREAD, ANSWER_SPREAD = 0.2, 0.1


@dataclass(frozen=True)
class MadeClass:
    """A class, and the parameters that its people were made with, on the scales of the fit's estimates."""

    session: Session
    truth: NDArray[np.float64]


@cache
def play(name: str) -> ReadPlay:
    return find_play(name)


def drawn_theta(luck: np.random.Generator, parameters: Parameters) -> NDArray[np.float64]:
    """Return parameters drawn from the fit's priors, within what the model allows."""
    while True:
        theta = centre(parameters) + _SD * luck.standard_normal(len(_SD))
        if natural(theta, parameters)[3:7].min() >= 0.0:
            return theta


def made_class(
    seed: int, people: int, name: str, theta: NDArray[np.float64] | None = None, coin_flippers: bool = False
) -> MadeClass:
    """Return a class that has played a play; without a theta its parameters are drawn from the priors."""
    luck, read = np.random.default_rng(seed), play(name)
    design = read.design_of(0, seed)
    parameters = design.parameters_in(1)
    theta = drawn_theta(luck, parameters) if theta is None else theta
    at = natural(theta, parameters)
    aversions = at[1] * np.exp(parameters.population.loss_aversion_sd * luck.standard_normal(people))
    misses = BELIEF_SPREAD * luck.standard_normal(people)
    world, twin, chairs = World(design), World(design), chairs_of(design)
    seats = tuple(
        Person(place + 1, 0, chairs[place], 1, None, True, "en", False, coins=coins_of(luck, aversions[place], at[7]))
        for place in range(people)
    )
    walls = tuple(wall_of(design, number, read.baseline) for number in range(1, design.rounds + 1))
    session = Session(
        "made", "2026-01", ("one",), (design,), tuple(act.title.en for act in read.play.act), (walls,), ((),), ((),),
        seats, COINS, {"seed": seed, "model_hash": "made"},
    )  # fmt: skip
    for number in range(1, design.rounds + 1):
        actions = chosen(session, world, luck, theta, aversions, number, coin_flippers)
        orders = free_orders(world)
        orders[[person.post for person in seats]] = actions
        ordered = dict(zip((person.post for person in seats), (int(a) for a in actions), strict=True))
        seats = tuple(
            replace(person, choices={**person.choices, number: int(action)})
            for person, action in zip(seats, actions, strict=True)
        )
        played = _round(world, number, orders, ordered)
        of_twin = _round(twin, number, free_orders(twin), {})
        session = replace(
            session, people=seats, rounds=((*session.rounds[0], played),), twins=((*session.twins[0], of_twin),)
        )
    return MadeClass(with_beliefs(session, read, at[2], misses, luck), at)


def _round(world: World, number: int, orders: NDArray[np.int64], ordered: dict[int, int]) -> PlayedRound:
    parameters = world.design.parameters_in(number)
    told = world.play(orders)
    points = points_of(told.faced, told.came, parameters)
    return PlayedRound(told, points, news_of_offices(world.design, told, parameters), ordered)


def coins_of(luck: np.random.Generator, loss_aversion: float, noise: float) -> dict[int, bool]:
    """Return which gambles a person takes."""
    worth = [(0.5 * win - 0.5 * loss_aversion * lose) / 100.0 / noise for win, lose in COINS]
    return {n: bool(luck.random() < 1.0 / (1.0 + math.exp(-min(max(w, -60.0), 60.0)))) for n, w in enumerate(worth)}


def chosen(
    session: Session,
    world: World,
    luck: np.random.Generator,
    theta: NDArray[np.float64],
    aversions: NDArray[np.float64],
    number: int,
    coin_flippers: bool,
) -> NDArray[np.int64]:
    """Return what people choose in a round that is about to be played."""
    coming = Told(world.facing[None], np.zeros((1, world.officials, len(CAME))), np.zeros((1, 1)), np.zeros((1, 1, 1)))
    provisional = PlayedRound(coming, np.zeros((1, world.officials)), [], {})
    asked = replace(
        session,
        rounds=((*session.rounds[0], provisional),),
        people=tuple(replace(person, choices={number: 0}) for person in session.people),
    )
    rows = choices_of(asked)
    actions = np.zeros(len(session.people), dtype=np.int64)
    credence = 1.0 / (1.0 + math.exp(-theta[2]))
    for place in range(len(actions)):
        if coin_flippers:
            actions[place] = luck.integers(0, 2) * 2 if number % 2 else luck.integers(0, 2)
            continue
        utilities = rows.utilities(aversions[place], credence, theta[3], theta[4:7])[place]
        behaviour = session.designs[0].parameters_in(number).behaviour._replace(temperature=math.exp(theta[0]))
        probabilities = np.array(
            probabilities_of(PerAction(*map(float, utilities)), behaviour, float(rows.may_file[place]))
        )
        actions[place] = luck.choice(len(probabilities), p=probabilities / probabilities.sum())
    return actions


def with_beliefs(
    session: Session, read: ReadPlay, credence: float, misses: NDArray[np.float64], luck: np.random.Generator
) -> Session:
    """Return the session with the answers of people to the belief questions of the play."""
    asked = [(number, BEFORE) for number in read.play.beliefs_before] + [(n, AFTER) for n in read.play.beliefs_after]
    keys = [(number, when, question) for number, when in asked for question in ("exempt", "exempt_filed")]
    blank = replace(session, people=tuple(replace(p, beliefs=dict.fromkeys(keys, 0)) for p in session.people))
    model = answers_of(blank)
    people = []
    for place, person in enumerate(session.people):
        mine = model.person == place
        believed = model.at_nothing[mine] + credence * model.at_all[mine] + misses[place]
        believed = believed + ANSWER_SPREAD * luck.standard_normal(len(believed))
        tenths = np.clip(np.round(10 * believed), 0, 10).astype(int)
        people.append(replace(person, beliefs=dict(zip(sorted(keys), (int(t) for t in tenths), strict=True))))
    return replace(session, people=tuple(people))

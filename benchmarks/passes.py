"""Where the time of an official-month goes: each pass of the compiled engine over one jurisdiction, again and again.

A pass is called as the engine calls it, on a workspace that lies in memory instead of on the stack, so that the
compiler can leave nothing out. The sum is not the time of the whole: the engine keeps more in registers from pass to
pass, and has the work of jurisdictions besides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.earlier_edition import EarlierEdition
from model.arrays import (
    AdministrationArrays,
    Layout,
    Moment,
    Seats,
    new_administration,
    new_key,
    seats_in,
    zeros_in_line,
)
from model.compiled import compiled
from model.draws import Key
from model.engines.choosing import (
    N_LANES_IN_VIEW,
    N_WORK,
    actions_are_counted,
    everyone_acts,
    everyone_draws,
    everyone_looks,
    everyone_weighs,
)
from model.engines.ensemble import (
    authorities_respond,
    everyone_learns,
    jurisdictions_look_around,
    jurisdictions_month,
    month_is_summed_up,
    news_goes_round,
    people_arrive,
    policy_takes_force,
)
from model.measures import N_MEASURES
from model.parameters import Parameters, parameters_of_row
from model.policy import setting_of
from model.rules.evidence import News
from model.rules.utility import Circumstances
from model.scenario import Scenario
from model.vocabulary import DEFAULT_SEED

_REPETITIONS = 2_000
_MONTHS_BEFORE = 60  # by then people have learned and some have left


class TimedBlock(NamedTuple):
    """A block in the middle of a run, what holds there, and room to work in."""

    administration: AdministrationArrays
    layout: Layout
    seats: Seats
    key: Key
    circumstances: Circumstances
    parameters: Parameters
    news: News
    work: NDArray[np.float64]
    surroundings: NDArray[np.float64]


@compiled
def _draw(block: TimedBlock, n: int) -> None:
    for month in range(n):
        everyone_draws(block.work, block.administration.posts, block.seats, Moment(block.key, np.uint64(month)))


@compiled
def _look(block: TimedBlock, n: int) -> None:
    for _ in range(n):
        everyone_looks(
            block.work, block.surroundings, block.administration, block.seats, block.circumstances, block.parameters
        )


@compiled
def _weigh(block: TimedBlock, n: int) -> None:
    for _ in range(n):
        everyone_weighs(
            block.work, block.surroundings, block.administration, block.seats, block.circumstances, block.parameters
        )


@compiled
def _act(block: TimedBlock, n: int) -> np.uint64:
    affected = np.uint64(0)
    for _ in range(n):
        affected = everyone_acts(block.work, block.administration, block.seats, block.parameters)
    return affected


@compiled
def _count(block: TimedBlock, n: int) -> None:
    for _ in range(n):
        actions_are_counted(block.work, block.administration, block.seats)


@compiled
def _respond(block: TimedBlock, n: int) -> None:
    affected = everyone_acts(block.work, block.administration, block.seats, block.parameters)
    for month in range(n):
        when = Moment(block.key, np.uint64(month))
        authorities_respond(
            block.administration, block.layout, block.seats, when, affected, block.circumstances, block.parameters
        )


@compiled
def _learn(block: TimedBlock, n: int) -> np.uint64:
    leavers = np.uint64(0)
    for _ in range(n):
        leavers = everyone_learns(block.administration, block.seats, block.news, 1.0, block.parameters)
    return leavers


# The passes of this edition, by the three of the first: what one loop did there, several do here.
PASSES: Mapping[str, Mapping[str, Callable[[TimedBlock, int], object]]] = MappingProxyType(
    {
        "everyone chooses and acts": {
            "draw the luck of the month": _draw,
            "look: what is to be expected": _look,
            "weigh: what every action is worth": _weigh,
            "act, and how it turns out": _act,
            "count actions and care": _count,
        },
        "authorities respond": {"": _respond},
        "everyone hears the news, learns, grows older": {"": _learn},
    }
)


class PassTime(NamedTuple):
    """How long a pass takes for an official and month, in nanoseconds; what the first edition had of it, else NaN."""

    name: str
    part: str  # of the pass; empty for the whole
    earlier: float
    now: float


def pass_times(scenario: Scenario, earlier: EarlierEdition | None, rounds: int = 5) -> list[PassTime]:
    """Return the time of every pass, the best of some turns but the first, in which the editions alternate."""
    officials, jurisdictions = scenario.officials, scenario.n_jurisdictions
    of_earlier, of_now = [], []
    for _ in range(rounds + 1):
        if earlier is not None:
            of_earlier.append(earlier.passes((officials, jurisdictions, _MONTHS_BEFORE, _REPETITIONS)))
        of_now.append([seconds for parts in _seconds_of_passes(blocks_of(scenario)) for seconds in parts])
    months = _REPETITIONS * int(scenario.sizes[0])
    nanoseconds = iter(np.array(of_now[1:]).min(axis=0) * 1e9 / months)
    first = np.array(of_earlier[1:]).min(axis=0) * 1e9 / months if of_earlier else np.full(len(PASSES), np.nan)
    found = []
    for (name, parts), before in zip(PASSES.items(), first, strict=True):
        times = [PassTime(name, part, np.nan, next(nanoseconds)) for part in parts]
        found.append(PassTime(name, "", float(before), sum(time.now for time in times)))
        found += times if len(times) > 1 else []
    return found


def _seconds_of_passes(blocks: list[TimedBlock]) -> Iterator[list[float]]:
    """Yield the seconds of the parts of each pass, over all blocks."""
    for block in blocks:  # what later passes read from the workspace
        for before in (_draw, _look, _weigh, _act):
            before(block, 1)
    for parts in PASSES.values():
        yield [sum(_seconds(run, block) for block in blocks) for run in parts.values()]


def _seconds(run: Callable[[TimedBlock, int], object], block: TimedBlock) -> float:
    started = time.perf_counter()
    run(block, _REPETITIONS)
    return time.perf_counter() - started


def blocks_of(scenario: Scenario) -> list[TimedBlock]:
    """Return the blocks of the first jurisdiction of a scenario's administration after some years."""
    setting = setting_of(replace(scenario, months=_MONTHS_BEFORE))
    layout, policies, key = setting.layout, setting.policies, new_key(DEFAULT_SEED, 0)
    administration, n = new_administration(layout, setting.structure), len(layout.sizes)
    people_arrive(administration, layout, policies, key, 0, n)
    measures = np.zeros(N_MEASURES)
    for month in range(_MONTHS_BEFORE):
        policy_takes_force(administration, layout, policies, month)
        jurisdictions_month(administration, layout, policies, Moment(key, np.uint64(month)), 0, n)
        month_is_summed_up(administration, measures)
    parameters = parameters_of_row(policies.rows[0])
    circumstances = jurisdictions_look_around(administration, 0, parameters)
    news = news_goes_round(administration, 0, parameters)
    return [
        TimedBlock(
            administration,
            layout,
            Seats(*map(int, seats_in(layout, 0, block))),
            key,
            circumstances,
            parameters,
            news,
            zeros_in_line((N_WORK,), np.float64),
            zeros_in_line((N_LANES_IN_VIEW,), np.float64),
        )
        for block in range(int(layout.first_block[1]))
    ]

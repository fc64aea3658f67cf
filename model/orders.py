"""Orders: what people who sit in posts decide, in place of the model's own choice (model.md, 4.11).

Everybody looks, weighs and could choose as always; whoever is under an order then does that instead, with the same
luck, before the authorities respond. An order lays the whole stick of an official's choice on one action, so that all
which follows is the compiled engine's own. A month in which nobody is ordered gives the engine's own bits.

An order to file in a month whose matter is urgent is an order to innovate: the same is done, and there was no time to
file it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import (
    ACTION,
    GENERATION,
    N_TABLE_FIELDS,
    AdministrationArrays,
    Layout,
    Moment,
    Policies,
    Seats,
    new_administration,
    new_key,
    policy_row,
    seats_in,
)
from model.compiled import compiled, fields_of, inlined, put_column, workspace
from model.draws import Key
from model.engines.choosing import (
    N_LANES_IN_VIEW,
    N_WORK,
    PER_ACTION,
    WIDTH,
    actions_are_counted,
    everyone_acts,
    everyone_draws,
    everyone_looks,
    everyone_weighs,
    outlook_at,
)
from model.engines.ensemble import (
    authorities_respond,
    everyone_learns,
    jurisdictions_look_around,
    jurisdictions_take_stock,
    month_is_summed_up,
    newcomers_arrive,
    news_goes_round,
    people_arrive,
    policy_takes_force,
)
from model.engines.surroundings import everyone_looks_around, month_begins
from model.measures import N_MEASURES
from model.parameters import Parameters, parameters_of_row
from model.rules.outcome import done_under_order
from model.rules.utility import Circumstances, PerAction
from model.state import PolicyTables
from model.vocabulary import Action

FREE = -1  # under no order


@inlined
def stick_of_order(action: int) -> PerAction:
    """Return the stick on which every draw falls on one action."""
    return PerAction(
        1.0 if action == Action.INACTION else 0.0,
        1.0 if action == Action.ROUTINE else 0.0,
        1.0 if action == Action.INNOVATION else 0.0,
        1.0 if action == Action.FILED_INNOVATION else 0.0,
        1.0 if action == Action.SELF_DEALING else 0.0,
    )


@inlined
def orders_are_obeyed(work: NDArray[np.float64], orders: NDArray[np.int64], seats: Seats) -> None:
    """Let those in a block who are under an order do what they are ordered, whatever they would have chosen."""
    for lane in range(seats.here):
        order = orders[seats.first + lane]
        if order != FREE:
            action = done_under_order(order, outlook_at(work, lane).may_file)
            put_column(work, PER_ACTION + lane, WIDTH, stick_of_order(action))


@inlined
def everyone_chooses_under_orders(
    administration: AdministrationArrays,
    layout: Layout,
    seats: Seats,
    when: Moment,
    orders: NDArray[np.int64],
    circumstances: Circumstances,
    parameters: Parameters,
) -> np.uint64:
    """Let everyone in a block choose or obey, and see how it turns out; return those to whom something happened."""
    work, view, network = workspace(N_WORK), workspace(N_LANES_IN_VIEW), administration.structure.network
    everyone_draws(work, administration.posts, seats, when)
    everyone_looks_around(network, view, administration, layout, seats, circumstances)
    everyone_looks(work, view, administration, seats, circumstances, parameters)
    everyone_weighs(work, view, administration, seats, circumstances, parameters)
    orders_are_obeyed(work, orders, seats)
    affected = everyone_acts(work, administration, seats, parameters)
    actions_are_counted(work, administration, seats)
    return affected


@compiled
def jurisdiction_month_under_orders(
    administration: AdministrationArrays,
    layout: Layout,
    when: Moment,
    j: int,
    policy: NDArray[np.float64],
    orders: NDArray[np.int64],
) -> None:
    """Take jurisdiction j through one month as the engine does: the same calls, and the orders between them.

    The engine's own month does not ask for orders, since that would cost every sweep; a test holds the two together.
    """
    parameters = parameters_of_row(policy)
    kept = PolicyTables(*fields_of(administration.tables[j], N_TABLE_FIELDS)).memory_kept
    network = administration.structure.network
    administration.counts[j, :] = 0
    month_begins(network, administration, layout, j, when.month)

    circumstances = jurisdictions_look_around(administration, j, parameters)
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        seats = seats_in(layout, j, block)
        affected = everyone_chooses_under_orders(administration, layout, seats, when, orders, circumstances, parameters)
        authorities_respond(administration, layout, seats, when, affected, circumstances, parameters)
    news = news_goes_round(administration, j, parameters)
    for block in range(layout.first_block[j], layout.first_block[j + 1]):
        seats = seats_in(layout, j, block)
        leavers = everyone_learns(administration, seats, news, kept, parameters)
        newcomers_arrive(administration, seats, leavers, when.key, parameters)
    jurisdictions_take_stock(administration, j, circumstances, kept, parameters)


@compiled
def month_under_orders(
    administration: AdministrationArrays,
    layout: Layout,
    policies: Policies,
    when: Moment,
    orders: NDArray[np.int64],
    measures: NDArray[np.float64],
) -> None:
    """Take everybody through one month under orders, (officials,): an action each, or FREE. Fills `measures`.

    Whoever gives the orders sees to it that the actions are open. The policy in force has to be taken over before, by
    `policy_takes_force`.
    """
    for j in range(layout.sizes.shape[0]):
        row = policies.rows[policy_row(policies, int(when.month), j)]
        jurisdiction_month_under_orders(administration, layout, when, j, row, orders)
    month_is_summed_up(administration, measures)


class Standing(NamedTuple):
    """What holds from one month to the next: every post's order, or FREE, and who held the post; (officials,)."""

    orders: NDArray[np.int64]
    generations: NDArray[np.int64]


def nobody_ordered(layout: Layout) -> Standing:
    """Return orders for every post of which none is ordered anything."""
    officials = int(layout.sizes.sum())
    return Standing(np.full(officials, FREE, dtype=np.int64), np.zeros(officials, dtype=np.int64))


@compiled
def round_begins(
    administration: AdministrationArrays, layout: Layout, orders: NDArray[np.int64], standing: Standing
) -> None:
    """Take over the orders given for a round, and note who holds the posts."""
    for j in range(layout.sizes.shape[0]):
        for block in range(layout.first_block[j], layout.first_block[j + 1]):
            seats = seats_in(layout, j, block)
            for lane in range(seats.here):
                standing.orders[seats.first + lane] = orders[seats.first + lane]
                standing.generations[seats.first + lane] = administration.posts[block, GENERATION + lane]


@compiled
def choices_are_held(administration: AdministrationArrays, layout: Layout, standing: Standing) -> None:
    """Let the orders of a month stand for the next: who was free keeps to what it did, whoever is new is free."""
    for j in range(layout.sizes.shape[0]):
        for block in range(layout.first_block[j], layout.first_block[j + 1]):
            seats = seats_in(layout, j, block)
            for lane in range(seats.here):
                post, generation = seats.first + lane, administration.posts[block, GENERATION + lane]
                if generation != standing.generations[post]:
                    standing.orders[post] = FREE
                elif standing.orders[post] == FREE:
                    standing.orders[post] = administration.posts[block, ACTION + lane]
                standing.generations[post] = generation


@compiled
def run_with_choices_held(
    administration: AdministrationArrays,
    layout: Layout,
    policies: Policies,
    key: Key,
    months_held: int,
    nobody: NDArray[np.int64],
    standing: Standing,
    measures: NDArray[np.float64],
    done: NDArray[np.int8],
) -> None:
    """Simulate a whole run in which all hold a choice for so many months and nobody is ordered anything.

    Fills `done`, shape (months, officials), with what the holder of each post did. `nobody` is FREE for everybody;
    `standing` and `measures`, (N_MEASURES,), are memory to work in.
    """
    n = layout.sizes.shape[0]
    administration.national[:] = 0.0
    people_arrive(administration, layout, policies, key, 0, n)
    for month in range(done.shape[0]):
        if month % months_held == 0:
            round_begins(administration, layout, nobody, standing)
        policy_takes_force(administration, layout, policies, month)
        month_under_orders(administration, layout, policies, Moment(key, np.uint64(month)), standing.orders, measures)
        for j in range(n):
            for block in range(layout.first_block[j], layout.first_block[j + 1]):
                seats = seats_in(layout, j, block)
                for lane in range(seats.here):
                    done[month, seats.first + lane] = administration.posts[block, ACTION + lane]
        choices_are_held(administration, layout, standing)


def runs_with_choices_held(
    layout: Layout, policies: Policies, seed: int, runs: range, months: int, months_held: int
) -> NDArray[np.int8]:
    """Return what every official did in every month of some runs, shape (runs, months, officials)."""
    standing, nobody = nobody_ordered(layout), nobody_ordered(layout).orders
    done = np.empty((len(runs), months, len(nobody)), dtype=np.int8)
    administration, measures = new_administration(layout), np.zeros(N_MEASURES)
    for place, run in enumerate(runs):
        key = new_key(seed, run)
        run_with_choices_held(
            administration, layout, policies, key, months_held, nobody, standing, measures, done[place]
        )
    return done

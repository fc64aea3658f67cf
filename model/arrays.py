"""The memory of the compiled engines: plain contiguous arrays, handed to compiled code by the caller.

Officials lie in blocks of `LANES`, a field after the other, so that the compiler can work on several of them at once.
The officials of a jurisdiction fill its own blocks; the last one may hold empty places, which count for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import NUMBERS_AT_ONCE, chosen_by_tag, column_of, compiled, inlined, put_column
from model.draws import Key, trait_luck
from model.measures import N_MEASURES
from model.parameters import Parameters
from model.rules.decision import RULE_OF_TAG, memory_at_start, rule_of
from model.rules.decision.decision_rule import DecisionRule, Memory, NoMemory
from model.rules.decision.expected_utility import ExpectedUtility
from model.rules.network import Complete, network_of, number_of_ties
from model.state import JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import N_COUNTS

_CACHE_LINE = 8  # numbers of 8 bytes
LANES = 64  # so that a set of lanes is a whole number of 64 bits
N_OFFICIAL_FIELDS = len(OfficialState._fields)
N_JURISDICTION_FIELDS = len(JurisdictionState._fields)
N_TABLE_FIELDS = len(PolicyTables._fields)
N_NATIONAL_FIELDS = len(National._fields)

# The fields that a month changes stand last. A case changes those from the bar on promotion to the evidence.
FIRST_CHANGING_FIELD = OfficialState._fields.index("age")
FIRST_FIELD_OF_A_CASE = OfficialState._fields.index("freeze_months")
END_OF_FIELDS_OF_A_CASE = OfficialState._fields.index("exemption_denied_unfiled") + 1

# Where the lanes of the whole numbers kept for every post begin in a block of `posts`.
GENERATION = 0 * LANES
ACTION = 1 * LANES
OUTCOME = 2 * LANES
LEAVES = 3 * LANES
N_POST_FIELDS = 4

# What stands in the place LEAVES at the end of a month.
STAYS = 0
REMOVED = 1
RETIRES = 2


class Layout(NamedTuple):
    """Who sits where: constant over a run. J jurisdictions, `first_block` has J + 1 places, the rest J."""

    sizes: NDArray[np.int64]
    first_block: NDArray[np.int64]
    first_official: NDArray[np.int64]
    spread_position: NDArray[np.float64]


class Seats(NamedTuple):
    """The posts of jurisdiction j in one block: the number of the first, and how many there are."""

    j: int
    block: int
    first: int
    here: int


class Policies(NamedTuple):
    """The policy in force: `rows` (R, N_PARAMETERS) of values, and which of them holds when and where.

    `row_of` has shape (months, J), or (months, 1) where all jurisdictions follow one policy.
    """

    rows: NDArray[np.float64]
    row_of: NDArray[np.int64]


class Moment(NamedTuple):
    """Which run, which month."""

    key: Key
    month: np.uint64


class Structure(NamedTuple):
    """What code officials run by: the tags of the rule by which they decide and of the network in which they see."""

    rule: Any
    network: Any


BY_DEFAULT = Structure(ExpectedUtility(), Complete())

# The rows of what posts show to others in a network that is not complete.
LAST_ACTION = 0  # of last month; -1 before the first
EVENTS = 1  # of this month, as `events_of` has them
BLAME = 2  # what a superior passed down this month, as `blame_code` has it; 0 if nothing
N_SEEN = 3


class AdministrationArrays(NamedTuple):
    """All that changes: B blocks of officials, J jurisdictions, what was counted last, what all know of each other.

    There is nothing in the memories, in what posts show and in the ties where the rule and the network have no use for
    them. With the tags of these two, compiled code is made for the rule and the network at hand.
    """

    officials: NDArray[np.float64]  # (B, N_OFFICIAL_FIELDS * LANES)
    posts: NDArray[np.int64]  # (B, N_POST_FIELDS * LANES)
    jurisdictions: NDArray[np.float64]  # (J, N_JURISDICTION_FIELDS)
    tables: NDArray[np.float64]  # (J, N_TABLE_FIELDS)
    counts: NDArray[np.int64]  # (J, N_COUNTS)
    measures: NDArray[np.float64]  # (J, N_MEASURES)
    total: NDArray[np.int64]  # (N_COUNTS,)
    national: NDArray[np.float64]  # (N_NATIONAL_FIELDS,)
    memories: NDArray[np.float64]  # (B or 0, numbers kept in mind * LANES)
    seen: NDArray[np.int64]  # (N_SEEN, N or 0)
    ties: NDArray[np.int32]  # (N or 0, posts that one sees)
    structure: Structure


def structure_of(parameters: Parameters) -> Structure:
    """Return the tags of the rule and the network that parameters name."""
    return Structure(rule_of(parameters), network_of(parameters))


def zeros_in_line(shape: tuple[int, ...], dtype: type) -> NDArray[Any]:
    """Return an array of zeros, of numbers of 8 bytes, that begins where a line of the processor's cache does.

    A vector that lies across two lines takes two turns, and NumPy promises 16 bytes only.
    """
    n = math.prod(shape)
    room: NDArray[Any] = np.zeros(n + _CACHE_LINE, dtype=dtype)
    first = -room.ctypes.data // 8 % _CACHE_LINE
    return room[first : first + n].reshape(shape)


def new_administration(layout: Layout, structure: Structure = BY_DEFAULT) -> AdministrationArrays:
    """Return the memory of an administration laid out so, all zero: compiled code fills it."""
    n_blocks, n_jurisdictions = int(layout.first_block[-1]), len(layout.sizes)
    n_kept = RULE_OF_TAG[type(structure.rule)].memory_size
    n_posts = 0 if isinstance(structure.network, Complete) else int(layout.sizes.sum())
    n_ties = number_of_ties(structure.network)
    ties = (n_posts if n_ties else 0, n_ties)
    return AdministrationArrays(
        zeros_in_line((n_blocks, N_OFFICIAL_FIELDS * LANES), np.float64),
        zeros_in_line((n_blocks, N_POST_FIELDS * LANES), np.int64),
        np.zeros((n_jurisdictions, N_JURISDICTION_FIELDS)),
        np.zeros((n_jurisdictions, N_TABLE_FIELDS)),
        np.zeros((n_jurisdictions, N_COUNTS), dtype=np.int64),
        np.zeros((n_jurisdictions, N_MEASURES)),
        np.zeros(N_COUNTS, dtype=np.int64),
        np.zeros(N_NATIONAL_FIELDS),
        zeros_in_line((n_blocks if n_kept else 0, n_kept * LANES), np.float64),
        np.zeros((N_SEEN, n_posts), dtype=np.int64),
        np.zeros(ties, dtype=np.int32),
        structure,
    )


def new_key(seed: int, run: int) -> Key:
    """Return the key of the draws of a run; both numbers lie in [0, 2**32)."""
    return Key(np.uint64(seed), np.uint64(run))


@inlined
def seats_in(layout: Layout, j: int, block: int) -> Seats:
    """Return the posts of jurisdiction j in a block."""
    before = (block - layout.first_block[j]) * LANES
    return Seats(j, block, layout.first_official[j] + before, min(layout.sizes[j] - before, LANES))


@inlined
def lanes_for(n: int) -> int:
    """Return how many lanes to work on for n officials: those of whole vectors."""
    return (n + NUMBERS_AT_ONCE - 1) // NUMBERS_AT_ONCE * NUMBERS_AT_ONCE


@compiled
def policy_row(policies: Policies, month: int, j: int) -> int:
    """Return which row of `policies.rows` holds in a month for jurisdiction j."""
    row: int = policies.row_of[month, j if policies.row_of.shape[1] > 1 else 0]
    return row


@inlined
def official_at(officials: NDArray[np.float64], block: int, lane: int) -> OfficialState:
    """Return the state of the official in a place."""
    return OfficialState(*column_of(officials[block], lane, LANES, N_OFFICIAL_FIELDS))


@inlined
def put_official(officials: NDArray[np.float64], block: int, lane: int, official: OfficialState) -> None:
    """Store the state of an official in a place."""
    put_column(officials[block], lane, LANES, official)


def _reader(rule: DecisionRule) -> Callable[..., Memory]:
    """Return the function that reads the memory of a rule; it is compiled where it is called."""
    of_rule, n = rule.memory, rule.memory_size

    def nothing(tag: Any, memories: NDArray[np.float64], block: int, lane: int) -> Memory:
        return NoMemory(0.0)

    def memory(tag: Any, memories: NDArray[np.float64], block: int, lane: int) -> Memory:
        return of_rule(*column_of(memories[block], lane, LANES, n))

    return memory if n else nothing


def _writer(rule: DecisionRule) -> Callable[..., None]:
    """Return the function that stores the memory of a rule; it is compiled where it is called."""

    def nothing(tag: Any, memories: NDArray[np.float64], block: int, lane: int, memory: Memory) -> None:
        pass

    def put(tag: Any, memories: NDArray[np.float64], block: int, lane: int, memory: Memory) -> None:
        put_column(memories[block], lane, LANES, memory)

    return put if rule.memory_size else nothing


def _starter(rule: DecisionRule) -> Callable[..., None]:
    """Return the function that stores what a newcomer keeps in mind; it is compiled where it is called."""

    def nothing(
        tag: Any,
        memories: NDArray[np.float64],
        place: tuple[int, int],
        key: Key,
        post: Any,
        generation: Any,
        of: Parameters,
    ) -> None:
        pass

    def put(
        tag: Any,
        memories: NDArray[np.float64],
        place: tuple[int, int],
        key: Key,
        post: Any,
        generation: Any,
        of: Parameters,
    ) -> None:
        memory = memory_at_start(tag, trait_luck(key, post, generation).threshold, of)
        put_column(memories[place[0]], place[1], LANES, memory)

    return put if rule.memory_size else nothing


@chosen_by_tag({tag: _reader(rule) for tag, rule in RULE_OF_TAG.items()})
def memory_at(rule: Any, memories: NDArray[np.float64], block: int, lane: int) -> Memory:
    """Return what the official in a place keeps in mind for the rule by which it decides."""
    raise NotImplementedError


@chosen_by_tag({tag: _writer(rule) for tag, rule in RULE_OF_TAG.items()})
def put_memory(rule: Any, memories: NDArray[np.float64], block: int, lane: int, memory: Memory) -> None:
    """Store what the official in a place keeps in mind."""
    raise NotImplementedError


@chosen_by_tag({tag: _starter(rule) for tag, rule in RULE_OF_TAG.items()})
def memory_begins(
    rule: Any,
    memories: NDArray[np.float64],
    place: tuple[int, int],
    key: Key,
    post: np.uint64,
    generation: np.uint64,
    of: Parameters,
) -> None:
    """Store what an official keeps in mind who has just arrived; `place` is its block and its lane."""
    raise NotImplementedError


@compiled
def put_row(row: NDArray[np.float64], values: tuple[float, ...]) -> None:
    """Store the fields of a tuple of numbers in a row."""
    for field in range(len(values)):
        row[field] = values[field]


def places_of(layout: Layout, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the block, the lane and the jurisdiction of officials first to last - 1, numbered from 0."""
    officials = np.arange(first, last, dtype=np.int64)
    jurisdictions = np.searchsorted(layout.first_official, officials, side="right") - 1
    place = officials - layout.first_official[jurisdictions]
    return layout.first_block[jurisdictions] + place // LANES, place % LANES, jurisdictions

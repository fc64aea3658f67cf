"""The memory of the compiled engines: plain contiguous arrays, handed to compiled code by the caller.

Officials lie in blocks of `LANES`, a field after the other, so that the compiler can work on several of them at once.
The officials of a jurisdiction fill its own blocks; the last one may hold empty places, which count for nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled, inlined
from model.draws import Key
from model.measures import N_MEASURES
from model.state import JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import N_COUNTS

LANES = 16
N_OFFICIAL_FIELDS = len(OfficialState._fields)
N_JURISDICTION_FIELDS = len(JurisdictionState._fields)
N_TABLE_FIELDS = len(PolicyTables._fields)
N_NATIONAL_FIELDS = len(National._fields)

# Where the lanes of the fields that a month changes in everybody begin in a block.
AGE = OfficialState._fields.index("age") * LANES
FREEZE_MONTHS = OfficialState._fields.index("freeze_months") * LANES
ACCOUNTABILITY_SEEN = OfficialState._fields.index("accountability_seen") * LANES
ACCOUNTABILITY_SPARED = OfficialState._fields.index("accountability_spared") * LANES
EXEMPTION_SEEN = OfficialState._fields.index("exemption_seen") * LANES
EXEMPTION_DENIED = OfficialState._fields.index("exemption_denied") * LANES
INACTION_SHARE = OfficialState._fields.index("inaction_share") * LANES

# Where the lanes of the whole numbers kept for every post begin in a block of `posts`.
GENERATION = 0 * LANES
ACTION = 1 * LANES
OUTCOME = 2 * LANES
LEAVES = 3 * LANES
N_POST_FIELDS = 4

# What stands in the place LEAVES at the end of a month.
STAYS = 0
DISMISSED = 1
RETIRES = 2


class Layout(NamedTuple):
    """Who sits where: constant over a run. J jurisdictions, `first_block` has J + 1 places, the rest J."""

    sizes: NDArray[np.int64]
    first_block: NDArray[np.int64]
    first_official: NDArray[np.int64]
    spread_position: NDArray[np.float64]


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


class Administration(NamedTuple):
    """All that changes: B blocks of officials, J jurisdictions, what was counted last, what all know of each other."""

    officials: NDArray[np.float64]  # (B, N_OFFICIAL_FIELDS * LANES)
    posts: NDArray[np.int64]  # (B, N_POST_FIELDS * LANES)
    jurisdictions: NDArray[np.float64]  # (J, N_JURISDICTION_FIELDS)
    tables: NDArray[np.float64]  # (J, N_TABLE_FIELDS)
    counts: NDArray[np.int64]  # (J, N_COUNTS)
    measures: NDArray[np.float64]  # (J, N_MEASURES)
    total: NDArray[np.int64]  # (N_COUNTS,)
    national: NDArray[np.float64]  # (N_NATIONAL_FIELDS,)


def new_administration(layout: Layout) -> Administration:
    """Return the memory of an administration laid out so, all zero: compiled code fills it."""
    n_blocks, n_jurisdictions = int(layout.first_block[-1]), len(layout.sizes)
    return Administration(
        np.zeros((n_blocks, N_OFFICIAL_FIELDS * LANES)),
        np.zeros((n_blocks, N_POST_FIELDS * LANES), dtype=np.int64),
        np.zeros((n_jurisdictions, N_JURISDICTION_FIELDS)),
        np.zeros((n_jurisdictions, N_TABLE_FIELDS)),
        np.zeros((n_jurisdictions, N_COUNTS), dtype=np.int64),
        np.zeros((n_jurisdictions, N_MEASURES)),
        np.zeros(N_COUNTS, dtype=np.int64),
        np.zeros(N_NATIONAL_FIELDS),
    )


def new_key(seed: int, run: int) -> Key:
    """Return the key of the draws of a run; both numbers lie in [0, 2**32)."""
    return Key(np.uint64(seed), np.uint64(run))


@compiled
def policy_row(policies: Policies, month: int, j: int) -> int:
    """Return which row of `policies.rows` holds in a month for jurisdiction j."""
    row: int = policies.row_of[month, j if policies.row_of.shape[1] > 1 else 0]
    return row


@inlined
def official_at(officials: NDArray[np.float64], block: int, lane: int) -> OfficialState:
    """Return the state of the official in a place."""
    return OfficialState(
        officials[block, lane],
        officials[block, LANES + lane],
        officials[block, 2 * LANES + lane],
        officials[block, 3 * LANES + lane],
        officials[block, 4 * LANES + lane],
        officials[block, 5 * LANES + lane],
        officials[block, 6 * LANES + lane],
        officials[block, 7 * LANES + lane],
        officials[block, 8 * LANES + lane],
        officials[block, 9 * LANES + lane],
        officials[block, 10 * LANES + lane],
        officials[block, 11 * LANES + lane],
    )


@compiled
def put_official(officials: NDArray[np.float64], block: int, lane: int, official: OfficialState) -> None:
    """Store the state of an official in a place."""
    for field in range(N_OFFICIAL_FIELDS):
        officials[block, field * LANES + lane] = official[field]


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

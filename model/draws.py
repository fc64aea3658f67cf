"""Random draws, addressed rather than consumed: Philox 4x32-10 (Salmon et al. 2011).

A draw is a function of (seed, run, official, generation, month, purpose) and of nothing else. So every official has
the same luck under every policy and in every engine, on any number of workers, and adding a draw or an official
changes nobody else's. A purpose is a block of four 32-bit words and one word in it; which they are is written here and
nowhere else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.compiled import compiled, inlined
from model.numerics import uniform_of_word

_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_LOW_WORD = np.uint64(0xFFFFFFFF)
_WORD_BITS = np.uint64(32)
_ROUNDS = 10

# Blocks of purposes. A trait belongs to a person, not to a month, so its month is 0 whenever the person takes office.
_BLOCK_OF_THE_MONTH = np.uint64(0)
_BLOCK_OF_A_CASE = np.uint64(1)
_BLOCK_OF_TRAITS = np.uint64(2)
_BLOCK_OF_MORE_TRAITS = np.uint64(3)
_BLOCK_OF_ROOMS = np.uint64(4)  # words 2 and 3 are free
_NO_MONTH = np.uint64(0)

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


class Key(NamedTuple):
    """Which run of which experiment: both below 2**32."""

    seed: np.uint64
    run: np.uint64


class MonthLuck(NamedTuple):
    """An official's luck this month, uniforms on (0, 1): what it takes up, how that turns out, whether it is urgent.

    `innovation` decides how an innovation turns out; `duty` how inaction and routine do, of which there is one at most.
    """

    choice: float
    innovation: float
    duty: float
    urgency: float


class CaseLuck(NamedTuple):
    """An official's luck with the authorities this month, uniforms on (0, 1)."""

    detection: float
    pursuit: float
    exemption: float
    rung: float


class TraitLuck(NamedTuple):
    """What a person is born with, uniforms on (0, 1), one for each trait."""

    competence: float
    loss_aversion: float
    public_service_motivation: float
    ambition: float
    integrity: float
    age: float


@inlined
def philox(counter: Words, key: tuple[np.uint64, np.uint64]) -> Words:
    """Return four random 32-bit words (in uint64) for a counter of four words and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        product_0 = c0 * _MULTIPLIER_0
        product_1 = c2 * _MULTIPLIER_1
        c0 = (product_1 >> _WORD_BITS) ^ c1 ^ k0
        c1 = product_1 & _LOW_WORD
        c2 = (product_0 >> _WORD_BITS) ^ c3 ^ k1
        c3 = product_0 & _LOW_WORD
        k0 = (k0 + _WEYL_0) & _LOW_WORD
        k1 = (k1 + _WEYL_1) & _LOW_WORD
    return c0, c1, c2, c3


@inlined
def month_luck(key: Key, official: np.uint64, generation: np.uint64, month: np.uint64) -> MonthLuck:
    """Return the luck of an official's month; `official` is the number of the post, `generation` that of its holder."""
    w0, w1, w2, w3 = philox((official, generation, month, _BLOCK_OF_THE_MONTH), (key.seed, key.run))
    return MonthLuck(uniform_of_word(w0), uniform_of_word(w1), uniform_of_word(w2), uniform_of_word(w3))


@inlined
def case_luck(key: Key, official: np.uint64, generation: np.uint64, month: np.uint64) -> CaseLuck:
    """Return the luck with the authorities, drawn apart because only some officials have to do with them in a month."""
    w0, w1, w2, w3 = philox((official, generation, month, _BLOCK_OF_A_CASE), (key.seed, key.run))
    return CaseLuck(uniform_of_word(w0), uniform_of_word(w1), uniform_of_word(w2), uniform_of_word(w3))


@compiled
def trait_luck(key: Key, official: np.uint64, generation: np.uint64) -> TraitLuck:
    """Return what the generation-th holder of a post is born with, the same under every policy."""
    w0, w1, w2, w3 = philox((official, generation, _NO_MONTH, _BLOCK_OF_TRAITS), (key.seed, key.run))
    w4, w5, _, _ = philox((official, generation, _NO_MONTH, _BLOCK_OF_MORE_TRAITS), (key.seed, key.run))
    return TraitLuck(
        uniform_of_word(w0),
        uniform_of_word(w1),
        uniform_of_word(w2),
        uniform_of_word(w3),
        uniform_of_word(w4),
        uniform_of_word(w5),
    )


@compiled
def room_luck(key: Key, official: np.uint64, generation: np.uint64, month: np.uint64) -> float:
    """Return the luck, uniform on (0, 1), that decides whether an official's case becomes known to people in a room."""
    made_known, _, _, _ = philox((official, generation, month, _BLOCK_OF_ROOMS), (key.seed, key.run))
    luck: float = uniform_of_word(made_known)
    return luck


@compiled
def coin_luck(key: Key, official: np.uint64, number: np.uint64) -> float:
    """Return the luck, uniform on (0, 1), of a coin that a person tosses for points; coins are numbered from 0."""
    _, tossed, _, _ = philox((official, number, _NO_MONTH, _BLOCK_OF_ROOMS), (key.seed, key.run))
    luck: float = uniform_of_word(tossed)
    return luck

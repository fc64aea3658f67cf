"""Careers: what an official still hopes for, growing older, and what one has done (model.md, 4.1, 4.9 and 8)."""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import inlined
from model.numerics import float_of_whole, whole_of
from model.parameters import HABIT_MONTHS, HISTORY_MONTHS, LAZY_MONTHS, MONTHS_PER_YEAR, Career
from model.state import OfficialState

_ALL_HISTORIES = 2.0**HISTORY_MONTHS
_EVERY_OTHER_BIT = 0x555555
_EVERY_OTHER_PAIR = 0x333333
_FOUR_BITS = 0xF


@inlined
def horizon(age: float, freeze_months: float, career: Career) -> float:
    """Return how much of a career lies ahead, 1 to 0: none while promotion is barred, ever less above the ceiling.

    Source: the promotion ceiling of Chinese cadres (china_retirement_rules).
    """
    span = career.retirement_age - career.ceiling_age
    # A factor that is the same for all is worked out once, a quotient for each.
    fading = (career.retirement_age - age) * (1.0 / span) if age > career.ceiling_age else 1.0
    ahead = fading if fading > 0.0 else 0.0
    return 0.0 if freeze_months > 0.0 else ahead


@inlined
def drive(official: OfficialState, career: Career) -> float:
    """Return the utility of one full success: ambition as far as a career lies ahead, and motivation to serve."""
    hope = official.ambition * horizon(official.age, official.freeze_months, career)
    return hope + official.public_service_motivation


@inlined
def age_after(age: float) -> float:
    """Return the age a month later, in years."""
    return age + 1.0 / MONTHS_PER_YEAR


@inlined
def freeze_after(freeze_months: float) -> float:
    """Return the months for which promotion stays barred, a month later."""
    return freeze_months - 1.0 if freeze_months > 1.0 else 0.0


@inlined
def inaction_history_after(history: float, is_inactive: float) -> float:
    """Return the history of inaction with one more month, the oldest forgotten; `is_inactive` is 1 or 0."""
    longer = 2.0 * history + is_inactive
    return longer - _ALL_HISTORIES if longer >= _ALL_HISTORIES else longer


class InactiveMonths(NamedTuple):
    """In how many of the last twelve months an official was inactive, and in how many of the twelve before."""

    last_year: int
    year_before: int


@inlined
def inactive_months(history: float) -> InactiveMonths:
    """Return how often each year's bits are set in a history of inaction, a bit a month."""
    bits = whole_of(history)
    # Bits are added up in pairs, then in fours; three fours are a year, and no sum of three overflows its four bits.
    pairs = bits - ((bits >> 1) & _EVERY_OTHER_BIT)
    fours = (pairs & _EVERY_OTHER_PAIR) + ((pairs >> 2) & _EVERY_OTHER_PAIR)
    newest = (fours + (fours >> 4) + (fours >> 8)) & _FOUR_BITS
    oldest = ((fours >> 12) + (fours >> 16) + (fours >> 20)) & _FOUR_BITS
    return InactiveMonths(newest, oldest)


@inlined
def own_inaction(history: float) -> float:
    """Return the share of the last twelve months in which an official was inactive."""
    return float_of_whole(inactive_months(history).last_year) * (1.0 / HABIT_MONTHS)


@inlined
def is_lazy(inactive: int) -> int:
    """Return 1 for one who was inactive in so many of twelve months that it is more than a lapse (懒政), else 0."""
    return 1 if inactive > LAZY_MONTHS else 0

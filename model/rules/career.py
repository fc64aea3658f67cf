"""Careers: what an official still hopes for, and growing older (model.md, 4.1 and 4.9)."""

from __future__ import annotations

from model.compiled import inlined
from model.parameters import INACTION_WINDOW_MONTHS, MONTHS_PER_YEAR, Career
from model.state import OfficialState


@inlined
def horizon(age: float, freeze_months: float, career: Career) -> float:
    """Return how much of a career lies ahead, 1 to 0: none while promotion is barred, ever less above the ceiling.

    Source: the promotion ceiling of Chinese cadres (china_retirement_rules).
    """
    span = career.retirement_age - career.ceiling_age
    fading = (career.retirement_age - age) / span if age > career.ceiling_age else 1.0
    ahead = fading if fading > 0.0 else 0.0
    return 0.0 if freeze_months > 0.0 else ahead


@inlined
def drive(official: OfficialState, career: Career) -> float:
    """Return the utility of one full success: ambition as far as a career lies ahead, and motivation to serve."""
    hope = official.ambition * horizon(official.age, official.freeze_months, career)
    return hope + official.public_service_motivation


@inlined
def inaction_share_after(inaction_share: float, is_inactive: float) -> float:
    """Return the exponential mean of own inaction after one more month; `is_inactive` is 1 or 0."""
    return inaction_share + 2.0 / (INACTION_WINDOW_MONTHS + 1.0) * (is_inactive - inaction_share)


@inlined
def age_after(age: float) -> float:
    """Return the age a month later, in years."""
    return age + 1.0 / MONTHS_PER_YEAR


@inlined
def freeze_after(freeze_months: float) -> float:
    """Return the months for which promotion stays barred, a month later."""
    return freeze_months - 1.0 if freeze_months > 1.0 else 0.0

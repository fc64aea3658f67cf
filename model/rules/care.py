"""Care (尽职): how much effort goes into not being negligent (model.md, 4.4).

Care q in [0, 1] costs cost * q**2 / 2 and saves its share of what negligence puts at stake; so the best care is in
closed form, and nothing has to be searched for.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import inlined


class Care(NamedTuple):
    """What negligence puts at stake (utility, if no care at all is taken), and the care that is best."""

    stake: float
    level: float


@inlined
def best_care(stake: float, cost: float) -> Care:
    """Return the care at which one more effort costs what it saves, or full care."""
    level = stake / cost
    return Care(stake, level if level < 1.0 else 1.0)


@inlined
def care_value(care: Care, cost: float) -> float:
    """Return what the best care is worth, utility: what it saves less what it costs."""
    return care.level * care.stake - cost * care.level * care.level * 0.5

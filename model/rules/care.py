"""Care (尽职): how much effort goes into not being negligent (model.md, 4.4).

Care q in [0, 1] costs cost * q**2 / 2 and saves its share of the stake: what negligence loses, in utility, where no
care at all is taken. So the best care is in closed form, and nothing has to be searched for.
"""

from __future__ import annotations

from model.compiled import inlined


@inlined
def best_care(stake: float, cost: float) -> float:
    """Return the care at which one more effort costs what it saves, or full care (1)."""
    level = stake * (1.0 / cost)
    return level if level < 1.0 else 1.0


@inlined
def care_value(stake: float, care: float, cost: float) -> float:
    """Return what care is worth, utility: what it saves less what it costs."""
    return care * stake - cost * care * care * 0.5

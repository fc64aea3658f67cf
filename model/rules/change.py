"""Changes of policy in time (model.md, 7)."""

from __future__ import annotations

from model.compiled import compiled


@compiled
def strength_of(month: int, first: float, until: float, phase_in_months: float) -> float:
    """Return how far a change is in force, 0 to 1: n / N in the n-th of N months of phase-in, 0 from `until` on."""
    if month < first or month >= until:
        return 0.0
    return min(1.0, (month - first + 1.0) / max(1.0, phase_in_months))

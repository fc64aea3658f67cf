"""The public of a jurisdiction (model.md, 4.10): failures weigh more than successes (weaver_1986)."""

from __future__ import annotations

from model.compiled import compiled
from model.parameters import Public


@compiled
def public_tolerance_after(tolerance: float, share_successes: float, share_failures: float, public: Public) -> float:
    """Return the public's tolerance of failure a month later, in [0, 1]; the shares are per official."""
    drawn_back = public.reversion * (public.tolerance - tolerance)
    moved = public.gain_success * share_successes - public.loss_failure * share_failures
    return min(max(tolerance + drawn_back + moved, 0.0), 1.0)

"""The public of a jurisdiction (model.md, 4.10): failures weigh more than successes (weaver_1986)."""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import compiled
from model.parameters import Exemption, Public


class Felt(NamedTuple):
    """What the public of a jurisdiction sees in a month, per official."""

    successes: float
    negligent_failures: float
    honest_failures: float
    honest_exemptions: float


@compiled
def honest_failures_left(failures: float, exemptions: float, exemption: Exemption) -> float:
    """Return the honest failures less those that were put right (纠错) because they were exempted."""
    return failures - exemption.correction * exemptions


@compiled
def public_tolerance_after(tolerance: float, felt: Felt, public: Public, exemption: Exemption) -> float:
    """Return the public's tolerance of failure a month later, in [0, 1].

    Negligence is held against officials in full; an honest failure as far as the public does not tell it apart.
    """
    left = honest_failures_left(felt.honest_failures, felt.honest_exemptions, exemption)
    resented = felt.negligent_failures + (1.0 - public.objectivity) * left
    drawn_back = public.reversion * (public.tolerance - tolerance)
    moved = public.gain_success * felt.successes - public.loss_failure * resented
    return min(max(tolerance + drawn_back + moved, 0.0), 1.0)


@compiled
def nerve(public_tolerance: float, public: Public, exemption: Exemption) -> float:
    """Return how far reviewers dare to exempt, 1 to 0: the less, the angrier the public is than usual."""
    return min(max(1.0 - exemption.caution * (public.tolerance - public_tolerance), 0.0), 1.0)

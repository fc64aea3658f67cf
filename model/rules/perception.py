"""Perception: what officials believe of accountability, exemption and sanctions (model.md, 4.2).

Beliefs start from what is announced, held with the strength of so many cases, and move with the cases seen: the mean
of a beta distribution (anwar_loughran_2011).
"""

from __future__ import annotations

from model.compiled import compiled, inlined
from model.parameters import Accountability, Behaviour, Public


@inlined
def belief(announced: float, prior_strength: float, evidence_for: float, evidence_against: float) -> float:
    """Return a believed probability from what is announced, weighing `prior_strength` cases, and the evidence seen."""
    return (prior_strength * announced + evidence_for) / (prior_strength + evidence_for + evidence_against)


@compiled
def announced_accountability(accountability: Accountability, public: Public) -> float:
    """Return the probability of being pursued for a failure that officials expect before they have seen any case."""
    return accountability.certainty * (1.0 - public.tolerance_weight * public.tolerance)


@compiled
def announced_exemption(behaviour: Behaviour, exempt_honest: float) -> float:
    """Return the probability of exemption that officials expect at first: that of honest cases, as far as they believe
    it.
    """
    return behaviour.credence * exempt_honest


@compiled
def negligence_ratio(exempt_negligence: float, exempt_honest: float) -> float:
    """Return how much likelier a negligent case is let off than an honest one; 0 where nobody honest is."""
    return exempt_negligence / exempt_honest if exempt_honest > 0.0 else 0.0


@inlined
def perceived_negligence_exemption(perceived_exemption: float, ratio: float) -> float:
    """Return the believed probability that a negligent case is let off: in proportion to that of an honest one."""
    believed = perceived_exemption * ratio
    return believed if believed < 1.0 else 1.0


@compiled
def perceived_loss(expected_loss: float, prior_strength: float, loss_seen: float, loss_cases: float) -> float:
    """Return the believed loss of a sanction, utility: the mean over the ladder, corrected by sanctions seen."""
    return (prior_strength * expected_loss + loss_seen) / (prior_strength + loss_cases)

"""Exemption as imperfect classification (model.md, 5; signal detection theory, green_swets_1966).

A reviewer sees evidence z ~ N(v, 1) and exempts if z lies above a threshold. What makes cases easier to tell apart (a
clear list, a standard procedure, filing) raises v; leniency only moves the threshold, and so shelters private gain
too.
"""

from __future__ import annotations

from model.compiled import compiled
from model.numerics import normal_probability, normal_quantile
from model.parameters import Exemption


@compiled
def local_exemption(national: float, flexibility: float, success_here: float, success_mean: float) -> float:
    """Return a jurisdiction's exemption rate: the national one, bent towards the one that leaves equal risk everywhere.

    `success_here` and `success_mean` are the success chances of a median official before any learning, here and at the
    mean complexity.
    """
    risk_here = 1.0 - success_here
    risk_left = (1.0 - success_mean) * (1.0 - national)
    same_risk = 1.0 - risk_left / risk_here if risk_here > 0.0 else national
    return (1.0 - flexibility) * national + flexibility * min(max(same_risk, 0.0), 1.0)


@compiled
def recognised(evidence: float, rate: float, exemption: Exemption) -> float:
    """Return the probability x that a reviewer exempts a case with this strength of evidence.

    `rate` is the exemption rate of an unfiled failure from complexity, which fixes the reviewer's threshold.
    """
    if rate <= 0.0:
        return 0.0
    if rate >= 1.0:
        return 1.0
    threshold = exemption.evidence_complexity - normal_quantile(rate)
    return normal_probability(evidence - threshold)


@compiled
def exempt_honest(evidence: float, rate: float, exemption: Exemption) -> float:
    """Return the probability X that an honest failure ends exempt: brought in time, recognised at once or on appeal."""
    at_once = recognised(evidence, rate, exemption)
    remedy = exemption.remedy if rate > 0.0 else 0.0
    return exemption.access * (at_once + (1.0 - at_once) * remedy)


@compiled
def exempt_self_dealing(rate: float, exemption: Exemption) -> float:
    """Return the probability that private gain ends exempt: no evidence speaks for it and it finds no remedy."""
    return exemption.access * recognised(0.0, rate, exemption)

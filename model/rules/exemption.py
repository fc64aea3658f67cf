"""Exemption as imperfect classification (model.md, 5; signal detection theory, green_swets_1966).

A reviewer sees evidence z ~ N(v, 1) and exempts if z lies above a threshold. What makes cases easier to tell apart (a
clear list, a standard procedure, filing) raises v; leniency moves the burden of proof, and so shelters negligence and
private gain too.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from model.compiled import compiled
from model.numerics import normal_probability, normal_quantile
from model.parameters import LEAST_CLARITY, REFERENCE_CLARITY, Exemption, Guidance, Work
from model.rules.work import sound_probability


class Review(NamedTuple):
    """How cases are told apart in one jurisdiction: the threshold, and what the place itself adds to the evidence.

    The threshold is infinite where nobody is exempted, and minus infinity where everybody is.
    """

    threshold: float
    knowledge: float
    favour: float


@compiled
def same_risk_exemption(national: float, success_here: float, success_mean: float) -> float:
    """Return the exemption rate that leaves the same risk here as the national one does at the mean complexity.

    `success_here` and `success_mean` are the success chances of a median official before any learning, with full care.
    """
    risk_here = 1.0 - success_here
    risk_left = (1.0 - success_mean) * (1.0 - national)
    same_risk = 1.0 - risk_left / risk_here if risk_here > 0.0 else national
    return min(max(same_risk, 0.0), 1.0)


@compiled
def local_exemption(national: float, flexibility: float, same_risk: float, mean_same_risk: float) -> float:
    """Return a jurisdiction's exemption rate: the national one, bent towards equal risk without more leniency in all.

    `mean_same_risk` is the mean of `same_risk_exemption` over all officials.
    """
    return min(max(national + flexibility * (same_risk - mean_same_risk), 0.0), 1.0)


@compiled
def burden_of_proof(rate: float) -> float:
    """Return the logarithm of the likelihood ratio that a reviewer asks for; it is held when cases get clearer.

    `rate`, in (0, 1), is the exemption rate of an unfiled failure from complexity at the reference clarity.
    """
    return REFERENCE_CLARITY * (0.5 * REFERENCE_CLARITY - normal_quantile(rate))


@compiled
def review_of(rate: float, exemption: Exemption, guidance: Guidance) -> Review:
    """Return how cases are told apart where the exemption rate is `rate`."""
    knowledge = guidance.flexibility * guidance.local_knowledge
    favour = guidance.flexibility * guidance.local_favour
    if rate <= 0.0:
        return Review(math.inf, knowledge, favour)
    if rate >= 1.0:
        return Review(-math.inf, knowledge, favour)
    clarity = max(exemption.evidence_complexity + knowledge, LEAST_CLARITY)
    return Review(0.5 * clarity + burden_of_proof(rate) / clarity, knowledge, favour)


@compiled
def recognised(evidence: float, review: Review) -> float:
    """Return the probability x that a reviewer exempts a case with this strength of evidence."""
    if math.isinf(review.threshold):
        return 0.0 if review.threshold > 0.0 else 1.0
    return normal_probability(evidence - review.threshold)


@compiled
def exempt_honest(evidence: float, review: Review, exemption: Exemption) -> float:
    """Return the probability X that an honest failure ends exempt: brought in time, recognised at once or on appeal."""
    at_once = recognised(evidence + review.knowledge, review)
    remedy = exemption.remedy if review.threshold < math.inf else 0.0
    return exemption.access * (at_once + (1.0 - at_once) * remedy)


@compiled
def exempt_negligence(review: Review, exemption: Exemption) -> float:
    """Return the probability that negligence ends exempt: taken for an honest failure, without remedy."""
    return exemption.access * recognised(exemption.evidence_negligence, review)


@compiled
def exempt_self_dealing(review: Review, exemption: Exemption) -> float:
    """Return the probability that private gain ends exempt: only favour speaks for it, and it finds no remedy."""
    return exemption.access * recognised(review.favour, review)


class HonestExemption(NamedTuple):
    """The probability that an honest failure ends exempt, by its cause."""

    force_majeure: float
    complexity: float
    ability: float


@compiled
def honest_exemption(filing: float, review: Review, exemption: Exemption) -> HonestExemption:
    """Return the probability X by cause; `filing` is what filing in advance adds to the evidence, 0 if not filed."""
    return HonestExemption(
        exempt_honest(exemption.evidence_force_majeure + filing, review, exemption),
        exempt_honest(exemption.evidence_complexity + filing, review, exemption),
        exempt_honest(exemption.evidence_ability + filing, review, exemption),
    )


@compiled
def mean_honest_exemption(by_cause: HonestExemption, complexity: float, competence: float, work: Work) -> float:
    """Return the probability that an honest failure of an official of this competence ends exempt, over the causes."""
    failure = 1.0 - sound_probability(complexity, competence, work)
    if failure <= 0.0:
        return by_cause.complexity
    from_force_majeure = work.force_majeure
    from_complexity = (1.0 - work.force_majeure) * complexity
    from_ability = failure - from_force_majeure - from_complexity
    return (
        from_force_majeure * by_cause.force_majeure
        + from_complexity * by_cause.complexity
        + from_ability * by_cause.ability
    ) / failure

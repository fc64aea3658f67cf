"""What the closed forms of model.md, section 9, have in common: solutions on paper, and how far off chance allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, ndtr, ndtri

from model.measures import MEASURES
from model.parameters import ACCOUNTABILITY_SHARES, LADDER_LOSSES, MISCONDUCT_SHARES, Parameters
from model.simulate import months_of_run, simulate
from model.vocabulary import Counts
from tests.made_scenarios import (
    BINARY,
    IDENTICAL,
    NO_CAREER,
    NO_CONFORMITY,
    NO_HABIT,
    NO_LEARNING,
    SAME_PLACES,
    job_of,
    made_scenario,
)

Settings = Mapping[str, float]
Numbers = np.ndarray | float
# With fixed seeds the tests are repeatable. Were a seed changed, an honest model would fail one in 100,000 comparisons.
MOST_ERRORS = 4.5
RUNGS = np.arange(4)
# Two actions, everybody alike, the same every month: each official-month is one more toss of the same coin. Motivation
# carries the drive, so that neither careers matter nor who is removed.
TOSSES = {**BINARY, **IDENTICAL, **NO_LEARNING, **NO_CAREER, **SAME_PLACES, **NO_CONFORMITY, **NO_HABIT}
# Reviewers never lose their nerve.
NO_CAUTION = {"exemption.caution": 0.0}
MEDIAN_COMPETENCE = float(expit(0.4))


class People(NamedTuple):
    """Traits that enter a choice: of one official or of many."""

    competence: Numbers
    loss_aversion: Numbers
    drive: Numbers


def rate_of(settings: Settings, name: str, officials: int, months: int) -> float:
    """Return a measure's mean over one run of one jurisdiction."""
    values = simulate(made_scenario(settings, officials, 1, months), 1).values[0]
    return float(values[:, MEASURES.index(name)].mean())


def totals_of(settings: Settings, officials: int, months: int) -> dict[str, int]:
    """Return everything that is counted, summed over one run of one jurisdiction."""
    job = job_of(made_scenario(settings, officials, 1, months))
    counts = sum(administration.total.copy() for administration, _ in months_of_run(job, 1))
    return Counts(*counts)._asdict()


def binomial_error(probability: float, n: float) -> float:
    return float(np.sqrt(probability * (1 - probability) / n))


def ladder_of(shares: tuple[float, ...], severity: float) -> np.ndarray:
    """Return an observed ladder tilted to this severity (section 6)."""

    def at(tilt: float) -> np.ndarray:
        weights = np.array(shares) * np.exp(tilt * RUNGS)
        return weights / weights.sum()

    if severity in (0.0, 1.0):
        return np.equal(RUNGS, 3 * severity).astype(float)
    return at(brentq(lambda tilt: at(tilt) @ RUNGS - 3 * severity, -50.0, 50.0, xtol=1e-14))


def loss_of_failure(parameters: Parameters) -> float:
    return float(ladder_of(ACCOUNTABILITY_SHARES, parameters.accountability.severity) @ LADDER_LOSSES)


def loss_of_misconduct(parameters: Parameters) -> float:
    return float(ladder_of(MISCONDUCT_SHARES, parameters.accountability.misconduct_severity) @ LADDER_LOSSES)


def recognised(parameters: Parameters, evidence: float) -> float:
    """Return the probability x that a case with this evidence is exempted at once (section 5, without flexibility)."""
    rate, clarity = parameters.exemption.probability, max(parameters.exemption.evidence_complexity, 0.5)
    if rate in (0.0, 1.0):
        return rate
    log_ratio = 2.0 * (2.0 / 2.0 - ndtri(rate))
    return float(ndtr(evidence - (clarity / 2.0 + log_ratio / clarity)))


def honest_exemption(parameters: Parameters, evidence: float) -> float:
    """Return the probability X that an honest failure with this strength of evidence ends exempt."""
    exemption, at_once = parameters.exemption, recognised(parameters, evidence)
    remedy = exemption.remedy if exemption.probability > 0 else 0.0
    return float(exemption.access * (at_once + (1 - at_once) * remedy))


def negligence_exemption(parameters: Parameters) -> float:
    return parameters.exemption.access * recognised(parameters, parameters.exemption.evidence_negligence)


def honest_mean(parameters: Parameters, is_filed: bool = False) -> float:
    """Return Xbar: the mean over the causes of a median official's honest failures, where all places are alike."""
    work, exemption = parameters.work, parameters.exemption
    mastered = (1 - work.force_majeure) * (1 - work.complexity)
    shares = np.array(
        [
            work.force_majeure,
            (1 - work.force_majeure) * work.complexity,
            mastered * work.ability_weight * (1 - MEDIAN_COMPETENCE),
        ]
    )
    filing = exemption.evidence_filing if is_filed else 0.0
    evidence = (exemption.evidence_force_majeure, exemption.evidence_complexity, exemption.evidence_ability)
    exempt = np.array([honest_exemption(parameters, strength + filing) for strength in evidence])
    return float(shares @ exempt / shares.sum()) if shares.sum() > 0 else float(exempt[1])


class Weighed(NamedTuple):
    """What officials without any past weigh up, where nobody conforms and nobody has habits (section 4.4)."""

    sound: Numbers
    care: Numbers
    innovation: Numbers
    inaction: Numbers
    risk: Numbers  # the loss of an honest failure that is pursued and not exempt, times its probability
    believed: float  # exemption of an honest case


def weighed_by(people: People, parameters: Parameters, is_urgent: bool = False, is_filed: bool = False) -> Weighed:
    """Return the utilities of innovating and of doing nothing, and what they are made of."""
    accountability, work, public = parameters.accountability, parameters.work, parameters.public
    exemption, supervision = parameters.exemption, parameters.supervision
    complexity = work.complexity + (1 - work.complexity) * work.haste * is_urgent
    ability = 1 - work.ability_weight * (1 - people.competence)
    sound = (1 - work.force_majeure) * (1 - complexity) * ability
    pursued = accountability.certainty * (1 - public.tolerance_weight * public.tolerance)
    loss, review = people.loss_aversion * loss_of_failure(parameters), exemption.review_burden * people.loss_aversion
    mean = honest_mean(parameters, is_filed)
    believed = parameters.behaviour.credence * mean
    let_off = min(1.0, believed * negligence_exemption(parameters) / mean) if mean > 0 else 0.0
    stake = sound * work.negligence * (people.drive + pursued * (loss * (1 - let_off) + review))
    care = np.minimum(1.0, stake / work.care_cost)
    honest = (1 - sound) * pursued * (loss * (1 - believed) + review)
    filing = exemption.filing_cost if is_filed else 0.0
    innovation = (
        sound * people.drive
        - work.innovation_effort
        - supervision.red_tape * supervision.detection
        - filing
        - honest
        - stake
        + care * stake
        - work.care_cost * care**2 / 2
    )
    inaction = -people.loss_aversion * accountability.inaction_certainty * accountability.inaction_loss
    return Weighed(sound, care, innovation, inaction, (1 - sound) * pursued * loss, believed)


def binary_share(people: People, parameters: Parameters) -> Numbers:
    """Return how likely innovation is where the alternative is inaction: the logit, in urgent months and in others."""

    def logit(is_urgent: bool) -> Numbers:
        weighed = weighed_by(people, parameters, is_urgent)
        return expit((weighed.innovation - weighed.inaction) / parameters.behaviour.temperature)

    urgency = parameters.work.urgency
    return (1 - urgency) * logit(False) + urgency * logit(True)


def like_everybody(parameters: Parameters) -> People:
    """Return the traits that all have where nobody differs and careers do not matter."""
    population = parameters.population
    return People(
        float(expit(population.competence_mu)),
        population.loss_aversion_mean,
        population.public_service_motivation_mean,
    )

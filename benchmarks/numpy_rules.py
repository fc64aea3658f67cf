"""The rules of the model a second time, in vectorised NumPy, written from its specification alone.

Nothing here is shared with the compiled rules but the parameters, so that an error in one of the two shows as a
difference between them. The numbers in brackets are the sections of the specification (docs/model.md). Arrays hold one
value per official (n of them) or one per jurisdiction (J of them); an official's jurisdiction is an index into these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit, ndtr, ndtri

from model.parameters import LADDER_LOSSES, LADDER_SHARES, MOST_COMPLEXITY, N_RUNGS, Career, Parameters, Work

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

# Actions. The shares of actions in a jurisdiction know only the first three: all that is >= INNOVATION is innovation.
INACTION, ROUTINE, INNOVATION, FILED_INNOVATION, SELF_DEALING = range(5)
# What the outcome draw decides: three causes of failure, or success.
FORCE_MAJEURE, COMPLEXITY, ABILITY, SUCCESS = range(4)
# The cause of a case is one of the three causes of failure, or this one.
CAUSE_SELF_DEALING = 3
UNFILED, FILED = 0, 1


class Officials(NamedTuple):
    """The state of every official, each field (n,); rows are posts, so a newcomer takes over a row (2.1)."""

    jurisdiction: Integers
    competence: Floats
    loss_aversion: Floats
    public_service_motivation: Floats
    ambition: Floats
    integrity: Floats
    age: Floats
    freeze_months: Floats
    accountability_seen: Floats
    accountability_spared: Floats
    exemption_seen: Floats
    exemption_denied: Floats
    inaction_share: Floats


class Jurisdictions(NamedTuple):
    """The state of every jurisdiction, each field (J,) but action_share, which is (3, J) (2.2)."""

    size: Integers
    action_share: Floats
    public_tolerance: Floats
    experience: Floats
    loss_seen: Floats
    loss_cases: Floats
    sanctions_last_month: Floats
    exemptions_last_month: Floats


class Policy(NamedTuple):
    """What follows from the parameters in force before anybody acts.

    ``complexity`` is (J,), ``exempted`` (J, 4, 2) the probability X that a case ends exempt by cause and by unfiled or
    filed, ``rung_share`` (4,) the distribution of sanctions over the ladder.
    """

    parameters: Parameters
    complexity: Floats
    exempted: Floats
    rung_share: Floats
    expected_loss: float


class Perception(NamedTuple):
    """What officials believe at the start of a month: (n,) of being pursued and of being exempted, (J,) of the loss."""

    accountability: Floats
    exemption: Floats
    loss: Floats


class Doings(NamedTuple):
    """What officials do and the odds they face doing it, each field (n,)."""

    action: Integers
    complexity: Floats  # after learning
    success: Floats
    pursuit: Floats  # probability that a failure is made a case


class Cases(NamedTuple):
    """The cases opened after innovations in a month, each field one value a case."""

    official: Integers  # row of the official
    cause: Integers
    is_exempt: Booleans


class Events(NamedTuple):
    """What happened in one month; but for action and outcome, rows of officials or something known of those rows."""

    action: Integers  # (n,)
    innovators: Integers
    outcome: Integers  # of each innovator
    cases: Cases
    unpursued: Integers
    sanctioned_innovators: Integers
    sanctioned_routine: Integers
    punished: Integers  # the sanctioned innovators, then those sanctioned at routine
    rung: Integers  # of each punished
    admonished: Integers  # called to account for inaction


def policy_in_force(parameters: Parameters, n_jurisdictions: int) -> Policy:
    """Return what the parameters of one month imply for all jurisdictions (5, 6)."""
    complexity = complexity_by_jurisdiction(parameters.work, n_jurisdictions)
    exempted = exempted_by_cause(parameters, exemption_rate(parameters, complexity))
    rung_share = np.array(ladder(parameters.accountability.severity))
    return Policy(parameters, complexity, exempted, rung_share, float(rung_share @ np.array(LADDER_LOSSES)))


def complexity_by_jurisdiction(work: Work, n_jurisdictions: int) -> Floats:
    """Return complexity_j, (J,), evenly spread around the common one (5, local flexibility)."""
    position = np.linspace(-1.0, 1.0, n_jurisdictions) if n_jurisdictions > 1 else np.zeros(1)
    return np.clip(work.complexity + work.complexity_spread * position, 0.0, MOST_COMPLEXITY)


def success_probability(work: Work, complexity: Floats | float, competence: Floats | float) -> Floats:
    """Return the chance that an innovation succeeds (4.3)."""
    return np.asarray((1 - work.force_majeure) * (1 - complexity) * (1 - work.ability_weight * (1 - competence)))


def exemption_rate(parameters: Parameters, complexity: Floats) -> Floats:
    """Return e_j, (J,), the exemption rate of an unfiled complexity failure after local flexibility (5)."""
    common = parameters.exemption.probability
    competence = float(expit(parameters.population.competence_mu))
    failure_here = 1 - success_probability(parameters.work, complexity, competence)
    failure_at_mean = 1 - success_probability(parameters.work, float(complexity.mean()), competence)
    # Where nobody can fail there is no risk to even out, and the common rate stays.
    relative_risk = np.divide(failure_at_mean, failure_here, out=np.ones_like(complexity), where=failure_here > 0)
    local = np.clip(1 - relative_risk * (1 - common), 0.0, 1.0)
    flexibility = parameters.guidance.flexibility
    return (1 - flexibility) * common + flexibility * local


def exempted_by_cause(parameters: Parameters, rate: Floats) -> Floats:
    """Return X, (J, 4, 2): the probability that a case ends exempt, by cause and by unfiled or filed (5)."""
    exemption = parameters.exemption
    evidence = np.array([exemption.evidence_force_majeure, exemption.evidence_complexity, exemption.evidence_ability])
    evidence = evidence[:, None] + np.array([0.0, exemption.evidence_filing])
    # The threshold is infinite at e = 0 and minus infinite at e = 1, which the normal cdf turns into 0 and 1.
    threshold = (exemption.evidence_complexity - ndtri(rate))[:, None, None]
    at_first = ndtr(evidence - threshold)
    remedy = np.where(rate > 0, exemption.remedy, 0.0)[:, None, None]
    after_appeal = at_first + (1 - at_first) * remedy
    self_dealing = np.broadcast_to(ndtr(-threshold), (rate.size, 1, 2))
    return exemption.access * np.concatenate([after_appeal, self_dealing], axis=1)


@lru_cache
def ladder(severity: float) -> tuple[float, ...]:
    """Return the share of each rung: the base shares, tilted so that the mean rung is 3 * severity (6)."""
    rungs = np.arange(N_RUNGS)
    top = N_RUNGS - 1
    if severity <= 0 or severity >= 1:
        return tuple(float(rung == (top if severity >= 1 else 0)) for rung in rungs)

    def tilted(tilt: float) -> Floats:
        logarithm = np.log(LADDER_SHARES) + tilt * rungs
        weight = np.exp(logarithm - logarithm.max())
        return np.asarray(weight / weight.sum())

    tilt = brentq(lambda tilt: float(tilted(tilt) @ rungs) - top * severity, -800.0, 800.0, xtol=1e-15, rtol=1e-15)
    return tuple(float(share) for share in tilted(tilt))


def drive(career: Career, officials: Officials) -> Floats:
    """Return the worth of a full success to each official, (n,) (4.1)."""
    years_left, falling_years = career.retirement_age - officials.age, career.retirement_age - career.ceiling_age
    # Below the ceiling 1; the division is read only above it, where falling_years > 0.
    falling = np.clip(years_left / falling_years, 0.0, 1.0) if falling_years > 0 else 0.0
    horizon = np.where(officials.age < career.ceiling_age, 1.0, falling)
    horizon[officials.freeze_months > 0] = 0.0
    return np.asarray(officials.ambition * horizon + officials.public_service_motivation)


def perception(policy: Policy, officials: Officials, jurisdictions: Jurisdictions) -> Perception:
    """Return what officials believe at the start of the month (4.2)."""
    behaviour, public = policy.parameters.behaviour, policy.parameters.public
    prior = behaviour.prior_strength
    pursued = policy.parameters.accountability.certainty * (1 - public.tolerance_weight * public.tolerance)
    believed = behaviour.credence * policy.exempted[:, COMPLEXITY, FILED]
    pursued_cases = prior * pursued + officials.accountability_seen
    exempt_cases = prior * believed[officials.jurisdiction] + officials.exemption_seen
    return Perception(
        accountability=pursued_cases / (prior + officials.accountability_seen + officials.accountability_spared),
        exemption=exempt_cases / (prior + officials.exemption_seen + officials.exemption_denied),
        loss=(prior * policy.expected_loss + jurisdictions.loss_seen) / (prior + jurisdictions.loss_cases),
    )


def complexity_after_learning(policy: Policy, jurisdictions: Jurisdictions) -> Floats:
    """Return complexity_now, (J,): what is left of complexity after one's own and others' tries (4.3)."""
    work = policy.parameters.work
    own, of_all = jurisdictions.experience, jurisdictions.experience.mean()
    experience = (1 - work.diffusion) * own + work.diffusion * of_all
    return np.asarray(policy.complexity * (1 - work.learning_max * experience / (experience + work.learning_half)))


def utilities(
    policy: Policy, officials: Officials, jurisdictions: Jurisdictions, perceived: Perception, success: Floats
) -> Floats:
    """Return the utility of every action to every official, (5, n); minus infinity if it is not open (4.4)."""
    parameters, at, loss_aversion = policy.parameters, officials.jurisdiction, officials.loss_aversion
    work, behaviour, accountability = parameters.work, parameters.behaviour, parameters.accountability
    felt_loss = loss_aversion * perceived.loss[at]
    worth = drive(parameters.career, officials)

    utility = np.empty((5, at.size))
    utility[INACTION] = -loss_aversion * (accountability.inaction_certainty * accountability.inaction_loss)
    utility[ROUTINE] = work.routine_reward * worth - work.routine_effort
    utility[ROUTINE] -= work.routine_failure * work.routine_certainty * felt_loss
    utility[INNOVATION:] = innovation_utilities(policy, officials, perceived, success, (worth, felt_loss))
    norm = behaviour.conformity * jurisdictions.action_share
    for action in range(5):
        utility[action] += norm[min(action, INNOVATION)][at]
    is_open = (1.0, behaviour.routine_open, 1.0, behaviour.filed_innovation_open, behaviour.self_dealing_open)
    utility[np.array(is_open) == 0] = -np.inf
    return utility


def innovation_utilities(
    policy: Policy, officials: Officials, perceived: Perception, success: Floats, stakes: tuple[Floats, Floats]
) -> Floats:
    """Return the utility of the three ways to innovate, (3, n), without conformity; stakes are drive and L (4.4)."""
    exemption, supervision, work = policy.parameters.exemption, policy.parameters.supervision, policy.parameters.work
    at, loss_aversion, (worth, felt_loss) = officials.jurisdiction, officials.loss_aversion, stakes
    unfiled, filed = policy.exempted[:, COMPLEXITY, UNFILED], policy.exempted[:, COMPLEXITY, FILED]
    unfiled_to_filed = np.divide(unfiled, filed, out=np.zeros_like(filed), where=filed > 0)
    pursued_failure = (1 - success) * perceived.accountability
    risk = pursued_failure * felt_loss

    common = success * worth - work.innovation_effort - supervision.red_tape * supervision.detection
    common -= pursued_failure * exemption.review_burden * loss_aversion
    innovation = common - risk * (1 - perceived.exemption * unfiled_to_filed[at])
    filed_innovation = common - risk * (1 - perceived.exemption) - exemption.filing_cost
    punished = supervision.detection * (1 - policy.exempted[:, CAUSE_SELF_DEALING, UNFILED])
    self_dealing = innovation + work.self_dealing_gain * (1 - officials.integrity)
    self_dealing -= loss_aversion * work.self_dealing_loss * punished[at]
    return np.stack([innovation, filed_innovation, self_dealing])


def chosen_actions(utility: Floats, temperature: float, uniform: Floats) -> Integers:
    """Return the action of every official, (n,): a multinomial logit, drawn by its cumulative weights (4.5)."""
    weight = np.exp((utility - utility.max(axis=0)) / temperature)
    cumulative = np.cumsum(weight, axis=0)
    return np.asarray((cumulative[:-1] <= uniform * cumulative[-1]).sum(axis=0))


def outcomes(work: Work, doings: Doings, innovators: Integers, uniform: Floats) -> Integers:
    """Return the cause of failure, or success, of each innovator: one draw against three thresholds (4.6)."""
    up_to_complexity = work.force_majeure + (1 - work.force_majeure) * doings.complexity[innovators]
    up_to_ability = 1 - doings.success[innovators]
    thresholds = np.stack([np.full_like(uniform, work.force_majeure), up_to_complexity, up_to_ability])
    return np.asarray((uniform >= thresholds).sum(axis=0))


def events_of(policy: Policy, officials: Officials, doings: Doings, draws: np.random.Generator) -> Events:
    """Return what comes of what officials do: outcomes, cases and sanctions (4.6, 4.7)."""
    work, action = policy.parameters.work, doings.action
    innovators = np.flatnonzero(action >= INNOVATION)
    outcome = outcomes(work, doings, innovators, draws.random(innovators.size))
    is_failure = outcome != SUCCESS
    is_detected = draws.random(innovators.size) < policy.parameters.supervision.detection
    is_detected &= action[innovators] == SELF_DEALING
    is_case = is_detected | (is_failure & (draws.random(innovators.size) < doings.pursuit[innovators]))
    charged, cause = innovators[is_case], np.where(is_detected, CAUSE_SELF_DEALING, outcome)[is_case]
    filed = np.where(action[charged] == FILED_INNOVATION, FILED, UNFILED)
    exempted = policy.exempted[officials.jurisdiction[charged], cause, filed]
    cases = Cases(charged, cause, draws.random(charged.size) < exempted)

    routine, idle = np.flatnonzero(action == ROUTINE), np.flatnonzero(action == INACTION)
    sanctioned_innovators = cases.official[~cases.is_exempt]
    sanctioned_routine = routine[draws.random(routine.size) < work.routine_failure * work.routine_certainty]
    punished = np.concatenate([sanctioned_innovators, sanctioned_routine])
    return Events(
        action=action,
        innovators=innovators,
        outcome=outcome,
        cases=cases,
        unpursued=innovators[is_failure & ~is_case],
        sanctioned_innovators=sanctioned_innovators,
        sanctioned_routine=sanctioned_routine,
        punished=punished,
        rung=np.searchsorted(np.cumsum(policy.rung_share)[:-1], draws.random(punished.size), side="right"),
        admonished=idle[draws.random(idle.size) < policy.parameters.accountability.inaction_certainty],
    )

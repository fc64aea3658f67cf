"""The rules of the model a second time, in vectorised NumPy, written from its specification alone.

Nothing here is shared with the compiled rules, so that an error in one of the two shows as a difference between them.
The numbers in brackets are the sections of the specification (docs/model.md). Arrays hold one value per official, (n,),
or one per jurisdiction, (J,).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from benchmarks.numpy_policy import (
    ABILITY,
    COMPLEXITY,
    FILED,
    FORCE_MAJEURE,
    NEGLIGENCE,
    SELF_DEALING,
    TOP_RUNG,
    UNFILED,
    Booleans,
    Floats,
    Integers,
    Policy,
)

# Actions. The shares of actions in a jurisdiction know only the first three: all from INNOVATE on is innovating.
REST, ROUTINE, INNOVATE, INNOVATE_FILED, DEAL = range(5)
# What comes of acting, beside a failure by one of the first four causes; nothing comes of inaction.
SUCCESS, NOTHING = 4, 5
MONTHS_PER_YEAR = 12
# Everything that is drawn for every official in every month.
PURPOSES = ("urgency", "choice", "outcome", "detection", "pursuit", "exemption", "rung", "inaction")
Luck = Mapping[str, Floats]


@dataclass
class Officials:
    """The state of every official, (n,) or, unfiled and filed, (2, n); newcomers take rows over (2.1)."""

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
    inaction_history: Integers


@dataclass
class Jurisdictions:
    """The state of every jurisdiction (2.2): ``action_share`` (3, J), ``news_of_all`` last month's, the rest (J,)."""

    action_share: Floats
    public_tolerance: Floats
    experience: Floats
    loss_seen: Floats
    loss_cases: Floats
    news_of_all: Floats


class Prospects(NamedTuple):
    """What officials believe and face before they choose: (n,), or by unfiled and filed (2, n); utility is (5, n)."""

    accountability: Floats
    exemption: Floats
    complexity: Floats
    sound: Floats
    routine_care: Floats
    care: Floats
    utility: Floats


class Events(NamedTuple):
    """What happened to every official in one month, each field (n,)."""

    action: Integers
    care: Floats  # of whoever acts, in the way it was done
    outcome: Integers  # a cause of failure, SUCCESS or NOTHING
    is_detected: Booleans
    is_case: Booleans
    cause: Integers  # of the case, if there is one
    filed: Integers  # UNFILED or FILED
    is_exempt: Booleans
    is_sanctioned: Booleans  # after a case
    rung: Integers  # of the sanction, if there is one
    is_admonished: Booleans  # for inaction

    @property
    def is_failure(self) -> Booleans:
        """Return who failed, at routine too."""
        return np.asarray(self.outcome < SUCCESS)

    @property
    def is_unpursued(self) -> Booleans:
        """Return whose failure was left alone."""
        return np.asarray(self.is_failure & ~self.is_case)

    @property
    def is_honest_case(self) -> Booleans:
        """Return who stands for an honest failure."""
        return np.asarray(self.is_case & (self.cause < NEGLIGENCE))

    @property
    def is_sanctioned_for_failure(self) -> Booleans:
        """Return who was sanctioned by the accountability ladder."""
        return np.asarray(self.is_sanctioned & (self.cause != SELF_DEALING))

    @property
    def is_removed(self) -> Booleans:
        """Return who loses the post."""
        return np.asarray(self.is_sanctioned & (self.rung == TOP_RUNG))


def drive(policy: Policy, officials: Officials) -> Floats:
    """Return the worth of a full success to each official, (n,) (4.1)."""
    ceiling, retirement = policy.each("career.ceiling_age"), policy.each("career.retirement_age")
    falling_years = retirement - ceiling
    # Below the ceiling 1; the division is read only above it, where falling_years > 0.
    falling = np.clip((retirement - officials.age) / np.where(falling_years > 0, falling_years, 1.0), 0.0, 1.0)
    horizon = np.where(officials.age < ceiling, 1.0, falling)
    horizon[officials.freeze_months > 0] = 0.0
    return np.asarray(officials.ambition * horizon + officials.public_service_motivation)


def perceived_accountability(policy: Policy, officials: Officials) -> Floats:
    """Return a^, (n,): how likely a failure is to be pursued, as each official sees it (4.2)."""
    prior = policy.each("behaviour.prior_strength")
    calm = 1 - policy.each("public.tolerance_weight") * policy.each("public.tolerance")
    pursued = prior * policy.each("accountability.certainty") * calm + officials.accountability_seen
    return np.asarray(pursued / (prior + officials.accountability_seen + officials.accountability_spared))


def perceived_exemption(policy: Policy, officials: Officials) -> Floats:
    """Return e^, (2, n): how likely an honest case is to be exempted, unfiled and filed (4.2)."""
    prior = policy.each("behaviour.prior_strength")
    believed = policy.each("behaviour.credence") * policy.mean_exempted.T[:, policy.place]
    cases = officials.exemption_seen + officials.exemption_denied
    return np.asarray((prior * believed + officials.exemption_seen) / (prior + cases))


def perceived_shelter(policy: Policy, exemption: Floats) -> Floats:
    """Return n^, (2, n): how likely a negligent case is to be exempted, given the same of an honest one (4.2)."""
    honest = policy.mean_exempted
    ratio = np.divide(policy.exempted[:, NEGLIGENCE], honest, out=np.zeros_like(honest), where=honest > 0)
    return np.minimum(1.0, exemption * ratio.T[:, policy.place])


def perceived_loss(policy: Policy, jurisdictions: Jurisdictions) -> Floats:
    """Return l^, (J,): how heavy a sanction after a failure is thought to be (4.2)."""
    prior = policy.of("behaviour.prior_strength")
    heard = prior * policy.expected_loss + jurisdictions.loss_seen
    return np.asarray(heard / (prior + jurisdictions.loss_cases))


def complexity_now(policy: Policy, jurisdictions: Jurisdictions, is_urgent: Booleans) -> Floats:
    """Return what is left of complexity after one's own and others' tries, and what haste adds, (n,) (4.3)."""
    own, diffusion = jurisdictions.experience, policy.of("work.diffusion")
    experience = (1 - diffusion) * own + diffusion * policy.mean_over_officials(own)
    learned = policy.of("work.learning_max") * experience / (experience + policy.of("work.learning_half"))
    complexity = (policy.complexity * (1 - learned))[policy.place]
    return np.where(is_urgent, complexity + (1 - complexity) * policy.each("work.haste"), complexity)


def best_care(stake: Floats, cost: Floats) -> tuple[Floats, Floats]:
    """Return the care that is worth most and what it is worth, of the shape of stake (4.4)."""
    whole = np.ones_like(stake)
    care = np.minimum(1.0, np.divide(stake, cost, out=whole, where=cost > 0))
    return care, care * stake - cost * care**2 / 2


def prospects(policy: Policy, officials: Officials, jurisdictions: Jurisdictions, is_urgent: Booleans) -> Prospects:
    """Return what officials believe and face, and what every action is worth to them (4.1 to 4.4)."""
    accountability = perceived_accountability(policy, officials)
    exemption = perceived_exemption(policy, officials)
    shelter = perceived_shelter(policy, exemption)
    complexity = complexity_now(policy, jurisdictions, is_urgent)
    ability = 1 - policy.each("work.ability_weight") * (1 - officials.competence)
    sound = (1 - policy.each("work.force_majeure")) * (1 - complexity) * ability
    worth = drive(policy, officials)
    loss = officials.loss_aversion * perceived_loss(policy, jurisdictions)[policy.place]
    burden = policy.each("exemption.review_burden") * officials.loss_aversion
    of_honest_failure = accountability * (loss * (1 - exemption) + burden)  # (2, n)
    of_negligence = accountability * (loss * (1 - shelter) + burden)  # (2, n)

    utility = np.empty((5, worth.size))
    punished = policy.each("accountability.inaction_certainty") * policy.each("accountability.inaction_loss")
    utility[REST] = policy.each("behaviour.habit") * own_inaction(officials) - officials.loss_aversion * punished
    reward = policy.each("work.routine_reward") * worth
    routine_stake = policy.each("work.routine_failure") * (reward + of_negligence[UNFILED])
    routine_care, saved = best_care(routine_stake, policy.each("work.routine_care_cost"))
    utility[ROUTINE] = reward - policy.each("work.routine_effort") - routine_stake + saved

    stake = sound * policy.each("work.negligence") * (worth + of_negligence)
    care, saved = best_care(stake, policy.each("work.care_cost"))
    red_tape = policy.each("supervision.red_tape") * policy.each("supervision.detection")
    cost = policy.each("work.innovation_effort") + red_tape
    innovating = sound * worth - cost - (1 - sound) * of_honest_failure - stake + saved
    utility[INNOVATE] = innovating[UNFILED]
    utility[INNOVATE_FILED] = innovating[FILED] - policy.each("exemption.filing_cost")
    utility[DEAL] = innovating[UNFILED] + worth_of_dealing(policy, officials)

    norm = policy.of("behaviour.conformity") * jurisdictions.action_share
    utility += norm[np.minimum(np.arange(5), INNOVATE)][:, policy.place]
    utility[ROUTINE, policy.each("behaviour.routine_open") == 0] = -np.inf
    utility[INNOVATE_FILED, is_urgent | (policy.each("behaviour.filed_innovation_open") == 0)] = -np.inf
    utility[DEAL, policy.each("behaviour.self_dealing_open") == 0] = -np.inf
    return Prospects(accountability, exemption, complexity, sound, routine_care, care, utility)


def own_inaction(officials: Officials) -> Floats:
    """Return in what share of the last twelve months each official did nothing, (n,) (4.4)."""
    return np.asarray(np.bitwise_count(officials.inaction_history & 0xFFF) / MONTHS_PER_YEAR)


def worth_of_dealing(policy: Policy, officials: Officials) -> Floats:
    """Return what private gain adds to the worth of an innovation, (n,) (4.4)."""
    sanctioned = policy.expected_misconduct_loss * (1 - policy.exempted[:, SELF_DEALING, UNFILED])
    risk = policy.each("supervision.detection") * officials.loss_aversion * sanctioned[policy.place]
    return np.asarray(policy.each("work.self_dealing_gain") * (1 - officials.integrity) - risk)


def chosen_actions(policy: Policy, utility: Floats, uniform: Floats) -> Integers:
    """Return the action of every official, (n,): a nested logit, drawn by one uniform along the stick (4.5)."""
    temperature, nesting = policy.each("behaviour.temperature"), policy.each("behaviour.nesting")
    within = utility[INNOVATE:] / (nesting * temperature)
    best = within.max(axis=0)
    way = np.exp(within - best)  # each way's weight within the nest
    nest = nesting * (best + np.log(way.sum(axis=0)))
    stick = np.stack([utility[REST] / temperature, utility[ROUTINE] / temperature, nest])
    part = np.exp(stick - stick.max(axis=0))
    point = uniform * part.sum(axis=0)
    edge = np.cumsum(way, axis=0) / way.sum(axis=0) * part[INNOVATE]
    of_nest = INNOVATE + (edge[:-1] <= point - part[REST] - part[ROUTINE]).sum(axis=0)
    action = np.where(point < part[REST], REST, np.where(point < part[REST] + part[ROUTINE], ROUTINE, of_nest))
    return np.asarray(action)


def outcomes(policy: Policy, seen: Prospects, action: Integers, care: Floats, uniform: Floats) -> Integers:
    """Return the cause of failure, or success, of whoever acts, (n,): one draw against thresholds (4.6)."""
    force_majeure = policy.each("work.force_majeure")
    up_to_complexity = force_majeure + (1 - force_majeure) * seen.complexity
    up_to_ability = 1 - seen.sound
    up_to_negligence = up_to_ability + seen.sound * policy.each("work.negligence") * (1 - care)
    thresholds = np.stack([force_majeure, up_to_complexity, up_to_ability, up_to_negligence])
    of_innovating = np.array([FORCE_MAJEURE, COMPLEXITY, ABILITY, NEGLIGENCE, SUCCESS])[
        (uniform >= thresholds).sum(axis=0)
    ]
    fails_at_routine = uniform < policy.each("work.routine_failure") * (1 - care)
    of_routine = np.where(fails_at_routine, NEGLIGENCE, SUCCESS)
    return np.where(action == REST, NOTHING, np.where(action == ROUTINE, of_routine, of_innovating))


def events_of(policy: Policy, jurisdictions: Jurisdictions, seen: Prospects, luck: Luck) -> Events:
    """Return what officials do and what comes of it: outcomes, cases and sanctions (4.5 to 4.7)."""
    action = chosen_actions(policy, seen.utility, luck["choice"])
    filed = np.where(action == INNOVATE_FILED, FILED, UNFILED)
    care = np.where(
        action == ROUTINE, seen.routine_care, np.where(filed == FILED, seen.care[FILED], seen.care[UNFILED])
    )
    outcome = outcomes(policy, seen, action, care, luck["outcome"])
    is_detected = (action == DEAL) & (luck["detection"] < policy.each("supervision.detection"))
    tolerance = jurisdictions.public_tolerance[policy.place]
    pursuit = policy.each("accountability.certainty") * (1 - policy.each("public.tolerance_weight") * tolerance)
    is_case = is_detected | ((outcome < SUCCESS) & (luck["pursuit"] < pursuit))
    cause = np.where(is_detected, SELF_DEALING, np.minimum(outcome, NEGLIGENCE))
    exempted = nerve(policy, jurisdictions)[policy.place] * policy.exempted[policy.place, cause, filed]
    is_exempt = is_case & (luck["exemption"] < exempted)
    is_sanctioned = is_case & ~is_exempt
    share = np.where(is_detected[:, None], policy.misconduct_share[policy.place], policy.rung_share[policy.place])
    rung = (luck["rung"][:, None] >= np.cumsum(share, axis=1)[:, :TOP_RUNG]).sum(axis=1)
    is_admonished = (action == REST) & (luck["inaction"] < policy.each("accountability.inaction_certainty"))
    return Events(
        action, care, outcome, is_detected, is_case, cause, filed, is_exempt, is_sanctioned, rung, is_admonished
    )


def nerve(policy: Policy, jurisdictions: Jurisdictions) -> Floats:
    """Return how far reviewers dare to exempt, (J,) (5)."""
    anger = policy.of("public.tolerance") - jurisdictions.public_tolerance
    return np.clip(1 - policy.of("exemption.caution") * anger, 0.0, 1.0)

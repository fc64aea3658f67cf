"""The whole model a second time, in vectorised NumPy over all officials.

It serves as the contestant from NumPy in the comparison of speed, and as an independent implementation whose results
are compared in distribution with those of the compiled engine. Its random numbers are its own, so single runs differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from benchmarks.numpy_rules import (
    ABILITY,
    CAUSE_SELF_DEALING,
    COMPLEXITY,
    FORCE_MAJEURE,
    INACTION,
    INNOVATION,
    ROUTINE,
    SUCCESS,
    Doings,
    Events,
    Floats,
    Integers,
    Jurisdictions,
    Officials,
    Perception,
    Policy,
    chosen_actions,
    complexity_after_learning,
    events_of,
    perception,
    policy_in_force,
    success_probability,
    utilities,
)
from model.parameters import (
    DISMISSAL_RUNG,
    INACTION_FREEZE_MONTHS,
    INACTION_WINDOW_MONTHS,
    LADDER_FREEZES_MONTHS,
    LADDER_LOSSES,
    LAZY_THRESHOLD,
    MONTHS_PER_YEAR,
    N_RUNGS,
    NEWCOMER_AGES,
    Parameters,
    Population,
)


class Leavers(NamedTuple):
    """The rows of officials who leave their post at the end of a month."""

    dismissed: Integers
    retired: Integers


def simulate_numpy(
    parameters: Parameters | Sequence[Parameters], sizes: Sequence[int], months: int, seed: int
) -> dict[str, Floats]:
    """Return the monthly series of the whole administration, each (months,), by measure.

    ``parameters`` are those in force throughout, or one set a month; ``sizes`` the officials in each jurisdiction.
    Raises ValueError if there is not one set of parameters a month, no jurisdiction, or an empty one.
    """
    by_month = [parameters] * months if isinstance(parameters, Parameters) else list(parameters)
    if months < 1 or len(by_month) != months:
        raise ValueError(f"there are {len(by_month)} sets of parameters for {months} months; give one a month")
    if not sizes or min(sizes) < 1:
        raise ValueError("every jurisdiction needs an official, and the administration a jurisdiction")
    generator = np.random.default_rng(seed)
    officials = officials_at_start(by_month[0], sizes, generator)
    jurisdictions = jurisdictions_at_start(by_month[0], sizes)
    policy = policy_in_force(by_month[0], len(sizes))
    series: list[dict[str, float]] = []
    for in_force in by_month:
        if in_force is not policy.parameters:
            policy = policy_in_force(in_force, len(sizes))
        series.append(month(policy, officials, jurisdictions, generator))
    return {name: np.array([values[name] for values in series]) for name in series[0]}


def month(
    policy: Policy, officials: Officials, jurisdictions: Jurisdictions, generator: np.random.Generator
) -> dict[str, float]:
    """Return the measures of one month, after moving officials and jurisdictions (in place) to its end (4)."""
    parameters = policy.parameters
    perceived = perception(policy, officials, jurisdictions)
    complexity = complexity_after_learning(policy, jurisdictions)[officials.jurisdiction]
    success = success_probability(parameters.work, complexity, officials.competence)
    utility = utilities(policy, officials, jurisdictions, perceived, success)
    draws = generator.random(officials.age.size)
    action = chosen_actions(utility, parameters.behaviour.temperature, draws)
    tolerance = jurisdictions.public_tolerance[officials.jurisdiction]
    pursuit = parameters.accountability.certainty * (1 - parameters.public.tolerance_weight * tolerance)
    events = events_of(policy, officials, Doings(action, complexity, success, pursuit), generator)

    freeze(events, officials)
    learn(events, parameters, officials, jurisdictions)
    officials.inaction_share[:] += 2 / (INACTION_WINDOW_MONTHS + 1) * ((action == INACTION) - officials.inaction_share)
    is_lazy = officials.inaction_share > LAZY_THRESHOLD
    move_jurisdictions(events, parameters, officials, jurisdictions)
    leavers = age_and_leave(events, parameters, officials)
    replace(np.concatenate(leavers), parameters.population, officials, generator)
    return {
        **rates(events, jurisdictions, parameters),
        **counts(events, leavers),
        **beliefs(events, perceived),
        "lazy_prevalence": float(is_lazy.mean()),
        "public_tolerance": float(jurisdictions.public_tolerance.mean()),
    }


# --- Officials and jurisdictions at the start (2, 7) ---------------------------------------------------------------


def officials_at_start(parameters: Parameters, sizes: Sequence[int], generator: np.random.Generator) -> Officials:
    """Return the officials of month 0, of all ages."""
    n = sum(sizes)
    of_post = np.repeat(np.arange(len(sizes)), sizes)
    officials = Officials(of_post, *(np.zeros(n) for _ in Officials._fields[1:]))
    replace(np.arange(n), parameters.population, officials, generator)
    officials.age[:] = generator.uniform(NEWCOMER_AGES[0], parameters.career.retirement_age, n)
    return officials


def replace(rows: Integers, population: Population, officials: Officials, generator: np.random.Generator) -> None:
    """Put newcomers with fresh traits, no evidence and no past into the posts at some rows (4.9)."""
    n = rows.size

    def normal(mean: float, sd: float) -> Floats:
        return mean + sd * generator.standard_normal(n)

    for field in officials[1:]:
        field[rows] = 0.0
    officials.competence[rows] = expit(normal(population.competence_mu, population.competence_sd))
    loss_aversion = population.loss_aversion_median * np.exp(normal(0.0, population.loss_aversion_sd))
    officials.loss_aversion[rows] = loss_aversion
    motivation = normal(population.public_service_motivation_mean, population.public_service_motivation_sd)
    officials.public_service_motivation[rows] = np.maximum(motivation, 0.0)
    officials.ambition[rows] = np.maximum(normal(population.ambition_mean, population.ambition_sd), 0.0)
    officials.integrity[rows] = expit(normal(population.integrity_mu, population.integrity_sd))
    officials.age[rows] = generator.uniform(*NEWCOMER_AGES, n)


def jurisdictions_at_start(parameters: Parameters, sizes: Sequence[int]) -> Jurisdictions:
    """Return the jurisdictions before month 0: the norm as set or in thirds, the public at its baseline."""
    n = len(sizes)
    share = parameters.behaviour.initial_innovation_share
    innovation = 1 / 3 if np.isnan(share) else share
    norm = np.array([(1 - innovation) / 2, (1 - innovation) / 2, innovation])
    return Jurisdictions(
        size=np.array(sizes),
        action_share=np.repeat(norm[:, None], n, axis=1),
        public_tolerance=np.full(n, parameters.public.tolerance),
        experience=np.zeros(n),
        loss_seen=np.zeros(n),
        loss_cases=np.zeros(n),
        sanctions_last_month=np.zeros(n),
        exemptions_last_month=np.zeros(n),
    )


def freeze(events: Events, officials: Officials) -> None:
    """Bar from promotion those who were sanctioned, or called to account for inaction."""
    months = np.array(LADDER_FREEZES_MONTHS)[events.rung]
    freeze_months = officials.freeze_months
    freeze_months[events.punished] = np.maximum(freeze_months[events.punished], months)
    freeze_months[events.admonished] = np.maximum(freeze_months[events.admonished], INACTION_FREEZE_MONTHS)


# --- What is learned (4.7, 4.8) and what changes in jurisdictions (2.2, 4.10) -----------------------------------------


def learn(events: Events, parameters: Parameters, officials: Officials, jurisdictions: Jurisdictions) -> None:
    """Bring all evidence to the end of the month: first one's own case, then what is heard."""
    learn_from_own_case(events, parameters, officials)
    learn_from_others(events, parameters, officials, jurisdictions)
    hear_of_losses(events, parameters, officials, jurisdictions)


def learn_from_own_case(events: Events, parameters: Parameters, officials: Officials) -> None:
    """Add an official's own case, or own failure left alone, to what the official has seen."""
    weight, negativity = parameters.behaviour.weight_own, parameters.behaviour.negativity
    officials.accountability_seen[events.cases.official] += weight
    officials.accountability_spared[events.unpursued] += weight
    officials.exemption_seen[events.cases.official[events.cases.is_exempt]] += weight
    officials.exemption_denied[events.sanctioned_innovators] += weight * negativity


def learn_from_others(
    events: Events, parameters: Parameters, officials: Officials, jurisdictions: Jurisdictions
) -> None:
    """Let all evidence fade, then add what is heard of cases in one's jurisdiction and, a month late, elsewhere."""
    behaviour, publicity = parameters.behaviour, parameters.accountability.publicity
    disclosure, at = parameters.exemption.disclosure, officials.jurisdiction
    sanctions = per_jurisdiction(events.sanctioned_innovators, officials, jurisdictions)
    exemptions = per_jurisdiction(events.cases.official[events.cases.is_exempt], officials, jurisdictions)
    unpursued = per_jurisdiction(events.unpursued, officials, jurisdictions)
    peer, national = behaviour.weight_peer, behaviour.weight_national
    heard_sanctions = publicity * (peer * sanctions + national * jurisdictions.sanctions_last_month.mean())
    heard_exemptions = disclosure * (peer * exemptions + national * jurisdictions.exemptions_last_month.mean())
    heard_spared = disclosure * peer * unpursued

    kept = 2 ** (-1 / behaviour.memory_half_life_months)
    for evidence, heard in (
        (officials.accountability_seen, heard_sanctions + heard_exemptions),
        (officials.accountability_spared, heard_spared),
        (officials.exemption_seen, heard_exemptions),
        (officials.exemption_denied, behaviour.negativity * heard_sanctions),
    ):
        np.multiply(evidence, kept, out=evidence)
        np.add(evidence, heard[at], out=evidence)

    jurisdictions.sanctions_last_month[:] = sanctions
    jurisdictions.exemptions_last_month[:] = exemptions


def hear_of_losses(events: Events, parameters: Parameters, officials: Officials, jurisdictions: Jurisdictions) -> None:
    """Let the evidence on how heavy sanctions are fade, and add the rungs drawn this month, at routine too."""
    kept = 2 ** (-1 / parameters.behaviour.memory_half_life_months)
    heard = parameters.accountability.publicity * parameters.behaviour.weight_peer
    of_punished = officials.jurisdiction[events.punished]
    losses = np.bincount(of_punished, np.array(LADDER_LOSSES)[events.rung], minlength=jurisdictions.size.size)
    n_losses = per_jurisdiction(events.punished, officials, jurisdictions)
    jurisdictions.loss_seen[:] = kept * jurisdictions.loss_seen + heard * losses
    jurisdictions.loss_cases[:] = kept * jurisdictions.loss_cases + heard * n_losses


def move_jurisdictions(
    events: Events, parameters: Parameters, officials: Officials, jurisdictions: Jurisdictions
) -> None:
    """Bring the norm, the experience and the public of every jurisdiction to the end of the month."""
    size, public, tolerance = jurisdictions.size, parameters.public, jurisdictions.public_tolerance
    kind = np.minimum(events.action, INNOVATION)
    for shown in (INACTION, ROUTINE, INNOVATION):
        n = per_jurisdiction(np.flatnonzero(kind == shown), officials, jurisdictions)
        jurisdictions.action_share[shown] = n / size
    jurisdictions.experience[:] += jurisdictions.action_share[INNOVATION]
    is_success = events.outcome == SUCCESS
    successes = per_jurisdiction(events.innovators[is_success], officials, jurisdictions) / size
    failures = per_jurisdiction(events.innovators[~is_success], officials, jurisdictions) / size
    moved = tolerance + public.reversion * (public.tolerance - tolerance)
    tolerance[:] = np.clip(moved + public.gain_success * successes - public.loss_failure * failures, 0.0, 1.0)


def per_jurisdiction(rows: Integers, officials: Officials, jurisdictions: Jurisdictions) -> Integers:
    """Return how many of the officials at some rows are in each jurisdiction, (J,)."""
    return np.bincount(officials.jurisdiction[rows], minlength=jurisdictions.size.size)


def age_and_leave(events: Events, parameters: Parameters, officials: Officials) -> Leavers:
    """Return who leaves, after a month of age and of freeze has passed (4.9); the dismissed never count as retired."""
    officials.age[:] += 1 / MONTHS_PER_YEAR
    officials.freeze_months[:] = np.maximum(officials.freeze_months - 1, 0.0)
    dismissed = events.punished[events.rung == DISMISSAL_RUNG]
    is_retired = officials.age >= parameters.career.retirement_age
    is_retired[dismissed] = False
    return Leavers(dismissed, np.flatnonzero(is_retired))


# --- Measures (8) --------------------------------------------------------------------------------------------------


def ratio(part: float, whole: float) -> float:
    """Return part / whole, missing (NaN) where whole is 0."""
    return part / whole if whole else float("nan")


def rates(events: Events, jurisdictions: Jurisdictions, parameters: Parameters) -> dict[str, float]:
    """Return how often each action was chosen and how often it succeeded, and what the month was worth."""
    value, n = parameters.value, events.action.size
    idle, routine, plain, filed, self_dealing = np.bincount(events.action, minlength=5).tolist()
    innovations = plain + filed + self_dealing
    successes = int((events.outcome == SUCCESS).sum())
    of_actions = value.inaction * idle + value.routine * routine + value.filing * filed
    of_actions += value.self_dealing * self_dealing
    of_outcomes = value.success * successes + value.failure * (innovations - successes)
    of_procedure = value.case * events.cases.official.size + value.detection * parameters.supervision.detection * n
    return {
        "innovation_rate": innovations / n,
        "routine_rate": routine / n,
        "inaction_rate": idle / n,
        "filed_share": ratio(filed, innovations),
        "self_dealing_share": ratio(self_dealing, innovations),
        "success_rate": ratio(successes, innovations),
        "innovation_dispersion": float(jurisdictions.action_share[INNOVATION].std()),
        "public_value": (of_actions + of_outcomes + of_procedure) / n,
    }


def counts(events: Events, leavers: Leavers) -> dict[str, float]:
    """Return the numbers of failures, cases, exemptions, sanctions and departures."""
    failures = np.bincount(events.outcome, minlength=4)
    reminder, light, heavy, dismissal = np.bincount(events.rung, minlength=N_RUNGS).tolist()
    return {
        "failures_force_majeure": float(failures[FORCE_MAJEURE]),
        "failures_complexity": float(failures[COMPLEXITY]),
        "failures_ability": float(failures[ABILITY]),
        "cases": float(events.cases.official.size),
        "exemptions": float(events.cases.is_exempt.sum()),
        "wrongful_exemptions": float(events.cases.is_exempt[events.cases.cause == CAUSE_SELF_DEALING].sum()),
        "sanctions_innovation": float(events.sanctioned_innovators.size),
        "sanctions_routine": float(events.sanctioned_routine.size),
        "sanctions_inaction": float(events.admonished.size),
        "sanctions_reminder": float(reminder),
        "sanctions_light": float(light),
        "sanctions_heavy": float(heavy),
        "sanctions_dismissal": float(dismissal),
        "dismissals": float(leavers.dismissed.size),
        "retirements": float(leavers.retired.size),
    }


def beliefs(events: Events, perceived: Perception) -> dict[str, float]:
    """Return what officials believed at the start of the month, and how far the facts of the month were from it."""
    honest = events.cases.is_exempt[events.cases.cause != CAUSE_SELF_DEALING]
    actual = ratio(int(honest.sum()), honest.size)
    return {
        "perceived_accountability": float(perceived.accountability.mean()),
        "perceived_exemption": float(perceived.exemption.mean()),
        "actual_exemption": actual,
        "trust_gap": actual - float(perceived.exemption.mean()),
    }

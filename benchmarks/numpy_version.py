"""The whole model a second time, in vectorised NumPy: whole runs of the rules in `benchmarks.numpy_rules`.

It is how fast NumPy does what the compiled engine does, and a second opinion on what the specification says
(docs/model.md, whose sections stand in brackets). Its random numbers are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import expit

from benchmarks.numpy_defaults import Values
from benchmarks.numpy_measures import Month, measures_of
from benchmarks.numpy_policy import FREEZES_MONTHS, LOSSES, SELF_DEALING, Booleans, Floats, Integers, Policy
from benchmarks.numpy_rules import (
    INNOVATE,
    MONTHS_PER_YEAR,
    PURPOSES,
    REST,
    SUCCESS,
    Events,
    Jurisdictions,
    Luck,
    Officials,
    events_of,
    nerve,
    prospects,
)

NEWCOMER_AGES = (28.0, 32.0)
HISTORY_BITS = 0xFFFFFF
# What is heard of, in a jurisdiction and elsewhere: rows of the news of a month.
SANCTIONS, EXEMPT, DENIED, UNPURSUED = 0, slice(1, 3), slice(3, 5), 5
N_NEWS = 6

# The values of all jurisdictions, evenly spread, or those of each of the jurisdictions that are listed.
Setting = Values | Sequence[Values]


def simulate_numpy(
    parameters: Setting | Callable[[int], Setting], sizes: Sequence[int], months: int, seed: int
) -> dict[str, Floats]:
    """Return the monthly series of the whole administration, each (months,), by measure.

    Parameters
    ----------
    parameters : those in force throughout, or a function that returns those of a month; a dictionary for all
        jurisdictions, whose complexity is then spread evenly, or one for each listed jurisdiction.
    sizes : the officials in each jurisdiction.
    months, seed : how long, and which luck.

    Raises ValueError if there is no month or no jurisdiction, an empty jurisdiction, or not one set of values for each.
    """
    if months < 1 or not sizes or min(sizes) < 1:
        raise ValueError("a run needs a month and a jurisdiction, and every jurisdiction an official")
    of_month = parameters if callable(parameters) else lambda _: parameters
    values, n = of_month(0), np.array(sizes)
    if not isinstance(values, dict) and len(values) != n.size:
        raise ValueError(f"there are {len(values)} sets of parameters for {n.size} jurisdictions; give one for each")
    generator = np.random.default_rng(seed)
    policy = Policy(values, n)
    officials, jurisdictions = officials_at_start(policy, generator), jurisdictions_at_start(policy)
    series: list[dict[str, float]] = []
    for number in range(months):
        in_force = of_month(number)
        if in_force is not values and in_force != values:
            values, policy = in_force, Policy(in_force, n)
        luck = dict(zip(PURPOSES, generator.random((len(PURPOSES), policy.place.size)), strict=True))
        month = month_of(policy, officials, jurisdictions, luck)
        newcomers_arrive(np.concatenate([month.removed, month.retired]), policy, officials, generator)
        series.append(measures_of(month))
    return {name: np.array([measures[name] for measures in series]) for name in series[0]}


def month_of(policy: Policy, officials: Officials, jurisdictions: Jurisdictions, luck: Luck) -> Month:
    """Return what happened in a month, after moving officials and jurisdictions (in place) to its end (4).

    Those who leave are still there: whoever calls puts newcomers into their posts.
    """
    seen = prospects(policy, officials, jurisdictions, luck["urgency"] < policy.each("work.urgency"))
    daring = nerve(policy, jurisdictions)
    events = events_of(policy, jurisdictions, seen, luck)
    freeze(events, policy, officials)
    learn_from_own_case(events, policy, officials)
    hear_news(events, policy, officials, jurisdictions)
    move_jurisdictions(events, policy, jurisdictions)
    removed, retired = age_and_leave(events, policy, officials)
    return Month(
        policy=policy,
        seen=seen,
        events=events,
        inaction_history=officials.inaction_history.copy(),
        innovation_rate=jurisdictions.action_share[INNOVATE].copy(),
        nerve=daring,
        public_tolerance=jurisdictions.public_tolerance.copy(),
        removed=removed,
        retired=retired,
    )


# --- Officials and jurisdictions at the start (2, 7) ---------------------------------------------------------------


def officials_at_start(policy: Policy, generator: np.random.Generator) -> Officials:
    """Return the officials of month 0, of all ages."""
    n = policy.place.size
    by_kind = {"exemption_seen", "exemption_denied"}
    fields = [name for name in Officials.__dataclass_fields__ if name != "inaction_history"]
    empty = {name: np.zeros((2, n) if name in by_kind else n) for name in fields}
    officials = Officials(**empty, inaction_history=np.zeros(n, dtype=np.int64))
    newcomers_arrive(np.arange(n), policy, officials, generator)
    officials.age[:] = generator.uniform(NEWCOMER_AGES[0], policy.each("career.retirement_age"))
    return officials


def newcomers_arrive(rows: Integers, policy: Policy, officials: Officials, generator: np.random.Generator) -> None:
    """Put newcomers with fresh traits, no evidence and no past into the posts at some rows (4.9, 7)."""

    def normal(trait: str, location: str) -> Floats:
        location_values = policy.each(f"population.{trait}_{location}")[rows] if location else 0.0
        spread = policy.each(f"population.{trait}_sd")[rows]
        return np.asarray(location_values + spread * generator.standard_normal(rows.size))

    for values in vars(officials).values():
        values[..., rows] = 0
    officials.competence[rows] = expit(normal("competence", "mu"))
    mean, sd = (policy.each(f"population.loss_aversion_{name}")[rows] for name in ("mean", "sd"))
    officials.loss_aversion[rows] = mean / np.exp(sd**2 / 2) * np.exp(normal("loss_aversion", ""))
    motivation = normal("public_service_motivation", "mean")
    officials.public_service_motivation[rows] = np.maximum(motivation, 0.0)
    officials.ambition[rows] = np.maximum(normal("ambition", "mean"), 0.0)
    officials.integrity[rows] = expit(normal("integrity", "mu"))
    officials.age[rows] = generator.uniform(*NEWCOMER_AGES, rows.size)


def jurisdictions_at_start(policy: Policy) -> Jurisdictions:
    """Return the jurisdictions before month 0: the norm as set or in thirds, the public at its baseline."""
    n = policy.sizes.size
    share = policy.of("behaviour.initial_innovation_share")
    innovation = np.where(np.isnan(share), 1 / 3, share)
    return Jurisdictions(
        action_share=np.stack([(1 - innovation) / 2, (1 - innovation) / 2, innovation]),
        public_tolerance=policy.of("public.tolerance").copy(),
        experience=np.zeros(n),
        loss_seen=np.zeros(n),
        loss_cases=np.zeros(n),
        news_of_all=np.zeros(N_NEWS),
    )


# --- What a month leaves behind (4.7 to 4.10) -------------------------------------------------------------------------


def freeze(events: Events, policy: Policy, officials: Officials) -> None:
    """Bar from promotion those who were sanctioned, or called to account for inaction (4.6, 4.7)."""
    of_sanction = np.where(events.is_sanctioned, FREEZES_MONTHS[events.rung], 0.0)
    of_inaction = np.where(events.is_admonished, policy.each("accountability.inaction_freeze_months"), 0.0)
    officials.freeze_months[:] = np.maximum(officials.freeze_months, np.maximum(of_sanction, of_inaction))


def learn_from_own_case(events: Events, policy: Policy, officials: Officials) -> None:
    """Add an official's own case, or own failure left alone, to what the official has seen (4.8)."""
    weight, negativity = policy.each("behaviour.weight_own"), policy.each("behaviour.negativity")
    case_of_failure = events.is_case & (events.cause != SELF_DEALING)
    officials.accountability_seen += weight * case_of_failure
    officials.accountability_spared += weight * events.is_unpursued
    for filed in (0, 1):
        honest = events.is_honest_case & (events.filed == filed)
        officials.exemption_seen[filed] += weight * (honest & events.is_exempt)
        officials.exemption_denied[filed] += weight * negativity * (honest & events.is_sanctioned)


def per_official(policy: Policy, who: Booleans, weight: Floats | None = None) -> Floats:
    """Return the number of some officials in each jurisdiction, or their weight, per official there, (J,)."""
    weights = None if weight is None else weight[who]
    return np.asarray(np.bincount(policy.place[who], weights, minlength=policy.sizes.size) / policy.sizes)


def news_of(events: Events, policy: Policy) -> Floats:
    """Return the events of a month that people hear of, per official, (N_NEWS, J)."""
    honest = events.is_honest_case
    kinds = [honest & (events.filed == filed) for filed in (0, 1)]
    heard_of = [
        events.is_sanctioned_for_failure,
        *(kind & events.is_exempt for kind in kinds),
        *(kind & events.is_sanctioned for kind in kinds),
        events.is_unpursued,
    ]
    return np.stack([per_official(policy, who) for who in heard_of])


def hear_news(events: Events, policy: Policy, officials: Officials, jurisdictions: Jurisdictions) -> None:
    """Let all evidence fade, then add what is heard of one's jurisdiction and, a month late, of everywhere (4.8)."""
    circle, peer = policy.of("behaviour.circle"), policy.of("behaviour.weight_peer")
    publicity, disclosure = policy.of("accountability.publicity"), policy.of("exemption.disclosure")
    negativity, national = policy.of("behaviour.negativity"), policy.of("behaviour.weight_national")
    kept = 2 ** (-1 / policy.of("behaviour.memory_half_life_months"))
    news = news_of(events, policy)
    heard = circle * (peer * news + national * jurisdictions.news_of_all[:, None])

    exempt = disclosure * heard[EXEMPT]  # (2, J)
    for evidence, added in (
        (officials.accountability_seen, publicity * heard[SANCTIONS] + exempt.sum(axis=0)),
        (officials.accountability_spared, disclosure * circle * peer * news[UNPURSUED]),
        (officials.exemption_seen, exempt),
        (officials.exemption_denied, negativity * publicity * heard[DENIED]),
    ):
        evidence[:] = evidence * kept[policy.place] + added[..., policy.place]
    jurisdictions.news_of_all = news @ policy.sizes / policy.sizes.sum()

    sanctioned = events.is_sanctioned_for_failure
    of_losses = publicity * circle * peer
    losses = per_official(policy, sanctioned, LOSSES[events.rung])
    jurisdictions.loss_seen = kept * jurisdictions.loss_seen + of_losses * losses
    jurisdictions.loss_cases = kept * jurisdictions.loss_cases + of_losses * per_official(policy, sanctioned)


def move_jurisdictions(events: Events, policy: Policy, jurisdictions: Jurisdictions) -> None:
    """Bring the norm, the experience and the public of every jurisdiction to the end of the month (2.2, 4.10)."""
    kind = np.minimum(events.action, INNOVATE)
    jurisdictions.action_share = np.stack([per_official(policy, kind == shown) for shown in range(3)])
    jurisdictions.experience += jurisdictions.action_share[INNOVATE]

    honest = per_official(policy, events.outcome < SUCCESS - 1)
    negligent = per_official(policy, events.outcome == SUCCESS - 1)
    put_right = policy.of("exemption.correction") * per_official(policy, events.is_honest_case & events.is_exempt)
    felt = negligent + (1 - policy.of("public.objectivity")) * (honest - put_right)
    successes = per_official(policy, (events.action >= INNOVATE) & (events.outcome == SUCCESS))
    tolerance, baseline = jurisdictions.public_tolerance, policy.of("public.tolerance")
    moved = tolerance + policy.of("public.reversion") * (baseline - tolerance)
    moved += policy.of("public.gain_success") * successes - policy.of("public.loss_failure") * felt
    jurisdictions.public_tolerance = np.clip(moved, 0.0, 1.0)


def age_and_leave(events: Events, policy: Policy, officials: Officials) -> tuple[Integers, Integers]:
    """Return who is removed and who retires, after a month has passed (4.9); the removed never count as retired."""
    officials.age += 1 / MONTHS_PER_YEAR
    officials.freeze_months[:] = np.maximum(officials.freeze_months - 1, 0.0)
    history = officials.inaction_history
    history[:] = ((history << 1) | (events.action == REST)) & HISTORY_BITS
    retires = (officials.age >= policy.each("career.retirement_age")) & ~events.is_removed
    return np.flatnonzero(events.is_removed), np.flatnonzero(retires)

"""What follows from the parameters in force before anybody acts: complexity, exemption and the two ladders.

Written from the specification alone (docs/model.md, 5 and 6). The first axis of arrays is the
jurisdiction, (J,), or, where it is said, the official, (n,).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit, ndtr, ndtri

from benchmarks.numpy_defaults import Values

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

# Causes of a case; those before NEGLIGENCE are honest. An outcome is one of the first four, or SUCCESS, or NOTHING.
FORCE_MAJEURE, COMPLEXITY, ABILITY, NEGLIGENCE, SELF_DEALING = range(5)
HONEST = (FORCE_MAJEURE, COMPLEXITY, ABILITY)
UNFILED, FILED = 0, 1

N_RUNGS = 4
TOP_RUNG = N_RUNGS - 1
LOSSES = np.array([0.5, 2.0, 6.0, 15.0])
FREEZES_MONTHS = np.array([0.0, 6.0, 18.0, 0.0])  # the top rung removes, so that no freeze is left to serve
ACCOUNTABILITY_SHARES = (0.40, 0.30, 0.25, 0.05)
MISCONDUCT_SHARES = (0.638, 0.286, 0.037, 0.039)
MOST_COMPLEXITY = 0.95
REFERENCE_CLARITY = 2.0
LEAST_CLARITY = 0.5


class Policy:
    """The parameters in force in every jurisdiction, and what they imply.

    ``complexity`` is (J,); ``exempted`` (J, 5, 2) the probability X by cause and unfiled or filed; ``mean_exempted``
    (J, 2) is Xbar; ``rung_share`` and ``misconduct_share`` (J, 4) the two ladders, with (J,) expected losses.
    """

    def __init__(self, values: Values | Sequence[Values], sizes: Integers) -> None:
        """Take the values of all jurisdictions alike, or those of each of the jurisdictions that are listed."""
        is_listed = not isinstance(values, dict)
        local: list[Values] = list(values) if is_listed else [values] * sizes.size  # type: ignore[arg-type,list-item]
        self.sizes = sizes
        self.place = np.repeat(np.arange(sizes.size), sizes)
        self._local = {name: np.array([float(own[name]) for own in local]) for name in local[0]}
        self._each: dict[str, Floats] = {}
        self.complexity = _complexity(self, is_listed)
        self.exempted = _exempted(self, _exemption_rate(self))
        self.mean_exempted = _mean_exempted(self)
        self.rung_share = _ladders(self.of("accountability.severity"), ACCOUNTABILITY_SHARES)
        self.misconduct_share = _ladders(self.of("accountability.misconduct_severity"), MISCONDUCT_SHARES)
        self.expected_loss = self.rung_share @ LOSSES
        self.expected_misconduct_loss = self.misconduct_share @ LOSSES

    def of(self, name: str) -> Floats:
        """Return a parameter's values, (J,)."""
        return self._local[name]

    def each(self, name: str) -> Floats:
        """Return a parameter's values where each official works, (n,)."""
        if name not in self._each:
            self._each[name] = self._local[name][self.place]
        return self._each[name]

    def mean_over_officials(self, values: Floats) -> float:
        """Return the mean of values of jurisdictions, (J,), every official weighing alike (2)."""
        return float(values @ self.sizes / self.sizes.sum())


def _complexity(policy: Policy, is_listed: bool) -> Floats:
    """Return complexity_j, (J,): evenly spread around the common one, or each jurisdiction's own if listed (5)."""
    n = policy.sizes.size
    position = np.linspace(-1.0, 1.0, n) if n > 1 and not is_listed else np.zeros(n)
    spread = policy.of("work.complexity_spread") * position
    return np.clip(policy.of("work.complexity") + spread, 0.0, MOST_COMPLEXITY)


def honest_failures(policy: Policy, complexity: Floats) -> Floats:
    """Return how often a median official fails for each honest cause with full care, (J, 3) (4.3, 4.6)."""
    force_majeure = policy.of("work.force_majeure")
    incompetence = 1 - expit(policy.of("population.competence_mu"))
    of_complexity = (1 - force_majeure) * complexity
    of_ability = (1 - force_majeure) * (1 - complexity) * policy.of("work.ability_weight") * incompetence
    return np.stack([force_majeure, of_complexity, of_ability], axis=1)


def _exemption_rate(policy: Policy) -> Floats:
    """Return e_j, (J,): the rate of unfiled complexity failures at the reference clarity, after flexibility (5)."""
    common = policy.of("exemption.probability")
    mean_complexity = np.full_like(common, policy.mean_over_officials(policy.complexity))
    here = honest_failures(policy, policy.complexity).sum(axis=1)
    at_mean = honest_failures(policy, mean_complexity).sum(axis=1)
    # Where nobody can fail there is no risk to even out, and the common rate stays.
    relative_risk = np.divide(at_mean, here, out=np.ones_like(here), where=here > 0)
    evening_out = np.clip(1 - relative_risk * (1 - common), 0.0, 1.0)
    deviation = evening_out - policy.mean_over_officials(evening_out)
    return np.asarray(np.clip(common + policy.of("guidance.flexibility") * deviation, 0.0, 1.0))


def _exempted(policy: Policy, rate: Floats) -> Floats:
    """Return X, (J, 5, 2): the probability that a case ends exempt while the public is calm (5)."""
    flexibility = policy.of("guidance.flexibility")
    knowledge, favour = (flexibility * policy.of(f"guidance.local_{name}") for name in ("knowledge", "favour"))
    evidence = np.zeros((rate.size, 5, 2))
    for cause, name in enumerate(("force_majeure", "complexity", "ability")):
        evidence[:, cause, UNFILED] = policy.of(f"exemption.evidence_{name}") + knowledge
        evidence[:, cause, FILED] = evidence[:, cause, UNFILED] + policy.of("exemption.evidence_filing")
    evidence[:, NEGLIGENCE] = policy.of("exemption.evidence_negligence")[:, None]
    evidence[:, SELF_DEALING] = favour[:, None]

    # The burden of proof is infinite at e = 0 and minus infinite at e = 1, which the normal cdf turns into 0 and 1.
    burden = REFERENCE_CLARITY * (REFERENCE_CLARITY / 2 - ndtri(rate))
    clarity = np.maximum(policy.of("exemption.evidence_complexity") + knowledge, LEAST_CLARITY)
    threshold = clarity / 2 + burden / clarity
    exempted = ndtr(evidence - threshold[:, None, None])
    remedy = np.where(rate > 0, policy.of("exemption.remedy"), 0.0)[:, None, None]
    exempted[:, HONEST] += (1 - exempted[:, HONEST]) * remedy
    return np.asarray(policy.of("exemption.access")[:, None, None] * exempted)


def _mean_exempted(policy: Policy) -> Floats:
    """Return Xbar, (J, 2): how often a median official's honest case is exempted, unfiled and filed (5)."""
    failures = honest_failures(policy, policy.complexity)
    total = failures.sum(axis=1)
    # Where nobody can fail honestly the rule is known by what it says of the reference case.
    of_reference = np.broadcast_to([0.0, 1.0, 0.0], failures.shape)
    share = np.divide(failures, total[:, None], out=of_reference.copy(), where=total[:, None] > 0)
    return np.asarray(np.einsum("jc,jck->jk", share, policy.exempted[:, HONEST]))


def _ladders(severities: Floats, shares: tuple[float, ...]) -> Floats:
    """Return the distribution over the rungs in every jurisdiction, (J, 4)."""
    return np.array([ladder(float(severity), shares) for severity in severities])


@lru_cache(maxsize=1024)
def ladder(severity: float, shares: tuple[float, ...] = ACCOUNTABILITY_SHARES) -> tuple[float, ...]:
    """Return the share of each rung: the base shares, tilted so that the mean rung is 3 * severity (6)."""
    rungs = np.arange(N_RUNGS)
    if severity <= 0 or severity >= 1:
        return tuple(float(rung == (TOP_RUNG if severity >= 1 else 0)) for rung in rungs)

    def tilted(tilt: float) -> Floats:
        logarithm = np.log(shares) + tilt * rungs
        weight = np.exp(logarithm - logarithm.max())
        return np.asarray(weight / weight.sum())

    tilt = brentq(lambda tilt: float(tilted(tilt) @ rungs) - TOP_RUNG * severity, -800.0, 800.0, xtol=1e-15, rtol=1e-15)
    return tuple(float(share) for share in tilted(tilt))

"""What the closed forms of model.md, section 9, have in common: solutions on paper, and how far off chance allows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from model.measures import MEASURES
from model.parameters import LADDER_LOSSES, LADDER_SHARES, Parameters
from model.simulate import simulate
from tests.made_scenarios import made_scenario

Settings = Mapping[str, float]
# With fixed seeds the tests are repeatable. Were a seed changed, an honest model would fail one in 100,000 comparisons.
MOST_ERRORS = 4.5
RUNGS = np.arange(4)


def rate_of(settings: Settings, name: str, officials: int, months: int) -> float:
    """Return a measure's mean over one run of one jurisdiction."""
    values = simulate(made_scenario(settings, officials, 1, months), 1).values[0]
    return float(values[:, MEASURES.index(name)].mean())


def total_of(settings: Settings, names: list[str], officials: int, months: int) -> np.ndarray:
    """Return the sums of some measures over one run of one jurisdiction."""
    values = simulate(made_scenario(settings, officials, 1, months), 1).values[0]
    return values[:, [MEASURES.index(name) for name in names]].sum(axis=0)


def binomial_error(probability: float, n: float) -> float:
    return float(np.sqrt(probability * (1 - probability) / n))


def ladder_of(severity: float) -> np.ndarray:
    """Return the observed ladder tilted to this severity (section 6)."""

    def at(tilt: float) -> np.ndarray:
        weights = np.array(LADDER_SHARES) * np.exp(tilt * RUNGS)
        return weights / weights.sum()

    if severity in (0.0, 1.0):
        return np.equal(RUNGS, 3 * severity).astype(float)
    return at(brentq(lambda tilt: at(tilt) @ RUNGS - 3 * severity, -50.0, 50.0, xtol=1e-14))


def exemption_of(parameters: Parameters, evidence: float) -> float:
    """Return the probability X that an honest failure with this strength of evidence ends exempt (section 5)."""
    exemption = parameters.exemption
    at_once = ndtr(evidence - exemption.evidence_complexity + ndtri(exemption.probability))
    remedy = exemption.remedy if exemption.probability > 0 else 0.0
    return float(exemption.access * (at_once + (1 - at_once) * remedy))


def binary_terms(
    parameters: Parameters, competence: np.ndarray | float, loss_aversion: np.ndarray | float, drive: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Return B - U_inaction and risk (section 4.4) of officials without any past, where nobody conforms."""
    accountability, work, public = parameters.accountability, parameters.work, parameters.public
    success = (1 - work.force_majeure) * (1 - work.complexity) * (1 - work.ability_weight * (1 - competence))
    pursued = (1 - success) * accountability.certainty * (1 - public.tolerance_weight * public.tolerance)
    risk = pursued * loss_aversion * (ladder_of(accountability.severity) @ LADDER_LOSSES)
    gain = success * drive - work.innovation_effort - parameters.supervision.red_tape * parameters.supervision.detection
    burden = pursued * parameters.exemption.review_burden * loss_aversion
    inaction = -loss_aversion * accountability.inaction_certainty * accountability.inaction_loss
    return gain - burden - inaction, risk


def binary_advantage(
    parameters: Parameters, competence: np.ndarray | float, loss_aversion: np.ndarray | float, drive: np.ndarray | float
) -> np.ndarray:
    """Return by how much innovation is worth more than inaction to officials without any past."""
    evidence = parameters.exemption.evidence_complexity
    # e^ * u is credence times the exemption of an unfiled case, unless nobody is exempted at all.
    believed = parameters.behaviour.credence * exemption_of(parameters, evidence)
    base, risk = binary_terms(parameters, competence, loss_aversion, drive)
    return np.asarray(base - risk * (1 - believed))

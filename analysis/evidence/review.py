"""The review as the model has it (section 5 of docs/model.md): how likely a case of each kind is exempted.

Everything is vectorised over draws of the parameters; it is the model's own rule in another form, and a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from model.parameters import SHARE, about, parameter_paths

Floats = NDArray[np.float64]
Values = Mapping[str, Floats]

REFERENCE_CLARITY = 2.0  # at this clarity the exemption rate is what its parameter says
LEAST_CLARITY = 0.5
_LEAST_PROBABILITY = 1e-12
HONEST = ("force_majeure", "complexity", "ability")
CAUSES = (*HONEST, "negligence", "self_dealing")
PROBABILITY, FILING, ACCESS, REMEDY = (
    "exemption.probability",
    "exemption.evidence_filing",
    "exemption.access",
    "exemption.remedy",
)
_NEGLIGENCE = "exemption.evidence_negligence"


def evidence_of(cause: str) -> str:
    """Return the path of the parameter that says how strong the evidence of a cause is."""
    return f"exemption.evidence_{cause}"


def parameters_of_review() -> dict[str, tuple[float, float]]:
    """Return the parameters that cases can tell of, each with the range of its prior.

    The range is what is plausible; access and remedy may be anything from 0 to 1.
    """
    paths = (PROBABILITY, *map(evidence_of, HONEST), _NEGLIGENCE, FILING)
    ranges = {path: about(path).plausible or SHARE for path in paths if path in parameter_paths()}
    return {**ranges, ACCESS: SHARE, REMEDY: SHARE}


def criterion(probability: Floats, clarity: Floats) -> Floats:
    """Return how strong the evidence must be to exempt: the likelihood ratio is held when clarity changes."""
    inside = np.clip(probability, _LEAST_PROBABILITY, 1.0 - _LEAST_PROBABILITY)  # 0 and 1 have no finite criterion
    log_ratio = REFERENCE_CLARITY * (REFERENCE_CLARITY / 2.0 - ndtri(inside))
    held = np.maximum(clarity, LEAST_CLARITY)
    return np.asarray(held / 2.0 + log_ratio / held)


def exempt_at_review(values: Values, cause: str, *, filed: bool = False) -> Floats:
    """Return the chance that a case of a cause is exempted, before any appeal."""
    return np.asarray(ndtr(margin_of(values, cause, filed=filed)))


def margin_of(values: Values, cause: str, *, filed: bool = False) -> Floats:
    """Return by how many standard deviations the evidence of a cause exceeds what reviewers ask for."""
    threshold = criterion(values[PROBABILITY], values[evidence_of("complexity")])
    if cause == "self_dealing":
        return -threshold
    strength = values.get(evidence_of(cause), np.zeros_like(threshold))
    if filed and cause in HONEST:
        strength = strength + values[FILING]
    return np.asarray(strength - threshold)


def stricter_probability(probability: float, clarity: float, by: float) -> float:
    """Return the exemption rate at the reference clarity that raises the criterion by so many standard deviations."""
    held = max(clarity, LEAST_CLARITY)
    return float(ndtr(ndtri(probability) - by * held / REFERENCE_CLARITY))


def margin_of_rate(probability: Floats, clarity: Floats) -> Floats:
    """Return by how many standard deviations an unfiled failure from complexity exceeds what reviewers ask for."""
    return np.asarray(np.maximum(clarity, LEAST_CLARITY) - criterion(probability, clarity))


def rate_of_margin(margin: Floats, clarity: Floats) -> Floats:
    """Return the exemption rate at the reference clarity that gives such a margin."""
    return np.asarray(ndtr(_reference_margin(margin, clarity)))


def log_slope_of_rate(margin: Floats, clarity: Floats) -> Floats:
    """Return the logarithm of the slope of `rate_of_margin`, up to a constant."""
    held = np.maximum(clarity, LEAST_CLARITY)
    return np.asarray(np.log(held) - _reference_margin(margin, clarity) ** 2 / 2.0)


def _reference_margin(margin: Floats, clarity: Floats) -> Floats:
    held = np.maximum(clarity, LEAST_CLARITY)
    return np.asarray(REFERENCE_CLARITY / 2.0 - held * (held / 2.0 - margin) / REFERENCE_CLARITY)

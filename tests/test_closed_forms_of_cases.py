"""Closed forms of what becomes of cases (model.md, section 9, numbers 4 to 6): what is believed where exemptions are
seldom disclosed, how sanctions fall on the ladder, who is exempted.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from model.measures import MEASURES
from model.simulate import months_of_run, simulate
from model.vocabulary import Counts
from tests.closed_forms import MOST_ERRORS, Settings, binomial_error, exemption_of, ladder_of, total_of
from tests.made_scenarios import BINARY, NOBODY_RETIRES, SAME_PLACES, job_of, made_scenario

# --- 4. Disclosure -------------------------------------------------------------------------------------------------

DISCLOSURES = [(0.5, 0.1, 0.6), (0.4, 0.3, 0.9), (0.7, 0.05, 1.0), (0.3, 0.8, 0.8), (0.5, 0.0, 0.6), (0.2, 1.0, 0.1)]


def believed_in_the_long_run(exemption: float, disclosure: float, publicity: float) -> float:
    return exemption * disclosure / (exemption * disclosure + (1 - exemption) * publicity)


def test_that_half_exempted_but_seldom_disclosed_looks_like_one_in_seven() -> None:
    assert believed_in_the_long_run(0.5, 0.1, 0.6) == pytest.approx(0.14, abs=0.005)


@pytest.mark.parametrize(("exemption", "disclosure", "publicity"), DISCLOSURES)
def test_that_officials_come_to_believe_the_exemption_that_is_disclosed(
    exemption: float, disclosure: float, publicity: float
) -> None:
    """With long memory, no prior and no negativity: e * D / (e * D + (1 - e) * P)."""
    causes_alike = {f"exemption.evidence_{cause}": 2.0 for cause in ("force_majeure", "ability")}
    settings = {
        **BINARY,
        **causes_alike,
        "exemption.probability": exemption,
        "exemption.disclosure": disclosure,
        "exemption.access": 1.0,
        "exemption.remedy": 0.0,
        "accountability.publicity": publicity,
        "accountability.severity": 0.0,
        "behaviour.prior_strength": 1e-9,
        "behaviour.memory_half_life_months": 1e9,
        "behaviour.negativity": 1.0,
        "behaviour.weight_own": 0.0,
        "behaviour.temperature": 100.0,
    }
    scenario = made_scenario(settings, 20_000, 1, 60, [NOBODY_RETIRES])
    values = simulate(scenario, 1).values[0]
    found = values[-1, MEASURES.index("perceived_exemption")]
    n_cases = values[:-1, MEASURES.index("cases")].sum()
    expected = believed_in_the_long_run(exemption, disclosure, publicity)
    slope = disclosure * publicity / (exemption * disclosure + (1 - exemption) * publicity) ** 2
    assert abs(found - expected) <= MOST_ERRORS * slope * binomial_error(exemption, n_cases) + 1e-6
    actual = values[:, MEASURES.index("exemptions")].sum() / values[:, MEASURES.index("cases")].sum()
    assert abs(actual - exemption) < MOST_ERRORS * binomial_error(exemption, n_cases)


# --- 5. Ladder -----------------------------------------------------------------------------------------------------

RUNG_MEASURES = ["reminders", "light_sanctions", "heavy_sanctions", "dismissals"]


@pytest.mark.parametrize("severity", [0.0, 0.05, 0.159, 0.3, 0.6, 0.9, 1.0])
def test_that_sanctions_fall_on_the_rungs_as_the_tilted_ladder_says(severity: float) -> None:
    settings = {"accountability.severity": severity, "exemption.probability": 0.0, "work.routine_failure": 1.0}
    settings["behaviour.temperature"] = 100.0
    rungs = total_of(settings, RUNG_MEASURES, 20_000, 24)
    shares = ladder_of(severity)
    for n_on_rung, share in zip(rungs, shares, strict=True):
        assert abs(n_on_rung / rungs.sum() - share) <= MOST_ERRORS * binomial_error(share, rungs.sum()) + 1e-12
    assert rungs.sum() > 50_000


def test_that_the_default_severity_gives_the_shares_of_the_discipline_commission() -> None:
    """CCDI 2023: 63.8, 28.6, 3.7 and 3.9%, to 1e-3."""
    np.testing.assert_allclose(ladder_of(0.159), [0.638, 0.286, 0.037, 0.039], atol=1e-9)
    rungs = total_of({"exemption.probability": 0.0, "behaviour.temperature": 100.0}, RUNG_MEASURES, 100_000, 120)
    assert rungs.sum() > 1e6
    np.testing.assert_allclose(rungs / rungs.sum(), [0.638, 0.286, 0.037, 0.039], atol=1e-3)


# --- 6. Classification ---------------------------------------------------------------------------------------------

ONLY_CAUSE = {
    "force_majeure": {"work.force_majeure": 1.0},
    "complexity": {"work.force_majeure": 0.0, "work.complexity": 0.95, "work.ability_weight": 0.0},
    "ability": {"work.force_majeure": 0.0, "work.complexity": 0.0, "work.ability_weight": 1.0},
}
RULES = {
    "default rule": {},
    "clear list": {"exemption.evidence_force_majeure": 4.0, "exemption.evidence_ability": 2.5, "exemption.access": 1.0},
    "strict, many appeals": {"exemption.probability": 0.05, "exemption.remedy": 0.5},
    "nobody": {"exemption.probability": 0.0, "exemption.remedy": 0.5},
    "everybody": {"exemption.probability": 1.0},
}


def frequency(settings: Settings, part: str, whole: str) -> tuple[float, float]:
    """Return how often a case ended one way, and how many cases there were."""
    scenario = made_scenario({**settings, **SAME_PLACES, "accountability.severity": 0.0}, 20_000, 1, 12)
    job = job_of(scenario)
    counts = sum(administration.total.copy() for administration, _ in months_of_run(job, 1))
    totals = Counts(*counts)._asdict()
    return totals[part] / totals[whole], float(totals[whole])


@pytest.mark.parametrize("is_filed", [False, True])
@pytest.mark.parametrize("cause", ONLY_CAUSE)
@pytest.mark.parametrize("rule", RULES)
def test_that_honest_failures_are_exempted_as_often_as_their_evidence_says(
    rule: str, cause: str, is_filed: bool
) -> None:
    # Innovating is worth far more than anything else, and filing costs nothing or too much.
    settings = {**ONLY_CAUSE[cause], **RULES[rule], "behaviour.self_dealing_open": 0.0, "behaviour.conformity": 0.0}
    settings |= {"work.innovation_effort": 0.0, "accountability.inaction_loss": 100.0, "behaviour.routine_open": 0.0}
    settings |= {"accountability.inaction_certainty": 1.0, "behaviour.filed_innovation_open": float(is_filed)}
    if is_filed:
        settings |= {"exemption.filing_cost": 0.0, "behaviour.temperature": 1e-6}
    parameters = made_scenario(settings).parameters
    evidence = getattr(parameters.exemption, f"evidence_{cause}") + is_filed * parameters.exemption.evidence_filing
    expected = exemption_of(parameters, evidence)
    found, n_cases = frequency(settings, "honest_exemptions", "honest_cases")
    assert n_cases > 5000
    assert abs(found - expected) <= MOST_ERRORS * binomial_error(expected, n_cases) + 1e-12


@pytest.mark.parametrize("rule", RULES)
def test_that_private_gain_is_wrongly_exempted_as_often_as_noise_passes_for_evidence(rule: str) -> None:
    settings = {**RULES[rule], "work.self_dealing_gain": 100.0}
    exemption = made_scenario(settings).parameters.exemption
    expected = exemption.access * float(ndtr(ndtri(exemption.probability) - exemption.evidence_complexity))
    found, n_cases = frequency(settings, "wrongful_exemptions", "self_dealing_cases")
    assert n_cases > 5000
    assert abs(found - expected) <= MOST_ERRORS * binomial_error(expected, n_cases) + 1e-12

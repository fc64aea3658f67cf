"""Closed forms of what becomes of cases (model.md, section 9, numbers 4 to 6 and 8): what is believed where exemptions
are seldom disclosed, how sanctions fall on the ladders, who is exempted, and how much care is taken.
"""

from __future__ import annotations

import numpy as np
import pytest

from model.measures import MEASURES
from model.parameters import ACCOUNTABILITY_SHARES, MISCONDUCT_SHARES
from model.simulate import months_of_run, simulate
from model.vocabulary import Counts
from tests.closed_forms import (
    MOST_ERRORS,
    NO_CAUTION,
    TOSSES,
    Settings,
    binomial_error,
    honest_exemption,
    honest_mean,
    ladder_of,
    like_everybody,
    loss_of_failure,
    negligence_exemption,
    rate_of,
    recognised,
    totals_of,
    weighed_by,
)
from tests.made_scenarios import (
    BINARY,
    IDENTICAL,
    NO_URGENCY,
    NOBODY_RETIRES,
    SAME_PLACES,
    job_of,
    made_scenario,
    officials_of,
)

# Whatever is weighed, all ways are tried; and every failure is asked about.
ALL_IS_TRIED = {"behaviour.temperature": 100.0}
ALL_IS_PURSUED = {"accountability.certainty": 1.0, "public.tolerance_weight": 0.0}
CIRCULARS_ONLY = {"accountability.severity": 0.0, "accountability.misconduct_severity": 0.0}

# Where a count stands in a row of counts.
COUNT_OF = {name: place for place, name in enumerate(Counts._fields)}

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
        **NO_CAUTION,
        **ALL_IS_TRIED,
        **ALL_IS_PURSUED,
        **CIRCULARS_ONLY,
        **causes_alike,
        "exemption.probability": exemption,
        "exemption.disclosure": disclosure,
        "exemption.access": 1.0,
        "exemption.remedy": 0.0,
        "accountability.publicity": publicity,
        "behaviour.prior_strength": 1e-9,
        "behaviour.memory_half_life_months": 1e9,
        "behaviour.negativity": 1.0,
        "behaviour.weight_own": 0.0,
    }
    job = job_of(made_scenario(settings, 20_000, 1, 60, [NOBODY_RETIRES]))
    n_cases = n_exempt = 0
    for administration, measures in months_of_run(job, 1):
        found, heard_of = float(measures[MEASURES.index("perceived_exemption")]), n_cases
        n_cases += int(administration.total[COUNT_OF["honest_cases_unfiled"]])
        n_exempt += int(administration.total[COUNT_OF["honest_exemptions_unfiled"]])
    expected = believed_in_the_long_run(exemption, disclosure, publicity)
    slope = disclosure * publicity / (exemption * disclosure + (1 - exemption) * publicity) ** 2
    assert abs(found - expected) <= MOST_ERRORS * slope * binomial_error(exemption, heard_of) + 1e-6
    assert abs(n_exempt / n_cases - exemption) < MOST_ERRORS * binomial_error(exemption, n_cases)
    assert heard_of > 50_000


# All is known of every case, the document is believed, and all cases of a kind are alike.
OPEN_BOOKS = {
    **IDENTICAL,
    **NO_CAUTION,
    **NO_URGENCY,
    **SAME_PLACES,
    "exemption.disclosure": 0.9,
    "accountability.publicity": 0.9,
    "behaviour.credence": 1.0,
    "behaviour.negativity": 1.0,
    "work.learning_max": 0.0,
    "accountability.certainty": 0.2,
}


def test_that_where_all_is_disclosed_and_believed_there_is_no_trust_gap() -> None:
    """Over 200 runs of the default size, to the interval of their mean."""
    gaps = simulate(made_scenario(OPEN_BOOKS), 200).values[:, :, MEASURES.index("trust_gap")]
    by_run = np.nanmean(gaps, axis=1)
    assert abs(by_run.mean()) < MOST_ERRORS * by_run.std(ddof=1) / np.sqrt(len(by_run))
    assert by_run.std(ddof=1) / np.sqrt(len(by_run)) < 0.002


@pytest.mark.parametrize("kind", ["filed", "unfiled"])
def test_that_then_cases_of_either_kind_are_believed_to_be_exempted_as_often_as_they_are(kind: str) -> None:
    scenario = made_scenario({**OPEN_BOOKS, "exemption.filing_cost": 0.0}, 20_000, 1, 60)
    job, parameters = job_of(scenario), scenario.parameters
    expected = honest_mean(parameters, is_filed=kind == "filed")
    n_cases = n_exempt = 0
    for administration, _ in months_of_run(job, 1):
        n_cases += int(administration.total[COUNT_OF[f"honest_cases_{kind}"]])
        n_exempt += int(administration.total[COUNT_OF[f"honest_exemptions_{kind}"]])
    officials = officials_of(job, administration)
    seen, denied = officials[f"exemption_seen_{kind}"], officials[f"exemption_denied_{kind}"]
    strength = parameters.behaviour.prior_strength
    believed = (strength * expected + seen) / (strength + seen + denied)
    error = binomial_error(expected, n_cases)
    assert n_cases > 3000
    assert abs(n_exempt / n_cases - expected) < MOST_ERRORS * error
    # Memory fades, so that the cases of about three years count.
    assert abs(believed.mean() - expected) < MOST_ERRORS * error * np.sqrt(60 / 35)


# --- 5. Ladders ----------------------------------------------------------------------------------------------------

LADDERS = {
    "accountability": (
        ACCOUNTABILITY_SHARES,
        "accountability.severity",
        ("circulars", "admonitions", "disciplines", "organisational_removals"),
    ),
    "misconduct": (
        MISCONDUCT_SHARES,
        "accountability.misconduct_severity",
        tuple(f"misconduct_{form}_form" for form in ("first", "second", "third", "fourth")),
    ),
}
NOBODY_EXEMPT = {**ALL_IS_TRIED, **ALL_IS_PURSUED, "exemption.probability": 0.0, "supervision.detection": 1.0}


@pytest.mark.parametrize("severity", [0.0, 0.05, 0.159, 0.317, 0.6, 0.9, 1.0])
@pytest.mark.parametrize("name", LADDERS)
def test_that_sanctions_fall_on_the_rungs_as_the_tilted_ladder_says(name: str, severity: float) -> None:
    observed, path, rungs = LADDERS[name]
    totals = totals_of({**NOBODY_EXEMPT, path: severity}, 20_000, 24)
    n = sum(totals[rung] for rung in rungs)
    for rung, share in zip(rungs, ladder_of(observed, severity), strict=True):
        assert abs(totals[rung] / n - share) <= MOST_ERRORS * binomial_error(share, n) + 1e-12
    assert n > 20_000


def test_that_at_the_defaults_sanctions_for_failures_have_the_base_shares_to_a_thousandth() -> None:
    """396, 303 and 295 per mille of a provincial inspection's measures, and removals: 40, 30, 25 and 5%."""
    totals = totals_of(NOBODY_EXEMPT, 100_000, 100)
    rungs = np.array([totals[rung] for rung in LADDERS["accountability"][2]])
    assert rungs.sum() > 1e6
    np.testing.assert_allclose(rungs / rungs.sum(), [0.40, 0.30, 0.25, 0.05], atol=1e-3)
    np.testing.assert_allclose(ladder_of(ACCOUNTABILITY_SHARES, 0.317), [0.40, 0.30, 0.25, 0.05], atol=1e-3)


# --- 6. Classification ---------------------------------------------------------------------------------------------

ONLY_CAUSE = {
    "force_majeure": {"work.force_majeure": 1.0},
    "complexity": {"work.force_majeure": 0.0, "work.complexity": 0.95, "work.ability_weight": 0.0},
    "ability": {"work.force_majeure": 0.0, "work.complexity": 0.0, "work.ability_weight": 1.0},
}
RULES: dict[str, Settings] = {
    "default rule": {},
    "clear list": {
        "exemption.evidence_force_majeure": 4.0,
        "exemption.evidence_complexity": 3.0,
        "exemption.evidence_ability": 2.0,
        "exemption.access": 1.0,
    },
    "blurred": {"exemption.evidence_complexity": 0.2, "exemption.probability": 0.6},
    "strict, many appeals": {"exemption.probability": 0.05, "exemption.remedy": 0.5},
    "nobody": {"exemption.probability": 0.0, "exemption.remedy": 0.5},
    "everybody": {"exemption.probability": 1.0},
}
# Each in its own month's luck, and nobody leaves for it.
JUDGED = {**ALL_IS_TRIED, **ALL_IS_PURSUED, **CIRCULARS_ONLY, **NO_CAUTION, **SAME_PLACES, **NO_URGENCY}
JUDGED |= {"work.learning_max": 0.0}


def assert_exempted_as_often_as(expected: float, n_exempt: int, n_cases: int) -> None:
    assert n_cases > 5000
    assert abs(n_exempt / n_cases - expected) <= MOST_ERRORS * binomial_error(expected, n_cases) + 1e-12


@pytest.mark.parametrize("cause", ONLY_CAUSE)
@pytest.mark.parametrize("rule", RULES)
def test_that_honest_failures_are_exempted_as_often_as_their_evidence_says(rule: str, cause: str) -> None:
    settings = {**JUDGED, **ONLY_CAUSE[cause], **RULES[rule]}
    parameters, totals = made_scenario(settings).parameters, totals_of(settings, 20_000, 12)
    for kind, filing in (("unfiled", 0.0), ("filed", parameters.exemption.evidence_filing)):
        evidence = getattr(parameters.exemption, f"evidence_{cause}") + filing
        n_exempt, n_cases = totals[f"honest_exemptions_{kind}"], totals[f"honest_cases_{kind}"]
        assert_exempted_as_often_as(honest_exemption(parameters, evidence), n_exempt, n_cases)


@pytest.mark.parametrize("rule", RULES)
def test_that_negligence_is_wrongly_exempted_as_often_as_it_looks_honest(rule: str) -> None:
    settings = {**JUDGED, **RULES[rule], "work.care_cost": 1e6, "work.routine_care_cost": 1e6}
    settings |= {"work.routine_failure": 0.5}
    expected, totals = negligence_exemption(made_scenario(settings).parameters), totals_of(settings, 20_000, 12)
    assert_exempted_as_often_as(expected, totals["negligence_exemptions"], totals["negligence_cases"])


@pytest.mark.parametrize("rule", RULES)
def test_that_private_gain_is_wrongly_exempted_as_often_as_noise_passes_for_evidence(rule: str) -> None:
    settings = {**JUDGED, **RULES[rule], "supervision.detection": 0.5}
    parameters, totals = made_scenario(settings).parameters, totals_of(settings, 20_000, 12)
    expected = parameters.exemption.access * recognised(parameters, 0.0)
    assert_exempted_as_often_as(expected, totals["misconduct_exemptions"], totals["misconduct_cases"])


def test_that_reviewers_who_have_lost_their_nerve_exempt_so_much_less_often() -> None:
    settings = {**JUDGED, **ONLY_CAUSE["complexity"], "exemption.caution": 1.5, "public.objectivity": 0.0}
    scenario = made_scenario(settings, 20_000, 1, 24)
    expected = honest_exemption(scenario.parameters, scenario.parameters.exemption.evidence_complexity)
    exempt = variance = n_exempt = 0.0
    nerves = []
    for administration, measures in months_of_run(job_of(scenario), 1):
        n_cases = float(administration.total[COUNT_OF["honest_cases_unfiled"]])
        nerves.append(float(measures[MEASURES.index("nerve")]))
        share = nerves[-1] * expected
        exempt, variance = exempt + share * n_cases, variance + share * (1 - share) * n_cases
        n_exempt += float(administration.total[COUNT_OF["honest_exemptions_unfiled"]])
    assert abs(n_exempt - exempt) < MOST_ERRORS * np.sqrt(variance)
    assert nerves[0] == 1.0
    assert min(nerves) < 0.7


# --- 8. Care -------------------------------------------------------------------------------------------------------

CARES: dict[str, Settings] = {
    "defaults": {},
    "certain": {"accountability.certainty": 0.3},
    "severe": {"accountability.certainty": 0.1, "accountability.severity": 0.7},
    "careless": {"work.negligence": 0.6, "work.care_cost": 3.0},
    "nobody exempted": {"exemption.probability": 0.0},
    "negligence looks honest": {"exemption.evidence_negligence": 1.0, "exemption.probability": 0.9},
    "full care": {"work.care_cost": 0.05},
}
CAREFUL = {**TOSSES, **NO_URGENCY, **NO_CAUTION, "population.public_service_motivation_mean": 1.0}


@pytest.mark.parametrize("name", CARES)
def test_that_innovations_fail_by_negligence_as_far_as_the_best_care_lets_them(name: str) -> None:
    """Per innovation: sound * negligence * (1 - q*), with q* = min(1, stake / care_cost)."""
    settings = {**CAREFUL, **CARES[name]}
    parameters = made_scenario(settings).parameters
    weighed = weighed_by(like_everybody(parameters), parameters)
    expected = float(weighed.sound * parameters.work.negligence * (1 - weighed.care))
    totals = totals_of(settings, 20_000, 24)
    n = totals["innovation"]
    assert n > 10_000
    assert abs(totals["failures_negligence"] / n - expected) <= MOST_ERRORS * binomial_error(expected, n)
    assert rate_of(settings, "care", 20_000, 2) == pytest.approx(float(weighed.care), abs=1e-9)


@pytest.mark.parametrize("name", CARES)
def test_that_routine_fails_as_far_as_the_best_care_lets_it(name: str) -> None:
    """routine_failure * (1 - q_r), with q_r from what a small reward, a review and a sanction are worth."""
    settings = {**CAREFUL, **CARES[name], "behaviour.routine_open": 1.0, "work.routine_care_cost": 0.2}
    parameters = made_scenario(settings).parameters
    people, work = like_everybody(parameters), parameters.work
    believed = parameters.behaviour.credence * honest_mean(parameters)
    mean = honest_mean(parameters)
    let_off = believed * negligence_exemption(parameters) / mean if mean else 0.0
    pursued = parameters.accountability.certainty * (1 - 0.6 * 0.4)
    sanction = people.loss_aversion * loss_of_failure(parameters) * (1 - let_off)
    review = people.loss_aversion * parameters.exemption.review_burden
    stake = work.routine_failure * (work.routine_reward * people.drive + pursued * (sanction + review))
    care = min(1.0, stake / work.routine_care_cost)
    totals = totals_of(settings, 20_000, 24)
    n, expected = totals["routine"], work.routine_failure * (1 - care)
    assert abs(totals["routine_failures"] / n - expected) <= MOST_ERRORS * binomial_error(expected, n)
    assert rate_of(settings, "routine_care", 20_000, 2) == pytest.approx(care, abs=1e-9)


@pytest.mark.parametrize(
    ("path", "low", "high", "sign"),
    [
        ("accountability.certainty", 0.02, 0.1, 1),
        ("accountability.severity", 0.1, 0.5, 1),
        ("exemption.evidence_negligence", 0.0, 1.0, -1),
    ],
)
def test_that_care_rises_with_certainty_and_severity_and_falls_where_negligence_is_exempted(
    path: str, low: float, high: float, sign: int
) -> None:
    lenient = {**CAREFUL, "exemption.probability": 0.9}
    cares = [rate_of({**lenient, path: value}, "care", 2000, 2) for value in (low, high)]
    assert sign * (cares[1] - cares[0]) > 0.005

"""The independent NumPy implementation keeps its own accounts and meets the closed forms that need no other engine."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, ndtr, ndtri

from benchmarks.numpy_defaults import DEFAULTS
from benchmarks.numpy_policy import (
    ACCOUNTABILITY_SHARES,
    COMPLEXITY,
    FORCE_MAJEURE,
    LOSSES,
    MISCONDUCT_SHARES,
    NEGLIGENCE,
    SELF_DEALING,
    Policy,
    ladder,
)
from benchmarks.numpy_version import simulate_numpy

SIZES = (30, 50, 70)
MONTHS = 60
MAY_BE_MISSING = {
    "lazy_persistence",
    "filed_share",
    "self_dealing_share",
    "success_rate",
    "care",
    "routine_care",
    "actual_accountability",
    "fear_gap",
    "perceived_exemption",
    "actual_exemption",
    "trust_gap",
}
ALIKE = {f"population.{name}_sd": 0.0 for name in ("competence", "loss_aversion", "public_service_motivation")}
ALIKE |= {f"population.{name}_sd": 0.0 for name in ("ambition", "integrity")}
BINARY = {f"behaviour.{action}_open": 0.0 for action in ("routine", "filed_innovation", "self_dealing")}
NO_EVIDENCE = {f"behaviour.weight_{source}": 0.0 for source in ("own", "peer", "national")}
# Nobody learns, nobody is frozen, nothing is urgent, no age and no habit count: utilities are the same for all, always.
STILL = {
    **ALIKE,
    **NO_EVIDENCE,
    "work.learning_max": 0.0,
    "work.complexity_spread": 0.0,
    "work.urgency": 0.0,
    "behaviour.habit": 0.0,
    "public.tolerance_weight": 0.0,
    "exemption.caution": 0.0,
    "population.ambition_mean": 0.0,
    "population.public_service_motivation_mean": 1.2,
}


def policy_of(settings: dict[str, float], n_jurisdictions: int = 1) -> Policy:
    """Return what the defaults with these settings imply for jurisdictions of one official each."""
    return Policy(DEFAULTS | settings, np.ones(n_jurisdictions, dtype=np.int64))


@pytest.fixture(scope="module")
def series() -> dict[str, np.ndarray]:
    """Return a run with many cases."""
    settings = {"accountability.certainty": 0.4, "accountability.misconduct_severity": 0.2}
    return simulate_numpy(DEFAULTS | settings, SIZES, MONTHS, seed=1)


def test_that_every_official_does_one_thing(series: dict[str, np.ndarray]) -> None:
    total = series["innovation_rate"] + series["routine_rate"] + series["inaction_rate"]
    np.testing.assert_allclose(total, 1.0, atol=1e-12)


def test_that_an_innovation_succeeds_or_fails_for_one_cause(series: dict[str, np.ndarray]) -> None:
    innovations = series["innovation_rate"] * sum(SIZES)
    causes = ("force_majeure", "complexity", "ability", "negligence")
    failures = sum(series[f"failures_{cause}"] for cause in causes) - series["routine_failures"]
    np.testing.assert_allclose(innovations * (1 - np.nan_to_num(series["success_rate"])), failures, atol=1e-9)


def test_that_a_case_ends_in_exemption_or_sanction(series: dict[str, np.ndarray]) -> None:
    sanctions = series["sanctions_failures"] + series["sanctions_misconduct"]
    np.testing.assert_array_equal(series["cases"], series["exemptions"] + sanctions)
    assert np.all(series["wrongful_exemptions"] <= series["exemptions"])
    assert series["exemptions"].sum() > 0


def test_that_every_sanction_is_one_rung_and_the_top_ones_remove(series: dict[str, np.ndarray]) -> None:
    of_failures = ("circulars", "admonitions", "disciplines", "organisational_removals")
    of_misconduct = [f"misconduct_{rung}_form" for rung in ("first", "second", "third", "fourth")]
    np.testing.assert_array_equal(sum(series[rung] for rung in of_failures), series["sanctions_failures"])
    np.testing.assert_array_equal(sum(series[rung] for rung in of_misconduct), series["sanctions_misconduct"])
    removed = series["organisational_removals"] + series["misconduct_fourth_form"]
    np.testing.assert_array_equal(series["removals"], removed)


def test_that_only_ratios_of_nothing_are_missing(series: dict[str, np.ndarray]) -> None:
    for name, values in series.items():
        assert values.shape == (MONTHS,), name
        assert name in MAY_BE_MISSING or np.isfinite(values).all(), name


def test_that_nobody_can_have_persisted_before_a_year_and_a_half(series: dict[str, np.ndarray]) -> None:
    assert np.isnan(series["lazy_persistence"][:18]).all()
    assert np.isfinite(series["lazy_persistence"][24:]).all()


def test_that_a_seed_gives_one_run_and_another_seed_another() -> None:
    first, again, other = (simulate_numpy(DEFAULTS, SIZES, 12, seed) for seed in (1, 1, 2))
    for name, values in first.items():
        np.testing.assert_array_equal(values, again[name])
    assert np.any(first["innovation_rate"] != other["innovation_rate"])


@pytest.mark.parametrize(
    ("shares", "severity"),
    [(ACCOUNTABILITY_SHARES, 0.95 / 3), (MISCONDUCT_SHARES, 0.477 / 3)],
)
def test_that_a_ladder_is_the_observed_one_at_its_mean_and_has_the_mean_it_is_asked_for(
    shares: tuple[float, ...], severity: float
) -> None:
    np.testing.assert_allclose(ladder(severity, shares), shares, atol=1e-12)
    for asked in (0.0, 1e-6, 0.01, 0.4, 0.9, 1 - 1e-6, 1.0):
        assert abs(np.arange(4) @ np.array(ladder(asked, shares)) - 3 * asked) < 1e-12


def test_that_exemption_follows_the_normal_cdf() -> None:
    exempted = policy_of({}).exempted[0]
    threshold = 2.0 - ndtri(0.4)
    for cause, evidence in enumerate((3.0, 2.0, 1.0)):
        for filed in (0, 1):
            at_first = ndtr(evidence + filed - threshold)
            np.testing.assert_allclose(exempted[cause, filed], 0.8 * (at_first + 0.1 * (1 - at_first)))
    np.testing.assert_allclose(exempted[NEGLIGENCE], 0.8 * ndtr(0.3 - threshold))
    np.testing.assert_allclose(exempted[SELF_DEALING], 0.8 * ndtr(-threshold))
    nobody, everybody = (policy_of({"exemption.probability": rate}).exempted for rate in (0.0, 1.0))
    assert np.all(nobody == 0.0)
    np.testing.assert_allclose(everybody, 0.8)


def test_that_a_clearer_list_holds_the_burden_of_proof() -> None:
    """At the threshold the two kinds of case are as likely as before, so more honest ones pass and fewer others."""
    clear = policy_of({f"exemption.evidence_{cause}": 3.0 for cause in ("force_majeure", "complexity", "ability")})
    burden = 2.0 * (1.0 - ndtri(0.4))
    np.testing.assert_allclose(clear.exempted[0, SELF_DEALING], 0.8 * ndtr(-(1.5 + burden / 3)))
    before = policy_of({}).exempted[0]
    assert np.all(clear.exempted[0, COMPLEXITY] > before[COMPLEXITY])
    assert np.all(clear.exempted[0, SELF_DEALING] < before[SELF_DEALING])


def test_that_flexibility_leaves_the_same_risk_everywhere_and_the_mean_rate() -> None:
    settings = {"guidance.flexibility": 1.0, "work.ability_weight": 0.0, "work.force_majeure": 0.0}
    settings |= {"exemption.access": 1.0, "exemption.remedy": 0.0}
    settings |= {"guidance.local_knowledge": 0.0, "guidance.local_favour": 0.0, "exemption.probability": 0.5}
    policy = policy_of(settings, 3)
    np.testing.assert_allclose(policy.complexity, [0.2, 0.35, 0.5])
    same_risk = np.array([1 - 0.35 * 0.5 / complexity for complexity in policy.complexity])
    expected = 0.5 + same_risk - same_risk.mean()
    np.testing.assert_allclose(policy.exempted[:, COMPLEXITY, 0], expected, atol=1e-12)
    local = policy_of(settings | {"guidance.local_favour": 0.3, "guidance.local_knowledge": 0.5}, 3)
    assert np.all(local.exempted[:, SELF_DEALING] > policy.exempted[:, SELF_DEALING])
    assert np.all(local.exempted[:, FORCE_MAJEURE] > policy.exempted[:, FORCE_MAJEURE])


def innovation_at_rest(settings: dict[str, float]) -> tuple[float, float]:
    """Return the utility of innovating unfiled for identical officials who learn nothing, and their care (4.4)."""
    p = DEFAULTS | STILL | settings
    policy = policy_of(STILL | settings)
    competence, aversion, worth = expit(p["population.competence_mu"]), p["population.loss_aversion_mean"], 1.2
    sound = (1 - 0.08) * (1 - 0.35) * (1 - 0.4 * (1 - competence))
    honest = 0.7 * policy.mean_exempted[0, 0]
    shelter = 0.7 * policy.exempted[0, NEGLIGENCE, 0]
    loss = aversion * float(np.dot(ladder(p["accountability.severity"]), LOSSES))
    burden = p["exemption.review_burden"] * aversion
    stake = sound * p["work.negligence"] * (worth + p["accountability.certainty"] * (loss * (1 - shelter) + burden))
    care = min(1.0, stake / p["work.care_cost"])
    utility = sound * worth - p["work.innovation_effort"] - 0.1 * 0.1 - stake * (1 - care) - 0.5 * care**2 / 2
    utility -= (1 - sound) * p["accountability.certainty"] * (loss * (1 - honest) + burden)
    return utility, care


def test_that_the_binary_innovation_rate_is_the_logit_share_and_care_the_best() -> None:
    settings = {"behaviour.conformity": 0.0, **BINARY}
    utility, care = innovation_at_rest(settings)
    share = expit((utility + 1.955 * 0.008 * 4) / 0.3)
    series = simulate_numpy(DEFAULTS | STILL | settings, (2000,), 50, seed=3)
    assert abs(series["innovation_rate"].mean() - share) < 4 * np.sqrt(share * (1 - share) / 100_000)
    np.testing.assert_allclose(series["care"], care)
    sound = (1 - 0.08) * (1 - 0.35) * (1 - 0.4 * (1 - expit(0.4)))
    chance, tries = sound * 0.4 * (1 - care), series["innovation_rate"].sum() * 2000
    assert abs(series["failures_negligence"].sum() / tries - chance) < 4 * np.sqrt(chance * (1 - chance) / tries)


@pytest.mark.parametrize("nesting", [1e-3, 1.0])
def test_that_a_worthless_second_way_to_innovate_adds_nothing_when_nested(nesting: float) -> None:
    settings = {"behaviour.conformity": 0.0, "exemption.evidence_filing": 0.0, "exemption.filing_cost": 0.0}
    settings |= BINARY | {"behaviour.nesting": nesting}
    utility, _ = innovation_at_rest(settings)
    ways = 1 if nesting < 1 else 2
    share = expit((utility + 1.955 * 0.008 * 4) / 0.3 + np.log(ways))
    two_ways = DEFAULTS | STILL | settings | {"behaviour.filed_innovation_open": 1.0}
    series = simulate_numpy(two_ways, (2000,), 50, seed=4)
    error = np.sqrt(share * (1 - share) / 100_000) + nesting * (1 - share) * np.log(2) * (ways == 1)
    assert abs(series["innovation_rate"].mean() - share) < 4 * error


def test_that_under_strong_conformity_two_starts_end_in_two_norms() -> None:
    # Success brings nothing and costs nothing, so that innovation and inaction are worth the same: h = 0.
    level = dict.fromkeys(("work.innovation_effort", "supervision.red_tape", "accountability.certainty"), 0.0)
    level |= {"accountability.inaction_loss": 0.0, "population.public_service_motivation_mean": 0.0}
    common = DEFAULTS | STILL | BINARY | level | {"behaviour.temperature": 0.25, "behaviour.conformity": 0.8}
    high, low = (
        simulate_numpy(common | {"behaviour.initial_innovation_share": start}, (5000,), 60, 4) for start in (0.99, 0.01)
    )
    share = high["innovation_rate"][-30:].mean()
    assert share > 0.9
    assert abs(share - expit(0.8 * (2 * share - 1) / 0.25)) < 0.01
    assert abs(low["innovation_rate"][-30:].mean() - (1 - share)) < 0.01


def test_that_long_memory_without_a_prior_believes_what_is_disclosed() -> None:
    settings = {"exemption.disclosure": 0.1, "accountability.publicity": 0.6, "behaviour.negativity": 1.0}
    settings |= {"behaviour.prior_strength": 1e-9, "behaviour.memory_half_life_months": 1e9}
    settings |= {"behaviour.weight_own": 0.0, "exemption.caution": 0.0, "accountability.certainty": 1.0}
    settings |= {"exemption.probability": 0.5, "exemption.access": 1.0, "exemption.remedy": 0.0}
    settings |= {f"exemption.evidence_{cause}": 2.0 for cause in ("force_majeure", "ability")}
    settings |= {"behaviour.temperature": 100.0, "career.retirement_age": 120.0, "accountability.severity": 0.0}
    settings |= BINARY
    series = simulate_numpy(DEFAULTS | settings, (500, 500), 60, seed=5)
    assert abs(series["perceived_exemption"][-1] - 0.05 / (0.05 + 0.5 * 0.6)) < 0.01


@pytest.mark.parametrize("is_filing_open", [1.0, 0.0])
def test_that_what_is_fully_told_and_believed_leaves_no_gap_of_trust(is_filing_open: float) -> None:
    settings = {"exemption.disclosure": 0.9, "behaviour.credence": 1.0, "behaviour.negativity": 1.0}
    settings |= {"exemption.caution": 0.0, "work.urgency": 0.0, "work.learning_max": 0.0, "work.complexity_spread": 0.0}
    settings |= {"accountability.certainty": 0.3, "behaviour.filed_innovation_open": is_filing_open}
    gaps = [np.nanmean(simulate_numpy(DEFAULTS | settings, (100,) * 5, 60, s)["trust_gap"]) for s in range(20)]
    assert abs(np.mean(gaps)) < 4 * np.std(gaps, ddof=1) / np.sqrt(len(gaps))


def test_that_without_certainty_no_failure_is_sanctioned() -> None:
    series = simulate_numpy(DEFAULTS | {"accountability.certainty": 0.0}, SIZES, MONTHS, seed=6)
    assert series["sanctions_failures"].sum() == 0
    assert series["unpursued_failures"].sum() > 0


def test_that_parameters_may_change_with_the_month_and_the_place() -> None:
    values = DEFAULTS | {"accountability.certainty": 0.5, "behaviour.self_dealing_open": 0.0}
    lenient = values | {"accountability.certainty": 0.0}
    series = simulate_numpy(lambda month: values if month < 20 else lenient, SIZES, 40, seed=7)
    assert series["cases"][:20].sum() > 0
    assert series["cases"][20:].sum() == 0
    idle = lenient | BINARY | {"work.innovation_effort": 1e6}
    local = simulate_numpy([idle, lenient, idle], SIZES, 40, seed=7)
    assert 0 < local["innovation_rate"].max() <= 50 / sum(SIZES)
    with pytest.raises(ValueError, match="one for each"):
        simulate_numpy([lenient], SIZES, 2, seed=7)
    with pytest.raises(ValueError, match="every jurisdiction an official"):
        simulate_numpy(lenient, (3, 0), 2, seed=7)

"""The independent NumPy implementation keeps its own accounts and meets the closed forms that need no other engine."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, ndtr, ndtri

from benchmarks.numpy_rules import ladder, policy_in_force
from benchmarks.numpy_version import simulate_numpy
from model.parameters import LADDER_SHARES, Parameters, replaced

SIZES = (30, 50, 70)
MONTHS = 60
MAY_BE_MISSING = {"filed_share", "self_dealing_share", "success_rate", "actual_exemption", "trust_gap"}

IDENTICAL = {
    f"population.{name}": 0.0
    for name in (
        "competence_sd",
        "loss_aversion_sd",
        "public_service_motivation_sd",
        "ambition_sd",
        "integrity_sd",
    )
}
BINARY = {f"behaviour.{action}_open": 0.0 for action in ("routine", "filed_innovation", "self_dealing")}
NO_EVIDENCE = {f"behaviour.weight_{source}": 0.0 for source in ("own", "peer", "national")}
# Nobody learns, nobody is frozen, and no age counts: utilities are the same for all, always.
STILL = {
    **IDENTICAL,
    **BINARY,
    **NO_EVIDENCE,
    "work.learning_max": 0.0,
    "work.complexity_spread": 0.0,
    "population.ambition_mean": 0.0,
    "population.public_service_motivation_mean": 1.2,
}


@pytest.fixture(scope="module")
def series() -> dict[str, np.ndarray]:
    """Return a run of the defaults."""
    return simulate_numpy(Parameters(), SIZES, MONTHS, seed=1)


def test_that_every_official_does_one_thing(series: dict[str, np.ndarray]) -> None:
    total = series["innovation_rate"] + series["routine_rate"] + series["inaction_rate"]
    np.testing.assert_allclose(total, 1.0, atol=1e-12)


def test_that_an_innovation_succeeds_or_fails_for_one_cause(series: dict[str, np.ndarray]) -> None:
    innovations = series["innovation_rate"] * sum(SIZES)
    failures = sum(series[f"failures_{cause}"] for cause in ("force_majeure", "complexity", "ability"))
    np.testing.assert_allclose(innovations * (1 - series["success_rate"]), failures, atol=1e-9)


def test_that_a_case_ends_in_exemption_or_sanction(series: dict[str, np.ndarray]) -> None:
    np.testing.assert_array_equal(series["cases"], series["exemptions"] + series["sanctions_innovation"])
    assert np.all(series["wrongful_exemptions"] <= series["exemptions"])


def test_that_every_sanction_is_one_rung_and_the_top_one_dismisses(series: dict[str, np.ndarray]) -> None:
    rungs = sum(series[f"sanctions_{rung}"] for rung in ("reminder", "light", "heavy", "dismissal"))
    np.testing.assert_array_equal(rungs, series["sanctions_innovation"] + series["sanctions_routine"])
    np.testing.assert_array_equal(series["sanctions_dismissal"], series["dismissals"])


def test_that_only_ratios_of_nothing_are_missing(series: dict[str, np.ndarray]) -> None:
    for name, values in series.items():
        assert values.shape == (MONTHS,), name
        assert name in MAY_BE_MISSING or np.isfinite(values).all(), name
    np.testing.assert_array_equal(np.isnan(series["actual_exemption"]), series["cases"] == 0)


def test_that_a_seed_gives_one_run_and_another_seed_another(series: dict[str, np.ndarray]) -> None:
    again, other = (simulate_numpy(Parameters(), SIZES, MONTHS, seed) for seed in (1, 2))
    for name, values in series.items():
        np.testing.assert_array_equal(values, again[name])
    assert np.any(series["innovation_rate"] != other["innovation_rate"])


def test_that_the_ladder_is_the_observed_one_by_default_and_has_the_mean_it_is_asked_for() -> None:
    np.testing.assert_allclose(ladder(0.159), LADDER_SHARES, atol=1e-12)
    for severity in (0.0, 1e-6, 0.01, 0.4, 0.9, 1 - 1e-6, 1.0):
        assert abs(np.arange(4) @ np.array(ladder(severity)) - 3 * severity) < 1e-12


def test_that_exemption_follows_the_normal_cdf() -> None:
    exempted = policy_in_force(Parameters(), 1).exempted[0]
    quantile = ndtri(0.4)
    for cause, evidence in enumerate((3.0, 2.0, 1.0)):
        for filed in (0, 1):
            at_first = ndtr(evidence + filed - 2.0 + quantile)
            np.testing.assert_allclose(exempted[cause, filed], 0.8 * (at_first + 0.1 * (1 - at_first)))
    np.testing.assert_allclose(exempted[3], 0.8 * ndtr(quantile - 2.0))
    nobody, everybody = (
        policy_in_force(replaced(Parameters(), {"exemption.probability": rate}), 1).exempted for rate in (0.0, 1.0)
    )
    assert np.all(nobody == 0.0)
    np.testing.assert_allclose(everybody, 0.8)


def test_that_the_local_exemption_rate_leaves_the_same_risk_everywhere() -> None:
    values = {"guidance.flexibility": 1.0, "work.ability_weight": 0.0, "work.force_majeure": 0.0}
    values |= {"exemption.access": 1.0, "exemption.remedy": 0.0}
    policy = policy_in_force(replaced(Parameters(), values), 3)
    np.testing.assert_allclose(policy.complexity, [0.2, 0.35, 0.5])
    # Failure chances are the complexities; each times 1 - e_j is 0.35 * 0.6 unless e_j would be negative.
    np.testing.assert_allclose(policy.exempted[:, 1, 0], [0.0, 0.4, 1 - 0.35 * 0.6 / 0.5], atol=1e-12)


def test_that_the_binary_innovation_rate_is_the_logit_share() -> None:
    parameters = replaced(Parameters(), {**STILL, "behaviour.conformity": 0.0})
    work, accountability, exemption = parameters.work, parameters.accountability, parameters.exemption
    competence, aversion = expit(0.4), 1.955
    success = (1 - work.force_majeure) * (1 - work.complexity) * (1 - work.ability_weight * (1 - competence))
    pursued = accountability.certainty * (1 - 0.6 * 0.4)
    perceived = 0.7 * policy_in_force(parameters, 1).exempted[0, 1, 0]  # times u, so that of an unfiled case
    expected_loss = np.dot(LADDER_SHARES, (0.1, 0.6, 2.0, 5.0))
    innovation = success * 1.2 - work.innovation_effort - 0.1 * 0.3
    innovation -= (1 - success) * pursued * aversion * (exemption.review_burden + expected_loss * (1 - perceived))
    share = expit((innovation + aversion * 0.03 * 0.3) / 0.25)
    series = simulate_numpy(parameters, (2000,), 50, seed=3)
    error = np.sqrt(share * (1 - share) / 100_000)
    assert abs(series["innovation_rate"].mean() - share) < 4 * error


def test_that_under_strong_conformity_two_starts_end_in_two_norms() -> None:
    # Success brings nothing and costs nothing, so that innovation and inaction are worth the same: h = 0.
    level = dict.fromkeys(("work.innovation_effort", "supervision.red_tape", "accountability.certainty"), 0.0)
    level |= {"accountability.inaction_loss": 0.0, "population.public_service_motivation_mean": 0.0}
    common = {**STILL, **level, "behaviour.temperature": 0.25, "behaviour.conformity": 0.8}
    high, low = (
        simulate_numpy(replaced(Parameters(), common | {"behaviour.initial_innovation_share": start}), (5000,), 60, 4)
        for start in (0.99, 0.01)
    )
    share = high["innovation_rate"][-30:].mean()
    assert share > 0.9
    assert abs(share - expit(0.8 * (2 * share - 1) / 0.25)) < 0.01
    assert abs(low["innovation_rate"][-30:].mean() - (1 - share)) < 0.01


def test_that_long_memory_without_a_prior_believes_what_is_disclosed() -> None:
    values = {"exemption.disclosure": 0.1, "accountability.publicity": 0.6, "behaviour.negativity": 1.0}
    values |= {"behaviour.prior_strength": 1e-9, "behaviour.memory_half_life_months": 1e9, "behaviour.weight_own": 0.0}
    values |= {"exemption.probability": 0.5, "exemption.access": 1.0, "exemption.remedy": 0.0}
    values |= {f"exemption.evidence_{cause}": 2.0 for cause in ("force_majeure", "ability")}
    values |= BINARY | {"behaviour.temperature": 100.0, "career.retirement_age": 120.0, "accountability.severity": 0.0}
    series = simulate_numpy(replaced(Parameters(), values), (500, 500), 60, seed=5)
    assert abs(series["perceived_exemption"][-1] - 0.05 / (0.05 + 0.5 * 0.6)) < 0.01


def test_that_without_certainty_no_honest_innovation_is_sanctioned() -> None:
    values = {"accountability.certainty": 0.0, "behaviour.self_dealing_open": 0.0}
    series = simulate_numpy(replaced(Parameters(), values), SIZES, MONTHS, seed=6)
    assert series["sanctions_innovation"].sum() == 0
    assert series["innovation_rate"].mean() > 0


def test_that_parameters_may_change_with_the_month() -> None:
    lenient = replaced(Parameters(), {"accountability.certainty": 0.0, "behaviour.self_dealing_open": 0.0})
    series = simulate_numpy([Parameters()] * 20 + [lenient] * 20, SIZES, 40, seed=7)
    assert series["cases"][:20].sum() > 0
    assert series["cases"][20:].sum() == 0
    with pytest.raises(ValueError, match="one a month"):
        simulate_numpy([lenient], SIZES, 2, seed=7)

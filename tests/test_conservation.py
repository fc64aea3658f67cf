"""What must add up, every month and in every jurisdiction (model.md, section 8), whatever the scenario."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from model.arrays import AdministrationArrays
from model.measures import MEASURES
from model.scenario import Scenario, find_scenario, shipped_scenarios
from model.simulate import Job, months_of_run
from model.state import JurisdictionState, National
from model.vocabulary import FIXED_POINT_UNITS, Action, Counts
from tests.made_scenarios import actions_of, generations_of, job_of, officials_of
from tests.strategies import CORNERS, corner, scenarios

SHARES = ("innovation_rate", "routine_rate", "inaction_rate", "lazy_prevalence", "lazy_persistence", "filed_share")
SHARES += ("self_dealing_share", "success_rate", "care", "routine_care", "perceived_accountability", "nerve")
SHARES += ("actual_accountability", "perceived_exemption", "actual_exemption", "public_tolerance")


def assert_accounts_balance(counts: Counts, sizes: np.ndarray) -> None:
    """Check one month's counts, each field (J,)."""
    innovations = counts.innovation + counts.filed_innovation + counts.self_dealing
    honest = counts.failures_force_majeure + counts.failures_complexity + counts.failures_ability
    failures = honest + counts.failures_negligence
    honest_cases = counts.honest_cases_unfiled + counts.honest_cases_filed
    failure_cases = honest_cases + counts.negligence_cases
    honest_exemptions = counts.honest_exemptions_unfiled + counts.honest_exemptions_filed
    sanctions = failure_cases - honest_exemptions - counts.negligence_exemptions
    rungs = counts.circulars + counts.admonitions + counts.disciplines + counts.organisational_removals
    misconduct_sanctions = counts.misconduct_cases - counts.misconduct_exemptions
    forms = counts.misconduct_first_form + counts.misconduct_second_form
    forms = forms + counts.misconduct_third_form + counts.misconduct_fourth_form
    np.testing.assert_array_equal(counts.officials, sizes)
    np.testing.assert_array_equal(counts.inaction + counts.routine + innovations, sizes)
    np.testing.assert_array_equal(counts.successes + failures - counts.routine_failures, innovations)
    np.testing.assert_array_equal(rungs, sanctions)
    np.testing.assert_array_equal(forms, misconduct_sanctions)
    # A failure becomes a case of its own cause, is left alone, or is that of a self-dealer who was found out.
    assert np.all(failure_cases + counts.unpursued <= failures)
    assert np.all(failures <= failure_cases + counts.unpursued + counts.misconduct_cases)
    for part, whole in (
        (counts.honest_exemptions_unfiled, counts.honest_cases_unfiled),
        (counts.honest_exemptions_filed, counts.honest_cases_filed),
        (counts.negligence_exemptions, counts.negligence_cases),
        (counts.misconduct_exemptions, counts.misconduct_cases),
        (counts.misconduct_cases, counts.self_dealing),
        (counts.honest_cases_filed, counts.filed_innovation),
        (counts.negligence_cases, counts.failures_negligence),
        (counts.routine_failures, np.minimum(counts.routine, counts.failures_negligence)),
        (counts.sanctions_inaction, counts.inaction),
        (counts.lazy, sizes),
        (counts.lazy_a_year_ago, sizes),
        (counts.lazy_then_and_now, np.minimum(counts.lazy, counts.lazy_a_year_ago)),
    ):
        assert np.all(part <= whole)
    assert all(np.all(values >= 0) for values in counts)
    for believed, believers in (
        (counts.perceived_accountability, sizes),
        (counts.perceived_exemption, honest_cases),
        (counts.care, innovations),
        (counts.routine_care, counts.routine),
    ):
        assert np.all(believed <= believers * FIXED_POINT_UNITS)


def assert_states_are_possible(job: Job, administration: AdministrationArrays) -> None:
    """Check every official's and jurisdiction's state at the end of a month."""
    officials = officials_of(job, administration)
    for name, values in officials.items():
        assert np.isfinite(values).all(), name
        assert values.min() >= 0.0, name
    assert officials["competence"].max() <= 1.0
    assert officials["integrity"].max() <= 1.0
    histories = officials["inaction_history"]
    np.testing.assert_array_equal(histories, np.floor(histories))
    assert histories.max() < 2**24
    assert np.all(histories % 2 <= (actions_of(job, administration) == Action.INACTION))
    jurisdictions = administration.jurisdictions
    assert np.isfinite(jurisdictions).all()
    assert jurisdictions.min() >= 0.0
    np.testing.assert_allclose(jurisdictions[:, :3].sum(axis=1), 1.0, atol=1e-12)


def assert_what_is_known_of_all_is_a_mean_over_officials(administration: AdministrationArrays) -> None:
    """Check what jurisdictions will know of each other next month."""
    national, total = National(*administration.national), Counts(*administration.total)
    sizes = administration.counts[:, Counts._fields.index("officials")]
    experience = administration.jurisdictions[:, JurisdictionState._fields.index("experience")]
    exempt_filed, exempt_unfiled = total.honest_exemptions_filed, total.honest_exemptions_unfiled
    rungs = total.circulars + total.admonitions + total.disciplines + total.organisational_removals
    expected = National(
        experience=(experience * sizes).sum() / sizes.sum(),
        sanctions=rungs / sizes.sum(),
        exemptions_filed=exempt_filed / sizes.sum(),
        exemptions_unfiled=exempt_unfiled / sizes.sum(),
        denials_filed=(total.honest_cases_filed - exempt_filed) / sizes.sum(),
        denials_unfiled=(total.honest_cases_unfiled - exempt_unfiled) / sizes.sum(),
    )
    np.testing.assert_allclose(national, expected, rtol=1e-12, atol=1e-15)


def assert_measures_are_possible(measures: np.ndarray) -> None:
    """Check one month's measures, shape (..., N_MEASURES); NaN stands for a ratio of nothing."""
    for name in SHARES:
        values = measures[..., MEASURES.index(name)]
        assert np.all(np.isnan(values) | ((values >= 0.0) & (values <= 1.0 + 1e-9))), name
    gap = [measures[..., MEASURES.index(name)] for name in ("actual_exemption", "perceived_exemption", "trust_gap")]
    np.testing.assert_allclose(gap[0] - gap[1], gap[2], atol=1e-12)
    totals = {name: measures[..., MEASURES.index(name)] for name in MEASURES}
    sanctions = totals["sanctions_failures"] + totals["sanctions_misconduct"]
    np.testing.assert_array_equal(totals["exemptions"] + sanctions, totals["cases"])
    removals = totals["organisational_removals"] + totals["misconduct_fourth_form"]
    np.testing.assert_array_equal(removals, totals["removals"])


def assert_nothing_is_lost(scenario: Scenario, seed: int = 1) -> None:
    """Run the scenario once and check every month of it."""
    job = job_of(scenario, seed)
    replaced = np.zeros(scenario.officials, dtype=np.int64)
    for administration, everywhere in months_of_run(job, 1):
        counts = Counts(*administration.counts.T)
        assert_accounts_balance(counts, job.setting.layout.sizes)
        assert_states_are_possible(job, administration)
        assert_what_is_known_of_all_is_a_mean_over_officials(administration)
        assert_measures_are_possible(administration.measures)
        assert_measures_are_possible(everywhere)
        np.testing.assert_array_equal(administration.counts.sum(axis=0), administration.total)
        generations = generations_of(job, administration)
        newcomers = generations - replaced
        assert set(np.unique(newcomers)) <= {0, 1}
        by_jurisdiction = np.add.reduceat(newcomers, job.setting.layout.first_official)
        np.testing.assert_array_equal(
            by_jurisdiction,
            counts.retirements + counts.organisational_removals + counts.misconduct_fourth_form,
        )
        replaced = generations


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_nothing_is_lost_in_a_shipped_scenario(name: str) -> None:
    assert_nothing_is_lost(find_scenario(name))


@pytest.mark.parametrize("name", CORNERS)
def test_that_nothing_is_lost_at_the_corners_of_what_is_possible(name: str) -> None:
    assert_nothing_is_lost(corner(name))


@settings(max_examples=60)
@given(scenarios())
def test_that_nothing_is_lost_in_a_random_scenario(scenario: Scenario) -> None:
    assert_nothing_is_lost(scenario)

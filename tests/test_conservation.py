"""What must add up, every month and in every jurisdiction (model.md, section 8), whatever the scenario."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from model.arrays import Administration
from model.measures import MEASURES
from model.scenario import Scenario, find_scenario, shipped_scenarios
from model.simulate import Job, months_of_run
from model.vocabulary import FIXED_POINT_UNITS, Counts
from tests.made_scenarios import generations_of, job_of, officials_of
from tests.strategies import CORNERS, corner, scenarios

SHARES = ("innovation_rate", "routine_rate", "inaction_rate", "lazy_prevalence", "filed_share", "self_dealing_share")
SHARES += ("success_rate", "perceived_accountability", "perceived_exemption", "actual_exemption", "public_tolerance")


def assert_accounts_balance(counts: Counts, sizes: np.ndarray) -> None:
    """Check one month's counts, each field (J,)."""
    innovations = counts.innovation + counts.filed_innovation + counts.self_dealing
    failures = counts.failures_force_majeure + counts.failures_complexity + counts.failures_ability
    cases = counts.honest_cases + counts.self_dealing_cases
    exemptions = counts.honest_exemptions + counts.wrongful_exemptions
    rungs = counts.reminders + counts.light_sanctions + counts.heavy_sanctions + counts.dismissals
    np.testing.assert_array_equal(counts.officials, sizes)
    np.testing.assert_array_equal(counts.inaction + counts.routine + innovations, sizes)
    np.testing.assert_array_equal(counts.successes + failures, innovations)
    np.testing.assert_array_equal(exemptions + counts.sanctions_innovation, cases)
    np.testing.assert_array_equal(rungs, counts.sanctions_innovation + counts.sanctions_routine)
    # A failure becomes a case of its own cause, a case of self-dealing, or nothing.
    assert np.all(counts.honest_cases + counts.unpursued <= failures)
    assert np.all(failures <= cases + counts.unpursued)
    assert np.all(counts.honest_exemptions <= counts.honest_cases)
    assert np.all(counts.wrongful_exemptions <= counts.self_dealing_cases)
    assert np.all(counts.self_dealing_cases <= counts.self_dealing)
    assert np.all(counts.sanctions_routine <= counts.routine)
    assert np.all(counts.sanctions_inaction <= counts.inaction)
    assert np.all(counts.lazy <= sizes)
    assert all(np.all(values >= 0) for values in counts)
    for believed in (counts.perceived_accountability, counts.perceived_exemption):
        assert np.all(believed <= sizes * FIXED_POINT_UNITS)


def assert_states_are_possible(job: Job, administration: Administration) -> None:
    """Check every official's and jurisdiction's state at the end of a month."""
    officials = officials_of(job, administration)
    for name, values in officials.items():
        assert np.isfinite(values).all(), name
        assert values.min() >= 0.0, name
    assert officials["inaction_share"].max() <= 1.0 + 1e-12
    assert officials["competence"].max() <= 1.0
    assert officials["integrity"].max() <= 1.0
    freezes = officials["freeze_months"]
    np.testing.assert_array_equal(freezes, np.floor(freezes))
    assert freezes.max() <= 23.0
    jurisdictions = administration.jurisdictions
    assert np.isfinite(jurisdictions).all()
    assert jurisdictions.min() >= 0.0
    np.testing.assert_allclose(jurisdictions[:, :3].sum(axis=1), 1.0, atol=1e-12)


def assert_measures_are_possible(measures: np.ndarray) -> None:
    """Check one month's measures, shape (..., N_MEASURES); NaN stands for a ratio of nothing."""
    for name in SHARES:
        values = measures[..., MEASURES.index(name)]
        assert np.all(np.isnan(values) | ((values >= 0.0) & (values <= 1.0 + 1e-9))), name
    gap = [measures[..., MEASURES.index(name)] for name in ("actual_exemption", "perceived_exemption", "trust_gap")]
    np.testing.assert_allclose(gap[0] - gap[1], gap[2], atol=1e-12)


def assert_nothing_is_lost(scenario: Scenario, seed: int = 1) -> None:
    """Run the scenario once and check every month of it."""
    job = job_of(scenario, seed)
    replaced = np.zeros(scenario.officials, dtype=np.int64)
    for administration, everywhere in months_of_run(job, 1):
        counts = Counts(*administration.counts.T)
        assert_accounts_balance(counts, job.setting.layout.sizes)
        assert_states_are_possible(job, administration)
        assert_measures_are_possible(administration.measures)
        assert_measures_are_possible(everywhere)
        np.testing.assert_array_equal(administration.counts.sum(axis=0), administration.total)
        generations = generations_of(job, administration)
        newcomers = generations - replaced
        assert set(np.unique(newcomers)) <= {0, 1}
        by_jurisdiction = np.add.reduceat(newcomers, job.setting.layout.first_official)
        np.testing.assert_array_equal(by_jurisdiction, counts.retirements + counts.dismissals)
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

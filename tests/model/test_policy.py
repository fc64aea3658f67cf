"""The policy in force is a function of (baseline, month): nothing is remembered of how it came about (model.md, 7)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.arrays import LANES
from model.parameters import Parameters, all_parameters_of_row, value_at
from model.policy import layout_of, parameters_in, policies_of, setting_of
from model.rules.change import strength_of
from model.scenario import Change, find_scenario, shipped_scenarios
from model.simulate import months_of_run, simulate
from model.state import PolicyTables
from tests.made_scenarios import job_of, listed_scenario, made_scenario

CERTAINTY, SEVERITY = "accountability.certainty", "accountability.severity"
CHANGES = st.builds(
    lambda month, lasting, phase_in, path, value: Change(
        month, None if lasting is None else month + lasting, phase_in, {path: value}
    ),
    st.integers(0, 30),
    st.none() | st.integers(1, 30),
    st.integers(0, 12),
    st.sampled_from([CERTAINTY, SEVERITY, "exemption.disclosure"]),
    st.floats(0.0, 1.0),
)


def strengths(months: range, first: int, until: float = math.inf, phase_in_months: int = 0) -> list[float]:
    return [strength_of(month, float(first), until, float(phase_in_months)) for month in months]


def certainty_in(month: int, *changes: Change) -> float:
    return parameters_in(made_scenario(changes=changes), 0, month).accountability.certainty


def test_that_a_change_is_in_force_from_its_month_to_the_one_before_until() -> None:
    assert strengths(range(5, 10), first=6, until=9.0) == [0.0, 1.0, 1.0, 1.0, 0.0]
    change = Change(6, 9, 0, {CERTAINTY: 1.0})
    assert [certainty_in(month, change) for month in (5, 6, 8, 9)] == [0.04, 1.0, 1.0, 0.04]


def test_that_a_change_without_until_stays() -> None:
    assert certainty_in(10_000, Change(6, None, 0, {CERTAINTY: 1.0})) == 1.0


def test_that_in_the_nth_month_of_a_phase_in_the_lever_has_moved_n_steps_of_the_way() -> None:
    steps = [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0]
    assert strengths(range(5, 12), first=6, phase_in_months=4) == steps
    change = Change(6, None, 4, {CERTAINTY: 1.0})
    assert certainty_in(7, change) == pytest.approx(0.5 * 0.04 + 0.5 * 1.0)


def test_that_a_phase_in_that_is_cut_short_goes_back_at_once() -> None:
    assert strengths(range(5, 9), first=6, until=8.0, phase_in_months=4) == [0.0, 0.25, 0.5, 0.0]


def test_that_of_two_changes_of_one_lever_the_later_in_the_list_starts_from_the_earlier() -> None:
    first, second = Change(0, None, 0, {CERTAINTY: 0.2}), Change(0, None, 2, {CERTAINTY: 1.0})
    assert certainty_in(0, first, second) == pytest.approx(0.5 * 0.2 + 0.5 * 1.0)
    assert certainty_in(0, second, first) == 0.2


def test_that_a_change_moves_only_the_levers_it_names() -> None:
    scenario = made_scenario(changes=[Change(0, None, 0, {CERTAINTY: 1.0, "exemption.disclosure": 0.9})])
    in_force = parameters_in(scenario, 0, 3)
    assert in_force.accountability == scenario.parameters.accountability._replace(certainty=1.0)
    assert in_force.exemption == scenario.parameters.exemption._replace(disclosure=0.9)
    assert in_force[2:5] == scenario.parameters[2:5]


def test_that_a_listed_jurisdiction_has_its_own_policy_and_changes_come_on_top() -> None:
    change = Change(5, None, 0, {CERTAINTY: 1.0})
    scenario = listed_scenario((10, 20), ({CERTAINTY: 0.3, SEVERITY: 0.5}, {}), changes=[change])
    assert parameters_in(scenario, 0, 0).accountability[:2] == (0.3, 0.5)
    assert parameters_in(scenario, 1, 0).accountability == scenario.parameters.accountability
    assert parameters_in(scenario, 0, 5).accountability[:2] == (1.0, 0.5)
    assert parameters_in(scenario, 1, 5).accountability[:2] == (1.0, 0.317)


def test_that_jurisdictions_stand_evenly_in_the_spread_of_complexity() -> None:
    five, one = made_scenario(n_jurisdictions=5), made_scenario(n_jurisdictions=1)
    np.testing.assert_allclose(layout_of(five).spread_position, [-1.0, -0.5, 0.0, 0.5, 1.0])
    np.testing.assert_array_equal(layout_of(one).spread_position, [0.0])
    np.testing.assert_array_equal(layout_of(listed_scenario((10, 20), ({}, {}))).spread_position, [0.0, 0.0])


def test_that_officials_are_spread_as_evenly_as_can_be_and_jurisdictions_fill_their_own_blocks() -> None:
    layout = layout_of(made_scenario(officials=65, n_jurisdictions=4))
    np.testing.assert_array_equal(layout.sizes, [17, 16, 16, 16])
    np.testing.assert_array_equal(layout.first_official, [0, 17, 33, 49])
    np.testing.assert_array_equal(layout.first_block, [0, 1, 2, 3, 4])
    wide = layout_of(made_scenario(officials=LANES + 1, n_jurisdictions=1))
    np.testing.assert_array_equal(wide.first_block, [0, 2])


def exemption_rates(flexibility: float, sizes: list[int], complexities: list[float]) -> np.ndarray:
    """Return every jurisdiction's exemption rate of an unfiled failure from complexity, before any appeal."""
    settings = {"exemption.access": 1.0, "exemption.remedy": 0.0, "guidance.local_knowledge": 0.0}
    local = [{"work.complexity": complexity} for complexity in complexities]
    scenario = listed_scenario(sizes, local, {**settings, "guidance.flexibility": flexibility}, months=1)
    administration, _ = next(months_of_run(job_of(scenario), 1))
    return administration.tables[:, PolicyTables._fields.index("exempt_complexity")].copy()


@pytest.mark.parametrize("flexibility", [0.3, 1.0])
def test_that_flexibility_keeps_the_mean_rate_over_officials_and_evens_out_the_risk(flexibility: float) -> None:
    sizes, complexities = [90, 10, 40], [0.3, 0.5, 0.4]
    rates = exemption_rates(flexibility, sizes, complexities)
    assert np.average(rates, weights=sizes) == pytest.approx(0.4)
    # By hand: success of a median official, at home and at the mean complexity over officials.
    ability = 1 - 0.4 * (1 - 1 / (1 + math.exp(-0.4)))
    mean = 0.92 * (1 - np.average(complexities, weights=sizes)) * ability
    same_risk = 1 - (1 - mean) * 0.6 / (1 - 0.92 * (1 - np.array(complexities)) * ability)
    bent = 0.4 + flexibility * (same_risk - np.average(same_risk, weights=sizes))
    np.testing.assert_allclose(rates, bent, rtol=1e-12)


def test_that_without_flexibility_one_rate_holds_everywhere() -> None:
    np.testing.assert_allclose(exemption_rates(0.0, [90, 10, 40], [0.3, 0.5, 0.4]), 0.4, rtol=1e-12)


@given(st.lists(CHANGES, max_size=4))
def test_that_the_rows_hold_the_parameters_of_every_month(changes: list[Change]) -> None:
    scenario = made_scenario(months=40, changes=changes)
    policies = policies_of(scenario)
    assert policies.row_of.shape == (40, 1)
    for month in range(40):
        found = all_parameters_of_row(policies.rows[policies.row_of[month, 0]])
        expected = parameters_in(scenario, 0, month)
        np.testing.assert_array_equal(np.concatenate(found), np.concatenate(expected))


def test_that_months_in_which_nothing_moves_share_a_row() -> None:
    change = Change(5, 20, 3, {CERTAINTY: 1.0})
    policies = policies_of(made_scenario(months=30, changes=[change]))
    assert len(policies.rows) == 1 + 3 + 1
    np.testing.assert_array_equal(np.flatnonzero(np.diff(policies.row_of[:, 0])) + 1, [5, 6, 7, 20])


@given(st.lists(CHANGES, max_size=4), st.integers(0, 80))
def test_that_a_lever_never_leaves_the_values_that_it_is_moved_between(changes: list[Change], month: int) -> None:
    in_force = parameters_in(made_scenario(changes=changes), 0, month)
    for path in (CERTAINTY, SEVERITY, "exemption.disclosure"):
        values = [
            value_at(Parameters(), path),
            *(change.settings[path] for change in changes if path in change.settings),
        ]
        assert min(values) - 1e-12 <= value_at(in_force, path) <= max(values) + 1e-12


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_every_shipped_scenario_has_a_policy_in_every_month(name: str) -> None:
    scenario = find_scenario(name)
    setting = setting_of(scenario)
    n_columns = scenario.n_jurisdictions if scenario.jurisdictions else 1
    assert setting.policies.row_of.shape == (scenario.months, n_columns)
    assert setting.layout.sizes.sum() == scenario.officials
    assert set(np.unique(setting.policies.row_of)) == set(range(len(setting.policies.rows)))


def test_that_a_change_acts_in_its_month_and_not_before() -> None:
    change = Change(12, None, 0, {CERTAINTY: 1.0, SEVERITY: 0.5})
    changed = simulate(made_scenario(months=18, changes=[change]), 1).values[0]
    unchanged = simulate(made_scenario(months=18), 1).values[0]
    np.testing.assert_array_equal(changed[:12], unchanged[:12])
    assert not np.array_equal(changed[12], unchanged[12], equal_nan=True)


def test_that_a_change_of_everything_from_month_0_is_the_same_as_another_scenario() -> None:
    values = {CERTAINTY: 0.9, SEVERITY: 0.3, "work.complexity": 0.5, "public.tolerance_weight": 0.2}
    as_change = simulate(made_scenario(months=12, changes=[Change(0, None, 0, values)]), 2).values
    as_scenario = simulate(made_scenario(values, months=12), 2).values
    np.testing.assert_array_equal(as_change, as_scenario)

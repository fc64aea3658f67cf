"""The map of severity and exemption is the model at every pair of the two levers."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.design.comparison import Plan
from analysis.sensitivity.severity_exemption import (
    EXEMPTION,
    SEVERITY,
    grid_of,
    severity_exemption_runs,
    severity_exemption_values,
)
from model.measures import MEASURES
from model.scenario import find_scenario, with_settings
from model.simulate import simulate

BASELINE = with_settings(find_scenario("baseline"), {}, 60, 4)


def test_that_the_grid_covers_the_plausible_range_of_both_levers_in_13_steps() -> None:
    assert grid_of(SEVERITY) == pytest.approx(np.linspace(0, 0.6, 13))
    assert grid_of(EXEMPTION) == pytest.approx(np.linspace(0, 1, 13))


def test_that_a_parameter_without_plausible_range_has_no_grid() -> None:
    with pytest.raises(ValueError, match="no plausible range"):
        grid_of("value.success")


def test_that_every_point_is_the_scenario_simulated_with_these_levers() -> None:
    done: list[float] = []
    runs = severity_exemption_runs(Plan((BASELINE,), 2, seed=8, workers=2), done.append, steps=3)
    assert list(runs.columns) == ["severity", "exemption", "run", *MEASURES]
    assert len(runs) == sum(done) == 3 * 3 * 2
    point = runs[(runs["severity"] == 0.3) & (runs["exemption"] == 1.0)]
    expected = simulate(with_settings(BASELINE, {SEVERITY: 0.3, EXEMPTION: 1.0}), 2, 8).runs
    np.testing.assert_array_equal(point[list(MEASURES)].to_numpy(), expected[list(MEASURES)].to_numpy())
    values = severity_exemption_values(runs, "innovation_rate")
    assert values.shape == (3, 3)
    assert values[1, 2] == pytest.approx(expected["innovation_rate"].mean())

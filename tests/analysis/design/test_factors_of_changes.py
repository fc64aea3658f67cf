"""An experiment may vary a setting of a change over time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.design.factors import bounds_of, factor_of_change, parameter_of, scenario_at, value_in
from model.scenario import Change, ScenarioError, find_scenario

SEVERITY = "accountability.severity"
FACTOR = factor_of_change(0, SEVERITY)
BASE = replace(find_scenario("baseline"), changes=(Change(12, 24, 0, {SEVERITY: 0.5, "work.urgency": 0.3}),))


def test_that_a_setting_of_a_change_is_varied_and_nothing_else() -> None:
    at = scenario_at(BASE, [SEVERITY, FACTOR], [0.2, 0.7])
    assert dict(at.changes[0].settings) == {SEVERITY: 0.7, "work.urgency": 0.3}
    assert at.parameters.accountability.severity == 0.2
    assert (at.changes[0].month, at.changes[0].until) == (12, 24)
    assert value_in(BASE, FACTOR) == 0.5


def test_that_it_has_the_bounds_of_its_parameter() -> None:
    assert parameter_of(FACTOR) == SEVERITY
    assert bounds_of(FACTOR) == bounds_of(SEVERITY)
    with pytest.raises(ScenarioError, match=r"changes\.0\.accountability\.severity"):
        scenario_at(BASE, [FACTOR], [bounds_of(SEVERITY)[1] + 1.0])

"""The one verb takes what one has in hand, and refuses in words what it cannot do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.scenario import ScenarioError, find_scenario, shipped_scenarios, with_settings
from model.simulate import Result, simulate


@pytest.fixture(scope="module")
def small() -> Result:
    return simulate(with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, 20, 3), 2)


def test_that_a_scenario_is_named_or_given_by_its_path_or_itself() -> None:
    path = shipped_scenarios()["crackdown"]
    values = [simulate(given, 1).values for given in ("crackdown", path, str(path), find_scenario("crackdown"))]
    for other in values[1:]:
        np.testing.assert_array_equal(values[0], other)
    with pytest.raises(ScenarioError, match="did you mean crackdown"):
        simulate("crackdwn", 1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"engine": "steam"}, "no engine 'steam': give 'ensemble' or 'mesa'"),
        ({"workers": 0}, "0 workers are not allowed"),
        ({"workers": "2"}, "'2' workers are not allowed"),
        ({"workers": 1.5}, r"1\.5 workers are not allowed"),
        ({"seed": "1"}, "seed '1' is not allowed"),
        ({"seed": True}, "seed True is not allowed"),
        ({"replications": 2.0}, r"2\.0 replications are not allowed"),
    ],
)
def test_that_what_cannot_be_is_refused_in_words(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        simulate(**{"scenario": "baseline", "replications": 1, **wrong})


def test_that_a_result_says_what_it_is_in_a_line_and_shows_itself_in_a_notebook(small: Result) -> None:
    assert repr(small) == "<Result: baseline, 2 runs of 20 officials in 2 jurisdictions, 3 months, seed 1>"
    assert repr(small.series[1]) == "<Series: run 1 of baseline, seed 1, 3 months>"
    page = small._repr_html_()
    assert "<td>innovation_rate</td>" in page
    assert "&lt;Result: baseline" in page
    assert "创新率" in page
    assert page.count("<polyline") == 3  # innovation, routine and inaction over the months
    assert page.count("<tr>") == page.count("</tr>") > 5

"""The numbers on the page are the library's: what a few lines of Python give stands on the screen, digit for digit."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.statistics.paired_effects import intervals_of
from app.builder.page import PAGE
from model.measures import MEASURES, headline_measures
from model.scenario import find_scenario, with_settings
from model.simulate import simulate, window_means
from tests.app.conftest import run

RUNS = 200
PAGE_SIZE = {"size.officials": 200, "size.jurisdictions": 4, "size.months": 120}
MINUS = "−"
DIGITS = {"sanctions_per_100_officials_and_year": 1, "public_value": 3}


# The settings that a link holds, and the link: by the default decision rule, and by another.
BY_DEFAULT = {"exemption.disclosure": 0.6}
BY_FEAR = {"exemption.disclosure": 0.6, "decision.rule": "fear", "decision.weight": 0.5}
LINKS = [
    (BY_DEFAULT, "v=2&n=5&s=crackdown&ex.disclosure=0.6&pin=baseline"),
    (BY_FEAR, "v=2&n=5&s=crackdown&ex.disclosure=0.6&de.rule=fear&de.weight=0.5&pin=baseline"),
]


def values_of(scenario: str, settings: dict[str, Any], seed: int) -> NDArray[np.float64]:
    sized = with_settings(find_scenario(scenario), {**PAGE_SIZE, **settings})
    return simulate(sized, RUNS, seed).values


def rounded(value: Decimal, digits: int, sign: str = "") -> str:
    """Return a number as browsers write it: what lies halfway is rounded away from zero."""
    return f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):{sign}}".replace("-", MINUS)


def percent(share: float) -> str:
    return f"{rounded(100 * Decimal(repr(float(share))), 1)}%"


def points(difference: float) -> str:
    return f"{rounded(Decimal(repr(100 * float(difference))), 1, '+')} pp"


def told(measure: str, value: float) -> str:
    if measure == "trust_gap":
        return points(value)
    if measure in DIGITS:
        return rounded(Decimal(repr(float(value))), DIGITS[measure])
    return percent(value)


@pytest.fixture(scope="module", params=LINKS, ids=["default", "fear"])
def linked(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    found: tuple[dict[str, Any], str] = request.param
    return found


@pytest.fixture(scope="module")
def shown(linked: tuple[dict[str, Any], str], node: str, chromium: str) -> dict[str, Any]:
    link = linked[1]
    answer: dict[str, Any] = json.loads(run([node, "tests/browser/numbers.mjs", chromium, str(PAGE), link]))
    return answer


@pytest.fixture(scope="module")
def policy(linked: tuple[dict[str, Any], str]) -> NDArray[np.float64]:
    return values_of("crackdown", linked[0], seed=5)


@pytest.mark.page
@pytest.mark.slow
def test_that_headlines_are_the_librarys(shown: dict[str, Any], policy: NDArray[np.float64]) -> None:
    means, pinned = window_means(policy), window_means(values_of("baseline", {}, seed=5))
    own, effect = intervals_of(means), intervals_of(means - pinned)
    for measure in headline_measures():
        column = MEASURES.index(measure)
        figure, difference, _ = shown["headlines"][measure]
        assert figure == told(measure, own.mean[column]), measure
        if measure == "innovation_rate":
            assert difference.endswith(points(effect.mean[column]))


@pytest.mark.page
@pytest.mark.slow
def test_that_fans_are_the_librarys(shown: dict[str, Any], policy: NDArray[np.float64]) -> None:
    column = MEASURES.index("innovation_rate")
    last_months = policy[:, 11::12, column]
    quantiles = np.quantile(last_months, [0.5, 0.05, 0.25, 0.75, 0.95], axis=0)
    rows = [[str(year + 1), *(percent(value) for value in quantiles[:, year])] for year in range(10)]
    assert [row[:6] for row in shown["tables"]["innovation_rate"]] == rows

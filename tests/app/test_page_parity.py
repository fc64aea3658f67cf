"""The page gives the numbers of the library, bit for bit: shipped scenarios and 200 random ones, Node and Chromium.

So it does under every decision rule; with weight 0 every rule's own code gives the default's numbers.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from numpy.typing import NDArray

from analysis.statistics.paired_effects import intervals_of
from app.builder.export import scenario as exported
from app.kernel.calls import (
    DEED,
    Explanation,
    Roll,
    explain_official,
    month_passes,
    new_explanation,
    new_roll,
    roll_call,
    run_begins,
)
from model.arrays import AdministrationArrays, Moment, Policies, new_administration, new_key
from model.engines.ensemble import whole_run
from model.measures import MEASURES, N_MEASURES
from model.parameters import DECISION_RULES, about, parameter_paths
from model.policy import setting_of
from model.scenario import Scenario, find_scenario, shipped_scenarios, with_settings
from model.simulate import window_means
from tests.strategies import CORNERS, corner, scenarios

pytestmark = [pytest.mark.page, pytest.mark.slow]

SEED, LAST_RUN = 20260728, 2**32 - 1
N_RANDOM = 200
OTHER_RULES = DECISION_RULES[1:]
PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)
OTHER_POLICY = {"exemption.probability": 0.9, "accountability.certainty": 0.1, "work.complexity": 0.6}

Floats = NDArray[np.float64]


class Request(NamedTuple):
    """A run, and one official's month in it to explain."""

    scenario: Scenario
    seed: int
    run: int
    official: int
    month: int


def request(scenario: Scenario, seed: int = SEED, run: int = 0) -> Request:
    """Return a request that explains an official in the middle of the run."""
    return Request(scenario, seed, run, scenario.officials // 2, scenario.months // 2)


@functools.cache
def shipped_requests() -> tuple[Request, ...]:
    """Return a run of every shipped scenario, and the corners at the largest run number."""
    shipped = [request(find_scenario(name)) for name in shipped_scenarios()]
    return (*shipped, *(request(corner(name), run=LAST_RUN) for name in CORNERS))


@functools.cache
def random_requests() -> tuple[Request, ...]:
    """Return runs of random valid scenarios, the same ones every time."""
    found: list[Request] = []
    checks = list(HealthCheck)

    @settings(max_examples=N_RANDOM, phases=[Phase.generate], derandomize=True, suppress_health_check=checks)
    @given(scenarios())
    def collect(scenario: Scenario) -> None:
        found.append(request(scenario, run=len(found)))

    collect()
    return tuple(found)


def rule_requests(rule: str) -> tuple[Request, ...]:
    """Return a run of every shipped scenario under a rule, the last of them with half its weight, and the corners."""
    shipped = [find_scenario(name) for name in shipped_scenarios()]
    weighed = [*((one, 1.0) for one in shipped[:-1]), (shipped[-1], 0.5)]
    corners = [(corner(name), 1.0) for name in CORNERS]
    return tuple(
        request(with_settings(one, {"decision.rule": rule, "decision.weight": weight}), run=3)
        for one, weight in (*weighed, *corners)
    )


@functools.cache
def random_requests_under_rules() -> tuple[Request, ...]:
    """Return the random scenarios with the rules in turn, each with random numbers of its own."""
    rng = np.random.default_rng(9)
    found = []
    for number, asked in enumerate(random_requests()):
        settings: dict[str, Any] = {"decision.rule": OTHER_RULES[number % len(OTHER_RULES)]}
        for path in parameter_paths():
            if path.startswith("decision.") and not about(path).words:
                low, high = (max(-5.0, about(path).bounds[0]), min(20.0, about(path).bounds[1]))
                settings[path] = float(rng.choice([low, high, rng.uniform(low, high)], p=[0.1, 0.1, 0.8]))
        found.append(request(with_settings(asked.scenario, settings), run=asked.run))
    return tuple(found)


def in_json(asked: Request) -> dict[str, Any]:
    """Return a request as the page is handed it."""
    return {
        "scenario": exported(asked.scenario),
        "seed": asked.seed,
        "run": asked.run,
        "byJurisdiction": True,
        "explain": {"official": asked.official, "month": asked.month, "settings": OTHER_POLICY},
    }


def numbers(text: str, kind: type = np.float64) -> NDArray[Any]:
    """Return the numbers whose bytes the page wrote."""
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def is_same(page: Floats, library: Any) -> bool:
    """Tell whether all bits are equal; a missing value (NaN) is one whatever its bits are."""
    ours, theirs = np.ascontiguousarray(library, dtype=np.float64).ravel(), np.ascontiguousarray(page)
    if ours.shape != theirs.shape:
        return False
    return bool(((ours.view(np.int64) == theirs.view(np.int64)) | (np.isnan(ours) & np.isnan(theirs))).all())


def told(explanation: Explanation, action: float) -> Floats:
    """Return an explanation in the order in which the page's test writes it."""
    parts = (explanation.state, explanation.circumstances, explanation.outlook, explanation.terms.ravel())
    more = (explanation.utilities, explanation.probabilities, explanation.told)
    more += (explanation.month_luck, explanation.case_luck)
    return np.concatenate([*parts, *more, [action]])


def library_explains(asked: Request) -> Floats:
    """Return the official's month explained by the compiled function in Python, as it is and under another policy."""
    setting = setting_of(asked.scenario)
    layout, policies = setting.layout, setting.policies
    administration, key = new_administration(layout, setting.structure), new_key(asked.seed, asked.run)
    run_begins(administration, layout, policies, key)
    for month in range(asked.month):
        month_passes(administration, layout, policies, Moment(key, np.uint64(month)), np.zeros(N_MEASURES))
    rows = policies.rows.copy()
    for path, value in OTHER_POLICY.items():
        rows[:, parameter_paths().index(path)] = value
    explained = []
    for policy in (policies, Policies(rows, policies.row_of)):
        explanation = new_explanation(layout)
        when = Moment(key, np.uint64(asked.month))
        explain_official(administration, layout, policy, when, asked.official, explanation)
        explained.append(told(explanation, explanation.deed[DEED.action]))
    return np.concatenate(explained)


def library_runs(asked: Request) -> tuple[Floats, Floats, Roll, AdministrationArrays]:
    """Return the library's measures over all and by jurisdiction, and the officials at the end."""
    setting = setting_of(asked.scenario)
    layout = setting.layout
    administration = new_administration(layout, setting.structure)
    measures = np.zeros((setting.months, N_MEASURES))
    by_jurisdiction = np.zeros((setting.months, len(layout.sizes), N_MEASURES))
    key = new_key(asked.seed, asked.run)
    whole_run(administration, layout, setting.policies, key, measures, by_jurisdiction)
    roll = new_roll(layout)
    roll_call(administration, layout, roll)
    return measures, by_jurisdiction, roll, administration


def differences(asked: Request, answer: dict[str, str]) -> list[str]:
    """Return in what a page's answer differs from the library."""
    measures, by_jurisdiction, roll, _ = library_runs(asked)
    is_equal = {
        "measures": is_same(numbers(answer["measures"]), measures.T),
        "by_jurisdiction": is_same(numbers(answer["by_jurisdiction"]), by_jurisdiction.transpose(1, 2, 0)),
        "months": is_same(numbers(answer["months"]), measures),
        "means": is_same(numbers(answer["means"]), window_means(measures)),
        "states": is_same(numbers(answer["states"]), roll.states),
        "explained": is_same(numbers(answer["explained"]), library_explains(asked)),
        "jurisdiction": np.array_equal(numbers(answer["jurisdiction"], np.int32), roll.jurisdiction),
    }
    for place, name in enumerate(("generation", "action", "outcome", "leaves")):
        is_equal[name] = np.array_equal(numbers(answer[name], np.int32), roll.posts[place])
    return [f"{asked.scenario.name}, run {asked.run}: {name}" for name, equal in is_equal.items() if not equal]


def all_differences(requests: Sequence[Request], answers: Sequence[dict[str, str]]) -> list[str]:
    """Return in what the answers differ from the library, for all requests."""
    pairs = zip(requests, answers, strict=True)
    return [difference for asked, answer in pairs for difference in differences(asked, answer)]


def some_runs() -> list[list[float | None]]:
    """Return made-up runs with ties and missing values, None for NaN as JSON has none."""
    rng = np.random.default_rng(5)
    values = np.round(rng.normal(size=(41, 90)), 3)
    values[rng.random(values.shape) < 0.1] = np.nan
    values[:, 7] = np.nan
    values[3] = np.nan
    return [[None if np.isnan(value) else float(value) for value in run] for run in values]


def check_statistics(answer: dict[str, str]) -> None:
    """Check fan, window means, interval and paired effect of `some_runs` against NumPy and the library."""
    values = np.array([[np.nan if value is None else value for value in run] for run in some_runs()])
    with np.errstate(all="ignore"), pytest.warns(RuntimeWarning, match="All-NaN"):
        fan = np.nanquantile(values, PROBABILITIES, axis=0)
    assert is_same(numbers(answer["fan"]), fan)
    # Two columns of the same here and below, so that NumPy adds up row by row as it does with all measures.
    means = window_means(np.repeat(values[:, :, None], 2, axis=2))[:, 0]
    assert is_same(numbers(answer["means"]), means)
    reverse = means[::-1].copy()
    pair = ~np.isnan(means - reverse)
    of_all = intervals_of(np.column_stack([means, means]))
    of_difference = intervals_of(np.column_stack([means - reverse, means - reverse]))
    of_pairs = intervals_of(np.column_stack([np.where(pair, reverse, np.nan), np.where(pair, means, np.nan)]))
    assert is_same(numbers(answer["interval"]), [field[0] for field in of_all])
    assert is_same(numbers(answer["paired"]), [*of_pairs.mean, *(field[0] for field in of_difference)])


def test_that_node_gives_the_same_bits_for_every_shipped_scenario_and_every_corner(in_node: Any) -> None:
    requests = shipped_requests()
    answers = in_node({"requests": [in_json(asked) for asked in requests]})["answers"]
    assert all_differences(requests, answers) == []


def test_that_another_run_would_not_pass_for_the_same(in_node: Any) -> None:
    asked = request(find_scenario("baseline"))
    (answer,) = in_node({"requests": [in_json(asked)]})["answers"]
    assert len(differences(asked._replace(run=1), answer)) >= 9


def test_that_node_gives_the_same_bits_for_200_random_scenarios(in_node: Any) -> None:
    requests = random_requests()
    assert len(requests) >= N_RANDOM
    answers = in_node({"requests": [in_json(asked) for asked in requests]})["answers"]
    assert all_differences(requests, answers) == []


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_that_node_gives_the_same_bits_under_a_rule_for_every_shipped_scenario(rule: str, in_node: Any) -> None:
    requests = rule_requests(rule)
    answers = in_node({"requests": [in_json(asked) for asked in requests]})["answers"]
    assert all_differences(requests, answers) == []


def test_that_node_gives_the_same_bits_under_rules_for_200_random_scenarios(in_node: Any) -> None:
    requests = random_requests_under_rules()
    assert {asked.scenario.parameters.decision.rule for asked in requests} == set(range(1, len(DECISION_RULES)))
    answers = in_node({"requests": [in_json(asked) for asked in requests]})["answers"]
    assert all_differences(requests, answers) == []


def test_that_every_rule_without_weight_is_the_default_to_the_bit(in_node: Any) -> None:
    baseline = find_scenario("reform")
    without = [with_settings(baseline, {"decision.rule": rule, "decision.weight": 0.0}) for rule in OTHER_RULES]
    default, *answers = in_node({"requests": [in_json(request(one)) for one in (baseline, *without)]})["answers"]
    for answer in answers:
        assert {**answer, "explained": ""} == {**default, "explained": ""}


def test_that_the_statistics_of_the_page_are_those_of_the_library(in_node: Any) -> None:
    check_statistics(in_node({"requests": [], "runs": some_runs()})["statistics"])


def small_under(rule: str) -> Scenario:
    """Return a small scenario under a rule."""
    return with_settings(find_scenario("campaign"), {"decision.rule": rule}, 100, 60)


@pytest.fixture(scope="module")
def chromium_said(in_chromium: Callable[[list[Any]], Any]) -> Any:
    """Return what Chromium answered to everything the tests ask it, in one go."""
    small = exported(with_settings(find_scenario("campaign"), {}, 100, 60))
    requests = [*shipped_requests(), *random_requests(), *random_requests_under_rules()[:25]]
    calls: list[Any] = [["answerTo", in_json(asked)] for asked in requests]
    by_rule = [["runsByWorkers", exported(small_under(rule)), 5] for rule in OTHER_RULES]
    calls += [*by_rule, ["statisticsOf", some_runs()], ["runsByWorkers", small, 21], ["drag", small, 40]]
    return in_chromium(calls)


def test_that_chromium_gives_the_same_bits_for_shipped_corner_and_random_scenarios(chromium_said: Any) -> None:
    requests = [*shipped_requests(), *random_requests(), *random_requests_under_rules()[:25]]
    assert all_differences(requests, chromium_said["results"][: len(requests)]) == []


def test_that_chromium_gives_the_statistics_of_the_library(chromium_said: Any) -> None:
    check_statistics(chromium_said["results"][-3])


def test_that_runs_done_by_workers_are_the_same_too(chromium_said: Any) -> None:
    by_workers = chromium_said["results"][-2]
    small = with_settings(find_scenario("campaign"), {}, 100, 60)
    measures = [library_runs(Request(small, 1, run, 0, 0))[0] for run in range(21)]
    columns = [MEASURES.index(measure) for measure in by_workers["measures"]]
    assert chromium_said["workers"] >= 1
    assert by_workers["runs"] == list(range(21))
    assert is_same(numbers(by_workers["values"]), [run[:, column] for run in measures for column in columns])


def test_that_workers_run_every_rule_as_the_library_does(chromium_said: Any) -> None:
    for place, rule in enumerate(OTHER_RULES):
        by_workers = chromium_said["results"][place - 3 - len(OTHER_RULES)]
        measures = [library_runs(Request(small_under(rule), 1, run, 0, 0))[0] for run in range(5)]
        columns = [MEASURES.index(measure) for measure in by_workers["measures"]]
        assert is_same(numbers(by_workers["values"]), [run[:, column] for run in measures for column in columns])


def test_that_the_newest_request_wins(chromium_said: Any) -> None:
    dragged = chromium_said["results"][-1]
    assert dragged["finished"][-1] == 39
    assert len(dragged["finished"]) < 40


def test_that_a_page_from_the_disk_asks_the_network_for_nothing(chromium_said: Any) -> None:
    assert chromium_said["said"] == []
    assert [
        address for address in chromium_said["addresses"] if not address.startswith(("file:", "blob:", "data:"))
    ] == []


def test_that_requests_have_no_number_that_json_cannot_hold() -> None:
    for asked in (*shipped_requests(), *random_requests()):
        json.dumps(in_json(asked), allow_nan=False)

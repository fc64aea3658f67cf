"""Settings given on the command line, and what differs from the baseline."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.scenario import (
    ListedJurisdiction,
    Scenario,
    ScenarioError,
    Text,
    differences,
    find_scenario,
    parse_setting,
    with_settings,
)
from model.scenario.settings import proportional_sizes


def refused_by(action: Callable[[], Any]) -> str:
    """Return the message with which an action is refused."""
    with pytest.raises(ScenarioError) as refusal:
        action()
    return str(refusal.value)


# --- Other settings ---


def test_that_settings_replace_values_and_leave_the_original_alone() -> None:
    baseline = find_scenario("baseline")
    changed = with_settings(baseline, {"accountability.certainty": 1, "value.failure": np.float64(-2.0)}, 40, 12)
    assert (changed.officials, changed.months) == (40, 12)
    assert (changed.parameters.accountability.certainty, changed.parameters.value.failure) == (1.0, -2.0)
    assert changed.name == "baseline"
    assert baseline == find_scenario("baseline")


def test_that_actions_are_set_by_their_names_or_one_by_one() -> None:
    binary = with_settings(find_scenario("baseline"), {"behaviour.actions": ("inaction", "innovation")})
    behaviour = binary.parameters.behaviour
    assert (behaviour.routine_open, behaviour.filed_innovation_open, behaviour.self_dealing_open) == (0.0, 0.0, 0.0)
    again = with_settings(binary, {"behaviour.routine_open": 1.0}).parameters.behaviour
    assert (again.routine_open, again.filed_innovation_open) == (1.0, 0.0)


def test_that_an_initial_share_can_be_given() -> None:
    scenario = with_settings(find_scenario("baseline"), {"behaviour.initial_innovation_share": 0.01})
    assert scenario.parameters.behaviour.initial_innovation_share == 0.01


def test_that_listed_jurisdictions_keep_their_proportions() -> None:
    four = find_scenario("four_provinces")
    assert with_settings(four, {}, officials=100).sizes == (40, 30, 20, 10)
    assert with_settings(four, {}, officials=4).sizes == (1, 1, 1, 1)
    assert with_settings(four, {"size.officials": 7}).sizes == (3, 2, 1, 1)


def test_that_an_action_closed_in_one_jurisdiction_leaves_the_others_as_the_scenario_has_them() -> None:
    listed = ListedJurisdiction(Text("North", "北"), 5, {"behaviour.routine_open": 0.0})
    scenario = with_settings(find_scenario("four_provinces"), {"behaviour.self_dealing_open": 0.0})
    scenario = Scenario(**{**vars(scenario), "jurisdictions": (listed,), "officials": 5, "n_jurisdictions": 1})
    local = with_settings(scenario, {}).jurisdictions[0].settings
    assert local["behaviour.routine_open"] == local["behaviour.self_dealing_open"] == 0.0
    assert local["behaviour.filed_innovation_open"] == 1.0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=8), st.integers(0, 10_000))
def test_that_proportional_sizes_add_up_and_leave_nobody_out(sizes: list[int], more: int) -> None:
    total = len(sizes) + more
    scaled = proportional_sizes(sizes, total)
    assert sum(scaled) == total
    assert min(scaled) >= 1
    if min(sizes) * total >= sum(sizes):
        assert all(abs(new - total * old / sum(sizes)) < 1 for new, old in zip(scaled, sizes, strict=True))


def test_that_a_setting_is_parsed_in_the_syntax_of_toml() -> None:
    assert parse_setting("accountability.certainty=0.9") == ("accountability.certainty", 0.9)
    assert parse_setting(" size.months = 1_200 ") == ("size.months", 1200)
    assert parse_setting("behaviour.actions=inaction, innovation") == ("behaviour.actions", ("inaction", "innovation"))
    assert parse_setting('behaviour.actions=["inaction"]') == ("behaviour.actions", ("inaction",))


# --- Names and settings that are refused ---


def test_that_an_unknown_name_is_refused_with_the_nearest_and_all() -> None:
    message = refused_by(lambda: find_scenario("crackdwn"))
    assert 'no scenario "crackdwn"; did you mean crackdown? Shipped are baseline, crackdown' in message
    assert "mine.toml" in message
    assert "shipped are baseline" in refused_by(lambda: find_scenario(""))
    assert "no such file" in refused_by(lambda: find_scenario("none/mine.toml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("accountability.certainty", ["there is no =", "accountability.certainty=0.9"]),
        ("acountability.certanty=1", ["did you mean accountability.certainty?"]),
        ("certainty=1", ["did you mean accountability.certainty?"]),
        ("zzz=1", ['no setting "zzz"', "allowed is the parameters"]),
        ("behaviour.routine_open=0", ["list the actions", "behaviour.actions"]),
        ("work.complexity=high", ["found 'high', which TOML does not know as a value", "work.complexity=0.35"]),
        ("work.complexity=", ["found ''"]),
        ("work.complexity=true", ["found the truth value true", "a number from 0 to 0.95"]),
        ('work.complexity="1"', ['found the text "1"']),
        ("work.complexity=1\nb=2", ["does not know as a value"]),
        ("size.months=x", ["a whole number from 1", "size.months=120"]),
        ("work.complexity=" + "[" * 5000, ["does not know as a value"]),
    ],
)
def test_that_a_setting_that_cannot_be_parsed_is_refused(text: str, words: list[str]) -> None:
    message = refused_by(lambda: parse_setting(text))
    assert message.startswith("--set")
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("baseline", {"work.complexity": math.nan}, ["baseline, work.complexity: found nan"]),
        ("baseline", {"work.complexity": True}, ["found the truth value true"]),
        ("baseline", {"work.complxity": 1, "zzz": 2}, ["did you mean work.complexity?", 'no setting "zzz"']),
        ("baseline", {"behaviour.routine_open": 0.5}, ["found 0.5; allowed is 0 or 1"]),
        ("baseline", {"behaviour.actions": ()}, ["all actions are off"]),
        ("baseline", {"behaviour.actions": "all"}, ['found the text "all"', "a list of actions"]),
        ("baseline", {"career.retirement_age": 51}, ["ceiling_age 52 and retirement_age 51"]),
        ("baseline", {"size.officials": 19}, ["each of the 20 jurisdictions"]),
        ("baseline", {"size.months": 2**70}, ["baseline, size.months: found 1180591620717411303424"]),
        ("baseline", {"size.months": 10**5000}, ["a whole number of thousands of digits"]),
        ("campaign", {"size.months": 36}, ["campaign, [[change]] 1, month: found 36; allowed is a month from 0 to 35"]),
        ("four_provinces", {"size.officials": 3}, ["size.officials: found 3; allowed is"]),
        ("four_provinces", {"size.officials": 2.5}, ["size.officials: found 2.5; allowed is"]),
        ("four_provinces", {"size.officials": 9_000_000}, ["[[jurisdiction]] 1, officials: found 3600000"]),
    ],
)
def test_that_a_setting_that_does_not_fit_is_refused(name: str, values: dict[str, Any], words: list[str]) -> None:
    message = refused_by(lambda: with_settings(find_scenario(name), values))
    assert all(word in message for word in words), message


# --- Differences ---


def test_that_a_scenario_does_not_differ_from_itself() -> None:
    baseline = find_scenario("baseline")
    assert differences(baseline, baseline) == []


def test_that_differences_tell_what_is_set_from_the_start_when_it_changes_and_where() -> None:
    baseline = find_scenario("baseline")
    out_of_use = find_scenario("rule_out_of_use")
    found = [(each.path, each.baseline_value, each.value, each.when) for each in differences(out_of_use, baseline)]
    change = out_of_use.changes[0]
    assert found == [
        ("exemption.probability", 0.4, 0.41, None),
        ("exemption.probability", 0.4, 0.11, change),
        ("exemption.access", 0.8, 0.3, change),
    ]
    four = find_scenario("four_provinces")
    places = {each.where.name.en for each in differences(four, baseline) if each.where}
    assert places == {"Province A", "Province B", "Province C", "Province D"}


def test_that_differences_name_the_actions_and_an_initial_share() -> None:
    baseline = find_scenario("baseline")
    other = with_settings(
        baseline, {"behaviour.self_dealing_open": 0, "behaviour.initial_innovation_share": 0.5}, officials=100
    )
    found = {each.path: (each.baseline_value, each.value) for each in differences(other, baseline)}
    assert found["size.officials"] == (1000, 100)
    assert found["behaviour.initial_innovation_share"] == (None, 0.5)
    assert found["behaviour.actions"][1] == ("inaction", "routine", "innovation", "filed_innovation")
    assert len(found) == 3


def test_that_a_setting_that_does_not_hold_is_refused() -> None:
    with pytest.raises(
        ScenarioError, match=r"^baseline, career\.ceiling_age: found 121; allowed is a number from 18 to 120"
    ):
        with_settings(find_scenario("baseline"), {"career.ceiling_age": 121})

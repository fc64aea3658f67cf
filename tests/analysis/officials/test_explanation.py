"""What is told of an official's month is what the engine did, and another policy changes nothing but itself."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.command_line.words.rule_sentences import rule_lines
from analysis.errors import ExperimentError
from analysis.officials.explanation import (
    Deed,
    Scene,
    Who,
    after_the_month,
    deed_of,
    deed_under,
    flips_of,
    scene_of,
    shares_below,
)
from analysis.words import words_in
from model.arrays import REMOVED, RETIRES, STAYS
from model.parameters import DECISION_RULES, FIXED_AT_START, REMOVAL_RUNG, about, parameter_paths, replaced, value_at
from model.policy import parameters_in
from model.rules.outcome import is_of_consequence
from model.scenario import Scenario, ScenarioError, find_scenario, with_settings
from model.simulate import jobs_of, months_of_run

OFFICIALS = 60
CERTAINTY = "accountability.certainty"


def scenario_of(name: str) -> Scenario:
    return with_settings(find_scenario(name), {}, OFFICIALS, 120)


def scenes(name: str, month: int, run: int = 1) -> list[Scene]:
    """Return the scene of every official at the start of a month."""
    first = scene_of(scenario_of(name), Who(0, month, 4, run))
    return [
        Scene(first.scenario, first.setting, first.who._replace(official=official), first.administration)
        for official in range(OFFICIALS)
    ]


def campaign_certainty() -> float:
    """Return how surely failures are pursued during the campaign."""
    return float(scenario_of("campaign").changes[0].settings[CERTAINTY])


def without_nan(deed: Deed) -> Deed:
    """Return a deed that is equal to itself: an initial share that is not given is a NaN."""
    return replace(deed, parameters=replaced(deed.parameters, {"behaviour.initial_innovation_share": 0.0}))


@pytest.mark.parametrize(
    ("name", "month"), [("baseline", 0), ("campaign", 36), ("reform", 70), ("four_provinces", 23), ("baseline", 119)]
)
def test_that_what_is_explained_is_what_the_engine_did(name: str, month: int) -> None:
    for scene in scenes(name, month):
        deed = deed_of(scene)
        action, outcome, leaves = after_the_month(scene)
        assert (deed.action, deed.outcome) == (action, outcome)
        assert leaves in (STAYS, REMOVED, RETIRES)
        is_removed = deed.consequence is not None and deed.consequence.rung == REMOVAL_RUNG
        assert (leaves == REMOVED) == (is_removed and leaves != RETIRES)
        assert (deed.consequence is not None) == bool(is_of_consequence(action, outcome))


def test_that_the_scene_is_the_run_as_it_stood_at_the_end_of_the_month_before() -> None:
    (job,) = jobs_of(scenario_of("campaign"), [1], seed=4)
    scene = scene_of(scenario_of("campaign"), Who(5, 40, 4, 1))
    for month, (administration, _) in enumerate(months_of_run(job, 2)):
        if month == 39:
            np.testing.assert_array_equal(administration.officials, scene.administration.officials)
            np.testing.assert_array_equal(administration.jurisdictions, scene.administration.jurisdictions)
            np.testing.assert_array_equal(administration.national, scene.administration.national)
            return


def test_that_terms_add_up_to_utilities_and_the_draw_falls_on_what_was_done() -> None:
    for scene in scenes("baseline", 12):
        deed = deed_of(scene)
        np.testing.assert_allclose(np.sum(deed.reasons.terms, axis=0), deed.reasons.utilities, atol=1e-12)
        edges = np.concatenate([[0.0], np.cumsum(deed.reasons.probabilities)])
        assert edges[-1] == pytest.approx(1.0)
        assert edges[deed.action] <= scene.luck.month.choice <= edges[deed.action + 1]


def test_that_the_value_in_force_gives_the_same_deed() -> None:
    for scene in scenes("campaign", 50)[:20]:
        other = deed_under(scene, {"accountability.certainty": value_at(deed_of(scene).parameters, CERTAINTY)})
        assert without_nan(other) == without_nan(deed_of(scene))


def test_that_a_parameter_set_at_once_from_the_start_gives_the_deed_of_the_first_month() -> None:
    settings = {"accountability.certainty": 0.95, "exemption.probability": 0.1, "work.complexity": 0.5}
    changed = with_settings(scenario_of("baseline"), settings)
    for official in range(OFFICIALS):
        who = Who(official, 0, 4, 1)
        other = deed_under(scene_of(scenario_of("baseline"), who), settings)
        expected = deed_of(scene_of(changed, who))
        assert other.reasons.utilities == expected.reasons.utilities
        assert (other.action, other.outcome) == (expected.action, expected.outcome)


def test_that_the_value_in_force_is_replaced_also_where_a_change_or_a_place_has_set_it() -> None:
    scene = scene_of(scenario_of("campaign"), Who(3, 50, 1, 0))
    assert deed_of(scene).parameters.accountability.certainty == campaign_certainty()
    assert deed_under(scene, {"accountability.certainty": 0.2}).parameters.accountability.certainty == 0.2
    last = scene_of(scenario_of("four_provinces"), Who(OFFICIALS - 1, 5, 1, 0))
    last_province = last.scenario.jurisdictions[-1].settings
    assert (
        value_at(deed_of(last).parameters, "accountability.inaction_certainty")
        == (last_province["accountability.inaction_certainty"])
    )
    other = deed_under(last, {"accountability.inaction_certainty": 0.0})
    assert other.parameters.work == deed_of(last).parameters.work
    assert other.reasons.terms.inaction.inaction == 0.0


def test_that_actions_can_be_closed() -> None:
    for scene in scenes("baseline", 3)[:10]:
        other = deed_under(scene, {"behaviour.actions": ("inaction", "innovation")})
        assert [other.reasons.probabilities[action] for action in (1, 3, 4)] == pytest.approx([0.0] * 3)
        assert other.action in (0, 2)


def test_that_flips_are_true() -> None:
    found = 0
    for scene in scenes("baseline", 24)[:20]:
        action = deed_of(scene).action
        for flip in flips_of(scene, action):
            found += 1
            assert flip.value in (about(flip.path).plausible or ())
            assert deed_under(scene, {flip.path: flip.value}).action == flip.action != action
    assert found


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (Who(OFFICIALS, 0, 1, 0), "official 60 is not there: baseline has 0 to 59"),
        (Who(-1, 0, 1, 0), "official -1"),
        (Who(0, 120, 1, 0), "month 120 is not there: baseline has 0 to 119"),
        (Who(0, 0, 1, -1), "run -1"),
        (Who(0, 0, -1, 0), "seed -1"),
    ],
)
def test_that_who_is_not_there_is_refused_in_words(who: Who, words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        scene_of(scenario_of("baseline"), who)


@pytest.mark.parametrize("path", ["population.ambition_mean", "behaviour.initial_innovation_share", "value.success"])
def test_that_what_does_not_act_in_a_month_is_refused(path: str) -> None:
    scene = scene_of(scenario_of("baseline"), Who(0, 0, 1, 0))
    with pytest.raises(ExperimentError, match=f"--set {path}: does not act"):
        deed_under(scene, {path: 0.5})


def test_that_a_rule_is_not_changed_for_a_month() -> None:
    scene = scene_of(scenario_of("baseline"), Who(0, 0, 1, 0))
    with pytest.raises(ExperimentError, match=r"--set decision\.weight: holds for a whole run, .* scenario file"):
        deed_under(scene, {"decision.weight": 0.5})


def test_that_a_value_out_of_bounds_is_refused() -> None:
    scene = scene_of(scenario_of("baseline"), Who(0, 0, 1, 0))
    with pytest.raises(ScenarioError, match="certainty"):
        deed_under(scene, {"accountability.certainty": 2.0})


def test_that_every_parameter_of_a_month_can_be_tried() -> None:
    scene = scene_of(scenario_of("baseline"), Who(0, 6, 1, 0))
    in_force = parameters_in(scene.scenario, scene.jurisdiction, 6)
    tried = [path for path in parameter_paths() if path.partition(".")[0] not in ("population", "value")]
    for path in tried:
        if path not in FIXED_AT_START and not path.endswith("_open"):
            other = deed_under(scene, {path: value_at(in_force, path)})
            assert without_nan(other) == without_nan(deed_of(scene))


def test_that_the_share_below_is_a_rank() -> None:
    shares = [shares_below(scene)["competence"] for scene in scenes("baseline", 0)]
    assert sorted(shares) == pytest.approx(list(np.arange(OFFICIALS) / OFFICIALS))


def rule_scene(rule: str, month: int, official: int = 3, network: str = "complete") -> Scene:
    settings = {"decision.rule": rule, "network.kind": network}
    return scene_of(with_settings(scenario_of("baseline"), settings), Who(official, month, 1, 0))


@pytest.mark.slow
@pytest.mark.parametrize("rule", DECISION_RULES)
def test_that_a_month_under_another_rule_is_explained_as_the_engine_does_it(rule: str) -> None:
    for official in range(0, 40, 7):
        scene = rule_scene(rule, 8, official, "hierarchy")
        deed = deed_of(scene)
        assert (deed.action, deed.outcome) == after_the_month(scene)[:2]


@pytest.mark.slow
def test_that_rules_that_act_on_the_odds_say_so_in_a_sentence() -> None:
    words = words_in("en")
    (first, said) = rule_lines(deed_of(rule_scene("threshold", 0)), words)
    assert first == "Decides by another rule: threshold, with weight 1."
    assert re.fullmatch(r"(Too few|Enough) others innovate: 33%.*\d+%\.", said)
    assert rule_lines(deed_of(rule_scene("satisficing", 0)), words)[1].startswith("Has done nothing in this post yet")
    kept = rule_lines(deed_of(rule_scene("satisficing", 8)), words)[1]
    assert re.fullmatch(r"Keeps last month's action \(.+\) with chance 0\.\d\d\.", kept)
    assert len(rule_lines(deed_of(rule_scene("fear", 8)), words)) == 1, "the terms show the rest"
    assert rule_lines(deed_of(scenes("baseline", 0)[0]), words) == []

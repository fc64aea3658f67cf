"""Under every rule and in every network, what is told of a month is what the compiled engine worked out in it."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.command_line.words.rule_sentences import rule_lines, told_apart
from analysis.officials.explanation import Deed, Scene, Who, deed_of, scene_of
from analysis.words import words_in
from model.arrays import (
    ACTION,
    LEAVES,
    OUTCOME,
    STAYS,
    AdministrationArrays,
    Layout,
    Moment,
    Policies,
    new_key,
    official_at,
    places_of,
    policy_row,
    put_row,
    seats_in,
)
from model.compiled import compiled, workspace
from model.engines.choosing import (
    N_LANES_IN_VIEW,
    N_WORK,
    everyone_draws,
    everyone_looks,
    everyone_weighs,
    outlook_at,
    per_action_at,
)
from model.engines.counting import count_consequence, count_expectation
from model.engines.ensemble import jurisdictions_look_around, jurisdictions_month
from model.engines.remembering import terms_weighed
from model.engines.surroundings import circumstances_at, everyone_looks_around, month_begins
from model.numerics import fixed_point
from model.parameters import DECISION_RULES, REMOVAL_RUNG, parameters_of_row
from model.rules.choice import probabilities_on, stick_of, ways_of
from model.rules.outcome import care_taken
from model.rules.utility import Outlook, Terms, terms_of, utilities_of
from model.scenario import Scenario, with_settings
from model.vocabulary import ACTIONS, COUNT, N_COUNTS, Action, Counts, Outcome
from tests.strategies import SLOW_PAIRS, baseline, scenarios, structured, structures

SEED = 11
_N_OUTLOOK, _N_TERMS, _N_ACTIONS = len(Outlook._fields), len(Terms._fields), len(ACTIONS)


class Weighed(NamedTuple):
    """What the passes of the compiled engine work out before anybody acts, for all N officials.

    Shapes (N, outlook), (N, terms, actions), twice (N, actions): the probabilities as they follow from the utilities,
    and as the rule leaves them.
    """

    outlooks: NDArray[np.float64]
    terms: NDArray[np.float64]
    by_utility: NDArray[np.float64]
    probabilities: NDArray[np.float64]


@compiled
def all_weigh(
    administration: AdministrationArrays, layout: Layout, policies: Policies, when: Moment, weighed: Weighed
) -> None:
    """Let everyone weigh the actions of a month as the engine does, and fill `weighed`."""
    rule, network = administration.structure
    memories = administration.memories
    for j in range(layout.sizes.shape[0]):
        parameters = parameters_of_row(policies.rows[policy_row(policies, int(when.month), j)])
        month_begins(network, administration, layout, j, when.month)
        of_all = jurisdictions_look_around(administration, j, parameters)
        for block in range(layout.first_block[j], layout.first_block[j + 1]):
            work, view, seats = workspace(N_WORK), workspace(N_LANES_IN_VIEW), seats_in(layout, j, block)
            everyone_draws(work, administration.posts, seats, when)
            everyone_looks_around(network, view, administration, layout, seats, of_all)
            everyone_looks(work, view, administration, seats, of_all, parameters)
            for lane in range(seats.here):
                official, outlook = official_at(administration.officials, block, lane), outlook_at(work, lane)
                here = circumstances_at(network, view, lane, of_all)
                terms = terms_of(official, outlook, here, parameters)
                terms = terms_weighed(rule, memories, block, lane, terms, official, outlook, here, parameters)
                utilities = utilities_of(terms)
                ways = ways_of(utilities, parameters.behaviour, outlook.may_file)
                post = seats.first + lane
                put_row(weighed.outlooks[post], outlook)
                for place in range(_N_TERMS):
                    put_row(weighed.terms[post, place], terms[place])
                put_row(weighed.by_utility[post], probabilities_on(stick_of(utilities, ways, parameters.behaviour)))
            everyone_weighs(work, view, administration, seats, of_all, parameters)
            for lane in range(seats.here):
                put_row(weighed.probabilities[seats.first + lane], probabilities_on(per_action_at(work, lane)))


def scenes_of(scenario: Scenario, month: int, run: int) -> list[Scene]:
    """Return the scene of every official at the start of a month."""
    first = scene_of(scenario, Who(0, month, SEED, run))
    return [replace(first, who=first.who._replace(official=official)) for official in range(scenario.officials)]


def weighed_in(scene: Scene) -> Weighed:
    """Return what the engine makes of the month before anybody acts."""
    n = scene.scenario.officials
    shapes = ((n, _N_OUTLOOK), (n, _N_TERMS, _N_ACTIONS), (n, _N_ACTIONS), (n, _N_ACTIONS))
    weighed = Weighed(*(np.zeros(shape) for shape in shapes))
    layout, policies = scene.setting.layout, scene.setting.policies
    all_weigh(copy.deepcopy(scene.administration), layout, policies, moment_of(scene), weighed)
    return weighed


def moment_of(scene: Scene) -> Moment:
    """Return the month of a scene, with the key of its run."""
    return Moment(new_key(scene.who.seed, scene.who.run), np.uint64(scene.who.month))


def after(scene: Scene) -> AdministrationArrays:
    """Return the administration as the engine leaves it at the end of the month."""
    administration, layout = copy.deepcopy(scene.administration), scene.setting.layout
    jurisdictions_month(administration, layout, scene.setting.policies, moment_of(scene), 0, len(layout.sizes))
    return administration


def counted(deeds: list[Deed], scenes: list[Scene]) -> NDArray[np.int64]:
    """Return what would be counted of the deeds in every jurisdiction, (J, N_COUNTS), but for what follows from it."""
    counts = np.zeros((scenes[0].scenario.n_jurisdictions, N_COUNTS), dtype=np.int64)
    for scene, deed in zip(scenes, deeds, strict=True):
        row, outlook = counts[scene.jurisdiction], deed.reasons.outlook
        care = fixed_point(care_taken(deed.action, outlook))
        row[COUNT.officials] += 1
        row[COUNT.inaction + deed.action] += 1
        row[COUNT.perceived_accountability] += fixed_point(outlook.perceived_accountability)
        row[COUNT.routine_care if deed.action == Action.ROUTINE else COUNT.care] += care
        row[COUNT.successes] += deed.outcome == Outcome.SUCCESS
        if deed.consequence is not None:
            is_filed = deed.action == Action.FILED_INNOVATION
            expected = outlook.perceived_exemption_filed if is_filed else outlook.perceived_exemption_unfiled
            count_expectation(row, deed.consequence, expected)
            count_consequence(row, deed.action, deed.outcome, deed.consequence)
    return counts


# What is counted of whole years in office and of who leaves, which is not told of a single month.
_NOT_OF_THE_MONTH = ("lazy", "lazy_a_year_ago", "lazy_then_and_now", "retirements")


def assert_told_as_worked_out(scenario: Scenario, month: int, run: int) -> None:
    """Fail where what is told of any official's month is other than what the engine has, to the bit."""
    scenes = scenes_of(scenario, month, run)
    deeds, weighed, end = [deed_of(scene) for scene in scenes], weighed_in(scenes[0]), after(scenes[0])
    np.testing.assert_array_equal([deed.reasons.outlook for deed in deeds], weighed.outlooks)
    np.testing.assert_array_equal([deed.reasons.terms for deed in deeds], weighed.terms)
    np.testing.assert_array_equal([deed.reasons.probabilities for deed in deeds], weighed.probabilities)
    blocks, lanes, _ = places_of(scenes[0].setting.layout, 0, scenario.officials)
    np.testing.assert_array_equal([deed.action for deed in deeds], end.posts[blocks, ACTION + lanes])
    np.testing.assert_array_equal([deed.outcome for deed in deeds], end.posts[blocks, OUTCOME + lanes])
    for name, ours, theirs in zip(Counts._fields, counted(deeds, scenes).T, end.counts.T, strict=True):
        if name not in _NOT_OF_THE_MONTH:
            np.testing.assert_array_equal(ours, theirs, err_msg=name)
    for deed, leaves in zip(deeds, end.posts[blocks, LEAVES + lanes], strict=True):
        is_removed = deed.consequence is not None and deed.consequence.rung == REMOVAL_RUNG
        if is_removed and not deed.is_passed_down:
            assert leaves != STAYS
    for official, (scene, deed) in enumerate(zip(scenes, deeds, strict=True)):
        assert_words_as_worked_out(scene, deed, weighed, official)


def assert_words_as_worked_out(scene: Scene, deed: Deed, weighed: Weighed, official: int) -> None:
    """Fail where a number in the sentences on the rule is other than the engine's, or where they say otherwise."""
    rule = DECISION_RULES[int(deed.parameters.decision.rule)]
    before, chances = weighed.by_utility[official], weighed.probabilities[official]
    lines = rule_lines(deed, words_in("en"))
    if rule not in ("threshold", "satisficing"):
        assert len(lines) == (0 if rule == "expected_utility" else 1)
        np.testing.assert_array_equal(before, chances)
        return
    said = lines[1]
    if rule == "threshold":
        share, threshold = (float(number) / 100 for number in re.findall(r"([\d.]+)%", said))
        block, lane, _ = scene.place
        assert threshold == pytest.approx(scene.administration.memories[block, lane], abs=5.1e-3)
        assert share == pytest.approx(deed.circumstances.share_innovation, abs=5.1e-3)
        waits = said.startswith("Too few")
        assert share < threshold if waits else share >= threshold
        if not waits or deed.parameters.decision.weight == 0.0:
            np.testing.assert_array_equal(before, chances)
        else:
            assert chances[Action.INNOVATION :].sum() <= before[Action.INNOVATION :].sum()
    elif said.startswith("Has done nothing"):
        np.testing.assert_array_equal(before, chances)
    else:
        block, lane, _ = scene.place
        last = int(scene.administration.memories[block, lane])
        assert words_in("en").text(f"actions.{ACTIONS[last]}.label") in said
        chance = float(re.findall(r"chance (\d\.\d+)", said)[0])
        others = np.delete(np.arange(len(ACTIONS)), last)
        np.testing.assert_allclose(chances[others], before[others] * (1.0 - chance), atol=5.1e-3)


@pytest.mark.parametrize(("rule", "network"), SLOW_PAIRS)
@settings(max_examples=8, deadline=None)
@given(scenario=scenarios(), structure=structures(), run=st.integers(0, 2**32 - 1), data=st.data())
def test_that_any_month_of_anybody_is_told_as_the_engine_worked_it_out(
    rule: str, network: str, scenario: Scenario, structure: dict[str, Any], run: int, data: st.DataObject
) -> None:
    scenario = structured(scenario, structure, rule, network)
    assert_told_as_worked_out(scenario, data.draw(st.integers(0, scenario.months - 1)), run)


@pytest.mark.parametrize(("rule", "network"), SLOW_PAIRS)
def test_that_a_late_month_is_told_as_the_engine_worked_it_out(rule: str, network: str) -> None:
    often = {"accountability.certainty": 0.6, "supervision.detection": 0.5, "accountability.severity": 0.9}
    numbers = {**often, "decision.rule": rule, "network.kind": network, "network.span": 3.0}
    numbers |= {"decision.weight": 0.7, "network.blame_down": 0.6}
    assert_told_as_worked_out(with_settings(baseline(), {**numbers, "size.jurisdictions": 3}, 90, 40), 39, 0)


@pytest.mark.parametrize(
    ("share", "threshold", "said"),
    [
        (0.12, 0.18, ("12%", "18%")),
        (0.331, 0.334, ("33.1%", "33.4%")),
        (0.333333, 0.333338, ("33.333%", "33.334%")),
        (0.334, 0.331, ("33.4%", "33.1%")),
        (0.25, 0.25, ("25%", "25%")),
        (0.0, 5e-324, ("0.0%", "0.0%")),
    ],
)
def test_that_a_share_is_told_apart_from_a_threshold_that_is_other(
    share: float, threshold: float, said: tuple[str, str]
) -> None:
    told = told_apart(share, threshold)
    assert tuple(re.sub(r"\.0+%", ".0%", text) for text in told) == said

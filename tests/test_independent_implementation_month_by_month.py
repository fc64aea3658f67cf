"""The compiled engine against an implementation by another hand, month by month and with the engine's own draws: all
that happens must be the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks import numpy_rules, numpy_version
from model.arrays import Administration, new_key
from model.draws import case_luck, month_luck
from model.measures import MEASURES
from model.policy import parameters_in
from model.scenario import Change, Scenario, find_scenario
from model.simulate import Job, months_of_run
from model.state import JurisdictionState
from model.vocabulary import Counts
from tests.made_scenarios import actions_of, generations_of, job_of, made_scenario, officials_of
from tests.strategies import scenarios

State = tuple[numpy_rules.Officials, numpy_rules.Jurisdictions]
# What the other implementation calls otherwise, and what it does not have.
OTHER_NAMES = {
    "reminders": "sanctions_reminder",
    "light_sanctions": "sanctions_light",
    "heavy_sanctions": "sanctions_heavy",
}
NOT_COMPARED = {"sanctions_per_100_officials_year"}
ROUNDING = 1e-9  # beliefs are summed up in units of 2**-32


class Month(NamedTuple):
    """What the engine made of a month: the state at its end, what everybody did, who is new, the measures."""

    state: State
    actions: np.ndarray
    newcomers: np.ndarray
    measures: np.ndarray


class Luck:
    """The engine's draws of one month, handed out in the order in which the other implementation asks for them.

    It asks for whoever is concerned: innovators, then those who became a case, and so on. Who that is, is known once
    the draws before have been used; until then any draws do.
    """

    def __init__(self, draws: Mapping[str, np.ndarray], asked: Sequence[tuple[str, np.ndarray]]) -> None:
        self._answers = iter([draws[purpose][rows] for purpose, rows in asked])

    def random(self, size: int) -> np.ndarray:
        """Return the next draws, or any if it is not known yet for whom."""
        answer = next(self._answers, np.full(size, 0.5))
        assert answer.size == size
        return answer


def draws_of(job: Job, month: int, generations: np.ndarray) -> dict[str, np.ndarray]:
    """Return the engine's draws of a month by purpose, each (n,)."""
    key, when = new_key(job.seed, job.run), np.uint64(month)
    posts = [(np.uint64(post), np.uint64(holder)) for post, holder in enumerate(generations)]
    of_month = np.array([month_luck(key, post, holder, when) for post, holder in posts]).T
    of_case = np.array([case_luck(key, post, holder, when) for post, holder in posts]).T
    names = ("choice", "innovation", "inaction", "routine", "detection", "pursuit", "exemption", "rung")
    return dict(zip(names, [*of_month, *of_case], strict=True))


def events_with(
    policy: numpy_rules.Policy,
    officials: numpy_rules.Officials,
    doings: numpy_rules.Doings,
    draws: Mapping[str, np.ndarray],
) -> numpy_rules.Events:
    """Return what comes of what officials do, with the engine's draws."""
    action = doings.action
    innovators = np.flatnonzero(action >= numpy_rules.INNOVATION)
    routine = np.flatnonzero(action == numpy_rules.ROUTINE)
    idle = np.flatnonzero(action == numpy_rules.INACTION)
    asked = [("innovation", innovators), ("detection", innovators), ("pursuit", innovators)]
    cases = numpy_rules.events_of(policy, officials, doings, Luck(draws, asked)).cases.official
    asked += [("exemption", cases), ("routine", routine)]
    punished = numpy_rules.events_of(policy, officials, doings, Luck(draws, asked)).punished
    asked += [("rung", punished), ("inaction", idle)]
    return numpy_rules.events_of(policy, officials, doings, Luck(draws, asked))


def state_of(job: Job, administration: Administration) -> tuple[numpy_rules.Officials, numpy_rules.Jurisdictions]:
    """Return the engine's state in the other implementation's form."""
    sizes = job.setting.layout.sizes
    places = np.repeat(np.arange(sizes.size), sizes)
    officials = numpy_rules.Officials(jurisdiction=places, **officials_of(job, administration))
    local = JurisdictionState(*administration.jurisdictions.T.copy())
    counts = Counts(*administration.counts.T.copy())
    jurisdictions = numpy_rules.Jurisdictions(
        size=sizes,
        action_share=np.array(local[:3]),
        public_tolerance=local.public_tolerance,
        experience=local.experience,
        loss_seen=local.loss_seen,
        loss_cases=local.loss_cases,
        sanctions_last_month=counts.sanctions_innovation.astype(float),
        exemptions_last_month=(counts.honest_exemptions + counts.wrongful_exemptions).astype(float),
    )
    return officials, jurisdictions


def assert_month_is_the_same(
    job: Job, month: int, before: State, draws: Mapping[str, np.ndarray], after: Month
) -> None:
    """Move the state before a month with the other implementation and compare with what the engine made of it."""
    parameters = parameters_in(job.scenario, 0, month)
    policy = numpy_rules.policy_in_force(parameters, job.scenario.n_jurisdictions)
    officials, jurisdictions = before
    perceived = numpy_rules.perception(policy, officials, jurisdictions)
    complexity = numpy_rules.complexity_after_learning(policy, jurisdictions)[officials.jurisdiction]
    success = numpy_rules.success_probability(parameters.work, complexity, officials.competence)
    utility = numpy_rules.utilities(policy, officials, jurisdictions, perceived, success)
    action = numpy_rules.chosen_actions(utility, parameters.behaviour.temperature, draws["choice"])
    np.testing.assert_array_equal(action, after.actions)

    tolerance = jurisdictions.public_tolerance[officials.jurisdiction]
    pursuit = parameters.accountability.certainty * (1 - parameters.public.tolerance_weight * tolerance)
    events = events_with(policy, officials, numpy_rules.Doings(action, complexity, success, pursuit), draws)
    numpy_version.freeze(events, officials)
    numpy_version.learn(events, parameters, officials, jurisdictions)
    officials.inaction_share[:] += 2 / 13 * ((action == 0) - officials.inaction_share)
    numpy_version.move_jurisdictions(events, parameters, officials, jurisdictions)
    leavers = numpy_version.age_and_leave(events, parameters, officials)

    assert_states_are_the_same(before, np.concatenate(leavers), after)
    measures = {
        **numpy_version.rates(events, jurisdictions, parameters),
        **numpy_version.counts(events, leavers),
        **numpy_version.beliefs(events, perceived),
        "lazy_prevalence": float((officials.inaction_share > 0.5).mean()),
        "public_tolerance": float(jurisdictions.public_tolerance.mean()),
        "unpursued_failures": float(events.unpursued.size),
    }
    for name, found in zip(MEASURES, after.measures, strict=True):
        if name not in NOT_COMPARED:
            expected = measures[OTHER_NAMES.get(name, name)]
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=ROUNDING, err_msg=name)


def assert_states_are_the_same(moved: State, left: np.ndarray, after: Month) -> None:
    """Compare the state of all who stay, and who leaves; newcomers are others, as they are drawn otherwise."""
    officials, jurisdictions = moved
    assert set(left) == set(np.flatnonzero(after.newcomers))
    stays = np.setdiff1d(np.arange(after.actions.size), left)
    for name, values in officials._asdict().items():
        found = getattr(after.state[0], name)[stays]
        np.testing.assert_allclose(found, values[stays], rtol=1e-9, atol=1e-11, err_msg=name)
    for name, values in jurisdictions._asdict().items():
        found = getattr(after.state[1], name)
        np.testing.assert_allclose(found, values, rtol=1e-9, atol=1e-11, err_msg=name)


def assert_run_is_the_same(scenario: Scenario) -> None:
    """Compare every month of a run but the first, whose state at the start the engine does not show."""
    job = job_of(scenario)
    before, generations = None, None
    for month, (administration, measures) in enumerate(months_of_run(job, 1)):
        now, now_generations = state_of(job, administration), generations_of(job, administration)
        if before is not None:
            draws = draws_of(job, month, generations)
            after = Month(now, actions_of(job, administration), now_generations - generations, measures.copy())
            assert_month_is_the_same(job, month, before, draws, after)
        before, generations = state_of(job, administration), now_generations


def smaller(scenario: Scenario, officials: int, n_jurisdictions: int, months: int) -> Scenario:
    """Return a smaller scenario of the same policy."""
    sizes = {"officials": officials, "n_jurisdictions": min(n_jurisdictions, officials), "months": months}
    return dataclasses.replace(scenario, **sizes)


CHANGING = (
    Change(6, 18, 0, {"accountability.certainty": 1.0, "accountability.severity": 0.6}),
    Change(12, None, 8, {"exemption.probability": 1.0, "exemption.disclosure": 1.0, "guidance.flexibility": 1.0}),
)


@pytest.mark.parametrize("name", ["baseline", "blanket_leniency", "local_flexibility", "rule_out_of_use"])
def test_that_with_the_same_luck_the_same_happens_in_a_shipped_scenario(name: str) -> None:
    assert_run_is_the_same(smaller(find_scenario(name), officials=150, n_jurisdictions=4, months=36))


def test_that_with_the_same_luck_the_same_happens_under_changing_policy() -> None:
    assert_run_is_the_same(made_scenario({"work.complexity_spread": 0.3}, 150, 4, 30, CHANGING))


@settings(max_examples=30)
@given(scenarios(most_officials=60).filter(lambda scenario: not scenario.jurisdictions))
def test_that_with_the_same_luck_the_same_happens_in_a_random_scenario(scenario: Scenario) -> None:
    assert_run_is_the_same(scenario)

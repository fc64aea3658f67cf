"""The compiled engine against an implementation by another hand, written from the specification alone.

Twice: month by month with the engine's own draws, where all that happens must be the same; and over whole runs with
draws of its own, where the distributions must be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import f as f_distribution

from benchmarks import numpy_rules, numpy_version
from benchmarks.numpy_version import simulate_numpy
from model.arrays import Administration, new_key
from model.draws import case_luck, month_luck
from model.measures import MEASURES
from model.parameters import Parameters, replaced
from model.policy import parameters_in
from model.scenario import Change, Scenario, find_scenario
from model.simulate import Job, months_of_run, simulate
from model.state import JurisdictionState
from model.vocabulary import Counts
from tests.made_scenarios import (
    actions_of,
    generations_of,
    job_of,
    listed_scenario,
    made_scenario,
    officials_of,
)
from tests.strategies import scenarios

# --- With the same luck ----------------------------------------------------------------------------------------------


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
    job: Job, month: int, before: tuple, draws: Mapping[str, np.ndarray], after: tuple
) -> None:
    """Move the state before a month with the other implementation and compare with the engine's state after it."""
    parameters = parameters_in(job.scenario, 0, month)
    policy = numpy_rules.policy_in_force(parameters, job.scenario.n_jurisdictions)
    officials, jurisdictions = before
    (officials_after, jurisdictions_after), actions, generations = after
    perceived = numpy_rules.perception(policy, officials, jurisdictions)
    complexity = numpy_rules.complexity_after_learning(policy, jurisdictions)[officials.jurisdiction]
    success = numpy_rules.success_probability(parameters.work, complexity, officials.competence)
    utility = numpy_rules.utilities(policy, officials, jurisdictions, perceived, success)
    action = numpy_rules.chosen_actions(utility, parameters.behaviour.temperature, draws["choice"])
    np.testing.assert_array_equal(action, actions)

    tolerance = jurisdictions.public_tolerance[officials.jurisdiction]
    pursuit = parameters.accountability.certainty * (1 - parameters.public.tolerance_weight * tolerance)
    events = events_with(policy, officials, numpy_rules.Doings(action, complexity, success, pursuit), draws)
    numpy_version.freeze(events, officials)
    numpy_version.learn(events, parameters, officials, jurisdictions)
    officials.inaction_share[:] += 2 / 13 * ((action == 0) - officials.inaction_share)
    numpy_version.move_jurisdictions(events, parameters, officials, jurisdictions)
    leavers = numpy_version.age_and_leave(events, parameters, officials)

    left = np.concatenate(leavers)
    assert set(left) == set(np.flatnonzero(generations))
    stays = np.setdiff1d(np.arange(action.size), left)
    for name, values in officials._asdict().items():
        np.testing.assert_allclose(
            getattr(officials_after, name)[stays], values[stays], rtol=1e-9, atol=1e-11, err_msg=name
        )
    for name, values in jurisdictions._asdict().items():
        np.testing.assert_allclose(getattr(jurisdictions_after, name), values, rtol=1e-9, atol=1e-11, err_msg=name)


def assert_run_is_the_same(scenario: Scenario) -> None:
    """Compare every month of a run but the first, whose state at the start the engine does not show."""
    job = job_of(scenario)
    before, generations = None, None
    for month, (administration, _) in enumerate(months_of_run(job, 1)):
        now, now_generations = state_of(job, administration), generations_of(job, administration)
        if before is not None:
            after = (now, actions_of(job, administration), now_generations - generations)
            assert_month_is_the_same(job, month, before, draws_of(job, month, generations), after)
        before, generations = state_of(job, administration), now_generations


CHANGING = (
    Change(6, 18, 0, {"accountability.certainty": 1.0, "accountability.severity": 0.6}),
    Change(12, None, 8, {"exemption.probability": 1.0, "exemption.disclosure": 1.0, "guidance.flexibility": 1.0}),
)


@pytest.mark.parametrize("name", ["baseline", "blanket_leniency", "local_flexibility", "rule_out_of_use"])
def test_that_with_the_same_luck_the_same_happens_in_a_shipped_scenario(name: str) -> None:
    scenario = find_scenario(name)
    assert_run_is_the_same(made_like(scenario, officials=150, n_jurisdictions=4, months=36))


def test_that_with_the_same_luck_the_same_happens_under_changing_policy() -> None:
    assert_run_is_the_same(made_scenario({"work.complexity_spread": 0.3}, 150, 4, 30, CHANGING))


@settings(max_examples=40)
@given(scenarios())
def test_that_with_the_same_luck_the_same_happens_in_a_random_scenario(scenario: Scenario) -> None:
    if not scenario.jurisdictions:
        assert_run_is_the_same(made_like(scenario, min(scenario.officials, 60), min(scenario.n_jurisdictions, 5), 12))


def made_like(scenario: Scenario, officials: int, n_jurisdictions: int, months: int) -> Scenario:
    """Return a smaller scenario of the same policy."""
    changes = [change for change in scenario.changes if change.month < months]
    values = dict(zip_paths(scenario.parameters))
    return made_scenario(values, officials, min(n_jurisdictions, officials), months, changes)


def zip_paths(parameters: Parameters) -> list[tuple[str, float]]:
    return [
        (f"{table}.{name}", value)
        for table, values in parameters._asdict().items()
        for name, value in values._asdict().items()
    ]


# --- In distribution -------------------------------------------------------------------------------------------------

RUNS = 32
SEED = 11
MOST_ERRORS = 4.5
SMALLEST_PROBABILITY = 1e-5
ROUNDING = 1e-9  # beliefs are summed up in units of 2**-32
# What the other implementation calls otherwise. Two measures it does not have.
OTHER_NAMES = {
    "reminders": "sanctions_reminder",
    "light_sanctions": "sanctions_light",
    "heavy_sanctions": "sanctions_heavy",
}
COMPARED = [name for name in MEASURES if name not in {"unpursued_failures", "sanctions_per_100_officials_year"}]
EVEN = (50,) * 8
MONTHS = 72
CRACKDOWN = Change(24, 48, 0, {"accountability.certainty": 0.95, "accountability.severity": 0.4})
REFORM = Change(12, None, 36, {"exemption.probability": 0.9, "exemption.disclosure": 0.9, "work.complexity": 0.5})
CLOSED = {f"behaviour.{action}_open": 0.0 for action in ("routine", "filed_innovation", "self_dealing")}
CASES: dict[str, tuple[dict[str, float], tuple[int, ...], tuple[Change, ...]]] = {
    "defaults": ({}, EVEN, ()),
    "crackdown for a time": ({}, EVEN, (CRACKDOWN,)),
    "reform phased in": ({}, EVEN, (REFORM,)),
    "different sizes, flexible": (
        {"guidance.flexibility": 1.0, "work.complexity_spread": 0.3},
        (20, 45, 60, 135, 140),
        (),
    ),
    "two actions only": (CLOSED, EVEN, ()),
    "blanket leniency": (
        {"exemption.probability": 1.0, "supervision.detection": 0.1, "work.self_dealing_gain": 2.0},
        EVEN,
        (),
    ),
    "no exemption, hard sanctions": (
        {"exemption.probability": 0.0, "accountability.certainty": 1.0, "accountability.severity": 0.6},
        EVEN,
        (),
    ),
    "quick to learn and to forget": (
        {
            "behaviour.weight_peer": 1.0,
            "behaviour.weight_national": 0.5,
            "behaviour.negativity": 3.0,
            "behaviour.memory_half_life_months": 6.0,
            "behaviour.prior_strength": 5.0,
            "exemption.disclosure": 0.9,
        },
        EVEN,
        (),
    ),
    "nobody learns": (
        {
            "behaviour.weight_own": 0.0,
            "behaviour.weight_peer": 0.0,
            "behaviour.weight_national": 0.0,
            "work.learning_max": 0.0,
        },
        EVEN,
        (),
    ),
    "a loud public": (
        {
            "public.tolerance_weight": 1.0,
            "public.gain_success": 0.2,
            "public.loss_failure": 0.2,
            "public.reversion": 0.01,
        },
        EVEN,
        (),
    ),
    "short careers": ({"career.ceiling_age": 35.0, "career.retirement_age": 38.0}, EVEN, ()),
    "conforming from a start of innovation": (
        {"behaviour.conformity": 0.8, "behaviour.initial_innovation_share": 0.9},
        EVEN,
        (),
    ),
}


def scenario_of(case: str) -> Scenario:
    values, sizes, changes = CASES[case]
    if len(set(sizes)) == 1:
        return made_scenario(values, sum(sizes), len(sizes), MONTHS, changes)
    complexities = numpy_rules.complexity_by_jurisdiction(replaced(Parameters(), values).work, len(sizes))
    local = [{"work.complexity": float(complexity)} for complexity in complexities]
    return listed_scenario(sizes, local, values, MONTHS, changes)


def means_by_engine(case: str) -> np.ndarray:
    """Return each run's mean of every compared measure over all months, (runs, measures)."""
    values = simulate(scenario_of(case), RUNS, SEED).values
    return np.nanmean(values[:, :, [MEASURES.index(name) for name in COMPARED]], axis=1)


def means_by_the_other(case: str) -> np.ndarray:
    """Return the same of the other implementation, with random numbers of its own."""
    values, sizes, changes = CASES[case]
    unlisted = made_scenario(values, sum(sizes), len(sizes), MONTHS, changes)
    in_force = [parameters_in(unlisted, 0, month) for month in range(MONTHS)] if changes else unlisted.parameters
    runs = [simulate_numpy(in_force, sizes, MONTHS, SEED + run) for run in range(RUNS)]
    names = [OTHER_NAMES.get(name, name) for name in COMPARED]
    return np.array(
        [[np.nanmean(run[name]) if not np.isnan(run[name]).all() else np.nan for name in names] for run in runs]
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore:Mean of empty slice")
def test_that_runs_are_distributed_alike(case: str) -> None:
    """Means within 4.5 standard errors, in 12 x 28 comparisons; spreads that chance could have made different."""
    here, there = means_by_engine(case), means_by_the_other(case)
    for place, name in enumerate(COMPARED):
        ours, others = here[:, place], there[:, place]
        if np.isnan(ours).all() and np.isnan(others).all():
            continue
        assert not np.isnan(ours).any(), name
        error = np.sqrt(ours.var(ddof=1) / RUNS + others.var(ddof=1) / RUNS)
        difference = ours.mean() - others.mean()
        assert abs(difference) <= MOST_ERRORS * error + ROUNDING, (
            f"{name}: {ours.mean():.6g} here, {others.mean():.6g} there"
        )
        if error > ROUNDING:
            ratio = ours.var(ddof=1) / others.var(ddof=1)
            tails = f_distribution.cdf(ratio, RUNS - 1, RUNS - 1), f_distribution.sf(ratio, RUNS - 1, RUNS - 1)
            assert min(tails) > SMALLEST_PROBABILITY, f"{name}: variance {ratio:.2f} times that of the other"

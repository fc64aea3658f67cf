"""What other rules and networks must do in whole runs: closed forms, who is blamed, who is tied to whom."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import chisquare

from model.arrays import ACTION, LANES, Moment, Structure, new_administration, new_key
from model.engines.ensemble import jurisdictions_month, month_is_summed_up, people_arrive, policy_takes_force
from model.engines.mesa_engine import Administration
from model.measures import MEASURES, N_MEASURES
from model.parameters import DECISION_RULES, NETWORKS
from model.policy import setting_of
from model.rules.choice import probabilities_of
from model.rules.decision import rule_of
from model.rules.decision.expected_utility import ExpectedUtility
from model.rules.decision.satisficing import SatisficingMemory, chance_of_staying
from model.rules.network import SmallWorld
from model.scenario import Scenario, find_scenario, with_settings
from model.simulate import simulate
from model.vocabulary import Action
from tests.made_scenarios import BINARY, IDENTICAL, NO_CAREER, NO_LEARNING, NOBODY_RETIRES, SAME_PLACES, made_scenario

# Nothing that happens to an official changes what an action is worth to it the month after.
NOTHING_CHANGES = {
    **IDENTICAL,
    **NO_LEARNING,
    **NO_CAREER,
    **SAME_PLACES,
    "behaviour.conformity": 0.0,
    "behaviour.habit": 0.0,
    "work.urgency": 0.0,
    "accountability.certainty": 0.0,
    "supervision.detection": 0.0,
}


def under(rule: str, network: str = "complete", **settings: float) -> dict[str, float]:
    names = {"decision.rule": DECISION_RULES.index(rule), "network.kind": NETWORKS.index(network)}
    return {**names, **{path.replace("__", "."): value for path, value in settings.items()}}


def means_of(scenario: Scenario, since: int) -> dict[str, float]:
    """Return the mean of every measure from a month on, over some runs."""
    return dict(zip(MEASURES, simulate(scenario, 4).values[:, since:].mean(axis=(0, 1)), strict=True))


@pytest.mark.slow
def test_that_in_the_long_run_satisficing_stays_with_an_action_as_long_as_it_is_kept() -> None:
    """What is chosen with probability P and kept with probability s makes up P / (1 - s) of all months, to scale."""
    settings = {**NOTHING_CHANGES, **under("satisficing", decision__weight=0.9, decision__aspiration=-0.1)}
    settings["behaviour.temperature"] = 0.05
    scenario = made_scenario(settings, 2000, 1, 160, [NOBODY_RETIRES])
    (official, *_), parameters = Administration(scenario, seed=1).officials, scenario.parameters
    reasons = official.reasons
    chosen = probabilities_of(reasons.utilities, parameters.behaviour, 1.0)
    rule = rule_of(parameters)
    stays = [
        chance_of_staying(rule, SatisficingMemory(float(action)), reasons.utilities, 1.0, parameters)
        for action in Action
    ]
    shares = np.array([probability / (1.0 - chance) for probability, chance in zip(chosen, stays, strict=True)])
    shares /= shares.sum()
    found = means_of(scenario, since=60)
    assert found["inaction_rate"] == pytest.approx(shares[Action.INACTION], abs=0.01)
    assert found["routine_rate"] == pytest.approx(shares[Action.ROUTINE], abs=0.01)
    assert found["innovation_rate"] == pytest.approx(shares[Action.INNOVATION :].sum(), abs=0.01)
    assert abs(shares[Action.ROUTINE] - chosen.routine) > 0.05, "the rule makes a difference that can be seen"


def innovators_by_month(thresholds: NDArray[np.float64], months: int) -> list[int]:
    """Return how many innovate in each month, where all would like to and wait for others."""
    settings = {
        **NOTHING_CHANGES,
        **BINARY,
        **under("threshold"),
        "behaviour.temperature": 1e-6,
        "work.innovation_effort": 0.0,
        "supervision.red_tape": 0.0,
        "population.public_service_motivation_mean": 1.0,
        "behaviour.initial_innovation_share": 0.0,
    }
    n = len(thresholds)
    setting, key = setting_of(made_scenario(settings, n, 1, months, [NOBODY_RETIRES])), new_key(1, 0)
    administration = new_administration(setting.layout, setting.structure)
    people_arrive(administration, setting.layout, setting.policies, key, 0, 1)
    blocks, lanes = np.divmod(np.arange(n), LANES)
    found = []
    for month in range(months):
        administration.memories[blocks, lanes] = thresholds
        policy_takes_force(administration, setting.layout, setting.policies, month)
        jurisdictions_month(administration, setting.layout, setting.policies, Moment(key, np.uint64(month)), 0, 1)
        month_is_summed_up(administration, np.zeros(N_MEASURES))
        found.append(int((administration.posts[blocks, ACTION + lanes] >= Action.INNOVATION).sum()))
    return found


@pytest.mark.slow
def test_that_every_month_those_join_whose_threshold_was_reached_in_the_last() -> None:
    thresholds = np.random.default_rng(1).beta(1.0, 3.0, 300)
    thresholds[:3] = 0.0
    found = innovators_by_month(thresholds, 12)
    assert found == [int((thresholds <= share).sum()) for share in (0.0, *(n / 300 for n in found[:-1]))]


@pytest.mark.slow
def test_that_one_threshold_decides_whether_all_join_or_nobody() -> None:
    """Of a hundred with the thresholds 0, 1, ..., 99 the first moves the second, and so on (Granovetter 1978)."""
    thresholds = np.arange(100) / 100.0
    assert innovators_by_month(thresholds, 101)[-1] == 100
    thresholds[1] = 0.02
    assert innovators_by_month(thresholds, 101)[-1] == 1


# --- Networks ---


@pytest.mark.parametrize("span", [1.0, 2.0, 7.0, 49.0])
def test_that_under_full_blame_no_superior_is_sanctioned_after_an_innovation(span: float) -> None:
    settings = under("expected_utility", "hierarchy", network__blame_down=1.0, network__span=span)
    often = {"accountability.certainty": 1.0, "supervision.detection": 0.5, "exemption.probability": 0.1}
    administration = Administration(made_scenario({**settings, **often}, 60, 2, 15), seed=1)
    blamed = 0
    while administration.running:
        administration.step()
        for official in administration.officials:
            has_subordinates = official.place * span + 1 < official.jurisdiction.size
            if official.action >= Action.INNOVATION and has_subordinates and official.borne is not None:
                assert official.borne.rung < 0
                assert official.borne.freeze_months == 0.0
                blamed += official.consequence.rung >= 0
        found = administration.measures
        assert found.cases == found.exemptions + found.sanctions_failures + found.sanctions_misconduct
    assert blamed > 0


def test_that_a_superior_fears_only_the_sanctions_that_it_expects_to_bear() -> None:
    settings = under("expected_utility", "hierarchy", network__blame_down=0.25, network__span=4.0)
    alone = Administration(made_scenario({**settings, "network.blame_down": 0.0}, 21, 1, 2), seed=1).officials
    sheltered = Administration(made_scenario(settings, 21, 1, 2), seed=1).officials
    head, last = 0, 20
    for place, borne in ((head, 0.75), (last, 1.0)):
        fear, before = (officials[place].reasons.terms.honest_failure for officials in (sheltered, alone))
        np.testing.assert_allclose(fear, np.multiply(before, borne))


def ties_under(settings: dict[str, float], officials: int = 60, run: int = 0) -> NDArray[np.int64]:
    """Return the ties of one jurisdiction of 60 after two others, as places in it."""
    scenario = made_scenario({**under("expected_utility", "small_world"), **settings}, 3 * officials, 3, 1)
    setting = setting_of(scenario)
    administration = new_administration(setting.layout, setting.structure)
    people_arrive(administration, setting.layout, setting.policies, new_key(1, run), 0, 3)
    return np.asarray(administration.ties[2 * officials :] - 2 * officials, dtype=np.int64)


def test_that_neighbours_sit_in_a_ring() -> None:
    ties = ties_under({"network.neighbours": 4.0, "network.rewiring": 0.0})
    for place, seen in enumerate(ties):
        assert seen.tolist() == [place, *((place + step) % 60 for step in (1, -1, 2, -2))]


def test_that_rewired_ties_lead_to_anybody_alike() -> None:
    settings = {"network.neighbours": 8.0, "network.rewiring": 1.0}
    ties = np.concatenate([ties_under(settings, run=run) for run in range(20)])
    assert (ties[:, 0] == np.tile(np.arange(60), 20)).all(), "one always sees oneself"
    assert chisquare(np.bincount(ties[:, 1:].ravel(), minlength=60)).pvalue > 0.001


def test_that_a_tenth_of_the_ties_is_rewired_where_that_is_asked_for() -> None:
    ring = ties_under({"network.neighbours": 8.0, "network.rewiring": 0.0})
    rewired = [ties_under({"network.neighbours": 8.0, "network.rewiring": 0.1}, run=run) != ring for run in range(20)]
    # One in 60 rewired ties leads where it led before.
    assert np.mean(rewired) * 9 / 8 == pytest.approx(0.1 * 59 / 60, abs=0.01)


def test_that_persons_and_ties_are_the_same_under_every_policy() -> None:
    harsh = {"accountability.certainty": 0.5, "network.neighbours": 6.0}
    np.testing.assert_array_equal(ties_under({"network.neighbours": 6.0}), ties_under(harsh))
    mild, hard = (
        Administration(made_scenario({**under("threshold"), **settings}, 40, 2, 3), seed=1)
        for settings in ({}, {"accountability.certainty": 0.5})
    )
    assert [official.memory for official in mild.officials] == [official.memory for official in hard.officials]
    assert len({official.memory.threshold for official in mild.officials}) > 10


def test_that_a_structure_takes_no_room_where_it_has_no_use_for_it() -> None:
    plain = setting_of(find_scenario("baseline"))
    memory = new_administration(plain.layout, plain.structure)
    assert memory.memories.size == memory.seen.size == memory.ties.size == 0
    small_world = with_settings(find_scenario("baseline"), {"network.kind": "small_world"})
    setting = setting_of(small_world)
    assert setting.structure == Structure(ExpectedUtility(), SmallWorld(small_world.parameters.network))
    assert new_administration(setting.layout, setting.structure).ties.shape == (1000, 9)

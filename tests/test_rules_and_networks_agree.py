"""Under every decision rule and in every network both engines give the same bits, and weight 0 is the default's."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.arrays import ACTION, GENERATION, LANES, N_OFFICIAL_FIELDS, OUTCOME, new_administration, new_key, places_of
from model.engines.ensemble import whole_run
from model.engines.mesa_engine import Administration
from model.measures import N_MEASURES
from model.parameters import DECISION_RULES
from model.policy import setting_of
from model.scenario import Scenario, with_settings
from model.simulate import Job, months_of_run, simulate
from tests.strategies import FEW_PAIRS, SLOW_PAIRS, baseline, scenarios, structured, structures

SEED = 11
OTHER_RULES = DECISION_RULES[1:]
SMALL = {"size.officials": 90, "size.jurisdictions": 3, "size.months": 40}


class Account(NamedTuple):
    """All that an engine can tell of a run, of N officials in J jurisdictions."""

    measures: NDArray[np.float64]  # (months, N_MEASURES)
    officials: NDArray[np.float64]  # (N, N_OFFICIAL_FIELDS), at the end
    posts: NDArray[np.float64]  # (N, 3): generation, last action, last outcome
    memories: NDArray[np.float64]  # (N, numbers kept in mind)
    jurisdictions: NDArray[np.float64]  # (J, fields)
    counts: NDArray[np.float64]  # (J, N_COUNTS), of the last month


def compiled_account(scenario: Scenario, run: int = 0) -> Account:
    """Return what the compiled engine tells of a run."""
    setting = setting_of(scenario)
    memory = new_administration(setting.layout, setting.structure)
    measures = np.zeros((setting.months, N_MEASURES))
    nowhere = np.zeros((0, scenario.n_jurisdictions, N_MEASURES))
    whole_run(memory, setting.layout, setting.policies, new_key(SEED, run), measures, nowhere)
    blocks, lanes, _ = places_of(setting.layout, 0, scenario.officials)
    n_kept = memory.memories.shape[1] // LANES
    return Account(
        measures,
        np.stack([memory.officials[blocks, field * LANES + lanes] for field in range(N_OFFICIAL_FIELDS)], axis=1),
        np.stack([memory.posts[blocks, field + lanes] for field in (GENERATION, ACTION, OUTCOME)], axis=1),
        np.array([memory.memories[blocks, field * LANES + lanes] for field in range(n_kept)]).T,
        memory.jurisdictions,
        memory.counts,
    )


def mesa_account(scenario: Scenario, run: int = 0) -> Account:
    """Return what the readable engine tells of a run."""
    administration = Administration(scenario, SEED, run)
    measures = []
    while administration.running:
        administration.step()
        measures.append(administration.measures)
    officials = administration.officials
    kept = [tuple(official.memory) for official in officials] if administration.keeps_in_mind else np.zeros(0)
    return Account(
        np.array(measures),
        np.array([official.state for official in officials]),
        np.array([[official.generation, official.action, official.outcome] for official in officials]),
        np.array(kept),
        np.array([jurisdiction.state for jurisdiction in administration.jurisdictions]),
        np.array([jurisdiction.tally for jurisdiction in administration.jurisdictions]),
    )


def bits(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the bits of numbers, one NaN like another."""
    floats = np.array(values, dtype=np.float64)
    floats[np.isnan(floats)] = np.nan
    return floats.view(np.int64)


def assert_same_bits(one: Account, other: Account) -> None:
    """Fail with the name of the first array in which two accounts differ."""
    for name, ours, theirs in zip(Account._fields, one, other, strict=True):
        np.testing.assert_array_equal(bits(ours), bits(theirs), err_msg=name)


def small(rule: str, network: str, **others: float) -> Scenario:
    """Return the baseline, small, under a rule and in a network; `others` set "table__name"."""
    more = {path.replace("__", "."): value for path, value in others.items()}
    return with_settings(baseline(), {**SMALL, "decision.rule": rule, "network.kind": network, **more})


@pytest.mark.parametrize(("rule", "network"), SLOW_PAIRS)
def test_that_the_engines_agree_under_a_rule_and_in_a_network(rule: str, network: str) -> None:
    often = {"accountability__certainty": 0.6, "supervision__detection": 0.5, "accountability__severity": 0.5}
    scenario = small(rule, network, **often, decision__weight=0.7, network__span=3.0, network__blame_down=0.6)
    account = compiled_account(scenario)
    assert_same_bits(account, mesa_account(scenario))
    assert account.posts[:, 0].sum() > 0, "somebody left, so that newcomers are compared too"


@pytest.mark.parametrize(("rule", "network"), SLOW_PAIRS)
@settings(max_examples=8, deadline=None)
@given(scenario=scenarios(), structure=structures(), run=st.integers(0, 2**32 - 1))
def test_that_the_engines_agree_on_any_scenario(
    rule: str, network: str, scenario: Scenario, structure: dict[str, Any], run: int
) -> None:
    scenario = structured(scenario, structure, rule, network)
    assert_same_bits(compiled_account(scenario, run), mesa_account(scenario, run))


@pytest.mark.slow
@pytest.mark.parametrize("rule", OTHER_RULES)
@settings(max_examples=6, deadline=None)
@given(scenario=scenarios(), structure=structures())
def test_that_a_rule_of_no_weight_is_the_default_to_the_bit(
    rule: str, scenario: Scenario, structure: dict[str, Any]
) -> None:
    default = with_settings(scenario, {})
    without_weight = with_settings(scenario, {**structure, "decision.rule": rule, "decision.weight": 0.0})
    nothing = np.zeros(0)
    assert_same_bits(
        compiled_account(default)._replace(memories=nothing),
        compiled_account(without_weight)._replace(memories=nothing),
    )


@pytest.mark.slow
@pytest.mark.parametrize("officials", [50, 51])
@pytest.mark.parametrize("rule", DECISION_RULES)
def test_that_a_small_world_of_all_others_is_the_complete_network_to_the_bit(rule: str, officials: int) -> None:
    sizes = {"size.officials": 3 * officials, "size.jurisdictions": 3, "size.months": 40}
    among_all = {"network.kind": "small_world", "network.neighbours": officials - 1.0, "network.rewiring": 0.0}
    complete = with_settings(baseline(), {**sizes, "decision.rule": rule})
    assert_same_bits(compiled_account(complete), compiled_account(with_settings(complete, among_all)))


@pytest.mark.slow
@pytest.mark.parametrize("rule", DECISION_RULES)
def test_that_a_hierarchy_without_blame_and_awe_is_the_complete_network_to_the_bit(rule: str) -> None:
    flat = small(rule, "hierarchy", network__blame_down=0.0, network__superior_weight=0.0)
    assert_same_bits(compiled_account(small(rule, "complete")), compiled_account(flat))


@pytest.mark.parametrize(("rule", "network"), FEW_PAIRS)
def test_that_a_run_shared_by_threads_month_by_month_gives_the_same_bits(rule: str, network: str) -> None:
    scenario = small(rule, network)
    rows = [row.copy() for _, row in months_of_run(Job(scenario, setting_of(scenario), SEED, 0), 3)]
    np.testing.assert_array_equal(bits(np.array(rows)), bits(compiled_account(scenario).measures))


def test_that_simulate_asks_for_the_rule_of_the_scenario() -> None:
    ensemble, mesa = (
        simulate(small("reinforcement", "complete"), 1, SEED, engine=engine) for engine in ("ensemble", "mesa")
    )
    np.testing.assert_array_equal(bits(ensemble.values), bits(mesa.values))
    assert not np.array_equal(
        bits(ensemble.values), bits(simulate(small("expected_utility", "complete"), 1, SEED).values)
    )

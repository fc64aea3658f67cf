"""Whether a finding survives: verdicts, anchors, tipping weights, on findings that are planted."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import ExperimentError
from analysis.evidence.fact_comparisons import FALLS, RISES, TWO_OUTCOMES, Comparison
from analysis.evidence.tried_policies import PolicyRuns, gain, under
from analysis.structure.anchoring import Anchor, anchor_of, rates_under
from analysis.structure.matrix import cells_table, matrix_of, tippings_table
from analysis.structure.structures import (
    DEFAULT,
    assumptions,
    chosen,
    own_numbers,
    settings_of,
    structure_of,
    structures,
)
from analysis.structure.verdicts import Effect, Verdict, verdict_of
from model.parameters import DECISION_RULES, NETWORKS, Range
from model.scenario import Settings, find_scenario, with_settings

REINFORCED = structure_of("reinforcement", "complete")


def noisy(mean: float, runs: PolicyRuns) -> np.ndarray:
    return mean + np.linspace(-0.01, 0.01, runs.number)


def planted(runs: PolicyRuns) -> list[Comparison]:
    """Compare what only expected utility has, and what all have; the first is gone from weight 0.6 on."""
    weight = runs.beside.get("decision.weight", 1.0) if runs.beside.get("decision.rule") else 0.0
    here = noisy(0.1 if weight < 0.6 else 0.0, runs)
    return [
        Comparison("only by default", "sign", "points", RISES, here),
        Comparison("everywhere", "sign", "points", RISES, noisy(0.1, runs)),
        Comparison("of no sign", "information", "points", RISES, noisy(0.1, runs)),
    ]


@pytest.mark.slow
def test_that_a_finding_that_only_expected_utility_has_is_said_to_fail_and_from_which_weight_on() -> None:
    found = matrix_of([DEFAULT, REINFORCED], 20, is_tipping_wanted=True, facts=[planted])
    table = cells_table(found).set_index(["finding", "structure"])["verdict"]
    assert table["only by default", "reinforcement"] == "fails"
    assert table["everywhere", "reinforcement"] == "survives"
    assert set(table.xs("expected_utility", level="structure")) == {"survives"}
    (tipping,) = tippings_table(found).to_dict("records")
    assert tipping["below"] < 0.6 <= tipping["above"] <= tipping["below"] + 0.05
    assert tipping["at_below_low"] > 0.05 > tipping["at_above_high"]


def effect(mean: float, half: float = 0.01, expected: Range = RISES) -> Effect:
    return Effect(mean, mean - half, mean + half, expected, "points")


@pytest.mark.parametrize(
    ("by_default", "as_is", "anchored", "verdict"),
    [
        (effect(0.2), effect(0.2), effect(0.1), "survives"),
        (effect(0.2), effect(0.2), effect(0.05), "survives, weaker"),
        (effect(0.2), effect(0.1), effect(0.003, 0.001), "fails"),
        (effect(0.2), effect(0.0), effect(0.1), "depends on the level"),
        (effect(0.2), effect(0.1), effect(-0.1), "depends on the level"),
        (effect(0.2), effect(-0.1), effect(-0.1), "fails"),
        (effect(0.2), effect(0.0), effect(0.0, 0.004), "fails"),
        (effect(0.2), effect(0.0), effect(0.0), "not enough runs"),
        (effect(0.2), effect(0.1), None, "survives as it comes out"),
        (effect(0.2), effect(0.0), None, "cannot be anchored"),
        (effect(0.0), effect(0.1), effect(0.1), "appears"),
        (effect(0.0), effect(0.1), effect(0.0), "not found by default"),
        (effect(-0.2, expected=FALLS), effect(-0.2, expected=FALLS), effect(-0.2, expected=FALLS), "survives"),
        (
            effect(0.2, expected=TWO_OUTCOMES),
            effect(0.02, expected=TWO_OUTCOMES),
            effect(0.02, expected=TWO_OUTCOMES),
            "fails",
        ),
    ],
)
def test_that_a_verdict_follows_from_the_intervals(
    by_default: Effect, as_is: Effect, anchored: Effect | None, verdict: Verdict
) -> None:
    assert verdict_of(by_default, as_is, anchored) == verdict


def test_that_the_default_is_its_own_anchor_and_a_dearer_world_is_brought_back() -> None:
    wanted = rates_under(Settings())
    own = anchor_of(Settings(), wanted)
    assert (own.innovation_effort, own.routine_effort, own.distance) == (0.4, 0.2, 0.0)
    dearer = Settings({"work.innovation_effort": 0.6, "work.routine_effort": 0.1})
    found = anchor_of(dearer, wanted)
    assert found.is_found
    assert found.is_plausible
    assert found.innovation_effort == pytest.approx(0.4, abs=0.02)
    assert found.routine_effort == pytest.approx(0.2, abs=0.02)
    impossible = anchor_of(Settings({"behaviour.routine_open": 0.0}), wanted)
    assert not impossible.is_found
    assert not Anchor(0.9, 0.2, 0.0, True).is_plausible


def test_that_facts_take_the_structure_as_further_settings() -> None:
    harsh = under({"accountability.certainty": 0.2})
    plain, small = (
        gain("innovation_rate", harsh, under(), PolicyRuns(2, Settings(beside)))
        for beside in ({}, {"size.jurisdictions": 40.0})
    )
    assert (plain < 0.0).all()
    assert not np.array_equal(plain, small)


def test_that_structures_are_the_rules_and_networks_one_by_one_or_all_pairs() -> None:
    names = [structure.name for structure in structures(DECISION_RULES, NETWORKS)]
    assert names == [*DECISION_RULES, *NETWORKS[1:]]
    pairs = structures(DECISION_RULES, NETWORKS, is_all_pairs=True)
    assert len(pairs) == len(set(pairs)) == len(DECISION_RULES) * len(NETWORKS)
    assert pairs[0] == DEFAULT
    halves = own_numbers([structure_of("reinforcement", "complete")])
    assert [one.settings["decision.learning_rate"] for one in halves] == [0.05, 0.2]
    assert {path for one in assumptions() for path in one.settings} >= {"behaviour.nesting", "size.jurisdictions"}


def test_that_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ExperimentError, match=r'--rules "prospct": there is no such name; did you mean prospect\?'):
        chosen(["prospct"], DECISION_RULES, "--rules")
    assert chosen(None, NETWORKS, "--networks") == NETWORKS


def test_that_a_scenario_is_put_beside_the_findings_if_it_can_be() -> None:
    baseline = find_scenario("baseline")
    other = with_settings(baseline, {"behaviour.habit": 0.1})
    assert settings_of(other, baseline) == {"behaviour.habit": 0.1}
    with pytest.raises(ExperimentError, match="changes over time"):
        settings_of(find_scenario("rule_out_of_use"), baseline)

"""The readable engine: what Mesa expects of it, and that an official can be followed to the last term of a choice."""

from __future__ import annotations

import gc
import inspect
import math
import random
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from model.engines.mesa_engine import Administration, Jurisdiction, Official, mesa_run
from model.measures import MEASURES, N_MEASURES
from model.parameters import REMOVAL_RUNG, row_of
from model.policy import setting_of
from model.rules.utility import TERMS
from model.scenario import Scenario, ScenarioError, find_scenario, shipped_scenarios, with_settings
from model.simulate import simulate
from model.state import OfficialState
from model.vocabulary import ACTIONS, Action, Counts, Outcome
from tests.strategies import baseline, corner

MONTHS = 12


def small(**settings: float) -> Scenario:
    """Return a small baseline with other parameters, "table__name" for "table.name"."""
    paths = {name.replace("__", "."): value for name, value in settings.items()}
    return with_settings(baseline(), {**paths, "size.jurisdictions": 3}, 40, MONTHS)


def after(months: int, scenario: Scenario, seed: int = 1) -> Administration:
    """Return an administration some months on."""
    administration = Administration(scenario, seed)
    for _ in range(months):
        administration.step()
    return administration


@pytest.fixture(scope="module")
def year() -> Administration:
    """Return an administration at the end of its year, with what every official did in it."""
    administration = Administration(small(accountability__severity=0.6), seed=1, follows_officials=True)
    administration.run_model()
    return administration


# --- How one is made ---


def test_that_without_arguments_it_is_the_shipped_baseline() -> None:
    administration = Administration()
    assert len(administration.officials) == 1000
    assert len(administration.jurisdictions) == 20
    assert administration.setting.months == 120
    np.testing.assert_array_equal(administration.jurisdictions[0].policy, row_of(baseline().parameters))


def test_that_a_name_a_path_a_scenario_and_a_setting_are_the_same_administration() -> None:
    name = "four_provinces"
    scenario = find_scenario(name)
    given = (name, str(shipped_scenarios()[name]), scenario, setting_of(scenario))
    months = []
    for one in given:
        administration = Administration(one, seed=1)
        administration.step()
        months.append(administration.measures)
    assert len(months) == 4
    for other in months[1:]:
        np.testing.assert_array_equal(months[0], other)


@pytest.mark.parametrize("argument", ["seed", "run"])
@pytest.mark.parametrize("wrong", [-1, 2**32, 1.5, "1", True])
def test_that_an_impossible_seed_or_run_is_refused_in_words(argument: str, wrong: Any) -> None:
    with pytest.raises(
        ValueError, match=f"{argument} {wrong!r} is not allowed: give a whole number from 0 to 4294967295"
    ):
        Administration(**{argument: wrong})


def test_that_what_is_no_scenario_is_refused_in_words() -> None:
    with pytest.raises(ScenarioError, match="did you mean crackdown"):
        Administration("crackdwn")
    with pytest.raises(TypeError, match="give the name of a scenario"):
        Administration(7)


# --- What Mesa expects ---


def test_that_mesas_visualisation_can_make_it_anew_from_keywords() -> None:
    parameters = list(inspect.signature(Administration).parameters.values())
    assert all(parameter.default is not inspect.Parameter.empty for parameter in parameters)
    assert all(parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for parameter in parameters)
    # Mesa from 3.5 on hands a scenario of its own to a model that has a keyword of this name.
    assert "scenario" not in [parameter.name for parameter in parameters]
    first = Administration(small(), seed=3)
    assert type(first)(setting=first.setting, seed=4, run=2).key == (4, 2)


def test_that_a_subclass_can_have_levers_as_keywords() -> None:
    class Levers(Administration):
        def __init__(self, certainty: float = 0.04, seed: int = 1) -> None:
            super().__init__(small(accountability__certainty=certainty), seed)

    levers = Levers(certainty=0.0)
    levers.run_model()
    frame = levers.datacollector.get_model_vars_dataframe()
    assert (frame["cases"] <= 40 * frame["self_dealing_share"].fillna(0.0)).all()


def test_that_agents_are_officials_and_jurisdictions_in_order(year: Administration) -> None:
    assert set(year.agents_by_type) == {Official, Jurisdiction}
    assert len(year.agents) == 40 + 3
    assert [official.post for official in year.officials] == list(range(40))
    assert [jurisdiction.number for jurisdiction in year.jurisdictions] == [0, 1, 2]
    assert [len(jurisdiction.officials) for jurisdiction in year.jurisdictions] == [14, 13, 13]
    assert all(official in official.jurisdiction.officials for official in year.officials)


def test_that_it_runs_for_the_months_of_the_scenario_and_refuses_one_more() -> None:
    administration = Administration(small(), seed=1)
    assert administration.running
    assert administration.measures is None
    administration.run_model()
    assert not administration.running
    last = administration.measures
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"has 12 months and all are done.*with_settings"):
            administration.step()
    assert (administration.steps, administration.month) == (MONTHS, MONTHS - 1)
    assert administration.measures == last
    assert len(administration.datacollector.get_model_vars_dataframe()) == MONTHS


def test_that_a_scenario_of_one_month_has_one() -> None:
    administration = Administration(with_settings(baseline(), {"size.jurisdictions": 1}, 1, 1))
    administration.step()
    assert not administration.running


def test_that_the_data_collector_holds_every_measure_of_every_month(year: Administration) -> None:
    frame = year.datacollector.get_model_vars_dataframe()
    (series,) = simulate(small(accountability__severity=0.6), 1).series
    assert tuple(frame.columns) == MEASURES
    np.testing.assert_array_equal(frame.to_numpy(dtype=float), series.measures)


def test_that_officials_can_be_followed_in_the_data_collector(year: Administration) -> None:
    frame = year.datacollector.get_agent_vars_dataframe()
    assert frame.equals(year.datacollector.get_agenttype_vars_dataframe(Official))
    assert len(frame) == 40 * MONTHS
    by_month = frame.groupby(level="Step")["action"].value_counts().unstack(fill_value=0)
    assert (by_month.sum(axis=1) == 40).all()
    shares = year.datacollector.get_model_vars_dataframe()
    np.testing.assert_array_equal(by_month["inaction"] / 40, shares["inaction_rate"])
    last = frame.loc[frame.index.get_level_values("Step").max()]
    assert list(last["post"]) == list(range(40))
    assert list(last["age"]) == [official.age for official in year.officials]


def test_that_mesas_own_random_numbers_are_never_used() -> None:
    administration = Administration(small(), seed=1)
    before = administration.random.getstate(), administration.rng.bit_generator.state
    administration.run_model()
    assert (administration.random.getstate(), administration.rng.bit_generator.state) == before


# --- A month ---


def test_that_the_order_in_which_officials_are_visited_changes_nothing() -> None:
    straight, shuffled = (
        Administration(corner("every sanction removes"), seed=1),
        Administration(corner("every sanction removes"), seed=1),
    )
    order = random.Random(0)
    while straight.running:
        straight.step()
        shuffled.officials = tuple(order.sample(shuffled.officials, len(shuffled.officials)))
        shuffled.step()
        assert [place.counts for place in straight.jurisdictions] == [place.counts for place in shuffled.jurisdictions]
    in_order = sorted(shuffled.officials, key=lambda official: official.post)
    assert [official.state for official in straight.officials] == [official.state for official in in_order]
    assert [place.state for place in straight.jurisdictions] == [place.state for place in shuffled.jurisdictions]


def test_that_before_the_first_month_nobody_has_done_anything() -> None:
    administration = Administration(small(), seed=1)
    official = administration.officials[17]
    assert (official.action, official.outcome, official.luck, official.consequence) == (None, None, None, None)
    assert official.generation == 0
    assert "nothing yet" in repr(official)
    assert administration.jurisdictions[0].counts.inaction == 0
    seen_before = official.terms
    administration.step()
    assert official.terms == seen_before


def test_that_the_fields_of_the_state_are_plain_attributes(year: Administration) -> None:
    for official in year.officials:
        assert OfficialState(*(getattr(official, name) for name in OfficialState._fields)) == official.state


def test_that_the_terms_of_every_action_add_up_to_its_utility(year: Administration) -> None:
    for official in year.officials:
        for place, utility in enumerate(official.utilities):
            assert math.isclose(sum(term[place] for term in official.terms), utility, abs_tol=1e-12)


def test_that_the_choice_follows_from_the_utilities_and_the_luck(year: Administration) -> None:
    """The nested logit of model.md, 4.5, for those whose matter was not urgent and for those whose was."""
    behaviour = year.jurisdictions[0].parameters.behaviour
    assert {official.outlook.may_file for official in year.officials} == {0.0, 1.0}
    for official in year.officials:
        ways = np.exp(np.array(official.utilities[2:]) / (behaviour.nesting * behaviour.temperature))
        ways[1] *= official.outlook.may_file
        duty = np.exp(np.array(official.utilities[:2]) / behaviour.temperature)
        nest = ways.sum() ** behaviour.nesting
        weights = np.array([*duty, *(nest * ways / ways.sum())])
        np.testing.assert_allclose(official.probabilities, weights / weights.sum(), rtol=1e-11, atol=1e-200)
        taken = np.searchsorted(np.cumsum(official.probabilities), official.luck.choice)
        assert official.action == Action(taken)


def test_that_actions_that_are_closed_have_no_probability_and_are_not_taken() -> None:
    administration = after(3, corner("two actions only"))
    for official in administration.officials:
        assert official.probabilities.routine + official.probabilities.self_dealing < 1e-200
        assert official.action in (Action.INACTION, Action.INNOVATION)


def test_that_the_outcome_follows_from_the_luck_and_what_the_official_saw(year: Administration) -> None:
    innovators = [official for official in year.officials if official.action >= Action.INNOVATION]
    assert innovators
    for official in innovators:
        seen, is_filed = official.outlook, official.action == Action.FILED_INNOVATION
        care = seen.filed_care if is_filed else seen.unfiled_care
        success = seen.sound * (1.0 - year.jurisdictions[0].parameters.work.negligence * (1.0 - care))
        has_failed = official.luck.innovation < 1.0 - success
        assert has_failed == (official.outcome >= Outcome.FORCE_MAJEURE)


def test_that_what_the_authorities_make_of_it_follows_from_the_luck_with_them() -> None:
    administration = after(
        MONTHS, small(accountability__certainty=0.5, supervision__detection=0.0, behaviour__temperature=10.0)
    )
    faced = [official for official in administration.officials if official.case_luck is not None]
    failed = [official for official in faced if official.outcome >= Outcome.FORCE_MAJEURE]
    assert failed
    for official in failed:
        is_pursued = official.case_luck.pursuit < official.jurisdiction.circumstances.pursuit
        assert is_pursued == bool(official.consequence.is_failure_case) != bool(official.consequence.is_unpursued)
    assert all(official.consequence is None for official in administration.officials if official not in faced)


def test_that_the_counts_of_a_jurisdiction_are_of_its_own_officials(year: Administration) -> None:
    for jurisdiction in year.jurisdictions:
        counts, actions = jurisdiction.counts, [official.action for official in jurisdiction.officials]
        assert counts.officials == len(actions)
        assert counts[1:6] == tuple(actions.count(action) for action in Action)
        assert jurisdiction.measures.inaction_rate == counts.inaction / len(actions)


def recounted(officials: Iterable[Official]) -> dict[str, int]:
    """Return what is counted in a month, told from every official's own story."""
    found = dict.fromkeys(Counts._fields, 0)
    rungs = ("circulars", "admonitions", "disciplines", "organisational_removals")
    forms = tuple(f"misconduct_{form}_form" for form in ("first", "second", "third", "fourth"))
    for official in officials:
        action, outcome, seen, case = official.action, official.outcome, official.outlook, official.consequence
        kind = "filed" if action == Action.FILED_INNOVATION else "unfiled"
        happened = ["officials", action.name.lower()]
        if outcome == Outcome.SUCCESS:
            happened.append("successes")
        elif outcome >= Outcome.FORCE_MAJEURE:
            happened.append(f"failures_{outcome.name.lower()}")
            happened += ["routine_failures"] if action == Action.ROUTINE else []
        elif outcome == Outcome.CALLED_TO_ACCOUNT:
            happened.append("sanctions_inaction")
        if case and case.is_unpursued:
            happened.append("unpursued")
        if case and (case.is_failure_case or case.is_misconduct):
            honest = f"honest_{{}}_{kind}" if outcome != Outcome.NEGLIGENCE else "negligence_{}"
            name = "misconduct_{}" if case.is_misconduct else honest
            happened += [name.format("cases"), *([name.format("exemptions")] if case.is_exempt else [])]
            happened += [] if case.is_exempt else [(forms if case.is_misconduct else rungs)[case.rung]]
        if case and case.is_failure_case and outcome != Outcome.NEGLIGENCE:
            found["perceived_exemption"] += round(getattr(seen, f"perceived_exemption_{kind}") * 2**32)
        found["perceived_accountability"] += round(seen.perceived_accountability * 2**32)
        if action >= Action.INNOVATION:
            found["care"] += round(getattr(seen, f"{kind}_care") * 2**32)
        found["routine_care"] += round(seen.routine_care * 2**32) if action == Action.ROUTINE else 0
        for what in happened:
            found[what] += 1
    return found


def test_that_the_counts_are_what_happened_to_the_officials() -> None:
    """Everything but who was lazy and who left is told again, from many busy months."""
    busy = {"accountability__certainty": 0.6, "supervision__detection": 0.5, "behaviour__temperature": 10.0}
    careless = {"work__routine_failure": 0.4, "work__routine_care_cost": 50.0, "work__care_cost": 50.0}
    lenient = {"exemption__probability": 0.95, "accountability__misconduct_severity": 0.4}
    administration = Administration(with_settings(small(**busy, **careless, **lenient), {}, 300), seed=1)
    told_elsewhere = {"lazy", "lazy_a_year_ago", "lazy_then_and_now", "retirements"}
    ever = dict.fromkeys(Counts._fields, 0)
    while administration.running:
        administration.step()
        for jurisdiction in administration.jurisdictions:
            expected, found = recounted(jurisdiction.officials), jurisdiction.counts._asdict()
            for name in set(expected) - told_elsewhere:
                assert found[name] == expected[name], name
                ever[name] += expected[name]
    assert all(ever[name] > 0 for name in set(ever) - told_elsewhere)


# --- Those who leave and those who come ---


@pytest.mark.parametrize("name", ["every sanction removes", "many are sent into retirement"])
def test_that_whoever_is_removed_or_retires_makes_way_at_the_end_of_the_month(name: str) -> None:
    administration = after(10, corner(name))
    left = [official for official in administration.officials if official.is_new]
    assert left
    for official in left:
        is_removed = official.consequence is not None and official.consequence.rung == REMOVAL_RUNG
        retirement_age = official.jurisdiction.parameters.career.retirement_age
        assert is_removed or official.state_at_choice.age + 0.1 > retirement_age
        assert official.generation > 0
        assert official.state_at_choice.competence != official.competence
        assert 28.0 <= official.age < 32.0
        assert official.inaction_history == official.freeze_months == official.exemption_denied_unfiled == 0.0
        assert "predecessor" in repr(official)
    counts = [place.counts for place in administration.jurisdictions]
    assert sum(
        count.organisational_removals + count.misconduct_fourth_form + count.retirements for count in counts
    ) == len(left)


def test_that_the_same_person_comes_to_the_same_post_under_another_policy() -> None:
    one, other = after(MONTHS, small(accountability__severity=0.9)), after(MONTHS, small(accountability__severity=1.0))
    met = 0
    for ours, theirs in zip(one.officials, other.officials, strict=True):
        if ours.generation == theirs.generation:
            met += ours.generation > 0
            assert ours.state[:5] == theirs.state[:5]
    assert met > 0


# --- For people to read ---


def test_that_an_official_prints_with_state_choice_and_every_term(year: Administration) -> None:
    official = next(one for one in year.officials if one.consequence is not None and not one.is_new)
    text = str(official)
    for word in (*OfficialState._fields, *TERMS, *ACTIONS, "probability", "perceived_exemption", "is_exempt"):
        assert word in text
    assert f"competence {official.competence:.4g}" in text
    assert f"{official.utilities.innovation:.3f}" in text
    assert max(len(line) for line in text.splitlines()[1:]) <= 110
    assert official.action.name.lower() in repr(official)
    assert "\n" not in repr(official)


def test_that_a_jurisdiction_and_an_administration_say_what_they_are(year: Administration) -> None:
    assert repr(year.jurisdictions[2]) == "<Jurisdiction 2: 13 officials>"
    assert repr(year) == "<Administration: 40 officials in 3 jurisdictions, 12 of 12 months done>"


# --- Runs ---


def test_that_a_run_has_the_shape_that_is_asked_for() -> None:
    setting = setting_of(small())
    measures, places = mesa_run(setting, 1, 0, by_jurisdiction=True)
    again, no_places = mesa_run(setting, 1, 0, by_jurisdiction=False)
    assert measures.shape == (MONTHS, N_MEASURES)
    assert places.shape == (MONTHS, 3, N_MEASURES)
    assert no_places.shape == (0, 3, N_MEASURES)
    np.testing.assert_array_equal(measures, again)


def test_that_no_official_outlives_a_run() -> None:
    def alive() -> int:
        gc.collect()
        return sum(isinstance(thing, Official) for thing in gc.get_objects())

    before = alive()
    mesa_run(setting_of(small()), 1, 0, by_jurisdiction=False)
    assert alive() == before

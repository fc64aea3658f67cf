"""That every mechanism of the model can be switched off, and that an ablation says what that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.design.factors import bounds_of, known_factors, scenario_at, value_in
from analysis.errors import ExperimentError
from analysis.sensitivity.ablation import ALL, Ablation, ablate, ablation_of
from analysis.sensitivity.mechanisms import ALONE, OFF, is_in_use, left_out_of, neutral_settings
from analysis.statistics.paired_effects import intervals_of
from analysis.store.findings import folder_beside, read_findings
from model.catalogue import LANGUAGES, labels
from model.measures import MEASURES, headline_measures
from model.parameters import mechanisms
from model.scenario import ListedJurisdiction, Scenario, Text, find_scenario, shipped_scenarios, with_settings
from model.scenario.scenario import Change
from model.simulate import simulate, window_means
from tests.made_experiments import silent


def small(name: str = "baseline") -> Scenario:
    return with_settings(find_scenario(name), {"size.jurisdictions": 2}, officials=30, months=12)


@pytest.fixture(scope="module")
def ablation(tmp_path_factory: pytest.TempPathFactory) -> Ablation:
    return ablate(small(), tmp_path_factory.mktemp("ablation") / "made", replications=4, watch=silent())


def test_that_every_switch_is_a_parameter_with_a_neutral_value_within_its_bounds() -> None:
    for mechanism, neutral in mechanisms().items():
        assert set(neutral) <= set(known_factors())
        for path, value in neutral_settings(find_scenario("baseline"), mechanism).items():
            low, high = bounds_of(path)
            assert low <= value <= high, path


def test_that_every_mechanism_has_a_name_in_both_languages_and_nothing_else_has() -> None:
    prefix = "mechanisms."
    for language in LANGUAGES:
        named = {path.removeprefix(prefix) for path in labels(language).texts if path.startswith(prefix)}
        assert named == set(mechanisms())


@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_that_every_point_of_every_shipped_scenarios_ablation_can_be_simulated(name: str) -> None:
    scenario = find_scenario(name)
    specification = ablation_of(scenario)
    for values in specification.design.listed:
        scenario_at(scenario, specification.factor_paths, values, specification.wheres)


def test_that_the_first_point_is_the_scenario_itself(ablation: Ablation) -> None:
    experiment = ablation.experiment
    rows, base = experiment.table(), experiment.reference()
    for measure in MEASURES:
        first = rows[rows["point"] == 0][measure].to_numpy()
        assert np.array_equal(first, base[measure].to_numpy(), equal_nan=True)


def test_that_off_alone_is_the_paired_difference_that_simulate_gives(ablation: Ablation) -> None:
    without = with_settings(small(), {"behaviour.conformity": 0.0})
    difference = window_means(simulate(without, 4).values) - window_means(simulate(small(), 4).values)
    place = MEASURES.index("innovation_rate")
    found = intervals_of(difference[:, place : place + 1])
    rows = ablation.effects
    row = rows[(rows["measure"] == "innovation_rate") & (rows["mechanism"] == "conformity") & (rows["how"] == OFF)]
    assert row[["difference", "low", "high"]].to_numpy()[0] == pytest.approx(
        [found.mean[0], found.low[0], found.high[0]]
    )


def test_that_one_alone_is_compared_with_none(ablation: Ablation) -> None:
    rows = ablation.effects[ablation.effects["measure"] == "innovation_rate"]
    nothing = rows[rows["mechanism"] == ALL]["mean"].iloc[0]
    assert rows[rows["how"] == ALONE]["reference_mean"].to_numpy() == pytest.approx(nothing)


def test_that_a_mechanism_not_in_use_changes_nothing_and_is_marked(ablation: Ablation) -> None:
    rows = ablation.effects[ablation.effects["mechanism"] == "flexibility"]
    assert not rows["is_in_use"].any()
    assert (rows["difference"].dropna() == 0.0).all()
    assert is_in_use(find_scenario("local_flexibility"), "flexibility")


def test_that_the_mechanisms_are_ranked_by_what_their_absence_changes(ablation: Ablation) -> None:
    ranked = ablation.ranked("innovation_rate")
    sizes = ranked["off_difference"].abs().to_numpy()
    assert (np.diff(sizes) <= 0).all()
    assert set(ranked["mechanism"]) == set(mechanisms())


def test_that_the_table_is_written_beside_the_experiment(ablation: Ablation) -> None:
    tables, summary = read_findings(folder_beside(ablation.experiment.folder, "effects"), ("effects",))
    assert len(tables["effects"]) == len(headline_measures()) * (2 * len(mechanisms()) + 1)
    assert summary["replications"] == 4


def test_that_disclosure_is_levelled_with_the_publicity_of_the_scenario() -> None:
    specification = ablation_of(find_scenario("baseline"))
    place = specification.factor_paths.index("exemption.disclosure")
    values = {point[place] for point in specification.design.listed}
    publicity = value_in(find_scenario("baseline"), "accountability.publicity")
    assert values == {publicity, value_in(find_scenario("baseline"), "exemption.disclosure")}


@pytest.mark.parametrize("name", ["reform", "four_provinces"])
def test_that_a_mechanism_that_the_scenario_itself_changes_is_not_switched(name: str) -> None:
    specification = ablation_of(find_scenario(name))
    assert "exemption.disclosure" not in specification.factor_paths
    assert len(specification.design.listed) == 2 * (len(mechanisms()) - 1) + 2


def test_that_a_mechanism_left_out_is_named_with_the_reason(tmp_path: Path) -> None:
    small_reform = with_settings(find_scenario("reform"), {}, officials=20)
    found = ablate(small_reform, tmp_path / "made", replications=2, measures=("innovation_rate",), watch=silent())
    reason = "the scenario changes exemption.disclosure from place to place or in time"
    assert found.left_out == {"disclosure": reason}
    assert "disclosure" not in set(found.effects["mechanism"])


def test_that_a_mechanism_is_off_everywhere_where_places_and_changes_have_values_of_their_own() -> None:
    one = ListedJurisdiction(Text("One", "甲"), 20, {"behaviour.conformity": 2.0})
    change = Change(3, None, 1, {"behaviour.conformity": 1.5})
    scenario = replace(small(), jurisdictions=(one,), changes=(change,))
    specification = ablation_of(scenario)
    names = [name for name in mechanisms() if name not in left_out_of(scenario)]
    points = [
        scenario_at(scenario, specification.factor_paths, values, specification.wheres)
        for values in specification.design.listed
    ]
    assert "conformity" in names
    assert is_in_use(scenario, "conformity")
    assert (points[0].jurisdictions, points[0].changes) == ((one,), (change,))
    without = points[1 + names.index("conformity")]
    assert value_in(without, "behaviour.conformity") == 0.0
    assert without.jurisdictions[0].settings == {}
    assert without.changes == ()
    alone = points[2 + len(names) + names.index("conformity")]
    assert (alone.jurisdictions, alone.changes) == ((one,), (change,))


def test_that_an_unknown_measure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="no measure happiness"):
        ablate(small(), tmp_path / "made", measures=("happiness",))
    assert not (tmp_path / "made").exists()

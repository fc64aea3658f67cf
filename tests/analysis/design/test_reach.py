"""Where and when a setting acts; one that acts nowhere or never is refused before anything is simulated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.command_line.options import Choices, chosen_settings, with_chosen
from analysis.design.experiment_file import read_experiment
from analysis.design.factors import scenario_at, value_in
from analysis.design.reach import EVERYWHERE, placed, reach_of
from analysis.design.specification import facts_of, specification_of
from analysis.errors import ExperimentError
from model.measures import MEASURES
from model.policy import parameters_in
from model.scenario import find_scenario
from model.simulate import simulate

COMPLEXITY, SEVERITY = "work.complexity", "accountability.severity"
PLACES = ("Province A", "Province B", "Province C", "Province D")


def plan(folder: Path, scenario: str, path: str, more: str = "") -> Path:
    file = folder / "mine.toml"
    file.write_text(
        f'schema = 1\nscenario = "{scenario}"\nwindow_months = 12\nwindow_until = 60\n[size]\nmonths = 96\n'
        f'[design]\nkind = "grid"\nsteps = 3\n[[factor]]\npath = "{path}"\nlow = 0.1\nhigh = 0.6\n{more}',
        encoding="utf-8",
    )
    return file


def test_that_a_factor_which_every_listed_jurisdiction_overrides_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError) as caught:
        read_experiment(plan(tmp_path, "four_provinces", COMPLEXITY))
    for words in ("line 11", "every listed jurisdiction has a value of its own", 'where = "everywhere"'):
        assert words in str(caught.value)


def test_that_a_list_with_such_a_factor_is_refused(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(f"{COMPLEXITY}\n0.1\n0.2\n", encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        'schema = 1\nscenario = "four_provinces"\n[design]\nkind = "list"\nfile = "points.csv"\n', encoding="utf-8"
    )
    with pytest.raises(ExperimentError, match=r"points\.csv, line 1, column 1: work\.complexity does nothing"):
        read_experiment(tmp_path / "mine.toml")


def test_that_where_and_when_a_factor_acts_follows_from_places_and_changes() -> None:
    campaign = find_scenario("campaign")
    reach = reach_of(campaign, SEVERITY)
    assert reach.spans == ((1, 36), (73, campaign.months))
    assert not reach.acts_in(49, 60)
    assert reach.acts_in(30, 40)
    assert reach_of(campaign, SEVERITY, EVERYWHERE).is_all
    assert reach_of(campaign, "exemption.probability").is_all
    listed = find_scenario("four_provinces")
    assert len(reach_of(listed, COMPLEXITY).missed_places) == 4
    assert [name.en for name in reach_of(listed, COMPLEXITY, ("Province B",)).missed_places] == [
        "Province A",
        "Province C",
        "Province D",
    ]
    assert reach_of(listed, "work.complexity_spread").is_nothing


def test_that_a_value_meant_for_everywhere_or_for_places_holds_there() -> None:
    listed, campaign = find_scenario("four_provinces"), find_scenario("campaign")
    everywhere = placed(listed, COMPLEXITY, 0.37, EVERYWHERE)
    assert {parameters_in(everywhere, place, 5).work.complexity for place in range(4)} == {0.37}
    one = placed(listed, COMPLEXITY, 0.37, ("Province B",))
    before = [parameters_in(listed, place, 5).work.complexity for place in range(4)]
    after = [parameters_in(one, place, 5).work.complexity for place in range(4)]
    assert after == [before[0], 0.37, *before[2:]]
    always = placed(campaign, SEVERITY, 0.37, EVERYWHERE)
    assert {parameters_in(always, 0, month).accountability.severity for month in (0, 40, 100)} == {0.37}
    untouched = [parameters_in(each, 0, 40).accountability.certainty for each in (campaign, always)]
    assert untouched[0] == untouched[1] != parameters_in(campaign, 0, 0).accountability.certainty


def test_that_the_points_of_such_a_factor_differ_and_survive_storing(tmp_path: Path) -> None:
    for where in ('"everywhere"', '["Province A", "Province B"]'):
        made = read_experiment(plan(tmp_path, "four_provinces", COMPLEXITY, f"where = {where}\n"))
        again = specification_of(facts_of(made), made.base, ())
        assert again.wheres == made.wheres != {}
        values = [
            simulate(scenario_at(made.base, made.factor_paths, [value], made.wheres), 1).values[0]
            for value in (0.1, 0.6)
        ]
        place = MEASURES.index("failures_complexity")
        assert not np.array_equal(values[0][:, place], values[1][:, place])


def test_that_the_base_value_is_missing_where_places_differ() -> None:
    listed = find_scenario("four_provinces")
    assert np.isnan(value_in(listed, COMPLEXITY, EVERYWHERE))
    assert value_in(listed, COMPLEXITY, ("Province B",)) == parameters_in(listed, 1, 0).work.complexity


def test_that_an_unknown_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match='no jurisdiction "Province E": it lists "Province A"'):
        read_experiment(plan(tmp_path, "four_provinces", COMPLEXITY, 'where = ["Province E"]\n'))
    with pytest.raises(ExperimentError, match="is the same everywhere"):
        read_experiment(plan(tmp_path, "baseline", "population.ambition_mean", 'where = "everywhere"\n'))


@pytest.mark.parametrize("path", ["decision.weight", "network.superior_weight", "population.ambition_mean"])
def test_that_how_officials_decide_and_see_each_other_cannot_be_set_in_a_place(path: str) -> None:
    (setting,) = chosen_settings([f"Province A:{path}=0.5"])
    with pytest.raises(ExperimentError, match=f"--set {path}: {path} is the same everywhere; leave the place out"):
        with_chosen(find_scenario("four_provinces"), [setting], Choices())


def test_that_facts_of_a_factor_for_the_base_are_as_they_were(tmp_path: Path) -> None:
    made = read_experiment(plan(tmp_path, "campaign", SEVERITY))
    assert set(facts_of(made)["factors"][0]) == {"path", "low", "high", "values"}

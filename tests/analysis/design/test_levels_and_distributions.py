"""That scenarios and words can be factors, that values can be spread otherwise than evenly, and who refuses them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.design.distributions import Distribution, quantiles
from analysis.design.experiment_file import read_experiment
from analysis.design.factors import scenario_of_point
from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, facts_of, specification_of
from analysis.errors import ExperimentError
from analysis.execution.rerun import run_again
from analysis.execution.sweep import sweep
from analysis.publication.export import export
from analysis.publication.report import report
from analysis.publication.reproduction import EXPERIMENT_FILE, is_same_experiment
from analysis.report.section_words import point_text, unseen_texts
from analysis.sensitivity import tipping_line
from analysis.sensitivity.sensitivity import sensitivity
from analysis.store.experiment import Experiment, open_experiment
from analysis.words import words_in
from model.measures import MEASURES
from model.scenario import find_scenario, with_settings
from model.simulate import simulate, window_means
from tests.analysis.design.test_experiment_file import message_of, written
from tests.made_experiments import made_experiment, silent

SIZE = 'replications = 3\nwindow_months = 4\nmeasures = ["innovation_rate", "lazy_prevalence"]\n'
SIZES = "[size]\nofficials = 20\njurisdictions = 2\nmonths = 8\n"
SCENARIOS = '[[factor]]\npath = "scenario"\nvalues = ["baseline", "crackdown", "amnesty_on_paper"]\n'
RULES = '[[factor]]\npath = "decision.rule"\nvalues = ["expected_utility", "prospect"]\n'
EXEMPTION = '[[factor]]\npath = "exemption.probability"\nlow = 0.1\nhigh = 0.9\n'


def file_with(design: str, *factors: str, more: str = "") -> str:
    return f"schema = 1\n{SIZE}{more}{SIZES}[design]\n{design}\n{''.join(factors)}"


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    folder = tmp_path_factory.mktemp("levels")
    text = file_with('kind = "grid"\nsteps = 2', SCENARIOS, EXEMPTION)
    return sweep(read_experiment(written(folder, text)), folder / "r", watch=silent())


def test_that_every_scenario_is_simulated_with_the_settings_of_the_experiment(grid: Experiment) -> None:
    rows = grid.table()
    assert sorted(rows["scenario"].unique()) == [0.0, 1.0, 2.0]
    for number, name in enumerate(("baseline", "crackdown", "amnesty_on_paper")):
        scenario = with_settings(find_scenario(name), {"size.jurisdictions": 2, "size.officials": 20, "size.months": 8})
        at_low = with_settings(scenario, {"exemption.probability": 0.1})
        alone = window_means(simulate(at_low, replications=3, seed=1).values, 4)
        found = rows[(rows["scenario"] == number) & (rows["exemption.probability"] == 0.1)]
        assert found["innovation_rate"].tolist() == alone[:, MEASURES.index("innovation_rate")].tolist()


def test_that_scenarios_as_a_factor_survive_storing_and_one_run_can_be_done_again(grid: Experiment) -> None:
    again = open_experiment(grid.folder)
    assert again.specification == grid.specification
    assert [scenario.name for scenario in again.specification.scenarios] == list(again.specification.factors[0].levels)
    assert run_again(again, 7, by_jurisdiction=False).is_same
    facts = json.loads(json.dumps(facts_of(grid.specification)))
    kept = specification_of(facts, grid.specification.base, (), grid.specification.scenarios)
    assert kept == grid.specification


def test_that_exports_and_reports_name_the_levels(grid: Experiment, tmp_path: Path) -> None:
    export(grid.folder, tmp_path / "runs.csv")
    assert set(pd.read_csv(tmp_path / "runs.csv")["scenario"]) == {"baseline", "crackdown", "amnesty_on_paper"}
    text = report(grid.folder, tmp_path / "report").page.read_text(encoding="utf-8")
    crackdown = find_scenario("crackdown").title
    assert crackdown.en in text
    assert is_same_experiment(tmp_path / "report" / EXPERIMENT_FILE, grid)
    point = design_points(grid.specification)[2]
    assert crackdown.zh in point_text(grid.specification, point, 2, words_in("zh"))


def test_that_a_map_and_elementary_effects_refuse_levels_and_sobol_takes_them(grid: Experiment, tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="scenario: has levels without an order"):
        tipping_line.map(grid)
    morris = message_of(tmp_path, file_with('kind = "morris"\ntrajectories = 4', SCENARIOS, EXEMPTION))
    assert morris.count("\n") == 0
    assert "scenario has levels without an order, so no elementary effect" in morris
    text = file_with('kind = "saltelli"\nbase_points = 16', SCENARIOS, EXEMPTION)
    found = sensitivity(sweep(read_experiment(written(tmp_path, text)), tmp_path / "s", watch=silent()))
    assert set(found.indices["factor"]) == {"scenario", "exemption.probability"}


def test_that_an_experiment_put_together_in_python_is_refused_by_morris_too() -> None:
    spread = Factor("exemption.probability", 0.1, 0.9, distribution=Distribution("triangular", mode=0.3))
    made = made_experiment(factors=(spread,), design=DesignPlan("morris", trajectories=4))
    with pytest.raises(ExperimentError, match=r"exemption\.probability is not spread evenly over its range"):
        design_points(made)


@pytest.mark.parametrize("design", ['kind = "latin_hypercube"\npoints = 60', 'kind = "sobol"\npoints = 64'])
def test_that_designs_which_fill_space_hold_every_level_about_equally_often(design: str, tmp_path: Path) -> None:
    points = design_points(read_experiment(written(tmp_path, file_with(design, SCENARIOS, RULES, EXEMPTION))))
    for column, n_levels in ((0, 3), (1, 2)):
        levels, counts = np.unique(points[:, column], return_counts=True)
        assert levels.tolist() == list(range(n_levels))
        assert counts.max() - counts.min() <= 2


def test_that_words_of_a_setting_are_levels_and_reach_the_model(tmp_path: Path) -> None:
    made = read_experiment(written(tmp_path, file_with('kind = "grid"', RULES)))
    assert [scenario_of_point(made, point).parameters.decision.rule for point in design_points(made)] == [0.0, 1.0]


MISTAKES = {
    "one scenario": ('[[factor]]\npath = "scenario"\nvalues = ["baseline"]\n', "a list of two words or more"),
    "numbers": ('[[factor]]\npath = "scenario"\nvalues = [0, 1]\n', 'write values = ["baseline", "crackdown"]'),
    "no values": ('[[factor]]\npath = "scenario"\n', "a list of two words or more"),
    "unknown scenario": ('[[factor]]\npath = "scenario"\nvalues = ["baseline", "crackdwon"]\n', "crackdown"),
    "unknown word": ('[[factor]]\npath = "decision.rule"\nvalues = ["prospect", "feer"]\n', "fear"),
    "words for a number": (f'{EXEMPTION.partition("low")[0]}values = ["a", "b"]\n', "takes no words"),
    "a range": (SCENARIOS + "low = 0.0\n", "means nothing for scenario, whose values are words"),
    "a place": (SCENARIOS + 'where = "everywhere"\n', "means nothing for scenario, which is everywhere"),
    "other months": (
        '[[factor]]\npath = "scenario"\nvalues = ["baseline", "short.toml"]\n',
        "write months below [size]",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_that_a_mistake_in_levels_is_told_in_one_message(name: str, tmp_path: Path) -> None:
    factor, told = MISTAKES[name]
    if name == "other months":
        short = 'schema = 2\nextends = "baseline"\n[title]\nen = "s"\n[question]\nen = "s"\n[size]\nmonths = 60\n'
        (tmp_path / "short.toml").write_text(short, encoding="utf-8")
        assert told in message_of(tmp_path, f'schema = 1\n[design]\nkind = "grid"\n{factor}')
    else:
        assert told in message_of(tmp_path, file_with('kind = "grid"\nsteps = 2', factor))


def test_that_a_list_says_that_scenarios_cannot_stand_in_it(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("scenario,exemption.probability\nbaseline,0.2\n", encoding="utf-8")
    told = message_of(tmp_path, file_with('kind = "list"\nfile = "points.csv"'))
    assert "points.csv, line 1, column 1" in told
    assert "name scenarios in a [[factor]] of a grid" in told


def test_that_a_factor_which_some_scenarios_override_is_told_at_the_plan(tmp_path: Path) -> None:
    scenarios = '[[factor]]\npath = "scenario"\nvalues = ["four_provinces", "baseline"]\n'
    complexity = '[[factor]]\npath = "work.complexity"\nlow = 0.1\nhigh = 0.6\n'
    text = f'schema = 1\nmeasures = ["innovation_rate"]\n[design]\nkind = "grid"\nsteps = 2\n{scenarios}{complexity}'
    told = unseen_texts(read_experiment(written(tmp_path, text)), words_in("en"))
    assert len(told) == 1
    assert find_scenario("four_provinces").title.en in told[0]
    assert find_scenario("baseline").title.en not in told[0]


def drawn(folder: Path, distribution: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the values of a factor in a Latin hypercube of 400 points."""
    design = 'kind = "latin_hypercube"\npoints = 400'
    points = design_points(read_experiment(written(folder, file_with(design, EXEMPTION + distribution))))
    column: np.ndarray[tuple[int], np.dtype[np.float64]] = points[:, 0]
    return column


def test_that_values_are_spread_as_the_distribution_says(tmp_path: Path) -> None:
    triangle = drawn(tmp_path, 'distribution = "triangular"\nmode = 0.3\n')
    assert stats.kstest(triangle, stats.triang(0.25, 0.1, 0.8).cdf).statistic < 0.01
    bell = drawn(tmp_path, 'distribution = "normal"\nmean = 0.4\nstandard_deviation = 0.2\n')
    assert stats.kstest(bell, stats.truncnorm(-1.5, 2.5, 0.4, 0.2).cdf).statistic < 0.01
    logarithm = drawn(tmp_path, 'distribution = "log_uniform"\n')
    assert stats.kstest(logarithm, stats.loguniform(0.1, 0.9).cdf).statistic < 0.01
    assert drawn(tmp_path, 'distribution = "uniform"\n').tolist() == drawn(tmp_path, "").tolist()


@pytest.mark.parametrize(
    "distribution",
    [Distribution("log_uniform"), Distribution("triangular", mode=0.1), Distribution("normal", None, 0.3, 0.2)],
)
def test_that_the_ends_of_a_distribution_are_those_of_the_range(distribution: Distribution) -> None:
    found = quantiles(distribution, 0.1, 0.9, np.array([0.0, 0.5, 1.0]))
    assert found[[0, 2]].tolist() == pytest.approx([0.1, 0.9])
    assert 0.1 < found[1] < 0.9


SPREADS = {
    "no mode": ('distribution = "triangular"\n', "factor.mode"),
    "mode outside": ('distribution = "triangular"\nmode = 0.95\n', "from low, 0.1, to high, 0.9"),
    "a mode for nothing": ("mode = 0.3\n", "means nothing for the distribution uniform"),
    "no spread": ('distribution = "normal"\nmean = 0.3\nstandard_deviation = 0.0\n', "a number above 0"),
    "unknown": ('distribution = "beta"\n', "uniform, log_uniform, triangular, normal"),
    "log of 0": ('distribution = "log_uniform"\n', "a low above 0"),
}


@pytest.mark.parametrize("name", SPREADS)
def test_that_a_mistake_in_a_distribution_is_told_in_one_message(name: str, tmp_path: Path) -> None:
    spread, told = SPREADS[name]
    factor = (EXEMPTION.replace("0.1", "0.0") if name == "log of 0" else EXEMPTION) + spread
    assert told in message_of(tmp_path, file_with('kind = "sobol"\npoints = 16', factor))


@pytest.mark.parametrize("kind", ['kind = "grid"\nsteps = 2', 'kind = "morris"\ntrajectories = 4'])
def test_that_designs_which_draw_nothing_refuse_a_distribution(kind: str, tmp_path: Path) -> None:
    told = message_of(tmp_path, file_with(kind, EXEMPTION + 'distribution = "triangular"\nmode = 0.3\n'))
    assert "factor.distribution" in told


def test_that_what_is_not_said_is_not_locked() -> None:
    factor = facts_of(made_experiment())["factors"][0]
    assert set(factor) == {"path", "low", "high", "values"}


def test_that_a_place_of_a_factor_is_in_the_file_that_makes_the_experiment_again(tmp_path: Path) -> None:
    made = read_experiment(
        written(tmp_path, file_with('kind = "grid"\nsteps = 2', EXEMPTION + 'where = "everywhere"\n'))
    )
    experiment = sweep(made, tmp_path / "r", watch=silent())
    report(experiment.folder, tmp_path / "report")
    assert is_same_experiment(tmp_path / "report" / EXPERIMENT_FILE, experiment)

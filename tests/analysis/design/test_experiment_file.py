"""That experiment files are read as they are meant, and every mistake in one ends in a message that helps."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from analysis.design.experiment_file import find_experiment, read_experiment, shipped_experiments
from analysis.design.sampling import number_of_points
from analysis.design.specification import ReplicateUntil, facts_of, specification_of
from analysis.errors import ExperimentError
from model.measures import MEASURES, headline_measures
from model.parameters import about, parameter_paths
from model.scenario import find_scenario

ROOT = Path(__file__).parents[3]
SEVERITY = '[[factor]]\npath = "accountability.severity"\n'
GRID = '[design]\nkind = "grid"\nsteps = 3\n'
SHIPPED = (
    "severity_exemption_map",
    "harshness",
    "where_harshness_pays",
    "posterior_base_rates",
    "who_does_not_innovate",
    "disclosure_credence",
    "morris_screening",
    "saltelli_strongest",
)


def written(folder: Path, text: str, name: str = "mine") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def message_of(folder: Path, text: str) -> str:
    with pytest.raises(ExperimentError) as caught:
        read_experiment(written(folder, text))
    message = str(caught.value)
    assert "Traceback" not in message
    return message


def test_that_a_short_file_is_enough(tmp_path: Path) -> None:
    made = read_experiment(written(tmp_path, f"schema = 1\n{GRID}{SEVERITY}"))
    assert made.name == "mine"
    assert made.base == find_scenario("baseline")
    assert made.factors[0].values == (0.0, 0.3, 0.6)
    assert made.measures == headline_measures()
    assert (made.replications, made.seed, made.window_months, made.common_random_numbers) == (20, 1, 60, True)


def test_that_the_base_takes_settings_and_sizes(tmp_path: Path) -> None:
    settings = "[settings]\nexemption.disclosure = 0.9\n[size]\nofficials = 50\njurisdictions = 5\nmonths = 12\n"
    made = read_experiment(written(tmp_path, f'schema = 1\nscenario = "crackdown"\n{settings}{GRID}{SEVERITY}'))
    assert (made.base.officials, made.base.n_jurisdictions, made.base.months) == (50, 5, 12)
    assert made.base.parameters.exemption.disclosure == 0.9
    assert made.base.parameters.accountability == find_scenario("crackdown").parameters.accountability
    assert made.window_months == 12


def test_that_all_parameters_are_those_with_a_plausible_range(tmp_path: Path) -> None:
    design = '[design]\nkind = "morris"\ntrajectories = 4\n'
    text = f'schema = 1\nall_parameters = true\nleave_out = ["work.diffusion"]\n{design}'
    ceiling = '[[factor]]\npath = "career.ceiling_age"\nlow = 45\nhigh = 55\n'
    made = read_experiment(written(tmp_path, f"{text}{ceiling}"))
    sampled = {path for path in parameter_paths() if about(path).plausible}
    assert set(made.factor_paths) == sampled - {"work.diffusion"}
    ranges = {factor.path: (factor.low, factor.high) for factor in made.factors}
    assert ranges["career.ceiling_age"] == (45.0, 55.0)
    assert ranges["accountability.severity"] == (0.0, 0.6)


def test_that_a_list_takes_factors_and_points_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("accountability.severity, exemption.probability\n0.1, 0.5\n\n0.2,1\n")
    made = read_experiment(written(tmp_path, 'schema = 1\n[design]\nkind = "list"\nfile = "points.csv"\n'))
    assert made.factor_paths == ("accountability.severity", "exemption.probability")
    assert made.design.listed == ((0.1, 0.5), (0.2, 1.0))


def test_that_the_example_of_the_documentation_holds(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how_to" / "sweep.md").read_text(encoding="utf-8")
    first, second = re.findall(r"^ *```toml\n(.*?)```", text, re.M | re.S)
    assert number_of_points(read_experiment(written(tmp_path, first))) == 500
    without = first.replace("replications = 20 ", "# ")
    made = read_experiment(written(tmp_path, f"{without}\n{textwrap.dedent(second)}"))
    assert made.replicate_until == ReplicateUntil("innovation_rate", 0.01, 10, 200, 5)


def test_that_replicate_until_decides_the_replications(tmp_path: Path) -> None:
    rule = '[replicate_until]\nmeasure = "innovation_rate"\nhalf_width = 0.01\nmaximum = 200\n'
    made = read_experiment(written(tmp_path, f"schema = 1\n{rule}{GRID}{SEVERITY}"))
    assert made.replicate_until == ReplicateUntil("innovation_rate", 0.01, 10, 200, 5)
    assert made.replications == 200


@pytest.mark.parametrize("name", SHIPPED)
def test_that_the_shipped_experiments_hold(name: str) -> None:
    made = find_experiment(name)
    assert made.title.en
    assert made.title.zh
    assert number_of_points(made) > 100


def test_that_no_other_experiments_are_shipped() -> None:
    assert set(shipped_experiments()) == set(SHIPPED)
    assert number_of_points(find_experiment("severity_exemption_map")) == 41 * 41
    assert len(find_experiment("saltelli_strongest").factors) == 12


@pytest.mark.parametrize("name", ["severity_exemption_map", "saltelli_strongest"])
def test_that_a_specification_survives_being_written_down(name: str) -> None:
    made = find_experiment(name)
    assert specification_of(facts_of(made), made.base, ()) == made


MISTAKES = {
    "an unknown key": (
        f"schema = 1\nreplication = 3\n{GRID}{SEVERITY}",
        ["line 2, replication", "did you mean replications?"],
    ),
    "no schema": (f"{GRID}{SEVERITY}", ["schema", "is missing", "schema = 1"]),
    "no design": (f"schema = 1\n{SEVERITY}", ["design", "is missing", "[design]"]),
    "no kind": (f"schema = 1\n[design]\nsteps = 3\n{SEVERITY}", ["design.kind", "is missing"]),
    "an unknown kind": (f'schema = 1\n[design]\nkind = "gird"\n{SEVERITY}', ["design.kind", "allowed is grid, list"]),
    "no factor": (f"schema = 1\n{GRID}", ["factor", "there is none", "[[factor]]"]),
    "a factor without a path": (f"schema = 1\n{GRID}[[factor]]\nlow = 1\n", ["factor", "is missing", "path ="]),
    "a factor that is none": (
        f'schema = 1\n{GRID}[[factor]]\npath = "accountability.severty"\n',
        ["line 6", "accountability.severty", "did you mean accountability.severity?"],
    ),
    "a factor twice": (f"schema = 1\n{GRID}{SEVERITY}{SEVERITY}", ["line 8", "is a factor already"]),
    "a range out of bounds": (f"schema = 1\n{GRID}{SEVERITY}high = 2\n", ["line 7", "found 2.0", "from 0 to 1"]),
    "a range upside down": (f"schema = 1\n{GRID}{SEVERITY}low = 0.9\nhigh = 0.1\n", ["a number below high"]),
    "no plausible range": (
        f'schema = 1\n{GRID}[[factor]]\npath = "value.success"\n',
        ["has no plausible range", "low = ... and high = ..."],
    ),
    "no steps": (f'schema = 1\n[design]\nkind = "grid"\n{SEVERITY}', ["steps", "is missing", "steps = 11"]),
    "values beside steps": (f"schema = 1\n{GRID}{SEVERITY}values = [0.1]\nsteps = 3\n", ["beside low, high or steps"]),
    "values in another design": (
        f'schema = 1\n[design]\nkind = "sobol"\npoints = 8\n{SEVERITY}values = [0.1]\n',
        ["means nothing in a design of kind sobol"],
    ),
    "a key of another design": (
        f"schema = 1\n{GRID}trajectories = 3\n{SEVERITY}",
        ["trajectories", "means nothing in a design of kind grid"],
    ),
    "no power of two": (
        f'schema = 1\n[design]\nkind = "saltelli"\nbase_points = 100\n{SEVERITY}',
        ["design.base_points", "found 100", "a power of 2"],
    ),
    "an odd number of levels": (
        f'schema = 1\n[design]\nkind = "morris"\ntrajectories = 4\nlevels = 3\n{SEVERITY}',
        ["found 3", "an even number"],
    ),
    "a design without its size": (f'schema = 1\n[design]\nkind = "morris"\n{SEVERITY}', ["trajectories", "is missing"]),
    "an unknown measure": (
        f'schema = 1\nmeasures = ["inovation_rate"]\n{GRID}{SEVERITY}',
        ["line 2, measures", "did you mean innovation_rate?"],
    ),
    "no replications": (f"schema = 1\nreplications = 0\n{GRID}{SEVERITY}", ["found 0", "from 1 to"]),
    "a negative seed": (f"schema = 1\nseed = -1\n{GRID}{SEVERITY}", ["found -1", "from 0 to"]),
    "a truth value for a number": (f"schema = 1\nseed = true\n{GRID}{SEVERITY}", ["the truth value true"]),
    "a window too long": (f"schema = 1\nwindow_months = 200\n{GRID}{SEVERITY}", ["window_months", "at most 120"]),
    "a window that ends too late": (f"schema = 1\nwindow_until = 200\n{GRID}{SEVERITY}", ["window_until", "at most"]),
    "a scenario that is none": (f'schema = 1\nscenario = "crakdown"\n{GRID}{SEVERITY}', ["did you mean crackdown?"]),
    "a setting that is none": (
        f"schema = 1\n[settings]\nexemption.disclosur = 1\n{GRID}{SEVERITY}",
        ["exemption.disclosur", "did you mean exemption.disclosure?"],
    ),
    "a size that is none": (f"schema = 1\n[size]\nofficials = 0\n{GRID}{SEVERITY}", ["size.officials", "found 0"]),
    "a rule and replications": (
        f'schema = 1\nreplications = 3\n[replicate_until]\nmeasure = "innovation_rate"\nhalf_width = 0.1\nmaximum = 9\n'
        f"{GRID}{SEVERITY}",
        ["replications", "remove one of them"],
    ),
    "a rule upside down": (
        f'schema = 1\n[replicate_until]\nmeasure = "innovation_rate"\nhalf_width = 0.1\nminimum = 9\nmaximum = 5\n'
        f"{GRID}{SEVERITY}",
        ["minimum", "at most maximum, 5"],
    ),
    "a rule on what is not measured": (
        f'schema = 1\nmeasures = ["trust_gap"]\n[replicate_until]\nmeasure = "cases"\nhalf_width = 0.1\nmaximum = 9\n'
        f"{GRID}{SEVERITY}",
        ["add cases to measures"],
    ),
    "an empty title": (f"schema = 1\n[title]\n{GRID}{SEVERITY}", ["title.en", "is missing"]),
    "a list with factors": (
        f'schema = 1\n[design]\nkind = "list"\nfile = "x.csv"\n{SEVERITY}',
        ["first line of the CSV file names the factors"],
    ),
    "a list without its file": ('schema = 1\n[design]\nkind = "list"\nfile = "x.csv"\n', ["there is no file"]),
    "left out of nothing": (f'schema = 1\nleave_out = ["work.diffusion"]\n{GRID}{SEVERITY}', ["all_parameters = true"]),
    "a switch in a sample": (
        'schema = 1\n[design]\nkind = "sobol"\npoints = 8\n[[factor]]\npath = "behaviour.routine_open"\nhigh = 1\n',
        ["whole numbers only", "grid or list"],
    ),
    "a design too large": (
        "schema = 1\n" + GRID.replace("3", "9999") + SEVERITY + '[[factor]]\npath = "exemption.probability"\n',
        ["99,980,001 points", "at most 5,000,000"],
    ),
    "no TOML": ("schema = = 1", ["line 1", "not valid TOML"]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_that_a_mistake_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    text, words = MISTAKES[name]
    message = message_of(tmp_path, text)
    assert "mine.toml" in message or "scenario" in message
    for word in words:
        assert word in message, message


def test_that_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ExperimentError, match=r"did you mean severity_exemption_map\?"):
        find_experiment("severity_exemption")
    with pytest.raises(ExperimentError, match="no such file"):
        find_experiment("nowhere/mine.toml")


def test_that_measures_can_be_all(tmp_path: Path) -> None:
    assert read_experiment(written(tmp_path, f'schema = 1\nmeasures = "all"\n{GRID}{SEVERITY}')).measures == MEASURES

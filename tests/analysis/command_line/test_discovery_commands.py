"""The command discover: what it says, what it stores, what it refuses."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from analysis.design.specification import DesignPlan, Factor
from analysis.execution.sweep import sweep
from model.scenario import find_scenario, with_settings
from tests.command_lines import Line
from tests.made_experiments import made_experiment, silent


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("discover") / "made"
    made = made_experiment(design=DesignPlan("sobol", points=256), replications=2, runs_per_block=64)
    sweep(made, folder, watch=silent())
    return folder


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sweep in which complexity decides on success."""
    folder = tmp_path_factory.mktemp("telling") / "made"
    factors = (Factor("work.complexity", 0.1, 0.9), Factor("exemption.probability", 0.0, 1.0))
    design = DesignPlan("sobol", points=256)
    base = with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=60, months=8)
    made = made_experiment(base=base, factors=factors, design=design, measures=("success_rate",), runs_per_block=64)
    sweep(made, folder, watch=silent())
    return folder


def condition_at_median(folder: Path) -> str:
    middle = pd.read_parquet(folder / "table.parquet")["innovation_rate"].median()
    return f"innovation_rate < {middle:.4f}"


def test_that_it_says_what_is_found_and_stores_the_tables(line: Line, swept: Path) -> None:
    told = ("--when", condition_at_median(swept), "--resamples", "5", "--no-charts")
    ending = line("discover", str(swept), *told)
    assert ending.code == 0, ending.err
    assert "innovation rate is below" in ending.out.lower()
    beside = swept.with_name("made-box")
    assert {path.name for path in beside.iterdir()} == {"boxes.csv", "limits.csv", "peeling.csv", "summary.json"}


def test_that_two_questions_may_have_a_folder_each_and_each_report_the_command_that_asks_it_again(
    line: Line, telling: Path, tmp_path: Path
) -> None:
    pytest.importorskip("sklearn")
    first = ("--when", "success_rate < 0.5", "--resamples", "5")
    second = ("--when", "success_rate > -1 and success_rate < 0.5", "--method", "cart", "--density", "0.7")
    for asked, place in ((first, "one"), (second, "other")):
        ending = line("discover", str(telling), *asked, "--out", str(tmp_path / place))
        assert ending.code == 0, ending.err
        again = re.findall(r"discover made [^<\n]*", svg_of(tmp_path / place))[0]
        assert shlex.split(unescape(again))[2:] == list(asked)
    assert (tmp_path / "one" / "boxes.csv").is_file()


def svg_of(folder: Path) -> str:
    return next(iter((folder / "figures").glob("*.svg"))).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_a_report_shows_the_peeling_and_the_limits(line: Line, telling: Path, language: str) -> None:
    told = ("--when", "success_rate < 0.5", "--resamples", "5", "--language", language)
    ending = line("discover", str(telling), *told)
    assert ending.code == 0, ending.err
    beside = telling.with_name("made-box")
    page = (beside / f"report.{language}.html").read_text(encoding="utf-8")
    assert page.count("data:image/svg+xml;base64,") == 2
    assert "<script" not in page
    limits = pd.read_csv(beside / "limits.csv")
    assert "work.complexity" in set(limits["path"])
    assert all(f'<td class="number">{at:.3g}</td>' in page for at in limits["at"])
    figures = {path.name for path in (beside / "figures").iterdir() if f".{language}." in path.name}
    assert figures == {f"{name}.{language}.{kind}" for name in ("limits", "peeling") for kind in ("png", "svg")}


def test_that_it_says_the_same_twice(line: Line, swept: Path) -> None:
    said = {
        line("discover", str(swept), "--when", condition_at_median(swept), "--resamples", "5").out for _ in range(2)
    }
    assert len(said) == 1


def test_that_differences_are_from_the_same_luck(line: Line, swept: Path) -> None:
    ending = line("discover", str(swept), "--when", "innovation_rate > 0.01", "--of", "difference", "--resamples", "2")
    assert ending.code == 0, ending.err
    assert "+1 points" in ending.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--when", "innovation_rate < 2"), "holds at all 256 points"),
        (("--when", "innovation_rate > 2"), "holds at none of the 256 points"),
        (("--when", "fear_gap < 0.1"), "does not hold the measure fear_gap"),
        (("--when", "inovation_rate < 0.1"), "did you mean innovation_rate"),
        (("--when", "innovation_rate is small"), "write measure, < or >, number"),
        (("--when", "innovation_rate < 0.1.2"), "write measure, < or >, number"),
        (("--when", ""), "write measure, < or >, number"),
        (("--when", "inaction_rate < 1 and inaction_rate > 0 and innovation_rate < 1"), "has 3 parts"),
        (("--when", "innovation_rate < 0.1", "--density", "0"), "give a share above 0"),
        (("--when", "innovation_rate < 0.1", "--against", "crackdown"), "write reference"),
        ((), "--when is missing"),
        (("--package", "1"), "is no search"),
    ],
)
def test_that_a_mistake_ends_in_one_message(line: Line, swept: Path, arguments: tuple[str, ...], sentence: str) -> None:
    ending = line("discover", str(swept), *arguments)
    assert ending.code == 2
    assert sentence in ending.err
    assert ending.err.count("error:") == 1
    assert "Traceback" not in ending.err


def test_that_designs_with_empty_space_too_few_points_and_gaps_are_refused(line: Line, tmp_path: Path) -> None:
    sweep(made_experiment(), tmp_path / "listed", watch=silent())
    assert "need not be spread" in line("discover", str(tmp_path / "listed"), "--when", "innovation_rate < 0.2").err
    few = made_experiment(design=DesignPlan("sobol", points=32), replications=2)
    sweep(few, tmp_path / "few", watch=silent())
    assert "has 32 points" in line("discover", str(tmp_path / "few"), "--when", "innovation_rate < 0.2").err
    sweep(few, tmp_path / "part", shard=(1, 2), watch=silent())
    assert "have no numbers" in line("discover", str(tmp_path / "part"), "--when", "innovation_rate < 0.2").err

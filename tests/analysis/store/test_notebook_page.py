"""An experiment shows itself in a notebook, finished or not."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from analysis.execution.sweep import sweep
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.notebook_page import page_of
from tests.made_experiments import EXEMPTION, SEVERITY, made_experiment, silent

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return sweep(made_experiment(), tmp_path_factory.mktemp("made") / "made", watch=silent())


def test_that_a_finished_experiment_shows_what_it_is_its_measures_and_a_chart_a_factor(experiment: Experiment) -> None:
    page = ElementTree.fromstring(f"<div>{experiment._repr_html_().replace('<br>', '<br/>')}</div>")
    said = " ".join(page.itertext())
    assert "Made for a test / 测试用" in said
    assert "12 points in 2 factors, 3 replications" in said
    cells = [cell.text for cell in page.iter("td")]
    assert {SEVERITY, EXEMPTION, *experiment.specification.measures} <= set(cells)
    means = experiment.table().groupby("point")["innovation_rate"].mean()
    assert f"{means.mean():.4g}" in cells
    assert len(list(page.iter(f"{SVG}svg"))) == 2
    assert all(len(list(chart.iter(f"{SVG}circle"))) == len(means) for chart in page.iter(f"{SVG}svg"))


def test_that_an_experiment_without_any_run_shows_its_plan(experiment: Experiment) -> None:
    page = page_of("nothing yet", experiment.specification, experiment.table().iloc[:0])
    assert "<svg" not in page
    assert SEVERITY in page


def test_that_it_says_in_a_line_what_it_is(experiment: Experiment) -> None:
    told = repr(open_experiment(experiment.folder))
    assert told.startswith("<Experiment: made, 12 points")
    assert "runs done" in told

"""How much of a lever is best at every weight: computed from the runs, told by map, drawn and told in the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.design.factors import evenly
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.execution.sweep import sweep
from analysis.publication.report import report
from analysis.sensitivity.best_lever import BEST_COLUMNS, MEASURE, best_lever, is_of_judgement
from analysis.statistics.effects import values_of
from analysis.store.experiment import Experiment
from analysis.words import words_in
from model.catalogue import Language
from model.measures import headline_measures
from tests.made_experiments import made_experiment, silent

LEVER, WEIGHT = "accountability.certainty", "value.negligence"
CERTAINTIES, WEIGHTS = evenly(0.0, 0.2, 3), evenly(-6.0, 0.0, 4)


def judged(**changes: object) -> Specification:
    factors = (Factor(LEVER, 0.0, 0.2, CERTAINTIES), Factor(WEIGHT, -6.0, 0.0, WEIGHTS))
    measures = (*headline_measures(), "failures_negligence")
    return made_experiment(factors=factors, design=DesignPlan("grid"), measures=measures, **changes)


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return sweep(judged(replications=6), tmp_path_factory.mktemp("judged") / "made", workers=1, watch=silent())


def test_that_only_a_grid_of_a_lever_and_a_weight_that_holds_public_value_is_one_of_judgement() -> None:
    assert is_of_judgement(judged())
    assert not is_of_judgement(replace(judged(), measures=("innovation_rate",)))
    assert not is_of_judgement(made_experiment())
    both = tuple(Factor(path, -1.0, 1.0, evenly(-1.0, 1.0, 2)) for path in (WEIGHT, "value.inaction"))
    assert not is_of_judgement(replace(judged(), factors=both))


def test_that_the_best_level_is_that_with_the_highest_mean(experiment: Experiment) -> None:
    found = best_lever(experiment)
    values = values_of(experiment, (MEASURE,))[:, :, 0].reshape(len(CERTAINTIES), len(WEIGHTS), 6)
    assert tuple(found.table.columns) == BEST_COLUMNS
    assert found.table["weight"].tolist() == list(WEIGHTS)
    best = values.mean(axis=2).argmax(axis=0)
    assert found.table["best"].tolist() == [CERTAINTIES[place] for place in best]
    np.testing.assert_allclose(found.gain, values.mean(axis=2) - values.mean(axis=2)[0])
    assert (found.table["low"] <= found.table["best"]).all()
    assert (found.table["best"] <= found.table["high"]).all()


def test_that_a_weight_changes_no_behaviour(experiment: Experiment) -> None:
    rows = experiment.table().groupby(LEVER)
    assert (rows["innovation_rate"].nunique() <= 6).all()


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "zh"])
def test_that_the_report_leads_with_the_best_level(experiment: Experiment, language: Language, tmp_path: Path) -> None:
    made = report(experiment.folder, tmp_path / "report", language=language)
    page = made.page.read_text(encoding="utf-8")
    words = words_in(language)
    assert words.text("report.best") in page
    assert words.text("report.best_table") in page
    assert words.text("report.maps") not in page
    assert (tmp_path / "report" / "figures" / f"best.{language}.png").exists()


def test_that_a_point_without_any_run_is_missing_and_the_rest_is_told(tmp_path: Path) -> None:
    sweep(judged(), tmp_path / "made", shard=(1, 2), workers=1, watch=silent())
    made = report(tmp_path / "made", allow_incomplete=True)
    assert words_in("en").text("report.best_table") in made.page.read_text(encoding="utf-8")

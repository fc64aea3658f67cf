"""A metric of one's own is a function of the months of a run that an experiment file names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.design.experiment_file import read_experiment
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.publication.export import export
from analysis.statistics.own_metrics import metric_effects, metrics_of
from analysis.store.experiment import Experiment
from tests.made_experiments import silent

METRICS = """
def least(months):
    return months["innovation_rate"].min()

def broken(months):
    return months["nothing"]
"""
PLAN = """schema = 1
replications = 3
measures = ["innovation_rate"]
[size]
officials = 20
jurisdictions = 2
months = 6
[metrics]
least = "mine.py:least"
[design]
kind = "grid"
[[factor]]
path = "accountability.severity"
values = [0.1, 0.6]
"""


def experiment_in(folder: Path, plan: str = PLAN) -> Experiment:
    (folder / "mine.py").write_text(METRICS, encoding="utf-8")
    (folder / "mine.toml").write_text(plan, encoding="utf-8")
    return sweep(read_experiment(folder / "mine.toml"), folder / "made", watch=silent())


def test_that_metrics_are_worked_out_of_the_months_of_every_run(tmp_path: Path) -> None:
    experiment = experiment_in(tmp_path)
    found = metrics_of(experiment)
    series = experiment.series()
    assert list(found.columns) == ["id", "point", "replication", "accountability.severity", "least"]
    expected = series.groupby("id")["innovation_rate"].min()
    np.testing.assert_array_equal(found.set_index("id")["least"], expected)
    effects = metric_effects(experiment)
    assert list(effects["measure"]) == ["least", "least"]
    by_point = found.pivot_table(index="replication", columns="point", values="least")
    np.testing.assert_allclose(effects["difference"], [(by_point[p] - by_point[2]).mean() for p in (0, 1)])
    assert export(experiment.folder, tmp_path / "m.csv", "metric_effects", "holm").rows == 2
    other = metrics_of(experiment, {"last": lambda months: months["innovation_rate"].iloc[-1]})
    assert list(other.columns[-1:]) == ["last"]


def test_that_what_is_wrong_with_a_metric_is_told(tmp_path: Path) -> None:
    experiment = experiment_in(tmp_path, PLAN.replace(":least", ":broken"))
    with pytest.raises(ExperimentError, match="metric least, run 0: KeyError"):
        metrics_of(experiment)
    for wrong, words in (
        (PLAN.replace("mine.py:least", "gone.py:least"), "there is no file"),
        (PLAN.replace("mine.py:least", "mine.py"), "a file and a function"),
        (PLAN.replace("least =", "innovation_rate ="), "no measure's name"),
        (PLAN.replace("[size]", "monthly_series = false\n[size]"), "has to be true with"),
    ):
        (tmp_path / "wrong.toml").write_text(wrong, encoding="utf-8")
        with pytest.raises(ExperimentError, match=words):
            read_experiment(tmp_path / "wrong.toml")

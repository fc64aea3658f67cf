"""Draws as priors, such as those of an estimate from cases: rows stay whole, and invented ones are told wherever."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.design.experiment_file import read_experiment
from analysis.errors import ExperimentError
from analysis.inference.calibration import Manner, calibrate, opened
from analysis.inference.calibration_report import write_report
from analysis.inference.table import table_plan
from analysis.inference.targets_file import read_targets
from tests.analysis.inference.made_targets import SIGN, SUCCESS, file_of
from tests.made_experiments import silent

TAKEN = Manner(is_accepted=True, workers=2, watch=silent())


def invented_draws(folder: Path, n: int = 200) -> Path:
    """Return the path of draws from invented data: two parameters that go together, in the middle of their ranges."""
    one = np.random.default_rng(1).uniform(0.2, 0.4, n)
    draws = pd.DataFrame({"work.complexity": one, "behaviour.temperature": 0.6 - one})
    draws.to_csv(folder / "cases.csv", index=False)
    (folder / "summary.json").write_text('{"provenance": {"invented": true}}', encoding="utf-8")
    return folder / "cases.csv"


DRAWN = """
[[parameter]]
path = "work.complexity"
draws = "cases.csv"

[[parameter]]
path = "behaviour.temperature"
draws = "cases.csv"

[[parameter]]
path = "work.innovation_effort"
"""


def test_that_draws_are_a_prior_whose_rows_stay_whole(tmp_path: Path) -> None:
    rows = pd.read_csv(invented_draws(tmp_path)).to_numpy()
    targets = read_targets(file_of(tmp_path, DRAWN, SUCCESS))
    points = table_plan(targets, targets.calibrating, "made").points
    assert {tuple(point) for point in points[:, :2]} <= {tuple(row) for row in rows}
    np.testing.assert_allclose(points[:, 0] + points[:, 1], 0.6)
    counts = pd.Series(points[:, 0]).value_counts()
    assert len(counts) == len(rows)
    assert counts.max() - counts.min() <= 1, "every draw is taken as often"
    assert np.ptp(points[:, 2]) > 0.55, "what is not drawn is spread over its range"
    assert targets.ranges.variances[:2] == pytest.approx(rows.var(axis=0))
    assert targets.ranges.low[0] < rows[:, 0].min() < rows[:, 0].max() < targets.ranges.high[0]


def test_that_what_invented_draws_tell_is_said_to_be_invented_wherever_it_goes(tmp_path: Path) -> None:
    invented_draws(tmp_path)
    path, folder = (
        file_of(tmp_path, DRAWN, SUCCESS, SIGN.replace('probe = "harsh"\n', "").replace('"difference"', '"mean"')),
        tmp_path / "made",
    )
    made = calibrate(path, folder, TAKEN)
    rows = made.inference.marginals.set_index("name")
    assert rows.loc["work.complexity", "contraction"] > 0.1
    assert abs(made.inference.pairs.set_index(["first", "second"])["correlation"].iloc[0]) > 0.9
    again = opened(folder)
    assert again.inference.marginals.equals(made.inference.marginals)
    assert again.targets.is_invented
    specification = read_experiment(made.findings / "experiment.toml")
    assert specification.base.is_invented
    assert json.loads((made.findings / "summary.json").read_text(encoding="utf-8"))["invented"] is True
    page = write_report(made, "en", tmp_path / "report").read_text(encoding="utf-8")
    assert "<h1>Invented data: made</h1>" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("work.complexity\n" + "0.2\n0.3\n" * 10, 'there is no column "behaviour.temperature"'),
        ("work.complexity,behaviour.temperature\n0.2,0.3\n0.3,0.2\n", "has 2 draws, and 20 are needed"),
        ("work.complexity,behaviour.temperature\n" + "0.2,0.3\n" * 30, "nothing is open"),
        ("work.complexity,behaviour.temperature\n" + "0.2,0.3\n0.3,x\n" * 20, "line 3, behaviour.temperature: found x"),
        ("work.complexity,behaviour.temperature\n" + "0.2,0.3\n7,0.2\n" * 20, "line 3, work.complexity: found 7"),
        (None, "cases.csv: is no CSV file of draws that can be read"),
    ],
)
def test_that_draws_that_do_not_hold_end_in_one_message(tmp_path: Path, text: str | None, told: str) -> None:
    if text is not None:
        (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentError, match=re.escape(told)):
        read_targets(file_of(tmp_path, DRAWN, SUCCESS))


def test_that_draws_beside_a_range_are_refused(tmp_path: Path) -> None:
    invented_draws(tmp_path)
    text = DRAWN.replace('draws = "cases.csv"\n', 'draws = "cases.csv"\nlow = 0.1\n', 1)
    with pytest.raises(ExperimentError, match="stands beside low or high"):
        read_targets(file_of(tmp_path, text, SUCCESS))

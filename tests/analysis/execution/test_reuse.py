"""Replications added to a finished sweep: only what is new is simulated, and the numbers are those of doing it all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import ExperimentError
from analysis.execution import runner
from analysis.execution.sweep import sweep
from analysis.store.experiment import Experiment
from tests.made_experiments import made_experiment, silent


def done(folder: Path, replications: int, reuse: Path | None = None, **other: object) -> Experiment:
    made = replace(made_experiment(points=3), replications=replications, runs_per_block=4, **other)  # type: ignore[arg-type]
    return sweep(made, folder, workers=1, reuse=reuse, watch=silent())


@pytest.mark.parametrize("monthly_series", [False, True])
def test_that_added_replications_give_the_table_of_a_whole_sweep(
    monthly_series: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = done(tmp_path / "few", 3, monthly_series=monthly_series)
    whole = done(tmp_path / "whole", 5, monthly_series=monthly_series)
    simulated: list[int] = []
    plain = runner.whole_run
    monkeypatch.setattr(runner, "whole_run", lambda *given: (simulated.append(1), plain(*given))[1])
    more = done(tmp_path / "more", 5, few.folder, monthly_series=monthly_series)
    assert len(simulated) == (5 - 3) * (3 + 1)
    for name in ("table", "reference", "series"):
        pd.testing.assert_frame_equal(getattr(more, name)(), getattr(whole, name)(), check_exact=True)
    assert more.is_complete


def test_that_runs_of_another_experiment_are_not_taken(tmp_path: Path) -> None:
    few = done(tmp_path / "few", 2)
    with pytest.raises(ExperimentError, match="other seed"):
        done(tmp_path / "more", 3, few.folder, seed=7)
    with pytest.raises(ExperimentError, match="without common_random_numbers"):
        done(tmp_path / "more", 3, few.folder, common_random_numbers=False)
    with pytest.raises(ExperimentError, match="holds no experiment"):
        done(tmp_path / "more", 3, tmp_path / "nowhere")
    assert not (tmp_path / "more").exists()

"""That the ways of driving the model that are measured side by side give the same numbers."""

from __future__ import annotations

from pathlib import Path

import mesa
import pytest

from analysis.execution.sweep import sweep
from benchmarks.overhead import CompiledRun, kernel_run, map_of, settings_of
from model.measures import MEASURES
from model.simulate import window_means
from tests.made_experiments import EXEMPTION, SEVERITY, silent


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has none")
def test_that_the_bare_kernel_and_mesas_batch_run_give_the_rows_of_the_sweep(tmp_path: Path) -> None:
    specification = map_of(steps=2, replications=2)
    rows = sweep(specification, tmp_path / "map", workers=1, watch=silent()).table()
    settings = settings_of(specification)
    place = MEASURES.index("innovation_rate")
    bare = [window_means(kernel_run(settings[row.point], 1, row.replication))[place] for row in rows.itertuples()]
    assert bare == rows["innovation_rate"].tolist()
    values = {"severity": [0.0, 0.6], "exemption": [0.0, 1.0], "run": [0, 1]}
    found = mesa.batch_run(CompiledRun, values, number_processes=1, display_progress=False)
    by_mesa = {(one["severity"], one["exemption"], one["run"]): one["innovation_rate"] for one in found}
    keys = zip(rows[SEVERITY], rows[EXEMPTION], rows["replication"], strict=True)
    assert [by_mesa[key] for key in keys] == rows["innovation_rate"].tolist()


def test_that_the_map_of_the_benchmark_is_the_one_of_the_goal() -> None:
    specification = map_of(steps=41, replications=20)
    assert len(settings_of(map_of(steps=3, replications=1))) == 10
    assert (specification.base.officials, specification.base.months) == (200, 60)

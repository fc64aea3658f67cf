"""That a sweep gives the same bytes however it is done, and is as it says it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.design.factors import scenario_at
from analysis.design.specification import ReplicateUntil
from analysis.errors import ExperimentError
from analysis.execution import runner
from analysis.execution.sweep import SweepWatch, estimate, merge, rerun, status, sweep
from analysis.store.experiment import KEY_COLUMNS, open_experiment
from model.measures import MEASURES
from model.scenario import find_scenario, with_settings
from model.simulate import simulate, window_means
from tests.made_experiments import EXEMPTION, SEVERITY, bytes_of, made_experiment, silent, with_values


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the made experiment, swept by one thread without any interruption."""
    folder = tmp_path_factory.mktemp("reference") / "made"
    sweep(made_experiment(), folder, workers=1)
    return folder


def test_that_the_rows_are_what_simulate_gives(reference: Path) -> None:
    made = made_experiment()
    table = open_experiment(reference).table()
    assert list(table.columns) == [*KEY_COLUMNS, *made.factor_paths, *made.measures]
    assert table["id"].tolist() == list(range(12 * 3))
    for point in (0, 5, 11):
        scenario = scenario_at(made.base, made.factor_paths, made.design.listed[point])
        means = window_means(simulate(scenario, 3, seed=1).values, 4)
        rows = table[table["point"] == point]
        assert rows[[SEVERITY, EXEMPTION]].to_numpy().tolist() == [list(made.design.listed[point])] * 3
        for measure in made.measures:
            assert np.array_equal(rows[measure].to_numpy(), means[:, MEASURES.index(measure)], equal_nan=True)


def test_that_the_base_scenario_is_run_too(reference: Path) -> None:
    made = made_experiment()
    rows = open_experiment(reference).reference()
    means = window_means(simulate(made.base, 3, seed=1).values, 4)
    assert rows["innovation_rate"].tolist() == means[:, MEASURES.index("innovation_rate")].tolist()
    assert rows["run"].tolist() == [0, 1, 2]
    assert rows[SEVERITY].tolist() == [made.base.parameters.accountability.severity] * 3


@pytest.mark.parametrize("workers", [2, 4])
def test_that_the_number_of_workers_changes_no_byte(workers: int, reference: Path, tmp_path: Path) -> None:
    sweep(made_experiment(), tmp_path / "made", workers=workers)
    assert bytes_of(tmp_path / "made") == bytes_of(reference)


def test_that_the_size_of_blocks_changes_no_byte_of_the_table(reference: Path, tmp_path: Path) -> None:
    sweep(made_experiment(runs_per_block=7), tmp_path / "made", workers=2)
    assert bytes_of(tmp_path / "made") == bytes_of(reference)


@pytest.mark.parametrize("place", ["runner._OFFICIAL_MONTHS_OF_A_LONG_RUN", "tasks._OFFICIALS_OF_A_LARGE_RUN"])
def test_that_doing_runs_month_by_month_or_by_all_threads_changes_no_byte(
    place: str, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"analysis.execution.{place}", 1)
    sweep(made_experiment(), tmp_path / "made", workers=2)
    assert bytes_of(tmp_path / "made") == bytes_of(reference)


def test_that_shards_in_one_folder_change_no_byte(reference: Path, tmp_path: Path) -> None:
    for i in (2, 3, 1):
        experiment = sweep(made_experiment(), tmp_path / "made", shard=(i, 3))
        assert experiment.is_finished == (i == 1)
    assert bytes_of(tmp_path / "made") == bytes_of(reference)


def test_that_shards_in_folders_of_their_own_can_be_merged(reference: Path, tmp_path: Path) -> None:
    for i in (1, 2):
        sweep(made_experiment(), tmp_path / f"machine_{i}", shard=(i, 2))
    merged = merge(tmp_path / "whole", tmp_path / "machine_1", watch=silent())
    assert not merged.is_finished
    assert {gap.reason for gap in merged.gaps()} == {"not run"}
    merged = merge(tmp_path / "whole", tmp_path / "machine_2", watch=silent())
    assert merged.is_complete
    assert bytes_of(tmp_path / "whole") == bytes_of(reference)


def test_that_shards_of_another_experiment_are_not_merged(reference: Path, tmp_path: Path) -> None:
    sweep(made_experiment(seed=2), tmp_path / "other")
    with pytest.raises(ExperimentError, match="holds another experiment"):
        merge(reference, tmp_path / "other", watch=silent())


def test_that_finished_rows_can_be_read_while_it_runs(tmp_path: Path) -> None:
    seen: list[tuple[int, bool]] = []

    def look(_runs: int) -> None:
        experiment = open_experiment(tmp_path / "made")
        seen.append((len(experiment.table()), experiment.is_finished))

    sweep(made_experiment(), tmp_path / "made", workers=1, watch=SweepWatch(look))
    assert [rows for rows, _ in seen[:4]] == [5, 10, 15, 20]
    assert not any(is_finished for _, is_finished in seen[:-1])


def test_that_an_interrupted_sweep_goes_on_and_changes_no_byte(reference: Path, tmp_path: Path) -> None:
    calls = []

    def interrupt(runs: int) -> None:
        calls.append(runs)
        if len(calls) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(made_experiment(), tmp_path / "made", workers=2, watch=SweepWatch(interrupt))
    experiment = open_experiment(tmp_path / "made")
    assert experiment.counts().blocks == 3
    assert not experiment.is_finished
    again: list[int] = []
    sweep(made_experiment(), tmp_path / "made", workers=2, watch=SweepWatch(again.append))
    assert len(again) == 8 - 3
    assert bytes_of(tmp_path / "made") == bytes_of(reference)


def test_that_a_finished_sweep_does_nothing_again(reference: Path) -> None:
    before = bytes_of(reference)
    times = {path: path.stat().st_mtime_ns for path in reference.rglob("*.parquet")}
    done: list[int] = []
    sweep(made_experiment(), reference, watch=SweepWatch(done.append))
    assert not done
    assert bytes_of(reference) == before
    assert times == {path: path.stat().st_mtime_ns for path in reference.rglob("*.parquet")}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seed": 2}, "another seed"),
        ({"replications": 4}, "another replications"),
        ({"window_months": 5}, "another window_months"),
        ({"base": find_scenario("crackdown")}, "another"),
    ],
)
def test_that_another_experiment_is_refused_in_the_same_folder(
    changes: dict[str, Any], words: str, reference: Path
) -> None:
    with pytest.raises(ExperimentError, match=words):
        sweep(made_experiment(**changes), reference)
    assert open_experiment(reference).is_complete


def test_that_another_state_of_the_model_is_refused(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("store.manifest", "execution.resume", "store.provenance"):
        monkeypatch.setattr(f"analysis.{module}.model_hash", lambda: "0" * 64)
    with pytest.raises(ExperimentError, match="another state of the code"):
        sweep(made_experiment(), reference)


def test_that_common_random_numbers_give_every_point_the_same_luck(tmp_path: Path) -> None:
    same = with_values(SEVERITY, (0.2, 0.2, 0.2))
    table = sweep(same, tmp_path / "common").table()
    assert table.groupby("replication")["innovation_rate"].nunique().eq(1).all()
    own = sweep(replace(same, common_random_numbers=False), tmp_path / "own").table()
    assert own["run"].tolist() == own["id"].tolist()
    assert own["innovation_rate"].nunique() > table["innovation_rate"].nunique()


def test_that_monthly_series_are_kept_if_asked_for(tmp_path: Path) -> None:
    made = made_experiment(points=4, monthly_series=True)
    experiment = sweep(made, tmp_path / "made", workers=2)
    series = experiment.series()
    assert len(series) == 5 * 3 * 8
    means = series[series["month"] >= 4].groupby("id")["innovation_rate"].mean().to_numpy()
    rows = pd.concat([experiment.table(), experiment.reference()])["innovation_rate"].to_numpy()
    assert np.allclose(means, rows, rtol=1e-14)
    sweep(made, tmp_path / "again", workers=1)
    names = ("series.parquet",)
    assert bytes_of(tmp_path / "made", names) == bytes_of(tmp_path / "again", names)


def test_that_the_window_may_end_before_the_run(tmp_path: Path) -> None:
    made = made_experiment(points=2, window_months=2, window_until=5)
    table = sweep(made, tmp_path / "made").table()
    scenario = scenario_at(made.base, made.factor_paths, made.design.listed[1])
    values = simulate(scenario, 3, seed=1).values[:, 3:5, MEASURES.index("inaction_rate")]
    assert np.allclose(table[table["point"] == 1]["inaction_rate"], values.mean(axis=1), rtol=1e-14)


def test_that_sizes_and_switches_can_be_factors(tmp_path: Path) -> None:
    table = sweep(with_values("size.officials", (10.0, 40.0)), tmp_path / "sizes").table()
    assert set(table["status"]) == {"ok"}
    table = sweep(with_values("behaviour.self_dealing_open", (0.0, 1.0)), tmp_path / "switches").table()
    assert set(table["status"]) == {"ok"}


def test_that_replications_go_on_until_the_rule_is_met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "more_replications", lambda values, _rule: 2 if len(values) < 6 else 0)
    rule = ReplicateUntil("innovation_rate", 0.01, 2, 9, 2)
    made = made_experiment(points=7, replicate_until=rule, replications=9)
    experiment = sweep(made, tmp_path / "made", workers=2)
    assert experiment.table().groupby("point").size().tolist() == [6] * 7
    assert len(experiment.reference()) == 9
    assert experiment.is_complete
    sweep(replace(made, runs_per_block=100), tmp_path / "other", workers=1)
    assert bytes_of(tmp_path / "made") == bytes_of(tmp_path / "other")


def test_that_a_noisy_point_gets_more_replications_than_a_quiet_one(tmp_path: Path) -> None:
    rule = ReplicateUntil("innovation_rate", 0.02, 4, 60, 4)
    made = with_values("size.officials", (2000.0, 40.0), replicate_until=rule, replications=60)
    table = sweep(made, tmp_path / "made", workers=2).table()
    sizes = table.groupby("point").size()
    assert sizes[0] < sizes[1] <= 60
    assert open_experiment(tmp_path / "made").is_complete


def test_that_a_run_can_be_done_again_from_its_row(reference: Path) -> None:
    for run in (0, 17, 38):
        again = rerun(reference, run)
        assert again.is_same
        assert again.result.values.shape == (1, 8, len(MEASURES))
    with pytest.raises(ExperimentError, match="there is no run 39"):
        rerun(reference, 39)


@pytest.mark.parametrize("measures", [("innovation_rate",), MEASURES])
def test_that_a_long_window_gives_the_same_bits_alone_and_among_others(
    measures: tuple[str, ...], tmp_path: Path
) -> None:
    base = with_settings(made_experiment().base, {}, months=90)
    made = made_experiment(points=3, base=base, window_months=75, measures=measures, replications=20)
    table = sweep(made, tmp_path / "made").table()
    scenario = scenario_at(base, made.factor_paths, made.design.listed[2])
    means = window_means(simulate(scenario, 20, seed=1).values, 75)
    rows = table[table["point"] == 2][list(measures)].to_numpy()
    assert np.array_equal(rows, means[:, [MEASURES.index(measure) for measure in measures]], equal_nan=True)
    assert rerun(tmp_path / "made", 41).is_same


def test_that_a_failed_run_done_again_tells_its_reason(tmp_path: Path) -> None:
    sweep(with_values("career.retirement_age", (45.0, 60.0)), tmp_path / "made")
    with pytest.raises(ExperimentError, match="ceiling_age"):
        rerun(tmp_path / "made", 0)


def test_that_the_estimate_says_what_is_left_and_writes_nothing(tmp_path: Path) -> None:
    made = made_experiment()
    plan = estimate(made, tmp_path / "made", workers=1)
    assert plan.runs == 39
    assert plan.seconds > 0
    assert plan.bytes > 0
    assert not (tmp_path / "made").exists()
    sweep(made, tmp_path / "made", shard=(1, 2))
    assert estimate(made, tmp_path / "made", workers=1).runs == 39 - 20
    assert estimate(made, tmp_path / "made", workers=1, shard=(1, 2)).runs == 0
    with pytest.raises(ExperimentError, match="another seed"):
        estimate(replace(made, seed=2), tmp_path / "made", workers=1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"workers": 0}, "0 workers are not allowed"),
        ({"shard": (0, 4)}, "shard 0/4 is not allowed"),
        ({"shard": (5, 4)}, "shard 5/4 is not allowed"),
    ],
)
def test_that_impossible_arguments_are_refused(arguments: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=words):
        sweep(made_experiment(), tmp_path / "made", **arguments)
    assert not (tmp_path / "made").exists()


def test_that_the_status_of_a_finished_experiment_has_nothing_to_complain(reference: Path) -> None:
    told = status(reference)
    assert told.counts.rows == 39
    assert not told.gaps
    assert not told.damages
    assert not told.writing


def test_that_a_place_with_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExperimentError, match="is a file"):
        sweep(made_experiment(), tmp_path / "file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.docx").write_text("mine")
    with pytest.raises(ExperimentError, match=r"holds thesis.docx, which is no part of an experiment"):
        sweep(made_experiment(), tmp_path / "folder")
    with pytest.raises(ExperimentError, match="cannot be written"):
        sweep(made_experiment(), tmp_path / "file" / "below")
    with pytest.raises(ExperimentError, match="cannot be written"):
        sweep(made_experiment(), "/proc/nowhere")

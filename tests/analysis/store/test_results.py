"""Results on disk come back as they were, say where they come from, and are replaced whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet

from analysis.errors import ExperimentError
from analysis.execution import comparison
from analysis.execution.comparison import write_result
from analysis.statistics.paired_effects import paired_effects
from analysis.store import atomic_folder, results
from analysis.store.atomic_folder import check_replaceable, new_draft
from analysis.store.provenance import stretches
from analysis.store.results import Origin, read_result
from model.code_hash import model_hash
from model.measures import MEASURES
from model.scenario import find_scenario, read_scenario, scenario_toml, with_settings
from model.simulate import Result, simulate


def small(name: str = "baseline", replications: int = 2, by_jurisdiction: bool = False, seed: int = 1) -> Result:
    scenario = with_settings(find_scenario(name), {}, 60, 4)
    return simulate(scenario, replications, seed, by_jurisdiction=by_jurisdiction)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_that_tables_come_back_as_they_were_with_missing_values_and_types(tmp_path: Path) -> None:
    idle = with_settings(find_scenario("baseline"), {"accountability.certainty": 0.0}, 60, 4)
    result = simulate(idle, 3, by_jurisdiction=True)
    assert result.months["actual_exemption"].isna().any()
    stored = read_result(write_result(result, tmp_path / "r"))
    expected = result.months.assign(scenario=pd.Categorical(result.months["scenario"]))
    pd.testing.assert_frame_equal(stored.months, expected)
    pd.testing.assert_frame_equal(stored.runs, result.runs)
    assert stored.effects is None
    assert set(stored.months[list(MEASURES)].dtypes) == {pd.api.types.pandas_dtype("float64")}


def test_that_several_scenarios_share_tables_with_the_effects_from_the_first(tmp_path: Path) -> None:
    results = [small(), small("four_provinces", by_jurisdiction=True)]
    stored = read_result(write_result(results, tmp_path / "r"))
    assert list(stored.months["scenario"].cat.categories) == ["baseline", "four_provinces"]
    assert list(stored.months["jurisdiction"].cat.categories)[:2] == ["all", "Province A"]
    runs = pd.concat([result.runs for result in results], ignore_index=True)
    assert stored.effects is not None
    pd.testing.assert_frame_equal(stored.effects, paired_effects(runs, "baseline"))


def test_that_large_tables_are_written_in_parts_that_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_ROWS_OF_A_GROUP", 10)
    result = small(replications=7)
    folder = write_result(result, tmp_path / "r")
    assert parquet.ParquetFile(folder / "months.parquet").num_row_groups == 2
    pd.testing.assert_frame_equal(
        read_result(folder).months.drop(columns="scenario"), result.months.drop(columns="scenario")
    )


def test_that_the_manifest_says_where_a_result_comes_from(tmp_path: Path) -> None:
    result = small(replications=3, seed=77)
    folder = write_result(result, tmp_path / "r", Origin("simulate", duration_seconds=1.23456))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (scenario,) = manifest["scenarios"]
    assert manifest["seed"] == 77
    assert manifest["model_hash"] == model_hash()
    assert manifest["schema_version"] == 1
    assert manifest["is_complete"] is True
    assert manifest["duration_seconds"] == 1.235
    assert manifest["versions"]["pyarrow"] == pyarrow.__version__
    assert scenario["runs"] == ["0-2"]
    assert scenario["sha256"] == hashlib.sha256(scenario["toml"].encode()).hexdigest()
    (tmp_path / "again.toml").write_text(scenario["toml"], encoding="utf-8")
    assert scenario_toml(read_scenario(tmp_path / "again.toml")) == scenario["toml"]


def test_that_runs_are_told_as_stretches() -> None:
    assert stretches([]) == []
    assert stretches([0, 1, 2, 5, 7, 8]) == ["0-2", "5-5", "7-8"]


def test_that_the_same_inputs_give_the_same_bytes_but_for_the_duration(tmp_path: Path) -> None:
    first = bytes_of(
        write_result([small(), small("crackdown")], tmp_path / "a", Origin("compare", duration_seconds=1.0))
    )
    second = bytes_of(
        write_result([small(), small("crackdown")], tmp_path / "b", Origin("compare", duration_seconds=2.0))
    )
    manifests = [json.loads(files.pop("manifest.json")) for files in (first, second)]
    assert first == second
    assert [manifest.pop("duration_seconds") for manifest in manifests] == [1.0, 2.0]
    assert manifests[0] == manifests[1]


def test_that_a_result_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_result([small(), small("crackdown")], tmp_path / "r")
    write_result(small(seed=5), tmp_path / "r")
    assert {path.name for path in (tmp_path / "r").iterdir()} == {"manifest.json", "months.parquet", "runs.parquet"}
    assert read_result(tmp_path / "r").manifest["seed"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize("name", ["notes.txt", "months.csv", ".hidden"])
def test_that_a_folder_with_anything_else_in_it_is_not_overwritten(tmp_path: Path, name: str) -> None:
    folder = write_result(small(), tmp_path / "r")
    (folder / name).write_text("mine")
    before = bytes_of(folder)
    with pytest.raises(ExperimentError, match=name):
        write_result(small(seed=2), folder)
    assert bytes_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_that_a_folder_with_a_foreign_manifest_is_not_overwritten(tmp_path: Path) -> None:
    for text in ("{}", "[]", "no json", '{"creator": "somebody else"}'):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(ExperimentError, match="holds no result of this program"):
            check_replaceable(tmp_path)


def test_that_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    write_result(small(), tmp_path / "r")
    assert read_result(tmp_path / "r").manifest["seed"] == 1


def test_that_a_place_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExperimentError, match="is a file"):
        write_result(small(), tmp_path / "file")
    with pytest.raises(ExperimentError, match="cannot be written"):
        write_result(small(), tmp_path / "file" / "r")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_that_a_full_disk_leaves_the_old_result_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_result(small(), tmp_path / "r")
    before = bytes_of(folder)

    def fill_up(*_: object) -> None:
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")

    monkeypatch.setattr(comparison, "write_table", fill_up)
    with pytest.raises(ExperimentError, match=r"No space left.*intact"):
        write_result(small(seed=2), folder)
    assert bytes_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_that_writers_at_the_same_time_leave_one_whole_result(tmp_path: Path) -> None:
    results = [small(seed=seed) for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda result: write_result(result, tmp_path / "r"), results))
    stored = read_result(tmp_path / "r")
    assert set(stored.runs["seed"]) == {stored.manifest["seed"]}
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_that_a_program_killed_while_writing_leaves_the_old_result(tmp_path: Path) -> None:
    folder = write_result(small(), tmp_path / "r")
    before = bytes_of(folder)
    code = (
        "import sys, time; from pathlib import Path; from analysis.store.atomic_folder import new_draft;"
        "draft = new_draft(Path(sys.argv[1])); (draft / 'months.parquet').write_bytes(b'half');"
        "print('ready', flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=root, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.kill()
    assert bytes_of(folder) == before
    write_result(small(seed=2), folder)
    assert read_result(folder).manifest["seed"] == 2


def test_that_a_result_is_put_back_after_a_kill_between_two_renames(tmp_path: Path) -> None:
    folder = write_result(small(), tmp_path / "r")
    before = bytes_of(folder)
    os.rename(folder, tmp_path / ".r.previous-123-00aabbcc")
    draft = new_draft(folder)
    assert bytes_of(folder) == before
    atomic_folder.drop(draft)


def test_that_old_leftovers_of_killed_programs_are_removed_and_new_ones_are_not(tmp_path: Path) -> None:
    for name, age_days in (("old", 3), ("new", 0)):
        leftover = tmp_path / f".r.draft-{name}-0"
        leftover.mkdir()
        then = time.time() - age_days * 24 * 3600
        os.utime(leftover, (then, then))
    (tmp_path / ".r.x.draft-old-0").mkdir()
    write_result(small(), tmp_path / "r")
    assert {path.name for path in tmp_path.iterdir()} == {"r", ".r.draft-new-0", ".r.x.draft-old-0"}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "holds no result"),
        (lambda folder: (folder / "months.parquet").unlink(), "months.parquet: cannot be read"),
        (lambda folder: (folder / "runs.parquet").write_bytes(b"half"), "runs.parquet: is not as it was written"),
        (lambda folder: renumber(folder, 99), "schema_version is 99, allowed is 1"),
    ],
)
def test_that_a_damaged_result_is_refused_in_words(tmp_path: Path, spoil: object, words: str) -> None:
    folder = write_result(small(), tmp_path / "r")
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(ExperimentError, match=words):
        read_result(folder)


def renumber(folder: Path, version: int) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"schema_version": 1', f'"schema_version": {version}'))


def test_that_ctrl_c_while_writing_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "write_table", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write_result(small(), tmp_path / "r")
    assert list(tmp_path.iterdir()) == []

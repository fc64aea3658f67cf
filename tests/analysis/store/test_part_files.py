"""That what is damaged on the disk is found, named and done again, and never read."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import ExperimentError
from analysis.execution.sweep import SweepWatch, status, sweep
from analysis.store.experiment import open_experiment
from analysis.store.part_files import entries_of
from tests.made_experiments import bytes_of, made_experiment, silent


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "made"
    sweep(made_experiment(), folder, workers=2)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "made"))


def flip_a_byte(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def tear(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def remove(path: Path, _chance: random.Random) -> None:
    path.unlink()


def without_final_tables(folder: Path) -> None:
    for name in ("finished.json", "table.parquet", "reference.parquet"):
        (folder / name).unlink()


@pytest.mark.parametrize("damage", [flip_a_byte, tear, remove])
@pytest.mark.parametrize("number", [0, 3, 7])
def test_that_a_damaged_part_is_named_and_done_again(
    damage: Callable[[Path, random.Random], None], number: int, copy: Path, whole: Path
) -> None:
    without_final_tables(copy)
    part = copy / "parts" / "whole" / f"block-{number:07d}.parquet"
    damage(part, random.Random(number))
    experiment = open_experiment(copy)
    assert not experiment.is_finished
    assert [(gap.first_id, gap.reason) for gap in experiment.gaps()] == [(5 * number, "damaged")]
    assert part.name in experiment.gaps()[0].message
    assert len(experiment.table()) + len(experiment.reference()) == 39 - (4 if number == 7 else 5)
    assert part.name in str(status(copy).damages)
    said: list[str] = []
    sweep(made_experiment(), copy, watch=SweepWatch(say=said.append))
    assert len(said) == 1
    assert part.name in said[0]
    assert "done again" in said[0]
    assert bytes_of(copy) == bytes_of(whole)
    assert open_experiment(copy).is_complete


@pytest.mark.parametrize("name", ["table.parquet", "reference.parquet", "finished.json"])
@pytest.mark.parametrize("damage", [flip_a_byte, tear, remove])
def test_that_a_damaged_final_table_is_not_read_and_written_again(
    damage: Callable[[Path, random.Random], None], name: str, copy: Path, whole: Path
) -> None:
    expected = open_experiment(whole).table()
    damage(copy / name, random.Random(5))
    experiment = open_experiment(copy)
    assert experiment.table().equals(expected)
    assert experiment.is_complete
    sweep(made_experiment(), copy, watch=silent())
    assert bytes_of(copy) == bytes_of(whole)
    assert not status(copy).damages


@pytest.mark.parametrize("name", ["manifest.json", "design.parquet", "scenario/baseline.toml"])
@pytest.mark.parametrize("damage", [flip_a_byte, tear, remove])
def test_that_a_damaged_plan_is_named_and_written_again(
    damage: Callable[[Path, random.Random], None], name: str, copy: Path, whole: Path
) -> None:
    damage(copy / name, random.Random(11))
    with pytest.raises(ExperimentError):
        open_experiment(copy)
    done: list[int] = []
    sweep(made_experiment(), copy, watch=SweepWatch(done.append, lambda _text: None))
    assert not done
    assert bytes_of(copy) == bytes_of(whole)


def test_that_a_damaged_plan_is_not_replaced_by_that_of_another_experiment(copy: Path) -> None:
    flip_a_byte(copy / "manifest.json", random.Random(3))
    with pytest.raises(ExperimentError, match="not of this experiment"):
        sweep(made_experiment(seed=2), copy, watch=silent())


def test_that_every_flipped_byte_of_a_part_or_an_index_is_found(copy: Path, whole: Path) -> None:
    chance = random.Random(7)
    without_final_tables(copy)
    for _ in range(20):
        path = chance.choice([p for p in (copy / "parts").rglob("*") if p.suffix in (".parquet", ".jsonl")])
        flip_a_byte(path, chance)
        sweep(made_experiment(), copy, watch=silent())
        assert bytes_of(copy) == bytes_of(whole), path
        without_final_tables(copy)


def test_that_a_torn_line_of_the_index_counts_for_nothing(copy: Path, whole: Path) -> None:
    without_final_tables(copy)
    index = copy / "parts" / "whole" / "index.jsonl"
    content = index.read_bytes()
    index.write_bytes(content[:-20])
    assert not status(copy).damages
    assert open_experiment(copy).counts().blocks == 7
    sweep(made_experiment(), copy, watch=silent())
    assert bytes_of(copy) == bytes_of(whole)
    entries, damages = entries_of(index.parent)
    assert len(entries) == 8
    assert not damages


def test_that_a_damaged_line_of_the_index_is_named(copy: Path) -> None:
    index = copy / "parts" / "whole" / "index.jsonl"
    lines = index.read_text().splitlines()
    index.write_text("\n".join([lines[0].replace('"rows":5', '"rows":6'), *lines[1:]]) + "\n")
    assert [damage.reason for damage in status(copy).damages] == ["line 1 is damaged"]


def test_that_what_was_in_flight_counts_for_nothing_and_is_removed(copy: Path, whole: Path) -> None:
    without_final_tables(copy)
    folder = copy / "parts" / "whole"
    index = folder / "index.jsonl"
    index.write_bytes(b"".join(index.read_bytes().splitlines(keepends=True)[:-1]))
    (folder / "block-0000007.parquet.1a2b3c4d.tmp").write_bytes(b"half")
    (copy / "table.parquet.1a2b3c4d.tmp").write_bytes(b"half")
    assert open_experiment(copy).counts().blocks == 7
    sweep(made_experiment(), copy, watch=silent())
    assert not list(copy.rglob("*.tmp"))
    assert bytes_of(copy) == bytes_of(whole)


def test_that_the_manifest_tells_what_was_planned_before_the_first_run(tmp_path: Path) -> None:
    manifests: list[str] = []

    def look(_runs: int) -> None:
        manifests.append((tmp_path / "made" / "manifest.json").read_text())

    sweep(made_experiment(), tmp_path / "made", watch=SweepWatch(look))
    assert len(set(manifests)) == 1
    assert (tmp_path / "made" / "manifest.json").read_text() == manifests[0]
    facts = json.loads(manifests[0])
    assert facts["planned"]["points"] == 12
    assert facts["planned"]["runs"] == 39
    assert facts["planned"]["blocks"] == 8
    assert len(facts["lock"]) == 64
    assert facts["specification"]["seed"] == 1
    assert facts["scenario"]["name"] == "baseline"

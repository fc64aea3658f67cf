"""That two processes never write the same blocks: the second is refused, or has a share of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import ExperimentError
from analysis.execution.sweep import SweepWatch, merge, status, sweep
from analysis.store.experiment import open_experiment
from analysis.store.locks import Shard, holders, writing
from tests.made_experiments import made_experiment, silent

HOLD = """
import sys, time
from pathlib import Path
from analysis.store.locks import writing
with writing(Path(sys.argv[1]), None, lambda: None):
    print("held", flush=True)
    time.sleep(600)
"""


def nothing() -> None:
    """Begin nothing."""


@pytest.mark.parametrize(
    ("first", "second"),
    [(None, None), (None, Shard(1, 2)), (Shard(1, 2), None), (Shard(1, 2), Shard(1, 2)), (Shard(1, 2), Shard(2, 3))],
)
def test_that_a_second_writer_of_the_same_blocks_is_refused(
    first: Shard | None, second: Shard | None, tmp_path: Path
) -> None:
    with (
        writing(tmp_path, first, nothing),
        pytest.raises(ExperimentError, match=r"process \d+ on .* is writing"),
        writing(tmp_path, second, nothing),
    ):
        pass
    with writing(tmp_path, second, nothing):
        pass


def test_that_shards_of_one_division_may_write_side_by_side(tmp_path: Path) -> None:
    with writing(tmp_path, Shard(1, 2), nothing), writing(tmp_path, Shard(2, 2), nothing):
        assert [holder.name for holder in holders(tmp_path)] == ["shard-1-of-2", "shard-2-of-2"]
    assert not holders(tmp_path)


def test_that_a_lock_is_free_again_if_the_beginning_fails(tmp_path: Path) -> None:
    def fail() -> None:
        raise ExperimentError("no")

    with pytest.raises(ExperimentError, match="no"), writing(tmp_path, None, fail):
        pass
    assert not holders(tmp_path)


def test_that_a_sweep_and_a_merge_are_refused_while_another_process_sweeps(tmp_path: Path) -> None:
    def try_too(_runs: int) -> None:
        with pytest.raises(ExperimentError, match="is writing there; wait until it has finished"):
            sweep(made_experiment(), tmp_path / "made")
        with pytest.raises(ExperimentError, match="is writing there"):
            merge(tmp_path / "made", watch=silent())
        assert [holder.name for holder in status(tmp_path / "made").writing] == ["whole"]

    sweep(made_experiment(), tmp_path / "made", watch=SweepWatch(try_too))
    assert open_experiment(tmp_path / "made").is_complete


def test_that_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ExperimentError, match=rf"process {process.pid} on"), writing(tmp_path, None, nothing):
            pass
        process.kill()
    with writing(tmp_path, None, nothing):
        pass

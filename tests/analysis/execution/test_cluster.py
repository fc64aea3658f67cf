"""That a Dask cluster gives the same bytes as threads do, also if a worker is killed on the way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.design.runs import blocks_of
from analysis.design.sampling import design_points
from analysis.execution.cluster import OtherModelError, rows_on_worker
from analysis.execution.sweep import sweep
from analysis.execution.tasks import task_of
from analysis.store.experiment import open_experiment
from model.code_hash import model_hash
from tests.made_experiments import bytes_of, made_experiment

ROOT = Path(__file__).parents[3]
SWEEP = """
import sys
from analysis.errors import ExperimentError
from analysis.execution.sweep import SweepWatch, sweep
from tests.made_experiments import made_experiment
try:
    watch = SweepWatch(lambda runs: print(runs, flush=True))
    sweep(made_experiment(int(sys.argv[3])), sys.argv[1], scheduler=sys.argv[2], watch=watch)
except ExperimentError as error:
    sys.exit(str(error))
"""

pytestmark = pytest.mark.slow


class Cluster(NamedTuple):
    """A scheduler and two workers on this machine."""

    address: str
    workers: list[subprocess.Popen[str]]
    scheduler: subprocess.Popen[str]


def started(stack: ExitStack, *arguments: str) -> subprocess.Popen[str]:
    """Return a process that ends with the test."""
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )

    def end() -> None:
        process.kill()
        process.communicate()

    stack.callback(end)
    return process


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    with ExitStack() as stack:
        quiet = ("--no-dashboard", "--host", "127.0.0.1")
        scheduler = started(stack, "distributed.cli.dask_scheduler", *quiet, "--port", "0")
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
        options = (address, *quiet, "--nthreads", "1", "--no-nanny")
        workers = [started(stack, "distributed.cli.dask_worker", *options) for _ in range(2)]
        yield Cluster(address, workers, scheduler)


def sweep_on(cluster: Cluster, folder: Path, points: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SWEEP, str(folder), cluster.address, str(points)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_that_a_cluster_gives_the_same_bytes(cluster: Cluster, tmp_path: Path) -> None:
    with sweep_on(cluster, tmp_path / "cluster", 12) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    sweep(made_experiment(12), tmp_path / "threads", workers=1)
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "threads")


def test_that_a_worker_killed_on_the_way_changes_no_byte(cluster: Cluster, tmp_path: Path) -> None:
    with sweep_on(cluster, tmp_path / "cluster", 400) as process:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert open_experiment(tmp_path / "cluster").is_complete
    sweep(made_experiment(400), tmp_path / "threads", workers=2)
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "threads")


def test_that_a_scheduler_that_is_gone_is_told_and_the_sweep_goes_on_later(cluster: Cluster, tmp_path: Path) -> None:
    with sweep_on(cluster, tmp_path / "cluster", 400) as process:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        cluster.scheduler.kill()
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in errors
    assert "was lost; finished blocks are kept; run the same command again" in errors
    assert open_experiment(tmp_path / "cluster").counts().blocks >= 5
    sweep(made_experiment(400), tmp_path / "cluster", workers=2)
    sweep(made_experiment(400), tmp_path / "threads", workers=2)
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "threads")


def test_that_a_worker_with_other_code_refuses() -> None:
    made = made_experiment(2)
    task = task_of(made, design_points(made), blocks_of(made, 2)[0])
    assert rows_on_worker(task, model_hash()).statuses == ["ok"] * 5
    with pytest.raises(OtherModelError):
        rows_on_worker(task, "0" * 64)


def test_that_an_address_without_a_scheduler_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    nowhere = Cluster("tcp://127.0.0.1:9", [], None)  # type: ignore[arg-type]
    began = time.monotonic()
    with sweep_on(nowhere, tmp_path / "cluster", 12) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in errors
    assert "Traceback" not in errors
    assert time.monotonic() - began < 60

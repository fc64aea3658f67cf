"""As many threads as processors are allowed, not as many as the machine has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model import processors
from model.processors import allowed_processors


def test_that_the_affinity_of_the_process_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(processors, "_OWN_GROUPS", tmp_path / "none")
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3, raising=False)
    assert allowed_processors() == 3


@pytest.mark.parametrize(("quota", "expected"), [("250000 100000", 3), ("max 100000", 8), ("10000 100000", 1)])
def test_that_the_quota_of_a_container_counts_rounded_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quota: str, expected: int
) -> None:
    (tmp_path / "own").write_text("0::/job/step\n")
    (tmp_path / "groups" / "job").mkdir(parents=True)
    (tmp_path / "groups" / "job" / "cpu.max").write_text(f"{quota}\n")
    monkeypatch.setattr(processors, "_OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(processors, "_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)
    assert allowed_processors() == expected


def test_that_the_quota_of_the_first_version_of_control_groups_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own").write_text("2:cpuacct,cpu:/docker/1\n1:name=systemd:/\n")
    (tmp_path / "groups" / "cpu").mkdir(parents=True)
    for name, number in (("quota", 200_000), ("period", 100_000)):
        (tmp_path / "groups" / "cpu" / f"cpu.cfs_{name}_us").write_text(f"{number}\n")
    monkeypatch.setattr(processors, "_OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(processors, "_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)
    assert allowed_processors() == 2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system has no affinity")
def test_that_a_process_that_is_held_on_one_processor_takes_one() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert allowed_processors() == 1
    finally:
        os.sched_setaffinity(0, before)

"""The benchmark of evidence knows what the project ships, and tells the time of the clock and of the processors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest

from analysis.evidence.evidence_folder import EvidenceFiles
from analysis.inference.targets_file import read_targets
from analysis.search.search_file import find_search
from benchmarks import evidence


def test_that_what_a_task_needs_is_made_before_the_clock_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter((10.0, 12.5))
    monkeypatch.setattr(evidence.time, "perf_counter", lambda: next(now))
    done: list[str] = []

    def made(folder: Path) -> Callable[[], object]:
        done.append(f"made in {folder.name}")
        return lambda: done.append("done")

    monkeypatch.setattr(evidence, "TASKS", MappingProxyType({"one": (made, 5.0)}))
    clock, used = evidence.seconds_of("one", tmp_path)
    assert clock == 2.5
    assert used >= 0.0
    assert done == [f"made in {tmp_path.name}", "done"]


def test_that_an_unknown_task_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["evidence", "serch"])
    with pytest.raises(SystemExit):
        evidence.main()
    assert (
        "there is no task serch; there are cases, structure, calibration, search, discovery" in capsys.readouterr().err
    )


def test_that_what_is_measured_is_shipped() -> None:
    assert read_targets("base_rates").points == 16_384
    assert find_search("robust_policies").generations == 36


@pytest.mark.slow
def test_that_ten_thousand_cases_are_checked_and_estimated(tmp_path: Path) -> None:
    written = evidence.TASKS["cases"][0](tmp_path)()
    assert isinstance(written, EvidenceFiles)
    made_from = json.loads((written.folder / "summary.json").read_text(encoding="utf-8"))["provenance"]
    assert (made_from["rows"], made_from["cases"]) == (20_000, 10_000)
    agreement = pd.read_csv(written.folder / "agreement.csv").set_index("column")
    assert set(agreement.loc[["cause", "filed", "outcome"], "verdict"]) == {"reliable"}
    assert agreement.loc["outcome", "units"] == 10_000

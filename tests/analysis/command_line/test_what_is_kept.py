"""What is finished is kept, whatever stops the rest, and said."""

from __future__ import annotations

import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.command_line import failures
from analysis.command_line.actions import carry_out, drawing
from analysis.command_line.words import panel
from analysis.design.comparison import Plan
from analysis.errors import ExperimentError
from analysis.execution import keeping
from analysis.execution.panel_estimate import panel_estimate
from analysis.store.results import Origin, read_result
from model.scenario import find_scenario, with_settings
from model.simulate import Result
from tests.command_lines import QUICK, SMALL, TABLES, Line, names_in


def interrupted_after(n: int) -> Callable[..., object]:
    """Return a stand-in for `progress` in whose course Ctrl-C is pressed after so many runs."""

    @contextmanager
    def progress(_label: str, _total: float) -> Iterator[Callable[[float], None]]:
        done = [0.0]

        def advance(amount: float) -> None:
            done[0] += amount
            if done[0] >= n:
                raise KeyboardInterrupt

        yield advance

    return progress


def test_that_finished_runs_are_kept_after_ctrl_c_beside_the_result_that_was_there(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line("simulate", "baseline", *QUICK, "--seed", "5")
    before = Path("results/baseline/months.parquet").read_bytes()
    monkeypatch.setattr(carry_out, "progress", interrupted_after(4))
    ending = line("simulate", "baseline", "--officials", "60", "--replications", "200", "--no-charts")
    assert ending.code == 130
    n = int(re.search(r"error: interrupted; (\d+) of 200 runs", ending.err).group(1))  # type: ignore[union-attr]
    assert 4 <= n < 200
    assert Path("results/baseline/months.parquet").read_bytes() == before
    kept = read_result("results/baseline-interrupted")
    assert len(kept.runs) == n
    assert kept.manifest["is_complete"] is False
    assert names_in(Path("results")) == {"baseline", "baseline-interrupted"}


def test_that_ctrl_c_before_the_first_run_keeps_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.execution.comparison.series_of", pressed)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 130
    assert "no run was finished" in ending.err
    assert names_in(Path("results")) == set()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "all 3 runs were finished and are kept in results/baseline, without charts"),
        (OSError(28, "No space left on device"), 0, "no charts: No space left on device; all runs are stored"),
        (ValueError("no such backend"), 0, "no charts: ValueError: no such backend; all runs are stored"),
    ],
)
def test_that_all_runs_are_stored_if_charts_are_stopped_or_fail(
    line: Line, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def stopped(_task: object, _results: object, draft: Path) -> None:
        (draft / "charts" / "half.png").write_bytes(b"half")
        raise error

    monkeypatch.setattr(drawing, "draw", stopped)
    ending = line("simulate", "baseline", *SMALL)
    assert ending.code == code
    assert said in ending.err
    assert names_in(Path("results/baseline")) == TABLES
    assert names_in(Path("results")) == {"baseline"}
    assert len(read_result("results/baseline").runs) == 3


def test_that_a_panel_for_which_there_is_no_room_at_all_is_told_with_its_place(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(carry_out, "tell_panel", lambda *_: None)
    monkeypatch.setattr(carry_out, "Panel", full)
    ending = line("simulate", "baseline", *QUICK, "--panel", "--out", "r")
    assert ending.code == 2
    assert "error: r: writing stopped (No space left on device); no run was finished" in ending.err


def test_that_a_panel_for_which_the_disk_is_too_small_is_given_up_and_finished_runs_are_kept(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry_out, "tell_panel", lambda *_: None)
    add, seen = carry_out.Panel.add, []

    def full_after_two_runs(panel: carry_out.Panel, *arguments: object) -> None:
        seen.append(arguments)
        if len(seen) > 13:
            raise OSError(28, "No space left on device")
        add(panel, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(carry_out.Panel, "add", full_after_two_runs)
    ending = line("simulate", "baseline", *QUICK, "--panel")
    assert ending.code == 2
    assert "No space left" in ending.err
    assert "2 of 3 runs were finished and are kept" in ending.err
    assert names_in(Path("results/baseline-interrupted")) == TABLES


def test_that_ctrl_c_while_storing_waits_until_it_is_stored(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = carry_out.keep

    def pressed_then_stored(*arguments: object) -> carry_out.Kept:
        signal.raise_signal(signal.SIGINT)
        return keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(carry_out, "keep", pressed_then_stored)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 130
    assert "Stored in results/baseline" in ending.err
    assert len(read_result("results/baseline").runs) == 3


def test_that_a_second_ctrl_c_while_storing_interrupts() -> None:
    def pressed_twice() -> None:
        with failures.polite_stops():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            pressed_twice()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_that_an_interrupted_result_never_replaces_another_one(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry_out, "progress", interrupted_after(2))
    for _ in range(2):
        line("simulate", "baseline", *QUICK)
    assert names_in(Path("results")) == {"baseline-interrupted", "baseline-interrupted-2"}


def test_that_a_result_is_kept_beside_if_somebody_has_put_a_file_into_its_place_meanwhile(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = carry_out.keep

    def kept_after_a_note(*arguments: object) -> carry_out.Kept:
        Path("results/baseline").mkdir()
        Path("results/baseline/notes.txt").write_text("mine")
        return keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(carry_out, "keep", kept_after_a_note)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 0
    assert "holds notes.txt" in ending.err
    assert "kept in results/baseline-kept" in ending.err
    assert names_in(Path("results/baseline")) == {"notes.txt"}
    assert len(read_result("results/baseline-kept").runs) == 3


def test_that_a_result_for_which_its_place_has_no_room_is_kept_in_the_temporary_folder(
    line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    complete, elsewhere = keeping.complete_draft, tmp_path / "temporary folder"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))

    def only_elsewhere(results: Sequence[Result], draft: Path, folder: Path, origin: Origin) -> list[str]:
        if elsewhere not in folder.parents:
            raise ExperimentError(f"{folder}: cannot be written (No space left on device)")
        return complete(results, draft, folder, origin)

    monkeypatch.setattr(keeping, "complete_draft", only_elsewhere)
    ending = line("simulate", "baseline", *QUICK)
    assert "No space left on device" in ending.err
    found = [path.parent for path in elsewhere.rglob("manifest.json")]
    assert len(found) == 1
    assert str(found[0]) in ending.err + ending.out
    assert len(read_result(found[0]).runs) == 3


def test_that_what_can_be_stored_nowhere_is_told_with_the_first_reason(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(_results: Sequence[Result], _draft: Path, folder: Path, _origin: Origin) -> list[str]:
        raise ExperimentError(f"{folder}: cannot be written (No space left on device)")

    monkeypatch.setattr(keeping, "complete_draft", nowhere)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 2
    assert "results/baseline: cannot be written (No space left on device)" in ending.err


def test_that_runs_that_are_finished_are_kept_if_the_program_itself_is_wrong(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def broken(_label: str, _total: float) -> Iterator[Callable[[float], None]]:
        def advance(_done: float) -> None:
            raise ZeroDivisionError

        yield advance

    monkeypatch.setattr(carry_out, "progress", broken)
    with pytest.raises(ZeroDivisionError):
        line("simulate", "baseline", *QUICK)
    assert len(read_result("results/baseline-interrupted").runs) == 1


def test_that_the_charts_of_a_result_are_in_its_manifest(line: Line) -> None:
    assert line("simulate", "baseline", *SMALL, "--months", "6").code == 0
    folder = Path("results/baseline")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(read_result(folder).manifest["files"]) == there - {"manifest.json"}
    assert any(name.startswith("charts/") for name in there)


def test_that_a_panel_is_estimated_first_and_refused_where_there_is_no_room(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = line("simulate", "baseline", *QUICK, "--panel")
    assert ending.code == 0
    assert "panel: 1,080 rows" in ending.err
    estimated = panel_estimate(Plan((with_settings(find_scenario("baseline"), {}, 60, 6),), 3), Path("results"))
    assert estimated.rows == 60 * 6 * 3
    monkeypatch.setattr(panel, "room_on_disk", lambda _folder: 1)
    ending = line("simulate", "baseline", *QUICK, "--panel", "--seed", "2")
    assert ending.code == 2
    assert "the panel would take about" in ending.err
    assert read_result("results/baseline").manifest["seed"] == 1

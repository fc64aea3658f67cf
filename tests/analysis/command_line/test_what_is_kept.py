"""What is finished is kept, whatever stops the rest, and said."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.command_line import failures
from analysis.command_line.actions import carry_out, drawing
from analysis.store.results import read_result
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


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (OSError(28, "No space left on device"), 2)])
def test_that_all_runs_are_kept_if_charts_are_stopped(
    line: Line, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def stopped(_task: object, _results: object, draft: Path) -> None:
        (draft / "charts" / "half.png").write_bytes(b"half")
        raise error

    monkeypatch.setattr(drawing, "draw", stopped)
    ending = line("simulate", "baseline", *SMALL)
    assert ending.code == code
    assert "all 3 runs were finished and are kept in results/baseline-interrupted" in ending.err
    assert names_in(Path("results/baseline-interrupted")) == TABLES
    assert names_in(Path("results")) == {"baseline-interrupted"}


def test_that_a_panel_for_which_the_disk_is_too_small_is_given_up_and_finished_runs_are_kept(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    store_draft = carry_out.store_draft

    def pressed_then_stored(*arguments: object) -> list[str]:
        signal.raise_signal(signal.SIGINT)
        return store_draft(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(carry_out, "store_draft", pressed_then_stored)
    ending = line("simulate", "baseline", *QUICK)
    assert ending.code == 130
    assert "Stored in results/baseline" in ending.err
    assert len(read_result("results/baseline").runs) == 3


def test_that_a_second_ctrl_c_while_storing_interrupts() -> None:
    def pressed_twice() -> None:
        with failures.undisturbed():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        pressed_twice()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

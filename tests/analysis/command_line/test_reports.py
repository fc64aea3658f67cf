"""The commands report and bundle."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from analysis.execution.sweep import sweep
from tests.command_lines import Line
from tests.made_experiments import made_experiment, silent


@pytest.fixture
def result(tmp_path: Path) -> Path:
    sweep(made_experiment(points=4), tmp_path / "made", workers=1, watch=silent())
    return tmp_path / "made"


def test_that_report_says_where_the_page_is(line: Line, result: Path) -> None:
    ending = line("report", str(result), "--language", "zh", "--out", "read")
    assert ending.code == 0
    assert ending.out == f"报告：{Path('read') / 'report.zh.html'}\n"
    assert Path("read/report.zh.html").is_file()


def test_that_bundle_says_what_it_wrote(line: Line, result: Path) -> None:
    ending = line("bundle", str(result))
    assert ending.code == 0
    assert ending.out.startswith(f"Bundle: {result}.zip (")
    with zipfile.ZipFile(f"{result}.zip") as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("command", ["report", pytest.param("bundle", marks=pytest.mark.slow)])
def test_that_an_incomplete_experiment_is_refused_with_a_way_on(command: str, line: Line, tmp_path: Path) -> None:
    sweep(made_experiment(points=4), tmp_path / "made", shard=(1, 2), workers=1, watch=silent())
    ending = line(command, "made")
    assert ending.code == 2
    assert "error: made: 5 planned runs have no numbers: runs 5 to 9 not run" in ending.err
    assert "--allow-incomplete" in ending.err
    assert line(command, "made", "--allow-incomplete").code == 0


@pytest.mark.parametrize("command", ["report", "bundle"])
def test_that_a_folder_without_an_experiment_is_a_clear_error(command: str, line: Line) -> None:
    ending = line(command, "nowhere")
    assert ending.code == 2
    assert ending.err == "error: nowhere: holds no experiment; give a folder that sweep has written\n"

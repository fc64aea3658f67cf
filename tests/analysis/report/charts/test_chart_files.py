"""That charts are written whole or not at all, the same every time, and say where they come from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from analysis.report.charts.all_charts import Provenance, paired_effects, save_chart, time_fans
from analysis.words import words_in
from model.scenario import Scenario
from tests.command_lines import ROOT

PROVENANCE = Provenance(("baseline", "campaign"), 7, 40, "4f2c9a1b", "compare baseline campaign --seed 7")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figure(effects: pd.DataFrame, scenarios: list[Scenario]) -> Figure:
    return paired_effects(effects, scenarios[:3], words_in("zh"))


def test_that_the_same_results_give_the_same_bytes(
    tmp_path: Path, months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    for folder in ("first", "second"):
        save_chart(time_fans(months, scenarios[:2], words_in("zh")), tmp_path / folder, "chart", PROVENANCE)
    for name in ("chart.png", "chart.svg"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_that_a_chart_is_a_png_of_200_dots_per_inch_and_an_svg_of_outlines(tmp_path: Path, figure: Figure) -> None:
    png, svg = save_chart(figure, tmp_path / "new" / "folder", "effects", PROVENANCE)
    assert (png.name, svg.name) == ("effects.png", "effects.svg")
    with Image.open(png) as picture:
        assert picture.size[0] == 2666
        assert round(picture.info["dpi"][0]) == 200
    tree = ElementTree.parse(svg)
    assert tree.find(f".//{SVG}path") is not None
    assert tree.find(f".//{SVG}text") is None


def test_that_both_files_say_what_they_were_made_from_and_not_when(tmp_path: Path, figure: Figure) -> None:
    png, svg = save_chart(figure, tmp_path, "effects", PROVENANCE)
    with Image.open(png) as picture:
        about = picture.text
    assert about["Scenarios"] == "baseline, campaign"
    assert (about["Seed"], about["Replications"], about["Model"]) == ("7", "40", "4f2c9a1b")
    assert about["Command"] == PROVENANCE.command
    assert not {"Creation Time", "Date"} & set(about)
    text = svg.read_text(encoding="utf-8")
    assert PROVENANCE.text in text
    assert "<dc:date>" not in text


def test_that_a_command_with_any_signs_gives_files_that_can_be_read(tmp_path: Path, figure: Figure) -> None:
    odd = replace(PROVENANCE, scenarios=("容错",), command="simulate <a&b> \x1b \udc80 容错.toml")
    png, svg = save_chart(figure, tmp_path, "effects", odd)
    assert "容错.toml" in (
        ElementTree.parse(svg).getroot().find(".//{http://purl.org/dc/elements/1.1/}source").text or ""
    )
    with Image.open(png) as picture:
        assert picture.text["Command"] == "simulate <a&b> ? ? 容错.toml"


def test_that_a_failure_leaves_the_older_files_and_nothing_else(
    tmp_path: Path, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_chart(figure, tmp_path, "effects", PROVENANCE)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def disk_is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.report.charts.saving._write_svg", disk_is_full)
    with pytest.raises(OSError, match="No space left"):
        save_chart(figure, tmp_path, "effects", replace(PROVENANCE, seed=8))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_that_a_file_in_the_place_of_the_folder_is_an_os_error(tmp_path: Path, figure: Figure) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"):
        save_chart(figure, tmp_path / "taken", "effects", PROVENANCE)


KILLED_WHILE_DRAWING = """
import os, signal, sys
from pathlib import Path
from matplotlib.figure import Figure
from analysis.report.charts import saving

def killed(figure, path, *others):
    path.write_bytes(b"half of it")
    os.kill(os.getpid(), signal.SIGKILL)

saving._write_svg = killed
saving.save_chart(Figure(), Path(sys.argv[1]), "effects", saving.Provenance(("baseline",), 1, 1, "0", "compare"))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed like that here")
def test_that_what_a_killed_program_left_is_removed_unless_it_may_be_in_work(tmp_path: Path, figure: Figure) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_DRAWING, str(tmp_path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = list(tmp_path.glob(".effects.*.part"))
    assert {path.suffixes[-2] for path in left} == {".png", ".svg"}
    of_somebody = tmp_path / ".notes.part"
    of_somebody.write_text("kept")
    save_chart(figure, tmp_path, "others", PROVENANCE)
    assert all(path.exists() for path in left), "they may be of a program that still writes"
    for path in (*left, of_somebody):
        os.utime(path, (time.time() - 24 * 3600,) * 2)
    save_chart(figure, tmp_path, "others", PROVENANCE)
    assert {path.name for path in tmp_path.iterdir()} == {"others.png", "others.svg", ".notes.part"}

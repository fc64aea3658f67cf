"""On a disk that is really full each command says so in one line, loses nothing, and is finished when there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.analysis.inference.made_targets import INNOVATION, PARAMETERS, SUCCESS
from tests.analysis.inference.made_targets import file_of as file_of_targets
from tests.analysis.search.made_searches import made_file
from tests.command_lines import Ending, Line
from tests.small_disks import filled

pytestmark = pytest.mark.slow


def is_told(ending: Ending) -> None:
    """Fail unless a full disk is told in one line, with what to do."""
    assert ending.code == 2, ending.err
    assert ending.err.count("error:") == 1
    assert "No space left on device" in ending.err
    assert "make room" in ending.err
    assert "Traceback" not in ending.err


def leftovers(disk: Path) -> list[Path]:
    """Return what was begun on a disk and not finished."""
    return [path for path in disk.rglob("*") if path.name.endswith((".tmp", ".part"))]


def test_a_search_and_the_discovery_of_where_its_packages_fail(
    line: Line,
    tmp_path: Path,
    small_disk: Path,
) -> None:
    pytest.importorskip("pymoo")
    path, folder = str(made_file(tmp_path)), small_disk / "tiny"
    filler = filled(small_disk, 40_000)
    is_told(line("search", path, "--out", str(folder), "--no-charts"))
    filler.unlink()
    assert line("search", path, "--out", str(folder), "--no-charts").code == 0
    front = (small_disk / "tiny-front" / "front.csv").read_bytes()
    whole = tmp_path / "whole"
    assert line("search", path, "--out", str(whole), "--no-charts").code == 0
    assert (tmp_path / "whole-front" / "front.csv").read_bytes() == front, "as if there had always been room"
    number = next(n for n in range(1, 9) if line("discover", str(folder), "--package", str(n)).code == 0)
    told = ("discover", str(folder), "--package", str(number), "--resamples", "5")
    filler = filled(small_disk, 0)
    is_told(line("search", path, "--out", str(folder)))
    is_told(line(*told))
    assert leftovers(small_disk) == []
    assert (small_disk / "tiny-front" / "front.csv").read_bytes() == front
    filler.unlink()
    assert line(*told).code == 0


@pytest.mark.parametrize("small_disk", [8], indirect=True)
def test_a_calibration(line: Line, tmp_path: Path, small_disk: Path) -> None:
    path, folder = str(file_of_targets(tmp_path, PARAMETERS, SUCCESS, INNOVATION)), small_disk / "made"
    filler = filled(small_disk, 40_000)
    is_told(line("calibrate", path, "--out", str(folder)))
    filler.unlink()
    again = line("calibrate", path, "--out", str(folder), "--accept-uncalibrated")
    assert again.code == 0, again.err
    filled(small_disk, 0)
    is_told(line("calibrate", path, "--out", str(folder), "--accept-uncalibrated"))
    assert leftovers(small_disk) == []


def test_a_matrix_of_structures(line: Line, small_disk: Path) -> None:
    told = ("structure", "--rules", "prospect", "--networks", "complete", "--replications", "2")
    filler = filled(small_disk, 0)
    is_told(line(*told, "--out", str(small_disk / "structure")))
    assert leftovers(small_disk) == []
    filler.unlink()
    assert line(*told, "--out", str(small_disk / "structure")).code == 0

"""Lists of points as spreadsheets write them: read where it is clear what is meant, else refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.design.experiment_file import read_experiment
from analysis.errors import ExperimentError

PLAN = """schema = 1
replications = 2
[size]
officials = 20
jurisdictions = 2
months = 3
[design]
kind = "list"
file = "points.csv"
"""
HEAD = "accountability.severity,exemption.probability"
POINTS = ((0.1, 0.2), (0.3, 0.45))


def points_of(folder: Path, content: str | bytes) -> tuple[tuple[float, ...], ...]:
    (folder / "mine.toml").write_text(PLAN, encoding="utf-8")
    (folder / "points.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return read_experiment(folder / "mine.toml").design.listed


READ = {
    "plain": f"{HEAD}\n0.1,0.2\n0.3,0.45\n",
    "windows lines": f"{HEAD}\r\n0.1,0.2\r\n0.3,0.45\r\n",
    "old lines": f"{HEAD}\r0.1,0.2\r0.3,0.45",
    "a byte order mark": f"\ufeff{HEAD}\n0.1,0.2\n0.3,0.45\n",
    "UTF-16 with tabs": f"{HEAD}\n0.1,0.2\n0.3,0.45\n".replace(",", "\t").encode("utf-16"),
    "semicolons": f"{HEAD}\n0.1,0.2\n0.3,0.45\n".replace(",", ";"),
    "semicolons and decimal commas": f"{HEAD}\n0.1,0.2\n0.3,0.45\n".replace(",", ";").replace("0.", "0,"),
    "tabs and decimal commas": f"{HEAD}\n0.1,0.2\n0.3,0.45\n".replace(",", "\t").replace("0.", "0,"),
    "decimal commas in quotes": f'{HEAD}\n"0,1","0,2"\n"0,3","0,45"\n',
    "a line that says the separator": f"sep=;\n{HEAD}\n0.1,0.2\n0.3,0.45\n".replace(",", ";"),
    "trailing commas": f"{HEAD},,\n0.1,0.2,,\n0.3,0.45,\n,,,\n",
    "quotes and spaces": '"accountability.severity","exemption.probability"\n 0.1 ,"0.2"\n\n0.3, 4.5e-1\n',
    "an empty first column": ",accountability.severity,exemption.probability\n,0.1,0.2\n,0.3,0.45\n",
}


@pytest.mark.parametrize("name", READ)
def test_that_what_is_clear_is_read(name: str, tmp_path: Path) -> None:
    assert points_of(tmp_path, READ[name]) == POINTS


REFUSED: dict[str, tuple[str | bytes, list[str]]] = {
    "an unknown parameter": (
        "accountability.severty\n0.1\n",
        ["line 1", "column 1", "did you mean accountability.severity?"],
    ),
    "no number": ("accountability.severity\nlow\n", ["line 2", "column 1 (accountability.severity)", 'found "low"']),
    "out of bounds": ("accountability.severity\n0.1\n1.5\n", ["line 3", "column 1", "found 1.5", "from 0 to 1"]),
    "no finite number": ("accountability.severity\nnan\n", ["line 2", 'found "nan"']),
    "too few values": (f"{HEAD}\n0.1\n", ["line 2", "column 2 (exemption.probability)", "has no value"]),
    "too many values": (f"{HEAD}\n0.1,0.2,0.3\n", ["line 2", "column 3", "no name"]),
    "the same twice": ("work.complexity,work.complexity\n0.1,0.2\n", ["column 2", "named twice"]),
    "no points": ("accountability.severity\n", ["has no points"]),
    "nothing": ("", ["has no points"]),
    "a quote that is not closed": (f'{HEAD}\n0.1,0.2\n0.1,"0.2\n0.3,0.4\n', ["line 3", "column 2", "is not closed"]),
    "decimal commas between commas": (f"{HEAD}\n0,1,0,2\n", ["line 2", "4 values for 2 names", "semicolons"]),
    "two separators": ("accountability.severity;exemption.probability,work.complexity\n", ["semicolons", "commas"]),
    "spaces": ("accountability.severity exemption.probability\n0.1 0.2\n", ["separated by spaces"]),
    "a thousand or one": ("size.officials;work.complexity\n1,000;0.2\n", ["line 2", "column 1", "may be a thousand"]),
    "per cent": ("accountability.severity\n20%\n", ["line 2", "such as 0.2 for 20%"]),
    "half an official": ("accountability.severity,size.officials\n0.1,20\n0.1,20.5\n", ["line 3", "officials", "20.5"]),
    "more jurisdictions than officials": ("size.jurisdictions\n2\n21\n", ["line 3", "cannot be simulated"]),
    "ages that do not fit": (
        "career.ceiling_age,career.retirement_age\n50,60\n61,60\n",
        ["line 3", "ceiling_age 61", "retirement_age 60"],
    ),
    "a workbook": (b"PK\x03\x04nothing", ["is a workbook"]),
    "another encoding": (b"accountability.severity\n0.1\n" + "制".encode("gb18030"), ["line 3", "not UTF-8"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_that_what_is_not_clear_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    content, words = REFUSED[name]
    with pytest.raises(ExperimentError) as caught:
        points_of(tmp_path, content)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    for word in ["points.csv", *words]:
        assert word in message, message


def test_that_a_decimal_comma_elsewhere_makes_another_one_clear(tmp_path: Path) -> None:
    assert points_of(tmp_path, "accountability.severity;exemption.probability\n1,000;0,2\n") == ((1.0, 0.2),)

"""The lines of Python on the page's report, run as they stand there, print the report's numbers to the last digit."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from app.builder.page import PAGE
from tests.app.conftest import run

ROOT = Path(__file__).parent.parent.parent
ACTIONS = ("inaction", "routine", "innovation", "filed_innovation", "self_dealing")
LINKS = (
    "v=2&n=1&w=report",
    "v=2&n=5&w=report&s=crackdown&ex.disclosure=0.6&pin=baseline",
    "v=2&n=3&w=report&de.rule=reinforcement&de.weight=0.6&de.learning_rate=0.2&pin=baseline&pin.de.rule=prospect",
    "v=2&n=4294967295&w=report&s=four_provinces&officials=100&be.self_dealing_open=0&pin=campaign&pin.ac.severity=0.25",
)


class Report(NamedTuple):
    """What the page shows: the numbers in full by their names, and the lines."""

    numbers: dict[str, float]
    lines: str


@pytest.fixture(scope="module", params=LINKS)
def report(request: pytest.FixtureRequest, node: str, chromium: str) -> Report:
    answer = json.loads(run([node, "tests/browser/report.mjs", chromium, str(PAGE), request.param]))
    return Report({name: float(value) for name, value in answer["numbers"].items()}, answer["lines"])


def printed(lines: str) -> dict[str, float]:
    """Return what the lines print, by the names that the report gives its numbers."""
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr}\n{lines}"
    numbers: dict[str, float] = {}
    for line in done.stdout.splitlines():
        kind, *rest = line.split()
        numbers |= numbers_of(kind, rest)
    return numbers


def numbers_of(kind: str, rest: list[str]) -> dict[str, float]:
    if kind == "end":
        return {f"{action} at the end": float(value) for action, value in zip(ACTIONS, rest, strict=True)}
    measure, *values = rest
    names = {
        "mean": ("mean", "low", "high"),
        "difference": ("difference", "difference low", "difference high"),
        "course": ("start", "end", "course low", "course high"),
    }[kind]
    return {f"{measure} {name}": float(value) for name, value in zip(names, values, strict=True)}


@pytest.mark.page
@pytest.mark.slow
def test_that_the_lines_print_every_number_of_the_report(report: Report) -> None:
    python = printed(report.lines)
    assert len(report.numbers) > 30
    assert set(report.numbers) <= set(python)
    different = {
        name: (value, python[name])
        for name, value in report.numbers.items()
        if value != python[name] and not (math.isnan(value) and math.isnan(python[name]))
    }
    assert different == {}

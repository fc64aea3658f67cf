"""The page of packages in a browser: axes are brushed by the mouse and by numbers, on a phone, too."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from analysis.report.charts.layout import Heading
from analysis.report.charts.parallel_lines import ParallelAxis, ParallelLine, ParallelWords, parallel_page
from tests.app.conftest import APP, chromium, node  # noqa: F401

BRUSH = Path(__file__).with_name("brush.mjs")
WORDS = ParallelWords(*(f"{name} <b>" for name in ParallelWords._fields))._replace(shown="{n} of {all} shown")


def made_page(folder: Path) -> Path:
    """Return a page with five packages over a lever upwards and an objective of which less is better."""
    axes = [
        ParallelAxis("Lever & one", "Levers", 0.0, 1.0, "{:.2f}".format),
        ParallelAxis("Cost", "Wanted", 4.0, 0.0, "{:.1f}".format),
    ]
    lines = [
        ParallelLine(f"P{place}</script>", (0.2 * place, 4.0 - place), place / 4, str(place)) for place in range(4)
    ]
    lines.append(ParallelLine("base", (0.9, 0.5), 0.0, is_base=True))
    path = folder / "front.html"
    path.write_text(parallel_page(Heading("T", "R", "N"), axes, lines, WORDS, ("en", "band")), encoding="utf-8")
    return path


@pytest.mark.page
def test_that_axes_are_brushed_by_mouse_and_by_numbers(tmp_path: Path, node: str, chromium: str) -> None:  # noqa: F811
    address = made_page(tmp_path).as_uri()
    asked = [node, str(BRUSH), str(APP), chromium, address, os.environ.get("PICTURE", "")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert found["overflow"] <= 0
    at_first, brushed, lifted, by_number, cleared = found["seen"]
    names = [f"P{place}</script>" for place in range(4)]
    assert at_first == {"count": "5 of 5 shown", "rows": [*names, "base"], "gone": 0}
    assert brushed == {"count": "2 of 5 shown", "rows": names[:2], "gone": 3}, "levers up to 0.3"
    assert lifted == at_first
    assert by_number == {"count": "3 of 5 shown", "rows": [*names[2:], "base"], "gone": 2}, "costs up to 2.5"
    assert cleared == at_first

"""The golden results: what every shipped scenario gave when the model was last changed on purpose, to the last bit.

``python -m tests.golden`` writes them anew. A renewal that changes numbers is refused unless CHANGELOG.md says
so under "Unreleased", in a line that begins with **changes results** and gives the reason. One that only adds
lines, for a measure or a scenario that is new, is not.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.measures import MEASURES
from model.scenario import find_scenario, shipped_scenarios
from model.simulate import simulate

FOLDER = Path(__file__).parent
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
RUNS = 2
SEED = 1
EVERY_MONTHS = 12
MARK = "changes results"
RENEW = f"""If the model was changed on purpose, add a line to CHANGELOG.md under "Unreleased",
- **{MARK}**: what and why
and renew the golden results with: python -m tests.golden"""


def golden_path(name: str) -> Path:
    """Return where the golden result of a scenario is kept."""
    return FOLDER / f"{name}.csv"


def golden_text(name: str) -> str:
    """Return a scenario's golden result: the last month of every year of runs 0 and 1, every digit of every measure."""
    return text_of(simulate(find_scenario(name), RUNS, SEED).values, MEASURES)


def text_of(values: NDArray[np.float64], measures: Sequence[str]) -> str:
    """Return measures, shape (runs, months, measures), in long form: a line for every run, year and measure.

    So a measure that is new only adds lines, and a difference between two texts shows what moved and what did not.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("run", "month", "measure", "value"))
    for run, months in enumerate(values):
        for month in range(EVERY_MONTHS - 1, len(months), EVERY_MONTHS):
            writer.writerows(
                (run, month, measure, repr(float(value)))
                for measure, value in zip(measures, months[month], strict=True)
            )
    return text.getvalue()


def stored_text(name: str) -> str | None:
    """Return the golden result as it is kept, or None if there is none."""
    path = golden_path(name)
    return path.read_text(encoding="utf-8") if path.exists() else None


def first_difference(stored: str, found: str) -> str:
    """Return where two results differ first, in words."""
    there, here = _values(stored), _values(found)
    for (run, month, measure), value in here.items():
        before = there.get((run, month, measure), "missing")
        if before != value:
            return f"run {run}, month {month}: {measure} was {before}, is {value}"
    return f"there were {len(there)} values, there are {len(here)}"


def _values(text: str) -> dict[tuple[str, str, str], str]:
    """Return the values of a golden result by their run, month and measure."""
    return {(run, month, measure): value for run, month, measure, value in list(csv.reader(io.StringIO(text)))[1:]}


def is_moved(stored: str, found: str) -> bool:
    """Tell whether a value that was there is another one or is gone; a measure that is new moves nothing."""
    return not set(stored.splitlines()) <= set(found.splitlines())


def is_change_announced() -> bool:
    """Tell whether the changelog says, under "Unreleased", that results change."""
    _, _, after = CHANGELOG.read_text(encoding="utf-8").partition("## Unreleased")
    return MARK in after.partition("\n## ")[0]


def main() -> int:
    """Write the golden results anew; return the exit code."""
    texts = {name: golden_text(name) for name in shipped_scenarios()}
    changed = [name for name, text in texts.items() if is_moved(stored_text(name) or "", text)]
    if changed and not is_change_announced():
        print(f"error: other numbers in {', '.join(changed)}.\n{RENEW}", file=sys.stderr)
        return 2
    for path in FOLDER.glob("*.csv"):
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        golden_path(name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(texts)} golden results in {FOLDER}, {len(changed)} of them changed")
    return 0

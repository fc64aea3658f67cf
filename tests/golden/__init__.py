"""The golden results: what every shipped scenario gave when the model was last changed on purpose, to the last bit.

``python -m tests.golden`` writes them anew. A renewal that changes numbers is refused unless CHANGELOG.md says
so under "Unreleased", in a line that begins with **changes results** and gives the reason.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

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
    result = simulate(find_scenario(name), RUNS, SEED)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "month", *MEASURES])
    for run, values in zip(result.run_numbers, result.values, strict=True):
        for month in range(EVERY_MONTHS - 1, len(values), EVERY_MONTHS):
            writer.writerow([run, month, *(repr(float(value)) for value in values[month])])
    return text.getvalue()


def stored_text(name: str) -> str | None:
    """Return the golden result as it is kept, or None if there is none."""
    path = golden_path(name)
    return path.read_text(encoding="utf-8") if path.exists() else None


def first_difference(stored: str, found: str) -> str:
    """Return where two results differ first, in words."""
    there, here = (list(csv.DictReader(io.StringIO(text))) for text in (stored, found))
    for old, new in zip(there, here, strict=False):
        for measure, value in new.items():
            if old.get(measure) != value:
                return f"run {new['run']}, month {new['month']}: {measure} was {old.get(measure)}, is {value}"
    return f"there were {len(there)} rows, there are {len(here)}"


def is_change_announced() -> bool:
    """Tell whether the changelog says, under "Unreleased", that results change."""
    _, _, after = CHANGELOG.read_text(encoding="utf-8").partition("## Unreleased")
    return MARK in after.partition("\n## ")[0]


def main() -> int:
    """Write the golden results anew; return the exit code."""
    texts = {name: golden_text(name) for name in shipped_scenarios()}
    changed = [name for name, text in texts.items() if stored_text(name) not in (None, text)]
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

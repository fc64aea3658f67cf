"""The picture in README.md: drawn from the shipped scenarios, and stamped with the golden results it belongs to.

``python -m tests.golden.picture`` draws it anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
from PIL import Image

from analysis.report.charts.all_charts import time_fans
from analysis.words import words_in
from model.scenario import find_scenario, shipped_scenarios
from model.simulate import simulate
from tests.golden import FOLDER

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "main.png"
STAMP = "Golden results"
_DOTS_PER_INCH = 110


def golden_hash(folder: Path) -> str:
    """Return the SHA-256 of all golden results in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def stamp_of(path: Path) -> str | None:
    """Return the hash of the golden results that a picture was drawn with, None if it bears none."""
    with Image.open(path) as image:
        return image.info.get(STAMP)


def draw_picture(folder: Path) -> None:
    """Draw the picture anew: innovation and lazy government over time under all shipped scenarios, 40 runs each."""
    scenarios = [find_scenario(name) for name in shipped_scenarios()]
    months = pd.concat([simulate(scenario).months for scenario in scenarios], ignore_index=True)
    figure = time_fans(months, scenarios, words_in("en"))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, dpi=_DOTS_PER_INCH, metadata={STAMP: golden_hash(folder)})


if __name__ == "__main__":
    draw_picture(FOLDER)

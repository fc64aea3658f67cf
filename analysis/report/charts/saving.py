"""Charts as files: PNG and SVG that say where they come from, the same bytes for the same results."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.errors import naming
from analysis.report.charts import style
from analysis.report.charts.layout import MARGIN, fitting_size, write
from analysis.report.charts.style import chart_style

_PROJECT = "officials-under-accountability"
_BAND_HEIGHT = 0.24  # inches
_PART = ".part"
_LEFTOVERS_KEPT_SECONDS = 3600  # what is younger may still be written by another program


@dataclass(frozen=True)
class Provenance:
    """What a chart was made from: enough to make its numbers again.

    No time is in it, so that the same results give the same files. Of data there are no replications, and no runs told.
    """

    scenarios: tuple[str, ...]
    seed: int
    replications: int
    model_hash: str
    command: str
    band: str = ""  # what must be told across the chart, such as that its data were invented

    @property
    def text(self) -> str:
        """Return all of it in one line."""
        return "; ".join(f"{name.lower()}: {value}" for name, value in self.facts.items())

    @property
    def facts(self) -> dict[str, str]:
        """Return all of it by name."""
        runs = {
            "Scenarios": ", ".join(self.scenarios),
            "Seed": str(self.seed),
            "Replications": str(self.replications),
        }
        return {**(runs if self.replications else {}), "Model": self.model_hash, "Command": self.command}


@chart_style()
def save_chart(figure: Figure, folder: Path, name: str, provenance: Provenance) -> list[Path]:
    """Write a chart as PNG (200 dots per inch) and SVG, return the two paths.

    Both are written under other names first: until both are complete, older files of the same name stay as they are.
    What killed programs were writing into the folder is removed.

    Raises
    ------
    OSError
        If the folder or a file cannot be written; nothing is left behind.
    """
    if provenance.band:
        _write_band(figure, provenance.band)
    folder.mkdir(parents=True, exist_ok=True)
    _remove_leftovers_in(folder)
    targets = {"png": folder / f"{name}.png", "svg": folder / f"{name}.svg"}
    parts = {kind: folder / f".{name}.{os.getpid()}.{kind}{_PART}" for kind in targets}
    try:
        with naming(targets["png"]):
            _write_png(figure, parts["png"], provenance)
        with naming(targets["svg"]):
            _write_svg(figure, parts["svg"], name, provenance)
        for kind, target in targets.items():
            parts[kind].replace(target)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return list(targets.values())


def _remove_leftovers_in(folder: Path) -> None:
    """Remove the hidden parts of charts that killed programs have left in a folder."""
    for leftover in folder.glob(f".*.*.???{_PART}"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVERS_KEPT_SECONDS:
                leftover.unlink()


def _write_band(figure: Figure, text: str) -> None:
    """Write a band across the top of a chart, above its title."""
    width, height = figure.get_size_inches()
    band = Rectangle((0.0, 1.0 - _BAND_HEIGHT / height), 1.0, _BAND_HEIGHT / height, transform=figure.transFigure)
    band.set(facecolor=style.LAZY.colour, edgecolor="none")
    figure.add_artist(band)
    top = (_BAND_HEIGHT - style.NOTE_SIZE / 72.0) / 2.0
    write(figure, text, MARGIN, top, size=fitting_size(text, width - 2 * MARGIN, style.NOTE_SIZE), colour=style.PAPER)


def _write_png(figure: Figure, path: Path, provenance: Provenance) -> None:
    about = {
        "Software": _PROJECT,
        "Description": provenance.text,
        **provenance.facts,
    }
    figure.savefig(path, format="png", dpi=style.DOTS_PER_INCH, metadata=_printable(about))


def _write_svg(figure: Figure, path: Path, name: str, provenance: Provenance) -> None:
    about = {
        "Title": name,
        "Creator": _PROJECT,
        "Source": provenance.command,
        "Description": provenance.text,
    }
    figure.savefig(path, format="svg", metadata={**_printable(about), "Date": None})


def _printable(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts that every file can hold: a command may have signs that XML forbids."""
    return {key: "".join(sign if sign.isprintable() else "?" for sign in text) for key, text in texts.items()}

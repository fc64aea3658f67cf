"""The pictures of a report: charts saved beside it, and the source by which its page shows each of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matplotlib.figure import Figure

from analysis.report.charts.saving import Provenance, save_chart
from analysis.report.page import image_source
from model.catalogue import Language

FIGURES = "figures"


def saved_pictures(
    charts: Iterable[tuple[str, Figure]], folder: Path, language: Language, provenance: Provenance
) -> dict[str, str]:
    """Save charts under their names as PNG and SVG in the folder for figures; return the source of each for a page.

    Each is saved before the next one is asked for, so that they may be drawn one by one.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    sources = {}
    for name, chart in charts:
        _, svg = save_chart(chart, folder / FIGURES, f"{name}.{language}", provenance)
        sources[name] = image_source(svg)
    return sources

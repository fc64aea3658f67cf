"""Reports of evidence: one HTML file in one language, with the charts as PNG and SVG beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.evidence.data_set import DataSet
from analysis.evidence.document import document_of_data
from analysis.evidence.estimate import CaseEstimate
from analysis.evidence.estimate_document import document_of_estimate
from analysis.report.elements import ReportDocument
from analysis.store.whole_files import write_files
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language
from model.code_hash import model_hash

if TYPE_CHECKING:
    from analysis.evidence.charts import Chart
    from analysis.report.charts.bar_rows import Slide
    from analysis.report.charts.saving import Provenance

Advance = Callable[[float], None]
Drawing = Callable[[int], AbstractContextManager[Advance]]


def write_report_of_data(
    data: DataSet,
    folder: Path,
    language: Language,
    sanctions_of_the_model: float | None,
    drawing: Drawing | None = None,
) -> Path:
    """Write the report of a data set and return its path; ExperimentError if the place does not take it."""
    from analysis.evidence.charts import charts_of_data  # noqa: PLC0415  (matplotlib takes half a second)

    words = words_in(language)
    provenance = _provenance(f"evidence --data {data.folder.name}", words, is_invented=data.is_invented)
    sources = _drawn(charts_of_data(data, words), folder, provenance, words, drawing)
    return _written(document_of_data(data, words, sources, sanctions_of_the_model), folder, "evidence")


def write_report_of_estimate(
    found: CaseEstimate, folder: Path, language: Language, made_with: str, drawing: Drawing | None = None
) -> Path:
    """Write the report of an estimate and return its path; ExperimentError if the place does not take it."""
    from analysis.evidence.charts import charts_of_estimate  # noqa: PLC0415

    words = words_in(language)
    provenance = _provenance(made_with, words, is_invented=found.is_invented)
    sources = _drawn(charts_of_estimate(found, words), folder, provenance, words, drawing)
    return _written(document_of_estimate(found, words, sources), folder, "report")


def _drawn(
    charts: Mapping[str, Chart], folder: Path, provenance: Provenance, words: Catalogue, drawing: Drawing | None
) -> dict[str, str]:
    """Draw the charts and return the source of each for a page."""
    from analysis.report.pictures import saved_pictures  # noqa: PLC0415

    return saved_pictures(_one_by_one(charts, drawing), folder, words.language, provenance)


def _one_by_one(charts: Mapping[str, Chart], drawing: Drawing | None) -> Iterator[tuple[str, Slide]]:
    with drawing(len(charts)) if drawing else nullcontext(_nothing) as advance:
        for name, draw in charts.items():
            yield name, draw()
            advance(1.0)


def _provenance(command: str, words: Catalogue, *, is_invented: bool) -> Provenance:
    from analysis.report.charts.saving import Provenance as OfChart  # noqa: PLC0415

    return OfChart((), 0, 0, model_hash(), command, band_of(is_invented, words))


def _written(document: ReportDocument, folder: Path, name: str) -> Path:
    from analysis.report.page import html_of  # noqa: PLC0415

    return write_files(folder, {f"{name}.{document.language}.html": html_of(document)})[0]


def _nothing(_done: float) -> None:
    pass

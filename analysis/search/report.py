"""The report of a search: one HTML file in one language, its chart as PNG and SVG, a page in which it is brushed."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import ExperimentError, told, where
from analysis.report.elements import Bullets, Callout, Element, Paragraph, Picture, ReportDocument, Section, Table
from analysis.report.section_words import named_with_origin
from analysis.search.search import SearchResult
from analysis.search.sentences import (
    difference_head,
    difference_rows,
    failing_sentences,
    lever_head,
    lever_rows,
    objective_head,
    objective_rows,
    plan_sentences,
    result_sentences,
)
from analysis.store.durable_files import write_durably
from analysis.store.findings import folder_beside
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language
from model.code_hash import model_hash

REPORT = "report"


def write_report(found: SearchResult, folder: Path, language: Language) -> list[Path]:
    """Write the report of a search beside its folder; return its path and that of the page in which it is brushed.

    Raises
    ------
    ExperimentError
        If the place does not take them.
    """
    # Here and not above: matplotlib takes half a second to load.
    from analysis.report.charts.saving import Provenance  # noqa: PLC0415
    from analysis.report.page import html_of  # noqa: PLC0415
    from analysis.report.pictures import saved_pictures  # noqa: PLC0415
    from analysis.search.charts import FRONT, front_chart, front_page  # noqa: PLC0415

    words, place, plan = words_in(language), folder_beside(folder, "front"), found.plan
    band = band_of(plan.is_invented, words)
    command = f"search {plan.name}"
    provenance = Provenance((named_with_origin(plan.base),), plan.seed, plan.replications, model_hash(), command, band)
    report, page = place / f"{REPORT}.{language}.html", place / f"{FRONT}.{language}.html"
    try:
        sources = saved_pictures([(FRONT, front_chart(found, words))], place, language, provenance)
        write_durably(report, html_of(document_of(found, words, sources[FRONT])).encode())
        write_durably(page, front_page(found, words).encode())
    except OSError as error:
        advice = "make room or give the folder back its permissions"
        raise ExperimentError(f"{where(error, place)}: cannot be written ({told(error)}); {advice}") from None
    return [report, page]


def document_of(found: SearchResult, words: Catalogue, source: str) -> ReportDocument:
    """Return the report; `source` is that of the chart."""

    def text(key: str) -> str:
        return words.text(f"search.report_{key}")

    plan = found.plan
    band = band_of(plan.is_invented, words)
    said: list[Element] = [Callout(band, "warning")] if band else []
    said.append(Bullets(tuple(result_sentences(found, words))))
    packages: tuple[Element, ...] = (
        Picture(
            "front",
            words.text("search.chart_alt"),
            words.text("search.chart_caption").format(page=f"front.{words.language}.html"),
            source,
        ),
        Table("", tuple(lever_head(found, words)), tuple(map(tuple, lever_rows(found, words)))),
        Paragraph(words.text("search.how_to_read"), is_quiet=True),
        Table("", tuple(objective_head(found, words)), tuple(map(tuple, objective_rows(found, words)))),
        Paragraph(words.text("search.differences"), is_quiet=True),
        Table("", tuple(difference_head(found, words)), tuple(map(tuple, difference_rows(found, words)))),
    )
    return ReportDocument(
        language=words.language,
        kicker=text("kicker"),
        title=str(getattr(plan.shown_title, words.language)),
        question=text("question"),
        facts=((text("levers"), str(len(plan.levers))), (text("worlds"), str(plan.check.worlds))),
        contents=text("contents"),
        sections=(
            Section("left", text("left"), tuple(said)),
            Section("packages", text("packages"), packages),
            Section("failing", text("failing"), (Bullets(tuple(failing_sentences(found, words))),)),
            Section("plan", text("plan"), (Bullets(tuple(plan_sentences(plan, words))),)),
        ),
        foot=text("foot"),
    )

"""A report put together: which charts and sections an experiment gets."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.number_format import whole
from analysis.report.charts.all_charts import REPORT_CHARTS, Draw, chart_in_file
from analysis.report.contents import Contents
from analysis.report.elements import Element, Picture, ReportDocument, Section
from analysis.report.method_sections import again_section, limits_section, method_section
from analysis.report.plan_sections import design_section, replication_section, run_section
from analysis.report.result_sections import (
    ablation_section,
    answer_section,
    effects_section,
    maps_section,
    profiles_section,
    sensitivity_section,
)
from analysis.report.section_words import said, size_text
from model.catalogue import Catalogue

_SHORT_HASH = 12


def charts_of(contents: Contents, words: Catalogue) -> dict[str, Draw]:
    """Return what draws each chart of the report, by the name of its file."""
    return {name: draw for chart in REPORT_CHARTS for name, draw in chart.drawings(contents, words).items()}


def document_of(contents: Contents, words: Catalogue, sources: Mapping[str, str]) -> ReportDocument:
    """Return the report.

    Parameters
    ----------
    sources : of the charts, by the names that `charts_of` gives them.
    """
    pictures = {name: _picture(name, source, words) for name, source in sources.items()}
    return ReportDocument(
        language=words.language,
        kicker=words.text("report.kicker"),
        title=said(contents.specification.title, words),
        question=said(contents.specification.question, words),
        facts=_facts(contents, words),
        contents=words.text("report.contents"),
        sections=tuple(_sections(contents, words, pictures)),
        foot=words.text("report.foot"),
    )


def _sections(contents: Contents, words: Catalogue, pictures: Mapping[str, Picture]) -> list[Section]:
    def pictures_in(section: str) -> tuple[Element, ...]:
        return tuple(picture for name, picture in pictures.items() if chart_in_file(name).section == section)

    sections = [
        answer_section(contents, words),
        design_section(contents, words),
        run_section(contents, words),
        replication_section(contents, words, pictures_in("replications")),
    ]
    if contents.ablation is None:
        sections.append(effects_section(contents, words, pictures_in("effects")))
    if pictures_in("maps"):
        sections.append(maps_section(words, pictures_in("maps"), contents.boundary is not None))
    if pictures_in("profiles"):
        sections.append(profiles_section(words, pictures_in("profiles")))
    if contents.indices is not None:
        sections.append(sensitivity_section(contents.indices, words, pictures_in("sensitivity")))
    if contents.ablation is not None:
        sections.append(ablation_section(contents, words, pictures_in("mechanisms")))
    return [*sections, limits_section(contents, words), method_section(contents, words), again_section(contents, words)]


def _picture(name: str, source: str, words: Catalogue) -> Picture:
    kind = chart_in_file(name).name
    return Picture(name, words.text(f"report.alt_{kind}"), words.text(f"report.caption_{kind}"), source)


def _facts(contents: Contents, words: Catalogue) -> tuple[tuple[str, str], ...]:
    specification, manifest = contents.specification, contents.manifest
    git = manifest.get("git") or {}
    return (
        (words.text("sweep.base"), said(specification.base.title, words)),
        (words.text("report.size"), size_text(specification.base, words)),
        (words.text("sweep.runs_planned"), whole(contents.progress.rows)),
        (words.text("report.seed"), str(specification.seed)),
        (words.text("report.model_hash"), str(manifest["model_hash"])[:_SHORT_HASH]),
        (words.text("report.code_state"), str(git.get("commit") or words.text("report.unknown"))[:_SHORT_HASH]),
    )

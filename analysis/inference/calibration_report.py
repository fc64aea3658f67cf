"""The report of a calibration: one HTML file in one language, with its chart as PNG and SVG beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.errors import ExperimentError, told, where
from analysis.inference.calibration import Calibration
from analysis.inference.calibration_document import Said, Titled, gate_sentence, label_of, parts_of
from analysis.inference.targets_file import SHIPPED
from analysis.report.elements import Callout, Element, Paragraph, Picture, ReportDocument, Section, Table
from analysis.report.section_words import named_with_origin
from analysis.shell import quoted
from analysis.store.durable_files import write_durably
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language
from model.code_hash import model_hash

CHART = "marginals"
# Which charts stand in which part.
_SHOWN_IN = {"in_short": ("dropped",), CHART: (CHART, "posterior"), "pairs": ("pairs",), "check": ("ranks",)}
_TEXT_COLUMNS = {"targets": 5}


def command_of(found: Calibration) -> str:
    """Return the command that calibrates the same again."""
    file = found.targets.file
    named = found.targets.name if file.parent == SHIPPED else file.name
    return quoted("calibrate", named, *(("--rounds", found.rounds) if found.rounds > 1 else ()))


def write_report(found: Calibration, language: Language, folder: Path | None = None) -> Path:
    """Write the report of a calibration and return its path; ExperimentError if the place does not take it."""
    # Here and not above: matplotlib takes half a second to load.
    from analysis.inference.calibration_chart import charts_of  # noqa: PLC0415
    from analysis.report.charts.saving import Provenance  # noqa: PLC0415
    from analysis.report.page import html_of  # noqa: PLC0415
    from analysis.report.pictures import saved_pictures  # noqa: PLC0415

    words, place = words_in(language), folder or found.findings
    targets = found.targets
    origin = (named_with_origin(targets.base),)
    provenance = Provenance(origin, targets.seed, 1, model_hash(), command_of(found), _band(found, words))
    try:
        place.mkdir(parents=True, exist_ok=True)
        charts = ((name, draw()) for name, draw in charts_of(found, words).items())
        sources = saved_pictures(charts, place, language, provenance)
        path = place / f"report.{language}.html"
        write_durably(path, html_of(document_of(found, words, sources)).encode())
    except OSError as error:
        advice = "make room or give the folder back its permissions"
        raise ExperimentError(f"{where(error, place)}: cannot be written ({told(error)}); {advice}") from None
    return path


def document_of(found: Calibration, words: Catalogue, sources: Mapping[str, str]) -> ReportDocument:
    """Return the report; `sources` are those of the charts, by their names."""
    sections = []
    for part in parts_of(found, words):
        blocks = _blocks(part, gate_sentence(found, words), is_clean=found.inference.check.is_clean)
        shown = [name for name in _SHOWN_IN.get(part.name, ()) if name in sources]
        blocks[:0] = [_picture(name, found, words, sources[name]) for name in shown]
        sections.append(Section(part.name, part.title, tuple(blocks)))
    return ReportDocument(
        language=words.language,
        kicker=words.text("calibration.kicker"),
        title=str(getattr(found.targets.shown_title, words.language)),
        question=words.text("calibration.question"),
        facts=((words.text("calibration.targets"), str(len(found.targets.targets))),),
        contents=words.text("calibration.contents"),
        sections=tuple(sections),
        foot=words.text("calibration.foot"),
    )


def _band(found: Calibration, words: Catalogue) -> str:
    return band_of(found.targets.is_invented, words)


def _picture(name: str, found: Calibration, words: Catalogue, source: str) -> Picture:
    if name == CHART:
        return Picture(CHART, words.text("calibration.chart"), _described(found, words), source)
    title, reading = (words.text(f"calibration.chart_{name}{end}") for end in ("", "_reading"))
    return Picture(name, title, f"{title}. {reading}" if words.language == "en" else f"{title}。{reading}", source)


def _described(found: Calibration, words: Catalogue) -> str:
    listed = words.text("scenario.comma").join(label_of(name, words) for name in found.inference.prior.names)
    return f"{words.text('calibration.chart_reading')} ({listed})"


def _blocks(part: Titled, gate: str, *, is_clean: bool) -> list[Element]:
    """Return the blocks of a part; whether the intervals can be trusted must not be overlooked."""
    blocks: list[Element] = []
    for block in part.blocks:
        if not isinstance(block, Said):
            blocks.append(Table("", block.head, block.rows, n_texts=_TEXT_COLUMNS.get(part.name, 1)))
        elif block.text == gate:
            blocks.append(Callout(gate, "good" if is_clean else "warning"))
        else:
            blocks.append(Paragraph(block.text))
    return blocks

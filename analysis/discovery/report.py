"""The report of a discovery: one HTML file in one language, with its charts as PNG and SVG beside it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from analysis.discovery.conditions import Condition
from analysis.discovery.discovery import Discovery, How
from analysis.discovery.sentences import label_of, percent, sentences_of
from analysis.errors import ExperimentError, told, where
from analysis.report.elements import Callout, Element, Paragraph, Picture, ReportDocument, Section, Table
from analysis.report.section_words import named_with_origin
from analysis.shell import quoted
from analysis.store.durable_files import write_durably
from analysis.store.experiment import Experiment
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language

REPORT = "report"
_BOX_COLUMNS = ("box", "density", "interval", "coverage", "mass", "base")
_LIMIT_COLUMNS = ("box", "factor", "side", "at", "ends", "resamples", "firm")


class DiscoveryOrigin(NamedTuple):
    """What a discovery was made in: its name, the scenario it is about, its luck, its command, where it goes."""

    name: str
    folder: Path
    scenario: str
    seed: int
    replications: int
    model_hash: str
    command: str
    is_invented: bool


def origin_of(experiment: Experiment, condition: Condition, how: How, folder: Path) -> DiscoveryOrigin:
    """Return the origin of a discovery in a sweep, which goes to a folder."""
    specification = experiment.specification
    return DiscoveryOrigin(
        name=specification.name,
        folder=folder,
        scenario=named_with_origin(specification.base),
        seed=specification.seed,
        replications=specification.replications,
        model_hash=str(experiment.manifest["model_hash"]),
        command=command_of(experiment.folder.name, how, when=condition.text, of=condition.of),
        is_invented=specification.base.is_invented,
    )


def command_of(name: str, how: How, **asked: str) -> str:
    """Return the command that discovers the same again; what is chosen by default is left out."""
    usual = {**How()._asdict(), "of": "value"}
    chosen = {**asked, "method": how.method, "density": how.density, "resamples": how.resamples}
    words = [word for name, value in chosen.items() if value != usual.get(name) for word in (f"--{name}", str(value))]
    return quoted("discover", name, *words)


def write_report(origin: DiscoveryOrigin, what: str, found: Discovery, language: Language) -> Path:
    """Write the report of a discovery beside what it was made in, and return its path; `what` is what comes out so.

    Raises
    ------
    ExperimentError
        If the place does not take it.
    """
    # Here and not above: matplotlib takes half a second to load.
    from analysis.discovery.charts import charts_of  # noqa: PLC0415
    from analysis.report.charts.saving import Provenance  # noqa: PLC0415
    from analysis.report.page import html_of  # noqa: PLC0415
    from analysis.report.pictures import saved_pictures  # noqa: PLC0415

    words, place = words_in(language), origin.folder
    provenance = Provenance(
        (origin.scenario,),
        origin.seed,
        origin.replications,
        origin.model_hash,
        origin.command,
        band_of(origin.is_invented, words),
    )
    try:
        sources = saved_pictures(charts_of(what, found, words).items(), place, language, provenance)
        path = place / f"{REPORT}.{language}.html"
        write_durably(path, html_of(document_of(origin, what, found, words, sources)).encode())
    except OSError as error:
        advice = "make room or give the folder back its permissions"
        raise ExperimentError(f"{where(error, place)}: cannot be written ({told(error)}); {advice}") from None
    return path


def document_of(
    origin: DiscoveryOrigin, what: str, found: Discovery, words: Catalogue, sources: dict[str, str]
) -> ReportDocument:
    """Return the report; `what` is the condition in words, `sources` are those of the charts."""

    def text(key: str) -> str:
        return words.text(f"discovery.report_{key}")

    said: list[Element] = [Paragraph(sentence) for sentence in sentences_of(what, found, words)]
    if band := band_of(origin.is_invented, words):
        said.insert(0, Callout(band, "warning"))
    sections = [Section("found", text("found"), tuple(said))]
    if found.boxes:
        boxes = Table("", _box_head(words), _box_rows(found), n_texts=1)
        limits = Table("", _limit_head(words), _limit_rows(found, words), n_texts=3)
        note = [Paragraph(text("boxes_note"), is_quiet=True)] if len(found.boxes) > 1 else []
        sections.append(Section("boxes", text("boxes"), (*_shown("peeling", words, sources), boxes, *note)))
        sections.append(Section("limits", text("limits"), (*_shown("limits", words, sources), limits)))
    return ReportDocument(
        language=words.language,
        kicker=text("kicker"),
        title=text("title").format(what=what),
        question=text("question"),
        facts=((text("points"), f"{found.n_points:,}"), (text("sweep"), origin.name)),
        contents=text("contents"),
        sections=tuple(sections),
        foot=text("foot"),
    )


def _shown(name: str, words: Catalogue, sources: dict[str, str]) -> list[Element]:
    said = words.text(f"discovery.chart_{name}")
    return [Picture(name, said, said, sources[name])] if name in sources else []


def _box_head(words: Catalogue) -> tuple[str, ...]:
    return tuple(words.text(f"discovery.report_{key}") for key in _BOX_COLUMNS)


def _box_rows(found: Discovery) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            percent(box.added.density),
            f"{percent(box.added.low)} – {percent(box.added.high)}",
            percent(box.added.coverage),
            percent(box.added.mass),
            percent(box.added.base_rate),
        )
        for number, box in enumerate(found.boxes, start=1)
    )


def _limit_head(words: Catalogue) -> tuple[str, ...]:
    return tuple(words.text(f"discovery.report_{key}") for key in _LIMIT_COLUMNS)


def _limit_rows(found: Discovery, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            label_of(limit.path, words),
            words.text(f"discovery.{limit.side}"),
            f"{limit.at:.3g}",
            f"{limit.low:.3g} – {limit.high:.3g}",
            percent(limit.share),
            words.text("discovery.report_yes" if limit.is_firm else "discovery.report_no"),
        )
        for number, box in enumerate(found.boxes, start=1)
        for limit in box.limits
    )

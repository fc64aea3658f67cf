"""A report as one HTML file that needs nothing else: no other file, no network, no script."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.report.charts.fonts import CHART_FONT
from analysis.report.elements import ReportDocument
from analysis.words import with_singulars

_TEMPLATES = Path(__file__).parent / "templates"
_FIRST_CHINESE_SIGN = "\u2e80"
_LANGUAGE_TAGS = {"en": "en", "zh": "zh-Hans"}


def html_of(document: ReportDocument) -> str:
    """Return a report as HTML; every text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_with_singulars,
    )
    styles = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    template = environment.get_template("report.html")
    shown = {"document": document, "language": _LANGUAGE_TAGS[document.language], "styles": styles}
    page = template.render(**shown, font="")
    return template.render(**shown, font=font_source(page)) if document.language == "zh" else page


def _with_singulars(value: Any) -> Any:
    """Return a text of the report with its singulars; what is markup already, or no text, as it is."""
    return with_singulars(value) if type(value) is str else value


def font_source(text: str) -> str:
    """Return the charts' font, cut to the characters of a text, as the address of a font that holds all of it.

    So Chinese reports look the same everywhere, also where there is no Chinese font.
    """
    from fontTools import subset  # noqa: PLC0415  (only Chinese reports need it)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subset.Options(flavor="woff", layout_features=[], notdef_outline=True)
    font = TTFont(CHART_FONT, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted({character for character in text if character >= _FIRST_CHINESE_SIGN})))
    cutter.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return "data:font/woff;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def image_source(svg: Path) -> str:
    """Return an SVG file as the address of an image that holds all of it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.read_bytes()).decode("ascii")

"""A report as one HTML file that needs nothing else: no other file, no network, no script."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.report.blocks import Document

_TEMPLATES = Path(__file__).parent / "templates"
_LANGUAGE_TAGS = {"en": "en", "zh": "zh-Hans"}


def html_of(document: Document) -> str:
    """Return a report as HTML; every text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    styles = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    template = environment.get_template("report.html")
    return template.render(document=document, language=_LANGUAGE_TAGS[document.language], styles=styles)


def image_source(svg: Path) -> str:
    """Return an SVG file as the address of an image that holds all of it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.read_bytes()).decode("ascii")

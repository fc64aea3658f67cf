"""What a report is made of: sections of blocks, without a word on how they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "plain", "warning"]

_LONGEST_NUMBER = 28  # an interval behind its mean


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `is_quiet` for remarks."""

    text: str
    is_quiet: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Callout:
    """A sentence or two that must not be overlooked."""

    text: str
    tone: Tone = "plain"
    kind: Literal["callout"] = "callout"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Facts:
    """Labels with a text each."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Table:
    """A table of texts: the first `n_texts` columns stand left, the others are numbers and stand right.

    A column with a text too long for a number stands left and is broken into lines, wherever it is.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_texts: int = 1
    kind: Literal["table"] = "table"

    def is_number(self, column: int) -> bool:
        """Tell whether a column, from 0, stands right."""
        return column >= self.n_texts and all(len(row[column]) <= _LONGEST_NUMBER for row in self.rows)


@dataclass(frozen=True)
class Picture:
    """A chart: the name of its file, what it shows for those who cannot see it, and the text below it."""

    name: str
    description: str
    caption: str
    source: str  # of the image, as a data address
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Code:
    """Lines of code or commands, as they are."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Folded:
    """Blocks that are shown when asked for."""

    summary: str
    blocks: tuple[Paragraph | Table | Code | Bullets | Facts, ...]
    kind: Literal["folded"] = "folded"


Element = Paragraph | Callout | Bullets | Facts | Table | Picture | Code | Folded


@dataclass(frozen=True)
class Section:
    """A section: its name in links, its heading, its blocks."""

    name: str
    title: str
    blocks: tuple[Element, ...]


@dataclass(frozen=True)
class ReportDocument:
    """A report: language, heading lines and sections."""

    language: Literal["en", "zh"]
    kicker: str
    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    contents: str
    sections: tuple[Section, ...]
    foot: str

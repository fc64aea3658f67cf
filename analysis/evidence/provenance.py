"""Where a scenario made from evidence comes from: a table that changes no number and goes where the scenario goes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import tomli_w

from model.scenario import Scenario, Text
from model.scenario.serialisation import data_of

MADE_BY_CASES, MADE_BY_TEXTS = "cases estimate", "texts scenario"
INVENTED = {"en": "Invented data: ", "zh": "虚构数据："}


@dataclass(frozen=True)
class Provenance:
    """What a scenario was made from, and how; what does not apply is empty."""

    made_by: str
    file: str
    sha256: str
    rows: int = 0
    cases: int = 0
    codebook: str = ""
    mapping: str = ""
    selection: str = ""
    published: str = ""
    seed: int = 1
    invented: bool = False
    made_with: str = ""

    @property
    def table(self) -> dict[str, Any]:
        """Return it as a table of TOML, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value not in ("", 0) or name == "invented"}


def checksum(path: str | Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def marked(text: str, language: str, is_invented: bool) -> str:
    """Return a title, with the mark of invented data before it if they are; nothing switches that off."""
    mark = INVENTED[language]
    return mark + text if is_invented and not text.startswith(mark) else text


def scenario_with_provenance(scenario: Scenario, provenance: Provenance) -> str:
    """Return a complete scenario as TOML, with where it comes from below its question."""
    title = Text(
        marked(scenario.title.en, "en", provenance.invented), marked(scenario.title.zh, "zh", provenance.invented)
    )
    data: Mapping[str, Any] = data_of(scenario)
    return tomli_w.dumps({**data, "title": asdict(title), "provenance": provenance.table})


def keys_of_provenance() -> tuple[str, ...]:
    """Return the keys that the table may have."""
    return tuple(field.name for field in fields(Provenance))

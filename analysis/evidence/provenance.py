"""Where a scenario made from evidence comes from: a table that changes no number and goes where the scenario goes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import tomli_w

from model.scenario import Scenario, marked
from model.scenario.serialisation import data_of

MADE_BY_CASES, MADE_BY_TEXTS = "cases estimate", "texts scenario"


@dataclass(frozen=True)
class EvidenceProvenance:
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


def scenario_with_provenance(scenario: Scenario, provenance: EvidenceProvenance) -> str:
    """Return a complete scenario as TOML, with where it comes from below its question."""
    title = marked(scenario.title, provenance.invented)
    return tomli_w.dumps({**data_of(scenario), "title": asdict(title), "provenance": provenance.table})

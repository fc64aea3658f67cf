"""Where the statistics of an experiment are kept: in a folder beside it, as CSV with a summary in JSON.

Not inside: the folder of an experiment holds what the plan asks for and nothing else. Every file appears whole or not
at all, and an older one is replaced; all of them follow from the experiment and can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from analysis.arrow_files import arrow_file
from analysis.errors import ExperimentError, told, where
from analysis.store.atomic_folder import MANIFEST
from analysis.store.durable_files import write_durably
from analysis.store.experiment import Gap

SUMMARY, FINDINGS = "summary.json", "findings"
# Of an estimate from coded cases: how its folder ends, and what the file that it was made from is called there.
EVIDENCE, CODED = "evidence", "coded"


def folder_beside(folder: Path, name: str) -> Path:
    """Return the folder beside an experiment's for findings of a kind: results/mine-sensitivity."""
    target = folder if folder.name else folder.resolve()
    return target.with_name(f"{target.name}-{name}")


def findings_of(folder: Path, name: str, lock: str) -> Path | None:
    """Return the folder with the findings of a kind of this very experiment; None if there are none.

    They lie beside the experiment, or in a bundle that was unpacked in findings/.
    """
    for place in (folder_beside(folder, name), folder.resolve().parent / FINDINGS / name):
        with suppress(OSError, ValueError, AttributeError):
            if json.loads((place / SUMMARY).read_text(encoding="utf-8")).get("lock") == lock:
                return place
    return None


def write_findings(folder: Path, tables: Mapping[str, pd.DataFrame], summary: Mapping[str, Any]) -> list[Path]:
    """Write tables as CSV and a summary, and return their paths; ExperimentError if the place does not take them.

    Numbers are written so that reading them gives the same numbers, bit for bit.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / MANIFEST).exists():
            raise ExperimentError(f"{folder}: is a result, and findings would lie among its files; move it away")
        for name, table in tables.items():
            path = folder / f"{name}.csv"
            write_durably(path, table.to_csv(index=False, lineterminator="\n").encode())
            written.append(path)
        path = folder / SUMMARY
        write_durably(path, (json.dumps(summary, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        advice = "make room or give the folder back its permissions"
        raise ExperimentError(f"{where(error, folder)}: cannot be written ({told(error)}); {advice}") from None
    return [*written, path]


def are_from_invented(file: Path) -> bool:
    """Tell whether a file of findings, such as draws, was made from invented data, as the summary beside it says."""
    with suppress(OSError, ValueError, AttributeError):
        summary = json.loads((file.parent / SUMMARY).read_text(encoding="utf-8"))
        return bool(summary.get("invented") or summary.get("provenance", {}).get("invented"))
    return False


def read_findings(folder: Path, names: Sequence[str]) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Return the tables of these names and the summary; ExperimentError if they are not there."""
    try:
        tables = {name: _table(folder / f"{name}.csv") for name in names}
        return tables, json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError, pa.ArrowException):
        raise ExperimentError(f"{folder}: holds no findings that can be read; make them again") from None


def _table(path: Path) -> pd.DataFrame:
    with arrow_file(path) as file:
        table: pd.DataFrame = csv.read_csv(file).to_pandas()
    return table


def gaps_as_facts(gaps: Sequence[Gap]) -> list[dict[str, Any]]:
    """Return gaps as JSON can hold them."""
    return [
        {"first_id": gap.first_id, "last_id": gap.last_id, "reason": gap.reason, "message": gap.message} for gap in gaps
    ]

"""Results on disk: Parquet tables and a manifest, in a folder that appears whole or not at all.

``months.parquet`` has a row for every scenario, run, month and jurisdiction ("all" first), ``runs.parquet`` one for
every run with its seed and its means over the last five years, ``effects.parquet`` the paired differences from the
first scenario where there are several, ``severity_exemption.parquet`` the means of runs over a grid of two levers,
``panel.parquet`` every official in every month, ``manifest.json`` where it all comes from. The same inputs give the
same bytes, but for the duration in the manifest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analysis.arrow_files import arrow_file
from analysis.errors import ExperimentError, told
from analysis.store.atomic_folder import MANIFEST, is_result
from analysis.store.column_labels import labelled
from analysis.store.durable_files import file_hash
from analysis.store.locks import LOCK
from analysis.store.provenance import SCHEMA_VERSION, Facts, manifest_of
from model.measures import MEASURES
from model.simulate import Result, jurisdiction_names
from model.vocabulary import Engine

_ROWS_OF_A_GROUP = 100_000
PANEL = "panel.parquet"
_RENEW = "simulate again to renew the result"

_NAMES = pa.dictionary(pa.int32(), pa.string())
_MONTHS_SCHEMA = labelled(
    pa.schema(
        [
            ("scenario", _NAMES),
            ("run", pa.int64()),
            ("month", pa.int64()),
            ("jurisdiction", _NAMES),
            *((measure, pa.float64()) for measure in MEASURES),
        ]
    )
)


@dataclass(frozen=True)
class StoredResult:
    """A result as it was read: its manifest and its tables; a table that the result does not have is None."""

    manifest: dict[str, Any]
    months: pd.DataFrame
    runs: pd.DataFrame
    effects: pd.DataFrame | None
    severity_exemption: pd.DataFrame | None


@dataclass(frozen=True)
class Origin:
    """What the manifest tells beside the results themselves."""

    task: str
    engine: Engine = "ensemble"
    duration_seconds: float = 0.0
    is_complete: bool = True
    made_from: tuple[str, ...] | None = None


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet; the names of scenarios and measures as plain text, labels and units as metadata."""
    columns = pa.Table.from_pandas(table, preserve_index=False)
    columns = columns.cast(labelled(columns.schema))
    with arrow_file(path, "wb") as file:
        parquet.write_table(columns, file, compression="zstd")


def write_manifest(results: Sequence[Result], draft: Path, origin: Origin) -> None:
    """Write the manifest, the last file of a result, with a checksum of every other one; OSError if that fails."""
    facts: Facts = manifest_of(results, origin.task, origin.engine, origin.is_complete)
    if origin.made_from is not None:
        facts["made_from"] = list(origin.made_from)
    paths = [path for path in sorted(draft.rglob("*")) if path.is_file() and path.name not in (MANIFEST, LOCK)]
    facts["files"] = {path.relative_to(draft).as_posix(): file_hash(path) for path in paths}
    facts["duration_seconds"] = round(origin.duration_seconds, 3)
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    (draft / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_result(folder: str | Path) -> StoredResult:
    """Return the manifest and the tables of a result.

    Raises
    ------
    ExperimentError
        If there is no result, if it was made by another version of this format, or if a table is damaged.
    """
    place = Path(folder)
    if not is_result(place):
        raise ExperimentError(f"{folder}: holds no result; give a folder that simulate or compare has written")
    manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("schema_version") != SCHEMA_VERSION:
        found = manifest.get("schema_version")
        raise ExperimentError(f"{place / MANIFEST}: schema_version is {found}, allowed is {SCHEMA_VERSION}; {_RENEW}")
    tables = [_read(place, name, manifest) for name in ("months", "runs", "effects", "severity_exemption")]
    months, runs, effects, severity_exemption = tables
    if months is None or runs is None:
        raise ExperimentError(f"{folder}: months.parquet or runs.parquet is missing; {_RENEW}")
    return StoredResult(manifest, months, runs, effects, severity_exemption)


def _read(place: Path, name: str, manifest: Facts) -> pd.DataFrame | None:
    """Return a table whose bytes are those that were written; None if the result has none of that name."""
    path = place / f"{name}.parquet"
    if path.name not in manifest.get("files", {}):
        return None
    try:
        if file_hash(path) == manifest["files"][path.name]:
            with arrow_file(path) as file:
                return pd.read_parquet(file)
    except OSError as error:
        raise ExperimentError(f"{path}: cannot be read ({told(error)}); {_RENEW}") from None
    raise ExperimentError(f"{path}: is not as it was written; {_RENEW}")


def write_months(results: Sequence[Result], path: Path) -> None:
    """Write the months of all runs, a row group for so many runs as make it worth its overhead."""
    scenarios = [result.scenario.name for result in results]
    jurisdictions = list(dict.fromkeys(["all", *(name for result in results for name in _names(result))]))
    with arrow_file(path, "wb") as file, parquet.ParquetWriter(file, _MONTHS_SCHEMA, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        for part in _parts(results):
            months = part.months
            months["jurisdiction"] = months["jurisdiction"].cat.set_categories(jurisdictions)
            months["scenario"] = pd.Categorical(months["scenario"], categories=scenarios)
            waiting.append(pa.Table.from_pandas(months, schema=_MONTHS_SCHEMA, preserve_index=False))
            if sum(table.num_rows for table in waiting) >= _ROWS_OF_A_GROUP:
                _write_group(writer, waiting)
        _write_group(writer, waiting)


def _parts(results: Sequence[Result]) -> Iterator[Result]:
    """Yield the results in parts of so many runs that the table of a part is not much larger than a row group."""
    for result in results:
        rows_of_a_run = result.scenario.months * (1 + len(_names(result)))
        n_runs = max(1, _ROWS_OF_A_GROUP // rows_of_a_run)
        for first in range(0, len(result.series), n_runs):
            yield Result(result.scenario, result.seed, result.series[first : first + n_runs])


def _names(result: Result) -> list[str]:
    """Return the names of the jurisdictions whose months are kept."""
    is_kept = any(len(series.by_jurisdiction) for series in result.series)
    return jurisdiction_names(result.scenario) if is_kept else []


def _write_group(writer: parquet.ParquetWriter, waiting: list[pa.Table]) -> None:
    """Write the waiting tables as one row group, and empty the list."""
    if waiting:
        group = pa.concat_tables(waiting)
        waiting.clear()
        writer.write_table(group, row_group_size=group.num_rows)

"""The final tables of an experiment: one row a run, ordered by the design, whoever did which block when.

They are written as a stream, part by part in the order of the blocks, in row groups of a fixed size, so the bytes
depend on the rows alone and the memory needed does not grow with their number.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from analysis.experiments.parts import (
    PARQUET_OPTIONS,
    SERIES,
    TABLE,
    TEMPORARY,
    Part,
    read_part,
    series_schema,
    sync_folder,
    table_schema,
    write_durably,
)
from analysis.experiments.specification import Specification

FINISHED = "finished.json"
FILES = {"table": "table.parquet", "reference": "reference.parquet", "series": "series.parquet"}
_ROWS_OF_A_GROUP = 65_536
_READ_BYTES = 1 << 20

Facts = dict[str, Any]


def write_final_tables(
    folder: Path, specification: Specification, parts: Iterable[Part], n_points: int, lock: str
) -> None:
    """Write the final tables from the parts of all blocks, in their order, and what says that they are there.

    Raises
    ------
    DamagedError : if a part is not as it was written.
    OSError : if the disk does not take them; what was there before is intact.
    """
    known = list(parts)
    facts: Facts = {"lock": lock, "files": {}}
    plans = {
        "table": (TABLE, table_schema(specification), pc.field("point") < n_points),
        "reference": (TABLE, table_schema(specification), pc.field("point") >= n_points),
    }
    if specification.monthly_series:
        plans["series"] = (SERIES, series_schema(specification), None)
    for name, (kind, schema, condition) in plans.items():
        tables = (read_part(part, kind) for part in known)
        rows = _write_stream(
            folder / FILES[name], schema, (t if condition is None else t.filter(condition) for t in tables)
        )
        path = folder / FILES[name]
        facts["files"][path.name] = {"sha256": file_hash(path), "rows": rows}
    for key in ("rows", "failed", "timed_out"):
        facts[key] = sum(getattr(part.entry, key) for part in known)
    write_durably(folder / FINISHED, (json.dumps(facts, indent=2) + "\n").encode())


def finished_facts(folder: Path, lock: str) -> Facts | None:
    """Return what is said of the final tables of an experiment; None if they are not there, or another one's."""
    try:
        facts = json.loads((folder / FINISHED).read_text(encoding="utf-8"))
        is_right = facts["lock"] == lock and all("sha256" in file for file in facts["files"].values())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return facts if is_right else None


def is_intact(folder: Path, facts: Facts, name: str) -> bool:
    """Tell whether a final table is as it was written."""
    try:
        return bool(file_hash(folder / FILES[name]) == facts["files"][FILES[name]]["sha256"])
    except (OSError, KeyError):
        return False


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _write_stream(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    """Write tables one after the other as one file that is there whole or not at all; return its number of rows."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    rows = 0
    try:
        with temporary.open("wb") as file:
            with parquet.ParquetWriter(file, schema, **PARQUET_OPTIONS) as writer:
                for group in _groups(tables, schema):
                    writer.write_table(group, row_group_size=_ROWS_OF_A_GROUP)
                    rows += group.num_rows
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return rows


def _groups(tables: Iterator[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows of tables in groups of a fixed size; the last one holds what is left."""
    waiting: list[pa.Table] = []
    n_waiting = 0
    for table in tables:
        waiting.append(table)
        n_waiting += table.num_rows
        while n_waiting >= _ROWS_OF_A_GROUP:
            whole = pa.concat_tables(waiting).combine_chunks()
            yield whole.slice(0, _ROWS_OF_A_GROUP)
            waiting = [whole.slice(_ROWS_OF_A_GROUP)]
            n_waiting -= _ROWS_OF_A_GROUP
    yield pa.concat_tables(waiting).combine_chunks() if n_waiting else schema.empty_table()

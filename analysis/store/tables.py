"""The final tables of an experiment: one row a run, ordered by the design, whoever did which block when.

They are written as a stream, part by part in the order of the blocks, in row groups of a fixed size, so the bytes
depend on the rows alone and the memory needed does not grow with their number.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from analysis.design.specification import Specification
from analysis.store.column_labels import labelled
from analysis.store.durable_files import PARQUET_OPTIONS, file_hash, sync_folder, temporary_beside, write_durably
from analysis.store.part_files import SERIES, TABLE, Part, read_part, series_schema, table_schema

FINISHED = "finished.json"
FILES = {"table": "table.parquet", "reference": "reference.parquet", "series": "series.parquet"}
_OPTIONS = {**PARQUET_OPTIONS, "store_schema": True}  # labels and units stand in the schema
_ROWS_OF_A_GROUP = 8_192  # few enough that writing the tables takes no more memory than the runs did

Facts = dict[str, Any]


def write_final_tables(
    folder: Path, specification: Specification, parts: Iterable[Part], first_of_reference: int, lock: str
) -> None:
    """Write the final tables from the parts of all blocks, in their order, and what says that they are there.

    Parameters
    ----------
    first_of_reference : the id of the first run of the base scenario, whose rows have a file of their own.

    Raises
    ------
    DamagedError : if a part is not as it was written.
    OSError : if the disk does not take them; what was there before is intact.
    """
    known = list(parts)
    files = {}
    design = (part for part in known if part.entry.first_id < first_of_reference)
    reference = (part for part in known if part.entry.last_id > first_of_reference)
    is_of_design = pc.field("id") < first_of_reference
    runs = table_schema(specification)
    files["table"] = _write_stream(folder, "table", runs, (_rows_of(part, is_of_design) for part in design))
    files["reference"] = _write_stream(folder, "reference", runs, (_rows_of(part, ~is_of_design) for part in reference))
    if specification.monthly_series:
        series = (read_part(part, SERIES) for part in known)
        files["series"] = _write_stream(folder, "series", series_schema(specification), series)
    facts: Facts = {"lock": lock, "files": {FILES[name]: about for name, about in files.items()}}
    for key in ("rows", "failed", "timed_out"):
        facts[key] = sum(getattr(part.entry, key) for part in known)
    write_durably(folder / FINISHED, (json.dumps(facts, indent=2) + "\n").encode())


def _rows_of(part: Part, condition: pc.Expression) -> pa.Table:
    """Return the rows of a part that fulfil a condition on ids; no part but one has both kinds."""
    return read_part(part, TABLE).filter(condition)


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


def _write_stream(folder: Path, name: str, schema: pa.Schema, tables: Iterator[pa.Table]) -> Facts:
    """Write tables one after the other as one file that is there whole or not at all; return its checksum and rows."""
    path = folder / FILES[name]
    temporary = temporary_beside(path)
    rows = 0
    try:
        with temporary.open("wb") as file:
            with parquet.ParquetWriter(file, labelled(schema), **_OPTIONS) as writer:
                for group in _groups(tables, schema):
                    writer.write_table(group, row_group_size=_ROWS_OF_A_GROUP)
                    rows += group.num_rows
            file.flush()
            os.fsync(file.fileno())
        checksum = file_hash(temporary)
        temporary.replace(path)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return {"sha256": checksum, "rows": rows}


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

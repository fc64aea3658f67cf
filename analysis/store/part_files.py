"""Parts: what is on disk of an experiment while it grows. One Parquet file for a block, and an index to them.

A part is written under a temporary name, forced to the disk and renamed; then a line of the index tells its checksum.
Parts and lines are never changed or removed. A block that has to be done again gets another part with a higher attempt,
and the highest attempt counts. A part without a line in the index was in flight when its process ended, and counts for
nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from analysis.design.specification import Specification
from analysis.errors import told
from analysis.store.durable_files import TEMPORARY, parquet_bytes, write_durably
from analysis.store.locks import PARTS
from analysis.store.rows import OK, Rows

INDEX = "index.jsonl"
TABLE, SERIES = "block", "series"


class Entry(NamedTuple):
    """A line of an index: which block, which attempt at it, what came out, and the files with their checksums.

    `seconds` is what it took, `at` when it was done (UNIX time), `lock` the hash of the experiment.
    """

    block: int
    attempt: int
    first_id: int
    last_id: int
    rows: int
    failed: int
    timed_out: int
    seconds: float
    at: float
    lock: str
    files: dict[str, str]


class Part(NamedTuple):
    """A finished block: the folder its files lie in, and its entry."""

    folder: Path
    entry: Entry

    def path(self, kind: str) -> Path:
        """Return the path of its table ("block") or its monthly series ("series")."""
        return self.folder / next(name for name in self.entry.files if name.startswith(kind))


class Damage(NamedTuple):
    """A file that is not as it was written, and what is wrong with it."""

    path: Path
    reason: str


class DamagedError(Exception):
    """A part cannot be read; `damage` tells which and why."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(f"{damage.path}: {damage.reason}")
        self.damage = damage


def table_schema(specification: Specification) -> pa.Schema:
    """Return the columns of the table of runs."""
    return pa.schema(
        [
            ("id", pa.int64()),
            ("point", pa.int32()),
            ("replication", pa.int32()),
            ("seed", pa.int64()),
            ("run", pa.int64()),
            ("status", pa.string()),
            ("message", pa.string()),
            *((path, pa.float64()) for path in specification.factor_paths),
            *((measure, pa.float64()) for measure in specification.measures),
        ]
    )


def series_schema(specification: Specification) -> pa.Schema:
    """Return the columns of the table of monthly series."""
    keys = [("id", pa.int64()), ("point", pa.int32()), ("replication", pa.int32()), ("month", pa.int32())]
    return pa.schema([*keys, *((measure, pa.float64()) for measure in specification.measures)])


def table_of(specification: Specification, rows: Rows) -> pa.Table:
    """Return the rows of a block as a table."""
    columns = [
        pa.array([run.id for run in rows.runs], pa.int64()),
        pa.array([run.point for run in rows.runs], pa.int32()),
        pa.array([run.replication for run in rows.runs], pa.int32()),
        pa.array(np.full(len(rows.runs), specification.seed), pa.int64()),
        pa.array([run.run for run in rows.runs], pa.int64()),
        pa.array(rows.statuses, pa.string()),
        pa.array(rows.messages, pa.string()),
        *(pa.array(np.ascontiguousarray(column)) for column in rows.factors.T),
        *(pa.array(np.ascontiguousarray(column)) for column in rows.means.T),
    ]
    return pa.table(columns, schema=table_schema(specification))


def series_of_rows(specification: Specification, rows: Rows) -> pa.Table:
    """Return the monthly series of the runs of a block that have one, as a table."""
    there = [place for place, status in enumerate(rows.statuses) if status == OK]
    months = rows.series.shape[1]
    values = rows.series[there].reshape(len(there) * months, -1)
    columns = [
        *(
            pa.array(np.repeat([getattr(rows.runs[place], key) for place in there], months).astype(np.int64)).cast(kind)
            for key, kind in (("id", pa.int64()), ("point", pa.int32()), ("replication", pa.int32()))
        ),
        pa.array(np.tile(np.arange(months), len(there)), pa.int32()),
        *(pa.array(np.ascontiguousarray(column)) for column in values.T),
    ]
    return pa.table(columns, schema=series_schema(specification))


def write_part(folder: Path, tables: dict[str, pa.Table], entry: Entry) -> Entry:
    """Put the tables of a block into a folder of parts and a line into its index; return the line.

    Raises OSError if the disk does not take it; what was there before is intact.
    """
    files = {}
    for kind, table in tables.items():
        content = parquet_bytes(table)
        name = f"{kind}-{entry.block:07d}" + (f"-{entry.attempt}" if entry.attempt else "") + ".parquet"
        write_durably(folder / name, content)
        files[name] = hashlib.sha256(content).hexdigest()
    complete = entry._replace(files=files)
    _append(folder / INDEX, _line(complete))
    return complete


def remove_leftovers(folder: Path) -> None:
    """Remove what a process was writing when it ended: temporary files, and the beginning of a line in the index.

    Only for who holds the lock of the folder.
    """
    for path in folder.glob(f"*{TEMPORARY}"):
        path.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        content = (folder / INDEX).read_bytes()
        if not content.endswith(b"\n") and content:
            os.truncate(folder / INDEX, content.rfind(b"\n") + 1)


def _append(path: Path, line: bytes) -> None:
    """Append a line to an index; if the disk does not take it whole, the index is as it was."""
    with path.open("ab") as file:
        before = file.seek(0, os.SEEK_END)
        try:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                os.ftruncate(file.fileno(), before)
            raise


def _line(entry: Entry) -> bytes:
    facts = json.dumps(entry._asdict(), separators=(",", ":"))
    return f"{_check(facts)} {facts}\n".encode()


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def entries_of(folder: Path) -> tuple[list[Entry], list[Damage]]:
    """Return the entries of the index in a folder of parts, and what is damaged in it.

    A last line without an end was being written when its process ended: it counts for nothing, and is no damage.
    """
    try:
        content = (folder / INDEX).read_bytes()
    except FileNotFoundError:
        return [], []
    entries, damages = [], []
    lines = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        entry = _entry(line)
        if entry is not None:
            entries.append(entry)
        elif line and number < len(lines):
            damages.append(Damage(folder / INDEX, f"line {number} is damaged"))
    return entries, damages


def _entry(line: bytes) -> Entry | None:
    """Return the entry that a line holds; None if it is torn or damaged."""
    try:
        check, _, facts = line.decode().partition(" ")
        return Entry(**json.loads(facts)) if check == _check(facts) else None
    except (ValueError, TypeError):
        return None


def parts_of(folder: Path, lock: str) -> tuple[dict[int, Part], list[Damage]]:
    """Return the part that counts of every block of an experiment, by the number of the block, and damaged indexes.

    `lock` is the hash of the experiment: what was made for another one does not count.
    """
    found: dict[int, Part] = {}
    damages: list[Damage] = []
    for place in sorted(path.parent for path in (folder / PARTS).glob(f"*/{INDEX}")):
        entries, damaged = entries_of(place)
        damages += damaged
        for entry in entries:
            known = found.get(entry.block)
            if entry.lock == lock and (known is None or known.entry.attempt < entry.attempt):
                found[entry.block] = Part(place, entry)
    return dict(sorted(found.items())), damages


def check_part(part: Part) -> Damage | None:
    """Return what is wrong with the files of a part; None if they are as they were written."""
    for name, checksum in part.entry.files.items():
        try:
            content = (part.folder / name).read_bytes()
        except OSError as error:
            return Damage(part.folder / name, f"cannot be read ({told(error)})")
        if hashlib.sha256(content).hexdigest() != checksum:
            return Damage(part.folder / name, "is damaged: its checksum is not the one it was written with")
    return None


def read_part(part: Part, kind: str = TABLE) -> pa.Table:
    """Return a table of a part; DamagedError if its bytes are not those that were written."""
    path = part.path(kind)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedError(Damage(path, f"cannot be read ({told(error)})")) from None
    if hashlib.sha256(content).hexdigest() != part.entry.files[path.name]:
        raise DamagedError(Damage(path, "is damaged: its checksum is not the one it was written with"))
    return parquet.read_table(pa.BufferReader(content), use_threads=False)

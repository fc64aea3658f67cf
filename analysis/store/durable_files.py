"""Files that are there whole or not at all, and how tables are written into them."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from analysis.errors import naming
from analysis.store.file_names import shortened

TEMPORARY = ".tmp"
# Few values are equal, so dictionaries of the numbers would only cost time; zstd still finds what repeats.
PARQUET_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": ["status", "message"],
    "write_statistics": False,
    "store_schema": False,
}


def parquet_bytes(table: pa.Table) -> memoryview:
    """Return a table as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, **PARQUET_OPTIONS)
    return memoryview(sink.getvalue())


def write_durably(path: Path, content: bytes | memoryview) -> None:
    """Write a file that is there whole or not at all, also if the power fails; OSError if the disk does not take it."""
    temporary = temporary_beside(path)
    try:
        with naming(path), temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def temporary_beside(path: Path) -> Path:
    """Return the name under which a file is written until it is whole."""
    end = f".{secrets.token_hex(4)}{TEMPORARY}"
    return path.with_name(shortened(path.name, len(end)) + end)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can do that."""
    with suppress(PermissionError):  # Windows opens no folders
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

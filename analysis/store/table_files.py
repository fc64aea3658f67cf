"""Tables for other programs, with labels and units: CSV with a codebook, Parquet, Stata and Excel, by the ending."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from analysis.arrow_files import arrow_file
from analysis.errors import ExperimentError, told
from analysis.store.atomic_folder import drop, working_folder
from analysis.store.column_labels import ColumnLabel, column_labels, labelled
from analysis.store.file_names import shortened
from model.catalogue import Language

_ROWS_AT_A_TIME = 65_536
_MOST_ROWS_IN_EXCEL = 1_048_575
_LONGEST_STATA_NAME, _LONGEST_STATA_LABEL = 32, 80
_MOST_EXACT_IN_R = 2**53


def write_table_file(table: pa.Table, path: Path, name: str, language: Language = "en") -> list[Path]:
    """Write a table as the ending of the file says, and return the files written: that one, and what explains it.

    Labels that the format holds in one language only, as Stata and R do, are in the one that is given.

    Raises
    ------
    ExperimentError
        If there is a file of that name, its ending is none that is known, or it cannot be written.
    """
    check_ending(path)
    written = [path, *(_beside(path, kind) for kind in ("codebook.csv", "R") if _ending(path) == ".csv")]
    _check_free(written)
    _WRITERS[_ending(path)](table, path, name, language)
    return written


def write_workbook(tables: Mapping[str, pa.Table], path: Path) -> list[Path]:
    """Write tables into one file for Excel, a sheet each, and what all columns are on a sheet of labels.

    Raises
    ------
    ExperimentError
        If there is a file of that name, it cannot be written, or a sheet does not hold a table.
    """
    _check_free([path])
    for table in tables.values():
        _check_rows(table, path)
    _write_sheets(tables, path)
    return [path]


def _check_free(files: Iterable[Path]) -> None:
    for file in files:
        if file.exists():
            raise ExperimentError(f"{file}: is there already and is not overwritten; give another name or remove it")


def check_ending(path: Path) -> None:
    """Raise ExperimentError if the ending of a file is that of no format."""
    if _ending(path) not in _WRITERS:
        found = f"the ending {path.suffix}" if path.suffix else "no ending"
        raise ExperimentError(f"{path}: has {found}; allowed is {', '.join(_WRITERS)}, which say what is written")


def without_nan(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return rows in which what is not a number is nothing."""
    columns = [
        pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        if pa.types.is_floating(column.type)
        else column
        for column in batch.columns
    ]
    return pa.record_batch(columns, schema=batch.schema)


def _ending(path: Path) -> str:
    return path.suffix.lower()


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{shortened(path.stem, len(kind) + 1)}.{kind}")


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Yield where to write, and put it in its place: the file appears whole or not at all.

    It may be large, so what a killed program has left of it is removed by the next one that writes in that place.
    """
    try:
        folder = working_folder(path)
        try:
            yield folder / path.name
            os.replace(folder / path.name, path)
        finally:
            drop(folder)
    except OSError as error:
        raise ExperimentError(f"{path}: cannot be written ({told(error)}); make room, or give another place") from None


def _write_csv(table: pa.Table, path: Path, name: str, language: Language) -> None:
    known = column_labels(table.column_names)
    with _draft(path) as draft, draft.open("wb") as file, csv.CSVWriter(file, _plain(table).schema) as writer:
        for batch in _plain(table).to_batches(_ROWS_AT_A_TIME):
            writer.write_batch(without_nan(batch))
    with _draft(_beside(path, "codebook.csv")) as draft:
        _codebook(table, known).to_csv(draft, index=False, lineterminator="\n", encoding="utf-8")
    with _draft(_beside(path, "R")) as draft:
        # Bytes of the name that are no UTF-8 stay as they are: R hands them on to the system.
        draft.write_text(
            r_script(path.name, table, name, language), encoding="utf-8", errors="surrogateescape", newline="\n"
        )


def _plain(table: pa.Table) -> pa.Table:
    """Return a table whose names are plain text, not numbers of a list of names."""
    fields = [pa.field(f.name, pa.string()) if pa.types.is_dictionary(f.type) else f for f in table.schema]
    return table.cast(pa.schema(fields))


def _codebook(table: pa.Table, known: Mapping[str, ColumnLabel]) -> pd.DataFrame:
    """Return a row for every column: its name, label, unit and type."""
    rows = [
        {"column": f.name, "label": known[f.name].en, "label_zh": known[f.name].zh, "unit": known[f.name].unit}
        | {"type": "text" if _is_text(f.type) else "number"}
        for f in table.schema
    ]
    return pd.DataFrame(rows)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind) or pa.types.is_large_string(kind))


def r_script(file: str, table: pa.Table, name: str, language: Language = "en") -> str:
    """Return a script for R, without any package, that reads a CSV file, with the types and labels of its columns."""
    frame, known = _r_name(name), column_labels(table.column_names)
    kinds = ",\n".join(f"  {_r_text(column)} = {_r_text(_r_kind(table[column]))}" for column in table.column_names)
    lines = [
        f"# Reads {_one_line(file)} (table {name}) with labels and units; run it in the same folder.",
        f"# What is missing is NA; a label is had by attr({frame}[[column]], {_r_text('label')}).",
        f"kinds <- c(\n{kinds}\n)",
        f"{frame} <- read.csv(",
        f"  {_r_text(file)}, check.names = FALSE, encoding = {_r_text('UTF-8')},",
        "  colClasses = kinds, na.strings = character(0), stringsAsFactors = FALSE",
        ")",
    ]
    for column, label in known.items():
        lines.append(f'attr({frame}[[{_r_text(column)}]], "label") <- {_r_text(label.text(language))}')
        if label.unit:
            lines.append(f'attr({frame}[[{_r_text(column)}]], "units") <- {_r_text(label.unit_in(language))}')
    return "\n".join(lines) + "\n"


def _r_kind(column: pa.ChunkedArray) -> str:
    """Return R's class for a column: whole numbers that its doubles do not hold exactly stay text."""
    if pa.types.is_integer(column.type):
        ends = pc.min_max(column).as_py()
        is_exact = all(abs(end) <= _MOST_EXACT_IN_R for end in ends.values() if end is not None)
        return "numeric" if is_exact else "character"
    if pa.types.is_boolean(column.type):
        return "logical"
    return "numeric" if pa.types.is_floating(column.type) else "character"


def _r_text(text: str) -> str:
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _r_name(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _write_parquet(table: pa.Table, path: Path, _name: str, _language: Language) -> None:
    with _draft(path) as draft, arrow_file(draft, "wb") as file:
        parquet.write_table(table.cast(labelled(table.schema)), file, compression="zstd")


def _write_stata(table: pa.Table, path: Path, name: str, language: Language) -> None:
    known = column_labels(table.column_names)
    short = stata_names(table.column_names)
    frame = _frame(table)
    for column in frame.columns[[pd.api.types.is_string_dtype(kind) for kind in frame.dtypes]]:
        texts = frame[column].fillna("").astype(str)
        frame[column] = texts if column == "message" else pd.Categorical(texts, sorted(set(texts)))
    said = {short[column]: _stata_label(column, known[column], language) for column in table.column_names}
    with _draft(path) as draft:
        frame.rename(columns=short).to_stata(
            draft, write_index=False, variable_labels=said, version=118, data_label=name[:_LONGEST_STATA_LABEL]
        )


def _stata_label(column: str, label: ColumnLabel, language: Language) -> str:
    unit = f" ({label.unit_in(language)})" if label.unit else ""
    return f"{label.text(language)}{unit} [{column}]"[:_LONGEST_STATA_LABEL]


def stata_names(names: Sequence[str]) -> dict[str, str]:
    """Return names that Stata takes: letters, digits and underscores, at most 32, no two alike."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)
        plain = plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"
        short, number = plain[:_LONGEST_STATA_NAME], 1
        while short in found.values():
            number += 1
            short = f"{plain[: _LONGEST_STATA_NAME - len(str(number)) - 1]}_{number}"
        found[name] = short
    return found


def _write_excel(table: pa.Table, path: Path, name: str, _language: Language) -> None:
    _check_rows(table, path)
    _write_sheets({name: table}, path)


def _check_rows(table: pa.Table, path: Path) -> None:
    if table.num_rows > _MOST_ROWS_IN_EXCEL:
        raise ExperimentError(
            f"{path}: a sheet holds {_MOST_ROWS_IN_EXCEL:,} rows and there are {table.num_rows:,}; "
            "write .csv, .parquet or .dta"
        )


def _write_sheets(tables: Mapping[str, pa.Table], path: Path) -> None:
    try:
        import openpyxl  # noqa: F401, PLC0415 - not everybody has it
    except ImportError:
        advice = 'install it with pip install -c constraints.txt -e ".[tables]", or write .csv, .parquet or .dta'
        raise ExperimentError(f"{path}: Excel needs the package openpyxl; {advice}") from None
    try:
        book = _workbook(tables)
    except Exception as error:  # sheets are written in the temporary folder, which may be full
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        advice = f"make room in {tempfile.gettempdir()}, or write .csv, .parquet or .dta"
        raise ExperimentError(f"{path}: cannot be written, as its sheets cannot be made ({reason}); {advice}") from None
    with _draft(path) as draft:
        draft.write_bytes(book)


def _workbook(tables: Mapping[str, pa.Table]) -> bytes:
    """Return a workbook with a sheet of numbers for each table and a sheet of labels."""
    codebooks = [_codebook(table, column_labels(table.column_names)) for table in tables.values()]
    labels = pd.concat(codebooks, ignore_index=True).drop_duplicates("column")
    written = BytesIO()  # on a full disk pandas would leave a file open
    with pd.ExcelWriter(written, engine="openpyxl") as book:
        for name, table in tables.items():
            _frame(table).to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
        labels.to_excel(book, sheet_name="labels", index=False)
    return written.getvalue()


def _frame(table: pa.Table) -> pd.DataFrame:
    """Return a table for pandas, with names as plain text."""
    frame: pd.DataFrame = _plain(table).to_pandas()
    return frame


_WRITERS: Mapping[str, Callable[[pa.Table, Path, str, Language], None]] = MappingProxyType(
    {".csv": _write_csv, ".parquet": _write_parquet, ".dta": _write_stata, ".xlsx": _write_excel}
)

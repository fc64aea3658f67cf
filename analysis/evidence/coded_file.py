"""Coded files as tables of text, read so that whatever is wrong ends in one message with file, line and column.

CSV (UTF-8, with or without a byte order mark, commas) or Parquet. Full-width signs are taken as the usual ones.
"""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ExperimentError, told
from model.suggestions import nearest, quoted

MOST_ROWS = 200_000
TEXT_ENDINGS = (".txt", ".md")
_MOST_BYTES = 100_000_000
_MOST_SIGNS = 1_000_000
_MOST_PROBLEMS = 100
_NEW_LINE = b"\n"
# Columns in which a person could be told by name or number, in the spellings that coders use.
OF_PERSONS = frozenset(
    (
        *("name", "names", "full_name", "surname", "person", "persons", "official", "officials", "official_name"),
        *("first_name", "last_name", "given_name", "family_name", "name_of_official", "cadre", "cadre_name"),
        *("id_number", "id_no", "id_card", "phone", "mobile", "名字", "人名", "官员", "干部", "当事人", "责任人"),
        *("手机", "手机号", "手机号码", "电话", "电话号码"),
    )
)
# In whatever stands around them.
_OF_PERSONS_ANYWHERE = ("姓名", "身份证")


class EvidenceError(ExperimentError):
    """What is wrong with a coded file or with what is asked of it; the text is the message for the user."""


@dataclass(frozen=True)
class Row:
    """A row: its values by column, empty where the file has none, and the line where it begins."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a value; empty if the file has no such column."""
        return self.values.get(column, "")


@dataclass(frozen=True)
class CodedFile:
    """A coded file: its label in messages, its columns in order, its rows."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place of a file."""

    line: int
    column: str
    sentence: str


def raise_faults(label: str, faults: Sequence[Fault]) -> None:
    """Raise EvidenceError with a line for each fault, if there are any; beyond a hundred they are counted."""
    if not faults:
        return
    shown = sorted(faults, key=lambda fault: fault.line)[:_MOST_PROBLEMS]
    lines = [f"{label}, line {fault.line}, {fault.column}: {fault.sentence}" for fault in shown]
    if len(faults) > len(shown):
        lines.append(f"{label}: and {len(faults) - len(shown):,} more of this kind; correct these first")
    raise EvidenceError("\n".join(lines))


def read_coded_file(path: str | Path, required: Iterable[str], known: Iterable[str]) -> tuple[CodedFile, list[str]]:
    """Return a coded file, and the columns in it that the codebook does not know.

    Raises
    ------
    EvidenceError
        If it cannot be read, is too large, holds names of persons, or lacks a required column.
    """
    place = Path(path)
    header, rows = _parquet(place) if _is_parquet(place) else _csv(place)
    columns = [_column_name(name) for name in header]
    _check_header(str(place), columns, tuple(required), tuple(known))
    if not rows:
        raise EvidenceError(f"{place}: has no rows below its header; write a row for each case and coder")
    if len(rows) > MOST_ROWS:
        raise EvidenceError(f"{place}: has {len(rows):,} rows; allowed are {MOST_ROWS:,}; split the file")
    faults = [
        Fault(line, "row", f"has {len(row)} values; allowed are {len(columns)}, one for each column; check the commas")
        for line, row in rows
        if len(row) != len(columns)
    ]
    raise_faults(str(place), faults)
    table = tuple(Row(line, dict(zip(columns, map(_plain, row), strict=True))) for line, row in rows)
    unknown = [column for column in columns if column not in set(known)]
    return CodedFile(str(place), tuple(columns), table), unknown


def _plain(text: str) -> str:
    """Return a text with full-width signs as the usual ones, without space around it; Chinese punctuation stays."""
    if text.isascii():
        return text.strip()
    return "".join(unicodedata.normalize("NFKC", sign) if _is_full_width(sign) else sign for sign in text).strip()


def _is_full_width(sign: str) -> bool:
    return sign == "\u3000" or "\uff10" <= sign <= "\uff19" or "\uff21" <= sign <= "\uff5a" or sign in "－／．＿"


def _check_header(label: str, columns: Sequence[str], required: Sequence[str], known: Sequence[str]) -> None:
    of_persons = [column for column in columns if _is_of_persons(column)]
    if of_persons:
        columns_of_persons = ", ".join(map(quoted, of_persons))
        raise EvidenceError(
            f"{label}, line 1, {columns_of_persons}: this file must hold no names of persons; remove the column"
        )
    faults = [
        Fault(1, quoted(column), "is there twice; remove one of the two")
        for place, column in enumerate(columns)
        if column and column in columns[:place]
    ]
    faults += [
        Fault(1, quoted(column), _missing(column, columns, known)) for column in required if column not in columns
    ]
    faults += [
        Fault(1, f"column {place}", "has no name; name it or remove it")
        for place, column in enumerate(columns, start=1)
        if not column
    ]
    raise_faults(label, faults)


def _is_of_persons(column: str) -> bool:
    """Tell whether a column is named for persons, however its words are joined."""
    joined = "".join(sign for sign in column if sign.isalnum())
    known = {name.replace("_", "") for name in OF_PERSONS}
    return joined in known or joined.removesuffix("s") in known or any(part in joined for part in _OF_PERSONS_ANYWHERE)


def _missing(column: str, columns: Sequence[str], known: Sequence[str]) -> str:
    near = nearest(column, [found for found in columns if found not in known])
    advice = f"is {quoted(near)} meant? Then rename it" if near else "add it to the header and to every row"
    return f"this column is missing, and is required; {advice}"


def _bytes(place: Path) -> bytes:
    try:
        size = place.stat().st_size
        if size > _MOST_BYTES:
            raise EvidenceError(f"{place}: is larger than 100 MB; split the file")
        return place.read_bytes()
    except FileNotFoundError:
        raise EvidenceError(f"there is no file {quoted(str(place))}; check the path") from None
    except (OSError, ValueError) as error:
        reason = told(error) if isinstance(error, OSError) else "the path holds a sign that no path may hold"
        raise EvidenceError(f"{place}: cannot be read ({reason}); give a CSV or Parquet file") from None


def text_of(place: Path, encoding: str = "utf-8", sign_between: bytes = b"") -> str:
    """Return the text of a file; EvidenceError with the line if a byte of it is not in the encoding.

    Where a sign stands between columns, the number of the column is told, too.
    """
    content = _bytes(place)
    try:
        return content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        at = f"line {before.count(_NEW_LINE) + 1}"
        if sign_between:
            at += f", column {before[before.rfind(_NEW_LINE) + 1 :].count(sign_between) + 1}"
        advice = "save it as CSV UTF-8" if sign_between else "save it as plain text in UTF-8"
        if place.suffix in TEXT_ENDINGS:
            advice += ", or write its own with --encoding, for example gb18030"
        raise EvidenceError(f"{place}, {at}: the text is not {encoding.upper()}; {advice}") from None
    except LookupError:
        raise EvidenceError(f"--encoding {encoding}: is no encoding; write for example gb18030") from None


def _csv(place: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a CSV file and its rows with the lines where they begin; empty rows are left out."""
    text = text_of(place, sign_between=b",")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise EvidenceError(f"{place}, line {line}: holds a NUL sign, which no text has; save it again as CSV UTF-8")
    csv.field_size_limit(_MOST_SIGNS)
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        advice = "check the quotes on this line and the next ones"
        raise EvidenceError(f"{place}, line {begins}: is no row of a CSV file ({error}); {advice}") from None
    if not rows:
        raise EvidenceError(f"{place}: is empty; the first line names the columns")
    header = rows[0][1]
    if len(header) == 1 and any(sign in header[0] for sign in ";\t"):
        raise EvidenceError(f"{place}, line 1: the columns are not separated by commas; save it with commas")
    return _without_empty_columns(header, rows[1:])


def _without_empty_columns(
    header: list[str], rows: list[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return a table without the columns at its right end that have neither name nor value, as spreadsheets write."""
    n = len(header)
    while n and not header[n - 1].strip() and not any(cell.strip() for _, row in rows for cell in row[n - 1 :]):
        n -= 1
    return header[:n], [(line, row[:n] if len(row) <= len(header) else row) for line, row in rows]


def _parquet(place: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    import pyarrow as pa  # noqa: PLC0415  (most coded files are CSV)
    from pyarrow import parquet  # noqa: PLC0415

    content = _bytes(place)
    try:
        table = parquet.read_table(pa.BufferReader(content))
        columns = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise EvidenceError(
            f"{place}: is no Parquet file that can be read ({str(error)[:80]}); save it again"
        ) from None
    texts = [list(map(_text_of_value, column)) for column in columns]
    return list(table.column_names), [(n, list(row)) for n, row in enumerate(zip(*texts, strict=True), start=1)]


def _text_of_value(value: object) -> str:
    """Return a value of a table as text: nothing for none or no number; a column with gaps has 3 as 3.0."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def header_of(path: str | Path) -> tuple[str, ...]:
    """Return the columns that a coded file names, as they are known here; EvidenceError if it cannot be read."""
    place = Path(path)
    header, _ = _parquet(place) if _is_parquet(place) else _csv(place)
    return tuple(map(_column_name, header))


def _is_parquet(place: Path) -> bool:
    return place.suffix.lower() in (".parquet", ".pq")


def _column_name(text: str) -> str:
    return _plain(text).lower().replace(" ", "_")

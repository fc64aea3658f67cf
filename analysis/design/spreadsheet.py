"""Tables of numbers as spreadsheets and programs write them: read where it is clear what is meant, else refused.

Columns may be separated by commas, semicolons or tabs (and a first line may say so: sep=;), decimals by a point or,
where commas do not separate columns, by a comma. Empty columns and rows at the edges are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from model.scenario import ScenarioError
from model.suggestions import quoted

_MOST_BYTES = 1_000_000_000
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAYS_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_POINT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?(\d+,\d+|,\d+)([eE][+-]?\d+)?")
# 1,000 may be a thousand or one; 0,125 and 1,5 are no thousands.
_THOUSANDS_PERHAPS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")


class SheetRow(NamedTuple):
    """A row of a table: the line of the file, counted from 1, and the texts of its cells."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    """A table as it was read: its file, the names in its head, where they stand, and the rows below it."""

    path: Path
    head: SheetRow
    columns: tuple[int, ...]
    rows: list[SheetRow]
    separator: str

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [self.head.cells[column] for column in self.columns]


def read_sheet(path: Path) -> Sheet:
    """Return a table of cells; ScenarioError, with line and column, if it cannot be told what is meant."""
    lines = re.split(r"\r\n|\r|\n", _text(path))
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    said = _SAYS_SEPARATOR.fullmatch(lines[first].strip("\ufeff \r")) if lines else None
    separator = said[1] if said else _separator(path, first + 1, lines[first])
    if said and said[1] not in _SEPARATORS:
        raise ScenarioError(f"{path}, line {first + 1}: separates by {quoted(said[1])}; allowed are , ; and tabs")
    begin = first + 1 if said else first
    rows = [row for row in _rows(path, lines[begin:], begin + 1, separator) if any(row.cells)]
    if len(rows) < 2:
        raise ScenarioError(
            f"{path}: has no points; write the names of parameters in the first line and a point in each next"
        )
    columns = tuple(place for place, name in enumerate(rows[0].cells) if name)
    sheet = Sheet(path, rows[0], columns, rows[1:], separator)
    for row in sheet.rows:
        _check_row(sheet, row)
    return sheet


def numbers_of(sheet: Sheet) -> list[tuple[float, ...]]:
    """Return the numbers of every row; ScenarioError, with line and column, where a cell holds none."""
    has_commas = _has_decimal_commas(sheet)
    return [
        tuple(_number(sheet, row, column, has_commas) for column in sheet.columns)
        if not _is_plain(row, sheet.columns)
        else tuple(float(row.cells[column]) for column in sheet.columns)
        for row in sheet.rows
    ]


def place_of(sheet: Sheet, row: SheetRow, column: int) -> str:
    """Return where a cell stands: file, line, column and its name."""
    return f"{sheet.path}, line {row.number}, column {column + 1} ({sheet.head.cells[column]})"


def _text(path: Path) -> str:
    """Return the text of a file; OSError or ScenarioError if it cannot be read."""
    if path.stat().st_size > _MOST_BYTES:
        raise ScenarioError(f"{path}: is larger than 1 GB; give a smaller list of points")
    content = path.read_bytes()
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ScenarioError(f"{path}: is a workbook, not a text; save the sheet as CSV (UTF-8)")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ScenarioError(f"{path}, line {line}: the text is not UTF-8; save it as CSV (UTF-8)") from None


def _separator(path: Path, number: int, head: str) -> str:
    """Return what separates the columns: what stands between the names in the head."""
    found = [sign for sign in _SEPARATORS if sign in head]
    if len(found) > 1:
        names = " and ".join(_SEPARATORS[sign] for sign in found)
        raise ScenarioError(f"{path}, line {number}: holds {names}; separate the columns with one of them")
    words = head.replace('"', " ").split()
    if not found and len(words) > 1:
        raise ScenarioError(f"{path}, line {number}: the names are separated by spaces; separate them with commas")
    return found[0] if found else ","


def _rows(path: Path, lines: Sequence[str], begin: int, separator: str) -> list[SheetRow]:
    """Return the cells of all lines; a cell never goes on in the next line, since it holds a name or a number."""
    for number, written in enumerate(lines, start=begin):
        if written.count('"') % 2:
            column = written[: written.rindex('"')].count(separator) + 1
            raise ScenarioError(
                f'{path}, line {number}, column {column}: a quote (") is not closed; close it or remove it'
            )
    try:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        return [SheetRow(number, [cell.strip() for cell in row]) for number, row in enumerate(reader, start=begin)]
    except csv.Error as error:
        wrong = begin + reader.line_num - 1
        raise ScenarioError(f"{path}, line {wrong}: cannot be read as CSV ({error}); remove the quotes") from None


def _check_row(sheet: Sheet, row: SheetRow) -> None:
    """Raise ScenarioError if there is a value without a name, or a name without a value."""
    known = len(sheet.head.cells)
    beyond = [place for place, cell in enumerate(row.cells) if cell and (place >= known or not sheet.head.cells[place])]
    if beyond and sheet.separator == "," and len(row.cells) == 2 * len(sheet.columns):
        raise ScenarioError(
            f"{sheet.path}, line {row.number}: has {len(row.cells)} values for {len(sheet.columns)} names, as where "
            "decimals are written with commas; write 0.1 for 0,1, or separate the columns with semicolons"
        )
    if beyond:
        raise ScenarioError(
            f"{sheet.path}, line {row.number}, column {beyond[0] + 1}: found {quoted(row.cells[beyond[0]])} where line "
            f"{sheet.head.number} has no name; name the column or remove the value"
        )
    for column in sheet.columns:
        if column >= len(row.cells) or not row.cells[column]:
            raise ScenarioError(f"{place_of(sheet, row, column)}: has no value; write one, or remove the line")


def _is_plain(row: SheetRow, columns: Sequence[int]) -> bool:
    return all(_POINT.fullmatch(row.cells[column]) for column in columns)


def _has_decimal_commas(sheet: Sheet) -> bool:
    """Tell whether commas in numbers are decimal ones: whether one of them can be nothing else."""
    cells = (row.cells[column] for row in sheet.rows for column in sheet.columns)
    return any("," in cell and _COMMA.fullmatch(cell) and not _THOUSANDS_PERHAPS.fullmatch(cell) for cell in cells)


def _number(sheet: Sheet, row: SheetRow, column: int, has_commas: bool) -> float:
    """Return the number in a cell."""
    text = row.cells[column]
    if _POINT.fullmatch(text):
        return float(text)
    place = place_of(sheet, row, column)
    if _COMMA.fullmatch(text) and has_commas:
        return float(text.replace(",", "."))
    if _THOUSANDS_PERHAPS.fullmatch(text):
        raise ScenarioError(f"{place}: {text} may be a thousand or a decimal; write it without the comma, or as 1.0")
    if text.endswith("%"):
        raise ScenarioError(f"{place}: found {quoted(text)}; allowed is a number, such as 0.2 for 20%")
    raise ScenarioError(f"{place}: found {quoted(text)}; allowed is a number, such as 0.2")

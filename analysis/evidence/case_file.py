"""Case files: one row per case and coder, checked against the codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.evidence.codebook import Column, case_columns
from analysis.evidence.coded_file import CodedFile, Fault, Row, raise_faults, read_coded_file
from analysis.evidence.dates import plain_date
from analysis.evidence.spellings import coder, value_of_label, whole_number, yes_or_no
from model.suggestions import nearest, quoted

NOT_TOLD, NOT_APPLICABLE = "", "na"


@dataclass(frozen=True)
class CaseFile:
    """A checked case file: its rows with dates, numbers and yes and no in one form; what the codebook does not know."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...]

    @property
    def n_cases(self) -> int:
        """Return how many cases there are, however often each was coded."""
        return len({row["case_id"] for row in self.rows})

    @property
    def is_invented(self) -> bool:
        """Return whether any row was made up."""
        return any(row["invented"] == "yes" for row in self.rows)


def read_case_file(path: str | Path) -> CaseFile:
    """Return a case file; EvidenceError, with a line for each fault, if it does not hold."""
    columns = case_columns()
    required = [column.name for column in columns.values() if column.is_required]
    found, unknown = read_coded_file(path, required, columns)
    rows = tuple(Row(row.line, _in_one_form(row, columns)) for row in found.rows)
    raise_faults(found.label, [*_faults(found, rows, columns), *_of_pairs(rows)])
    return CaseFile(found.label, found.columns, rows, tuple(unknown))


def _in_one_form(row: Row, columns: Mapping[str, Column]) -> dict[str, str]:
    return {name: _value(columns[name], text) if name in columns else text for name, text in row.values.items()}


def _value(column: Column, text: str) -> str:
    """Return a value in the form that is stored; as it stands if it is not allowed, which is told later."""
    lower = text.lower()
    if lower in ("", "na", "n/a"):
        return NOT_APPLICABLE if lower else NOT_TOLD
    if column.kind == "date":
        return plain_date(text) or text
    if column.kind == "yes_no":
        return yes_or_no(text)
    if column.kind == "integer":
        return whole_number(text)
    if column.kind == "choice":
        return value_of_label(text, column.values)
    return coder(text) if column.name == "coder" else text


def _faults(found: CodedFile, rows: tuple[Row, ...], columns: Mapping[str, Column]) -> Iterator[Fault]:
    checked = [columns[name] for name in found.columns if name in columns]
    for row in rows:
        for column in checked:
            sentence = _wrong(column, row[column.name])
            if sentence:
                yield Fault(row.line, column.name, sentence)
        for name, sentence in _contradictions(row):
            yield Fault(row.line, name, sentence)


def _wrong(column: Column, value: str) -> str | None:
    """Return what is wrong with a value; None if it is allowed."""
    if value in (NOT_TOLD, NOT_APPLICABLE):
        is_open = not column.is_filled or (value == NOT_APPLICABLE and column.kind == "text")
        return None if is_open else f"is empty; {_advice(column)}"
    if column.allowed and value not in column.allowed:
        near = nearest(value, column.allowed)
        question = f"did you mean {quoted(near)}? " if near else ""
        return f"found {quoted(value)}; {question}allowed are {', '.join(column.allowed)}, na, or nothing if not told"
    if column.kind == "date" and plain_date(value) is None:
        return f"found {quoted(value)}; allowed is a date; write YYYY, YYYY-MM or YYYY-MM-DD"
    if column.kind == "integer" and not (_is_whole(value) and column.low <= int(value) <= column.high):
        return f"found {quoted(value)}; allowed is a whole number from {column.low} to {column.high}, na, or nothing"
    if column.longest is not None and len(value) > column.longest:
        return f"has {len(value)} characters; allowed are {column.longest}; shorten it, and name no person"
    return None


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 9


def _advice(column: Column) -> str:
    return "write yes or no" if column.kind == "yes_no" else "write it in every row"


def _contradictions(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the columns of a row that cannot stand beside another, and why."""
    told = {NOT_TOLD, NOT_APPLICABLE}
    if row["rung"] not in told and row["outcome"] in ("exempt", "clarified", "refused", "pending"):
        yield (
            "rung",
            f"a case with the outcome {row['outcome']} has no sanction, so no rung; leave it empty or write na",
        )
    if row["appeal_result"] not in told and row["appealed"] == "no":
        yield "appeal_result", "there is a result, but appealed is no; correct one of the two"
    if row["outcome"] == "clarified" and row["cause"] not in {*told, "accusation_false"}:
        yield "outcome", "clarified is for a false accusation; the cause says otherwise; correct one of the two"


def _of_pairs(rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Yield the rows in which a coder codes a case again."""
    counts = Counter((row["case_id"], row["coder"]) for row in rows)
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        pair = (row["case_id"], row["coder"])
        line = first.setdefault(pair, row.line)
        if counts[pair] > 1 and line != row.line:
            text = f"{quoted(pair[0])} was coded by {quoted(pair[1])} on line {line} already; remove one of the two"
            yield Fault(row.line, "case_id", text)

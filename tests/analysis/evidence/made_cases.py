"""Case files for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.evidence.coded_file import EvidenceError

COLUMNS = ("case_id", "coder", "date", "cause", "filed", "applied", "outcome", "rung", "source", "invented")
ROW = {
    "case_id": "one",
    "coder": "A",
    "date": "2023",
    "cause": "complexity",
    "filed": "no",
    "applied": "yes",
    "outcome": "exempt",
    "rung": "",
    "source": "made for a test",
    "invented": "yes",
}


def text_of_rows(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    """Return rows as the text of a CSV file; what a row lacks is as in ROW."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**dict.fromkeys(columns, ""), **ROW, **row} for row in rows)
    return stream.getvalue()


def file_of_rows(folder: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> Path:
    """Return the path of a new CSV file with rows."""
    path = folder / "cases.csv"
    path.write_text(text_of_rows(rows, columns), encoding="utf-8")
    return path


def many(exempt: int, sanctioned: int, **others: str) -> list[dict[str, str]]:
    """Return cases of which so many were exempted and so many sanctioned."""
    outcomes = ["exempt"] * exempt + ["sanctioned"] * sanctioned
    return [{"case_id": f"{others}-{n}", "outcome": outcome, **others} for n, outcome in enumerate(outcomes)]


def refusal_of(read: object, *arguments: object) -> str:
    """Return the message with which a reader refuses."""
    try:
        read(*arguments)  # type: ignore[operator]
    except EvidenceError as error:
        return str(error)
    raise AssertionError("it was not refused")

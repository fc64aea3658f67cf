"""Coded policy texts: one row per document and coder, checked against the codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.evidence.codebook import ITEM_VALUES, items
from analysis.evidence.coded_file import CodedFile, EvidenceError, Fault, Row, raise_faults, read_coded_file
from analysis.evidence.dates import plain_date
from analysis.evidence.spellings import coder, whole_number, yes_or_no
from model.suggestions import nearest, quoted

WHOLE, PART = "whole", "part"
SUGGESTED = "suggested_"
_REQUIRED = ("document", "coder", "source", "seen", "invented")
_ABOUT = (
    "place",
    "place_detail",
    "level",
    "year",
    "issued",
    "title",
    "title_en",
    "issuer",
    "domain",
    "read",
    "is_trial",
)
_BESIDE = ("n_situations", "n_conditions", "n_steps", "applicant", "time_limit_days", "decided_by", "disclosure")
_OTHER = ("source_url", "note", "coded_on")


@dataclass(frozen=True)
class TextFile:
    """Checked coded texts: the rows, the items that the file has, what the codebook does not know."""

    label: str
    items: tuple[str, ...]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents, each once."""
        return tuple(dict.fromkeys(row["document"] for row in self.rows))

    @property
    def is_invented(self) -> bool:
        """Return whether any row was made up."""
        return any(row["invented"] == "yes" for row in self.rows)


def read_text_file(path: str | Path) -> TextFile:
    """Return coded texts; EvidenceError, with a line for each fault, if they do not hold.

    A suggestion of `precode` is no code: a file whose items are all empty is refused.
    """
    known = items()
    columns = (*_REQUIRED, *_ABOUT, *_BESIDE, *_OTHER, *known, *(SUGGESTED + name for name in known))
    written, unknown = read_coded_file(path, _REQUIRED, columns)
    found = replace(written, rows=tuple(Row(row.line, _in_one_form(row, known)) for row in written.rows))
    raise_faults(found.label, [*_faults(found), *_of_pairs(found.rows)])
    coded = tuple(name for name in found.columns if name in known)
    if not coded or not any(row[name] for row in found.rows for name in coded):
        advice = "read each passage and write 0, 1, 2 or 3 into the column of its item; a suggestion is no code"
        raise EvidenceError(f"{found.label}: no item is coded; {advice}")
    return TextFile(found.label, coded, found.rows, tuple(unknown))


def _in_one_form(row: Row, known: Collection[str]) -> dict[str, str]:
    """Return the values of a row in the forms that are stored; as they stand if they are not allowed."""
    forms = {"coder": coder, "invented": yes_or_no, "seen": str.lower, **dict.fromkeys(known, whole_number)}
    return {name: forms[name](text) if name in forms else text for name, text in row.values.items()}


def _faults(found: CodedFile) -> Iterator[Fault]:
    known = items()
    coded = [name for name in found.columns if name in known]
    for row in found.rows:
        for name in ("document", "coder", "source"):
            if not row[name]:
                yield Fault(row.line, name, "is empty; write it in every row")
        for name, allowed in (("seen", (WHOLE, PART)), ("invented", ("yes", "no"))):
            if row[name] not in allowed:
                near = nearest(row[name], allowed)
                question = f"did you mean {near}? " if near else ""
                yield Fault(row.line, name, f"found {quoted(row[name])}; {question}allowed are {' and '.join(allowed)}")
        for name in ("year", "issued"):
            if row[name] and plain_date(row[name]) is None:
                yield Fault(row.line, name, f"found {quoted(row[name])}; allowed is a date such as 2024 or 2024-05-10")
        for name in coded:
            sentence = _wrong(row, name)
            if sentence:
                yield Fault(row.line, name, sentence)


def _wrong(row: Row, name: str) -> str | None:
    value = row[name]
    if value and value not in ITEM_VALUES:
        return (
            f"found {quoted(value)}; allowed are 0 absent, 1 named, 2 specified, 3 with numbers or duties, or nothing"
        )
    if value == "0" and row["seen"] != WHOLE:
        return "is 0, but only a part was seen; absent can only be told of a whole text; leave it empty"
    return None


def _of_pairs(rows: tuple[Row, ...]) -> Iterator[Fault]:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        pair = (row["document"], row["coder"])
        seen[pair] += 1
        if seen[pair] > 1:
            yield Fault(
                row.line, "document", f"{quoted(pair[0])} is coded twice by {quoted(pair[1])}; remove one of the two"
            )

"""Counts files: how many cases were decided and exempted in a place and period, where single cases are not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.evidence.codebook import case_columns
from analysis.evidence.coded_file import CodedFile, Fault, Row, raise_faults, read_coded_file
from analysis.evidence.review import HONEST
from analysis.evidence.tally import N_RUNGS, NONE, Cell, Share, Tally
from model.suggestions import quoted

RUNGS = tuple(f"rung_{rung}" for rung in range(N_RUNGS))
_NUMBERS = (
    "eligible",
    "applied",
    "decided",
    "exempt",
    "denied_appealable",
    "appeals_won",
    "self_dealing_cases",
    "self_dealing_exempt",
    *RUNGS,
)
_PAIRS = (
    ("applied", "eligible"),
    ("exempt", "decided"),
    ("appeals_won", "denied_appealable"),
    ("self_dealing_exempt", "self_dealing_cases"),
)
_TEXTS = ("place", "period", "cause", "filed", "source", "mark", "invented", "note", "source_url")
_REQUIRED = ("decided", "exempt", "source", "invented")
_MOST = 1_000_000_000


@dataclass(frozen=True)
class CountsFile:
    """A checked counts file; each row holds its values by column, numbers as digits."""

    label: str
    rows: tuple[Mapping[str, str], ...]
    unknown: tuple[str, ...]

    @property
    def is_invented(self) -> bool:
        """Return whether any row was made up."""
        return any(row["invented"] == "yes" for row in self.rows)

    def tally(self, rows: Iterable[Mapping[str, str]]) -> Tally:
        """Return the tally of some of its rows."""
        listed = list(rows)
        exempt: dict[Cell, Share] = {}
        for row in listed:
            cause = row.get("cause", "")
            if cause and cause != "na":
                filed = row.get("filed", "") if cause in HONEST and row.get("filed") in ("yes", "no") else ""
                exempt[cause, filed] = exempt.get((cause, filed), NONE) + _share(row, "exempt", "decided")
            own = _share(row, "self_dealing_exempt", "self_dealing_cases")
            if own.n:
                exempt["self_dealing", ""] = exempt.get(("self_dealing", ""), NONE) + own
        return Tally(
            exempt=exempt,
            pooled=sum((_share(row, "exempt", "decided") for row in listed), NONE),
            applied=sum((_share(row, "applied", "eligible") for row in listed), NONE),
            appeals_won=sum((_share(row, "appeals_won", "denied_appealable") for row in listed), NONE),
            rungs=tuple(sum(_number(row, rung) for row in listed) for rung in RUNGS),
        )


def is_counts_file(columns: Iterable[str]) -> bool:
    """Return whether a file with these columns holds counts, and not cases."""
    found = set(columns)
    return "decided" in found and "case_id" not in found


def read_counts_file(path: str | Path) -> CountsFile:
    """Return a counts file; EvidenceError, with a line for each fault, if it does not hold."""
    found, unknown = read_coded_file(path, _REQUIRED, (*_NUMBERS, *_TEXTS))
    raise_faults(found.label, list(_faults(found)))
    rows = tuple({name: value.replace(",", "") for name, value in row.values.items()} for row in found.rows)
    return CountsFile(found.label, rows, tuple(unknown))


def _faults(found: CodedFile) -> Iterator[Fault]:
    causes = case_columns()["cause"].allowed
    for row in found.rows:
        wrong = [name for name in _NUMBERS if not _is_number(row[name])]
        for name in wrong:
            advice = "allowed is a whole number from 0, or nothing if not told"
            yield Fault(row.line, name, f"found {quoted(row[name])}; {advice}")
        for part, whole in _PAIRS:
            if not {part, whole} & set(wrong) and _number(row, part) > _number(row, whole):
                yield Fault(
                    row.line, part, f"is {row[part]}, more than {whole} ({row[whole] or 0}); correct one of them"
                )
        if row["invented"] not in ("yes", "no"):
            yield Fault(row.line, "invented", f"found {quoted(row['invented'])}; write yes or no")
        if row["cause"] not in ("", "na", *causes):
            yield Fault(row.line, "cause", f"found {quoted(row['cause'])}; allowed are {', '.join(causes)}, or nothing")
        if row["filed"] not in ("", "na", "yes", "no"):
            yield Fault(row.line, "filed", f"found {quoted(row['filed'])}; allowed are yes, no, or nothing")
        if not row["source"]:
            yield Fault(row.line, "source", "is empty; write it in every row")


def _is_number(text: str) -> bool:
    plain = text.replace(",", "")
    return not text or (plain.isascii() and plain.isdecimal() and int(plain[:12]) <= _MOST and len(plain) <= 10)


def _number(row: Row | Mapping[str, str], name: str) -> int:
    text = row[name] if isinstance(row, Row) else row.get(name, "")
    return int(text.replace(",", "") or 0)


def _share(row: Mapping[str, str], part: str, whole: str) -> Share:
    return Share(_number(row, part), _number(row, whole))

"""Counts files: how many cases were decided and exempted in a place and period, where single cases are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.evidence.codebook import case_columns
from analysis.evidence.coded_file import Fault, Row, raise_faults, read_coded_file
from analysis.evidence.review import CAUSES, HONEST
from analysis.evidence.spellings import value_of_label, whole_number, yes_or_no
from analysis.evidence.tally import N_RUNGS, NONE, NOT_ON_THE_LADDER, NOT_TOLD_CAUSE, Cell, Share, Tally
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

    def tally(self, rows: Iterable[Mapping[str, str]], counted_as: Mapping[str, str] | None = None) -> Tally:
        """Return the tally of some of its rows; `counted_as`: causes that are to count as others."""
        listed, names = list(rows), counted_as or {}
        exempt: dict[Cell, Share] = {}
        other, filed_in_advance, n_filed_not_told = Counter[str](), NONE, 0
        for row in listed:
            written = row.get("cause", "")
            cause, decided = names.get(written, written), _share(row, "exempt", "decided")
            filed = row.get("filed", "") if cause in HONEST and row.get("filed") in ("yes", "no") else ""
            if cause in CAUSES:
                exempt[cause, filed] = exempt.get((cause, filed), NONE) + decided
            elif decided.n:
                other[NOT_TOLD_CAUSE if cause in ("", "na") else cause] += decided.n
            if filed:
                filed_in_advance += Share(decided.n if filed == "yes" else 0, decided.n)
            elif cause in HONEST:
                n_filed_not_told += decided.n
            own = _share(row, "self_dealing_exempt", "self_dealing_cases")
            if own.n:
                exempt["self_dealing", ""] = exempt.get(("self_dealing", ""), NONE) + own
        return Tally(
            exempt=exempt,
            pooled=sum((_share(row, "exempt", "decided") for row in listed), NONE),
            applied=sum((_share(row, "applied", "eligible") for row in listed), NONE),
            appeals_won=sum((_share(row, "appeals_won", "denied_appealable") for row in listed), NONE),
            filed=filed_in_advance,
            rungs=tuple(
                sum(_number(row, rung) for row in listed if row.get("cause", "") not in NOT_ON_THE_LADDER)
                for rung in RUNGS
            ),
            other=dict(other),
            not_told={"filed": n_filed_not_told},
        )


def is_counts_file(columns: Iterable[str]) -> bool:
    """Return whether a file with these columns holds counts, and not cases."""
    found = set(columns)
    return "decided" in found and "case_id" not in found


def read_counts_file(path: str | Path) -> CountsFile:
    """Return a counts file; EvidenceError, with a line for each fault, if it does not hold."""
    found, unknown = read_coded_file(path, _REQUIRED, (*_NUMBERS, *_TEXTS))
    listed = tuple(Row(row.line, _in_one_form(row)) for row in found.rows)
    raise_faults(found.label, list(_faults(listed)))
    return CountsFile(found.label, tuple(row.values for row in listed), tuple(unknown))


def _in_one_form(row: Row) -> dict[str, str]:
    """Return the values of a row in the forms that are stored; as they stand if they are not allowed."""
    causes = case_columns()["cause"].values
    forms: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(_NUMBERS, whole_number),
        **dict.fromkeys(("filed", "invented"), yes_or_no),
        "cause": lambda text: value_of_label(text, causes),
    }
    return {name: forms[name](text) if name in forms else text for name, text in row.values.items()}


def _faults(rows: Iterable[Row]) -> Iterator[Fault]:
    causes = case_columns()["cause"].allowed
    for row in rows:
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
    return not text or (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= _MOST)


def _number(row: Row | Mapping[str, str], name: str) -> int:
    text = row[name] if isinstance(row, Row) else row.get(name, "")
    return int(text or 0)


def _share(row: Mapping[str, str], part: str, whole: str) -> Share:
    return Share(_number(row, part), _number(row, whole))

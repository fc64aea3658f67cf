"""The coded texts, cases and counts that come with the project, or another folder of the same form."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlparse

import pandas as pd

from analysis.evidence.agreement import values_used
from analysis.evidence.case_file import CaseFile, read_case_file
from analysis.evidence.codebook import case_columns
from analysis.evidence.coded_file import CodedFile, EvidenceError, Fault, raise_faults, read_coded_file
from analysis.evidence.counts_file import CountsFile, read_counts_file
from analysis.evidence.dates import plain_date
from analysis.evidence.text_file import TextFile, read_text_file
from model.suggestions import quoted

SHIPPED = Path(__file__).parents[2] / "data" / "exemption"
TEXTS, SECOND_CODER, CASES, TOTALS, COUNTS, HOSTS = (
    f"{name}.csv" for name in ("texts", "texts_second_coder", "cases", "totals", "counts", "hosts")
)
PROVISIONS = ("filing_in_advance", "time_limits", "remedy", "clarification", "exemptions_public", "career_protected")
# In the shipped texts these items follow from other columns (who may apply, days, who decides, how results are told).
FOLLOWING = ("own_motion", "time_limits", "decider_named", "exemptions_public")
KINDS_OF_HOSTS = ("government", "university", "publisher", "newspaper", "code archive")
BY = ("level", "year", "domain")
_TOTALS_COLUMNS = ("id", "place", "place_detail", "from", "until", "what", "n", "unit", "of", "breakdown", "category")
_TOTALS_MORE = ("source", "source_url", "read", "coder", "invented", "note")
_REQUIRED_OF_TOTALS = ("id", "place", "what", "n", "unit", "source", "invented")


class Provision(NamedTuple):
    """How many texts name a provision, how many do not, and of how many it is not told."""

    named: int
    absent: int
    not_told: int

    @property
    def n(self) -> int:
        """Return the number of texts."""
        return sum(self)

    @property
    def bounds(self) -> tuple[float, float]:
        """Return between which shares of the texts name it: not told may be no or yes."""
        return self.named / self.n, (self.named + self.not_told) / self.n


@dataclass(frozen=True)
class DataSet:
    """Coded texts, cases and counts."""

    folder: Path
    texts: TextFile
    cases: CaseFile
    totals: tuple[dict[str, str], ...]
    counts: CountsFile | None
    second_coder: TextFile | None

    @property
    def is_invented(self) -> bool:
        """Return whether any row was made up."""
        parts = (self.texts, self.cases, self.counts)
        return any(part is not None and part.is_invented for part in parts)


def read_data_set(folder: str | Path = SHIPPED) -> DataSet:
    """Return the data set in a folder, checked; EvidenceError if a file is missing or does not hold."""
    place = Path(folder)
    for name in (TEXTS, CASES, TOTALS):
        if not (place / name).is_file():
            raise EvidenceError(f"{place}: has no {name}; a data set has {TEXTS}, {CASES} and {TOTALS}")
    counts, second = place / COUNTS, place / SECOND_CODER
    found = DataSet(
        folder=place,
        texts=read_text_file(place / TEXTS),
        cases=read_case_file(place / CASES),
        totals=_totals(place / TOTALS),
        counts=read_counts_file(counts) if counts.is_file() else None,
        second_coder=read_text_file(second) if second.is_file() else None,
    )
    hosts = place / HOSTS
    if hosts.is_file():
        _check_addresses(found, _hosts(hosts))
    return found


def provisions(data: DataSet, items: Sequence[str] = PROVISIONS) -> dict[str, Provision]:
    """Return of each provision how many texts name it."""
    return _provisions(values_used(data.texts.rows, items, "document")[0].values(), items)


def provisions_by(data: DataSet, by: str, items: Sequence[str] = PROVISIONS) -> dict[str, dict[str, Provision]]:
    """Return the same for the texts of each level, year or domain, in order; texts that do not tell it come last."""
    groups: dict[str, dict[str, str]] = {}
    for row in data.texts.rows:
        groups.setdefault(row[by], {})[row["document"]] = row["document"]
    used = values_used(data.texts.rows, items, "document")[0]
    ordered = sorted(groups, key=lambda name: (not name, name))
    return {name: _provisions([used[document] for document in groups[name]], items) for name in ordered}


def provisions_of_whole_texts(data: DataSet, *, whole: bool, items: Sequence[str] = PROVISIONS) -> dict[str, Provision]:
    """Return the same for texts that were read whole, or for all others."""
    documents = {row["document"] for row in data.texts.rows if (row["seen"] == "whole") == whole}
    used = values_used(data.texts.rows, items, "document")[0]
    return _provisions([codes for document, codes in used.items() if document in documents], items)


def cases_by(data: DataSet, rows: str, columns: str = "outcome") -> pd.DataFrame:
    """Return how many cases there are by two columns, the most frequent rows first; what is not told is "not_told"."""
    used = values_used(data.cases.rows, [rows, columns], "case_id")[0].values()
    pairs = Counter((case[rows] or "not_told", case[columns] or "not_told") for case in used)
    known = [*case_columns()[columns].allowed, "not_told"]
    table = pd.DataFrame(
        [[pairs[row, column] for column in known] for row in dict.fromkeys(row for row, _ in pairs)],
        index=list(dict.fromkeys(row for row, _ in pairs)),
        columns=known,
    )
    table = table.loc[:, table.sum() > 0]
    return table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def filled(data: DataSet, columns: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return for each column how many of the cases tell it, of how many."""
    used = values_used(data.cases.rows, list(columns), "case_id")[0].values()
    return {column: (sum(case[column] not in ("", "na") for case in used), len(used)) for column in columns}


def _provisions(codes: Iterable[dict[str, str]], items: Sequence[str]) -> dict[str, Provision]:
    listed = list(codes)
    return {
        item: Provision(
            sum(one[item] not in ("", "0", "na") for one in listed),
            sum(one[item] == "0" for one in listed),
            sum(one[item] in ("", "na") for one in listed),
        )
        for item in items
    }


def _totals(path: Path) -> tuple[dict[str, str], ...]:
    found, _ = read_coded_file(path, _REQUIRED_OF_TOTALS, (*_TOTALS_COLUMNS, *_TOTALS_MORE))
    raise_faults(found.label, list(_faults_of_totals(found)))
    return tuple(dict(row.values) for row in found.rows)


def _faults_of_totals(found: CodedFile) -> Iterable[Fault]:
    seen: set[str] = set()
    for row in found.rows:
        for name in ("id", "what", "unit", "source"):
            if not row[name]:
                yield Fault(row.line, name, "is empty; write it in every row")
        if row["id"] in seen:
            yield Fault(row.line, "id", f"{quoted(row['id'])} is there twice; give each count an id of its own")
        seen.add(row["id"])
        if not _is_number(row["n"]):
            yield Fault(row.line, "n", f"found {quoted(row['n'])}; allowed is a number from 0")
        for name in ("from", "until"):
            if row[name] and plain_date(row[name]) is None:
                yield Fault(row.line, name, f"found {quoted(row[name])}; allowed is a date such as 2023-01")
        if row["invented"] not in ("yes", "no"):
            yield Fault(row.line, "invented", f"found {quoted(row['invented'])}; write yes or no")


def _is_number(text: str) -> bool:
    try:
        return 0.0 <= float(text) < 1e12 and text.isascii()
    except ValueError:
        return False


def _hosts(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["host"]: row["kind"] for row in csv.DictReader(file)}


def _check_addresses(data: DataSet, hosts: dict[str, str]) -> None:
    """Raise EvidenceError if an address leads to a host that is not of a kind that may be linked."""
    listed = [(data.texts.label, row.line, row["source_url"]) for row in data.texts.rows]
    listed += [(data.cases.label, row.line, row["source_url"]) for row in data.cases.rows]
    totals = str(data.folder / TOTALS)
    listed += [(totals, line, row["source_url"]) for line, row in enumerate(data.totals, start=2)]
    for label in dict.fromkeys(label for label, _, _ in listed):
        faults = [
            Fault(line, "source_url", _linked(url, hosts))
            for name, line, url in listed
            if name == label and url and hosts.get(_host(url)) not in KINDS_OF_HOSTS
        ]
        raise_faults(label, faults)


def _host(url: str) -> str:
    try:
        return urlparse(url).netloc
    except ValueError:
        return ""


def _linked(url: str, hosts: dict[str, str]) -> str:
    return (
        f"{quoted(_host(url) or url[:60])} is no host in {HOSTS} of a kind that may be linked "
        f"({', '.join(KINDS_OF_HOSTS)}); add it there, or name the source in words and leave the address out"
    )

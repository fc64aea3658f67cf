"""Counts against the model: sanctions per official and year, the four forms, the rungs after an inspection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Total = Mapping[str, str]

# What counts of both kinds, and all causes, come to per 100 officials and year: docs/model.md, base rates.
LEAST_MEASURES, MOST_MEASURES = 2.0, 10.0
_FORMS = ("1", "2", "3", "4")
_OFFICIALS, _NOT_OFFICIALS = "civil servants", "rural_enterprise_other"


class Forms(NamedTuple):
    """The four forms of discipline enforcement in a place and period: person-times of each."""

    place: str
    first: str
    last: str
    counts: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the share of each."""
        return tuple(count / sum(self.counts) for count in self.counts)


class Punished(NamedTuple):
    """Persons punished in a whole year, and of them those outside rural, enterprise and other posts."""

    year: str
    all: float
    officials: float


@dataclass(frozen=True)
class Rate:
    """Measures per 100 officials and year: sanctions alone, and with the first form, which is informal."""

    year: str
    sanctions: float
    all_measures: float


def forms(totals: Sequence[Total]) -> list[Forms]:
    """Return the four forms of every place and period for which all four are there, in order."""
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in totals:
        if row.get("breakdown") == "form" and row.get("category") in _FORMS:
            place = row["place_detail"] or row["place"]
            found.setdefault((place, row["from"], row["until"]), {})[row["category"]] = float(row["n"])
    whole = {key: counts for key, counts in found.items() if set(counts) == set(_FORMS)}
    return [Forms(*key, tuple(whole[key][form] for form in _FORMS)) for key in sorted(whole)]


def punished(totals: Sequence[Total]) -> list[Punished]:
    """Return the persons punished in China in each whole year that also tells how many were no officials."""
    rows = [row for row in totals if row["what"] == "punished_all" and row["place"] == "China" and _is_year(row)]
    whole = {row["from"][:4]: float(row["n"]) for row in rows if not row["breakdown"] and not row["of"]}
    others = {row["from"][:4]: float(row["n"]) for row in rows if row["category"] == _NOT_OFFICIALS}
    return [Punished(year, whole[year], whole[year] - others[year]) for year in sorted(whole.keys() & others.keys())]


def rates(totals: Sequence[Total]) -> list[Rate]:
    """Return measures per 100 officials and year, for years with all that it takes; the denominator is not firm."""
    officials = next((float(row["n"]) for row in totals if row.get("category") == _OFFICIALS), 0.0)
    if not officials:
        return []
    by_year = {one.first[:4]: one for one in forms(totals) if one.place == "China"}
    found = []
    for one in punished(totals):
        sanctions = 100.0 * one.officials / officials
        of_year = by_year.get(one.year)
        informal = of_year.counts[0] / sum(of_year.counts[1:]) if of_year else float("nan")
        found.append(Rate(one.year, sanctions, sanctions * (1.0 + informal)))
    return found


def _is_year(row: Total) -> bool:
    return row["from"][:4] == row["until"][:4] and row["from"].endswith("-01") and row["until"].endswith("-12")


def rungs_after_inspection(totals: Sequence[Total], inspection: str) -> dict[str, float]:
    """Return the counts by rung of an inspection, by the words of its rows; a row for the whole is left out."""
    rows = [
        row
        for row in totals
        if row["id"].startswith(inspection) and row["breakdown"] == "rung" and row["of"].startswith("all")
    ]
    return {row["category"]: float(row["n"]) for row in rows}

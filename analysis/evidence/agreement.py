"""Agreement between coders: Krippendorff's alpha with intervals, and the value of each unit that the estimates use.

Krippendorff, Content Analysis, chapter 12. `alpha_of` counts coincidences and so can be resampled quickly; where nltk
is installed (extra `evidence`), `alpha_by_nltk` computes the same number by other code; the command prints that one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence.case_file import NOT_APPLICABLE, NOT_TOLD
from analysis.evidence.coded_file import EvidenceError, Row
from analysis.evidence.spellings import CONSENSUS

Scale = Literal["nominal", "ordinal", "interval"]
Floats = NDArray[np.float64]
RELIABLE, TENTATIVE = 0.8, 0.667  # the customary limits, Krippendorff
RESAMPLES = 1000
COLUMNS = ("column", "scale", "units", "missing", "alpha", "low", "high", "verdict")
NEEDS_PACKAGES = 'needs packages that are not installed: pip install -c constraints.txt -e ".[evidence]"'


@dataclass(frozen=True)
class Codings:
    """All codings of a column: for each unit, the value that each coder gave it; what is not told is not there."""

    column: str
    scale: Scale
    units: Mapping[str, Mapping[str, str]]
    n_cells: int  # codings, told or not

    @property
    def pairable(self) -> list[list[str]]:
        """Return the values of the units that at least two coders have told."""
        return [list(coded.values()) for coded in self.units.values() if len(coded) > 1]


def codings_of(rows: Iterable[Row], column: str, unit: str, scale: Scale = "nominal", *, told: bool = True) -> Codings:
    """Return the codings of a column; with `told` False, not telling is a value like any other.

    The coder "consensus" is no coder of its own, so its rows are left out.
    """
    units: dict[str, dict[str, str]] = {}
    n_cells = 0
    for row in rows:
        if row["coder"] == CONSENSUS:
            continue
        n_cells += 1
        coded = units.setdefault(row[unit], {})
        if not told or row[column] not in (NOT_TOLD, NOT_APPLICABLE):
            coded[row["coder"]] = row[column]
    return Codings(column, scale, units, n_cells)


def alpha_of(units: Sequence[Sequence[str]], scale: Scale) -> float:
    """Return Krippendorff's alpha of units with at least two values each; NaN where only one value occurs."""
    counts, values = _counts(units)
    return float(_alphas(counts, np.ones((1, len(units))), _distances(counts.sum(axis=0), values, scale))[0])


def alpha_by_nltk(units: Sequence[Sequence[str]], scale: Scale) -> float:
    """Return the same by nltk; EvidenceError if that is not installed."""
    try:
        from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415  (only the command needs it)
    except ImportError:
        raise EvidenceError(NEEDS_PACKAGES) from None
    counts, values = _counts(units)
    if len(values) < 2:
        return math.nan
    table = _distances(counts.sum(axis=0), values, scale)
    place = {value: number for number, value in enumerate(values)}
    data = [(str(n), str(unit), value) for unit, given in enumerate(units) for n, value in enumerate(given)]
    return float(AnnotationTask(data, distance=lambda a, b: table[place[a], place[b]]).alpha())


def interval_of_alpha(units: Sequence[Sequence[str]], scale: Scale, seed: int) -> tuple[float, float]:
    """Return the 95% interval of alpha over a thousand resamples of the units; NaN where there is none."""
    counts, values = _counts(units)
    if len(values) < 2:
        return math.nan, math.nan
    # Units that were given the same values are drawn together: how many of each kind is as random as which ones.
    kinds, n_of_kind = np.unique(counts, axis=0, return_counts=True)
    random = np.random.default_rng(seed)
    times = random.multinomial(len(units), n_of_kind / len(units), size=RESAMPLES).astype(np.float64)
    alphas = _alphas(kinds, times, _distances(counts.sum(axis=0), values, scale))
    found = alphas[~np.isnan(alphas)]
    if not found.size:
        return math.nan, math.nan
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def agreement(codings: Iterable[Codings], seed: int = 1, *, by_nltk: bool = False) -> pd.DataFrame:
    """Return a row for every column, with COLUMNS: units coded twice, missing share, alpha, its interval, a verdict."""
    rows = []
    for coded in codings:
        units = coded.pairable
        n_told = sum(map(len, coded.units.values()))
        alpha = (alpha_by_nltk if by_nltk else alpha_of)(units, coded.scale) if units else math.nan
        low, high = interval_of_alpha(units, coded.scale, seed) if units else (math.nan, math.nan)
        missing = 1.0 - n_told / coded.n_cells if coded.n_cells else math.nan
        verdict = verdict_of(alpha, len(units))
        rows.append((coded.column, coded.scale, len(units), missing, alpha, low, high, verdict))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def verdict_of(alpha: float, n_units: int) -> str:
    """Return what may be said of a column: reliable, tentative, unreliable, or why nothing may be said."""
    if n_units == 0:
        return "coded_once"
    if math.isnan(alpha):
        return "one_value"
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "unreliable"


def values_used(
    rows: Iterable[Row], columns: Sequence[str], unit: str
) -> tuple[dict[str, dict[str, str]], Counter[str]]:
    """Return, for every unit, the values that the estimates use, and how many ties each column has.

    The coder "consensus" stands for all others; else the majority of the values told; a tie is not told.
    """
    codings: dict[str, list[Row]] = {}
    for row in rows:
        codings.setdefault(row[unit], []).append(row)
    ties: Counter[str] = Counter()
    used: dict[str, dict[str, str]] = {}
    for name, coded in codings.items():
        agreed = [row for row in coded if row["coder"] == CONSENSUS] or coded
        used[name] = {column: _majority(agreed, column, ties) for column in columns}
    return used, ties


def disagreements(rows: Iterable[Row], columns: Sequence[str], unit: str) -> pd.DataFrame:
    """Return every disagreement, side by side: unit, column, and what each coder wrote."""
    coders: dict[str, None] = {}
    found: list[dict[str, str]] = []
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        if row["coder"] != CONSENSUS:
            coders.setdefault(row["coder"])
            by_unit.setdefault(row[unit], []).append(row)
    for name, coded in by_unit.items():
        for column in columns:
            given = {row["coder"]: row[column] for row in coded}
            if len(set(given.values())) > 1:
                found.append({unit: name, "column": column, **given})
    return pd.DataFrame(found, columns=[unit, "column", *coders]).fillna("")


def _majority(rows: Sequence[Row], column: str, ties: Counter[str]) -> str:
    if len(rows) == 1:
        return rows[0][column]
    given = [row[column] for row in rows]
    told = [value for value in given if value not in (NOT_TOLD, NOT_APPLICABLE)]
    if not told:
        return NOT_APPLICABLE if NOT_APPLICABLE in given else NOT_TOLD
    if told.count(told[0]) == len(told):
        return told[0]
    (value, most), *others = Counter(told).most_common(2)
    if others and others[0][1] == most:
        ties[column] += 1
        return NOT_TOLD
    return value


def _counts(units: Sequence[Sequence[str]]) -> tuple[Floats, list[str]]:
    """Return how often each value was given to each unit, and the values in order."""
    values = sorted({value for given in units for value in given}, key=_in_order)
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for unit, given in enumerate(units):
        for value in given:
            counts[unit, place[value]] += 1.0
    return counts, values


def _in_order(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return math.inf, value


def _distances(margins: Floats, values: Sequence[str], scale: Scale) -> Floats:
    """Return how far two values are apart; for the ordinal scale that follows from how often each was given."""
    n = len(values)
    if scale == "nominal":
        return 1.0 - np.eye(n)
    if scale == "interval":
        numbers = np.array([float(value) for value in values])
        return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)
    ranks = np.cumsum(margins) - margins / 2.0
    return np.asarray((ranks[:, None] - ranks[None, :]) ** 2)


def _alphas(counts: Floats, times: Floats, distances: Floats) -> Floats:
    """Return alpha with each unit taken so many times, a row of `times` for each; NaN where all values are the same."""
    sizes = counts.sum(axis=1)
    within = np.einsum("uv,vw,uw->u", counts, distances, counts) / (sizes - 1.0)
    margins = times @ counts
    n = margins.sum(axis=1)
    expected = np.einsum("rv,vw,rw->r", margins, distances, margins) / (n - 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0.0, 1.0 - times @ within / expected, np.nan))

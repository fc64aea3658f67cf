"""Scenario discovery in what a search has left: under what conditions a package of it fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.design.specification import Factor
from analysis.discovery.discovery import Discovery, How, discovered
from analysis.errors import ExperimentError
from analysis.store.findings import SUMMARY, folder_beside, read_findings

# The table of failures beside a search, and how its columns on packages begin.
FAILURES, FAILS = "failures", "fails_"
_GENERATION = "generation_0"
_FRONT = "front"


class SearchFailures(NamedTuple):
    """In which worlds the packages of a search fail, and what the search says of itself."""

    folder: Path
    table: pd.DataFrame
    about: dict[str, Any]

    @property
    def n_packages(self) -> int:
        """Return how many packages there are, numbered from 1."""
        return sum(str(name).startswith(FAILS) for name in self.table)


def is_of_search(folder: Path) -> bool:
    """Tell whether a folder is that of a search, or that of what it has left."""
    return (folder / _GENERATION).is_dir() or (folder / f"{FAILURES}.csv").is_file()


def failures_in(folder: Path) -> SearchFailures:
    """Return in which worlds the packages of a search fail; ExperimentError if nothing there tells."""
    place = folder if (folder / f"{FAILURES}.csv").is_file() else folder_beside(folder, _FRONT)
    if not (place / SUMMARY).is_file():
        raise ExperimentError(f"{folder}: this search is not finished; go on with it by the same search command")
    try:
        tables, about = read_findings(place, [FAILURES])
        found = SearchFailures(place, tables[FAILURES], about)
        named = dict(about["unknown"])
    except (ExperimentError, KeyError, TypeError, ValueError):
        raise ExperimentError(f"{place}: does not tell in which worlds packages fail; search again") from None
    if not found.n_packages or not set(named) <= set(found.table):
        raise ExperimentError(f"{place}: has no packages that could fail; search again")
    return found


def discover_failures(failures: SearchFailures, package: int | None, how: How) -> Discovery:
    """Return under which conditions a package, numbered from 1, fails.

    Raises
    ------
    ExperimentError
        If there is no such package, or it fails in all worlds or in none.
    """
    n = failures.n_packages
    if package is None or not 1 <= package <= n:
        asked = "is missing" if package is None else f"{package}: is not there"
        raise ExperimentError(f"--package {asked}: {failures.folder} has packages 1 to {n}; give one of them")
    factors = [Factor(path, float(low), float(high)) for path, (low, high) in failures.about["unknown"].items()]
    points = failures.table[[factor.path for factor in factors]].to_numpy(dtype=float)
    holds = failures.table[f"{FAILS}{package}"].to_numpy(dtype=float)
    try:
        return discovered(factors, points, holds, how)
    except ExperimentError as error:
        # No other number can be chosen here, but another package.
        told = str(error).replace("holds at", "fails at").replace("another number", "another package")
        raise ExperimentError(f"--package {package}: {told}") from None

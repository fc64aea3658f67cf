"""Draws as priors: a file of draws, such as that of an estimate from cases, in place of a range."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.design.factors import bounds_of
from analysis.inference.targets import FEWEST_DRAWS, Open, PriorDraws
from analysis.store.findings import are_from_invented
from model.scenario import ScenarioError
from model.scenario.document import Document
from model.scenario.errors import Problem, unknown

# How far the ends of a range lie outside the draws, in parts of their width: no draw is at an end.
_ROOM = 0.01


def prior_draws(written: Document) -> tuple[PriorDraws, ...]:
    """Return the draws that parameters of a file of targets name, those of one file together.

    Raises
    ------
    ScenarioError
        If a file cannot be read, or does not hold what it is named for.
    """
    by_file: dict[str, list[str]] = {}
    for item in written.data["parameter"]:
        if "draws" in item:
            by_file.setdefault(item["draws"], []).append(item["path"])
    return tuple(_read(written.path.parent / file, names) for file, names in by_file.items())


def draws_problems(place: int, item: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with a parameter that names draws."""
    if "low" in item or "high" in item:
        yield Problem(("parameter", place, "draws"), "stands beside low or high; remove one or the other")


def _read(file: Path, names: Sequence[str]) -> PriorDraws:
    try:
        table = pd.read_csv(file, encoding="utf-8-sig")
    except (OSError, ValueError, UnicodeDecodeError):
        raise ScenarioError(f"{file}: is no CSV file of draws that can be read; check the path") from None
    for name in names:
        if name not in table.columns:
            raise ScenarioError(f"{file}: {unknown('column', name, tuple(map(str, table.columns)))}")
    if len(table) < FEWEST_DRAWS:
        raise ScenarioError(f"{file}: has {len(table)} draws, and {FEWEST_DRAWS} are needed; make more with --draws")
    columns = [_column(file, name, table[name]) for name in names]
    return PriorDraws(file, tuple(names), np.column_stack(columns), are_from_invented(file))


def _column(file: Path, name: str, column: pd.Series[Any]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    low, high = bounds_of(name)
    for line, value in enumerate(values, start=2):
        if math.isnan(value) or not low <= value <= high:
            raise ScenarioError(
                f"{file}, line {line}, {name}: found {column.iloc[line - 2]}; allowed is a number from {low:.12g} to "
                f"{high:.12g}; correct it"
            )
    if float(np.ptp(values)) == 0.0:
        raise ScenarioError(f"{file}: all draws of {name} are {values[0]:g}, so nothing is open; take it out")
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = values
    return found


def opened_by_draws(name: str, drawn: Sequence[PriorDraws]) -> Open:
    """Return a parameter that is drawn, with ends a little outside all draws and within its bounds."""
    (column,) = (one.values[:, one.names.index(name)] for one in drawn if name in one.names)
    room, (lowest, highest) = _ROOM * float(np.ptp(column)), bounds_of(name)
    return Open(name, max(lowest, float(column.min()) - room), min(highest, float(column.max()) + room))

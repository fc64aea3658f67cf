"""The condition that is asked for: a measure below or above a number, or two of these together."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.discovery.boxes import Floats
from analysis.errors import ExperimentError
from analysis.statistics.effects import checked_measures, reference_values, values_of
from analysis.store.experiment import Experiment
from model.measures import MEASURES
from model.scenario.errors import unknown

Of = Literal["value", "difference"]

_MOST_CLAUSES = 2
_CLAUSE = re.compile(r"\s*(\w+)\s*([<>])\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*$")
EXAMPLE = '--when "innovation_rate < 0.15"'


@dataclass(frozen=True)
class Clause:
    """A measure below ("<") or above (">") a number."""

    measure: str
    sign: Literal["<", ">"]
    number: float


@dataclass(frozen=True)
class Condition:
    """Clauses that hold together, of the measures themselves or of their differences from the base scenario."""

    clauses: tuple[Clause, ...]
    of: Of = "value"

    @property
    def text(self) -> str:
        """Return the condition as it is written."""
        return " and ".join(f"{clause.measure} {clause.sign} {clause.number:g}" for clause in self.clauses)


def condition_of(text: str, of: Of = "value") -> Condition:
    """Return the condition that a text asks for; ExperimentError if it asks for none that can be."""
    parts = re.split(r"\s+and\s+", text.strip())
    if len(parts) > _MOST_CLAUSES:
        raise ExperimentError(f"--when {text}: has {len(parts)} parts; allowed is one, or two joined by and")
    return Condition(tuple(_clause(part, text) for part in parts), of)


def _clause(part: str, text: str) -> Clause:
    found = _CLAUSE.match(part)
    try:
        number = float(found[3]) if found else math.nan
    except ValueError:
        number = math.nan
    if found is None or not math.isfinite(number):
        raise ExperimentError(
            f"--when {text}: {part.strip() or 'nothing'} is no condition; write measure, < or >, number: {EXAMPLE}"
        )
    if found[1] not in MEASURES:
        raise ExperimentError(f"--when {text}: {unknown('measure', found[1], MEASURES)}")
    return Clause(found[1], "<" if found[2] == "<" else ">", number)


def share_of_runs(experiment: Experiment, condition: Condition) -> Floats:
    """Return in which share of a point's runs the condition holds, shape (points,).

    Runs in which a measure is missing are left out; a point without any other is missing (NaN).
    """
    measures = checked_measures(experiment, [clause.measure for clause in condition.clauses])
    values = values_of(experiment, measures)
    if condition.of == "difference":
        before = reference_values(experiment, measures)
        is_paired = experiment.specification.common_random_numbers
        values = values - (before if is_paired else np.nanmean(before, axis=0))
    holds, is_there = np.ones(values.shape[:2], dtype=bool), np.ones(values.shape[:2], dtype=bool)
    for clause in condition.clauses:
        of_clause = values[:, :, measures.index(clause.measure)]
        is_there &= ~np.isnan(of_clause)
        holds &= of_clause < clause.number if clause.sign == "<" else of_clause > clause.number
    n = is_there.sum(axis=1)
    share: Floats = np.divide((holds & is_there).sum(axis=1), n, out=np.full(len(n), np.nan), where=n > 0)
    return share

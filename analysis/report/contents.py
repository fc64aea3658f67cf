"""What a report shows of an experiment: its plan and its numbers, ready to be told and drawn.

The report only shows: whoever has the experiment fills these in (analysis/publication/contents.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.specification import Specification

Floats = NDArray[np.float64]
_LEADING = ("innovation_rate", "lazy_prevalence")
_DECISIVE = 2


class MissingRuns(NamedTuple):
    """Runs without numbers: first and last id, why ("not run", "damaged", "failed" or "timed out"), and words."""

    first_id: int
    last_id: int
    reason: str
    message: str


@dataclass(frozen=True)
class Progress:
    """What was planned and what was run; `is_most` if rules of stopping may make fewer runs do."""

    planned_runs: int
    is_most: bool
    rows: int
    failed: int
    timed_out: int
    blocks: int
    planned_blocks: int
    missing: tuple[MissingRuns, ...]

    @property
    def n_missing(self) -> int:
        """Return how many planned runs have no numbers."""
        return sum(gap.last_id - gap.first_id + 1 for gap in self.missing)


@dataclass(frozen=True)
class Replication:
    """Whether a measure was replicated often enough.

    `values` are those of the base scenario, a run each; `target` is a half-width worth asking for, and `more` about how
    many replications of the base scenario it would still take (None: no sensible number). `half_widths` are those of
    the points of the design, `coefficients` the coefficient of variation of the first k values, `enough` from which k
    on it is stable (None: not yet).
    """

    measure: str
    values: Floats
    half_width: float
    target: float
    more: int | None
    half_widths: Floats
    coefficients: Floats
    enough: int | None


@dataclass(frozen=True)
class FactorIndices:
    """The indices and the noise of a sensitivity analysis, with the columns of verdicts.py, and the method."""

    method: Literal["morris", "saltelli"]
    indices: pd.DataFrame
    noise: pd.DataFrame
    resamples: int


@dataclass(frozen=True)
class Boundary:
    """Where two measures are equally common on the plane of two factors, as `map` has found it.

    `vertical` and `horizontal` are the key paths of the factors with the values `y` and `x`; `mean`, `low` and `high`,
    shape (y, x), are the difference of the measures and its 95% interval. `line` has the columns of
    tipping_line.LINE_COLUMNS.
    """

    vertical: str
    horizontal: str
    y: Floats
    x: Floats
    mean: Floats
    low: Floats
    high: Floats
    line: pd.DataFrame


@dataclass(frozen=True)
class MechanismEffects:
    """What mechanisms do: columns case ("without", "only", "none"), mechanism, measure, mean, difference, low, high.

    `mechanism` is a text to show, empty for "none": all mechanisms taken out.
    """

    rows: pd.DataFrame


@dataclass(frozen=True)
class Contents:
    """All that a report of an experiment shows.

    `effects` and `means` have a row for every point and measure (columns of effects.EFFECT_COLUMNS and
    MEAN_COLUMNS), for the measures in `measures`. `experiment_file` and `scenario_file` are texts in TOML; `commands`
    make the experiment again; `notes` are further sentences for the section of limits.
    """

    specification: Specification
    folder: str
    points: Floats
    measures: tuple[str, ...]
    means: pd.DataFrame
    effects: pd.DataFrame
    replication: tuple[Replication, ...]
    progress: Progress
    manifest: Mapping[str, Any]
    experiment_file: str
    scenario_file: str
    commands: str
    indices: FactorIndices | None = None
    boundary: Boundary | None = None
    ablation: MechanismEffects | None = None


def leading_measures(contents: Contents) -> tuple[str, ...]:
    """Return the two measures that the short answer is about."""
    held = tuple(measure for measure in _LEADING if measure in contents.measures)
    return held or contents.measures[:_DECISIVE]

"""What an experiment is: base scenario, factors, design, replications, measures, window and seed.

A specification is plain data, frozen and picklable. `experiment_file` reads it from TOML, `design` makes its points.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from model.scenario import Scenario, Text

DesignKind = Literal["grid", "list", "latin_hypercube", "sobol", "saltelli", "morris"]
DESIGN_KINDS: tuple[DesignKind, ...] = get_args(DesignKind)
DEFAULT_REPLICATIONS = 20
DEFAULT_WINDOW_MONTHS = 60
DEFAULT_TIMEOUT_SECONDS = 3600.0

# A block ought to take about half a second: short enough to lose little, long enough to be worth a file.
_OFFICIAL_MONTHS_OF_A_BLOCK = 12_000_000
_MOST_RUNS_OF_A_BLOCK = 1024
_LEAST_BLOCKS = 64
_SERIES_VALUES_OF_A_BLOCK = 1_000_000


@dataclass(frozen=True)
class Factor:
    """A parameter that the experiment varies, from `low` to `high`; `values` are its values in a grid, else empty."""

    path: str
    low: float
    high: float
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class DesignPlan:
    """How the points are laid out; what a kind of design does not use is left at its default.

    `points` for latin_hypercube and sobol; `base_points` and `second_order` for saltelli; `trajectories` and `levels`
    for morris; `listed` holds the points of a list, a tuple of factor values each. `seed` is that of the design, not of
    the runs.
    """

    kind: DesignKind
    points: int = 0
    base_points: int = 0
    second_order: bool = False
    trajectories: int = 0
    levels: int = 4
    seed: int = 1
    listed: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class ReplicateUntil:
    """Replicate a point until the 95% interval of a measure has at most this half-width, or `maximum` is reached.

    At least `minimum` replications are done. `replicate_until.more_replications` says how many come next, at most
    `step`.
    """

    measure: str
    half_width: float
    minimum: int
    maximum: int
    step: int


@dataclass(frozen=True)
class Specification:
    """An experiment. `base` already has the sizes of the experiment; it is also simulated, as the reference.

    `replications` is the number per point, or with `replicate_until` its maximum. `window_until` is None for the end of
    the run. With `common_random_numbers` replication r is run number r of the model at every point; without, every run
    of the experiment has a run number of its own, point * replications + replication.
    """

    name: str
    title: Text
    question: Text
    base: Scenario
    factors: tuple[Factor, ...]
    design: DesignPlan
    measures: tuple[str, ...]
    replications: int = DEFAULT_REPLICATIONS
    replicate_until: ReplicateUntil | None = None
    window_months: int = DEFAULT_WINDOW_MONTHS
    window_until: int | None = None
    seed: int = 1
    common_random_numbers: bool = True
    monthly_series: bool = False
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    runs_per_block: int | None = None

    @property
    def factor_paths(self) -> tuple[str, ...]:
        """Return the key paths of the factors, in the order of the columns of the design."""
        return tuple(factor.path for factor in self.factors)


def ids_per_block(specification: Specification, n_points: int) -> int:
    """Return how many run ids a block holds. It follows from the specification alone, so all machines agree on it.

    With `replicate_until` a block holds whole points.
    """
    n = specification.runs_per_block or _suitable_runs(specification, n_points)
    if specification.replicate_until is None:
        return n
    points = max(1, n // specification.replicate_until.minimum)
    return points * specification.replications


def _suitable_runs(specification: Specification, n_points: int) -> int:
    base = specification.base
    by_time = _OFFICIAL_MONTHS_OF_A_BLOCK // (base.officials * base.months)
    by_number = math.ceil((n_points + 1) * specification.replications / _LEAST_BLOCKS)
    most = min(_MOST_RUNS_OF_A_BLOCK, by_time, by_number)
    if specification.monthly_series:
        most = min(most, _SERIES_VALUES_OF_A_BLOCK // (base.months * len(specification.measures)))
    return max(1, most)


def facts_of(specification: Specification) -> dict[str, Any]:
    """Return the specification as JSON can hold it, without the base scenario and the listed points."""
    facts = asdict(replace(specification, design=replace(specification.design, listed=())))
    del facts["base"], facts["design"]["listed"]
    return facts


def specification_of(facts: dict[str, Any], base: Scenario, listed: tuple[tuple[float, ...], ...]) -> Specification:
    """Return the specification that `facts_of` has written down; `listed` counts for a list only."""
    design = facts["design"]
    until = facts["replicate_until"]
    factors = (Factor(f["path"], f["low"], f["high"], tuple(f["values"])) for f in facts["factors"])
    kept = {
        **facts,
        "title": Text(**facts["title"]),
        "question": Text(**facts["question"]),
        "base": base,
        "factors": tuple(factors),
        "design": DesignPlan(**design, listed=listed if design["kind"] == "list" else ()),
        "measures": tuple(facts["measures"]),
        "replicate_until": ReplicateUntil(**until) if until else None,
    }
    return Specification(**kept)

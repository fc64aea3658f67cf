"""What an experiment is: base scenario, factors, design, replications, measures, window and seed.

A specification is plain data, frozen and picklable. `experiment_file` reads it from TOML, `sampling` makes its points.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from analysis.design.distributions import Distribution
from analysis.design.reach import BASE, Where
from model.scenario import Scenario, Text

DEFAULT_REPLICATIONS = 20
DEFAULT_WINDOW_MONTHS = 60
DEFAULT_TIMEOUT_SECONDS = 3600.0
SCENARIO = "scenario"  # the path of the factor whose levels are scenarios


@dataclass(frozen=True)
class Factor:
    """A parameter that the experiment varies, from `low` to `high`; `values` are its values in a grid, else empty.

    `where` is "base" for the value that holds where jurisdictions and changes have none of their own, "everywhere" for
    one in place of all of these, or the names of listed jurisdictions. `levels` are the names of the levels of a
    factor that is no number, else empty: the scenarios of the factor "scenario", the words of a setting by words. Its
    values are their numbers, counted from 0. `distribution` is how values are spread, None for evenly.
    """

    path: str
    low: float
    high: float
    values: tuple[float, ...] = ()
    where: Where = BASE
    levels: tuple[str, ...] = ()
    distribution: Distribution | None = None


@dataclass(frozen=True)
class DesignPlan:
    """How the points are laid out; what a kind of design does not use is left at its default.

    `points` for latin_hypercube and sobol; `base_points` and `second_order` for saltelli; `trajectories` and `levels`
    for morris; `listed` holds the points of a list, a tuple of factor values each. `seed` is that of the design, not of
    the runs. `sampling.DESIGN_KINDS` has the kinds.
    """

    kind: str
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

    At least `minimum` replications are done. `stopping_rule.more_replications` says how many come next, at most
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
    of the experiment has a run number of its own, point * replications + replication; with a `luck_cycle` points that
    are so many apart have the same ones. A program sets that, no experiment file does. `metrics` are names
    of functions of the months of a run, each with the place of the function; they decide no stored number. `scenarios`
    are the levels of the factor "scenario", if there is one: each takes the place of `base`.
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
    luck_cycle: int | None = None
    metrics: tuple[tuple[str, str], ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @property
    def factor_paths(self) -> tuple[str, ...]:
        """Return the key paths of the factors, in the order of the columns of the design."""
        return tuple(factor.path for factor in self.factors)

    @property
    def wheres(self) -> dict[str, Where]:
        """Return where the factors are meant that are not meant for the base."""
        return {factor.path: factor.where for factor in self.factors if factor.where != BASE}


def facts_of(specification: Specification) -> dict[str, Any]:
    """Return the specification as JSON can hold it, without its scenarios and the listed points."""
    facts = asdict(replace(specification, scenarios=(), design=replace(specification.design, listed=())))
    del facts["base"], facts["scenarios"], facts["design"]["listed"]
    if specification.luck_cycle is None:  # so that what was locked before there were cycles stays as it was
        del facts["luck_cycle"]
    if not specification.metrics:
        del facts["metrics"]
    for factor in facts["factors"]:
        # What is not said stays out, so that what was locked before there was such a thing stays as it was.
        if factor["where"] == BASE:
            del factor["where"]
        if not factor["levels"]:
            del factor["levels"]
        if factor["distribution"] is None:
            del factor["distribution"]
    return facts


def specification_of(
    facts: dict[str, Any],
    base: Scenario,
    listed: tuple[tuple[float, ...], ...],
    scenarios: tuple[Scenario, ...] = (),
) -> Specification:
    """Return the specification that `facts_of` has written down, with its scenarios.

    `listed` are the points of a list, else none.
    """
    design = facts["design"]
    until = facts["replicate_until"]
    kept = {
        **facts,
        "title": Text(**facts["title"]),
        "question": Text(**facts["question"]),
        "base": base,
        "factors": tuple(map(_factor, facts["factors"])),
        "design": DesignPlan(**design, listed=listed),
        "measures": tuple(facts["measures"]),
        "replicate_until": ReplicateUntil(**until) if until else None,
        "metrics": tuple((name, place) for name, place in facts.get("metrics", ())),
        "scenarios": scenarios,
    }
    return Specification(**kept)


def _factor(stored: dict[str, Any]) -> Factor:
    spread = stored.get("distribution")
    return Factor(
        stored["path"],
        stored["low"],
        stored["high"],
        tuple(stored["values"]),
        _where(stored.get("where", BASE)),
        tuple(stored.get("levels", ())),
        None if spread is None else Distribution(**spread),
    )


def _where(stored: str | list[str]) -> Where:
    return stored if isinstance(stored, str) else tuple(stored)

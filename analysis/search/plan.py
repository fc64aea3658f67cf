"""What a search is: levers, worlds, objectives, constraints, and how much of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.design.specification import Factor
from model.measures import about_measure
from model.scenario import Scenario, Text, marked

Over = Literal["mean", "worst_decile", "regret"]
OVERS: tuple[Over, ...] = ("mean", "worst_decile", "regret")
BETTER = ("more", "less")
_PER = 100.0


@dataclass(frozen=True)
class Objective:
    """A measure that ought to be more or less, over all worlds: its mean, that of the worst tenth, or its regret.

    Counts are taken per 100 officials and month.
    """

    measure: str
    better: Literal["more", "less"]
    over: Over = "mean"

    @property
    def sign(self) -> float:
        """Return what makes a cost of the measure: less of a cost is always better."""
        return 1.0 if self.better == "less" else -1.0

    @property
    def name(self) -> str:
        """Return its name in tables."""
        return f"{self.measure}_{self.over}"

    @property
    def indifference(self) -> float:
        """Return the difference that is held to be none."""
        return 0.002 * unit_range_of(self.measure)


@dataclass(frozen=True)
class Constraint:
    """A measure that has to stay at most, or at least, at a number, over all worlds."""

    measure: str
    over: Literal["mean", "worst_decile"]
    at_most: float | None = None
    at_least: float | None = None

    @property
    def sign(self) -> float:
        """Return what makes a cost of the measure."""
        return 1.0 if self.at_most is not None else -1.0

    @property
    def limit(self) -> float:
        """Return the cost that may not be exceeded."""
        return self.sign * (self.at_most if self.at_most is not None else self.at_least or 0.0)


@dataclass(frozen=True)
class Check:
    """The fresh worlds in which what was found is looked at again, and those that tell where a package fails."""

    worlds: int = 64
    replications: int = 2
    seed: int = 2
    failure_worlds: int = 256


@dataclass(frozen=True)
class SearchPlan:
    """A search: the base scenario with its sizes, and all that is searched, varied and wanted.

    `draws` are worlds given one by one, values by the paths in `worlds`; without, worlds are drawn evenly from the
    ranges; `has_invented_draws` if they were made from invented data. `rules` are the decision rules that take turns as
    part of the world; empty for the base scenario's.
    """

    name: str
    path: Path
    title: Text
    base: Scenario
    levers: tuple[Factor, ...]
    worlds: tuple[Factor, ...]
    draws: tuple[tuple[float, ...], ...]
    rules: tuple[str, ...]
    n_worlds: int
    replications: int
    seed: int
    objectives: tuple[Objective, ...]
    constraints: tuple[Constraint, ...]
    population: int
    generations: int
    window_months: int
    check: Check
    has_invented_draws: bool = False

    @property
    def is_invented(self) -> bool:
        """Tell whether the base scenario or the worlds come from invented data, which then is said wherever it goes."""
        return self.base.is_invented or self.has_invented_draws

    @property
    def shown_title(self) -> Text:
        """Return the title; if it rests on invented data it begins with saying so."""
        return marked(self.title, self.is_invented)

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the measures that have to be known."""
        wanted = [objective.measure for objective in self.objectives]
        return tuple(dict.fromkeys([*wanted, *(constraint.measure for constraint in self.constraints)]))

    @property
    def runs(self) -> tuple[int, int]:
        """Return how many runs the search has, and how many the check has at most."""
        searched = self.generations * self.population * self.n_worlds * self.replications
        check = self.check
        most = 3 * self.population * check.worlds * check.replications + MOST_SHOWN * check.failure_worlds
        return searched, most


MOST_SHOWN = 8

DEFAULT_OBJECTIVES = (
    Objective("innovation_rate", "more"),
    Objective("lazy_prevalence", "less", "worst_decile"),
    Objective("public_value", "more", "worst_decile"),
    Objective("sanctions_per_100_officials_and_year", "less"),
    Objective("unpursued_failures", "less"),
)
DEFAULT_CONSTRAINTS = (Constraint("self_dealing_share", "worst_decile", at_most=0.05),)


def is_count(measure: str) -> bool:
    """Tell whether a measure is a number a month, which is taken per 100 officials."""
    return about_measure(measure).unit == "count per month"


def unit_range_of(measure: str) -> float:
    """Return how far a measure reaches in its unit: 1 of a share or of value, 100 of what is per 100 officials."""
    return _PER if is_count(measure) or "per 100" in about_measure(measure).unit else 1.0


def scale_of(measure: str, officials: int) -> float:
    """Return by what a measure is multiplied: a number a month becomes one per 100 officials."""
    return _PER / officials if is_count(measure) else 1.0

"""What a calibration is made of: open parameters with their ranges, probes, and targets that were observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from analysis.inference.ranges import Floats, Ranges
from model.scenario import Scenario, Text, marked

Statistic = Literal["mean", "difference", "relative_change", "ratio", "recovered_share"]
Use = Literal["calibrate", "validate"]
STATISTICS: tuple[Statistic, ...] = ("mean", "difference", "relative_change", "ratio", "recovered_share")
USES: tuple[Use, ...] = ("calibrate", "validate")
SDS_OF_AN_INTERVAL = 3.92  # from end to end of a 95% interval


FEWEST_DRAWS = 20


class Open(NamedTuple):
    """A parameter or a nuisance whose value is not known: its name, the ends of its range."""

    name: str
    low: float
    high: float


class Amount(NamedTuple):
    """A value that a probe sets: `number` or that of a nuisance, times the point's own value if `is_factor`."""

    number: float
    nuisance: str = ""
    is_factor: bool = False

    @property
    def is_fixed(self) -> bool:
        """Tell whether it is the same at every point."""
        return not self.nuisance and not self.is_factor


@dataclass(frozen=True)
class Step:
    """What a probe changes in the months month <= t < until; to the end if `until` is None."""

    month: int
    until: int | None
    amounts: Mapping[str, Amount]


@dataclass(frozen=True)
class Probe:
    """A scenario beside that of the targets: the same luck at the same point, other settings for some time."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Quantity:
    """What is measured: a sum of measures, less others, over others, in each case means over a window; and its scale.

    `scale` is 1, or what turns a count per month into one per 100 officials and year.
    """

    measures: tuple[str, ...]
    less: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    scale: float = 1.0

    @property
    def all_measures(self) -> tuple[str, ...]:
        """Return all measures that it takes."""
        return (*self.measures, *self.less, *self.over)


@dataclass(frozen=True)
class Target:
    """A number that was observed, and how the model gives its like.

    `low` and `high` are the ends of a 95% interval; of a target that validates one of them may be infinite, so that it
    is a sign. `compared` is the window in which what recovers was lost. `discrepancy` is the standard deviation by
    which the model may be off.
    """

    name: str
    what: Text
    statistic: Statistic
    quantity: Quantity
    probe: str
    window: tuple[int, int]
    compared: tuple[int, int] | None
    low: float
    high: float
    discrepancy: float
    source: str
    use: Use

    @property
    def value(self) -> float:
        """Return the middle of what was observed."""
        return (self.low + self.high) / 2.0

    @property
    def is_sign(self) -> bool:
        """Tell whether only a side is known, not a size."""
        return not np.isfinite(self.low) or not np.isfinite(self.high)

    @property
    def sd(self) -> float:
        """Return the standard deviation of observation and discrepancy together; 0 of a sign."""
        if self.is_sign:
            return 0.0
        return float(np.hypot((self.high - self.low) / SDS_OF_AN_INTERVAL, self.discrepancy))


@dataclass(frozen=True, eq=False)
class PriorDraws:
    """Draws that are the prior of some parameters together: their file, names, and values of shape (draws, names)."""

    file: Path
    names: tuple[str, ...]
    values: Floats
    are_invented: bool = False

    def within(self, low: Mapping[str, float], high: Mapping[str, float]) -> PriorDraws:
        """Return the draws that lie in a box; all of them if hardly any does."""
        ends = [np.array([end[name] for name in self.names]) for end in (low, high)]
        is_inside = ((self.values >= ends[0]) & (self.values <= ends[1])).all(axis=1)
        return replace(self, values=self.values[is_inside]) if is_inside.sum() >= FEWEST_DRAWS else self


@dataclass(frozen=True)
class Targets:
    """A file of targets as it was read. `base` has the sizes of the runs already.

    `drawn` are the draws that are the prior of parameters of which no range is given; of these `parameters` has ends
    between which all draws lie.
    """

    file: Path
    name: str
    title: Text
    base: Scenario
    points: int
    seed: int
    parameters: tuple[Open, ...]
    nuisances: tuple[Open, ...]
    probes: tuple[Probe, ...]
    targets: tuple[Target, ...]
    warnings: tuple[str, ...] = ()
    drawn: tuple[PriorDraws, ...] = ()

    @property
    def ranges(self) -> Ranges:
        """Return the priors of all that is open: parameters, then nuisances."""
        opened = (*self.parameters, *self.nuisances)
        names, low, high = zip(*opened, strict=True)
        of_draws = {name: float(column.var()) for one in self.drawn for name, column in _columns(one)}
        variances = np.array([of_draws.get(name, np.nan) for name in names]) if of_draws else None
        return Ranges(names, np.array(low, dtype=np.float64), np.array(high, dtype=np.float64), variances)

    @property
    def is_invented(self) -> bool:
        """Tell whether the scenario or a prior comes from invented data, which then is said wherever it goes."""
        return self.base.is_invented or any(one.are_invented for one in self.drawn)

    @property
    def shown_title(self) -> Text:
        """Return the title; if it rests on invented data it begins with saying so."""
        return marked(self.title, self.is_invented)

    @property
    def calibrating(self) -> tuple[Target, ...]:
        """Return the targets that the posterior is conditioned on."""
        return tuple(target for target in self.targets if target.use == "calibrate")

    @property
    def validating(self) -> tuple[Target, ...]:
        """Return the targets that are kept out, predicted and compared."""
        return tuple(target for target in self.targets if target.use == "validate")

    def with_prior(self, points: Floats) -> Floats:
        """Return points, shape (points, parameters), evenly spread, with those parameters drawn that have draws.

        A row of a file of draws stays whole, and all are taken as often; the place in the order of its first parameter
        says which.
        """
        names, found = [parameter.name for parameter in self.parameters], points.copy()
        for one in self.drawn:
            places = [names.index(name) for name in one.names]
            ranks = np.argsort(np.argsort(points[:, places[0]], kind="stable"))
            rows = one.values[np.argsort(one.values[:, 0], kind="stable")]
            found[:, places] = rows[ranks * len(rows) // len(points)]
        return found

    def probe(self, name: str) -> Probe:
        """Return the probe of a name."""
        return next(probe for probe in self.probes if probe.name == name)


def _columns(one: PriorDraws) -> list[tuple[str, Floats]]:
    return list(zip(one.names, one.values.T, strict=True))

"""The stored table: one sweep over a Sobol' sequence, and one for each probe with the same luck at the same point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.design.factors import bounds_of, factor_of_change, value_in
from analysis.design.sampling import design_points
from analysis.design.specification import DEFAULT_WINDOW_MONTHS, DesignPlan, Factor, Specification
from analysis.errors import ExperimentError
from analysis.execution.sweep import SweepWatch, sweep
from analysis.inference.ranges import Floats, Ranges
from analysis.inference.target_statistics import noise_of, series_of, statistics_of
from analysis.inference.targets import Amount, Probe, Target, Targets
from analysis.statistics.effects import IncompleteError, checked_gaps
from analysis.store.experiment import FAILED, TIMED_OUT, Experiment
from model.scenario import Change, Scenario, Text

_THIRDS = 3


@dataclass(frozen=True)
class SimulatedTable:
    """Points of all that is open, shape (points, open), what the targets get there, and the same with noise.

    `is_whole` tells which points have every statistic: the others are dropped.
    """

    ranges: Ranges
    targets: tuple[Target, ...]
    points: Floats
    statistics: Floats
    noise: Floats

    @property
    def is_whole(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Tell for each point whether all its statistics are there."""
        return np.asarray(~np.isnan(self.statistics).any(axis=1))

    @property
    def observable(self) -> Floats:
        """Return statistics with noise, of whole points."""
        return (self.statistics + self.noise)[self.is_whole]

    @property
    def whole_points(self) -> Floats:
        """Return the points that are whole."""
        return self.points[self.is_whole]

    def with_targets(self, places: Sequence[int]) -> SimulatedTable:
        """Return the table with some of its targets only."""
        chosen = list(places)
        kept = tuple(self.targets[place] for place in chosen)
        return replace(self, targets=kept, statistics=self.statistics[:, chosen], noise=self.noise[:, chosen])

    def dropped_by_thirds(self) -> list[tuple[str, list[float]]]:
        """Return, for all that is open, the share of points dropped in the lowest, middle and highest third."""
        thirds = np.clip((self.points - self.ranges.low) / self.ranges.widths * _THIRDS, 0, _THIRDS - 1).astype(int)
        return [
            (name, [float(np.mean(~self.is_whole[thirds[:, place] == third])) for third in range(_THIRDS)])
            for place, name in enumerate(self.ranges.names)
        ]


@dataclass(frozen=True)
class TablePlan:
    """The sweeps that a table is made of, by the name of the probe; "" is the scenario itself."""

    points: Floats
    sweeps: dict[str, Specification]


def table_plan(targets: Targets, used: Sequence[Target], name: str) -> TablePlan:
    """Return the sweeps for targets over a Sobol' sequence; nuisances are spread over it evenly, in random order."""
    base = _sweep_of(targets, used, name, targets.base)
    base = replace(base, design=DesignPlan("sobol", points=targets.points, seed=targets.seed))
    points = design_points(base)
    if targets.drawn:
        points = targets.with_prior(points)
        base = _listed(base, points)
    spread = [_spread(place, targets) for place in range(len(targets.nuisances))]
    return _with_probes(targets, used, base, np.column_stack([points, *spread]))


def plan_of_points(targets: Targets, used: Sequence[Target], name: str, points: Floats) -> TablePlan:
    """Return the sweeps for targets at given points, shape (points, open)."""
    base = _sweep_of(targets, used, name, targets.base)
    return _with_probes(targets, used, _listed(base, points[:, : len(targets.parameters)]), points)


def run_table(
    targets: Targets,
    used: Sequence[Target],
    plan: TablePlan,
    folder: Path,
    how: tuple[int | None, SweepWatch | None],
) -> SimulatedTable:
    """Return the table after all its sweeps are done; what is finished already is kept."""
    workers, watch = how
    for probe, specification in plan.sweeps.items():
        sweep(specification, folder_of_probe(folder, probe), workers=workers, watch=watch)
    return stored_table(targets, used, plan, folder)


def stored_table(targets: Targets, used: Sequence[Target], plan: TablePlan, folder: Path) -> SimulatedTable:
    """Return the table that stands in a folder and in those of its probes; IncompleteError if there are gaps."""
    series = {}
    for probe in plan.sweeps:
        experiment = Experiment(folder_of_probe(folder, probe))
        _check_gaps(experiment)
        if experiment.points.shape[0] != len(plan.points):
            raise ExperimentError(f"{experiment.folder}: is not of these targets; move it away, and calibrate again")
        series[probe] = series_of(experiment)
    base = series.pop("")
    statistics = statistics_of(used, base, series)
    noise = noise_of(used, len(plan.points), targets.seed)
    return SimulatedTable(targets.ranges, tuple(used), plan.points, statistics, noise)


def folder_of_probe(folder: Path, probe: str) -> Path:
    """Return where the sweep of a probe goes: beside that of the scenario itself."""
    return folder.with_name(f"{folder.name}-probe_{probe}") if probe else folder


def _check_gaps(experiment: Experiment) -> None:
    """Raise IncompleteError if runs are missing or damaged; those that failed are dropped, and told."""
    if any(gap.reason not in (FAILED, TIMED_OUT) for gap in experiment.gaps()):
        try:
            checked_gaps(experiment)
        except IncompleteError as error:
            text = str(error).split("; statistics of")[0]
            raise IncompleteError(f"{text}; run calibrate again: what is finished is kept") from None


def _sweep_of(targets: Targets, used: Sequence[Target], name: str, base: Scenario) -> Specification:
    measures = tuple(dict.fromkeys(measure for target in used for measure in target.quantity.all_measures))
    return Specification(
        name=name,
        title=targets.shown_title,
        question=Text("What do the targets tell of the parameters?", "观测目标对参数说明了什么？"),
        base=base,
        factors=tuple(Factor(*parameter) for parameter in targets.parameters),
        design=DesignPlan("list"),
        measures=measures,
        replications=1,
        window_months=min(DEFAULT_WINDOW_MONTHS, base.months),
        seed=targets.seed,
        common_random_numbers=False,
        monthly_series=True,
    )


def _with_probes(targets: Targets, used: Sequence[Target], base: Specification, points: Floats) -> TablePlan:
    wanted = dict.fromkeys(target.probe for target in used if target.probe)
    probes = {name: _probe_sweep(targets, base, targets.probe(name), points) for name in wanted}
    return TablePlan(points, {"": base, **probes})


def _probe_sweep(targets: Targets, base: Specification, probe: Probe, points: Floats) -> Specification:
    """Return the sweep of a probe: as that of the scenario, with what the probe changes as factors where it varies."""
    names = targets.ranges.names
    factors, columns, changes = list(base.factors), [], []
    for number, step in enumerate(probe.steps, start=len(base.base.changes)):
        settings = {}
        for path, amount in step.amounts.items():
            values = _values(amount, path, targets, points, names)
            settings[path] = float(np.median(values))
            if not amount.is_fixed:
                factors.append(Factor(factor_of_change(number, path), float(values.min()), float(values.max())))
                columns.append(values)
        changes.append(Change(step.month, step.until, 0, settings))
    scenario = replace(base.base, changes=(*base.base.changes, *changes))
    named = replace(base, name=f"{base.name}-probe_{probe.name}", base=scenario, factors=tuple(factors))
    if not columns:
        return named
    return _listed(named, np.column_stack([points[:, : len(base.factors)], *columns]))


def _values(amount: Amount, path: str, targets: Targets, points: Floats, names: Sequence[str]) -> Floats:
    """Return what a probe sets at each point, within the bounds of the parameter."""
    values = points[:, names.index(amount.nuisance)] if amount.nuisance else np.full(len(points), amount.number)
    if amount.is_factor:
        own = points[:, names.index(path)] if path in names else value_in(targets.base, path)
        values = values * own
    clipped: Floats = np.clip(values, *bounds_of(path))
    return clipped


def _listed(specification: Specification, points: Floats) -> Specification:
    listed = tuple(tuple(float(value) for value in point) for point in points)
    return replace(specification, design=DesignPlan("list", listed=listed))


def _spread(place: int, targets: Targets) -> Floats:
    """Return values of a nuisance, one in each of as many equal parts of its range as there are points."""
    random = np.random.default_rng([targets.seed, targets.points, place])
    nuisance = targets.nuisances[place]
    shares = (random.permutation(targets.points) + random.random(targets.points)) / targets.points
    return nuisance.low + shares * (nuisance.high - nuisance.low)

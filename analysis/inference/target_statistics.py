"""What the model gives for each target at each point, from the monthly series of the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.inference.ranges import Floats
from analysis.inference.targets import Quantity, Target
from analysis.store.experiment import Experiment

_NO_DENOMINATOR = 1e-9  # a denominator nearer to 0 than this gives no ratio


@dataclass(frozen=True)
class MonthlySeries:
    """The measures of the runs of an experiment: `values` has the shape (points, months, measures), NaN if missing."""

    measures: tuple[str, ...]
    values: Floats

    def means(self, measures: Sequence[str], window: tuple[int, int]) -> Floats:
        """Return the sum of the means of measures over a window, shape (points,)."""
        total = np.zeros(len(self.values))
        for measure in measures:
            months = self.values[:, slice(*window), self.measures.index(measure)]
            is_there = ~np.isnan(months)
            n = is_there.sum(axis=1)
            sums = np.where(is_there, months, 0.0).sum(axis=1)
            total += np.divide(sums, n, out=np.full(n.shape, np.nan), where=n > 0)
        return total

    def of(self, quantity: Quantity, window: tuple[int, int]) -> Floats:
        """Return a quantity over a window, shape (points,)."""
        found = self.means(quantity.measures, window) - self.means(quantity.less, window)
        if quantity.over:
            found = _ratio(found, self.means(quantity.over, window))
        return quantity.scale * found


def series_of(experiment: Experiment) -> MonthlySeries:
    """Return the monthly series of an experiment with one run a point, without its reference."""
    table = experiment.arrow_table("series")
    points, months = table["point"].to_numpy(), table["month"].to_numpy()
    measures = experiment.specification.measures
    is_of_design = points < len(experiment.points)
    shape = (len(experiment.points), experiment.specification.base.months, len(measures))
    values = np.full(shape, np.nan)
    for place, measure in enumerate(measures):
        column = table[measure].to_numpy()
        values[points[is_of_design], months[is_of_design], place] = column[is_of_design]
    return MonthlySeries(measures, values)


def statistics_of(targets: Sequence[Target], base: MonthlySeries, probes: Mapping[str, MonthlySeries]) -> Floats:
    """Return what the model gives for each target, shape (points, targets)."""
    columns = [_statistic(target, base, probes.get(target.probe)) for target in targets]
    return np.column_stack(columns) if columns else np.empty((len(base.values), 0))


def noise_of(targets: Sequence[Target], n: int, seed: int) -> Floats:
    """Return draws of what observation and discrepancy add, shape (n, targets); each target has draws of its own."""
    columns = []
    for target in targets:
        words = [seed, n, *target.name.encode()]
        columns.append(np.random.default_rng(words).standard_normal(n) * target.sd)
    return np.column_stack(columns) if columns else np.empty((n, 0))


def _statistic(target: Target, base: MonthlySeries, probe: MonthlySeries | None) -> Floats:
    if target.statistic == "mean":
        return (probe or base).of(target.quantity, target.window)
    assert probe is not None, target.name
    before, after = base.of(target.quantity, target.window), probe.of(target.quantity, target.window)
    if target.statistic == "difference":
        return after - before
    if target.statistic == "ratio":
        return _ratio(after, before)
    if target.statistic == "relative_change":
        return _ratio(after - before, before)
    assert target.compared is not None, target.name
    lost = base.of(target.quantity, target.compared) - probe.of(target.quantity, target.compared)
    return 1.0 - _ratio(before - after, lost)


def _ratio(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=np.abs(below) > _NO_DENOMINATOR)
    return ratio

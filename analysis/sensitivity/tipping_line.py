"""The map of two levers, and the line on it where innovation and inaction are equally common.

The plane is that of a grid of two factors, severity and exemption in the shipped experiment. Where the line runs, or
the outcome changes fast from one point to the next, the grid is refined: a cell is cut in four, as often as wanted, and
the model is run at the new corners with the same luck. What is run for it are experiments of their own, kept beside the
first, and gone on with when the map is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.factors import SIZE_FACTORS
from analysis.design.sampling import with_points
from analysis.errors import ExperimentError
from analysis.execution.sweep import SweepWatch, sweep
from analysis.sensitivity.default_sizes import ROUNDS
from analysis.sensitivity.response_surface import (
    Bootstrap,
    Lattice,
    cells_to_refine,
    crossings,
    halved,
    intervals_by_bootstrap,
    new_nodes,
)
from analysis.statistics.effects import checked_gaps, checked_measures, values_of
from analysis.store.atomic_folder import MANIFEST
from analysis.store.experiment import Experiment, Gap, open_experiment
from analysis.store.findings import folder_beside, gaps_as_facts, write_findings
from analysis.store.manifest import lock_of
from model.parameters import about

Floats = NDArray[np.float64]
Watched = Callable[[int], AbstractContextManager[SweepWatch]]

MOST_ROUNDS = 6
RESAMPLES = 1000
SEED = 1
# A cell over which the difference of shares changes by more than this is refined.
FAST = 0.2
INNOVATION, INACTION = "innovation_rate", "inaction_rate"
LINE_COLUMNS = ("fixed", "value", "crosses", "at", "low", "high", "rises")
SURFACE_COLUMNS = ("difference", "low", "high", "is_run")


@dataclass(frozen=True)
class TippingMap:
    """The plane of two factors: the difference of two measures on a lattice, and the line where they are equal.

    `vertical` and `horizontal` are the key paths of the factors in the rows and columns of `lattice`. `line` has the
    columns LINE_COLUMNS: with the factor `fixed` at `value`, the other, `crosses`, crosses the line at `at`; the
    difference rises there or falls; low and high are the ends of the 95% band, missing where it is open on the plane.
    `points_added` are those run in each round of refining.
    """

    vertical: str
    horizontal: str
    more: str
    less: str
    lattice: Lattice
    line: pd.DataFrame
    points_added: tuple[int, ...]
    replications: int
    gaps: tuple[Gap, ...]

    def surface(self) -> pd.DataFrame:
        """Return the lattice as a table: the two factors, then SURFACE_COLUMNS."""
        lattice = self.lattice
        y, x = np.meshgrid(lattice.y, lattice.x, indexing="ij")
        columns = (lattice.mean, lattice.low, lattice.high, lattice.is_run)
        named = {name: column.reshape(-1) for name, column in zip(SURFACE_COLUMNS, columns, strict=True)}
        return pd.DataFrame({self.vertical: y.reshape(-1), self.horizontal: x.reshape(-1), **named})


def map(  # the name of the command; nothing here needs the builtin
    experiment: Experiment,
    *,
    rounds: int = ROUNDS,
    measures: tuple[str, str] = (INNOVATION, INACTION),
    workers: int | None = None,
    allow_incomplete: bool = False,
    watched: Watched | None = None,
) -> TippingMap:
    """Return the map of an experiment whose design is a grid of two factors; the tables are written beside it.

    Parameters
    ----------
    rounds : how often the cells that the line runs through are cut in four; 0 runs nothing.
    measures : the line is where the first of them is as large as the second.
    watched : called with the number of runs of a round before they begin; within the context that it returns, its Watch
        is told how they go.

    Raises
    ------
    ExperimentError
        If the design is no such grid, runs are missing and that is not allowed, or there is no place for the result.
    """
    specification = experiment.specification
    _check_plane(experiment, rounds)
    gaps = list(checked_gaps(experiment, allow_incomplete))
    chosen = checked_measures(experiment, measures)
    if len(chosen) != 2:
        raise ExperimentError("the line needs two measures that differ")
    bootstrap = Bootstrap(RESAMPLES, specification.common_random_numbers, SEED)
    lattice, added = _coarse(experiment, measures, bootstrap), []
    for number in range(1, rounds + 1):
        finer = halved(lattice)
        nodes = new_nodes(cells_to_refine(lattice, FAST), finer)
        added.append(len(nodes))
        if len(nodes):
            n_runs = (len(nodes) + 1) * specification.replications
            with watched(n_runs) if watched else nullcontext(SweepWatch()) as watch:
                more = _run(experiment, (number, _points(finer, nodes)), workers, watch)
            gaps += checked_gaps(more, allow_incomplete)
            finer = _filled(finer, nodes, _differences(more, measures), bootstrap)
        lattice = finer
    line = _line(lattice, specification.factor_paths)
    found = TippingMap(
        vertical=specification.factor_paths[0],
        horizontal=specification.factor_paths[1],
        more=measures[0],
        less=measures[1],
        lattice=lattice,
        line=line,
        points_added=tuple(added),
        replications=specification.replications,
        gaps=tuple(gaps),
    )
    _write(experiment, found)
    return found


def _check_plane(experiment: Experiment, rounds: int) -> None:
    specification = experiment.specification
    if specification.design.kind != "grid" or len(specification.factors) != 2:
        raise ExperimentError(
            f"{experiment.folder}: has a design of kind {specification.design.kind} with {len(specification.factors)} "
            "factors; map needs a grid of two, such as the shipped experiment severity_exemption_map"
        )
    if not 0 <= rounds <= MOST_ROUNDS:
        raise ExperimentError(f"{rounds} rounds are not allowed: give a whole number from 0 to {MOST_ROUNDS}")
    for factor in specification.factors:
        if factor.levels:
            raise ExperimentError(
                f"{factor.path}: has levels without an order, so there is no line between them; "
                "map needs two factors of numbers (the report shows each level)"
            )
        if len(factor.values) < 2 or sorted(set(factor.values)) != list(factor.values):
            raise ExperimentError(f"{factor.path}: map needs two values or more in ascending order; sweep such a grid")
        if rounds and (factor.path in SIZE_FACTORS or about(factor.path).unit == "switch"):
            raise ExperimentError(f"{factor.path}: has nothing between two values; write --rounds 0")


def _coarse(experiment: Experiment, measures: tuple[str, str], bootstrap: Bootstrap) -> Lattice:
    vertical, horizontal = (np.array(factor.values) for factor in experiment.specification.factors)
    shape = (len(vertical), len(horizontal))
    found = intervals_by_bootstrap(_differences(experiment, measures), bootstrap)
    mean, low, high = (column.reshape(shape) for column in found)
    return Lattice(vertical, horizontal, mean, low, high, ~np.isnan(mean))


def _differences(experiment: Experiment, measures: tuple[str, str]) -> Floats:
    """Return the first measure less the second in every run, shape (points, replications)."""
    values = values_of(experiment, measures)
    difference: Floats = values[:, :, 0] - values[:, :, 1]
    return difference


def _points(lattice: Lattice, nodes: NDArray[np.int64]) -> Floats:
    """Return the values of the factors at nodes, shape (nodes, factors)."""
    points: Floats = np.stack([lattice.y[nodes[:, 0]], lattice.x[nodes[:, 1]]], axis=1)
    return points


def _run(
    experiment: Experiment, round_and_points: tuple[int, Floats], workers: int | None, watch: SweepWatch
) -> Experiment:
    """Return the experiment at the new points of a round, done or gone on with.

    Its folder is named after its points and the experiment that it refines, so that other points go elsewhere.
    """
    number, points = round_and_points
    specification = with_points(experiment.specification, f"{experiment.specification.name}_round_{number}", points)
    digest = hashlib.sha256(experiment.lock.encode() + np.ascontiguousarray(points).tobytes()).hexdigest()[:8]
    place = folder_beside(experiment.folder, "map") / f"round_{number}_{digest}"
    if (place / MANIFEST).exists():
        done = open_experiment(place)
        if done.is_complete:
            return done
    if lock_of(experiment.specification, experiment.points) != experiment.lock:
        raise ExperimentError(
            f"{experiment.folder}: was run with another state of the code of model/, so new points would not fit; "
            "write --rounds 0 for a map without refining, take that code, or sweep into a new folder"
        )
    return sweep(replace(specification, runs_per_block=None), place, workers=workers, watch=watch)


def _filled(lattice: Lattice, nodes: NDArray[np.int64], values: Floats, bootstrap: Bootstrap) -> Lattice:
    """Return a lattice with what was run at some nodes."""
    found = intervals_by_bootstrap(values, bootstrap)
    is_there = ~np.isnan(found[0])
    rows, places = nodes[is_there].T
    mean, low, high = (column.copy() for column in (lattice.mean, lattice.low, lattice.high))
    for column, of_nodes in zip((mean, low, high), found, strict=True):
        column[rows, places] = of_nodes[is_there]
    is_run = lattice.is_run.copy()
    is_run[rows, places] = True
    return Lattice(lattice.y, lattice.x, mean, low, high, is_run)


def _line(lattice: Lattice, paths: tuple[str, ...]) -> pd.DataFrame:
    """Return where every row and column of a lattice crosses the line."""
    vertical, horizontal = paths
    rows = []
    for place, value in enumerate(lattice.y):
        for one in crossings(lattice.x, lattice.mean[place], lattice.low[place], lattice.high[place]):
            rows.append((vertical, value, horizontal, *one))
    for place, value in enumerate(lattice.x):
        for one in crossings(lattice.y, lattice.mean[:, place], lattice.low[:, place], lattice.high[:, place]):
            rows.append((horizontal, value, vertical, *one))
    return pd.DataFrame(rows, columns=list(LINE_COLUMNS))


def _write(experiment: Experiment, found: TippingMap) -> None:
    summary = {
        "experiment": experiment.specification.name,
        "lock": experiment.lock,
        "vertical": found.vertical,
        "horizontal": found.horizontal,
        "measures": [found.more, found.less],
        "replications": found.replications,
        "resamples": RESAMPLES,
        "points_added": list(found.points_added),
        "gaps": gaps_as_facts(found.gaps),
    }
    write_findings(folder_beside(experiment.folder, "map"), {"surface": found.surface(), "line": found.line}, summary)

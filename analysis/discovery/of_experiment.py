"""Scenario discovery in a sweep: which designs allow it, and the tables beside the experiment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.design.levels import factors_with_levels
from analysis.discovery.conditions import Condition, share_of_runs
from analysis.discovery.discovery import Discovery, FoundBox, How, discovered
from analysis.errors import ExperimentError
from analysis.statistics.effects import checked_gaps
from analysis.store.experiment import Experiment
from analysis.store.findings import write_findings

# Why boxes in a design of this kind would say nothing of the space.
_REFUSED = {
    "grid": "a grid has few values of each factor, and limits could lie nowhere but between them",
    "list": "a list of points need not be spread over the ranges, so shares of its points say nothing",
    "morris": "a design of Morris walks along few lines and leaves the space between them empty",
}
LIMIT_COLUMNS = ("box", "path", "side", "at", "low", "high", "share", "is_firm", "chance")
BOX_COLUMNS = (
    "box",
    *(f"{part}_{key}" for part in ("found", "held_out") for key in ("density", "low", "high", "coverage", "mass")),
    "base_rate",
    *(f"added_{key}" for key in ("density", "low", "high", "coverage", "mass", "base_rate")),
    "wider_than",
    "steadiness",
)
STEP_COLUMNS = ("box", "step", "density", "coverage", "mass")


def discover(experiment: Experiment, condition: Condition, how: How = How()) -> Discovery:  # noqa: B008 - frozen
    """Return under which conditions on the factors of a finished sweep a condition on its measures holds.

    Raises
    ------
    ExperimentError
        If the design does not fill the space, runs are missing, or the condition tells no points apart.
    """
    kind = experiment.specification.design.kind
    if kind in _REFUSED:
        allowed = "sweep a design of kind latin_hypercube, sobol or saltelli"
        raise ExperimentError(f"{experiment.folder}: {_REFUSED[kind]}; {allowed}")
    unordered = factors_with_levels(experiment.specification)
    if unordered:
        why = "has levels without an order, and conditions are limits of numbers"
        raise ExperimentError(f"{experiment.folder}: {unordered[0]} {why}; sweep each level by itself")
    checked_gaps(experiment)
    holds = share_of_runs(experiment, condition)
    try:
        return discovered(experiment.specification.factors, experiment.points, holds, how)
    except ExperimentError as error:
        place = experiment.folder if "points with numbers" in str(error) else f"--when {condition.text}"
        raise ExperimentError(f"{place}: {error}") from None


def write_discovery(experiment: Experiment, condition: Condition, found: Discovery, folder: Path) -> list[Path]:
    """Write the tables of a discovery in an experiment, and return their paths; ExperimentError if that fails."""
    about = {
        "experiment": experiment.specification.name,
        "lock": experiment.lock,
        "condition": condition.text,
        "of": condition.of,
    }
    return write_boxes(folder, about, found)


def write_boxes(folder: Path, about: dict[str, Any], found: Discovery) -> list[Path]:
    """Write the tables of a discovery into a folder; `about` says what was asked of what."""
    summary: dict[str, Any] = {
        **about,
        "method": found.how.method,
        "density": found.how.density,
        "resamples": found.how.resamples,
        "points": found.n_points,
        "points_left_out": found.n_missing,
        "base_rate": found.base_rate,
        "boxes": len(found.boxes),
        "together": None if found.together is None else found.together._asdict(),
        "second_opinion": None,
    }
    if found.second is not None:
        summary["second_opinion"] = {"overlap": found.second.overlap, **found.second.held_out._asdict()}
    return write_findings(folder, tables_of(found), summary)


def tables_of(found: Discovery) -> dict[str, pd.DataFrame]:
    """Return the tables of a discovery: boxes, limits and the steps of the peeling, each by the number of the box."""
    numbered = list(enumerate(found.boxes, start=1))
    limits = [
        (number, limit.path, limit.side, limit.at, limit.low, limit.high, limit.share, limit.is_firm, limit.chance)
        for number, box in numbered
        for limit in box.limits
    ]
    steps = [
        (number, place, step.density, step.coverage, step.mass)
        for number, box in numbered
        for place, step in enumerate(box.peeling)
    ]
    return {
        "boxes": pd.DataFrame([_row(number, box) for number, box in numbered], columns=list(BOX_COLUMNS)),
        "limits": pd.DataFrame(limits, columns=list(LIMIT_COLUMNS)),
        "peeling": pd.DataFrame(steps, columns=list(STEP_COLUMNS)),
    }


def _row(number: int, box: FoundBox) -> tuple[float | None, ...]:
    wider = None if box.wider_than is None else box.wider_than + 1
    return (number, *box.found[:-1], *box.held_out, *box.added, wider, box.steadiness)

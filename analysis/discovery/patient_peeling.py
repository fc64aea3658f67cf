"""The patient rule induction method (PRIM) of Friedman and Fisher (1999), as scenario discovery uses it.

A box is peeled from all points, a twentieth at a time, where that raises most how often the condition holds. Of the
boxes on the way the largest that is dense enough is taken, and peeled on as long as little comes off with it; limits
that say nothing are dropped, and what was cut away in vain is pasted back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.discovery.boxes import SIDES, Box, Floats, Side, chance_of_limit, whole_box

PEELED = 0.05
LEAST_MASS = 0.05
_SAYS_SOMETHING = 0.05
_FEWEST_POINTS = 5


class PeelingStep(NamedTuple):
    """A box on the way of peeling: its density, its coverage and its mass among the points it was peeled from."""

    box: Box
    density: float
    coverage: float
    mass: float


def peeled(points: Floats, holds: Floats) -> list[PeelingStep]:
    """Return all boxes of the peeling, the whole first; points of shape (points, factors)."""
    box, inside, its = whole_box(points.shape[1]), points, holds
    steps = [step_of(box, its, holds)]
    fewest = max(_FEWEST_POINTS, LEAST_MASS * len(points))
    while True:
        cut = _best_cut(inside, its)
        if cut is None:
            return steps
        factor, side, at = cut
        kept = inside[:, factor] >= at if side == "above" else inside[:, factor] <= at
        if int(kept.sum()) < fewest:
            return steps
        box, inside, its = box.with_end(factor, side, at), inside[kept], its[kept]
        steps.append(step_of(box, its, holds))


def step_of(box: Box, its: Floats, holds: Floats) -> PeelingStep:
    """Return what a box is like: `its` are the points in it, of all `holds`."""
    total = float(holds.sum())
    return PeelingStep(box, float(its.mean()), float(its.sum()) / total if total else 0.0, len(its) / len(holds))


def _best_cut(inside: Floats, its: Floats) -> tuple[int, Side, float] | None:
    """Return the cut by which the mean rises most per point removed; None if no factor varies."""
    n = len(its)
    best: tuple[float, tuple[int, Side, float]] | None = None
    ends = {side: _ends(inside, side) for side in SIDES}
    gains = {}
    for side in SIDES:
        kept = inside >= ends[side] if side == "above" else inside <= ends[side]
        n_kept = kept.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            gain = (its @ kept / n_kept - its.mean()) / (n - n_kept)
        gains[side] = np.where((n_kept > 0) & (n_kept < n), gain, -np.inf)
    for factor in range(inside.shape[1]):
        for side in SIDES:
            gain = float(gains[side][factor])
            if np.isfinite(gain) and (best is None or gain > best[0]):
                best = (gain, (factor, side, float(ends[side][factor])))
    return best[1] if best else None


def _ends(inside: Floats, side: Side) -> Floats:
    """Return where each factor is cut: between the twentieth cut off and the rest, and never through equal values."""
    k = max(1, int(PEELED * len(inside)))
    signed = inside if side == "above" else -inside
    ordered = np.partition(signed, (k - 1, min(k, len(inside) - 1)), axis=0)
    last, first = ordered[k - 1], ordered[min(k, len(inside) - 1)]
    at: Floats = np.where(first > last, (last + first) / 2, first)
    lowest = signed.min(axis=0)
    for factor in np.flatnonzero((first == last) & (first == lowest)):
        # More than a twentieth has the outermost value: all of it goes, or nothing.
        others = signed[signed[:, factor] > lowest[factor], factor]
        at[factor] = (lowest[factor] + others.min()) / 2 if len(others) else lowest[factor]
    return at if side == "above" else -at


def chosen(steps: list[PeelingStep], density: float) -> Box:
    """Return the box of greatest coverage that is dense enough, or the densest.

    It is peeled on while the condition holds not half as often in what comes off as in the box: one that is only just
    dense enough would have a margin in which there is nothing.
    """
    dense = [place for place, step in enumerate(steps) if step.density >= density]
    if dense:
        place = max(dense, key=lambda place: (steps[place].coverage, steps[place].density))
    else:
        place = max(range(len(steps)), key=lambda place: (steps[place].density, steps[place].coverage))
    while place + 1 < len(steps) and _comes_off(steps[place], steps[place + 1]) < steps[place].density / 2:
        place += 1
    return steps[place].box


def _comes_off(before: PeelingStep, after: PeelingStep) -> float:
    """Return how often the condition holds in what one step of the peeling removes."""
    removed = before.density * before.mass - after.density * after.mass
    return removed / (before.mass - after.mass)


def with_telling_limits(box: Box, points: Floats, holds: Floats) -> Box:
    """Return the box without the limits that say nothing, dropped one by one, the poorest first."""
    while box.limits():
        chances = [(chance_of_limit(box, limit, points, holds), limit) for limit in box.limits()]
        worst, limit = max(chances)
        if worst < _SAYS_SOMETHING:
            break
        box = box.with_end(*limit, None)
    return box


def pasted(box: Box, points: Floats, holds: Floats) -> Box:
    """Return the box with its limits moved out as long as it grows denser by that."""
    while True:
        now = float(holds[box.holds(points)].mean())
        wider = [other for other in (_wider(box, limit, points) for limit in box.limits()) if other is not None]
        rated = [float(holds[other.holds(points)].mean()) for other in wider]
        if not rated or max(rated) <= now:
            return box
        box = wider[int(np.argmax(rated))]


def _wider(box: Box, limit: tuple[int, Side], points: Floats) -> Box | None:
    """Return the box with a twentieth of its points more beyond one limit; None if there are none."""
    factor, side = limit
    without = points[box.with_end(factor, side, None).holds(points), factor]
    at = box.end(factor, side)
    signed, end = (-without, -at) if side == "above" else (without, at)
    beyond = np.sort(signed[signed > end])
    if not len(beyond):
        return None
    k = max(1, int(PEELED * int(box.holds(points).sum())))
    if k >= len(beyond):
        return box.with_end(factor, side, None)
    at = float(beyond[k - 1] + beyond[k]) / 2
    return box.with_end(factor, side, -at if side == "above" else at)


def box_of(points: Floats, holds: Floats, density: float) -> tuple[Box, list[PeelingStep]]:
    """Return the box that is found among points, and the peeling that it comes from.

    What was peeled from factors that turn out to say nothing is lost to the others; so these are peeled anew alone.
    """
    steps = peeled(points, holds)
    box = with_telling_limits(chosen(steps, density), points, holds)
    telling = sorted({factor for factor, _ in box.limits()})
    if telling and len(telling) < points.shape[1]:
        steps = [_among(step, telling, points.shape[1]) for step in peeled(points[:, telling], holds)]
        box = with_telling_limits(chosen(steps, density), points, holds)
    if box.limits():
        box = with_telling_limits(pasted(box, points, holds), points, holds)
    return box, steps


def _among(step: PeelingStep, factors: list[int], n_factors: int) -> PeelingStep:
    """Return a step of the peeling of some factors as one of all."""
    box = whole_box(n_factors)
    box.low[factors], box.high[factors] = step.box.low, step.box.high
    return step._replace(box=box)

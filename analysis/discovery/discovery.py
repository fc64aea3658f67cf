"""Scenario discovery: the simple conditions under which something comes out, how sure they are, and how much they hold.

One half of the points finds a box, the other half measures it. Resamples of the first half tell which limits are firm.
Where the box is no better than luck in the second half, nothing is found, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from analysis.design.specification import Factor
from analysis.discovery.boxes import Box, Floats, MeasuredBox, Side, Truths, chance_of_limit, measured, overlap
from analysis.discovery.patient_peeling import PeelingStep, box_of, step_of
from analysis.discovery.tree import leaves_of_tree
from analysis.errors import ExperimentError

Method = Literal["prim", "cart"]

DENSITY = 0.8
RESAMPLES = 100
FEWEST_POINTS = 200
MOST_BOXES = 3
_FIRM = 0.8
_ANOTHER_BOX = 0.25
_FEWEST_LEFT = FEWEST_POINTS // 4
_ENDS = (10.0, 90.0)


class How(NamedTuple):
    """How boxes are looked for: by which method, how dense they ought to be, how many resamples, and the seed."""

    method: Method = "prim"
    density: float = DENSITY
    resamples: int = RESAMPLES
    seed: int = 1


@dataclass(frozen=True)
class Limit:
    """A limit of a box: the inside lies above or below `at`. `share` of the resamples have it, most from low to high.

    `at` is itself what one half of the points gave, as each resample gave another; so it may lie outside. Limits make
    up for each other: where one is wider, another is narrower. `chance` is the limit's quasi-p; `is_firm` tells whether
    it is in so many resamples that it can be told without a perhaps.
    """

    path: str
    side: Side
    at: float
    low: float
    high: float
    share: float
    chance: float

    @property
    def is_firm(self) -> bool:
        """Tell whether the limit is in at least four fifths of the resamples."""
        return self.share >= _FIRM

    @property
    def lies(self) -> Literal["within", "lower", "higher"]:
        """Tell whether it lies within the middle of the resamples, or is lower or higher than most of them have it."""
        return "lower" if self.at < self.low else "higher" if self.at > self.high else "within"


@dataclass(frozen=True)
class FoundBox:
    """A box: its limits, the surest first; what it is like where it was found and where it was measured.

    `added` is what it is like, where it is measured, among the points that are in no box before, of which its base rate
    is, too; its coverage and mass are shares of all the same. Of the first box it is what `held_out` is. `wider_than`
    is the number, from 0, of an earlier box that lies within it, None if there is none. `steadiness` is the median
    overlap of its points with those of a resample's box. `chosen` and `kept_apart` are what it is like among the points
    that are in no box before: those that find, which `peeling` began with, and others.
    """

    limits: tuple[Limit, ...]
    found: MeasuredBox
    held_out: MeasuredBox
    added: MeasuredBox
    wider_than: int | None
    steadiness: float
    box: Box
    peeling: tuple[PeelingStep, ...]
    chosen: PeelingStep
    kept_apart: PeelingStep


@dataclass(frozen=True)
class SecondOpinion:
    """What a tree finds: held-out measures of its leaves together, and the overlap with the boxes."""

    held_out: MeasuredBox
    overlap: float


@dataclass(frozen=True)
class Discovery:
    """What was found: boxes, none if no simple condition is; the second opinion, None if there is none.

    `together` is what all boxes are like as one, where they are measured; None if there are none.
    """

    factors: tuple[Factor, ...]
    how: How
    n_points: int
    n_missing: int
    base_rate: float
    boxes: tuple[FoundBox, ...]
    together: MeasuredBox | None
    second: SecondOpinion | None


class _Halves(NamedTuple):
    """All points, in how many of their runs the condition holds, and which half finds."""

    points: Floats
    holds: Floats
    finds: Truths


def discovered(factors: Sequence[Factor], points: Floats, holds: Floats, how: How = How()) -> Discovery:  # noqa: B008
    """Return under which conditions on factors something holds.

    Parameters
    ----------
    points : shape (points, factors).
    holds : the share of each point's runs in which it holds; missing (NaN) points are left out.

    Raises
    ------
    ExperimentError
        If there are too few points, or it holds at all of them or at none.
    """
    # By name: which factor is first must not decide between equal cuts.
    order = sorted(range(len(factors)), key=lambda place: factors[place].path)
    ordered = tuple(factors[place] for place in order)
    is_there = ~np.isnan(holds)
    there, truth = points[is_there][:, order], holds[is_there]
    _check(truth)
    halves = _Halves(there, truth, _finding_half(len(truth), how.seed))
    boxes = _covering(ordered, halves, how)
    base_rate, n_missing = float(truth.mean()), int((~is_there).sum())
    return Discovery(
        factors=ordered,
        how=how,
        n_points=len(truth),
        n_missing=n_missing,
        base_rate=base_rate,
        boxes=boxes,
        together=_together(halves, boxes),
        second=_second_opinion(halves, boxes, how),
    )


def _check(holds: Floats) -> None:
    n = len(holds)
    if n < FEWEST_POINTS:
        raise ExperimentError(f"has {n} points with numbers; at least {FEWEST_POINTS} are needed; give the design more")
    if holds.min() >= 1.0:
        raise ExperimentError(f"holds at all {n:,} points, so nothing tells them apart; choose another number")
    if holds.max() <= 0.0:
        raise ExperimentError(f"holds at none of the {n:,} points, so nothing tells them apart; choose another number")


def _finding_half(n: int, seed: int) -> Truths:
    finds = np.zeros(n, dtype=bool)
    finds[np.random.default_rng(seed).permutation(n)[: n // 2]] = True
    return finds


def _covering(factors: Sequence[Factor], halves: _Halves, how: How) -> tuple[FoundBox, ...]:
    """Return up to three boxes, each among the points that are in none before."""
    points, holds, finds = halves
    left = np.ones(len(holds), dtype=bool)
    found: list[FoundBox] = []
    candidates = leaves_of_tree(points[finds], holds[finds], how.density) if how.method == "cart" else None
    while len(found) < MOST_BOXES:
        find, rest = finds & left, ~finds & left
        if holds[find].sum() == 0.0 or find.sum() < _FEWEST_LEFT:
            break
        box, steps = _next_box(points[find], holds[find], how, candidates, len(found))
        inside = box.holds(points) if box is not None else None
        if box is None or inside is None or not box.limits() or not inside[rest].any():
            break
        if not measured(inside[rest], holds[rest]).low > holds[rest].mean():
            break
        found.append(_told(factors, halves, (box, steps), (left, [one.box for one in found]), how))
        left &= ~inside
    return tuple(found)


def _next_box(
    points: Floats, holds: Floats, how: How, candidates: list[Box] | None, number: int
) -> tuple[Box | None, list[PeelingStep]]:
    if candidates is None:
        return box_of(points, holds, how.density)
    return (candidates[number] if number < len(candidates) else None), []


def _told(
    factors: Sequence[Factor],
    halves: _Halves,
    new: tuple[Box, list[PeelingStep]],
    before: tuple[Truths, list[Box]],
    how: How,
) -> FoundBox:
    """Return what there is to tell of a box and its peeling; `before`: the points in no box yet, and the boxes."""
    (box, steps), (points, holds, finds), (left, earlier) = new, halves, before
    find, rest = finds & left, ~finds & left
    inside = box.holds(points)
    again = _boxes_of_resamples(box, points[find], holds[find], how)
    limits = []
    for factor, side in box.limits():
        ends = [other.end(factor, side) for other in again if np.isfinite(other.end(factor, side))]
        low, high = np.percentile(ends, _ENDS) if ends else (np.nan, np.nan)
        share = len(ends) / len(again) if again else np.nan
        chance = chance_of_limit(box, (factor, side), points[find], holds[find])
        at = box.end(factor, side)
        limits.append(Limit(factors[factor].path, side, at, float(low), float(high), share, chance))
    return FoundBox(
        limits=tuple(sorted(limits, key=lambda limit: (limit.chance, limit.path, limit.side))),
        found=measured(inside[finds], holds[finds]),
        held_out=measured(inside[~finds], holds[~finds]),
        added=_added(inside, halves, left),
        wider_than=next((place for place, other in enumerate(earlier) if box.encloses(other)), None),
        steadiness=float(np.median([overlap(inside, other.holds(points)) for other in again])) if again else np.nan,
        box=box,
        peeling=tuple(steps),
        chosen=step_of(box, holds[find & inside], holds[find]),
        kept_apart=step_of(box, holds[rest & inside], holds[rest]),
    )


def _added(inside: Truths, halves: _Halves, left: Truths) -> MeasuredBox:
    """Return what a box is like among the points left, where it is measured; coverage and mass are shares of all."""
    _, holds, finds = halves
    rest, all_measured = ~finds & left, holds[~finds]
    found = measured(inside[rest], holds[rest])
    coverage = float(holds[rest & inside].sum() / all_measured.sum())
    return found._replace(coverage=coverage, mass=int((rest & inside).sum()) / len(all_measured))


def _together(halves: _Halves, boxes: Sequence[FoundBox]) -> MeasuredBox | None:
    """Return what all boxes are like as one, where they are measured; None if there are none."""
    points, holds, finds = halves
    if not boxes:
        return None
    inside = np.any([one.box.holds(points) for one in boxes], axis=0)
    return measured(inside[~finds], holds[~finds])


def _boxes_of_resamples(box: Box, points: Floats, holds: Floats, how: How) -> list[Box]:
    """Return the box of each resample of the points: of the first two that it gives the one that is more like `box`.

    Where two boxes are equally good, luck decides which of them a resample gives first.
    """
    draws, n, inside = np.random.default_rng((how.seed, 1)), len(holds), box.holds(points)
    boxes = []
    for _ in range(how.resamples):
        drawn = np.sort(draws.integers(n, size=n))
        its, their = points[drawn], holds[drawn]
        if how.method == "cart":
            candidates = leaves_of_tree(its, their, how.density)
        else:
            candidates = [box_of(its, their, how.density)[0]]
            rest = ~candidates[0].holds(its)
            is_another = overlap(inside, candidates[0].holds(points)) < _ANOTHER_BOX
            if is_another and rest.sum() >= _FEWEST_LEFT and their[rest].any():
                candidates.append(box_of(its[rest], their[rest], how.density)[0])
        boxes.append(max(candidates, key=lambda other: overlap(inside, other.holds(points))))
    return boxes


def _second_opinion(halves: _Halves, boxes: Sequence[FoundBox], how: How) -> SecondOpinion | None:
    """Return what the other method finds, if there is a box to compare, and if scikit-learn is installed."""
    points, holds, finds = halves
    if not boxes:
        return None
    try:
        if how.method == "prim":
            others = leaves_of_tree(points[finds], holds[finds], how.density)
        else:
            others = [box_of(points[finds], holds[finds], how.density)[0]]
    except ExperimentError:
        return None
    one = np.any([box.box.holds(points) for box in boxes], axis=0)
    other = np.any([box.holds(points) for box in others], axis=0)
    return SecondOpinion(measured(other[~finds], holds[~finds]), overlap(one, other))

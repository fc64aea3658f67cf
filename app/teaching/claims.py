"""Whether the claims of a lesson are true of the model: each is simulated, run by run, with a 95% interval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.statistics.paired_effects import Interval, intervals_of
from app.teaching.files import Lesson, Tree, parts_of
from model.scenario import find_scenario, with_settings
from model.simulate import WINDOW_MONTHS, simulate

Floats = NDArray[np.float64]

# What the page runs for a lesson: src/views/lessons/answer.ts has the same numbers, and a test compares them.
REPLICATIONS = 20
SEED = 1
MONTHS_PER_YEAR = 12


@cache
def months_of_arm(scenario: str, settings: tuple[tuple[str, float], ...], by_jurisdiction: bool) -> pd.DataFrame:
    """Return every month of every run of a policy, of all jurisdictions or of each."""
    policy = with_settings(find_scenario(scenario), dict(settings))
    result = simulate(policy, replications=REPLICATIONS, seed=SEED, by_jurisdiction=by_jurisdiction)
    return result.months


def quantity(lesson: Lesson, asked: Tree) -> Floats:
    """Return a quantity of a claim, a value for each run: a mean over months, perhaps less that of another policy."""
    own = _mean_of_arm(lesson, asked["arm"], asked)
    return own - _mean_of_arm(lesson, asked["less"], asked) if "less" in asked else own


def _mean_of_arm(lesson: Lesson, name: str, asked: Tree) -> Floats:
    arm = next(arm for arm in lesson.content["arm"] if arm["name"] == name)
    place = asked.get("jurisdiction")
    months = months_of_arm(arm["scenario"], tuple(sorted(arm.get("settings", {}).items())), place is not None)
    if "jurisdiction" in months:
        months = months[months["jurisdiction"] == ("all" if place is None else str(place))]
    last = int(months["month"].max()) + 1
    first, end = asked.get("years", ((last - WINDOW_MONTHS) // MONTHS_PER_YEAR + 1, last // MONTHS_PER_YEAR))
    within = months[months["month"].between((first - 1) * MONTHS_PER_YEAR, end * MONTHS_PER_YEAR - 1)]
    means = within.groupby("run", observed=True)
    value = _mean_of_sum(means, asked["measure"])
    if "per" in asked:
        # Counts of the measure for each official-month spent so.
        value = value / (_mean_of_sum(means, asked["per"]) * find_scenario(arm["scenario"]).officials)
    return value


def _mean_of_sum(means: Any, measures: str) -> Floats:
    """Return the mean of a measure, or of several added up and taken off, a value for each run."""
    total: Floats = sum(sign * means[name].mean().to_numpy(dtype=np.float64) for sign, name in parts_of(measures))
    return total


def lead_of(lesson: Lesson, claim: Tree) -> Interval:
    """Return by how much a claim's quantity lies above what it is compared with, paired run by run."""
    lead = quantity(lesson, claim["quantity"]) - quantity(lesson, claim["than"])
    mean, low, high, n = (values[0] for values in intervals_of(lead[:, None]))
    return Interval(float(mean), float(low), float(high), int(n))


def holds(claim: Tree, lead: Interval) -> bool:
    """Return whether a claim is true beyond chance: above, below, or the same within what it allows."""
    if claim["is"] == "above":
        return lead.low > 0.0
    if claim["is"] == "below":
        return lead.high < 0.0
    within: float = claim["within"]
    return -within < lead.low and lead.high < within


def report(lessons: Sequence[Lesson]) -> int:
    """Print every claim with its numbers and whether it holds; return 1 if one does not."""
    fails = 0
    for lesson in lessons:
        print(f"{lesson.name}: {lesson.said('title', 'en')}")
        for claim in lesson.content["claim"]:
            lead = lead_of(lesson, claim)
            own, other = quantity(lesson, claim["quantity"]).mean(), quantity(lesson, claim["than"]).mean()
            is_true = holds(claim, lead)
            fails += not is_true
            numbers = f"{own:.4f} against {other:.4f}: {lead.mean:+.4f} [{lead.low:+.4f}, {lead.high:+.4f}]"
            print(f"  {'holds' if is_true else 'DOES NOT HOLD'}  {numbers}  {claim['text']['en']}")
    return min(fails, 1)

"""What officials did month by month in a run of the compiled engine, with the state in which they chose."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import ACTION, GENERATION, LANES, places_of
from model.simulate import Job, months_of_run
from model.state import OfficialState
from model.vocabulary import Action

_AGE, _FREEZE = (OfficialState._fields.index(name) * LANES for name in ("age", "freeze_months"))


class OfficialMonths(NamedTuple):
    """The months of all officials of a run one after the other, each (n,).

    Who it is, the age and the months of bar at the start of the month, whether it innovated.
    """

    person: NDArray[np.int64]
    age: NDArray[np.float64]
    freeze_months: NDArray[np.float64]
    innovates: NDArray[np.bool_]


def official_months_of(job: Job, first_month: int) -> OfficialMonths:
    """Return the months of a run from `first_month` (at least 1) on."""
    blocks, lanes, _ = places_of(job.setting.layout, 0, job.scenario.officials)
    posts = np.arange(blocks.size)
    # Who holds each post, the age and the bar at the end of a month are those with which the next one begins.
    before: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]] | None = None
    months: list[OfficialMonths] = []
    for month, (administration, _) in enumerate(months_of_run(job, workers=1)):
        if before is not None and month >= first_month:
            innovates = administration.posts[blocks, ACTION + lanes] >= Action.INNOVATION
            months.append(OfficialMonths(*before, innovates))
        person = administration.posts[blocks, GENERATION + lanes] * posts.size + posts
        age, freeze = (administration.officials[blocks, field + lanes] for field in (_AGE, _FREEZE))
        before = person, age, freeze
    return OfficialMonths(*(np.concatenate(column) for column in zip(*months, strict=True)))


def gap_while_barred(months: OfficialMonths) -> float:
    """Return how much more persons innovate while barred from promotion: the mean over those seen barred and not."""
    _, person = np.unique(months.person, return_inverse=True)
    rates = []
    for is_there in (months.freeze_months > 0, months.freeze_months == 0):
        n, done = (
            np.bincount(person, counted, person.max() + 1) for counted in (is_there, is_there & months.innovates)
        )
        rates.append(np.divide(done, n, out=np.full(n.size, np.nan), where=n > 0))
    return float(np.nanmean(rates[0] - rates[1]))

"""What a class tells of how it decides, worked out beside the play, once, when the term is over."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from app.room.desk_messages import EstimateOf, Findings, FindingsStatus
from app.room.folders import stored_room
from app.room.live import LiveRoom

_AFTER_THE_TERM = ("reveal", "questions", "debrief", "closed")
log = logging.getLogger("room")


class ClassFindings:
    """The findings of a room's class; they are begun when first asked for after the term, and take some seconds."""

    def __init__(self, room: LiveRoom) -> None:
        self._room = room
        self._task: asyncio.Task[Findings | None] | None = None

    def status(self) -> FindingsStatus:
        """Return how far they are, and begin them if it is time."""
        if self._room.state.phase not in _AFTER_THE_TERM or not self._room.is_played:
            return "none"
        if self._task is None:
            self._task = asyncio.create_task(asyncio.to_thread(findings_of, self._room.path))
        if not self._task.done():
            return "working"
        if self._task.cancelled() or self._task.exception() is not None:
            return "failed"
        if self._task.result() is not None:
            return "told"
        return "hands" if self._room.state.hands else "few"

    def found(self) -> Findings | None:
        """Return them, if they are there."""
        return self._task.result() if self._task is not None and self.status() == "told" else None


def findings_of(path: Path) -> Findings | None:
    """Return what the class of a room's file tells; None if fewer people than can be told of have decided."""
    # What fits takes a while to load, and no phone is to wait for it.
    from analysis.rooms.choices import choices_of  # noqa: PLC0415
    from analysis.rooms.fit import LEAST_PEOPLE, SCIENTIFIC  # noqa: PLC0415
    from analysis.rooms.fitness import fitness_of  # noqa: PLC0415
    from app.room.afterwards import fit_of  # noqa: PLC0415
    from app.room.sessions import session_of  # noqa: PLC0415

    session = session_of(stored_room(path))
    if sum(bool(person.choices) and not person.is_erased for person in session.people) < LEAST_PEOPLE:
        return None
    try:
        fit = fit_of(session)
    except Exception:
        log.exception("the class could not be fitted")
        raise
    fitness = fitness_of(session, choices_of(session), fit)
    return Findings(
        people=fit.people,
        decisions=fit.decisions,
        misfit=fitness.is_misfit,
        outside=fitness.outside_when_fitted,
        rounds=fitness.rounds,
        estimates=[
            EstimateOf(
                name=one.name, median=one.median, low=one.low, high=one.high, model=one.default, told=one.is_told
            )
            for one in fit.estimates
            if one.name in SCIENTIFIC
        ],
    )

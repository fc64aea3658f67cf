"""Studies at the opening of a room: the play that was drawn for the session, if nobody has held it yet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from analysis.errors import ExperimentError
from analysis.rooms.study import StudyError, arm_of, read_study
from app.room.folders import FOLDER, room_paths
from app.room.plays import PlayError, ReadPlay, find_play
from app.room.store import read_store


class DrawnSession(NamedTuple):
    """What a study has drawn for a session: the play, what is kept of it in the room, how many people are expected."""

    play: ReadPlay
    facts: dict[str, object]
    seats: int | None


def play_of_session(path: Path, session: int | None, root: Path = FOLDER) -> DrawnSession:
    """Return what a study has drawn for a session; every arm is read, so that none is found missing on its day."""
    if session is None:
        raise StudyError("--study needs --session; give the number of the session, from 1")
    study, sha256 = read_study(path)
    arm = arm_of(study, session, held(sha256, root), path)
    plays = {}
    for name in study.arms:
        try:
            plays[name] = find_play(name)
        except PlayError as error:
            raise StudyError(f"{path}: arms: {error}") from error
    facts: dict[str, object] = {"name": study.name, "sha256": sha256, "session": session, "arm": arm}
    return DrawnSession(plays[arm], facts, study.seats)


def held(sha256: str, root: Path = FOLDER) -> set[int]:
    """Return the sessions of a study that were held on this machine."""
    found = set()
    for room in room_paths(root):
        try:
            opened = read_store(room).events[0].body
        except (ExperimentError, IndexError):
            continue
        study = opened.get("study") or {}
        if study.get("sha256") == sha256:
            found.add(int(study["session"]))
    return found

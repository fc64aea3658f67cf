"""Studies at the opening of a room: the play that was drawn for the session, if nobody has held it yet."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import ExperimentError
from analysis.rooms.study import StudyError, arm_of, read_study
from app.room.folders import FOLDER, room_paths
from app.room.plays import ReadPlay, find_play
from app.room.store import read_store


def play_of_session(path: Path, session: int | None, root: Path = FOLDER) -> tuple[ReadPlay, dict[str, object]]:
    """Return the play that a study has drawn for a session, and what is kept of it in the room."""
    if session is None:
        raise StudyError("--study needs --session; give the number of the session, from 1")
    study, sha256 = read_study(path)
    arm = arm_of(study, session, held(sha256, root), path)
    return find_play(arm), {"name": study.name, "sha256": sha256, "session": session, "arm": arm}


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

"""A study over rooms: which play each session gets is drawn beforehand, and the trainer cannot choose."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import ExperimentError
from analysis.rooms.file_errors import problems_in


class StudyError(ExperimentError):
    """A study cannot be used; the text says which file, where, and what is allowed."""


class Study(BaseModel):
    """A study as its file says: its arms (plays), the size of the blocks that are permuted, the seed, the sessions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=80)
    arms: tuple[str, ...] = Field(min_length=2)
    block: int = Field(ge=2, le=24)
    seed: int = Field(ge=0, lt=2**32)
    sessions: int = Field(ge=1, le=1000)
    seats: int | None = Field(ge=1, le=1000, default=None)  # how many people are expected, if --seats does not say


def read_study(path: Path) -> tuple[Study, str]:
    """Return the study in a file, and the hash of the file.

    Raises
    ------
    StudyError
        If the file cannot be read or does not hold.
    """
    try:
        text = path.read_text(encoding="utf-8")
        study = Study.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        raise StudyError(f"{path}: the study cannot be read ({error}); give the path of a TOML file") from error
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f"{path}: not valid TOML: {error}") from error
    except ValidationError as error:
        lines = [f"{path}: {line}" for line in problems_in(error, list(Study.model_fields))]
        raise StudyError("\n".join(lines)) from error
    if study.block % len(study.arms):
        raise StudyError(
            f"{path}: block is {study.block}, which is no multiple of the {len(study.arms)} arms; "
            f"write for example block = {2 * len(study.arms)}"
        )
    return study, hashlib.sha256(text.encode()).hexdigest()


def allocation(study: Study) -> list[str]:
    """Return the arm of every session, in permuted blocks: it follows from the file alone."""
    each = study.block // len(study.arms)
    found: list[str] = []
    block = 0
    while len(found) < study.sessions:
        arms = np.array([arm for arm in study.arms for _ in range(each)])
        found += [str(arm) for arm in np.random.default_rng([study.seed, block]).permutation(arms)]
        block += 1
    return found[: study.sessions]


def arm_of(study: Study, session: int, used: set[int], path: Path) -> str:
    """Return the arm of a session, numbered from 1; StudyError if there is no such session or it was held already."""
    if not 1 <= session <= study.sessions:
        raise StudyError(f"{path}: the study has sessions 1 to {study.sessions}; --session {session} is none of them")
    if session in used:
        raise StudyError(
            f"{path}: session {session} was held already; sessions held are {', '.join(map(str, sorted(used)))}; "
            "give the next number"
        )
    return allocation(study)[session - 1]

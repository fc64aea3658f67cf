"""The folder of an experiment, begun or taken up again: is it the same experiment, and what is there to do?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.design.runs import Block, blocks_of
from analysis.design.specification import Specification, facts_of
from analysis.errors import ExperimentError
from analysis.store.atomic_folder import MANIFEST
from analysis.store.durable_files import TEMPORARY
from analysis.store.experiment import open_experiment
from analysis.store.locks import PARTS, Shard
from analysis.store.manifest import (
    DESIGN,
    NO_PART_OF_THE_LOCK,
    SCENARIO_FOLDER,
    DamagedPlanError,
    lock_of,
    read_manifest,
    read_plan,
    write_plan,
)
from analysis.store.part_files import entries_of
from analysis.store.tables import FILES, FINISHED
from model.code_hash import model_hash
from model.litter import is_litter
from model.scenario import scenario_toml

_OWN_NAMES = frozenset({MANIFEST, DESIGN, SCENARIO_FOLDER, PARTS, FINISHED, *FILES.values()})

Points = NDArray[np.float64]
Say = Callable[[str], None]


class Undone(NamedTuple):
    """A block that is to be done, and which attempt at it this is."""

    block: Block
    attempt: int


def check_place(folder: Path) -> None:
    """Raise ExperimentError unless there is nothing in a place, or an empty folder, or nothing but an experiment."""
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise ExperimentError(f"{folder}: is a file; give the path of a folder with --out")
        return
    names = {path.name for path in folder.iterdir() if not (path.name.endswith(TEMPORARY) or is_litter(path.name))}
    foreign = sorted(names - _OWN_NAMES)
    if foreign:
        raise ExperimentError(
            f"{folder}: holds {foreign[0]}, which is no part of an experiment; give a new or empty folder with --out"
        )
    if MANIFEST in names and PARTS not in names:
        read_manifest(folder)  # of a result that is no experiment's, this says so


def begin(folder: Path, specification: Specification, points: Points, say: Say) -> None:
    """Write the plan of an experiment, or make sure that the plan in the folder is the same.

    A plan that is damaged or half written is written anew, if the parts that are there belong to this experiment.

    Raises
    ------
    ExperimentError
        If the folder holds another experiment.
    """
    lock = lock_of(specification, points)
    if (folder / MANIFEST).exists():
        try:
            known, _, _ = read_plan(folder)
        except DamagedPlanError as error:
            say(f"{error.args[0]}; it is written anew")
        else:
            if known["lock"] != lock:
                raise ExperimentError(_other_experiment(folder, known, specification))
            return
    entries = [entry for place in (folder / PARTS).glob("*/") for entry in entries_of(place)[0]]
    if any(entry.lock != lock for entry in entries):
        raise ExperimentError(
            f"{folder}: the plan cannot be read, and the parts there are not of this experiment; give another --out"
        )
    write_plan(folder, specification, points)


def _other_experiment(folder: Path, known: dict[str, Any], specification: Specification) -> str:
    """Return the message on a folder with another experiment: what is different there."""
    differing = _differing(specification, known)
    if known["model_hash"] != model_hash():
        reason = "it was begun with another state of the code of model/, so its numbers might not fit together"
        advice = "take the code it was begun with"
    else:
        reason = f"it has another {' and another '.join(differing) or 'design'}"
        advice = "take the file it was begun with"
    return f"{folder}: holds another experiment: {reason}; {advice}, or give another folder with --out"


def _differing(specification: Specification, known: dict[str, Any]) -> list[str]:
    """Return in which of its parts, by their names in the file, an experiment differs from one that is on disk."""
    new, old = json.loads(json.dumps(facts_of(specification))), known["specification"]
    keys = [key for key in new if key not in NO_PART_OF_THE_LOCK and new[key] != old.get(key)]
    if "seed" in keys and "design" in keys and {**new["design"], "seed": 0} == {**old["design"], "seed": 0}:
        keys.remove("design")  # which takes the seed of the experiment if it is given none
    base, known_base = specification.base.name, known["scenario"]["name"]
    if base != known_base:
        keys.insert(0, f"base scenario ({known_base}, not {base})")
    elif known["scenario"]["sha256"] != hashlib.sha256(scenario_toml(specification.base).encode()).hexdigest():
        keys.insert(0, f"base scenario ({base} with other values)")
    return keys


def left_to_do(folder: Path, specification: Specification, points: Points, shard: Shard | None) -> list[Undone]:
    """Return what is left to do in a folder, without changing anything there; everything, if the plan is damaged.

    Raises
    ------
    ExperimentError
        If the folder holds another experiment.
    """
    everything = [Undone(block, 0) for block in blocks_of(specification, len(points)) if is_in(shard, block)]
    try:
        known = read_plan(folder)[0] if (folder / MANIFEST).exists() else None
    except DamagedPlanError:
        known = None
    if known is None:
        return everything
    if known["lock"] != lock_of(specification, points):
        raise ExperimentError(_other_experiment(folder, known, specification))
    return undone(folder, shard, False, lambda _text: None)


def is_in(shard: Shard | None, block: Block) -> bool:
    """Tell whether a block belongs to a shard; to the whole belongs every one."""
    return shard is None or block.number % shard.n == shard.i - 1


def undone(folder: Path, shard: Shard | None, retry_failed: bool, say: Say) -> list[Undone]:
    """Return the blocks of a shard, or of the whole, that are not there yet, or damaged, or to be tried again."""
    experiment = open_experiment(folder)
    parts, damages = experiment.intact_parts()
    attempts = experiment.attempts()
    found = []
    for block in experiment.blocks:
        if not is_in(shard, block):
            continue
        part, damage = parts.get(block.number), damages.get(block.number)
        if damage is not None:
            say(f"{damage.path} {damage.reason}; runs {block.first_id} to {block.last_id - 1} are done again")
        failed = part is not None and part.entry.failed + part.entry.timed_out > 0
        if part is None or (failed and retry_failed):
            found.append(Undone(block, attempts.get(block.number, -1) + 1))
    return found

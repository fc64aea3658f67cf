"""The manifest of an experiment: what is planned, written and hashed before the first run, and never changed.

The hash, called the lock, covers all that decides a number: the state of the model's code, the base scenario, the
points of the design, the replications, the measures, the window and the seed. Every part carries it, so parts of
different experiments cannot be mixed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from analysis.arrow_files import arrow_file
from analysis.design.runs import blocks_of, ids_per_block
from analysis.design.sampling import kind_of
from analysis.design.specification import Specification, facts_of, specification_of
from analysis.errors import ExperimentError, told
from analysis.store.atomic_folder import MANIFEST
from analysis.store.durable_files import parquet_bytes, write_durably
from analysis.store.file_names import as_file_name
from analysis.store.provenance import CREATOR, Facts, manifest_of
from model.code_hash import model_hash
from model.scenario import Scenario, read_scenario, scenario_toml

SWEEP_SCHEMA_VERSION = 1
DESIGN = "design.parquet"
SCENARIO_FOLDER = "scenario"
NO_PART_OF_THE_LOCK = ("name", "title", "question", "timeout_seconds", "metrics")


class DamagedPlanError(ExperimentError):
    """The manifest, the design or the base scenario of an experiment is not as it was written."""


def lock_of(specification: Specification, points: NDArray[np.float64]) -> str:
    """Return the hash of all that decides the numbers of an experiment, the code of the model included."""
    facts = {key: value for key, value in facts_of(specification).items() if key not in NO_PART_OF_THE_LOCK}
    facts["block"] = ids_per_block(specification, len(points))
    facts["points"] = _hash(np.ascontiguousarray(points, dtype="<f8").tobytes())
    facts["scenario"] = _hash(scenario_toml(specification.base).encode())
    if specification.scenarios:
        facts["scenarios"] = [_hash(scenario_toml(scenario).encode()) for scenario in specification.scenarios]
    facts["model"] = model_hash()
    facts["schema"] = SWEEP_SCHEMA_VERSION
    return _hash(_canonical(facts))


def new_manifest(specification: Specification, points: NDArray[np.float64]) -> Facts:
    """Return the manifest of an experiment that is about to begin."""
    common = manifest_of((), "sweep", "ensemble", is_complete=False)
    for key in ("is_complete", "scenarios"):
        del common[key]
    levels = {"scenarios": [_stored(scenario) for scenario in specification.scenarios]}
    rule = specification.replicate_until
    facts = {
        **common,
        "schema_version": SWEEP_SCHEMA_VERSION,
        "seed": specification.seed,
        "lock": lock_of(specification, points),
        "planned_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "planned": {
            "points": len(points),
            "replications": specification.replications,
            "runs": (len(points) + 1) * specification.replications,
            "is_most": rule is not None,
            "blocks": len(blocks_of(specification, len(points))),
            "design_sha256": _hash(np.ascontiguousarray(points, dtype="<f8").tobytes()),
        },
        "scenario": _stored(specification.base),
        **(levels if specification.scenarios else {}),
        "specification": facts_of(specification),
    }
    return {**facts, "sha256": _hash(_canonical(facts))}


def _stored(scenario: Scenario) -> Facts:
    text = scenario_toml(scenario)
    return {"name": scenario.name, "sha256": _hash(text.encode()), "toml": text}


def write_plan(folder: Path, specification: Specification, points: NDArray[np.float64]) -> None:
    """Write the design, the base scenario and, last, the manifest; OSError if the disk does not take them."""
    (folder / SCENARIO_FOLDER).mkdir(parents=True, exist_ok=True)
    columns = [pa.array(np.arange(len(points)), pa.int32()), *(pa.array(np.ascontiguousarray(c)) for c in points.T)]
    design = pa.table(columns, names=["point", *specification.factor_paths])
    write_durably(folder / DESIGN, parquet_bytes(design))
    for scenario in (specification.base, *specification.scenarios):
        write_durably(_scenario_file(folder, scenario.name), scenario_toml(scenario).encode())
    text = json.dumps(new_manifest(specification, points), indent=2, ensure_ascii=False)
    write_durably(folder / MANIFEST, (text + "\n").encode())


def read_manifest(folder: Path) -> Facts:
    """Return the manifest of an experiment; ExperimentError if there is none, or it is not as it was written."""
    path = folder / MANIFEST
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        is_sweep = isinstance(facts, dict) and facts["creator"] == CREATOR and facts["task"] == "sweep"
    except FileNotFoundError:
        raise ExperimentError(f"{folder}: holds no experiment; give a folder that sweep has written") from None
    except OSError as error:
        raise ExperimentError(f"{path}: cannot be read ({told(error)})") from None
    except (ValueError, KeyError):
        raise DamagedPlanError(_damaged(path)) from None
    if not is_sweep:
        raise ExperimentError(f"{folder}: is a result, but of no sweep; give a folder that sweep has written")
    if facts.get("sha256") != _hash(_canonical({key: value for key, value in facts.items() if key != "sha256"})):
        raise DamagedPlanError(_damaged(path))
    if facts["schema_version"] != SWEEP_SCHEMA_VERSION:
        raise ExperimentError(
            f"{path}: schema_version is {facts['schema_version']}, allowed is {SWEEP_SCHEMA_VERSION}; "
            "sweep into a new folder"
        )
    known: Facts = facts
    return known


def read_plan(folder: Path) -> tuple[Facts, Specification, NDArray[np.float64]]:
    """Return the manifest, the specification and the points of an experiment, each checked against its hash."""
    facts = read_manifest(folder)
    points = _read_design(folder / DESIGN, facts["planned"]["design_sha256"])
    base = _read_scenario(folder, facts["scenario"])
    levels = tuple(_read_scenario(folder, stored) for stored in facts.get("scenarios", ()))
    specification = specification_of(facts["specification"], base, (), levels)
    if kind_of(specification.design).factors_by == "points":
        listed = tuple(map(tuple, points.tolist()))
        specification = replace(specification, design=replace(specification.design, listed=listed))
    return facts, specification, points


def _read_scenario(folder: Path, stored: Facts) -> Scenario:
    """Return a scenario of an experiment; DamagedPlanError if its file is not as it was written."""
    path = _scenario_file(folder, stored["name"])
    try:
        is_intact = _hash(path.read_bytes()) == stored["sha256"]
    except OSError:
        is_intact = False
    if not is_intact:
        raise DamagedPlanError(_damaged(path))
    return read_scenario(path)


def _scenario_file(folder: Path, name: str) -> Path:
    return folder / SCENARIO_FOLDER / as_file_name(f"{name}.toml")


def _read_design(path: Path, expected_hash: str) -> NDArray[np.float64]:
    try:
        with arrow_file(path) as file:
            columns = parquet.read_table(file).drop_columns(["point"]).columns
        points: NDArray[np.float64] = np.column_stack([column.to_numpy() for column in columns])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        raise DamagedPlanError(_damaged(path)) from None
    if _hash(np.ascontiguousarray(points, dtype="<f8").tobytes()) != expected_hash:
        raise DamagedPlanError(_damaged(path))
    return points


def _damaged(path: Path) -> str:
    return f"{path}: is damaged or missing; the same sweep command again writes it anew and keeps what is finished"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()

"""Experiments small enough for tests: some dozen officials for some months, a run takes a fraction of a millisecond."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.execution.sweep import SweepWatch
from model.scenario import Text, find_scenario, with_settings

SEVERITY = "accountability.severity"
EXEMPTION = "exemption.probability"
TABLES = ("table.parquet", "reference.parquet")


def made_experiment(points: int = 12, **changes: Any) -> Specification:
    """Return an experiment with two factors at listed points, in blocks of 5 runs."""
    listed = tuple((0.6 * n / points, 1.0 - n / points) for n in range(points))
    made = Specification(
        name="made",
        title=Text("Made for a test", "测试用"),
        question=Text("Does it work?", "行得通吗？"),
        base=with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=20, months=8),
        factors=(Factor(SEVERITY, 0.0, 0.6), Factor(EXEMPTION, 0.0, 1.0)),
        design=DesignPlan("list", listed=listed),
        measures=("innovation_rate", "inaction_rate", "actual_exemption"),
        replications=3,
        window_months=4,
        runs_per_block=5,
    )
    return replace(made, **changes)


def with_values(path: str, values: tuple[float, ...], **changes: Any) -> Specification:
    """Return an experiment that varies one parameter over some values."""
    factor = Factor(path, min(values), max(values))
    listed = DesignPlan("list", listed=tuple((value,) for value in values))
    return made_experiment(factors=(factor,), design=listed, **changes)


def bytes_of(folder: Path, names: tuple[str, ...] = TABLES) -> dict[str, bytes]:
    """Return the bytes of the final tables."""
    return {name: (folder / name).read_bytes() for name in names}


def silent() -> SweepWatch:
    """Return a watch that tells nobody."""
    return SweepWatch(say=lambda _text: None)

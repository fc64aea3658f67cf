"""An experiment on disk: what was planned, what has been run, and what is missing.

Reading never needs the lock: the finished rows of a sweep that is running can be read while it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import parquet

from analysis.arrow_files import arrow_file
from analysis.design.runs import Block, blocks_of
from analysis.design.specification import Specification
from analysis.store.manifest import read_plan
from analysis.store.notebook_page import page_of
from analysis.store.part_files import (
    SERIES,
    TABLE,
    Damage,
    DamagedError,
    Entry,
    Part,
    check_part,
    parts_of,
    read_part,
    series_schema,
    table_schema,
)
from analysis.store.rows import FAILED, OK, STATUSES, TIMED_OUT
from analysis.store.tables import FILES, finished_facts, is_intact

KEY_COLUMNS = ("id", "point", "replication", "seed", "run", "status", "message")
NOT_RUN, DAMAGED = "not run", "damaged"

__all__ = [
    "DAMAGED",
    "FAILED",
    "KEY_COLUMNS",
    "NOT_RUN",
    "OK",
    "STATUSES",
    "TIMED_OUT",
    "Experiment",
    "Gap",
    "open_experiment",
]


@dataclass(frozen=True)
class Gap:
    """Runs without numbers: first and last id, and why: "not run", "damaged", "failed" or "timed out", with words."""

    first_id: int
    last_id: int
    reason: str
    message: str = ""


class Completion(NamedTuple):
    """How many runs have a row, and how many of these failed or timed out; how many blocks are done, of how many."""

    rows: int
    failed: int
    timed_out: int
    blocks: int
    planned_blocks: int


class Experiment:
    """A folder that `sweep` fills. What is on disk is read anew every time it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest, self.specification, self.points = read_plan(folder)
        self._intact: set[tuple[str, str]] = set()

    manifest: dict[str, Any]
    specification: Specification
    points: NDArray[np.float64]

    def __repr__(self) -> str:
        plan, done = self.specification, self.counts()
        size = f"{len(self.points):,} points in {len(plan.factors)} factors, {plan.replications} replications"
        return f"<Experiment: {plan.name}, {size}; {done.rows:,} runs done, in {self.folder}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: what was planned and done, measures over the points, charts of the first."""
        return page_of(repr(self), self.specification, self.table())

    @property
    def lock(self) -> str:
        """Return the hash of all that decides the numbers."""
        return str(self.manifest["lock"])

    @property
    def design(self) -> pd.DataFrame:
        """Return the design: a row a point, the index is its number (named "point"), a column a factor path."""
        index = pd.RangeIndex(len(self.points), name="point")
        return pd.DataFrame(self.points, columns=list(self.specification.factor_paths), index=index)

    @property
    def blocks(self) -> list[Block]:
        """Return the blocks of the plan, in their order."""
        return blocks_of(self.specification, len(self.points))

    def table(self) -> pd.DataFrame:
        """Return the rows of all finished runs of the design, by id.

        The columns are KEY_COLUMNS, then a column for each factor (its key path), then one for each measure of the
        specification (mean over the window; missing in a run that failed). What is damaged is left out, and named in
        `gaps`.
        """
        return self._table("table")

    def reference(self) -> pd.DataFrame:
        """Return the rows of the base scenario itself, as in `table`; replication r has the luck of all others."""
        return self._table("reference")

    def series(self) -> pd.DataFrame:
        """Return id, point, replication, month and the measures, if the specification asked for monthly series.

        The reference is the point after the last one. Without monthly series the table is empty.
        """
        return self._table("series")

    @property
    def is_finished(self) -> bool:
        """Tell whether every planned run has a row, be it one that failed."""
        return self.has_final_tables or len(self.intact_parts()[0]) == len(self.blocks)

    @property
    def is_complete(self) -> bool:
        """Tell whether every planned run has a row and none failed or timed out: there are no gaps."""
        return not self.gaps()

    def counts(self) -> Completion:
        """Return how far the experiment has come, by its index: what is damaged on disk is not looked for."""
        entries = [part.entry for part in parts_of(self.folder, self.lock)[0].values()]
        facts = finished_facts(self.folder, self.lock)
        if facts is not None and not entries:  # a bundle holds the final tables alone
            return Completion(facts["rows"], facts["failed"], facts["timed_out"], len(self.blocks), len(self.blocks))
        return _completion(entries, len(self.blocks))

    def intact_counts(self) -> Completion:
        """Return how far the experiment has come, without what is damaged on disk."""
        if self.has_final_tables:
            return self.counts()
        return _completion([part.entry for part in self.intact_parts()[0].values()], len(self.blocks))

    def gaps(self) -> list[Gap]:
        """Return what is missing, in the order of the ids; empty if the experiment is complete."""
        if self.has_final_tables:
            facts = finished_facts(self.folder, self.lock) or {}
            if not facts["failed"] and not facts["timed_out"]:
                return []
            missing: list[Gap] = []
        else:
            parts, damages = self.intact_parts()
            missing = _missing_blocks(self.blocks, parts, damages)
        failed = [gap for name in ("table", "reference") for gap in _failed_runs(self.arrow_table(name))]
        return sorted(missing + failed, key=lambda gap: gap.first_id)

    def damages(self) -> list[Damage]:
        """Return every file of the experiment that is not as it was written."""
        _, damages = self.intact_parts()
        found = [*damages.values(), *parts_of(self.folder, self.lock)[1]]
        facts = finished_facts(self.folder, self.lock)
        if facts is not None:
            found += [
                Damage(self.folder / FILES[name], "is damaged: its checksum is not the one it was written with")
                for name in self._final_names()
                if not is_intact(self.folder, facts, name)
            ]
        return found

    def intact_parts(self) -> tuple[dict[int, Part], dict[int, Damage]]:
        """Return the finished blocks whose parts are as they were written, and what is wrong with the others.

        The bytes of a part are looked at once in the life of this object.
        """
        intact, damages = {}, {}
        for number, part in parts_of(self.folder, self.lock)[0].items():
            key = (str(part.folder), str(sorted(part.entry.files.items())))
            damage = None if key in self._intact else check_part(part)
            if damage is None:
                self._intact.add(key)
                intact[number] = part
            else:
                damages[number] = damage
        return intact, damages

    def attempts(self) -> dict[int, int]:
        """Return the number of the last attempt at each block that was tried."""
        return {number: part.entry.attempt for number, part in parts_of(self.folder, self.lock)[0].items()}

    def _final_names(self) -> list[str]:
        return [name for name in FILES if name != "series" or self.specification.monthly_series]

    @property
    def has_final_tables(self) -> bool:
        """Tell whether the final tables are there, as they were written."""
        facts = finished_facts(self.folder, self.lock)
        return facts is not None and all(self._is_final(name, facts) for name in self._final_names())

    def _is_final(self, name: str, facts: dict[str, Any]) -> bool:
        key = (name, str(facts["files"].get(FILES[name])))
        if key not in self._intact and is_intact(self.folder, facts, name):
            self._intact.add(key)
        return key in self._intact

    def _table(self, name: str) -> pd.DataFrame:
        table: pd.DataFrame = self.arrow_table(name).to_pandas()
        return table

    def arrow_table(self, name: str) -> pa.Table:
        """Return a table from the final file, or as long as there is none, or it is damaged, from the parts."""
        facts = finished_facts(self.folder, self.lock)
        if name in self._final_names() and facts is not None and self._is_final(name, facts):
            with arrow_file(self.folder / FILES[name]) as file:
                return parquet.read_table(file)
        kind = SERIES if name == "series" else TABLE
        schema = (series_schema if name == "series" else table_schema)(self.specification)
        tables = [] if name not in self._final_names() else _readable(self.intact_parts()[0].values(), kind)
        table = pa.concat_tables([schema.empty_table(), *tables])
        if name == "series":
            return table
        is_reference = pc.greater_equal(table["point"], len(self.points))
        return table.filter(is_reference if name == "reference" else pc.invert(is_reference))


def _completion(entries: Sequence[Entry], planned_blocks: int) -> Completion:
    rows, failed, timed_out = (sum(getattr(entry, key) for entry in entries) for key in ("rows", "failed", "timed_out"))
    return Completion(rows, failed, timed_out, len(entries), planned_blocks)


def open_experiment(folder: str | Path) -> Experiment:
    """Return the experiment in a folder; ExperimentError if there is none or its plan is damaged."""
    return Experiment(Path(folder))


def _readable(parts: Iterable[Part], kind: str) -> list[pa.Table]:
    """Return the tables of parts; one that has been damaged since it was checked is left out."""
    tables = []
    for part in parts:
        try:
            tables.append(read_part(part, kind))
        except DamagedError:
            continue
    return tables


def _missing_blocks(blocks: list[Block], parts: dict[int, Part], damages: dict[int, Damage]) -> list[Gap]:
    """Return the gaps of blocks that are not there, neighbours with the same reason as one."""

    def reason(block: Block) -> tuple[str, str]:
        damage = damages.get(block.number)
        return (DAMAGED, f"{damage.path.name} {damage.reason}") if damage else (NOT_RUN, "")

    gaps = []
    absent = [block for block in blocks if block.number not in parts]
    numbered = [(block.number - place, reason(block), block) for place, block in enumerate(absent)]
    for _, group in groupby(numbered, key=lambda item: item[:2]):
        members = list(group)
        gaps.append(Gap(members[0][2].first_id, members[-1][2].last_id - 1, *members[0][1]))
    return gaps


def _failed_runs(table: pa.Table) -> list[Gap]:
    failed = table.select(["id", "status", "message"]).filter(pc.not_equal(table["status"], OK))
    return [Gap(row["id"], row["id"], row["status"], row["message"]) for row in failed.to_pylist()]

"""The panel: every official, every month, as one Parquet file that is written while the model runs.

A row holds what the holder of a post did in a month (`action`, `outcome`), and who holds the post after it:
`generation` and the fields of `OfficialState` are those at the end of the month, so where an official was dismissed or
retired they are the newcomer's. A row group holds a month, or as many whole months as make a group worth its overhead,
or a part of a month that is too large; so the memory needed does not grow with the number of months. A panel that was
stopped may end in the middle of a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from analysis.arrow_files import arrow_file
from model.arrays import ACTION, GENERATION, LANES, N_OFFICIAL_FIELDS, OUTCOME, AdministrationArrays, places_of
from model.scenario import Scenario
from model.simulate import Job, jurisdiction_names
from model.state import OfficialState
from model.vocabulary import ACTIONS, Outcome

OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)
_LEAST_ROWS = 100_000
_MOST_ROWS = 1_000_000

_NAMES = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("scenario", _NAMES),
        ("run", pa.int64()),
        ("month", pa.int32()),
        ("official", pa.int32()),
        ("jurisdiction", _NAMES),
        ("generation", pa.int32()),
        ("action", _NAMES),
        ("outcome", _NAMES),
        *((field, pa.float64()) for field in OfficialState._fields),
    ]
)


class Panel:
    """A Parquet file being written; to be used in a ``with`` statement, and closed at the end of it."""

    def __init__(self, path: Path, scenarios: Sequence[Scenario]) -> None:
        self._open = ExitStack()
        file = self._open.enter_context(arrow_file(path, "wb"))
        self._writer = parquet.ParquetWriter(file, SCHEMA, compression="zstd")
        self._scenarios = [scenario.name for scenario in scenarios]
        self._waiting: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up()

    def add(self, job: Job, month: int, administration: AdministrationArrays) -> None:
        """Write, or keep for the next row group, the rows of all officials at the end of a month.

        Raises OSError if the disk is full.
        """
        n = job.scenario.officials
        for first in range(0, n, _MOST_ROWS):
            last = min(first + _MOST_ROWS, n)
            self._waiting.append(self._rows(job, month, administration, first, last))
            if sum(batch.num_rows for batch in self._waiting) >= _LEAST_ROWS:
                self._write()

    def close(self) -> None:
        """Write what is left and end the file; OSError if the disk is full."""
        self._write()
        self._writer.close()
        self._open.close()

    def give_up(self) -> None:
        """End the file if that has not been done, without a word if the disk is full."""
        self._waiting = []
        with suppress(OSError):
            self._writer.close()
        with suppress(OSError):
            self._open.close()

    def _write(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting).combine_chunks()
            self._waiting = []
            self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def _rows(
        self, job: Job, month: int, administration: AdministrationArrays, first: int, last: int
    ) -> pa.RecordBatch:
        """Return the rows of officials first to last - 1."""
        blocks, lanes, jurisdictions = places_of(job.setting.layout, first, last)
        n = last - first

        def kept(place: int) -> NDArray[np.int64]:
            return administration.posts[blocks, place + lanes]

        columns = [
            _named(np.full(n, self._scenarios.index(job.scenario.name)), self._scenarios),
            pa.array(np.full(n, job.run, dtype=np.int64)),
            pa.array(np.full(n, month, dtype=np.int32)),
            pa.array(np.arange(first, last, dtype=np.int32)),
            _named(jurisdictions, jurisdiction_names(job.scenario)),
            pa.array(kept(GENERATION).astype(np.int32)),
            _named(kept(ACTION), ACTIONS),
            _named(kept(OUTCOME), OUTCOMES),
            *(pa.array(administration.officials[blocks, field * LANES + lanes]) for field in range(N_OFFICIAL_FIELDS)),
        ]
        return pa.record_batch(columns, schema=SCHEMA)


def _named(codes: NDArray[np.int64], names: Sequence[str]) -> pa.DictionaryArray:
    """Return a column of names from their places in a list."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(names, type=pa.string()))

"""The tables of an experiment as CSV, for programs that read no Parquet."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from analysis.errors import ExperimentError, told
from analysis.store.durable_files import temporary_beside
from analysis.store.experiment import Experiment

_ROWS_AT_A_TIME = 65_536


def write_csv(experiment: Experiment, path: Path, name: str = "table") -> int:
    """Write the finished rows of a table ("table", "reference" or "series") as CSV and return their number.

    Missing values are empty, numbers are written so that they can be read back exactly.

    Raises
    ------
    ExperimentError
        If there is a file of that name, or it cannot be written.
    """
    if path.exists():
        raise ExperimentError(f"{path}: is there already and is not overwritten; give another name or remove it")
    table = experiment.arrow_table(name)
    if experiment.specification.base.is_invented:  # goes wherever the numbers go
        table = table.append_column("invented", pa.array(["yes"] * table.num_rows, pa.string()))
    temporary = temporary_beside(path)
    try:
        with temporary.open("wb") as file, csv.CSVWriter(file, table.schema) as writer:
            for batch in table.to_batches(_ROWS_AT_A_TIME):
                writer.write_batch(_without_nan(batch))
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise ExperimentError(f"{path}: cannot be written ({told(error)}); give another place") from None
    return int(table.num_rows)


def _without_nan(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return rows in which what is not a number is nothing."""
    columns = [
        pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        if pa.types.is_floating(column.type)
        else column
        for column in batch.columns
    ]
    return pa.record_batch(columns, schema=batch.schema)

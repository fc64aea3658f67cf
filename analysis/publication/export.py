"""Tables of every result, whoever made it, for every tool: CSV, Parquet, Stata, Excel, and a script for R."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analysis.arrow_files import arrow_file
from analysis.design.levels import level_in
from analysis.errors import ExperimentError
from analysis.statistics.effects import effects
from analysis.statistics.many_comparisons import METHODS, Method, adjusted_for_many
from analysis.statistics.own_metrics import metric_effects, metrics_of
from analysis.statistics.ratios import ratios_of_sums
from analysis.store.atomic_folder import MANIFEST
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.results import PANEL, StoredResult, read_result
from analysis.store.table_files import check_ending, write_table_file, write_workbook
from model.catalogue import Language

_EFFECTS = "effects"
_MOST_CELLS = 1_000_000  # of a table in a workbook of all: a sheet of that size takes some ten seconds


class Exported(NamedTuple):
    """What was written: rows of which table, into which files; whether runs are missing; tables that are too large."""

    rows: int
    table: str
    files: tuple[Path, ...]
    is_complete: bool
    left_out: tuple[str, ...] = ()


def export(
    folder: str | Path,
    file: str | Path,
    table: str | None = None,
    adjust: Method | None = None,
    language: Language = "en",
) -> Exported:
    """Return what was written: a table of an experiment or of a result, in the format that the file's ending names.

    Parameters
    ----------
    folder : what sweep, simulate, compare, rerun or the main job has written.
    file : ends in .csv (a codebook and a script for R are written beside it), .parquet, .dta or .xlsx.
    table : if not given the first, and for Excel all that are not too large, a sheet each. Of an experiment "table",
        "reference", "series", "effects" (against the base scenario), "metrics" or "metric_effects" (of one's own); of a
        result "runs", "months", "effects",
        "severity_exemption", "panel" or "ratios" (of rare events: the ratio of the sums beside the mean of the monthly
        ratios).
    language : of labels, where the format holds them in one language only.
    adjust : "holm" or "benjamini_hochberg": p values adjusted for all comparisons in the table of effects.

    Raises
    ------
    ExperimentError
        If there is no such result, table, format or adjustment, or the file is there or cannot be written.
    """
    path, place = Path(file), Path(folder)
    check_ending(path)
    if adjust is not None and adjust not in METHODS:
        raise ExperimentError(f'there is no adjustment "{adjust}": give {" or ".join(METHODS)}')
    if adjust is not None and table not in (_EFFECTS, "metric_effects"):
        raise ExperimentError("only the table of effects is adjusted for many comparisons; add --table effects")
    made = _opened(place)
    known = list(_OF_EXPERIMENT if isinstance(made, Experiment) else _OF_RESULT)
    is_complete = made.is_finished if isinstance(made, Experiment) else bool(made.manifest["is_complete"])
    if table is None and path.suffix.lower() == ".xlsx":
        return _exported_to_excel({name: _found_if_any(made, place, name) for name in known}, path, is_complete)
    name = table or known[0]
    if name not in known:
        raise ExperimentError(f'{folder}: has no table "{name}"; there are {", ".join(known)}')
    found = _found(made, place, name)
    if found is None:
        raise ExperimentError(f"{folder}: has no table {name}; {_HOW_TO_GET[name]}")
    if adjust is not None:
        found = _arrow_of(adjusted_for_many(found.to_pandas(), adjust))
    files = write_table_file(found, path, name, language)
    return Exported(int(found.num_rows), name, tuple(files), is_complete)


def _exported_to_excel(tables: Mapping[str, Any], path: Path, is_complete: bool) -> Exported:
    """Write all tables that are there and not too large, the first whatever its size."""
    first, *others = (name for name, found in tables.items() if found is not None and found.num_rows)
    fitting = [name for name in others if tables[name].num_rows * tables[name].num_columns <= _MOST_CELLS]
    chosen = {name: tables[name] for name in (first, *fitting)}
    files = write_workbook(chosen, path)
    rows = sum(int(found.num_rows) for found in chosen.values())
    left_out = tuple(name for name in others if name not in chosen)
    return Exported(rows, ", ".join(chosen), tuple(files), is_complete, left_out)


def _found_if_any(made: Experiment | StoredResult, place: Path, name: str) -> Any:
    """Return a table; None if there is none, or if it cannot be had, such as one's own metrics without any months."""
    try:
        return _found(made, place, name)
    except ExperimentError:
        return None


def _found(made: Experiment | StoredResult, place: Path, name: str) -> Any:
    """Return a table with the names of levels and the mark of invented data; None if there is none."""
    found = _OF_EXPERIMENT[name](made) if isinstance(made, Experiment) else _OF_RESULT[name](made, place)
    if found is None:
        return None
    if isinstance(made, Experiment):
        found = _with_names_of_levels(found, made)
    if _is_invented(made):  # goes wherever the numbers go
        found = found.append_column("invented", pa.array(["yes"] * found.num_rows, pa.string()))
    return found


def _opened(place: Path) -> Experiment | StoredResult:
    """Return what a folder holds; ExperimentError if that is neither an experiment nor a result."""
    try:
        facts = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        by = "sweep, simulate, compare, rerun or the main job"
        raise ExperimentError(
            f"{place}: holds no experiment and no result; give a folder that {by} has written"
        ) from None
    except (OSError, ValueError):
        return open_experiment(place)  # says what is wrong with it
    return open_experiment(place) if facts.get("task") == "sweep" else read_result(place)


def _is_invented(made: Experiment | StoredResult) -> bool:
    if isinstance(made, Experiment):
        return made.specification.base.is_invented
    return any("invented = true" in scenario["toml"] for scenario in made.manifest["scenarios"])


def _with_names_of_levels(table: Any, made: Experiment) -> Any:
    """Return a table with the names of the levels of factors that have some, in place of their numbers."""
    for factor in made.specification.factors:
        place = table.schema.get_field_index(factor.path)
        if factor.levels and place >= 0:
            names = [level_in(factor, value) for value in table.column(place).to_pandas()]
            table = table.set_column(place, factor.path, pa.array(names, pa.string()))
    return table


def _arrow(table: pd.DataFrame | None) -> Any:
    return None if table is None else _arrow_of(table)


def _arrow_of(table: pd.DataFrame) -> Any:
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)


def _panel(_made: StoredResult, place: Path) -> Any:
    path = place / PANEL
    if not path.is_file():
        return None
    with arrow_file(path) as file:
        return parquet.read_table(file)


_OF_EXPERIMENT: Mapping[str, Callable[[Experiment], Any]] = MappingProxyType(
    {
        "table": lambda made: made.arrow_table("table"),
        "reference": lambda made: made.arrow_table("reference"),
        "series": lambda made: made.arrow_table("series"),
        "metrics": lambda made: _arrow(metrics_of(made)),
        "metric_effects": lambda made: _arrow(metric_effects(made)),
        _EFFECTS: lambda made: _arrow(effects(made, made.specification.measures, allow_incomplete=True)),
    }
)
_OF_RESULT: Mapping[str, Callable[[StoredResult, Path], Any]] = MappingProxyType(
    {
        "runs": lambda made, _: _arrow(made.runs),
        "months": lambda made, _: _arrow(made.months),
        _EFFECTS: lambda made, _: _arrow(made.effects),
        "severity_exemption": lambda made, _: _arrow(made.severity_exemption),
        "ratios": lambda made, _: _arrow(ratios_of_sums(made.months)),
        "panel": _panel,
    }
)
_HOW_TO_GET: Mapping[str, str] = MappingProxyType(
    {
        _EFFECTS: "compare two scenarios or more",
        "severity_exemption": "the main job writes it",
        "panel": "simulate with --panel",
    }
)

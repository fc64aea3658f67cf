"""Lists of points: a CSV file whose first line names parameters, with a point in each of the next."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path as FilePath

from analysis.design.factors import bounds_of, known_factors, raise_problems, unknown_factor
from analysis.design.specification import Factor
from model.scenario import ScenarioError
from model.scenario.document import Document
from model.scenario.errors import Problem, error_of, wrong
from model.suggestions import quoted

Points = tuple[tuple[float, ...], ...]

_MOST_CSV_BYTES = 1_000_000_000


def listed_points(written: Document) -> tuple[tuple[Factor, ...], Points]:
    """Return the factors, each with the range of its values, and the points that the CSV file of a list names.

    Raises
    ------
    ScenarioError
        If there is no such file or it does not hold.
    """
    for_a_list = ("factor", "all_parameters", "leave_out")
    sentence = "the first line of the CSV file names the factors; remove it"
    raise_problems(written, [Problem((key,), sentence) for key in for_a_list if key in written.data])
    header, points = _csv_table(written)
    factors = tuple(
        Factor(path, min(column), max(column)) for path, column in zip(header, zip(*points, strict=True), strict=True)
    )
    return factors, points


def _csv_table(written: Document) -> tuple[list[str], Points]:
    path = written.path.parent / os.path.expanduser(written.data["design"]["file"])
    try:
        if path.stat().st_size > _MOST_CSV_BYTES:
            raise ScenarioError(f"{path}: is larger than 1 GB; give a smaller list of points")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _design_error(written, f"there is no file {quoted(str(path))}; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the text is not UTF-8"
        raise _design_error(written, f"{path} cannot be read ({reason})") from None
    rows = [
        (number, row) for number, row in enumerate(csv.reader(io.StringIO(text)), start=1) if any(map(str.strip, row))
    ]
    if len(rows) < 2:
        raise ScenarioError(
            f"{path}: has no points; write the names of parameters in the first line and a point in each next"
        )
    header = [name.strip() for name in rows[0][1]]
    for name in header:
        if name not in known_factors():
            raise ScenarioError(f"{path}, line {rows[0][0]}: {unknown_factor(name)}")
    if len(set(header)) < len(header):
        raise ScenarioError(f"{path}, line {rows[0][0]}: a parameter is named twice; remove one of the two")
    return header, tuple(_point(path, number, row, header) for number, row in rows[1:])


def _point(path: FilePath, number: int, row: Sequence[str], header: Sequence[str]) -> tuple[float, ...]:
    if len(row) != len(header):
        raise ScenarioError(
            f"{path}, line {number}: has {len(row)} values; allowed is {len(header)}, one for each parameter"
        )
    point = []
    for name, written in zip(header, row, strict=True):
        low, high = bounds_of(name)
        try:
            value = float(written)
        except ValueError:
            raise ScenarioError(
                f"{path}, line {number}, {name}: found {quoted(written)}; allowed is a number"
            ) from None
        if not low <= value <= high:
            sentence = wrong(value, f"a number from {low:.12g} to {high:.12g}", "correct it")
            raise ScenarioError(f"{path}, line {number}, {name}: {sentence}")
        point.append(value)
    return tuple(point)


def _design_error(written: Document, sentence: str) -> ScenarioError:
    return error_of(written.label, [Problem(("design", "file"), sentence)], written.lines)

"""Lists of points: a CSV file whose first line names parameters, with a point in each of the next."""

from __future__ import annotations

import os
from collections.abc import Sequence

from analysis.design.factors import (
    CHECKED_TOGETHER,
    bounds_of,
    known_factors,
    raise_problems,
    scenario_at,
    unknown_factor,
)
from analysis.design.reach import reach_of, why_it_does_nothing
from analysis.design.specification import Factor
from analysis.design.spreadsheet import Sheet, numbers_of, place_of, read_sheet
from model.scenario import Scenario, ScenarioError
from model.scenario.document import Document
from model.scenario.errors import Problem, error_of, wrong
from model.suggestions import quoted

Points = tuple[tuple[float, ...], ...]


def listed_points(written: Document, base: Scenario) -> tuple[tuple[Factor, ...], Points]:
    """Return the factors, each with the range of its values, and the points that the CSV file of a list names.

    Raises
    ------
    ScenarioError
        If there is no such file, it does not hold, or the base scenario cannot be simulated at one of the points.
    """
    for_a_list = ("factor", "all_parameters", "leave_out")
    sentence = "the first line of the CSV file names the factors; remove it"
    raise_problems(written, [Problem((key,), sentence) for key in for_a_list if key in written.data])
    sheet = _sheet(written)
    points = numbers_of(sheet)
    check_bounds(sheet, points)
    _check_together(sheet, points, base)
    for column, name in zip(sheet.columns, sheet.names, strict=True):
        reach = reach_of(base, name)
        if reach.is_nothing:
            place = f"{sheet.path}, line {sheet.head.number}, column {column + 1}"
            raise ScenarioError(f"{place}: {name} {why_it_does_nothing(base, name, reach)}")
    columns = zip(sheet.names, zip(*points, strict=True), strict=True)
    return tuple(Factor(path, min(column), max(column)) for path, column in columns), tuple(points)


def _sheet(written: Document) -> Sheet:
    """Return the table of the list, whose names are factors."""
    path = written.path.parent / os.path.expanduser(written.data["design"]["file"])
    try:
        sheet = read_sheet(path)
    except FileNotFoundError:
        raise _design_error(written, f"there is no file {quoted(str(path))}; check the path") from None
    except OSError as error:
        raise _design_error(written, f"{path} cannot be read ({error.strerror})") from None
    seen: set[str] = set()
    for column, name in zip(sheet.columns, sheet.names, strict=True):
        place = f"{path}, line {sheet.head.number}, column {column + 1}"
        if name not in known_factors():
            raise ScenarioError(f"{place}: {unknown_factor(name)}")
        if name in seen:
            raise ScenarioError(f"{place}: {name} is a parameter named twice; remove one of the two")
        seen.add(name)
    return sheet


def check_bounds(sheet: Sheet, points: Sequence[Sequence[float]]) -> None:
    """Raise ScenarioError if a value lies outside the bounds of its parameter."""
    bounds = [bounds_of(name) for name in sheet.names]
    for row, point in zip(sheet.rows, points, strict=True):
        for column, value, (low, high) in zip(sheet.columns, point, bounds, strict=True):
            if not low <= value <= high:
                sentence = wrong(value, f"a number from {low:.12g} to {high:.12g}", "correct it")
                raise ScenarioError(f"{place_of(sheet, row, column)}: {sentence}")


def _check_together(sheet: Sheet, points: Sequence[Sequence[float]], base: Scenario) -> None:
    """Raise ScenarioError if sizes, switches or ages of a point cannot be simulated."""
    places = [place for place, name in enumerate(sheet.names) if name in CHECKED_TOGETHER]
    names, seen = [sheet.names[place] for place in places], set()
    for row, point in zip(sheet.rows, points, strict=True) if places else ():
        values = tuple(point[place] for place in places)
        if values in seen:
            continue
        seen.add(values)
        try:
            scenario_at(base, names, values)
        except ScenarioError as error:
            reason = str(error).removeprefix(f"{base.name}, ").removeprefix(f"{base.name}: ")
            raise ScenarioError(f"{sheet.path}, line {row.number}: cannot be simulated: {reason}") from None


def _design_error(written: Document, sentence: str) -> ScenarioError:
    return error_of(written.label, [Problem(("design", "file"), sentence)], written.lines)

"""The factors of an experiment: which settings it varies, within which ranges, and whether a value can be simulated."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from analysis.design.distributions import KEYS_OF_DISTRIBUTIONS, UNIFORM, distribution_of, distribution_problems
from analysis.design.kinds.kind import DesignKind
from analysis.design.kinds.morris import MORRIS
from analysis.design.levels import factor_with_levels, has_levels
from analysis.design.reach import (
    BASE,
    EVERYWHERE,
    Where,
    placed,
    reach_of,
    why_it_does_nothing,
    why_not_there,
)
from analysis.design.sampling import DESIGN_KINDS
from analysis.design.specification import SCENARIO, Factor, Specification
from model.parameters import about, parameter_paths, replaced, value_at, words_of
from model.scenario import Scenario, ScenarioError, with_settings
from model.scenario.document import Document
from model.scenario.errors import Path, Problem, error_of, unknown, wrong
from model.scenario.first_edition import GONE
from model.scenario.scenario import switches_of
from model.scenario.schema import LARGEST_COUNT, settable_paths

_CHANGES = "changes"
NOWHERE_ELSE: Mapping[str, Where] = MappingProxyType({})
SIZE_FACTORS = ("size.officials", "size.jurisdictions")
_SWITCHES = frozenset(switches_of(()))
# Whether a value of one of these can stand depends on others.
_WORDS = frozenset(path for path in parameter_paths() if words_of(path))
_OF_NETWORKS = frozenset(path for path in parameter_paths() if path.startswith("network."))
CHECKED_TOGETHER = _SWITCHES | _WORDS | _OF_NETWORKS | {"career.ceiling_age", "career.retirement_age", *SIZE_FACTORS}


def known_factors() -> tuple[str, ...]:
    """Return the key paths that an experiment may vary: all numbers, the switches of actions and two sizes."""
    paths = [path for path in parameter_paths() if path in settable_paths("scenario") or path in _SWITCHES]
    return (*paths, *SIZE_FACTORS)


def factor_of_change(number: int, path: str) -> str:
    """Return the key path of a factor that is a setting of a change over time, counted from 0."""
    return f"{_CHANGES}.{number}.{path}"


def parameter_of(factor: str) -> str:
    """Return the key path of the parameter that a factor sets, from the start or by a change over time."""
    return factor.split(".", 2)[2] if factor.startswith(f"{_CHANGES}.") else factor


@functools.cache
def bounds_of(path: str) -> tuple[float, float]:
    """Return the bounds of what may be varied."""
    return (1.0, float(LARGEST_COUNT)) if path in SIZE_FACTORS else about(parameter_of(path)).bounds


def scenario_at(
    base: Scenario, paths: Sequence[str], values: Sequence[float], wheres: Mapping[str, Where] = NOWHERE_ELSE
) -> Scenario:
    """Return the base scenario with other values of some factors; `wheres` says of which they are not for the base.

    A missing value (NaN) of one of these leaves the scenario's own values, which may differ by place and month.

    Raises
    ------
    ScenarioError
        If these values cannot be simulated.
    """
    settings = dict(zip(paths, map(float, values), strict=True))
    later = {path: settings.pop(path) for path in paths if path.startswith(f"{_CHANGES}.")}
    if later:
        base = _with_changes(base, later)
    for path, where in wheres.items():
        value = settings.pop(path)
        base = base if math.isnan(value) else placed(base, path, value, where)
    if CHECKED_TOGETHER.isdisjoint(settings):
        for path, value in settings.items():
            low, high = bounds_of(path)
            if not low <= value <= high:
                raise ScenarioError(f"{path}: {wrong(value, f'a number from {low:.12g} to {high:.12g}', 'correct it')}")
        return replace(base, parameters=replaced(base.parameters, settings))
    whole = {path: _whole(value) if path in SIZE_FACTORS else value for path, value in settings.items()}
    return with_settings(base, whole)


def scenario_of_point(specification: Specification, values: Sequence[float]) -> Scenario:
    """Return the scenario at a point of the design: the base, or that which the factor "scenario" names, varied.

    Raises
    ------
    ScenarioError
        If these values cannot be simulated.
    """
    settings = dict(zip(specification.factor_paths, map(float, values), strict=True))
    number = settings.pop(SCENARIO, None)
    base = specification.base if number is None else specification.scenarios[int(number)]
    return scenario_at(base, list(settings), list(settings.values()), specification.wheres)


def value_of_reference(specification: Specification, factor: Factor) -> float:
    """Return the value of a factor in the base scenario; missing (NaN) if it is none or not the same in all places."""
    if factor.path != SCENARIO:
        return value_in(specification.base, factor.path, factor.where)
    levels = specification.scenarios
    return float(levels.index(specification.base)) if specification.base in levels else math.nan


def _with_changes(base: Scenario, settings: Mapping[str, float]) -> Scenario:
    """Return the base scenario with other values in its changes over time."""
    changes = list(base.changes)
    for factor, value in settings.items():
        low, high = bounds_of(factor)
        if not low <= value <= high:
            raise ScenarioError(f"{factor}: {wrong(value, f'a number from {low:.12g} to {high:.12g}', 'correct it')}")
        number = int(factor.split(".", 2)[1])
        changes[number] = replace(changes[number], settings={**changes[number].settings, parameter_of(factor): value})
    return replace(base, changes=tuple(changes))


def value_in(scenario: Scenario, path: str, where: Where = BASE) -> float:
    """Return the value of a factor in a scenario; missing (NaN) if it is not the same in all jurisdictions meant."""
    if path.startswith(f"{_CHANGES}."):
        return float(scenario.changes[int(path.split(".", 2)[1])].settings[parameter_of(path)])
    if where != BASE and scenario.jurisdictions:
        own = value_at(scenario.parameters, path)
        meant = [j for j in scenario.jurisdictions if where == EVERYWHERE or {j.name.en, j.name.zh} & set(where)]
        values = {j.settings.get(path, own) for j in meant}
        return values.pop() if len(values) == 1 else math.nan
    sizes = {"size.officials": scenario.officials, "size.jurisdictions": scenario.n_jurisdictions}
    return float(sizes[path]) if path in sizes else value_at(scenario.parameters, path)


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value


def factors_in(written: Document, bases: Sequence[Scenario]) -> tuple[Factor, ...]:
    """Return the factors that an experiment file names, with their ranges; ScenarioError if they do not hold.

    `bases` is the base scenario, or in its place all scenarios that are levels of a factor.
    """
    data = written.data
    raise_problems(written, list(_path_problems(data)))
    tables = {table["path"]: (number, table) for number, table in enumerate(data.get("factor", ()))}
    order = list(tables)
    if data.get("all_parameters", False):
        left_out = set(data.get("leave_out", ()))
        sampled = [path for path in parameter_paths() if about(path).plausible and path not in left_out]
        order = [*sampled, *(path for path in tables if path not in sampled)]
    if not order:
        raise error_of(written.label, [Problem(("factor",), _NO_FACTOR)], written.lines)
    found = []
    for path in order:
        number, table = tables.get(path, (None, {}))
        place: Path = ("factor",) if number is None else ("factor", number)
        found.append(_factor(path, place, table, data["design"]))
        found[-1][1].extend(_where_problems(bases, found[-1][0], place))
    raise_problems(written, [problem for _, problems in found for problem in problems])
    factors = tuple(factor for factor, _ in found)
    raise_problems(written, [problem for base in bases for problem in _impossible_values(base, factors)])
    return factors


_NO_FACTOR = 'there is none; write [[factor]], then path = "accountability.severity"; or all_parameters = true'


def _path_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the key paths of factors."""
    seen: set[str] = set()
    for number, table in enumerate(data.get("factor", ())):
        path = table["path"]
        if path not in (*known_factors(), SCENARIO):
            yield Problem(("factor", number, "path"), unknown_factor(path))
        elif path in seen:
            yield Problem(("factor", number, "path"), f"{path} is a factor already; remove one of the two")
        seen.add(path)
    for path in data.get("leave_out", ()):
        if path not in known_factors():
            yield Problem(("leave_out",), unknown_factor(path))
    if "leave_out" in data and not data.get("all_parameters", False):
        yield Problem(("leave_out",), "means nothing without all_parameters = true; write that or remove it")


def unknown_factor(path: str) -> str:
    """Return the sentence on a key path that is no factor's."""
    if path == SCENARIO:
        return "scenario is no number, and only numbers can stand here; name scenarios in a [[factor]] of a grid"
    return GONE.get(path) or unknown("parameter", path, ("the parameters of model/parameters.py",), known_factors())


def _factor(
    path: str, place: Path, table: Mapping[str, Any], design: Mapping[str, Any]
) -> tuple[Factor, list[Problem]]:
    """Return a factor with its range, the plausible one where none is given, and what is wrong with it."""
    given, kind = table.get("values"), DESIGN_KINDS[design["kind"]]
    if has_levels({"path": path, **table}):
        return factor_with_levels(path, place, table, kind)
    is_grid = kind.factors_by == "values"
    problems = list(_misplaced_keys(path, place, table, kind))
    plausible = (None if path in SIZE_FACTORS else about(path).plausible) or (math.nan, math.nan)
    low, high = float(table.get("low", plausible[0])), float(table.get("high", plausible[1]))
    if given:
        low, high = float(min(given)), float(max(given))
    problems += _range_problems(place, path, (low, high), bool(given))
    problems += [Problem((*place, key), reason) for key, reason in distribution_problems(table, low, high)]
    steps = table.get("steps", design.get("steps"))
    if is_grid and not given and steps is None:
        problems.append(Problem((*place, "steps"), "is missing; write for example steps = 11, here or below [design]"))
    where = table.get("where", BASE)
    factor = Factor(path, low, high, where=tuple(where) if isinstance(where, list) else where)
    if problems or not is_grid:
        return factor if problems else replace(factor, distribution=distribution_of(table)), problems
    return replace(factor, values=tuple(map(float, given)) if given else evenly(low, high, steps)), problems


def _where_problems(bases: Sequence[Scenario], factor: Factor, place: Path) -> Iterator[Problem]:
    """Yield why a factor cannot be meant where it is, or does nothing there, in any of the scenarios."""
    for base in bases if factor.path != SCENARIO else ():
        reason = why_not_there(base, factor.path, factor.where)
        if reason:
            yield Problem((*place, "where"), reason)
            return
    reaches = [reach_of(base, factor.path, factor.where) for base in bases]
    if all(reach.is_nothing for reach in reaches):
        yield Problem((*place, "path"), f"{factor.path} {why_it_does_nothing(bases[0], factor.path, reaches[0])}")


def _misplaced_keys(path: str, place: Path, table: Mapping[str, Any], kind: DesignKind) -> Iterator[Problem]:
    for key in ("steps", "values"):
        if key in table and kind.factors_by != "values":
            yield Problem((*place, key), f"means nothing in a design of kind {kind.name}; remove it")
    for key in ("distribution", *KEYS_OF_DISTRIBUTIONS):
        if key in table and kind.factors_by != "ranges":
            yield Problem(
                (*place, key), f"means nothing in a design of kind {kind.name}, which draws nothing; remove it"
            )
        elif key == "distribution" and table.get(key, UNIFORM) != UNIFORM and kind.name == MORRIS.name:
            allowed = "take a design of kind latin_hypercube, sobol or saltelli"
            reason = f"does not fit a design of kind {kind.name}, which walks in even steps; {allowed}"
            yield Problem((*place, key), reason)
    if "values" in table and any(key in table for key in ("low", "high", "steps")):
        yield Problem((*place, "values"), "is given beside low, high or steps; remove one or the other")
    if path in {*SIZE_FACTORS, *_SWITCHES, *_WORDS} and kind.factors_by == "ranges":
        allowed = f"a design of kind {' or '.join(_kinds_of_whole_numbers())}"
        yield Problem((*place, "path"), f"{path} takes whole numbers only, so it needs {allowed}; remove it")


def _kinds_of_whole_numbers() -> list[str]:
    """Return the kinds of designs in which every value of a factor is given, so that it can be a whole number."""
    return [kind.name for kind in DESIGN_KINDS.values() if kind.factors_by != "ranges"]


def evenly(low: float, high: float, steps: int) -> tuple[float, ...]:
    """Return so many evenly spaced values, both ends among them; 0.1 rather than 0.1 and a rounding error."""
    return tuple(float(f"{value:.12g}") for value in np.linspace(low, high, steps))


def _range_problems(place: Path, path: str, ends: tuple[float, float], is_given: bool) -> Iterator[Problem]:
    lowest, highest = bounds_of(path)
    low, high = ends
    if math.isnan(low) or math.isnan(high):
        yield Problem(place, f"{path} has no plausible range of its own; write low = ... and high = ...")
    elif low >= high and not is_given:
        yield Problem((*place, "low"), wrong(low, f"a number below high, {high:g}", "correct low or high"))
    for key, value in zip(("values", "values") if is_given else ("low", "high"), ends, strict=True):
        if value < lowest or value > highest:
            allowed = f"a number from {lowest:.12g} to {highest:.12g}"
            yield Problem((*place, key), wrong(value, allowed, f"correct the range of {path}"))


def _impossible_values(base: Scenario, factors: Sequence[Factor]) -> Iterator[Problem]:
    """Yield the sizes and switches that cannot be simulated, everything else being as in the base scenario.

    Whether an age can stand depends on the other one, which may be a factor too: a point with ages that do not fit is
    told when it is its turn.
    """
    for factor in factors:
        for value in factor.values if factor.path in {*SIZE_FACTORS, *_SWITCHES, *_WORDS} else ():
            try:
                scenario_at(base, [factor.path], [value])
            except ScenarioError as error:
                reason = str(error).removeprefix(f"{base.name}, ").removeprefix(f"{base.name}: ")
                yield Problem(("factor",), f"{factor.path} = {value:g} cannot be simulated: {reason}")


def raise_problems(written: Document, problems: Sequence[Problem]) -> None:
    """Raise ScenarioError if there are problems with what is written in a file."""
    if problems:
        raise error_of(written.label, problems, written.lines)

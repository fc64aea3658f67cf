"""Factors without an order: scenarios, or the words of a setting, in place of numbers. Each has levels, by name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.design.distributions import KEYS_OF_DISTRIBUTIONS
from analysis.design.forms import is_text
from analysis.design.kinds.kind import DesignKind
from analysis.design.kinds.morris import MORRIS
from analysis.design.reach import BASE, Where
from analysis.design.specification import SCENARIO, Factor, Specification
from model.parameters import words_of
from model.scenario.errors import Path, Problem, unknown, wrong

_OF_NUMBERS = ("low", "high", "steps", "distribution", *KEYS_OF_DISTRIBUTIONS)


def has_levels(table: Mapping[str, Any]) -> bool:
    """Tell whether the table of a factor asks for levels: words in place of numbers."""
    return table.get("path") == SCENARIO or any(map(is_text, table.get("values", ())))


def factor_with_levels(
    path: str, place: Path, table: Mapping[str, Any], kind: DesignKind
) -> tuple[Factor, list[Problem]]:
    """Return a factor with its levels, and what is wrong with it; the levels of "scenario" are not looked up here."""
    names = table.get("values", ())
    where: Where = tuple(table["where"]) if isinstance(table.get("where"), list) else table.get("where", BASE)
    problems = list(_problems(path, place, table, kind))
    if problems:
        return Factor(path, 0.0, 0.0, where=where), problems
    words = words_of(path)
    codes = [float(words.index(name) if words else number) for number, name in enumerate(names)]
    # The place of a word among all of its setting is what the model takes.
    levels = words or tuple(names)
    return Factor(path, min(codes), max(codes), tuple(codes), where, levels), []


def _problems(path: str, place: Path, table: Mapping[str, Any], kind: DesignKind) -> Iterator[Problem]:
    names, words = table.get("values", ()), words_of(path)
    if kind.name == MORRIS.name:
        allowed = "take a design of kind grid, latin_hypercube, sobol or saltelli"
        yield Problem((*place, "path"), f"{path} has levels without an order, so no elementary effect; {allowed}")
    if path != SCENARIO and not words:
        yield Problem((*place, "values"), wrong(names, "a list of numbers", f"{path} takes no words"))
        return
    for key in _OF_NUMBERS:
        if key in table:
            yield Problem((*place, key), f"means nothing for {path}, whose values are words; remove it")
    if path == SCENARIO and "where" in table:
        yield Problem((*place, "where"), "means nothing for scenario, which is everywhere; remove it")
    if not all(map(is_text, names)) or len(names) < 2 or len(set(names)) < len(names):
        first, last = (words[0], words[-1]) if words else ("baseline", "crackdown")
        example = f'write values = ["{first}", "{last}"]'
        yield Problem((*place, "values"), wrong(names, "a list of two words or more, each once", example))
        return
    for name in names if words else ():
        if name not in words:
            yield Problem((*place, "values"), unknown("word", name, words))


def level_in(factor: Factor, value: float) -> str | None:
    """Return the name of the level that a value of a factor stands for; None if the factor has no levels."""
    return factor.levels[int(value)] if factor.levels and not math.isnan(value) else None


def factors_with_levels(specification: Specification) -> Sequence[str]:
    """Return the key paths of the factors that have levels."""
    return [factor.path for factor in specification.factors if factor.levels]

"""Which compiled functions the page calls, and how it hands them their arguments.

A function of the kernel takes one address: that of a row of places of eight bytes. Place 0 takes the whole number that
the function returns, if any; the arguments follow, flattened as numba flattens them. A number takes one place. An array
takes two that stay 0, then the number of items, their size in bytes, the address, the shape and the strides in bytes.
So the page lays out a row once and calls as often as it likes. The description of the rows comes from the same types
that numba compiles for.

Another decision rule is other compiled code, and has a kernel of its own: the functions that a run takes, without those
that summarise runs. Its numbers stand in each row where the default has none.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

import numba
import numpy as np
from numba.core import types

from app.kernel.calls import (
    explain_official,
    fill_sizes,
    month_passes,
    new_explanation,
    new_roll,
    roll_call,
    run_begins,
    seat_officials,
)
from app.kernel.summaries import fan_of, interval_of_values, paired_effect_of, window_means_of
from model.arrays import Layout, Moment, Policies, Structure, new_administration, new_key, structure_of
from model.engines.ensemble import whole_run
from model.measures import N_MEASURES
from model.parameters import DECISION_RULES, N_PARAMETERS, Parameters, replaced
from model.policy import fill_policies

PLACES_BEFORE_SHAPE = 5
DEFAULT_RULE = DECISION_RULES[0]
OTHER_RULES = DECISION_RULES[1:]
_NUMBERS = ("int64", "uint64", "float64")
_OF_RUNS_DONE = ("fan_of", "interval_of_values", "paired_effect_of")  # the same whatever the rule was


class Export(NamedTuple):
    """A compiled function, and arguments of the types it is called with in the page."""

    function: Any
    arguments: tuple[Any, ...]


class Argument(NamedTuple):
    """One number or array that a function takes: its name with dots, its type, its dimensions (0 for a number)."""

    name: str
    type: str
    dimensions: int

    @property
    def places(self) -> int:
        """Return how many places it takes."""
        return PLACES_BEFORE_SHAPE + 2 * self.dimensions if self.dimensions else 1


def empty_layout(n: int) -> Layout:
    """Return the memory of a layout of n jurisdictions, all zero."""
    return Layout(np.zeros(n, np.int64), np.zeros(n + 1, np.int64), np.zeros(n, np.int64), np.zeros(n))


def structure_under(rule: str) -> Structure:
    """Return the tags of a decision rule, by its name, and of the default network."""
    return structure_of(replaced(Parameters(), {"decision.rule": float(DECISION_RULES.index(rule))}))


def exports(rule: str = DEFAULT_RULE) -> dict[str, Export]:
    """Return what the kernel of a decision rule exports, by name; the arguments are as small as can be."""
    of_every_rule = _exports(structure_under(rule))
    return {name: export for name, export in of_every_rule.items() if rule == DEFAULT_RULE or name not in _OF_RUNS_DONE}


def _exports(structure: Structure) -> dict[str, Export]:
    layout = empty_layout(1)
    administration = new_administration(layout, structure)
    policies = Policies(np.zeros((1, N_PARAMETERS)), np.zeros((1, 1), np.int64))
    key = new_key(0, 0)
    when = Moment(key, np.uint64(0))
    line, table, cube = np.zeros(1), np.zeros((1, 1)), np.zeros((1, 1, N_MEASURES))
    whole = np.zeros(1, np.int64)
    run = (administration, layout, policies)
    return {
        "fill_sizes": Export(fill_sizes, (1, whole)),
        "seat_officials": Export(seat_officials, (whole, 0, layout)),
        "fill_policies": Export(fill_policies, (table, table, table, table, policies.row_of)),
        "whole_run": Export(whole_run, (*run, key, table, cube)),
        "run_begins": Export(run_begins, (*run, key)),
        "month_passes": Export(month_passes, (*run, when, line)),
        "roll_call": Export(roll_call, (administration, layout, new_roll(layout))),
        "explain_official": Export(explain_official, (*run, when, 0, new_explanation(layout))),
        "fan_of": Export(fan_of, (table, line, line, table)),
        "window_means_of": Export(window_means_of, (table, 1, line)),
        "interval_of_values": Export(interval_of_values, (line, line, line, line)),
        "paired_effect_of": Export(paired_effect_of, (line, line, line, line, line)),
    }


def signature_of(export: Export) -> tuple[Any, ...]:
    """Return the numba types that a function is compiled for."""
    type_of: Callable[[Any], Any] = numba.typeof
    return tuple(type_of(argument) for argument in export.arguments)


def arguments_of(export: Export) -> list[Argument]:
    """Return the arguments of a function in the order of their places."""
    names = inspect.signature(export.function.py_func).parameters
    named = zip(names, signature_of(export), strict=True)
    return [argument for name, type_ in named for argument in _flattened(name, type_)]


def _flattened(name: str, type_: Any) -> Iterator[Argument]:
    if isinstance(type_, types.BaseNamedTuple):
        type_ = cast(Any, type_)
        for field, of_field in zip(type_.fields, type_.types, strict=True):
            yield from _flattened(f"{name}.{field}", of_field)
    elif isinstance(type_, types.Array) and type_.layout == "C":
        yield Argument(name, str(type_.dtype), type_.ndim)
    elif str(type_) in _NUMBERS:
        yield Argument(name, str(type_), 0)
    else:
        raise TypeError(f"{name} is of type {type_}: the page hands over 64-bit numbers and contiguous arrays only")


def returns_number(export: Export) -> bool:
    """Tell whether a compiled function returns a whole number; the others return nothing."""
    returned = str(export.function.overloads[signature_of(export)].signature.return_type)
    if returned in ("int64", "none"):
        return returned == "int64"
    raise TypeError(f"{export.function} returns {returned}: the page takes back a whole number or nothing")

"""What there is to say of a kind of design. Its file says all of it, since no field has a default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.design.forms import Form
from analysis.design.ranges import Points
from analysis.design.specification import Specification
from model.scenario import Text


@dataclass(frozen=True)
class DesignKind:
    """A kind of design: its keys, its size, its points and its words.

    `name` stands at kind in an experiment file, `keys` are the others allowed below [design], `required` those that may
    not be missing. `factors_by` tells how factors are given: by the values that each takes, by a range each, or by the
    points themselves. `fills_space` tells whether the points lie so that a curve over one factor says something.
    `label`, `about` and `limit` are its name, what it is, and what is to be kept in mind, None if that is nothing.
    """

    name: str
    keys: Mapping[str, Form]
    required: tuple[str, ...]
    factors_by: Literal["values", "ranges", "points"]
    fills_space: bool
    number_of_points: Callable[[Specification], int]
    points: Callable[[Specification], Points]
    label: Text
    about: Text
    limit: Text | None

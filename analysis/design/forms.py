"""What may stand at a key of an experiment file: numbers, texts, lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

LARGEST = 2**32 - 1
MOST_POINTS = 5_000_000


class Form(NamedTuple):
    """What is allowed at a key, what to write there, and whether a value is right."""

    allowed: str
    advice: str
    is_right: Callable[[Any], bool]


def is_whole(value: Any) -> bool:
    """Tell whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Tell whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_text(value: Any) -> bool:
    """Tell whether a value is a text that is not empty."""
    return isinstance(value, str) and bool(value.strip())


def whole(low: int, high: int, example: str) -> Form:
    """Return the form of a whole number within bounds."""
    return Form(
        f"a whole number from {low} to {high}",
        f"write for example {example}",
        lambda value: is_whole(value) and low <= value <= high,
    )


def power_of_2(low: int, high: int, example: str) -> Form:
    """Return the form of a power of 2 within bounds."""
    return Form(
        f"a power of 2 from {low} to {high}",
        f"write for example {example}",
        lambda value: is_whole(value) and low <= value <= high and value & (value - 1) == 0,
    )


def positive(example: str) -> Form:
    """Return the form of a number above 0."""
    return Form("a number above 0", f"write for example {example}", lambda value: is_number(value) and value > 0)


def number(example: str) -> Form:
    """Return the form of a number."""
    return Form("a number", f"write for example {example}", is_number)


def text(allowed: str, example: str) -> Form:
    """Return the form of a text."""
    return Form(allowed, f"write for example {example}", is_text)


def truth(key: str) -> Form:
    """Return the form of a truth value."""
    return Form("true or false", f"write {key} = true or {key} = false", lambda value: isinstance(value, bool))


def list_of(what: str, example: str, is_item: Callable[[Any], bool]) -> Form:
    """Return the form of a list that is not empty."""

    def is_right(value: Any) -> bool:
        return isinstance(value, list) and bool(value) and all(is_item(item) for item in value)

    return Form(f"a list of {what}", f"write for example {example}", is_right)


def table(what: str, example: str) -> Form:
    """Return the form of a table."""
    return Form(f"a table with {what}", f"write {example}", lambda value: isinstance(value, dict))


def even(low: int, high: int, example: str) -> Form:
    """Return the form of an even number within bounds."""
    return Form(
        f"an even number from {low} to {high}",
        f"write for example {example}",
        lambda value: is_whole(value) and low <= value <= high and value % 2 == 0,
    )


# The key that several kinds of designs have.
SEED = whole(0, LARGEST, "seed = 1")

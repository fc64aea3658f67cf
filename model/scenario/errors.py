"""The one exception of a user's mistake in a scenario, and the parts of its message.

A message has a line for each problem: the file, the line, the key path; what was found, what is allowed, what to do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from model.suggestions import nearest, printable, quoted, shortened

Path = tuple[str | int, ...]
Lines = Mapping[Path, int]

MOST_PROBLEMS = 10


class ScenarioError(Exception):
    """A mistake in a scenario or a setting. ``str(error)`` is the message for the user."""


class Problem(NamedTuple):
    """One mistake: where it stands in the data, and the sentence on it."""

    path: Path
    sentence: str


def error_of(label: str, problems: Iterable[Problem], lines: Lines, most: int = MOST_PROBLEMS) -> ScenarioError:
    """Return the exception that tells at most so many problems of a file (or of a scenario in memory), one a line."""
    in_order = sorted(problems, key=lambda problem: line_of(problem.path, lines) or math.inf)
    told = list(dict.fromkeys(f"{_place(label, problem.path, lines)}: {problem.sentence}" for problem in in_order))
    left_out = len(told) - most
    if left_out > 0:
        told = [*told[: most - 1], f"{label}: and {left_out + 1} more; correct these first"]
    return ScenarioError("\n".join(told))


def line_of(path: Path, lines: Lines) -> int | None:
    """Return the line of a key, or of the innermost table around it that is known; None if none is."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


def _place(label: str, path: Path, lines: Lines) -> str:
    """Return "file, line 3, table.name", without the line where it is not known."""
    line = line_of(path, lines)
    return ", ".join(part for part in (label, f"line {line}" if line else "", key_path(path)) if part)


def key_path(path: Path) -> str:
    """Return how to write a key path for the user: numbered tables are counted from 1."""
    names = ".".join(printable(str(part)) for part in path if isinstance(part, str))
    if len(path) >= 2 and isinstance(path[1], int) and path[0] in ("change", "jurisdiction"):
        inner = key_path(path[2:])
        return f"[[{path[0]}]] {path[1] + 1}" + (f", {inner}" if inner else "")
    return names


def wrong(found: Any, allowed: str, advice: str) -> str:
    """Return the sentence on a value that cannot stand where it stands."""
    return f"found {described(found)}; allowed is {allowed}; {advice}"


def missing(allowed: str, advice: str) -> str:
    """Return the sentence on something that ought to be there."""
    return f"is missing; allowed is {allowed}; {advice}"


def unknown(what: str, found: str, known: Iterable[str], also: Iterable[str] = ()) -> str:
    """Return the sentence on a word that is not among the known ones: the nearest word, else what is known.

    ``also`` are words to look for the nearest in that would be too many to list.
    """
    names = list(known)
    near = nearest(found, [*names, *also])
    if near:
        return f"there is no {what} {quoted(found)}; did you mean {near}? If not, remove it"
    allowed = f"allowed is {', '.join(names)}" if names else "nothing is allowed here"
    return f"there is no {what} {quoted(found)}; {allowed}; rename or remove it"


def described(value: Any) -> str:
    """Return in few words what was found, in TOML's terms."""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value.strip() else "an empty text"
    if isinstance(value, int | float):
        return _number_found(value)
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return "a date or a time" if type(value).__module__ == "datetime" else f"a {type(value).__name__}"


def _number_found(value: float) -> str:
    if isinstance(value, float):
        return repr(float(value)) if math.isfinite(value) else f"{value}, which is no finite number"
    try:
        return shortened(str(value))
    except ValueError:  # Python does not write out integers of more than 4300 digits
        return "a whole number of thousands of digits"

"""A scenario file as it was written: its tables, and the line on which each key stands."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.scenario.errors import Lines, ScenarioError
from model.scenario.errors import Path as KeyPath
from model.suggestions import quoted

Data = dict[str, Any]

SCHEMA = 2  # the version of scenario files: that of the model's edition

_MOST_BYTES = 10_000_000
_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_PATH = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_PATH})\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_PATH})\s*=")
_MULTILINE_QUOTES = ('"""', "'''")


@dataclass(frozen=True)
class Document:
    """A file that could be read as TOML: its path, the scenario's name, its name in messages, its tables and lines."""

    path: Path
    name: str
    label: str
    data: Data
    lines: Lines


def document(path: str | Path) -> Document:
    """Return a file's tables and lines; ScenarioError if there is no such file or it is no TOML."""
    label = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    path = Path(os.path.expanduser(path))
    text = _text(path, label)
    data = _tables(text, label)
    if not data:
        raise ScenarioError(f'{label}: the file is empty; begin it with schema = {SCHEMA} and extends = "baseline"')
    return Document(path, _named(path.stem), label, data, key_lines(text))


def _named(stem: str) -> str:
    """Return a name that every file and table can hold: bytes that are no UTF-8, as old archives leave them, cannot."""
    return stem.encode(errors="surrogateescape").decode(errors="replace")


def _text(path: Path, label: str) -> str:
    """Return the text of a file; a byte order mark, as Windows' Notepad writes it, is dropped."""
    try:
        if path.is_dir():
            raise ScenarioError(f"{label}: is a folder; give the path of a scenario file in it")
        if path.exists() and not path.is_file():
            raise ScenarioError(f"{label}: is not an ordinary file; give the path of a scenario file")
        if path.stat().st_size > _MOST_BYTES:
            raise ScenarioError(f"{label}: is larger than 10 MB, so it cannot be a scenario; give another file")
        content = path.read_bytes()
    except FileNotFoundError:
        raise ScenarioError(f"{label}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        reason = getattr(error, "strerror", None) or "not a possible path"
        raise ScenarioError(f"{label}: cannot be read ({reason}); check the path and the permissions") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{label}, line {line}: the text is not UTF-8; save the file as UTF-8") from None


def _tables(text: str, label: str) -> Data:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ScenarioError(f"{label}: brackets are nested too deep; a scenario needs three levels at most") from None
    except ValueError as error:
        raise ScenarioError(_not_toml(str(error), text, label)) from None


def _not_toml(reason: str, text: str, label: str) -> str:
    """Return the message on a text that is not TOML, with the line, in the words of Python's TOML parser."""
    at = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$", reason)
    if at is None:
        return f"{label}: a value cannot be read (a number of thousands of digits, or a date that is none); correct it"
    number = int(at[1]) if at[1] else text.count("\n") + 1
    written = text.split("\n")[number - 1].strip()
    where = f"{label}, line {number}: not valid TOML" + (f" in {quoted(written)}" if written else "")
    return f"{where} ({reason[: at.start()]}); correct this line or the one before"


def key_lines(text: str) -> Lines:
    """Return the line of each key path, as far as it can be seen without parsing; numbered tables count from 0.

    Keys inside inline tables are not looked for: the line of the table will do.
    """
    lines: dict[KeyPath, int] = {}
    counts: Counter[KeyPath] = Counter()
    table: KeyPath = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            if header := _HEADER.match(line):
                table = _numbered(_parts(header[2]), counts, is_new_item=header[1] == "[[")
                _note(lines, table, 0, number)
            elif assignment := _ASSIGNMENT.match(line):
                _note(lines, (*table, *_parts(assignment[1])), len(table), number)
        inside = _still_inside(inside, line)
    return lines


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, path))


def _numbered(parts: tuple[str, ...], counts: Counter[KeyPath], is_new_item: bool) -> KeyPath:
    """Return the path of a table header with the numbers of the items of the lists of tables it lies in."""
    path: KeyPath = ()
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        counts[path] += is_new_item and depth == len(parts)
        if counts[path]:
            path = (*path, counts[path] - 1)
    return path


def _note(lines: dict[KeyPath, int], path: KeyPath, begin: int, number: int) -> None:
    """Note the line for a path and for every table that it opens on the way."""
    for end in range(begin + 1, len(path) + 1):
        lines.setdefault(path[:end], number)


def _still_inside(inside: str, line: str) -> str:
    """Return the quotes of the text of several lines in which the next line begins; empty if in none."""
    quotes = (inside,) if inside else _MULTILINE_QUOTES
    for quote in quotes:
        if line.count(quote) % 2 == 1:
            return "" if inside else quote
    return inside

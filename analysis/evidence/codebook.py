"""The codebook: which columns and items coded files have, which values are allowed, and how they are called.

It is data, in `data/codebook/`: a column, a value, an item or a term that is added there needs no code.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from model.catalogue import Language

FOLDER = Path(__file__).parents[2] / "data" / "codebook"
Kind = Literal["text", "choice", "yes_no", "date", "integer"]
YES_NO = ("yes", "no")
ITEM_VALUES = ("0", "1", "2", "3")


@dataclass(frozen=True)
class Column:
    """A column of a coded file: its kind, what it may hold, whether it must be there and be filled, and its texts."""

    name: str
    kind: Kind
    texts: Mapping[Language, str]
    values: Mapping[str, Mapping[Language, str]]
    is_required: bool
    is_filled: bool
    longest: int | None
    low: int
    high: int

    def label(self, value: str, language: Language) -> str:
        """Return what a value is called; the value itself if it has no label."""
        return self.values[value][language] if value in self.values else value

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the values that may stand in the column; none if it is free text, a date or a number."""
        return YES_NO if self.kind == "yes_no" else tuple(self.values)


@dataclass(frozen=True)
class Item:
    """What a policy text may say; `is_recorded` if the model has no lever for it."""

    name: str
    titles: Mapping[Language, str]
    definitions: Mapping[Language, str]
    examples: str
    is_recorded: bool


@functools.cache
def case_columns() -> Mapping[str, Column]:
    """Return the columns of a case file by their names."""
    return {column.name: column for column in map(_column, _read("cases.toml")["column"])}


@functools.cache
def items() -> Mapping[str, Item]:
    """Return the items of a coded text by their names."""
    return {item.name: item for item in map(_item, _read("items.toml")["item"])}


@functools.cache
def groups() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    """Return what the levels and fields of texts are called, by column and value."""
    return _read("groups.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _column(written: Mapping[str, Any]) -> Column:
    return Column(
        name=written["name"],
        kind=written["kind"],
        texts={"en": written["en"], "zh": written["zh"]},
        values=written.get("values", {}),
        is_required=written.get("required", False),
        is_filled=written.get("filled", False),
        longest=written.get("longest"),
        low=written.get("low", 0),
        high=written.get("high", 1_000_000_000),
    )


def _item(written: Mapping[str, Any]) -> Item:
    return Item(
        name=written["name"],
        titles={"en": written["en"], "zh": written["zh"]},
        definitions={"en": written["definition_en"], "zh": written["definition_zh"]},
        examples=written["examples"],
        is_recorded=written.get("recorded", False),
    )

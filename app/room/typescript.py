"""TypeScript's types of the messages, made from the classes that check them: `python -m app.room.typescript`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from app.room import desk_messages, messages
from app.room.messages import LARGEST_MESSAGE, VERSION, Message

FILE = Path(__file__).parents[1] / "generated" / "room_messages.ts"
_OF_DESK = ("Desk", "WallState", "WallWorld", "Band", "Address", "StepOf", "DebriefOf")
_HEAD = """// Made from app/room/messages.py and app/room/desk_messages.py; not to be edited.
// Made anew by `python -m app.room.typescript`.
"""
_PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", NoneType: "null", Any: "unknown"}
_NAMED = {
    name: value
    for module in (messages, desk_messages)
    for name, value in vars(module).items()
    if get_origin(value) is Literal
}


def type_of(annotation: Any, *, is_field: bool = True) -> str:
    """Return an annotation as TypeScript says it."""
    if is_field:
        for name, literal in _NAMED.items():
            if annotation == literal:
                return name
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Message):
        return annotation.__name__
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_of(inner[0])
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in inner)
    if origin in (Union, UnionType):
        return " | ".join(type_of(one) for one in inner)
    if origin is list:
        one = type_of(inner[0])
        return f"({one})[]" if "|" in one else f"{one}[]"
    if origin is tuple:
        return f"[{', '.join(type_of(one) for one in inner)}]"
    if origin is dict:
        return f"Record<{type_of(inner[0])}, {type_of(inner[1])}>"
    raise TypeError(f"TypeScript has no word for {annotation}")


def _interface(kind: type[Message], is_of_desk: bool) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    yield f"/** {(kind.__doc__ or '').splitlines()[0]} */"
    yield f"export interface {kind.__name__} {{"
    for name, field in kind.model_fields.items():
        written = type_of(hints[name])
        # To phones what is missing is left out; to the desk and the wall it is null.
        is_missing = "null" in written.split(" | ") and not is_of_desk
        is_optional = is_missing or (not field.is_required() and name != "t" and not is_of_desk)
        yield f"  {name}{'?' if is_optional else ''}: {written};"
    yield "}"
    yield ""


def types_in_typescript() -> str:
    """Return the file of the types."""
    lines = [_HEAD, f"export const VERSION = {VERSION};", f"export const LARGEST_MESSAGE = {LARGEST_MESSAGE};", ""]
    for name, literal in _NAMED.items():
        lines += [f"export type {name} = {type_of(literal, is_field=False)};", ""]
    for module in (messages, desk_messages):
        for value in vars(module).values():
            is_message = isinstance(value, type) and issubclass(value, Message) and value is not Message
            if is_message and value.__module__ == module.__name__:
                is_of_desk = value.__name__ in _OF_DESK
                lines += _interface(value, is_of_desk)
    unions = (("PhoneMessage", messages.PhoneMessage), ("ToPhone", messages.ToPhone), ("ToDesk", desk_messages.ToDesk))
    for name, union in unions:
        lines += [f"export type {name} = {' | '.join(kind.__name__ for kind in get_args(union))};", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(types_in_typescript(), encoding="utf-8")

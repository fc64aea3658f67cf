"""The hash of the code that decides the numbers of a scenario, kept with every result.

It is made from what Python makes of the code, so comments, docstrings, blank lines and the names of files do not count:
whoever words an explanation better has not made another model. It is the same under every version of Python.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from model.litter import files_of

_MODEL_FOLDER = Path(__file__).parent
# What an installed wheel puts before the names of the packages; the code is the same.
_NAME_WHERE_INSTALLED = "officials_under_accountability."
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@functools.cache
def model_hash() -> str:
    """Return the SHA-256 of the code of ``model/``, which decides the numbers of a scenario; words do not."""
    return code_hash(files_of(_MODEL_FOLDER, "*.py"))


def code_hash(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the code in files of Python, in whatever order and under whatever names they come."""
    codes = (hash_of_source(path.read_text(encoding="utf-8")) for path in paths)
    return hashlib.sha256("".join(sorted(codes)).encode()).hexdigest()


def hash_of_source(source: str) -> str:
    """Return the SHA-256 of the code in a text of Python, without its comments and docstrings."""
    return hashlib.sha256(" ".join(_written(ast.parse(source))).encode()).hexdigest()


def _written(value: object) -> Iterator[str]:
    """Yield a syntax tree in words. What is empty is left out, since later versions of Python know more fields."""
    if isinstance(value, ast.AST):
        yield f"({type(value).__name__}"
        for name in value._fields:
            field = getattr(value, name, None)
            if name == "module" and isinstance(field, str):
                field = field.removeprefix(_NAME_WHERE_INSTALLED)
            if name == "body" and isinstance(value, _WITH_DOCSTRING) and ast.get_docstring(value) is not None:
                field = value.body[1:]
            if field is not None and field != []:
                yield name
                yield from _written(field)
        yield ")"
    elif isinstance(value, list):
        yield "["
        for item in value:
            yield from _written(item)
        yield "]"
    else:
        yield repr(value)

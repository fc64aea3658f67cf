"""What is compiled uses only arithmetic that gives the same bits everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[3] / "model"
# numerics.py is where the portable functions are made; it is tested against exact values.
FILES = sorted(path for path in MODEL.rglob("*.py") if path.name not in {"numerics.py", "compiled.py"})
# What may be asked for: exact operations, constants, and whole numbers of a fixed size.
EXACT = {"math": {"isnan", "isinf", "floor", "sqrt", "inf", "nan"}, "np": {"float64", "int8", "int64", "uint64"}}


def compiled_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            decorators = {decorator.id for decorator in node.decorator_list if isinstance(decorator, ast.Name)}
            if decorators & {"compiled", "inlined"}:
                yield node


def test_that_compiled_functions_are_found() -> None:
    found = {function.name for path in FILES for function in compiled_functions(path)}
    assert {"decision_of", "whole_run", "choice_of", "person", "philox", "measures_of", "apply_changes"} <= found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_compiled_code_takes_no_powers_and_no_functions_of_the_machines_library(path: Path) -> None:
    for node in (inside for function in compiled_functions(path) for inside in ast.walk(function)):
        assert not isinstance(node, ast.Pow), f"{path.name} takes a power"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in EXACT:
            asked = f"{node.value.id}.{node.attr}"
            assert node.attr in EXACT[node.value.id], f"{path.name} uses {asked}; numerics.py has portable functions"

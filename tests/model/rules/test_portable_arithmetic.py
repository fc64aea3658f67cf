"""What is compiled uses only arithmetic that gives the same bits everywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[3] / "model"
FILES = sorted(
    [*MODEL.glob("rules/*.py"), *(MODEL / f"{name}.py" for name in ("month", "population", "draws", "ensemble"))]
)
# What math may be asked for: exact operations and constants.
EXACT = {"isnan", "floor", "sqrt", "inf", "nan"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_rules_take_no_powers_and_no_functions_of_the_machines_library(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.Pow), f"{path.name} takes a power"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
            assert node.attr in EXACT, f"{path.name} uses math.{node.attr}; numerics.py has portable functions"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np":
            assert node.attr in {"float64", "int64", "uint64"}, f"{path.name} uses np.{node.attr} in compiled code"

"""A name means one thing: no two classes are called the same."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("model", "analysis", "app", "benchmarks")


def places_of_classes() -> dict[str, list[str]]:
    """Return where each class is defined, by its name."""
    places = defaultdict(list)
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    return places


def test_that_no_two_classes_have_the_same_name() -> None:
    places = places_of_classes()
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}

"""The one import name of this program, whatever else is called model, analysis or app where it is used.

In a clone the packages lie side by side and are called ``model``, ``analysis``, ``app`` and ``benchmarks``. A script
that has a ``model.py`` of its own beside it, as many Mesa models do, cannot import them so; it writes
``from officials_under_accountability.model.simulate import simulate``. Here the same files are loaded under that name,
with their imports of each other renamed. An installed wheel has them renamed on disk, and this file as its package's
``__init__.py``: nothing is left to do there.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

NAME = "officials_under_accountability"
PACKAGES = ("model", "analysis", "app", "benchmarks", "run")
_CLONE = Path(__file__).parent


def renamed(source: str, file: str = "<text>") -> str:
    """Return a module's source that imports the packages under the one name; every line stays on its line."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source, file)):
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").partition(".")[0] in PACKAGES:
            line = lines[node.lineno - 1]
            lines[node.lineno - 1] = line.replace(f"from {node.module} ", f"from {NAME}.{node.module} ", 1)
    return "".join(lines)


class _Loader(SourceFileLoader):
    """Loads a file of the clone under its other name; what Python keeps compiled beside it is of the first name."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of a module."""
        path = self.get_filename(fullname)
        return compile(renamed(self.get_data(path).decode(), path), path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    """Finds the packages of a clone under the one name."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        """Return where a module of the clone is; None if it is none of ours."""
        top, _, inside = fullname.partition(".")
        if top != NAME or inside.partition(".")[0] not in PACKAGES:
            return None
        place = _CLONE.joinpath(*inside.split("."))
        if (place / "__init__.py").is_file():
            return _spec(fullname, place / "__init__.py", [str(place)])
        return _spec(fullname, place.with_suffix(".py"), None) if place.with_suffix(".py").is_file() else None


def _spec(fullname: str, file: Path, places: list[str] | None) -> ModuleSpec | None:
    loader = _Loader(fullname, str(file))
    return spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=places)


if Path(__file__).name != "__init__.py":
    __path__: list[str] = []
    sys.meta_path.insert(0, _Finder())

if __name__ == "__main__":
    import_module(f"{NAME}.run").main()

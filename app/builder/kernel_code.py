"""The intermediate code (LLVM) of the kernels' functions, compiled for no processor in particular and not optimised.

``python -m app.builder.kernel_code FOLDER`` writes a folder for each decision rule and in it a file for each function.
It runs as a process of its own, because numba reads what it compiles for from the environment when it is imported;
`written` starts it with the right one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app.kernel.exports import exports, returns_number, signature_of
from model.parameters import DECISION_RULES

ROOT = Path(__file__).parents[2]

# Optimisation is left to the passes for the browser: code already made for this processor would not suit it.
ENVIRONMENT = {
    "NUMBA_OPT": "0",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
}


# By the name of a function: its symbol, and whether it returns a number.
Functions = dict[str, dict[str, str | bool]]


def write_code(folder: Path) -> None:
    """Write `<rule>/<name>.ll` for every exported function; what `written` returns as `functions.json`."""
    functions = {}
    for rule in DECISION_RULES:
        (folder / rule).mkdir()
        functions[rule] = _write_code(folder / rule, rule)
    (folder / "functions.json").write_text(json.dumps(functions), encoding="utf-8")


def _write_code(folder: Path, rule: str) -> Functions:
    functions: Functions = {}
    for name, export in exports(rule).items():
        signature = signature_of(export)
        export.function.compile(signature)
        compiled = export.function.overloads[signature]
        (folder / f"{name}.ll").write_text(export.function.inspect_llvm(signature), encoding="utf-8")
        symbol = compiled.fndesc.llvm_func_name
        functions[name] = {"symbol": symbol, "returns": returns_number(export)}
    return functions


def written(folder: Path) -> dict[str, Functions]:
    """Write the code of every function into the folder, in a process of its own; return the functions by rule.

    Raises
    ------
    RuntimeError
        If it did not compile, with what the compiler said.
    """
    with tempfile.TemporaryDirectory() as cache:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        command = [sys.executable, "-m", "app.builder.kernel_code", str(folder)]
        made = subprocess.run(
            command,
            cwd=ROOT,
            env=environment | ENVIRONMENT | {"XDG_CACHE_HOME": cache},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if made.returncode != 0:
        raise RuntimeError(f"the kernels' functions did not compile:\n{made.stderr}")
    functions: dict[str, Functions] = json.loads((folder / "functions.json").read_text(encoding="utf-8"))
    return functions


if __name__ == "__main__":
    write_code(Path(sys.argv[1]))

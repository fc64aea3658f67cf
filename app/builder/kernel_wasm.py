"""The kernels for the browser: the compiled rules as WebAssembly, one for each decision rule, and how to call them.

The very functions that Python runs are taken as numba's intermediate code (LLVM), compiled for WebAssembly with its
vector instructions through llvmlite, and linked. The result imports nothing: it has its own memory, and no way out of
it. Fused multiply-add and relaxed vector instructions stay off, so that Python and every browser give the same bits.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from llvmlite import binding

from app.builder.kernel_code import ROOT, Functions, written
from app.builder.wasm import check_wasm
from app.kernel.calls import new_explanation, new_roll
from app.kernel.exports import (
    DEFAULT_RULE,
    OTHER_RULES,
    PLACES_BEFORE_SHAPE,
    Argument,
    arguments_of,
    empty_layout,
    exports,
    structure_under,
)
from app.kernel.names import NAME_LISTS
from model.arrays import new_administration
from model.code_hash import code_hash

GENERATED = Path(__file__).parents[1] / "generated"
KERNEL, KERNEL_LAYOUT = "kernel.wasm", "kernel_layout.json"
KERNELS = {DEFAULT_RULE: KERNEL, **{rule: f"kernel_{rule}.wasm" for rule in OTHER_RULES}}
HOW_TO_INSTALL = "pip install -c constraints.txt -e '.[page]'"

TRIPLE = "wasm32-unknown-unknown"
# What every current browser can do. Never relaxed-simd: its results differ from machine to machine.
FEATURES = ("simd128", "bulk-memory", "bulk-memory-opt", "mutable-globals", "nontrapping-fptoint", "sign-ext")
STACK_BYTES = 65536

# numba counts references to arrays that Python made; the page's arrays are plain memory, which nobody counts. Square
# root and floor are instructions.
_OVERRIDES = """
declare double @llvm.sqrt.f64(double)
declare double @llvm.floor.f64(double)
define void @NRT_incref(ptr %array) alwaysinline { ret void }
define void @NRT_decref(ptr %array) alwaysinline { ret void }
define double @sqrt(double %x) alwaysinline { %r = call double @llvm.sqrt.f64(double %x) ret double %r }
define double @floor(double %x) alwaysinline { %r = call double @llvm.floor.f64(double %x) ret double %r }
"""


def build_kernels(folder: Path = GENERATED) -> dict[str, int]:
    """Write the kernels and kernel_layout.json into the folder; return the sizes of the kernels in bytes, by file.

    Raises
    ------
    RuntimeError
        If the linker is missing (install the package `ziglang`), or if a kernel would import anything.
    """
    kernels = kernels_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    for rule, kernel in kernels.items():
        (folder / KERNELS[rule]).write_bytes(kernel)
    text = json.dumps(kernel_layout(kernels), ensure_ascii=False, indent=1)
    (folder / KERNEL_LAYOUT).write_text(text + "\n", encoding="utf-8")
    return {KERNELS[rule]: len(kernel) for rule, kernel in kernels.items()}


def kernels_bytes() -> dict[str, bytes]:
    """Return the kernel of every decision rule as WebAssembly."""
    linker_version()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        return {rule: _kernel(folder / rule, functions) for rule, functions in written(folder).items()}


def _kernel(folder: Path, functions: Functions) -> bytes:
    codes = [(folder / f"{name}.ll").read_text(encoding="utf-8") for name in functions]
    (folder / "kernel.o").write_bytes(object_code(codes, functions))
    return _linked(folder, list(functions))


def object_code(codes: list[str], functions: Functions) -> bytes:
    """Return the machine code of all functions for the browser, from their intermediate code."""
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    machine = binding.Target.from_triple(TRIPLE).create_target_machine(
        features=",".join(f"+{feature}" for feature in FEATURES), opt=3, reloc="static", codemodel="default"
    )
    module = _for_browser("", machine)
    for code in codes:
        module.link_in(_for_browser(code, machine))
    calls = [
        _call(name, module.get_function(str(about["symbol"])), bool(about["returns"]))
        for name, about in functions.items()
    ]
    module.link_in(_for_browser(_OVERRIDES + "".join(calls), machine))
    _keep_only(module, set(functions))
    module.verify()
    options = binding.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = True
    passes = binding.create_pass_builder(machine, options)
    passes.getModulePassManager().run(module, passes)
    code_of_object: bytes = machine.emit_object(module)
    return code_of_object


def _for_browser(code: str, machine: Any) -> Any:
    """Return intermediate code as a module for the browser."""
    module = binding.parse_assembly(code)
    module.triple = TRIPLE
    module.data_layout = str(machine.target_data)
    return module


def _call(name: str, function: Any, returns: bool) -> str:
    """Return the code of an exported function: read the arguments from the row of places and call the compiled one."""
    types = [str(argument.type) for argument in function.arguments]
    lines, passed = [], ["ptr %returned", "ptr %error"]
    for place, type_ in enumerate(types[2:], start=1):
        lines.append(f"%place{place} = getelementptr i64, ptr %row, i32 {place}")
        if type_ == "ptr":
            lines.append(f"%address{place} = load i64, ptr %place{place}")
            lines.append(f"%argument{place} = inttoptr i64 %address{place} to ptr")
        else:
            lines.append(f"%argument{place} = load {type_}, ptr %place{place}")
        passed.append(f"{type_} %argument{place}")
    lines.append(f"%status = call i32 @{function.name}({', '.join(passed)})")
    if returns:
        lines += ["%number = load i64, ptr %returned", "store i64 %number, ptr %row"]
    body = "\n".join(["%returned = alloca i64", "%error = alloca ptr", *lines, "ret void"])
    declared = f"declare i32 @{function.name}({', '.join(types)})"
    return f"{declared}\ndefine void @{name}(ptr %row) {{\n{body}\n}}\n"


def _keep_only(module: Any, names: set[str]) -> None:
    """Make everything but the exported functions internal, so that what nobody calls is dropped: Python's wrappers."""
    for value in [*module.functions, *module.global_variables]:
        if value.name not in names and not value.is_declaration:
            value.linkage = "internal"


def _linked(folder: Path, names: list[str]) -> bytes:
    """Return kernel.o in the folder linked to a module that imports nothing."""
    options = ["--no-entry", "--strip-all", "--gc-sections", "-O2", "--stack-first", "-z", f"stack-size={STACK_BYTES}"]
    exported = [f"--export={name}" for name in [*names, "__heap_base"]]
    files = ["-o", str(folder / KERNEL), str(folder / "kernel.o")]
    command = [sys.executable, "-m", "ziglang", "wasm-ld", *options, *exported, *files]
    linked = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if linked.returncode != 0:
        raise RuntimeError(f"the kernel could not be linked:\n{linked.stderr}")
    kernel = (folder / KERNEL).read_bytes()
    check_wasm(kernel, {*names, "memory", "__heap_base"})
    return kernel


def linker_version() -> str:
    """Return the version of the package that brings the linker; RuntimeError if it is not installed."""
    try:
        return version("ziglang")
    except PackageNotFoundError:
        raise RuntimeError(f"the linker is missing (package ziglang): {HOW_TO_INSTALL}") from None


def kernel_layout(kernels: dict[str, bytes]) -> dict[str, Any]:
    """Return how to call the kernels: each function's arguments, the shapes of what is handed over again and again."""
    return {
        "kernel_sha256": {rule: hashlib.sha256(kernel).hexdigest() for rule, kernel in kernels.items()},
        "source_sha256": source_hash(),
        "layout_hash": layout_hash(),
        "made_with": made_with(),
        **_layout(),
    }


def layout_hash() -> str:
    """Return the hash of the layout: of all names in the order of their places, the functions and the shapes.

    It stands beside the kernel and in what the page knows of the model; the page shows no numbers where they differ.
    """
    names = {constant: list(names) for constant, (_, names) in NAME_LISTS.items()}
    told = json.dumps([names, _layout()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def check_kernels(folder: Path = GENERATED) -> None:
    """Raise RuntimeError, with what to do, unless the kernels in a folder are called as the code is called now."""
    advice = "build it and the page anew: python run.py build-page"
    try:
        known = json.loads((folder / KERNEL_LAYOUT).read_text(encoding="utf-8"))
        found = {rule: hashlib.sha256((folder / file).read_bytes()).hexdigest() for rule, file in KERNELS.items()}
    except (OSError, ValueError) as error:
        raise RuntimeError(f"{folder}: the kernel cannot be read ({error}); {advice}") from None
    for rule, file in KERNELS.items():
        if known.get("kernel_sha256", {}).get(rule) != found[rule]:
            raise RuntimeError(f"{folder / file}: is not the kernel that {KERNEL_LAYOUT} describes; {advice}")
    if known.get("layout_hash") != layout_hash():
        raise RuntimeError(f"{folder / KERNEL}: was built for another layout of the model's arrays; {advice}")


def is_current(folder: Path = GENERATED) -> bool:
    """Tell whether the kernels in a folder were built from the code as it is, with the tools that are installed."""
    try:
        check_kernels(folder)
        known = json.loads((folder / KERNEL_LAYOUT).read_text(encoding="utf-8"))
        return bool(known.get("source_sha256") == source_hash() and known.get("made_with") == made_with())
    except RuntimeError:
        return False


def _layout() -> dict[str, Any]:
    return {
        "places_before_shape": PLACES_BEFORE_SHAPE,
        "functions": _functions_of(DEFAULT_RULE),
        "shapes": _shapes(DEFAULT_RULE),
        "other_rules": _other_rules(),
    }


def _functions_of(rule: str) -> dict[str, list[str]]:
    return {name: [_described(argument) for argument in arguments_of(export)] for name, export in exports(rule).items()}


def _other_rules() -> dict[str, Any]:
    """Return what is other in the kernels of other rules than the default, in a few lines.

    They have some of the functions; the numbers of the rule stand where the default has none; and there is more in the
    memories of some.
    """
    names = list(exports(OTHER_RULES[0]))
    functions, shapes = _functions_of(DEFAULT_RULE), _shapes(DEFAULT_RULE)
    numbers = [line for line in _functions_of(OTHER_RULES[0])["run_begins"] if line.startswith(_RULE_NUMBERS)]
    expected = {name: _with_numbers(functions[name], numbers) for name in names}
    memories = {}
    for rule in OTHER_RULES:
        if _functions_of(rule) != expected:
            raise ValueError(f"the kernel of the rule {rule} is called in another way than the kernels of other rules")
        of_rule = _shapes(rule)
        memories[rule] = next(field["shape"] for field in of_rule["administration"] if field["name"] == "memories")
        for field in of_rule["administration"]:
            field["shape"] = [0, 0] if field["name"] == "memories" else field["shape"]
        if of_rule != shapes:
            raise ValueError(f"the rule {rule} has arrays, beside its memories, that the default has in another shape")
    return {"functions": names, "numbers": numbers, "memories": memories}


_DEFAULT_RULE, _RULE_NUMBERS = "administration.structure.rule.nothing ", "administration.structure.rule.numbers."


def _with_numbers(arguments: list[str], numbers: list[str]) -> list[str]:
    """Return the arguments of a function with the numbers of a rule in the place where the default has none."""
    return [part for line in arguments for part in (numbers if line.startswith(_DEFAULT_RULE) else [line])]


def source_hash() -> str:
    """Return the hash of the code that the kernel is made from: ``model/`` and the kernel's own files."""
    own = [ROOT / "app" / "builder" / f"{name}.py" for name in ("kernel_code", "kernel_wasm")]
    return code_hash([*(ROOT / "model").rglob("*.py"), *(ROOT / "app" / "kernel").glob("*.py"), *own])


def made_with() -> dict[str, str]:
    """Return the versions that decide the bytes of the kernel."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python, "numba": numba.__version__, "llvmlite": llvmlite.__version__, "ziglang": linker_version()}


def _described(argument: Argument) -> str:
    """Return an argument in one line: its name, its type and, of an array, the number of dimensions."""
    return f"{argument.name} {argument.type} {argument.dimensions}"


def _shapes(rule: str) -> dict[str, list[dict[str, Any]]]:
    """Return the arrays of what is handed over as a whole; a dimension is a number or what it counts."""
    # Numbers that no dimension has by itself, so that each can be told by its size.
    jurisdictions, blocks, officials = 10007, 20011, 40009
    layout = empty_layout(jurisdictions)
    layout.first_block[-1] = blocks
    layout.sizes[0] = officials
    counted = {
        jurisdictions: "jurisdictions",
        jurisdictions + 1: "jurisdictions + 1",
        blocks: "blocks",
        officials: "officials",
    }
    wholes: dict[str, Any] = {
        "layout": layout,
        "administration": new_administration(layout, structure_under(rule)),
        "roll": new_roll(layout),
        "explanation": new_explanation(layout),
    }
    return {
        name: [
            {"name": field, "type": array.dtype.name, "shape": [counted.get(size, size) for size in array.shape]}
            for field, array in zip(whole._fields, whole, strict=True)
            if isinstance(array, np.ndarray)
        ]
        for name, whole in wholes.items()
    }


if __name__ == "__main__":
    for file, size in build_kernels().items():
        print(f"{file}: {size:,} bytes")

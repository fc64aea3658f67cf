"""The one place with compile options; where compiled code is kept is told in code_cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

import numba
from llvmlite import binding, ir
from numba import extending
from numba.core import cgutils, config, types
from numba.np.arrayobj import populate_array

from model.code_cache import CodeCache

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")

CODE_CACHE = CodeCache()
setattr(config, "CACHE_DIR", str(CODE_CACHE.folder))  # noqa: B010 - numba makes its settings at run time


def _numbers_at_once() -> int:
    """Return how many numbers a processor works on at once, and let numba use them all.

    LLVM takes half of what processors with AVX-512 have, since the first of them slowed down otherwise. Those that have
    VBMI2 no longer do. Whoever sets numba's variables for processor or features has their way, as the browser's kernel.
    """
    if getattr(config, "CPU_NAME") is not None or getattr(config, "CPU_FEATURES") is not None:  # noqa: B009
        return 4
    features = binding.get_host_cpu_features()
    if not features.get("avx512vbmi2"):
        return 4
    setattr(config, "CPU_NAME", binding.get_host_cpu_name())  # noqa: B010
    setattr(config, "CPU_FEATURES", f"{features.flatten()},-prefer-256-bit")  # noqa: B010
    return 8


NUMBERS_AT_ONCE = _numbers_at_once()

# Compiled code allocates nothing, so nobody need count who still uses an array: hence `_nrt`.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": False, "_nrt": False}


def _compiler(forceinline: bool) -> Any:
    compiler: Any = numba.njit(**_OPTIONS, cache=True, forceinline=forceinline)
    return CODE_CACHE.cautious(compiler, numba.njit(**_OPTIONS, cache=False, forceinline=forceinline))


def compiled(function: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
    """Return the function compiled: no Python objects inside, the lock released, the arithmetic as IEEE 754 says.

    ``fastmath`` stays off and nothing may be contracted or reordered: every engine has to give the same bits. The error
    model is NumPy's, because compiled code does not raise: what can go wrong is refused when a scenario is read.
    """
    result: Callable[Arguments, Returned] = _compiler(forceinline=False)(function)
    return result


def inlined(function: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
    """Return the function compiled, and copied into every compiled function that calls it.

    For the small functions that every official goes through every month: only where they are copied in can the
    compiler work on several officials at once. Elsewhere `compiled` gives the same bits and compiles faster.
    """
    result: Callable[Arguments, Returned] = _compiler(forceinline=True)(function)
    return result


def chosen_by_tag(
    implementations: Mapping[type, Callable[..., Any]],
) -> Callable[[Callable[Arguments, Returned]], Callable[Arguments, Returned]]:
    """Return a decorator: compiled code that calls the function calls the one that fits its first argument instead.

    The first argument is a tag, a named tuple whose class stands for a kind; `implementations` holds a function for
    each class, with the arguments of the one decorated. The choice is made when the caller is compiled, so that who
    never asks for another kind neither runs nor waits for any code of it. (A function handed over as a value would be
    compiled anew in every process: numba's cache does not know it again.)
    """

    def decorate(function: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
        options: Any = {**_OPTIONS, "forceinline": True}

        @extending.overload(function, jit_options=options, strict=False)
        def implementation(tag: Any, *others: Any) -> Any:
            return getattr(implementations[tag.instance_class], "py_func", implementations[tag.instance_class])

        return function

    return decorate


def intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of compiled code whose machine instructions are written out by hand."""
    result: Callable[..., Any] = extending.intrinsic(function)
    return result


@intrinsic
def fields_of(typing_context: Any, row: Any, n: Any) -> Any:
    """Return the first n numbers of a row as a tuple; n is a constant. (Numba's own way takes n * n steps.)"""
    if not isinstance(n, types.IntegerLiteral):
        return None
    length = n.literal_value
    returned: Any = types.UniTuple(row.dtype, length)  # type: ignore[no-untyped-call]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(row)(context, builder, value=arguments[0])
        places = (builder.gep(array.data, [context.get_constant(types.intp, place)]) for place in range(length))
        values = [context.unpack_value(builder, row.dtype, place) for place in places]
        return context.make_tuple(builder, returned, values)

    return returned(row, n), generate


@intrinsic
def sum_of_tuples(typing_context: Any, rows: Any) -> Any:
    """Return the sums, place by place, of tuples of numbers of one length, added up in their order."""
    row = rows[0]
    returned: Any = types.UniTuple(row.dtype, len(row))  # type: ignore[no-untyped-call]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        sums = [builder.extract_value(arguments[0], [0, place]) for place in range(len(row))]
        for number in range(1, len(rows)):
            for place in range(len(row)):
                term = builder.extract_value(arguments[0], [number, place])
                sums[place] = builder.fadd(sums[place], term)
        return context.make_tuple(builder, returned, sums)

    return returned(rows), generate


@intrinsic
def scaled_tuples(typing_context: Any, rows: Any, factor: Any) -> Any:
    """Return tuples of numbers with every number multiplied by a factor."""
    n_rows, n_places = len(rows), len(rows[0])

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        scaled, factor = arguments
        for number in range(n_rows):
            for place in range(n_places):
                product = builder.fmul(builder.extract_value(scaled, [number, place]), factor)
                scaled = builder.insert_value(scaled, product, [number, place])
        return scaled

    return rows(rows, types.float64), generate


@intrinsic
def with_place(typing_context: Any, values: Any, place: Any, value: Any) -> Any:
    """Return a tuple with another value in one of its places, which is a constant."""
    if not isinstance(place, types.IntegerLiteral):
        return None
    number = place.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.insert_value(arguments[0], arguments[2], [number])

    return values(values, place, values[number]), generate


@intrinsic
def column_of(typing_context: Any, row: Any, place: Any, step: Any, n: Any) -> Any:
    """Return n numbers of a row as a tuple, from a place on, every step-th; step and n are constants."""
    if not (isinstance(step, types.IntegerLiteral) and isinstance(n, types.IntegerLiteral)):
        return None
    length, stride = n.literal_value, step.literal_value
    returned: Any = types.UniTuple(row.dtype, length)  # type: ignore[no-untyped-call]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(row)(context, builder, value=arguments[0])
        begin = builder.gep(array.data, [arguments[1]])
        places = (builder.gep(begin, [context.get_constant(types.intp, number * stride)]) for number in range(length))
        values = [context.unpack_value(builder, row.dtype, place) for place in places]
        return context.make_tuple(builder, returned, values)

    return returned(row, place, step, n), generate


@intrinsic
def put_column(typing_context: Any, row: Any, place: Any, step: Any, values: Any) -> Any:
    """Store a tuple of numbers in a row, from a place on, every step-th; step is a constant."""
    if not isinstance(step, types.IntegerLiteral):
        return None
    stride = step.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(row)(context, builder, value=arguments[0])
        begin = builder.gep(array.data, [arguments[1]])
        for number in range(len(values)):
            value = builder.extract_value(arguments[3], [number])
            place_of_value = builder.gep(begin, [context.get_constant(types.intp, number * stride)])
            context.pack_value(builder, row.dtype, value, place_of_value)
        return context.get_dummy_value()

    return types.none(row, place, step, values), generate


@intrinsic
def lowest_bit(typing_context: Any, bits: Any) -> Any:
    """Return the place, from 0, of the lowest bit that is set in bits (uint64), which is not 0."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@intrinsic
def workspace(typing_context: Any, n: Any) -> Any:
    """Return n numbers, not set, that last as long as the function that asks for them; n is a constant."""
    return _on_the_stack(n, types.float64, ir.DoubleType())


@intrinsic
def whole_workspace(typing_context: Any, n: Any) -> Any:
    """Return n whole numbers (int64), as `workspace` does."""
    return _on_the_stack(n, types.int64, ir.IntType(64))


def _on_the_stack(n: Any, of: Any, number: ir.Type) -> Any:
    """Return numba's typing and code of an array of n numbers on the stack."""
    if not isinstance(n, types.IntegerLiteral):
        return None
    length = n.literal_value
    returned: Any = types.Array(of, 1, "C")

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        with builder.goto_entry_block():
            place = builder.alloca(ir.ArrayType(number, length))
            place.align = 64
        array = context.make_array(returned)(context, builder)
        size, step = (context.get_constant(types.intp, number) for number in (length, 8))
        populate_array(  # type: ignore[no-untyped-call]
            array,
            data=builder.bitcast(place, number.as_pointer()),
            shape=cgutils.pack_array(builder, [size]),  # type: ignore[no-untyped-call]
            strides=cgutils.pack_array(builder, [step]),  # type: ignore[no-untyped-call]
            itemsize=step,
            meminfo=None,
        )
        return array._getvalue()

    return returned(n), generate

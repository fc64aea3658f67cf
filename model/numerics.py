"""Portable arithmetic: exponential, logarithm, normal distribution, the same bits on every machine.

Only + - * /, square root, comparisons and integer operations are used, so that a processor, a compiler or a browser
cannot make a difference. Sources: Tang 1989 and the public fdlibm for the reductions, Cody 1969 for the normal
distribution function, Wichura 1988 (AS 241) for its inverse. All arguments and results are scalars (float64) unless
said.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types

from model.compiled import compiled, inlined, intrinsic

# 1.5 * 2**52: adding it leaves the nearest whole number in the low bits of the sum.
_ROUNDING = 6755399441055744.0
_ROUNDING_BITS = np.int64(0x4338000000000000)
# 1.5 * 2**20: adding it leaves x in units of 2**-32 in the low bits of the sum.
_FIXED_POINT = 1572864.0
_FIXED_POINT_BITS = np.int64(0x4138000000000000)
_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_EXPONENT_ONE = np.int64(1023 << 52)
_MANTISSA = np.int64((1 << 52) - 1)
_TWO_52_BITS = np.uint64(0x4330000000000000)
_TWO_52_SIGNED_BITS = np.int64(0x4330000000000000)
_TWO_52 = 4503599627370496.0
_SMALLEST_NORMAL_EXPONENT = -708.0
_LARGEST_EXPONENT = 709.0


def _bitcast(source: Any, target: Any, llvm_target: ir.Type) -> Any:
    """Return numba's typing and code of "the same 64 bits, read as another type"."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], llvm_target)

    return target(source), generate


@intrinsic
def _bits_of(typing_context: Any, value: Any) -> Any:
    return _bitcast(types.float64, types.int64, ir.IntType(64))


@intrinsic
def _float_of_signed(typing_context: Any, value: Any) -> Any:
    return _bitcast(types.int64, types.float64, ir.DoubleType())


@intrinsic
def _float_of_unsigned(typing_context: Any, value: Any) -> Any:
    return _bitcast(types.uint64, types.float64, ir.DoubleType())


@inlined
def exponential(x: float) -> float:
    """Return e**x, relative error below 1e-14; x below -708 counts as -708, above 709 as 709."""
    bounded = _SMALLEST_NORMAL_EXPONENT if x < _SMALLEST_NORMAL_EXPONENT else x
    bounded = _LARGEST_EXPONENT if bounded > _LARGEST_EXPONENT else bounded
    shifted = bounded * _LOG2_E + _ROUNDING
    power = shifted - _ROUNDING
    r = (bounded - power * _LN2_HIGH) - power * _LN2_LOW
    # Taylor's series to the 12th power: |r| <= ln(2)/2, so what is cut off is below 2e-16.
    series = 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    series = series * r + 1.0
    series = series * r + 1.0
    # The low bits of `shifted` hold the power of two; moved to the exponent's place they make the factor 2**power.
    factor: float = _float_of_signed((_bits_of(shifted) << 52) + _EXPONENT_ONE)
    return series * factor


@inlined
def power_of_two(x: float) -> float:
    """Return 2**x, relative error below 1e-15, for x below 1000; x below -1000 counts as -1000.

    The polynomial of degree 10 differs least from 2**r on |r| <= 1/2 (by 3e-16; Remez), among those that are 1 at 0.
    It is summed in parts that do not wait for each other, so that a processor can work on all at once (Estrin 1960).
    """
    bounded = -1000.0 if x < -1000.0 else x
    shifted = bounded + _ROUNDING
    r = bounded - (shifted - _ROUNDING)
    square = r * r
    fourth = square * square
    low = (0.05550410866434658 * r + 0.24022650695910472) * square + (0.6931471805599516 * r + 1.0)
    middle = (1.525264774769592e-05 * r + 0.00015403530800818256) * square + (
        0.001333355824648072 * r + 0.009618129107380715
    )
    high = 7.111758687557852e-09 * square + (1.0210506458816145e-07 * r + 1.321523563477604e-06)
    series = (high * fourth + middle) * fourth + low
    # The low bits of `shifted` hold the power of two, which is added to the exponent.
    power: float = _float_of_signed(_bits_of(series) + (_bits_of(shifted) << 52))
    return power


@inlined
def powers_of_two(first: float, second: float, third: float) -> tuple[float, float, float]:
    """Return 2**x of three numbers less the largest of them, which so is 1: only two powers have to be worked out."""
    is_first_higher = first > second
    higher, lower = (first, second) if is_first_higher else (second, first)
    is_third_largest = third > higher
    largest, middle = (third, higher) if is_third_largest else (higher, third)
    of_lower, of_middle = power_of_two(lower - largest), power_of_two(middle - largest)
    of_higher, of_third = (of_middle, 1.0) if is_third_largest else (1.0, of_middle)
    of_first, of_second = (of_higher, of_lower) if is_first_higher else (of_lower, of_higher)
    return of_first, of_second, of_third


@inlined
def natural_logarithm(x: float) -> float:
    """Return ln(x) for a normal positive x, relative error below 1e-15 (reduction and coefficients of fdlibm)."""
    bits = _bits_of(x)
    # Shifts by sqrt(2)/2, so that the fraction lies in [sqrt(2)/2, sqrt(2)).
    bits_shifted = bits + (np.int64(0x3FF00000) - np.int64(0x3FE6A09E) << 32)
    power: float = _float_of_signed(((bits_shifted >> 52) - 1023) + _ROUNDING_BITS) - _ROUNDING
    fraction: float = _float_of_signed((bits_shifted & _MANTISSA) + (np.int64(0x3FE6A09E) << 32))
    f = fraction - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half_square = 0.5 * f * f
    return power * _LN2_HIGH - ((half_square - (s * (half_square + even + odd) + power * _LN2_LOW)) - f)


@compiled
def logistic(x: float) -> float:
    """Return 1 / (1 + e**-x)."""
    return 1.0 / (1.0 + exponential(-x))


@compiled
def _normal_tail(x: float, ratio: float) -> float:
    """Return the probability beyond |x| from Cody's rational approximation of the scaled tail."""
    coarse = math.floor(x * 16.0) / 16.0
    rest = (x - coarse) * (x + coarse)
    return exponential(-coarse * coarse * 0.5) * exponential(-rest * 0.5) * ratio


@compiled
def normal_probability(x: float) -> float:
    """Return the standard normal distribution function at x, relative error below 1e-13 for x > -37 (Cody 1969)."""
    y = abs(x)
    if y <= 0.67448975:
        square = x * x
        above = (
            (((0.065682337918207449113 * square + 2.2352520354606839287) * square + 161.02823106855587881) * square)
            + 1067.6894854603709582
        ) * square + 18154.981253343561249
        below = (
            ((square + 47.20258190468824187) * square + 976.09855173777669322) * square + 10260.932208618978205
        ) * square + 45507.789335026729956
        return 0.5 + x * above / below
    if y <= 5.656854249492380195:
        above = 1.0765576773720192317e-8 * y + 0.39894151208813466764
        above = above * y + 8.8831497943883759412
        above = above * y + 93.506656132177855979
        above = above * y + 597.27027639480026226
        above = above * y + 2494.5375852903726711
        above = above * y + 6848.1904505362823326
        above = above * y + 11602.651437647350124
        above = above * y + 9842.7148383839780218
        below = y + 22.266688044328115691
        below = below * y + 235.38790178262499861
        below = below * y + 1519.377599407554805
        below = below * y + 6485.558298266760755
        below = below * y + 18615.571640885098091
        below = below * y + 34900.952721145977266
        below = below * y + 38912.003286093271411
        below = below * y + 19685.429676859990727
        tail = _normal_tail(y, above / below)
    elif y < 37.5:
        inverse = 1.0 / (y * y)
        above = 0.02307344176494017303 * inverse + 0.21589853405795699
        above = above * inverse + 0.1274011611602473639
        above = above * inverse + 0.022235277870649807
        above = above * inverse + 0.001421619193227893466
        above = above * inverse + 2.9112874951168792e-5
        below = inverse + 1.28426009614491121
        below = below * inverse + 0.468238212480865118
        below = below * inverse + 0.0659881378689285515
        below = below * inverse + 0.00378239633202758244
        below = below * inverse + 7.29751555083966205e-5
        ratio = (0.39894228040143267794 - inverse * above / below) / y
        tail = _normal_tail(y, ratio)
    else:
        tail = 0.0
    return tail if x < 0.0 else 1.0 - tail


@compiled
def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile, relative error about 1e-16 (Wichura 1988, AS 241); infinite at 0 and 1."""
    q = probability - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = 2509.0809287301226727 * r + 33430.575583588128105
        above = above * r + 67265.770927008700853
        above = above * r + 45921.953931549871457
        above = above * r + 13731.693765509461125
        above = above * r + 1971.5909503065514427
        above = above * r + 133.14166789178437745
        above = above * r + 3.387132872796366608
        below = 5226.495278852545925 * r + 28729.085735721942674
        below = below * r + 39307.89580009271061
        below = below * r + 21213.794301586595867
        below = below * r + 5394.1960214247511077
        below = below * r + 687.1870074920579083
        below = below * r + 42.313330701600911252
        below = below * r + 1.0
        return q * above / below
    nearer = probability if q < 0.0 else 1.0 - probability
    if nearer <= 0.0:
        return -math.inf if q < 0.0 else math.inf
    r = math.sqrt(-natural_logarithm(nearer))
    if r <= 5.0:
        r -= 1.6
        above = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        above = above * r + 0.24178072517745061177
        above = above * r + 1.27045825245236838258
        above = above * r + 3.64784832476320460504
        above = above * r + 5.7694972214606914055
        above = above * r + 4.6303378461565452959
        above = above * r + 1.42343711074968357734
        below = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        below = below * r + 0.0151986665636164571966
        below = below * r + 0.14810397642748007459
        below = below * r + 0.68976733498510000455
        below = below * r + 1.6763848301838038494
        below = below * r + 2.05319162663775882187
        below = below * r + 1.0
    else:
        r -= 5.0
        above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        above = above * r + 0.0012426609473880784386
        above = above * r + 0.026532189526576123093
        above = above * r + 0.29656057182850489123
        above = above * r + 1.7848265399172913358
        above = above * r + 5.4637849111641143699
        above = above * r + 6.6579046435011037772
        below = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
        below = below * r + 1.8463183175100546818e-5
        below = below * r + 7.868691311456132591e-4
        below = below * r + 0.0148753612908506148525
        below = below * r + 0.13692988092273580531
        below = below * r + 0.59983220655588793769
        below = below * r + 1.0
    quantile = above / below
    return -quantile if q < 0.0 else quantile


@inlined
def fixed_point(x: float) -> int:
    """Return x in units of 2**-32 as a whole number (for |x| < 2**19): sums of such numbers do not depend on their
    order.
    """
    units: int = _bits_of(x + _FIXED_POINT) - _FIXED_POINT_BITS
    return units


@inlined
def uniform_of_word(word: np.uint64) -> float:
    """Return the middle of the word-th of 2**32 equal parts of (0, 1); `word` is an unsigned number below 2**32."""
    whole: float = _float_of_unsigned(word | _TWO_52_BITS) - _TWO_52
    return (whole + 0.5) * 2.3283064365386962890625e-10


@inlined
def whole_of(x: float) -> int:
    """Return a whole number in [0, 2**51), given as a float, as an integer."""
    whole: int = _bits_of(x + _TWO_52) & _MANTISSA
    return whole


@inlined
def float_of_whole(n: int) -> float:
    """Return an integer in [0, 2**51) as a float, in a form in which several can be converted at once."""
    x: float = _float_of_signed(n | _TWO_52_SIGNED_BITS) - _TWO_52
    return x

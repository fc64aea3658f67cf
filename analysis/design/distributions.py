"""How the values of a factor are spread over its range where a design draws them: evenly, or otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNIFORM, LOG_UNIFORM, TRIANGULAR, NORMAL = "uniform", "log_uniform", "triangular", "normal"
# The keys of an experiment file that each distribution needs beside low and high.
DISTRIBUTION_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {UNIFORM: (), LOG_UNIFORM: (), TRIANGULAR: ("mode",), NORMAL: ("mean", "standard_deviation")}
)
KEYS_OF_DISTRIBUTIONS = tuple(key for keys in DISTRIBUTION_KEYS.values() for key in keys)


@dataclass(frozen=True)
class Distribution:
    """How the values of a factor are spread from its lowest to its highest, both of which hold for every kind.

    `mode` belongs to the triangular one; `mean` and `standard_deviation` to the normal one, which is cut off at both
    ends, so that they are those of the distribution before it was cut. All are in the unit of the factor.
    """

    kind: str
    mode: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None


def distribution_of(table: Mapping[str, Any]) -> Distribution | None:
    """Return the distribution that the table of a factor names; None for the uniform one, which needs no name."""
    kind = table.get("distribution", UNIFORM)
    if kind == UNIFORM:
        return None
    return Distribution(kind, **{key: float(table[key]) for key in DISTRIBUTION_KEYS[kind]})


def distribution_problems(table: Mapping[str, Any], low: float, high: float) -> Iterator[tuple[str, str]]:
    """Yield the key and what is wrong with it in the table of a factor whose values go from low to high."""
    kind = table.get("distribution", UNIFORM)
    needed = DISTRIBUTION_KEYS[kind]
    for key in needed:
        if key not in table:
            yield key, f"is missing; the distribution {kind} needs it: write for example {key} = ..."
    for key in KEYS_OF_DISTRIBUTIONS:
        if key in table and key not in needed:
            yield key, f"means nothing for the distribution {kind}; remove it"
    if kind == LOG_UNIFORM and low <= 0.0:
        yield "low", f"found {low:g}; the distribution log_uniform needs a low above 0; raise it"
    if kind == TRIANGULAR and "mode" in table and not low <= table["mode"] <= high:
        yield "mode", f"found {table['mode']:g}; allowed is a number from low, {low:g}, to high, {high:g}; correct it"
    if kind == NORMAL and "standard_deviation" in table and table["standard_deviation"] <= 0.0:
        yield "standard_deviation", f"found {table['standard_deviation']:g}; allowed is a number above 0; correct it"


def quantiles(distribution: Distribution, low: float, high: float, shares: Floats) -> Floats:
    """Return the values below which these shares of a factor's values lie, from low for 0 to high for 1.

    Parameters
    ----------
    shares : numbers from 0 to 1, of any shape, which the values have, too.
    """
    found: Floats = np.clip(_QUANTILES[distribution.kind](distribution, low, high, shares), low, high)
    return found


def _log_uniform(_: Distribution, low: float, high: float, shares: Floats) -> Floats:
    spread: Floats = low * np.exp(shares * math.log(high / low))
    return spread


def _triangular(distribution: Distribution, low: float, high: float, shares: Floats) -> Floats:
    mode = low if distribution.mode is None else distribution.mode
    at_mode = (mode - low) / (high - low)
    rising = low + np.sqrt(shares * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - shares) * (high - low) * (high - mode))
    spread: Floats = np.where(shares < at_mode, rising, falling)
    return spread


def _normal(distribution: Distribution, low: float, high: float, shares: Floats) -> Floats:
    # Here and not above: scipy.stats takes half a second to load, and most designs do without.
    from scipy.stats import truncnorm  # noqa: PLC0415

    mean, spread = distribution.mean or 0.0, distribution.standard_deviation or 1.0
    found: Floats = truncnorm.ppf(shares, (low - mean) / spread, (high - mean) / spread, loc=mean, scale=spread)
    return found


_QUANTILES = MappingProxyType({LOG_UNIFORM: _log_uniform, TRIANGULAR: _triangular, NORMAL: _normal})

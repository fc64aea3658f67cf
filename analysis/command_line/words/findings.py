"""What the analysis of an experiment found, as tables and sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.text import Text

from analysis.command_line.terminal import plain_table
from analysis.number_format import MISSING_IN_TERMINAL, difference_figure, interval_figure, whole
from analysis.sensitivity.ablation import Ablation
from analysis.sensitivity.mechanisms import ALL_OFF, ALONE, OFF
from analysis.sensitivity.sensitivity import Sensitivity
from analysis.sensitivity.tipping_line import TippingMap
from model.catalogue import Catalogue
from model.measures import about_measure

_MOST_FACTORS = 12
_MOST_ROWS_OF_A_LINE = 16
_COLUMNS = {"saltelli": ("total", "first"), "morris": ("mu_star", "mu", "sigma")}


def print_indices(console: Console, found: Sensitivity, measure: str, words: Catalogue) -> None:
    """Print the indices of one measure, the factor that matters most first."""
    rows = found.indices[found.indices["measure"] == measure]
    names = _COLUMNS[found.method]
    by_index = {name: rows[rows["index"] == name].set_index("factor") for name in names}
    order = by_index[names[0]]["value"].sort_values(ascending=False, kind="stable").index
    table = plain_table(console, words.text(f"measures.{measure}.label"))
    table.add_column(words.text("statistics.factor"), no_wrap=not console.is_terminal)
    for name in names:
        table.add_column(words.text(f"statistics.index_{name}"), justify="right")
    table.add_column(words.text("statistics.verdict"))
    for factor in order[:_MOST_FACTORS]:
        cells = [_interval(by_index[name].loc[factor]) for name in names]
        table.add_row(factor, *cells, _verdict(str(by_index[names[0]].loc[factor]["verdict"]), words))
    console.print(table)
    if len(order) > _MOST_FACTORS:
        n = whole(len(order) - _MOST_FACTORS)
        console.print(words.text("statistics.more_factors").format(n=n))
    pairs = rows[rows["index"] == "second"]
    for pair in pairs[pairs["verdict"] == "matters"].sort_values("value", ascending=False).itertuples():
        texts = {
            "pair": pair.factor,
            "value": f"{pair.value:.3f}",
            "low": f"{pair.low:.3f}",
            "high": f"{pair.high:.3f}",
        }
        console.print(words.text("statistics.second_order").format(**texts), soft_wrap=True)


def print_noise(console: Console, found: Sensitivity, measure: str, words: Catalogue) -> None:
    """Print what luck does beside the factors, and whether there are enough runs."""
    noise = found.noise[found.noise["measure"] == measure].iloc[0]
    if math.isnan(noise["noise_share"]):
        console.print(words.text("statistics.noise_unknown"), soft_wrap=True)
    else:
        texts = {
            "share": f"{noise['noise_share']:.1%}",
            "of_means": f"{noise['noise_share_of_means']:.1%}",
            "n": whole(found.replications),
        }
        console.print(words.text(f"statistics.noise_{found.method}").format(**texts), soft_wrap=True)
    if noise["rows_left_out"]:
        texts = {"n": whole(int(noise["rows_left_out"])), "used": whole(int(noise["rows"]))}
        console.print(words.text("statistics.rows_left_out").format(**texts), soft_wrap=True)
    if noise["verdict"] == "not enough runs":
        is_luck = noise["noise_share_of_means"] > 0.5
        key = "advice_replications" if is_luck else f"advice_{found.method}"
        console.print(words.text(f"statistics.{key}"), style="bold", soft_wrap=True)


def _interval(row: pd.Series[float]) -> str:
    if math.isnan(row["value"]):
        return MISSING_IN_TERMINAL
    return f"{row['value']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"


def _verdict(verdict: str, words: Catalogue) -> str:
    return words.text(f"statistics.verdict_{verdict.replace(' ', '_')}")


def print_line(console: Console, found: TippingMap, words: Catalogue) -> None:
    """Print the line where two measures are equal, at some values of the factor in the rows of the plane."""
    labels_of = {"more": words.text(f"measures.{found.more}.label"), "less": words.text(f"measures.{found.less}.label")}
    n_points = whole(sum(found.points_added))
    if found.line.empty:
        key = "line_none_more" if float(found.lattice.mean[0, 0]) > 0 else "line_none_less"
        console.print(words.text(f"statistics.{key}").format(**labels_of), style="bold", soft_wrap=True)
        return
    console.print(words.text("statistics.line").format(**labels_of), style="bold", soft_wrap=True)
    texts = {"n": n_points, "rounds": len(found.points_added), "replications": found.replications}
    console.print(words.text("statistics.line_how").format(**texts), soft_wrap=True)
    console.print()
    rows = found.line[found.line["fixed"] == found.vertical]
    step = max(1, math.ceil(len(rows) / _MOST_ROWS_OF_A_LINE))
    table = plain_table(console)
    for path in (found.vertical, found.horizontal):
        label = words.text("command_line.setting").format(label=words.text(f"parameters.{path}.label"), path=path)
        table.add_column(label, justify="right")
    table.add_column(words.text("statistics.band"), justify="right")
    numbers = rows[["value", "at", "low", "high"]].to_numpy(dtype=np.float64)
    for value, at, low, high in numbers[::step]:
        table.add_row(f"{value:.4g}", f"{at:.3f}", f"[{_end(low)}, {_end(high)}]")
    console.print(table)
    if rows[["low", "high"]].isna().any(axis=None):
        console.print(words.text("statistics.band_open"), soft_wrap=True)


def _end(value: float) -> str:
    return MISSING_IN_TERMINAL if math.isnan(value) else f"{value:.3f}"


def print_drivers(console: Console, found: Ablation, measure: str, words: Catalogue) -> None:
    """Print what each mechanism does to one measure, the one whose absence changes most first."""
    rows = found.effects[found.effects["measure"] == measure]
    every = rows[rows["how"] == ALL_OFF].iloc[0]
    unit = about_measure(measure).unit
    shown = words.text("command_line.points" if unit == "share" else f"units.{unit}")
    label = words.text(f"measures.{measure}.label")
    table = plain_table(console, words.text("statistics.drivers").format(measure=label, unit=shown))
    table.add_column(words.text("statistics.mechanism"), no_wrap=not console.is_terminal)
    table.add_column(words.text("statistics.without_it"), justify="right")
    table.add_column(words.text("statistics.it_alone"), justify="right")
    for row in found.ranked(measure).to_dict("records"):
        label = words.text(f"mechanisms.{row['mechanism']}")
        if not row["is_in_use"]:
            table.add_row(Text(label), words.text("statistics.not_in_use"), "")
            continue
        table.add_row(Text(label), *(_effect(measure, row, how) for how in (OFF, ALONE)))
    last = _effect(measure, every.add_prefix(f"{ALL_OFF}_").to_dict(), ALL_OFF)
    table.add_row(Text(words.text("statistics.every_mechanism")), last, "", style="bold")
    console.print(table)


def _effect(measure: str, row: Mapping[Any, Any], how: str) -> str:
    difference, low, high = (float(row[f"{how}_{part}"]) for part in ("difference", "low", "high"))
    return f"{difference_figure(measure, difference)} {interval_figure(measure, low, high)}"

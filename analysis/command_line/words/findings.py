"""What the analysis of an experiment found, as tables and sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from analysis.command_line.tables import print_table
from analysis.number_format import MISSING_IN_TERMINAL, difference_figure, interval_figure, whole
from analysis.sensitivity.ablation import Ablation
from analysis.sensitivity.best_lever import MEASURE, BestLever
from analysis.sensitivity.mechanisms import ALL_OFF, ALONE, OFF
from analysis.sensitivity.sensitivity import Sensitivity
from analysis.sensitivity.tipping_line import TippingMap
from analysis.sensitivity.verdicts import LEAST_ROWS, LEAST_TRAJECTORIES, NOISE_COLUMNS, Noise, cause_of
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
    keys = ("factor", *(f"index_{name}" for name in names), "verdict")
    told = []
    for factor in order[:_MOST_FACTORS]:
        cells = [_interval(by_index[name].loc[factor]) for name in names]
        told.append((str(factor), *cells, _verdict(str(by_index[names[0]].loc[factor]["verdict"]), words)))
    head = [words.text(f"statistics.{key}") for key in keys]
    print_table(console, head, told, title=words.text(f"measures.{measure}.label"))
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
    if found.replications < 2:
        console.print(words.text("statistics.noise_unknown"), soft_wrap=True)
    elif not math.isnan(noise["noise_share"]):
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
        console.print(_advice(found, noise, words), style="bold", soft_wrap=True)


def _advice(found: Sensitivity, noise: pd.Series[Any], words: Catalogue) -> str:
    """Return what would give enough runs, from the cause of there being too few."""
    known = Noise(*(noise[name] for name in NOISE_COLUMNS[1:]))
    least = LEAST_TRAJECTORIES if found.method == "morris" else LEAST_ROWS
    cause = cause_of(known, least)
    key = found.method if cause in ("few rows", "design") else cause
    rows = whole(int(known.rows + known.rows_left_out))
    texts = {"n": whole(int(known.rows_left_out)), "rows": rows, "least": whole(least)}
    prefix = "few_" if cause == "few rows" else ""
    return words.text(f"statistics.advice_{prefix}{key}").format(**texts)


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
        known = found.lattice.mean[~np.isnan(found.lattice.mean)]
        key = "line_unknown" if not known.size else "line_none_more" if float(known[0]) > 0 else "line_none_less"
        console.print(words.text(f"statistics.{key}").format(**labels_of), style="bold", soft_wrap=True)
        return
    console.print(words.text("statistics.line").format(**labels_of), style="bold", soft_wrap=True)
    texts = {"n": n_points, "rounds": len(found.points_added), "replications": found.replications}
    console.print(words.text("statistics.line_how").format(**texts), soft_wrap=True)
    console.print()
    rows = found.line[found.line["fixed"] == found.vertical]
    step = max(1, math.ceil(len(rows) / _MOST_ROWS_OF_A_LINE))
    setting = words.text("command_line.setting")
    paths = (found.vertical, found.horizontal)
    head = [setting.format(label=words.text(f"parameters.{path}.label"), path=path) for path in paths]
    numbers = rows[["value", "at", "low", "high"]].to_numpy(dtype=np.float64)
    told = [(f"{value:.4g}", f"{at:.3f}", f"[{_end(low)}, {_end(high)}]") for value, at, low, high in numbers[::step]]
    print_table(console, [*head, words.text("statistics.band")], told, n_texts=0)
    if rows[["low", "high"]].isna().any(axis=None):
        console.print(words.text("statistics.band_open"), soft_wrap=True)


def _end(value: float) -> str:
    return MISSING_IN_TERMINAL if math.isnan(value) else f"{value:.3f}"


def print_best(console: Console, found: BestLever, words: Catalogue) -> None:
    """Print at which level of the lever public value is highest, the mildest weight first."""
    lever = words.text(f"parameters.{found.lever}.label")
    texts = {"lever": lever, "lowest": f"{found.levels[0]:g}", "n": found.replications}
    console.print(words.text("statistics.best").format(**texts), style="bold", soft_wrap=True)
    console.print(words.text("statistics.best_how").format(**texts), soft_wrap=True)
    console.print()
    setting = words.text("command_line.setting")
    head = [setting.format(label=words.text(f"parameters.{found.weight}.label"), path=found.weight)]
    head += [words.text(f"statistics.{key}").format(**texts) for key in ("best_level", "band", "best_gain")]
    told = []
    for row in found.table.iloc[::-1].to_dict("records"):
        gain = (
            f"{difference_figure(MEASURE, row['gain'])} {interval_figure(MEASURE, row['gain_low'], row['gain_high'])}"
        )
        told.append((f"{row['weight']:g}", f"{row['best']:.3g}", f"[{row['low']:.3g}, {row['high']:.3g}]", gain))
    print_table(console, head, told)


def print_drivers(console: Console, found: Ablation, measure: str, words: Catalogue) -> None:
    """Print what each mechanism does to one measure, the one whose absence changes most first."""
    rows = found.effects[found.effects["measure"] == measure]
    every = rows[rows["how"] == ALL_OFF].iloc[0]
    unit = about_measure(measure).unit
    shown = words.text("command_line.points" if unit == "share" else f"units.{unit}")
    label = words.text(f"measures.{measure}.label")
    title = words.text("statistics.drivers").format(measure=label, unit=shown)
    head = [words.text(f"statistics.{key}") for key in ("mechanism", "without_it", "it_alone")]
    told: list[tuple[str, str, str]] = []
    for row in found.ranked(measure).to_dict("records"):
        label = words.text(f"mechanisms.{row['mechanism']}")
        if not row["is_in_use"]:
            told.append((label, words.text("statistics.not_in_use"), ""))
            continue
        told.append((label, _effect(measure, row, OFF), _effect(measure, row, ALONE)))
    last = _effect(measure, every.add_prefix(f"{ALL_OFF}_").to_dict(), ALL_OFF)
    told.append((words.text("statistics.every_mechanism"), last, ""))
    print_table(console, head, told, title=title, strong={len(told) - 1})


def _effect(measure: str, row: Mapping[Any, Any], how: str) -> str:
    difference, low, high = (float(row[f"{how}_{part}"]) for part in ("difference", "low", "high"))
    return f"{difference_figure(measure, difference)} {interval_figure(measure, low, high)}"

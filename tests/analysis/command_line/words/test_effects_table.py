"""The table fits where it is shown, and the answer above it follows from the numbers."""

from __future__ import annotations

import io
import re

import numpy as np
import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

from analysis.command_line.words.answers import answers, extremes_of
from analysis.command_line.words.effects_table import comparison_of, fewer_pairs, is_matrix, print_comparison
from analysis.number_format import difference_figure, figure, interval_figure
from analysis.statistics.paired_effects import measure_means, paired_effects
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.measures import MEASURES, headline_measures
from model.scenario import find_scenario, shipped_scenarios

NAMES = {name: name for name in shipped_scenarios()}
TITLES = {name: find_scenario(name).title.zh for name in shipped_scenarios()}


def made_up_runs(n: int = 5) -> pd.DataFrame:
    generator = np.random.default_rng(3)
    rows = [
        {"scenario": name, "seed": 1, "run": run, **{measure: generator.uniform(-1, 1) for measure in MEASURES}}
        for name in NAMES
        for run in range(n)
    ]
    table = pd.DataFrame(rows)
    table["sanctions_per_100_officials_and_year"] *= 120.0
    return table


def printed(
    width: int, language: Language, is_terminal: bool = True, scenarios: tuple[str, ...] = tuple(NAMES)
) -> list[str]:
    runs = made_up_runs()
    runs = runs[runs["scenario"].isin(scenarios)]
    names = {name: (TITLES if language == "zh" else NAMES)[name] for name in scenarios}
    comparison = comparison_of(measure_means(runs), paired_effects(runs, "baseline"), names)
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=is_terminal, no_color=True, highlight=False, markup=False
    )
    print_comparison(console, comparison, words_in(language))
    return [re.sub(r"\x1b\[[\d;]*m", "", text) for text in stream.getvalue().splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [200, 120, 118, 117, 80, 60])
def test_that_the_table_fits_a_terminal_of_any_width_and_loses_nothing(width: int, language: Language) -> None:
    lines = printed(width, language)
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    assert "…" not in text
    for name in (TITLES if language == "zh" else NAMES).values():
        assert name in text
    n_numbers = len(headline_measures()) * (len(NAMES) - 1)
    assert len(re.findall(r"[+-]\d+\.\d+ ±\d|[+-]\d+\.\d+ +\[[+-]\d", text)) == n_numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_in_a_pipe_many_policies_fit_a_screen_with_a_row_each(language: Language) -> None:
    lines = printed(120, language, is_terminal=False)
    assert len(lines) <= 2 + len(NAMES)
    assert max(map(cell_len, lines)) <= 150
    assert not re.search("[─-╿]", "".join(lines))
    for name in (TITLES if language == "zh" else NAMES).values():
        (row,) = (text for text in lines if text.startswith(f"{name} "))
        n_differences = len(re.findall(r"[+-]\d+\.\d+ ±\d", row))
        assert n_differences == (0 if name in ("baseline", TITLES["baseline"]) else len(headline_measures()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_in_a_pipe_each_line_on_few_policies_stands_for_itself(language: Language) -> None:
    few = ("baseline", "crackdown", "reform")
    lines = printed(120, language, is_terminal=False, scenarios=few)
    assert len(lines) == 1 + len(headline_measures()) * len(few)
    for measure in headline_measures():
        label = measure if language == "en" else words_in("zh").text(f"measures.{measure}.short")
        assert sum(text.startswith(f"{label} ") for text in lines) == len(few)
    names = {(TITLES if language == "zh" else NAMES)[name] for name in few}
    assert all(any(f"  {name} " in line for name in names) for line in lines[1:])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [120, 80, 60])
def test_that_few_policies_are_shown_with_their_means(width: int, language: Language) -> None:
    few = ("baseline", "crackdown", "strict_with_gain_mild_with_failure")
    lines = printed(width, language, scenarios=few)
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    assert "…" not in text
    n_numbers = len(headline_measures()) * (len(few) - 1)
    assert len(re.findall(r"[+-]\d+\.\d+ ±\d|[+-]\d+\.\d+ +\[[+-]\d|\[[+-]\d+\.\d+, [+-]\d", text)) == n_numbers


def test_that_a_wide_terminal_gets_the_matrix() -> None:
    assert is_matrix(Console(width=120, force_terminal=True))
    assert not is_matrix(Console(width=100, force_terminal=True))
    assert not is_matrix(Console(width=120, force_terminal=False))


def effects_with(rows: dict[str, tuple[float, float, float]]) -> pd.DataFrame:
    """Return effects in which every measure of a policy has this difference, low and high."""
    return pd.DataFrame(
        [
            {
                "scenario": scenario,
                "reference": "baseline",
                "measure": measure,
                "baseline_mean": 0.3,
                "mean": 0.3 + difference,
                "difference": difference,
                "low": low,
                "high": high,
                "n": 4,
            }
            for scenario, (difference, low, high) in rows.items()
            for measure in MEASURES
        ]
    )


UP, MORE, DOWN, UNSURE = (0.1, 0.05, 0.15), (0.2, 0.1, 0.3), (-0.1, -0.2, -0.05), (0.5, -0.1, 1.1)


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        (
            {"a": UP, "b": MORE, "c": DOWN},
            "Innovation rate rises most under b (+20.0 points [+10.0, +30.0]) and falls most under c",
        ),
        (
            {"a": UP, "b": MORE, "c": UNSURE},
            "Innovation rate rises most under b (+20.0 points [+10.0, +30.0]); no policy clearly lowers",
        ),
        (
            {"a": DOWN, "c": UNSURE},
            "Innovation rate falls most under a (-10.0 points [-20.0, -5.0]); no policy clearly raises",
        ),
        ({"a": UNSURE, "b": UNSURE}, "Innovation rate: no policy clearly moves it"),
        ({"a": (0.1, float("nan"), float("nan")), "b": UNSURE}, "Innovation rate: no policy clearly moves it"),
        ({name: (0.1, float("nan"), float("nan")) for name in "ab"}, "Innovation rate: a single run has no interval"),
        ({"a": UP}, "Under a instead of baseline: Innovation rate 30.0% -> 40.0% (+10.0 points [+5.0, +15.0])"),
    ],
)
def test_that_the_answer_follows_from_the_numbers(rows: dict[str, tuple[float, float, float]], start: str) -> None:
    names = {name: name for name in ("baseline", *rows)}
    assert answers(effects_with(rows), names, words_in("en"))[0].startswith(start)


def test_that_the_answer_on_many_policies_tells_of_private_gain_too() -> None:
    names = {name: name for name in ("baseline", "a", "b")}
    told = answers(effects_with({"a": UP, "b": DOWN}), names, words_in("en"))
    starts = ("Innovation rate rises", "Lazy government rises", "Self-dealing share rises")
    assert len(told) == len(starts)
    assert all(text.startswith(start) for text, start in zip(told, starts, strict=True))


def test_that_what_cannot_be_told_from_0_is_no_extreme() -> None:
    extremes = extremes_of(effects_with({"a": UNSURE, "b": UP}), "innovation_rate")
    assert extremes.up is not None
    assert extremes.up["scenario"] == "b"
    assert extremes.down is None


def test_that_missing_pairs_are_counted() -> None:
    runs = made_up_runs()
    runs.loc[(runs["scenario"] == "reform") & (runs["run"] < 2), "trust_gap"] = np.nan
    runs.loc[runs["scenario"] == "reform", "success_rate"] = np.nan
    comparison = comparison_of(measure_means(runs), paired_effects(runs, "baseline"), NAMES)
    assert fewer_pairs(comparison, 5) == [("trust_gap", "reform", 3)]


def test_that_figures_read_as_people_write_them() -> None:
    assert figure("innovation_rate", 0.4475) == "44.8%"
    assert figure("public_value", 0.1629) == "0.163"
    assert figure("trust_gap", float("nan")) == "-"
    assert difference_figure("innovation_rate", -0.00001) == "+0.0"
    assert difference_figure("sanctions_per_100_officials_and_year", 12.345) == "+12.3"
    assert interval_figure("innovation_rate", -0.01, 0.02) == "[-1.0, +2.0]"

"""The charts of experiments: what they draw is what was found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.number_format import told, told_difference, told_interval, told_width
from analysis.report.charts.ablation_chart import ablation_chart
from analysis.report.charts.grid_maps import grid_maps, grid_of
from analysis.report.charts.sensitivity_chart import ranked_factors, sensitivity_chart
from analysis.report.charts.spread_charts import binned, effects_in_order, running
from analysis.report.contents import Boundary, FactorIndices, MechanismEffects
from analysis.statistics.paired_effects import intervals_of
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.scenario import Text, find_scenario

PATHS = ("accountability.severity", "exemption.probability")
MEASURES = ("innovation_rate", "inaction_rate")


def specification_of_grid(first: tuple[float, ...], second: tuple[float, ...]) -> Specification:
    factors = tuple(
        Factor(path, min(values), max(values), values) for path, values in zip(PATHS, (first, second), strict=True)
    )
    text = Text("A grid", "网格")
    return Specification("grid", text, text, find_scenario("baseline"), factors, DesignPlan("grid"), MEASURES)


def means_of(values: dict[str, np.ndarray]) -> pd.DataFrame:
    tables = [pd.DataFrame({"point": range(len(of)), "measure": name, "mean": of}) for name, of in values.items()]
    return pd.concat(tables, ignore_index=True)


def test_that_a_grid_holds_every_mean_at_its_place() -> None:
    specification = specification_of_grid((0.1, 0.2), (0.0, 0.5, 1.0))
    points = np.array([(a, b) for a in (0.1, 0.2) for b in (0.0, 0.5, 1.0)])
    order = [5, 3, 1, 0, 2, 4]
    grid = grid_of(specification, points[order], means_of({"innovation_rate": np.arange(6.0)[order]}))
    assert grid is not None
    np.testing.assert_array_equal(grid.values["innovation_rate"], np.arange(6.0).reshape(2, 3))


def test_that_points_that_leave_a_hole_are_no_grid() -> None:
    specification = specification_of_grid((0.1, 0.2), (0.0, 1.0))
    points = np.array([(0.1, 0.0), (0.1, 1.0), (0.2, 0.0), (0.2, 0.0)])
    assert grid_of(specification, points, means_of({"innovation_rate": np.zeros(4)})) is None
    assert grid_of(specification, points[:3], means_of({"innovation_rate": np.zeros(3)})) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_flat", [True, False])
def test_that_maps_are_drawn_with_a_line_with_a_band_and_without_any(language: Language, is_flat: bool) -> None:
    axis = np.linspace(0.0, 0.5, 5)
    specification = specification_of_grid(tuple(axis), tuple(axis))
    points = np.array([(a, b) for a in axis for b in axis])
    rise = np.zeros(25) if is_flat else points.sum(axis=1)
    means = means_of({"innovation_rate": 1.0 - rise, "inaction_rate": rise})
    grid = grid_of(specification, points, means)
    assert grid is not None
    difference = grid.values["innovation_rate"] - grid.values["inaction_rate"]
    line = pd.DataFrame(columns=["fixed", "value", "crosses", "at", "low", "high", "rises"])
    band = Boundary(*PATHS, axis, axis, difference, difference - 0.1, difference + 0.1, line)
    for boundary in (None, band):
        figure = grid_maps(specification, grid, MEASURES, words_in(language), boundary)
        assert [axes.get_title(loc="left") for axes in figure.axes[::2]] == [
            words_in(language).text(f"measures.{measure}.label") for measure in MEASURES
        ]


def indices_of(method: str) -> FactorIndices:
    names = ("mu_star", "mu", "sigma") if method == "morris" else ("first", "total")
    verdicts = ("matters", "not enough runs")
    rows = [
        (measure, name, path, 0.2 * (number + 1), 0.1, 0.6, verdicts[number])
        for measure in MEASURES
        for name in names
        for number, path in enumerate(PATHS)
    ]
    columns = ["measure", "index", "factor", "value", "low", "high", "verdict"]
    noise = pd.DataFrame({"measure": MEASURES, "noise_share": (0.3, np.nan)})
    return FactorIndices("morris" if method == "morris" else "saltelli", pd.DataFrame(rows, columns=columns), noise, 10)


@pytest.mark.parametrize("method", ["morris", "saltelli"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_factors_stand_from_the_strongest_to_the_weakest(method: str, language: Language) -> None:
    indices = indices_of(method)
    assert ranked_factors(indices, "innovation_rate") == list(reversed(PATHS))
    words = words_in(language)
    figure = sensitivity_chart(indices, MEASURES, words)
    written = [text.get_text() for text in figure.axes[0].texts]
    expected = [words.text(f"parameters.{path}.label") for path in reversed(PATHS)]
    assert written == [*expected, *([words.text("charts.luck")] if method == "saltelli" else [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_mechanism_has_a_row_and_none_of_them_the_last(language: Language) -> None:
    cases = [("without", "A"), ("only", "A"), ("without", "B"), ("only", "B"), ("none", "")]
    rows = [(case, name, measure, 0.3, 0.1, -0.1, 0.2) for case, name in cases for measure in MEASURES]
    columns = ["case", "mechanism", "measure", "mean", "difference", "low", "high"]
    figure = ablation_chart(MechanismEffects(pd.DataFrame(rows, columns=columns)), MEASURES, words_in(language))
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written == ["A", "B", words_in(language).text("charts.no_mechanism")]


def test_that_a_chart_of_effects_bears_missing_ones() -> None:
    effects = pd.DataFrame(
        {"point": range(4), "measure": "innovation_rate", "difference": [0.1, np.nan, -0.1, 0.0], "low": -0.2}
    ).assign(high=lambda table: table["difference"] + 0.1)
    for rows in (effects, effects[effects["difference"].isna()]):
        effects_in_order(rows, ("innovation_rate",), words_in("en"))


def test_that_bins_hold_the_points_of_their_part_of_the_range() -> None:
    column = np.linspace(0.0, 1.0, 1001)
    middles, spread = binned(column, column)
    assert len(middles) == 12
    np.testing.assert_allclose(spread[:, 1], middles, atol=2e-3)
    middles, spread = binned(np.array([1.0, 1.0, 2.0]), np.array([5.0, 7.0, np.nan]))
    np.testing.assert_array_equal(middles, [1.0])
    assert spread[0, 1] == 6.0


def test_that_the_interval_of_the_first_values_is_that_of_the_statistics() -> None:
    values = np.random.default_rng(1).normal(size=12)
    n, mean, half = running(values)
    assert n[0] == 3.0
    found = intervals_of(values[:7, None])
    assert mean[4] == pytest.approx(found.mean[0])
    assert mean[4] + half[4] == pytest.approx(found.high[0])


def test_that_numbers_are_told_in_the_unit_of_their_measure() -> None:
    assert told("innovation_rate", 0.4483) == "44.8%"
    assert told("trust_gap", -0.0001) == "0.0%"
    assert told("public_value", float("nan")) == "–"
    assert told_difference("innovation_rate", -0.0312) == "−3.1"
    assert told_difference("innovation_rate", 0.0001) == "0.0"
    assert told_width("innovation_rate", 0.0042) == "0.42"
    assert told_interval("–", "+1.0") == "–"

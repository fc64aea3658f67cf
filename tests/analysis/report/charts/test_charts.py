"""That charts show what is stored, in both languages, for one scenario or many, and can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pandas as pd
import pytest
from made_up_results import effects_of, months_of
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.report.charts import style
from analysis.report.charts.all_charts import (
    CHARTS_OVER_TIME,
    paired_effects,
    perceived_and_actual_exemption,
    severity_exemption_map,
    time_fans,
)
from analysis.report.charts.series import action_shares_of
from analysis.report.charts.style import chart_style
from analysis.report.charts.words import WINDOW_MONTHS
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.measures import headline_measures
from model.scenario import Change, Scenario
from model.scenario import Text as Title
from model.simulate import WINDOW_MONTHS as WINDOW_OF_RESULTS

OVER_TIME = tuple(CHARTS_OVER_TIME.values())
Chart = Callable[[pd.DataFrame, Sequence[Scenario], object], Figure]
SEVERITIES, EXEMPTIONS = np.linspace(0.0, 0.6, 13), np.linspace(0.0, 1.0, 13)


def map_values() -> dict[str, np.ndarray]:
    innovation = 0.6 * EXEMPTIONS[None, :] * (1.0 - SEVERITIES[:, None])
    return {"innovation_rate": innovation, "lazy_prevalence": 0.6 - innovation}


def map_of(baseline: Scenario, language: Language) -> Figure:
    return severity_exemption_map(SEVERITIES, EXEMPTIONS, map_values(), baseline, 10, words_in(language))


def upright_texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return the texts to be read, with the boxes around them; numbers on lines of a map are turned and left out."""
    figure.draw_without_rendering()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    for axes in figure.axes:
        hidden = [] if axes.axison else [*axes.get_xticklabels(), *axes.get_yticklabels()]
        texts = [text for text in texts if text not in hidden]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            shown = {
                label
                for tick in axis.get_major_ticks()
                if low - 1e-9 <= tick.get_loc() <= high + 1e-9
                for label in (tick.label1, tick.label2)
                if label.get_visible()
            }
            of_ticks = {label for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)}
            texts = [text for text in texts if text not in of_ticks - shown]
    upright = [text for text in texts if text.get_rotation() in (0.0, 90.0)]
    return [(text.get_text(), text.get_window_extent()) for text in upright]


def assert_readable(figure: Figure) -> None:
    """Check that all texts lie within the picture and none covers another one."""
    with chart_style():
        texts = upright_texts(figure)
    assert len(texts) > 5
    width, height = figure.canvas.get_width_height()
    boxes = np.array([box.extents for _, box in texts])  # left, bottom, right, top
    is_inside = (boxes[:, :2] >= 0.0).all(axis=1) & (boxes[:, 2] <= width + 1) & (boxes[:, 3] <= height + 1)
    assert is_inside.all(), [texts[number][0] for number in np.flatnonzero(~is_inside)]
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    is_overlap = (high - low > (1.0, 2.0)).all(axis=2) & ~np.eye(len(texts), dtype=bool)
    assert not is_overlap.any(), [(texts[one][0], texts[other][0]) for one, other in np.argwhere(is_overlap)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [1, 3, 7, 15])
@pytest.mark.parametrize("chart", OVER_TIME)
def test_that_charts_over_time_can_be_read(
    chart: Chart, n: int, language: Language, months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    assert_readable(chart(months, scenarios[:n], words_in(language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [2, 15])
def test_that_the_chart_of_effects_can_be_read(
    n: int, language: Language, effects: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    assert_readable(paired_effects(effects, scenarios[:n], words_in(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_map_can_be_read(language: Language, scenarios: list[Scenario]) -> None:
    assert_readable(map_of(scenarios[0], language))


def test_that_titles_of_any_kind_and_twenty_five_scenarios_can_be_read(scenarios: list[Scenario]) -> None:
    titles = ["$a$ and $b", "一" * 200, "word" * 60, "long words in a long title " * 9, "two\nlines", "🧿 é ﷽", "שלום"]
    many = [
        replace(scenarios[number % 15], name=f"s{number}", title=Title(titles[number % 7], titles[number % 7]))
        for number in range(25)
    ]
    names = [scenario.name for scenario in many]
    table = months_of(names, n_runs=2, n_months=30)
    assert_readable(time_fans(table, many, words_in("en")))
    for chart in OVER_TIME:
        assert_readable(chart(table, many[:3], words_in("en")))
    assert_readable(paired_effects(effects_of(names[1:]), many, words_in("zh")))
    assert_readable(map_of(many[1], "zh"))


@pytest.mark.parametrize("n_months", [1, 13, 1200])
@pytest.mark.parametrize("chart", OVER_TIME)
def test_that_runs_of_any_length_can_be_read(chart: Chart, n_months: int, scenarios: list[Scenario]) -> None:
    shown = scenarios[:4]
    table = months_of([scenario.name for scenario in shown], n_runs=1, n_months=n_months)
    assert_readable(chart(table, shown, words_in("en")))


def test_that_the_line_of_a_fan_is_the_median_of_runs_and_the_bands_its_quantiles(
    months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    figure = time_fans(months, scenarios[:2], words_in("en"))
    of_scenario = months[months["scenario"] == scenarios[1].name]
    values = of_scenario["lazy_prevalence"].to_numpy().reshape(-1, 120)
    line = next(line for line in figure.axes[1].lines if line.get_color() == style.OVERLAID[1].colour)
    np.testing.assert_allclose(line.get_ydata(), np.median(values, axis=0))
    tops = [band.get_datalim(figure.axes[1].transData).y1 for band in figure.axes[1].collections]
    assert np.isclose(max(tops[2:]), np.quantile(values, 0.95, axis=0).max())
    assert np.isclose(tops[3], np.quantile(values, 0.75, axis=0).max())


def test_that_rows_of_single_jurisdictions_do_not_count(months: pd.DataFrame, scenarios: list[Scenario]) -> None:
    here = months[months["scenario"] == "baseline"]
    elsewhere = here.assign(jurisdiction="1", inaction_rate=1.0, routine_rate=0.0, innovation_rate=0.0)
    both = pd.concat([here, elsewhere], ignore_index=True)
    np.testing.assert_array_equal(
        action_shares_of(both, ["baseline"])["baseline"], action_shares_of(here, ["baseline"])["baseline"]
    )


def test_that_the_shares_of_actions_add_up_to_one_even_where_nobody_innovates(months: pd.DataFrame) -> None:
    table = months[months["scenario"] == "baseline"].copy()
    is_idle = table["month"] == 7
    table.loc[is_idle, ["innovation_rate", "routine_rate"]] = 0.0
    table.loc[is_idle, "inaction_rate"] = 1.0
    table.loc[is_idle, ["filed_share", "self_dealing_share"]] = np.nan
    shares = action_shares_of(table, ["baseline"])["baseline"]
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)
    np.testing.assert_allclose(shares[:, 7], [1.0, 0.0, 0.0, 0.0, 0.0])


def test_that_a_measure_missing_in_all_runs_of_some_months_is_drawn(
    months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    table = months.copy()
    table.loc[table["month"] < 10, "actual_exemption"] = np.nan
    assert_readable(perceived_and_actual_exemption(table, scenarios[:4], words_in("en")))
    table["actual_exemption"] = np.nan
    assert_readable(perceived_and_actual_exemption(table, scenarios[:1], words_in("zh")))


def test_that_changes_of_policy_are_marked_where_they_begin_and_end(
    months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    campaign = next(scenario for scenario in scenarios if scenario.name == "campaign")
    figure = perceived_and_actual_exemption(months, [campaign], words_in("en"))
    marked = {float(line.get_xdata()[0]) for line in figure.axes[0].lines if len(line.get_xdata()) == 2}
    assert marked == {36.0, 72.0}


def test_that_a_change_that_ends_while_it_comes_in_is_marked_until_its_end(
    months: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    odd = replace(scenarios[0], changes=(Change(100, 110, 60, {"exemption.remedy": 0.5}),))
    figure = perceived_and_actual_exemption(months, [odd], words_in("en"))
    span = figure.axes[0].patches[0].get_extents().transformed(figure.axes[0].transData.inverted())
    np.testing.assert_allclose([span.x0, span.x1], [100.0, 110.0])


def test_that_a_scenario_without_months_is_refused(months: pd.DataFrame, scenarios: list[Scenario]) -> None:
    unknown = replace(scenarios[0], name="unknown")
    for chart in OVER_TIME:
        with pytest.raises(ValueError, match="no months of unknown"):
            chart(months, [scenarios[0], unknown], words_in("en"))
        with pytest.raises(ValueError, match="no months of any scenario"):
            chart(months, [], words_in("en"))


def test_that_differences_are_printed_in_points_and_hollow_where_the_interval_includes_zero(
    scenarios: list[Scenario],
) -> None:
    effects = effects_of([scenarios[1].name, scenarios[2].name])
    is_innovation = effects["measure"] == "innovation_rate"
    columns = ["difference", "low", "high"]
    effects.loc[is_innovation & (effects["scenario"] == scenarios[1].name), columns] = [-0.1234, -0.13, -0.11]
    effects.loc[is_innovation & (effects["scenario"] == scenarios[2].name), columns] = [-0.0001, -0.01, 0.01]
    figure = paired_effects(effects, scenarios[:3], words_in("en"))
    column = figure.axes[1 + headline_measures().index("innovation_rate")]
    assert [text.get_text() for text in column.texts] == ["−12.3", "0.0"]
    points = [line.get_markerfacecolor() for line in column.lines if line.get_marker() == "o"]
    assert points == [style.POINT, style.PAPER]


def test_that_missing_differences_and_intervals_are_drawn_as_missing(scenarios: list[Scenario]) -> None:
    effects = effects_of([scenarios[1].name, scenarios[2].name])
    effects.loc[:, ["low", "high"]] = np.nan
    effects.loc[effects["scenario"] == scenarios[1].name, ["difference", "baseline_mean"]] = np.nan
    figure = paired_effects(effects, scenarios[:3], words_in("en"))
    assert_readable(figure)
    assert all(axes.texts[0].get_text() == "–" for axes in figure.axes[1:])
    effects.loc[:, ["difference", "baseline_mean"]] = np.nan
    assert_readable(paired_effects(effects, scenarios[:3], words_in("en")))


def test_that_effects_of_no_scenario_are_refused(effects: pd.DataFrame, scenarios: list[Scenario]) -> None:
    with pytest.raises(ValueError, match="no differences"):
        paired_effects(effects, scenarios[:1], words_in("en"))


def test_that_a_run_shorter_than_five_years_is_not_said_to_be_longer(
    effects: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    assert WINDOW_MONTHS == WINDOW_OF_RESULTS
    short = [replace(scenario, months=WINDOW_MONTHS - 1) for scenario in scenarios[:2]]
    for figure in (paired_effects(effects, short, words_in("en")), map_of(short[0], "en")):
        reading = " ".join(text.get_text() for text in figure.texts)
        assert "all months" in reading
        assert "five years" not in reading


def test_that_a_map_of_the_wrong_shape_is_refused(scenarios: list[Scenario]) -> None:
    values = map_values() | {"lazy_prevalence": np.zeros((12, 13))}
    with pytest.raises(ValueError, match="map of lazy_prevalence has the shape"):
        severity_exemption_map(SEVERITIES, EXEMPTIONS, values, scenarios[0], 10, words_in("en"))


def test_that_a_flat_map_and_one_with_gaps_are_drawn(scenarios: list[Scenario]) -> None:
    values = map_values() | {"lazy_prevalence": np.full((13, 13), 0.2)}
    values["innovation_rate"][3, 4] = np.nan
    assert_readable(severity_exemption_map(SEVERITIES, EXEMPTIONS, values, scenarios[0], 10, words_in("zh")))


def test_that_drawing_leaves_the_settings_of_matplotlib_as_they_were(
    effects: pd.DataFrame, scenarios: list[Scenario]
) -> None:
    with matplotlib.rc_context({"font.size": 3.0, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        figure = paired_effects(effects, scenarios, words_in("en"))
        assert dict(matplotlib.rcParams) == before
    assert_readable(figure)


def test_that_areas_and_lines_differ_in_lightness_or_hatch() -> None:
    areas = list(style.ACTION_AREAS.values())
    for one, other in combinations(areas, 2):
        assert one.hatch != other.hatch or is_lighter_or_darker(one.colour, other.colour)
    for lines in (style.OVERLAID, (style.INNOVATION, style.LAZY), (style.PERCEIVED, style.ACTUAL)):
        assert all(is_lighter_or_darker(one.colour, other.colour) for one, other in combinations(lines, 2))
    for one, other in pairwise(areas):
        assert is_lighter_or_darker(one.colour, other.colour)


def test_that_lines_in_one_panel_differ_in_dashes_too() -> None:
    for lines in (style.OVERLAID, (style.INNOVATION, style.LAZY), (style.PERCEIVED, style.ACTUAL)):
        assert len({line.dashes for line in lines}) == len(lines)


def is_lighter_or_darker(one: str, other: str) -> bool:
    """Tell whether a grey print keeps clearly more light of one colour than of the other."""
    light_of_one, light_of_other = (np.dot((0.299, 0.587, 0.114), to_rgb(colour)) for colour in (one, other))
    return abs(light_of_one - light_of_other) > 0.1

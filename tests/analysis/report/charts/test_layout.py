"""That names on charts are never cut, whatever their length: they wrap, in smaller type if they must."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.report.charts import style
from analysis.report.charts.bar_rows import NOT_TOLD, BarPanel, bar_rows
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.layout import Heading, Legend, add_legend, fitted, new_slide, text_width
from analysis.report.charts.small_panels import small_panels
from analysis.report.charts.style import chart_style
from model.scenario import find_scenario

ENGLISH = "A scenario that somebody has named in full, with all that it changes, for whom and since when it does so"
# Of letters that the font of the charts holds: what is shown are titles of shipped scenarios.
CHINESE = "".join(
    find_scenario(name).title.zh for name in ("reform", "campaign", "crackdown", "four_provinces", "baseline")
)
NAMES = (ENGLISH, CHINESE, "anunbrokenwordofmanylettersasakeypathis." * 4, "short", "")


def without_spaces(text: str) -> str:
    return "".join(text.split())


def shown(figure: Figure) -> str:
    """Return all letters of a slide."""
    texts = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
    return without_spaces("".join(texts))


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize(("width", "most_lines"), [(3.0, 1), (1.5, 2), (8.0, 1)])
def test_that_a_text_is_whole_and_within_its_room(text: str, width: float, most_lines: int) -> None:
    words = fitted(text, width, 14.0, most_lines)
    lines = words.text.split("\n")
    assert without_spaces(words.text) == without_spaces(text)
    assert len(lines) * words.size <= most_lines * 14.0
    assert all(text_width(line, words.size) <= width + 1e-9 for line in lines)


def test_that_a_text_with_room_enough_keeps_its_size() -> None:
    assert fitted("short", 3.0, 14.0, 1) == ("short", 14.0)


@chart_style()
def slide_with_legend(names: tuple[str, ...]) -> tuple[Figure, float]:
    figure = new_slide(Heading(ENGLISH * 2, CHINESE * 3, "note"))
    return figure, add_legend(figure, Legend(tuple(Line2D([], []) for _ in names), names))


def test_that_a_legend_holds_its_names_whole_within_the_slide() -> None:
    names = tuple(f"{ENGLISH} {number}" for number in range(4))
    figure, end = slide_with_legend(names)
    for name in names:
        assert without_spaces(name) in shown(figure)
    assert end <= slide_with_legend(("a" * 60, "b" * 60))[1] + 1e-9
    figure.canvas.draw()
    edge = figure.get_window_extent().width
    assert all(legend.get_window_extent().x1 <= edge for legend in figure.legends)


def test_that_titles_and_readings_of_a_slide_are_whole() -> None:
    figure, _ = slide_with_legend(("one",))
    assert without_spaces(ENGLISH * 2) in shown(figure)
    assert without_spaces(CHINESE * 3) in shown(figure)


@chart_style()
def test_that_titles_of_panels_are_whole() -> None:
    legend = Legend((Line2D([], []),), ("one",))
    figure, _ = small_panels(Heading("title", "reading", "note"), [f"{CHINESE}{n}" for n in range(12)], legend)
    for number in range(12):
        assert f"{CHINESE}{number}" in shown(figure)


def test_that_names_of_rows_are_whole_beside_dots_and_bars() -> None:
    names = [f"{ENGLISH} {number}" for number in range(3)]
    heading = Heading("title", "reading", "note")
    dots = DotSeries([Dot(0.1, 0.0, 0.2, True)] * 3, style.INK, "o")
    of_dots = rows_chart(heading, names, [DotPanel(CHINESE, [dots], str)])
    of_bars = bar_rows(heading, names, [BarPanel(CHINESE, [{"part": 1.0}] * 3)], {"part": (ENGLISH, NOT_TOLD)})
    for chart in (of_dots, of_bars):
        for text in (*names, CHINESE):
            assert without_spaces(text) in shown(chart)


def test_that_type_of_names_on_real_charts_is_not_smaller_than_it_was() -> None:
    assert fitted("Prevalence of lazy government", 3.0, style.PANEL_TITLE_SIZE).size == style.PANEL_TITLE_SIZE

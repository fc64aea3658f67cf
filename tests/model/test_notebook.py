"""Tables and small charts for notebooks are well formed, show what is there, and leave out what is missing."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from model.notebook import Axis, BandedLine, dot_chart, line_chart, table

SVG = "{http://www.w3.org/2000/svg}"


def line(values: list[float]) -> BandedLine:
    middle = np.array(values)
    return BandedLine("a & b", middle, middle - 0.1, middle + 0.1)


def test_that_a_table_shows_texts_as_they_are() -> None:
    found = ElementTree.fromstring(table(("a", "b"), [("<b>", "1 & 2")]))
    assert [cell.text for cell in found.iter("td")] == ["<b>", "1 & 2"]


def test_that_every_line_has_its_band_and_every_month_its_point() -> None:
    found = ElementTree.fromstring(line_chart("t", "month", [line([0.1, 0.2, 0.3]), line([0.5, 0.5, 0.5])]))
    lines = [one.attrib["points"].split() for one in found.iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [3, 3]
    assert len(list(found.iter(f"{SVG}polygon"))) == 2
    assert found.find(f"{SVG}title") is not None
    rising = [float(point.split(",")[1]) for point in lines[0]]
    assert rising == sorted(rising, reverse=True)  # upwards on the page


def test_that_missing_months_are_left_out_and_a_run_of_one_month_is_drawn() -> None:
    gap = ElementTree.fromstring(line_chart("t", "month", [line([0.1, float("nan"), 0.3])]))
    assert [len(one.attrib["points"].split()) for one in gap.iter(f"{SVG}polyline")] == [2]
    for values in ([0.4], [float("nan")]):
        ElementTree.fromstring(line_chart("t", "month", [line(values)]))


def test_that_dots_are_left_out_where_a_number_is_missing_and_are_at_most_so_many() -> None:
    axes = (Axis("x", 0.0, 1.0), Axis("y", 0.0, 1.0))
    x = np.linspace(0.0, 1.0, 10_000)
    many = ElementTree.fromstring(dot_chart("t", axes, x, x))
    assert len(list(many.iter(f"{SVG}circle"))) == 400
    few = ElementTree.fromstring(dot_chart("t", axes, np.array([0.5, np.nan]), np.array([0.5, 0.5])))
    assert len(list(few.iter(f"{SVG}circle"))) == 1
    none = ElementTree.fromstring(dot_chart("t", axes, np.array([]), np.array([])))
    assert not list(none.iter(f"{SVG}circle"))

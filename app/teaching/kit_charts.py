"""Charts of a lesson as pictures: empty to draw on, with the answer, and the further charts of its reveal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from analysis.report.charts import style
from app.teaching.claims import MONTHS_PER_YEAR, quantity
from app.teaching.files import Lesson, Tree
from app.teaching.kit_words import word
from model.measures import about_measure
from model.scenario import find_scenario

_SIZE = (8.0, 4.2)  # inches
_MARKERS = ("s", "o", "D")


class DrawnLine(NamedTuple):
    """A line of a lesson's chart: its name and a value for each place, means over the runs."""

    name: str
    values: Sequence[float]


def size_of_lessons() -> tuple[int, int, int]:
    """Return officials, jurisdictions and months of the runs of lessons."""
    baseline = find_scenario("baseline")
    return baseline.officials, baseline.n_jurisdictions, baseline.months


def place_names(chart: Tree, language: str) -> list[str]:
    """Return what the places of a chart are called: points by name, years and jurisdictions by number, from 1."""
    _, jurisdictions, months = size_of_lessons()
    if chart["form"] == "points":
        return [place[language] for place in chart["places"]]
    last = months // MONTHS_PER_YEAR if chart["form"] == "curve" else jurisdictions
    return [str(number) for number in range(1, last + 1)]


def line_of(lesson: Lesson, chart: Tree, line: Tree, language: str) -> DrawnLine:
    """Return a line of a chart, simulated."""
    places = range(len(place_names(chart, language)))
    values = [float(np.mean(quantity(lesson, _asked(chart, line, place)))) for place in places]
    return DrawnLine(line["title"][language], values)


def _asked(chart: Tree, line: Tree, place: int) -> dict[str, Any]:
    def at(key: str) -> Any:
        listed = line[key]
        return listed[0] if len(listed) == 1 else listed[place]

    asked = {"arm": at("arms"), "measure": at("measures")}
    asked |= {key: at(key) for key in ("per", "less") if key in line}
    if chart["form"] == "curve":
        asked["years"] = [place + 1, place + 1]
    if chart["form"] == "jurisdictions":
        asked["jurisdiction"] = place + 1
    return asked


def is_share(line: Tree) -> bool:
    """Tell whether a line's values are shares: those of measures that are, and counts for each official-month."""
    first = line["measures"][0].split()[0]
    return "per" in line or about_measure(first).unit == "share"


def prediction_picture(lesson: Lesson, language: str, *, has_answer: bool) -> bytes:
    """Return the chart that a class draws on as a PNG, with the line that is given; with the answer if wanted."""
    chart = lesson.content["prediction"]
    lines = [line_of(lesson, chart, chart["given"], language)] if "given" in chart else []
    if has_answer:
        lines.append(line_of(lesson, chart, chart["asked"], language))
    return _picture(chart, chart["asked"], lines, language, tuple(chart["domain"]), has_given="given" in chart)


def reveal_picture(lesson: Lesson, number: int, language: str) -> bytes:
    """Return a further chart, numbered from 1, as a PNG."""
    chart = lesson.content["reveal"][number - 1]
    lines = [line_of(lesson, chart, line, language) for line in chart["line"]]
    return _picture(chart, chart["line"][0], lines, language, None, has_given=len(lines) > 1)


def _picture(
    chart: Tree,
    asked: Tree,
    lines: Sequence[DrawnLine],
    language: str,
    domain: tuple[float, float] | None,
    *,
    has_given: bool,
) -> bytes:
    names = place_names(chart, language)
    with style.chart_style():
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.add_subplot()
        looks = style.OVERLAID if has_given else style.OVERLAID[1:]
        dashes = [look.dashes for look in looks]
        if has_given:
            dashes[:2] = reversed(dashes[:2])  # what is given is dashed, as the lessons' tasks and the page have it
        is_joined = chart["form"] != "points" or all(_is_number(name) for name in names)
        for place, (line, look) in enumerate(zip(lines, looks, strict=False)):
            axes.plot(
                range(len(names)),
                line.values,
                label=line.name,
                color=look.colour,
                linestyle=dashes[place] if is_joined else "none",
                marker=_MARKERS[place if has_given else place + 1],
                linewidth=look.width,
            )
        axes.set_xticks(range(len(names)), names)
        axes.set_xlim(-0.5, len(names) - 0.5)
        axes.grid(axis="y")
        if domain:
            axes.set_ylim(*domain)
        elif not any("less" in line for line in chart.get("line", ())):
            axes.set_ylim(bottom=min(0.0, *(min(line.values) for line in lines)))
        if is_share(asked):
            axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
        if chart["form"] != "points":
            axes.set_xlabel(word(language, "years" if chart["form"] == "curve" else "places"))
        if lines:
            figure.legend(loc="outside upper left", ncols=3)
        written = io.BytesIO()
        figure.savefig(written, format="png", dpi=150, metadata={"Software": None})
    return written.getvalue()


def _is_number(name: str) -> bool:
    return name.replace(".", "", 1).isdigit()

"""The charts of evidence, in the style of all charts; each is a function of tables that are already there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.evidence.agreement import RELIABLE, TENTATIVE
from analysis.evidence.counted_rates import forms
from analysis.evidence.data_set import PROVISIONS, DataSet, Provision, cases_by, provisions, provisions_by
from analysis.evidence.estimate import CaseEstimate
from analysis.evidence.labels import group_label, item_label, percent, selection_sentence, titled, value_label
from analysis.evidence.ladder import ladder_of
from analysis.evidence.posterior import FILED_SHARE
from analysis.evidence.review import ACCESS, REMEDY
from analysis.evidence.selection import DISCLOSURE
from analysis.report.charts import style
from analysis.report.charts.bar_rows import NOT_TOLD, PARTS, BarPanel, Slide, bar_rows
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, legend_of, rows_chart
from analysis.report.charts.layout import Heading
from analysis.report.charts.style import chart_style
from model.catalogue import Catalogue

_OTHER_SHARES = {ACCESS: "access", REMEDY: "remedy", FILED_SHARE: "filed_share", DISCLOSURE: "disclosure"}
Chart = Callable[[], Slide]
_NAMED, _ABSENT = PARTS[0], PARTS[2]
_OUTCOMES = {
    "exempt": PARTS[0],
    "mitigated": PARTS[1],
    "clarified": PARTS[4],
    "refused": PARTS[3],
    "sanctioned": PARTS[2],
    "pending": PARTS[3],
    "not_told": NOT_TOLD,
}


def charts_of_data(data: DataSet, words: Catalogue) -> dict[str, Chart]:
    """Return the charts of a data set by the names of their files, each to be drawn when called."""
    return {
        "provisions": lambda: _provisions(data, words),
        "provisions_by_level": lambda: _provisions_by(data, "level", words),
        "provisions_by_year": lambda: _provisions_by(data, "year", words),
        "provisions_by_domain": lambda: _provisions_by(data, "domain", words),
        "outcomes": lambda: _outcomes(data, words),
        "forms": lambda: _forms(data, words),
    }


def charts_of_estimate(found: CaseEstimate, words: Catalogue) -> dict[str, Chart]:
    """Return the charts of an estimate by the names of their files, each to be drawn when called."""
    charts: dict[str, Chart] = {f"rates_{way}": functools.partial(_rates, found, way, words) for way in found.tallies}
    if sum(found.ladder):
        charts["ladder"] = lambda: _ladder(found, words)
    if len(found.agreement) and (found.agreement["units"] > 0).any():
        charts["agreement"] = lambda: agreement_chart(
            found.agreement, found.label, words, is_invented=found.is_invented
        )
    charts["flow"] = lambda: _flow(found, words)
    return charts


@chart_style()
def agreement_chart(table: pd.DataFrame, label: str, words: Catalogue, *, is_invented: bool) -> Slide:
    """Return the chart of alpha for every column that was coded twice."""
    rows = table[table["units"] > 0]
    dots = [Dot(row["alpha"], row["low"], row["high"], row["verdict"] == "reliable") for row in rows.to_dict("records")]
    panel = DotPanel("Krippendorff alpha", [DotSeries(dots, style.POINT, "o")], "{:.1f}".format, (TENTATIVE, RELIABLE))
    note = words.text("evidence.agreement.chart_note").format(file=Path(label).name)
    names = [f"{row['column']} (n = {row['units']})" for row in rows.to_dict("records")]
    return rows_chart(_heading(words, "evidence.agreement", note, is_invented), names, [panel])


@chart_style()
def _provisions(data: DataSet, words: Catalogue) -> Slide:
    found = provisions(data)
    names = [item_label(words, item) for item in found]
    heading = _text_heading(data, words, words.text("evidence.text.chart"))
    return bar_rows(heading, names, [BarPanel("", [_parts(one) for one in found.values()])], _told_or_not(words))


@chart_style()
def _provisions_by(data: DataSet, by: str, words: Catalogue) -> Slide:
    groups = provisions_by(data, by)
    names = [group_label(words, by, name) for name in groups]
    title = words.text("evidence.text.chart_by").format(by=words.text(f"evidence.by.{by}"))
    panels = [
        BarPanel(item_label(words, item), [_parts(found[item]) for found in groups.values()]) for item in PROVISIONS
    ]
    heading = _text_heading(data, words, title, "evidence.text.chart_by_reading")
    return bar_rows(heading, names, panels, _told_or_not(words))


@chart_style()
def _outcomes(data: DataSet, words: Catalogue) -> Slide:
    table = cases_by(data, "cause")
    names = [value_label(words, "cause", cause) for cause in table.index]
    parts = {name: (value_label(words, "outcome", name), area) for name, area in _OUTCOMES.items() if name in table}
    rows = [{str(name): float(value) for name, value in row.items()} for _, row in table.iterrows()]
    note = words.text("evidence.case.chart_note").format(n=data.cases.n_cases)
    return bar_rows(_heading(words, "evidence.case", note, data.is_invented), names, [BarPanel("", rows)], parts)


@chart_style()
def _forms(data: DataSet, words: Catalogue) -> Slide:
    found = forms(data.totals)
    names = [f"{group_label(words, 'place', one.place)} {one.first}–{one.last}" for one in found]
    keys = ("first", "second", "third", "fourth")
    looks = (NOT_TOLD, PARTS[1], PARTS[0], PARTS[2])
    parts = {key: (words.text(f"evidence.count.{key}"), look) for key, look in zip(keys, looks, strict=True)}
    rows = [dict(zip(keys, one.shares, strict=True)) for one in found]
    heading = _heading(words, "evidence.count", words.text("evidence.count.chart_note"), data.is_invented)
    return bar_rows(heading, names, [BarPanel("", rows)], parts, percent)


@chart_style()
def _rates(found: CaseEstimate, way: str, words: Catalogue) -> Slide:
    rows = found.rates[(found.rates["mitigated_as"] == way) & (found.rates["n"] > 0)]
    rows = rows[(rows["group"] == "all") | (rows["quantity"] == "exempt")]
    rows = rows[~rows["quantity"].str.startswith("rung.")]  # they have a chart of their own
    names = [
        f"{rate_name(words, str(row['group']), str(row['quantity']))} ({row['k']}/{row['n']})"
        for row in rows.to_dict("records")
    ]
    middle = rows["share"].to_numpy()
    possible = [
        Dot(m, low, high, False) for m, low, high in zip(middle, rows["bound_low"], rows["bound_high"], strict=True)
    ]
    published = [Dot(m, low, high, True) for m, low, high in zip(middle, rows["low"], rows["high"], strict=True)]
    series, legend = [DotSeries(published, style.POINT, "o", 0.12)], None
    if found.options.selection.stance != "none":
        series.insert(0, DotSeries(possible, style.LAZY.colour, "|", -0.18))
        legend = legend_of(series[::-1], (words.text("estimate.rate_published"), words.text("estimate.rate_possible")))
    title = words.text("estimate.rate_chart")
    reading = words.text(
        "estimate.rate_chart_none" if found.options.selection.stance == "none" else "estimate.rate_chart_reading"
    )
    note = words.text("estimate.chart_note").format(
        source=_source(found, words), cases=found.n_cases, way=words.text(f"estimate.{way}")
    )
    heading = Heading(
        titled(words, title, is_invented=found.is_invented),
        reading.format(selection=found.options.selection.text),
        note,
    )
    return rows_chart(heading, names, [DotPanel("", series, percent)], legend)


def rate_name(words: Catalogue, group: str, quantity: str) -> str:
    """Return what a row of shares is called: a place or period, a cause, filed or not."""
    if group != "all":
        return group_label(words, "place", group)
    if quantity in _OTHER_SHARES:
        return words.text(f"estimate.{_OTHER_SHARES[quantity]}")
    if quantity.startswith("rung."):
        return words.text("estimate.rung").format(rung=rung_name(words, int(quantity[-1])))
    _, _, rest = quantity.partition(".")
    if not rest:
        return words.text("evidence.all")
    cause, _, filed = rest.partition(".")
    name = value_label(words, "cause", cause).split(":")[0].split("：")[0]
    if not filed:
        return name
    return words.text("estimate.cause_and_filing").format(cause=name, filing=words.text(f"estimate.{filed}"))


@chart_style()
def _ladder(found: CaseEstimate, words: Catalogue) -> Slide:
    shares = ladder_of(found.ladder, found.options.seed).shares
    names = [rung_name(words, rung) for rung in range(shares.shape[1])]
    dots = [Dot(float(column[0]), float(column[1]), float(column[2]), True) for column in shares.T]
    heading = Heading(
        titled(words, words.text("estimate.ladder_chart"), is_invented=found.is_invented),
        words.text("estimate.ladder_chart_reading").format(n=sum(found.ladder)),
        _source(found, words),
    )
    return rows_chart(heading, names, [DotPanel("", [DotSeries(dots, style.POINT, "o")], percent)])


def rung_name(words: Catalogue, rung: int) -> str:
    """Return what a rung of the ladder of accountability is called."""
    names = {"en": ("circular", "admonition", "discipline", "removal"), "zh": ("通报", "诫勉", "纪律处分", "免职")}
    return f"{rung} {names[words.language][rung]}"


@chart_style()
def _flow(found: CaseEstimate, words: Catalogue) -> Slide:
    tally = next(iter(found.tallies.values()))
    honest = [
        share for (cause, _), share in tally.exempt.items() if cause in ("force_majeure", "complexity", "ability")
    ]
    n, exempt = sum(share.n for share in honest), sum(share.k for share in honest)
    not_told = tally.not_told.get("applied", 0)
    steps: Mapping[str, tuple[float, float, float]] = {
        "flow_applied": (tally.applied.k, tally.applied.n - tally.applied.k, not_told),
        "flow_exempt": (exempt, n - exempt, 0.0),
        "flow_won": (tally.appeals_won.k, tally.appeals_won.n - tally.appeals_won.k, n - exempt - tally.appeals_won.n),
    }
    parts = {
        "yes": (words.text("estimate.yes"), _NAMED),
        "no": (words.text("estimate.no"), _ABSENT),
        "not_told": (words.text("evidence.not_told"), NOT_TOLD),
    }
    rows = [dict(zip(parts, map(float, np.maximum(step, 0.0)), strict=True)) for step in steps.values()]
    heading = Heading(
        titled(words, words.text("estimate.flow_chart"), is_invented=found.is_invented),
        words.text("estimate.flow_chart_reading"),
        _source(found, words),
    )
    return bar_rows(heading, [words.text(f"estimate.{name}") for name in steps], [BarPanel("", rows)], parts)


def _source(found: CaseEstimate, words: Catalogue) -> str:
    """Return the file and what is assumed of how its cases were chosen, for the foot of a chart."""
    return words.text("estimate.chart_source").format(
        file=Path(found.label).name, selection=selection_sentence(found.options.selection, words)
    )


def _parts(found: Provision) -> dict[str, float]:
    return {"named": found.named, "absent": found.absent, "not_told": found.not_told}


def _told_or_not(words: Catalogue) -> dict[str, tuple[str, style.Area]]:
    looks = {"named": _NAMED, "absent": _ABSENT, "not_told": NOT_TOLD}
    return {name: (words.text(f"evidence.{name}"), look) for name, look in looks.items()}


def _text_heading(data: DataSet, words: Catalogue, title: str, reading: str = "evidence.text.chart_reading") -> Heading:
    numbers = {"n": len(data.texts.documents), "whole": sum(row["seen"] == "whole" for row in data.texts.rows)}
    return Heading(
        titled(words, title, is_invented=data.is_invented),
        words.text(reading).format(**numbers),
        words.text("evidence.text.chart_note").format(**numbers),
    )


def _heading(words: Catalogue, section: str, note: str, is_invented: bool) -> Heading:
    title = titled(words, words.text(f"{section}.chart"), is_invented=is_invented)
    return Heading(title, words.text(f"{section}.chart_reading"), note)

"""The report of a data set of texts, cases and counts: sections of words, tables and charts in one language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analysis.evidence.counted_rates import LEAST_MEASURES, MOST_MEASURES, forms, rates, rungs_after_inspection
from analysis.evidence.data_set import (
    BY,
    PROVISIONS,
    DataSet,
    cases_by,
    filled,
    provisions,
    provisions_by,
    provisions_of_whole_texts,
)
from analysis.evidence.findings_in_words import agreement_section, identified_section
from analysis.evidence.labels import group_label, item_label, percent, titled, value_label
from analysis.evidence.selection import Selection, bounds_of
from analysis.evidence.tally import Share
from analysis.report.elements import (
    Bullets,
    Callout,
    Element,
    Folded,
    Paragraph,
    Picture,
    ReportDocument,
    Section,
    Table,
)
from analysis.words import band_of
from model.catalogue import Catalogue

Pictures = Mapping[str, Picture]
_TOLD = ("filed", "applied", "collective_decision", "corrected", "days_to_decision", "appealed", "later_career", "rung")
_INSPECTION = "hunan-2018-provincial-inspection"


def document_of_data(
    data: DataSet, words: Catalogue, sources: Mapping[str, str], sanctions_of_the_model: float | None
) -> ReportDocument:
    """Return the report of a data set.

    Parameters
    ----------
    sources : of the charts, by their names; a chart without one is left out.
    sanctions_of_the_model : sanctions per 100 officials and year in the baseline; None if it was not simulated.
    """
    pictures = {name: _picture(name, source, words) for name, source in sources.items()}
    sections = [
        _answer(data, words),
        _texts(data, words, pictures),
        _cases(data, words, pictures),
        _counts(data, words, pictures, sanctions_of_the_model),
        identified_section(data, words),
        agreement_section(data, words),
        _limits(words),
        _licence(data, words),
    ]
    return ReportDocument(
        language=words.language,
        kicker=words.text("evidence.kicker"),
        title=titled(words, words.text("evidence.title"), is_invented=data.is_invented),
        question=words.text("evidence.question"),
        facts=(
            (words.text("evidence.texts"), str(len(data.texts.documents))),
            (words.text("evidence.cases"), str(data.cases.n_cases)),
            (words.text("evidence.counts"), str(len(data.totals))),
        ),
        contents=words.text("evidence.contents"),
        sections=tuple(sections),
        foot=words.text("evidence.foot"),
    )


def provision_rows(data: DataSet, words: Catalogue) -> list[tuple[str, ...]]:
    """Return the rows of the table of provisions: named, no, not told, and the possible share."""
    return [
        (item_label(words, item), *map(str, found), f"{percent(found.bounds[0])} – {percent(found.bounds[1])}")
        for item, found in provisions(data).items()
    ]


def provision_head(words: Catalogue) -> tuple[str, ...]:
    """Return the head of the table of provisions."""
    keys = ("text.provision", "named", "absent", "not_told", "bounds")
    return tuple(words.text(f"evidence.{key}") for key in keys)


def cases_table(data: DataSet, words: Catalogue, rows: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return head and rows of the cases by cause or place, and outcome."""
    table = cases_by(data, rows)
    head = (words.text(f"evidence.case.{rows}"), *(value_label(words, "outcome", name) for name in table.columns))
    names = [_named(words, rows, name) for name in table.index]
    return head, [(name, *map(str, row)) for name, row in zip(names, table.to_numpy().tolist(), strict=True)]


def answer_sentences(data: DataSet, words: Catalogue) -> list[str]:
    """Return what the data set tells, in a few sentences."""
    outcomes = cases_by(data, "cause").sum()
    told = filled(data, ("filed", "days_to_decision", "later_career"))
    whole = sum(row["seen"] == "whole" for row in data.texts.rows)
    sentences = [words.text("evidence.answer.texts").format(n=len(data.texts.documents), whole=whole)]
    for item, found in provisions(data).items():
        low, high = found.bounds
        sentences.append(
            words.text("evidence.answer.provision").format(
                item=item_label(words, item), n=found.n, low=percent(low), high=percent(high), **found._asdict()
            )
        )
    ends = {name: outcomes.get(name, 0) for name in ("exempt", "mitigated", "clarified", "sanctioned")}
    n, n_open = data.cases.n_cases, outcomes.get("not_told", 0) + outcomes.get("pending", 0)
    sentences.append(words.text("evidence.answer.cases").format(n=n, open=n_open, **ends))
    numbers = {"filed": told["filed"][0], "days": told["days_to_decision"][0], "career": told["later_career"][0]}
    sentences.append(words.text("evidence.answer.not_known").format(n=n, **numbers))
    return sentences


def _answer(data: DataSet, words: Catalogue) -> Section:
    first, *middle, cases, not_known = answer_sentences(data, words)
    band = band_of(data.is_invented, words)
    blocks: list[Element] = [Callout(band, "warning")] if band else []
    blocks += [Paragraph(first), Bullets(tuple(middle)), Paragraph(cases), Callout(not_known, "warning")]
    return Section("answer", words.text("evidence.answer.title"), tuple(blocks))


def _texts(data: DataSet, words: Catalogue, pictures: Pictures) -> Section:
    whole = provisions_of_whole_texts(data, whole=True)
    listed = [
        words.text("evidence.text.one_of").format(item=item_label(words, item), named=found.named)
        for item, found in whole.items()
    ]
    joined = ("、" if words.language == "zh" else ", ").join(listed)
    n_whole = next(iter(whole.values())).n
    blocks: list[Element] = [
        *_shown(pictures, "provisions"),
        Table(words.text("evidence.text.caption"), provision_head(words), tuple(provision_rows(data, words))),
    ]
    if n_whole:
        blocks.append(Paragraph(words.text("evidence.text.share_whole").format(n=n_whole, list=joined)))
    for by in BY:
        blocks += _shown(pictures, f"provisions_by_{by}")
        caption = words.text("evidence.text.by_caption").format(by=words.text(f"evidence.by.{by}"))
        blocks.append(Folded(caption, (_by_table(data, words, by),)))
    return Section("texts", words.text("evidence.sections.texts"), tuple(blocks))


def _by_table(data: DataSet, words: Catalogue, by: str) -> Table:
    head = (
        words.text(f"evidence.by.{by}"),
        words.text("evidence.n"),
        *(item_label(words, item) for item in PROVISIONS),
    )
    rows = [
        (
            group_label(words, by, name),
            str(next(iter(found.values())).n),
            *(" / ".join(map(str, found[item])) for item in PROVISIONS),
        )
        for name, found in provisions_by(data, by).items()
    ]
    return Table("", head, tuple(rows))


def _cases(data: DataSet, words: Catalogue, pictures: Pictures) -> Section:
    outcomes = cases_by(data, "cause").drop(index="accusation_false", errors="ignore").sum()
    decided = sum(int(outcomes.get(name, 0)) for name in ("exempt", "mitigated", "sanctioned", "refused"))
    exempt, mitigated = int(outcomes.get("exempt", 0)), int(outcomes.get("mitigated", 0))
    low, high = bounds_of(Share(exempt, decided), Selection("bounds", (0.0, 1.0)))
    naive = [exempt / decided, (exempt + mitigated) / decided] if decided else [float("nan")] * 2
    sentence = words.text("evidence.case.selection").format(
        low=f"{low:g}", high=f"{high:g}", naive=f"{naive[0]:.2f}", naive_mitigated=f"{naive[1]:.2f}"
    )
    head, rows = cases_table(data, words, "cause")
    told = [(_column_name(words, name), str(k), str(n)) for name, (k, n) in filled(data, _TOLD).items()]
    told_head = tuple(words.text(f"evidence.case.{key}") for key in ("column", "told", "of"))
    blocks: list[Element] = [
        *_shown(pictures, "outcomes"),
        Table(words.text("evidence.case.caption"), head, tuple(rows)),
        Callout(sentence, "warning"),
        Table(words.text("evidence.case.told_caption"), told_head, tuple(told)),
        *(_folded(data, words, column) for column in ("place", "reported_by")),
    ]
    return Section("cases", words.text("evidence.sections.cases"), tuple(blocks))


def _folded(data: DataSet, words: Catalogue, column: str) -> Folded:
    """Return the cases by another column."""
    head, rows = cases_table(data, words, column)
    return Folded(words.text(f"evidence.case.{column}_caption"), (Table("", head, tuple(rows)),))


def _counts(data: DataSet, words: Catalogue, pictures: Pictures, of_the_model: float | None) -> Section:
    def text(key: str) -> str:
        return words.text(f"evidence.count.{key}")

    found = rates(data.totals)
    rows = [(one.year, f"{one.sanctions:.1f}", _number(one.all_measures)) for one in found]
    if of_the_model is not None:
        rows.append((text("model"), "", f"{of_the_model:.1f}"))
    form_rows = [
        (
            f"{group_label(words, 'place', one.place)} {one.first}–{one.last}",
            *(percent(share) for share in one.shares),
            f"{sum(one.counts):,.0f}",
        )
        for one in forms(data.totals)
    ]
    form_head = tuple(text(key) for key in ("form", "first", "second", "third", "fourth"))
    inspected = rungs_after_inspection(data.totals, _INSPECTION)
    blocks: list[Element] = []
    if rows:
        blocks.append(
            Table(text("rates_caption"), (text("year"), text("sanctions"), text("all_measures")), tuple(rows))
        )
        blocks.append(
            Paragraph(f"{text('rates_note')} {text('in_band').format(low=LEAST_MEASURES, high=MOST_MEASURES)}")
        )
    blocks += _shown(pictures, "forms")
    if form_rows:
        blocks.append(Table(text("forms_caption"), (*form_head, words.text("evidence.n")), tuple(form_rows)))
    if inspected:
        total = sum(inspected.values())
        rung_rows = [
            (group_label(words, "category", name), f"{count:.0f}", percent(count / total))
            for name, count in inspected.items()
        ]
        head = (text("rung"), words.text("evidence.n"), words.text("evidence.share"))
        blocks.append(Table(text("rungs_caption"), head, tuple(rung_rows)))
    return Section("counts", words.text("evidence.sections.counts"), tuple(blocks))


def _limits(words: Catalogue) -> Section:
    items = tuple(words.text(f"evidence.limits.{key}") for key in ("chosen", "names", "single", "law", "abroad"))
    lead = Paragraph(words.text("evidence.limits.lead"))
    return Section("limits", words.text("evidence.sections.limits"), (lead, Bullets(items)))


def _licence(data: DataSet, words: Catalogue) -> Section:
    rows = [*(row.values for row in data.texts.rows), *(row.values for row in data.cases.rows), *data.totals]
    linked = sum(bool(row.get("source_url")) for row in rows)
    links = words.text("evidence.licence.links").format(n=len(rows), linked=linked)
    lead = Paragraph(words.text("evidence.licence.lead"))
    return Section("licence", words.text("evidence.sections.licence"), (lead, Paragraph(links)))


def _picture(name: str, source: str, words: Catalogue) -> Picture:
    keys = {"outcomes": "case", "forms": "count"}
    section = keys.get(name, "text")
    title = words.text(f"evidence.{section}.chart")
    by = name.removeprefix("provisions_by_")
    if by != name:
        title = words.text("evidence.text.chart_by").format(by=words.text(f"evidence.by.{by}"))
    return Picture(name, title, title, source)


def _shown(pictures: Pictures, name: str) -> Sequence[Picture]:
    return [pictures[name]] if name in pictures else []


def _named(words: Catalogue, column: str, value: object) -> str:
    name = str(value)
    if name == "not_told":
        return words.text("evidence.not_told")
    return group_label(words, column, name) if column == "place" else value_label(words, column, name)


def _column_name(words: Catalogue, name: str) -> str:
    from analysis.evidence.codebook import case_columns  # noqa: PLC0415

    return case_columns()[name].texts[words.language].split(":")[0].split("：")[0]


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1f}"

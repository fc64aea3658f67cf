"""The report of an estimate from cases or counts, and its sentences for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.evidence.estimate import CaseEstimate
from analysis.evidence.findings_in_words import quantity_head, quantity_rows
from analysis.evidence.labels import group_label, percent, selection_sentence, titled, value_label
from analysis.evidence.ladder import ladder_of
from analysis.report.elements import Bullets, Callout, Element, Paragraph, Picture, ReportDocument, Section, Table
from analysis.words import band_of
from model.catalogue import Catalogue

_PICTURES = ("rates_", "flow", "ladder", "agreement")


def notes_of_estimate(found: CaseEstimate, words: Catalogue) -> list[str]:
    """Return what must be known before the numbers are read: the stance, what was left out, ties, open cases."""

    def text(key: str, **values: object) -> str:
        return words.text(f"estimate.{key}").format(**values)

    def listed(names: Mapping[str, object]) -> str:
        return ", ".join(f"{name} {n}" for name, n in names.items())

    stance = found.options.selection
    band = band_of(found.is_invented, words)
    notes = [band] if band else []
    notes.append(selection_sentence(stance, words))
    if stance.stance == "model":
        notes.append(text("publication"))
    if found.left_out:
        notes.append(text("left_out", columns=", ".join(found.left_out), first=found.left_out[0]))
    unreliable = found.agreement.loc[found.agreement["verdict"] == "unreliable", "column"]
    accepted = [column for column in found.options.accept if column in set(unreliable)]
    if accepted:
        notes.append(text("accepted", columns=", ".join(accepted)))
    if found.ties:
        notes.append(text("ties", ties=listed(found.ties)))
    tally = next(iter(found.tallies.values()))
    if tally.other:
        causes = {
            value_label(words, "cause", cause).split(":")[0].split("：")[0]: n for cause, n in tally.other.items()
        }
        notes.append(text("other_causes", causes=listed(causes)))
    if found.options.counted_as:
        pairs = ", ".join(f"{cause} = {other}" for cause, other in found.options.counted_as)
        notes.append(text("counted", causes=pairs))
    if tally.n_open:
        notes.append(text("open", n=tally.n_open))
    return notes


def rate_head(words: Catalogue) -> tuple[str, ...]:
    """Return the head of the table of shares."""
    keys = ("estimate.group", "evidence.quantity", "evidence.identified.mitigated_as")
    rest = ("evidence.n", "evidence.identified.estimate", "evidence.interval", "evidence.bounds")
    return tuple(words.text(key) for key in (*keys, *rest))


def rate_rows(found: CaseEstimate, words: Catalogue) -> list[tuple[str, ...]]:
    """Return the rows of the table of shares that rest on a case at least."""
    from analysis.evidence.charts import rate_name  # noqa: PLC0415  (matplotlib takes half a second)

    return [
        (
            words.text("evidence.all") if row["group"] == "all" else group_label(words, "place", row["group"]),
            rate_name(words, "all", row["quantity"]),
            words.text(f"estimate.{row['mitigated_as']}"),
            f"{row['k']}/{row['n']}",
            percent(row["share"]) if row["share"] == row["share"] else "-",
            f"{percent(row['low'])} – {percent(row['high'])}",
            f"{percent(row['bound_low'])} – {percent(row['bound_high'])}",
        )
        for row in found.rates[found.rates["n"] > 0].to_dict("records")
    ]


def ladder_sentence(found: CaseEstimate, words: Catalogue) -> str:
    """Return what the sanctions by rung come to."""
    if not sum(found.ladder):
        return words.text("estimate.ladder_none")
    middle, low, high = ladder_of(found.ladder, found.options.seed).severity
    return words.text("estimate.ladder_note").format(n=sum(found.ladder), middle=middle, low=low, high=high)


def agreement_rows(table: pd.DataFrame, words: Catalogue) -> list[tuple[str, ...]]:
    """Return the rows of the table of agreement."""
    return [
        (
            row["column"],
            str(row["units"]),
            percent(row["missing"]),
            f"{row['alpha']:.3f}" if row["alpha"] == row["alpha"] else "-",
            f"{row['low']:.2f} – {row['high']:.2f}" if row["low"] == row["low"] else "",
            words.text(f"evidence.agreement.{row['verdict']}"),
        )
        for row in table.to_dict("records")
    ]


def agreement_head(words: Catalogue) -> tuple[str, ...]:
    """Return the head of the table of agreement."""
    names = [words.text(f"evidence.agreement.{key}") for key in ("column", "units", "missing", "alpha")]
    return (*names, words.text("evidence.interval"), words.text("evidence.agreement.verdict"))


def document_of_estimate(found: CaseEstimate, words: Catalogue, sources: Mapping[str, str]) -> ReportDocument:
    """Return the report of an estimate; `sources` are those of its charts."""

    def text(key: str) -> str:
        return words.text(f"estimate.{key}")

    def shown(start: str) -> list[Element]:
        return [
            Picture(name, title, title, source)
            for name, source in sources.items()
            if name.startswith(start)
            for title in [_title(name, words)]
        ]

    first, *others = notes_of_estimate(found, words)
    notes: list[Element] = [Callout(first, "warning")]
    if others:
        notes.append(Bullets(tuple(others)))
    again = found.agreement
    is_compared = len(again) and (again["units"] > 0).any()
    compared: list[Element] = [Paragraph(text("agreement_none"))]
    if is_compared:
        compared = [*shown("agreement"), Table("", agreement_head(words), tuple(agreement_rows(again, words)))]
    quantities = Table("", quantity_head(words), tuple(quantity_rows(found, words)), n_texts=3)
    sentence = Callout(words.text("evidence.identified.sentence"), "warning")
    name = Path(found.label).name
    return ReportDocument(
        language=words.language,
        kicker=text("kicker"),
        title=titled(words, text("title").format(file=name), is_invented=found.is_invented),
        question=text("question"),
        facts=((words.text("evidence.cases"), str(found.n_cases)), ("sha256", _checksum(found))),
        contents=words.text("evidence.contents"),
        sections=(
            Section("notes", words.text("evidence.answer.title"), tuple(notes)),
            Section(
                "rates",
                text("rates"),
                (
                    *shown("rates_"),
                    Table("", rate_head(words), tuple(rate_rows(found, words)), n_texts=3),
                    *shown("flow"),
                ),
            ),
            Section(
                "quantities",
                text("quantities"),
                (Paragraph(words.text("evidence.identified.lead")), quantities, sentence),
            ),
            Section("ladder", text("ladder"), (*shown("ladder"), Paragraph(ladder_sentence(found, words)))),
            Section("agreement", text("agreement"), tuple(compared)),
        ),
        foot=words.text("evidence.foot"),
    )


def _title(name: str, words: Catalogue) -> str:
    if name.startswith("rates_"):
        return words.text("estimate.rate_chart")
    if name == "agreement":
        return words.text("evidence.agreement.chart")
    return words.text(f"estimate.{name}_chart")


def _checksum(found: CaseEstimate) -> str:
    from analysis.evidence.provenance import checksum  # noqa: PLC0415

    return checksum(found.label)[:12]

"""What of the parameters of review the data tell, what not, and how far coders agree: in words and tables."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from analysis.evidence.agreement import agreement, alpha_of, codings_of, verdict_of
from analysis.evidence.coded_file import Row
from analysis.evidence.data_set import FOLLOWING, DataSet
from analysis.evidence.estimate import CaseEstimate, Options, estimate_of_cases, estimate_of_counts
from analysis.evidence.labels import item_label, value_label
from analysis.evidence.posterior import FILED_SHARE, posterior_of
from analysis.evidence.review import HONEST, evidence_of, exempt_at_review, parameters_of_review
from analysis.evidence.selection import Selection
from analysis.evidence.tally import Share, Tally
from analysis.report.elements import Bullets, Callout, Element, Folded, Paragraph, Section, Table
from model.catalogue import Catalogue

_NOTHING_ASSUMED = Options(Selection("bounds", (0.0, 1.0)))
_NO_SELECTION = Options(Selection("none"))
_FEW, _MANY, _OWN = 60, 400, 100
_SHOWN_WEAKEST = 4


def identified_section(data: DataSet, words: Catalogue) -> Section:
    """Return the section on what can be estimated from the cases, and what not."""

    def text(key: str) -> str:
        return words.text(f"evidence.identified.{key}")

    assumed = estimate_of_cases(data.cases, _NOTHING_ASSUMED)
    naive = estimate_of_cases(data.cases, _NO_SELECTION)
    worst = _worst_of(assumed)
    verdicts = worst["verdict"].value_counts()
    tells = {name: int(verdicts.get(name, 0)) for name in ("told", "in_part", "not_told")}
    few, many, own = measured_contractions()
    numbers = {"few": few, "many": many, "own": own}
    measured = text("measured").format(
        **{key: f"{value:.2f}" for key, value in numbers.items()}, n_few=_FEW, n_many=_MANY, n_own=_OWN
    )
    blocks: list[Element] = [
        Paragraph(text("lead")),
        _table(assumed, words, text("caption")),
        Callout(text("none_told").format(n=len(worst), **tells), "warning"),
        Bullets((text("sentence"), measured, text("counted"))),
        Folded(text("none_caption"), (_table(naive, words, ""),)),
    ]
    if data.counts is not None:
        blocks.append(_counted(data, words))
    return Section("identified", words.text("evidence.sections.identified"), tuple(blocks))


def agreement_section(data: DataSet, words: Catalogue) -> Section:
    """Return the section on how far coders agree."""

    def text(key: str) -> str:
        return words.text(f"evidence.agreement.{key}")

    blocks: list[Element] = []
    if data.second_coder is not None:
        table, pooled = agreement_of_texts(data)
        told = [values for coded in _pairs(data, told=True) for values in coded]
        weakest = table[table["verdict"] == "unreliable"].sort_values("alpha")["column"].head(_SHOWN_WEAKEST)
        names = ("、" if words.language == "zh" else ", ").join(_name_of(words, item) for item in weakest)
        n = len(data.second_coder.documents)
        agree = sum(len(set(values)) == 1 for values in told)
        head = (text("column"), text("units"), text("alpha"), words.text("evidence.interval"), text("verdict"))
        rows = [(text("pooled"), str(pooled[1]), f"{pooled[0]:.2f}", "", text(verdict_of(*pooled)))]
        rows += [
            (
                _name_of(words, row["column"]),
                str(row["units"]),
                _two(row["alpha"]),
                _ends(row["low"], row["high"]),
                text(row["verdict"]),
            )
            for row in table.to_dict("records")
        ]
        blocks += [
            Paragraph(text("lead").format(n=n, weakest=names)),
            Paragraph(text("told_only").format(agree=agree, n=len(told))),
            Table(text("caption"), head, tuple(rows)),
        ]
    blocks.append(Paragraph(text("cases_once")))
    return Section("agreement", words.text("evidence.sections.agreement"), tuple(blocks))


def agreement_of_texts(data: DataSet) -> tuple[pd.DataFrame, tuple[float, int]]:
    """Return the agreement on every item of the passages coded twice, not telling being a value; and alpha of all."""
    pairs = _codings(data, told=False)
    pooled = [values for one in pairs for values in one.pairable]
    return agreement(pairs), (alpha_of(pooled, "nominal"), len(pooled))


@functools.cache
def measured_contractions() -> tuple[float, float, float]:
    """Return the contraction of the evidence for complexity, in simulated files of the middle of all ranges.

    With few honest cases, with many, and with many beside cases of private gain.
    """
    middle = {name: np.array([(low + high) / 2.0]) for name, (low, high) in parameters_of_review().items()}
    middle[FILED_SHARE] = np.array([0.5])

    def contraction(n_honest: int, n_own: int) -> float:
        exempt = {}
        for cause in HONEST:
            for filed in ("yes", "no"):
                n = n_honest // 6
                chance = exempt_at_review(middle, cause, filed=filed == "yes")[0]
                exempt[cause, filed] = Share(round(n * float(chance)), n)
        if n_own:
            chance = exempt_at_review(middle, "self_dealing")[0]
            exempt["self_dealing", ""] = Share(round(n_own * float(chance)), n_own)
        tally = Tally(exempt=exempt, filed=Share(n_honest // 2, n_honest))
        return posterior_of(tally, Selection("none"), 1).contraction(evidence_of("complexity"))

    return contraction(_FEW, 0), contraction(_MANY, 0), contraction(_MANY, _OWN)


def quantity_name(words: Catalogue, name: str) -> str:
    """Return what a row of the table of quantities is called."""
    kind, _, rest = name.partition(".")
    if name == FILED_SHARE:
        return words.text("evidence.identified.filed_share")
    if kind == "chance":
        cause = value_label(words, "cause", rest).split(":")[0].split("：")[0]
        return words.text("evidence.identified.chance").format(cause=cause)
    return words.texts.get(f"parameters.{name}.label", name)


def quantity_head(words: Catalogue) -> tuple[str, ...]:
    """Return the head of the table of quantities."""
    keys = ("evidence.quantity", "evidence.identified.mitigated_as", "evidence.identified.verdict")
    rest = ("evidence.identified.from_cases", "evidence.identified.estimate", "evidence.interval")
    return tuple(words.text(key) for key in (*keys, *rest, "evidence.identified.contraction"))


def quantity_rows(found: CaseEstimate, words: Catalogue) -> list[tuple[str, ...]]:
    """Return the rows of the table of quantities."""
    return [
        (
            quantity_name(words, row["quantity"]),
            words.text(f"estimate.{row['mitigated_as']}"),
            words.text(f"evidence.identified.{row['verdict']}"),
            str(row["n"]),
            _two(row["estimate"]),
            _ends(row["low"], row["high"]),
            _two(round(row["contraction"], 2) + 0.0),
        )
        for row in found.quantities.to_dict("records")
    ]


def _name_of(words: Catalogue, item: str) -> str:
    return words.text("evidence.agreement.is_trial") if item == "is_trial" else item_label(words, item)


def _worst_of(found: CaseEstimate) -> pd.DataFrame:
    """Return the parameters, with the lesser contraction of the two ways to count mitigated cases."""
    own = found.quantities[found.quantities["quantity"].isin(parameters_of_review())]
    return own.sort_values("contraction").drop_duplicates("quantity")


def _table(found: CaseEstimate, words: Catalogue, caption: str) -> Table:
    return Table(caption, quantity_head(words), tuple(quantity_rows(found, words)), n_texts=3)


def _counted(data: DataSet, words: Catalogue) -> Table:
    """Return the table of counts that tell nothing but a share."""
    assert data.counts is not None
    found = estimate_of_counts(data.counts, Options(Selection("none"), by="period"))
    rows = found.rates[found.rates["quantity"] == "exempt"]
    text = words.text("evidence.identified.korea")
    listed = [
        (
            text.format(period=words.text("evidence.all") if row["group"] == "all" else row["group"]),
            f"{row['k']}/{row['n']}",
            f"{row['share']:.3f}",
            f"{row['low']:.3f} – {row['high']:.3f}",
        )
        for row in rows.to_dict("records")
    ]
    head = tuple(
        words.text(key)
        for key in ("evidence.counts", "evidence.n", "evidence.identified.estimate", "evidence.interval")
    )
    return Table(words.text("evidence.identified.korea_caption"), head, tuple(listed))


def _codings(data: DataSet, *, told: bool) -> list:  # type: ignore[type-arg]
    assert data.second_coder is not None
    documents = set(data.second_coder.documents)
    rows = [row for row in data.texts.rows if row["document"] in documents] + list(data.second_coder.rows)
    items = [item for item in ("is_trial", *data.second_coder.items) if item not in FOLLOWING]
    named = [Row(row.line, {**row.values, **{item: _named(row[item]) for item in items}}) for row in rows]
    return [codings_of(named, item, "document", told=told) for item in items]


def _named(value: str) -> str:
    """Return a code as named or not: how far a thing is specified follows from counts, in columns of their own."""
    return {"yes": "1", "2": "1", "3": "1", "no": "0"}.get(value, value)


def _pairs(data: DataSet, *, told: bool) -> list[list[list[str]]]:
    return [one.pairable for one in _codings(data, told=told)]


def _two(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2f}"


def _ends(low: float, high: float) -> str:
    return "" if np.isnan(low) else f"{low:.2f} – {high:.2f}"

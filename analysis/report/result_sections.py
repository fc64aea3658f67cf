"""The sections of results: what points change, maps, sensitivity, mechanisms; and the short answer that leads them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.number_format import (
    MISSING,
    told,
    told_decimals,
    told_difference,
    told_interval,
    told_number,
    whole,
)
from analysis.report.charts.sensitivity_chart import deciding_index, ranked_factors
from analysis.report.contents import BestLevels, Contents, FactorIndices, MechanismEffects, leading_measures
from analysis.report.elements import Bullets, Callout, Element, Folded, Paragraph, Section, Table
from analysis.report.section_words import label, listed, measure_label, point_text
from model.catalogue import Catalogue

MOST_POINTS_LISTED = 30
_VALUE = "public_value"
_MOST_FACTORS_TOLD = 5
_MOST_MECHANISMS_TOLD = 3


def answer_section(contents: Contents, words: Catalogue) -> Section:
    """Return the short answer, computed from the numbers."""
    sentences = [] if contents.best is None else _best_sentences(contents.best, words)
    for measure in leading_measures(contents):
        if contents.indices is not None:  # its points are a sample for the indices; their extremes mean nothing
            sentences.append(_ranking_sentence(contents.indices, measure, words))
        elif contents.best is not None:
            break  # points differ in judgement, so their extremes say little
        elif contents.ablation is None:
            sentences.append(_range_sentence(contents, measure, words))
        else:
            sentences.append(_mechanism_sentence(contents.ablation, measure, words))
    if contents.boundary is not None:
        sentences += _boundary_sentences(contents, words)
    blocks: list[Element] = []
    if contents.progress.missing:
        text = words.text("report.incomplete").format(
            n=whole(contents.progress.n_missing), of=whole(contents.progress.planned_runs)
        )
        blocks.append(Callout(text, "warning"))
    return Section("answer", words.text("report.answer"), (*blocks, Bullets(tuple(sentences))))


def _range_sentence(contents: Contents, measure: str, words: Catalogue) -> str:
    """Return between what a measure moves over the points, and at how many of them it differs beyond luck."""
    rows = contents.effects[contents.effects["measure"] == measure].reset_index(drop=True)
    if rows["mean"].isna().all():
        return words.text("report.no_numbers").format(measure=measure_label(measure, words))
    low, high = _records(rows.sort_values("mean", kind="stable").dropna(subset="mean").iloc[[0, -1]])
    named = [
        point_text(contents.specification, contents.points[int(row["point"])], int(row["point"]), words)
        for row in (low, high)
    ]
    return words.text("report.range").format(
        measure=measure_label(measure, words),
        low=told(measure, float(low["mean"])),
        low_at=named[0],
        high=told(measure, float(high["mean"])),
        high_at=named[1],
        base=told(measure, float(rows["reference_mean"].mean())),
        up=whole(int((rows["low"] > 0).sum())),
        down=whole(int((rows["high"] < 0).sum())),
        n=whole(len(rows)),
    )


def _ranking_sentence(found: FactorIndices, measure: str, words: Catalogue) -> str:
    """Return which factors matter most, how many are negligible, and for how many nothing can be said."""
    index = found.indices
    of_measure = index[(index["measure"] == measure) & (index["index"] == deciding_index(found))].set_index("factor")
    certain = [name for name in ranked_factors(found, measure) if of_measure.loc[name, "verdict"] == "matters"]
    verdicts = of_measure["verdict"].value_counts()
    named = listed([label(name, words) for name in certain[:_MOST_FACTORS_TOLD]], words)
    key = "ranking" if certain else "ranking_of_none"
    return words.text(f"report.{key}").format(
        measure=measure_label(measure, words),
        factors=named,
        negligible=whole(int(verdicts.get("negligible", 0))),
        unsure=whole(int(verdicts.get("not enough runs", 0))),
        n=whole(len(of_measure)),
    )


def _mechanism_sentence(ablation: MechanismEffects, measure: str, words: Catalogue) -> str:
    """Return which mechanisms change a measure most when they are taken out."""
    rows = ablation.rows[(ablation.rows["measure"] == measure) & (ablation.rows["case"] == "without")]
    clear = rows[(rows["low"] > 0) | (rows["high"] < 0)]
    order = clear["difference"].abs().sort_values(ascending=False, kind="stable").index[:_MOST_MECHANISMS_TOLD]
    named = [
        f"{row['mechanism']} ({told_difference(measure, float(row['difference']))} {_interval(measure, row)})"
        for row in _records(clear.loc[order])
    ]
    key = "mechanisms_told" if named else "no_mechanism_told"
    return words.text(f"report.{key}").format(
        measure=measure_label(measure, words), mechanisms=listed(named, words), clear=len(clear), n=len(rows)
    )


def _boundary_sentences(contents: Contents, words: Catalogue) -> list[str]:
    """Return at a few values of the first factor where the line runs."""
    boundary = contents.boundary
    assert boundary is not None
    line = boundary.line[boundary.line["fixed"] == boundary.vertical].sort_values("value")
    if line.empty:
        return [words.text("report.no_boundary")]
    closed = line[line["low"].notna() & line["high"].notna()]
    line = line if closed.empty else closed  # elsewhere the band is open at the edge of the plane
    chosen = dict.fromkeys((0, len(line) // 2, len(line) - 1))
    return [
        words.text("report.boundary_at").format(
            fixed=label(boundary.vertical, words),
            value=told_number(float(row["value"]), 3),
            crosses=label(boundary.horizontal, words),
            at=told_number(float(row["at"]), 3),
            interval=told_interval(told_number(float(row["low"]), 3), told_number(float(row["high"]), 3)),
        )
        for row in _records(line.iloc[list(chosen)])
    ]


def effects_section(contents: Contents, words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return what the points change against the base scenario: all of them if they are few, else how they spread."""
    paired = contents.specification.common_random_numbers
    about = Paragraph(words.text("report.about_paired" if paired else "report.about_unpaired"))
    tables: tuple[Element, ...] = (_spread_table(contents, words),)
    if len(contents.points) <= MOST_POINTS_LISTED:
        tables = (_point_table(contents, words),)
    return Section("effects", words.text("report.effects"), (about, *pictures, *tables))


def _point_table(contents: Contents, words: Catalogue) -> Table:
    by_point = {(row["point"], row["measure"]): row for row in _records(contents.effects)}
    rows = []
    for number, point in enumerate(contents.points):
        for measure in contents.measures:
            row = by_point[number, measure]
            rows.append(
                (
                    point_text(contents.specification, point, number, words),
                    measure_label(measure, words),
                    told(measure, float(row["mean"])),
                    told_difference(measure, float(row["difference"])),
                    _interval(measure, row),
                    whole(int(row["n"])),
                )
            )
    keys = ("point", "measure", "mean", "difference", "interval", "n")
    head = tuple(words.text(f"report.{key}") for key in keys)
    return Table(words.text("report.point_table"), head, tuple(rows), n_texts=2)


def _interval(measure: str, row: Mapping[Hashable, Any]) -> str:
    return told_interval(told_difference(measure, float(row["low"])), told_difference(measure, float(row["high"])))


def _spread_table(contents: Contents, words: Catalogue) -> Table:
    rows = []
    for measure in contents.measures:
        of_measure = contents.effects[contents.effects["measure"] == measure]
        difference = of_measure["difference"].dropna().to_numpy(dtype=np.float64)
        quartiles = np.percentile(difference, (0, 25, 50, 75, 100)) if difference.size else np.full(5, np.nan)
        rows.append(
            (
                measure_label(measure, words),
                told(measure, float(of_measure["reference_mean"].mean())),
                *(told_difference(measure, float(value)) for value in quartiles),
                whole(int((of_measure["low"] > 0).sum())),
                whole(int((of_measure["high"] < 0).sum())),
                whole(len(difference)),
            )
        )
    keys = (
        "measure",
        "base_mean",
        "smallest",
        "quarter",
        "median",
        "three_quarters",
        "largest",
        "up",
        "down",
        "points",
    )
    head = tuple(words.text(f"report.{key}") for key in keys)
    return Table(words.text("report.spread_table"), head, tuple(rows))


def maps_section(words: Catalogue, pictures: tuple[Element, ...], has_boundary: bool) -> Section:
    """Return maps over the grid of two factors, or the profiles of more factors."""
    key = "about_maps_with_band" if has_boundary else "about_maps"
    return Section("maps", words.text("report.maps"), (Paragraph(words.text(f"report.{key}")), *pictures))


def best_section(best: BestLevels, words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return at which level of the lever public value is highest, at every weight."""
    about = Paragraph(words.text("report.about_best").format(lever=label(best.lever, words)))
    rows = [
        (
            told_number(float(row["weight"])),
            told_number(float(row["best"])),
            told_interval(told_number(float(row["low"])), told_number(float(row["high"]))),
            told_difference(_VALUE, float(row["gain"])),
            told_interval(*(told_difference(_VALUE, float(row[end])) for end in ("gain_low", "gain_high"))),
        )
        for row in _records(best.table.iloc[::-1])
    ]
    texts = {"lever": label(best.lever, words), "lowest": told_number(float(best.levels[0]))}
    heads = ("best_level", "interval", "gain", "interval")
    head = (label(best.weight, words), *(words.text(f"report.{key}").format(**texts) for key in heads))
    table = Table(words.text("report.best_table"), head, tuple(rows), n_texts=0)
    return Section("best", words.text("report.best"), (about, *pictures, table))


def _best_sentences(best: BestLevels, words: Catalogue) -> list[str]:
    """Return the best level at the mildest, a middle and the strictest weight."""
    table = best.table.dropna(subset=["best"]).iloc[::-1]
    chosen = dict.fromkeys((0, len(table) // 2, len(table) - 1)) if len(table) else {}
    return [
        words.text("report.best_at").format(
            weight=label(best.weight, words),
            value=told_number(float(row["weight"])),
            lever=label(best.lever, words),
            best=told_number(float(row["best"])),
            interval=told_interval(told_number(float(row["low"])), told_number(float(row["high"]))),
            gain=told_difference(_VALUE, float(row["gain"])),
            lowest=told_number(float(best.levels[0])),
        )
        for row in _records(table.iloc[list(chosen)])
    ]


def profiles_section(words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return measures over each factor."""
    return Section(
        "profiles", words.text("report.profiles"), (Paragraph(words.text("report.about_profiles")), *pictures)
    )


def sensitivity_section(found: FactorIndices, words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return indices with their intervals and verdicts, and the share of luck apart."""
    is_morris = found.method == "morris"
    about = Paragraph(words.text("report.about_morris_indices" if is_morris else "report.about_sobol_indices"))
    measures = [str(measure) for measure in found.noise["measure"]]
    tables = tuple(_index_table(found, measure, words) for measure in measures)
    blocks: list[Element] = [about]
    unsure = [
        measure_label(str(row["measure"]), words)
        for row in _records(found.noise)
        if row["verdict"] == "not enough runs"
    ]
    if unsure:
        blocks.append(Callout(words.text("report.not_enough").format(measures=listed(unsure, words)), "warning"))
    blocks += [*pictures, _noise_table(found, words), Folded(words.text("report.all_indices"), tables)]
    return Section("sensitivity", words.text("report.sensitivity"), tuple(blocks))


def _index_table(found: FactorIndices, measure: str, words: Catalogue) -> Table:
    indices = found.indices[found.indices["measure"] == measure]
    names = [name for name in dict.fromkeys(indices["index"]) if name != "second"]
    by_key = {(row["index"], row["factor"]): row for row in _records(indices)}
    rows = []
    for factor in ranked_factors(found, measure):
        cells = []
        for name in names:
            row = by_key[name, factor]
            ends = (told_decimals(float(row["low"]), 3), told_decimals(float(row["high"]), 3))
            cells.append(f"{told_decimals(float(row['value']), 3)} {told_interval(*ends)}")
        verdict = str(by_key[deciding_index(found), factor]["verdict"]).replace(" ", "_")
        rows.append((label(factor, words), words.text(f"report.verdict_{verdict}"), *cells))
    first = (words.text("report.factor"), words.text("report.verdict"))
    head = (*first, *(words.text(f"report.index_{name}") for name in names))
    return Table(measure_label(measure, words), head, tuple(rows), n_texts=2)


def _noise_table(found: FactorIndices, words: Catalogue) -> Table:
    rows = tuple(
        (
            measure_label(str(row["measure"]), words),
            words.text(f"report.verdict_{str(row['verdict']).replace(' ', '_')}"),
            _percent(float(row["noise_share"])),
            _percent(float(row["noise_share_of_means"])),
            whole(int(row["rows"])),
            whole(int(row["rows_left_out"])),
        )
        for row in _records(found.noise)
    )
    keys = ("measure", "verdict", "noise_share", "noise_of_means", "rows", "rows_left_out")
    head = tuple(words.text(f"report.{key}") for key in keys)
    return Table(words.text("report.noise_table").format(n=whole(found.resamples)), head, rows, n_texts=2)


def _records(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows of a table, each by the names of the columns."""
    return table.to_dict("records")


def _percent(value: float) -> str:
    return MISSING if np.isnan(value) else f"{told_decimals(100.0 * value, 1)}%"


def ablation_section(contents: Contents, words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return what each mechanism does."""
    assert contents.ablation is not None
    frame = contents.ablation.rows
    rows = []
    for row in _records(frame[frame["measure"].isin(contents.measures)]):
        measure = str(row["measure"])
        ends = (told_difference(measure, float(row["low"])), told_difference(measure, float(row["high"])))
        rows.append(
            (
                words.text(f"report.case_{row['case']}").format(mechanism=row["mechanism"]),
                measure_label(measure, words),
                told(measure, float(row["mean"])),
                told_difference(measure, float(row["difference"])),
                told_interval(*ends),
            )
        )
    keys = ("case", "measure", "mean", "difference", "interval")
    table = Table(
        words.text("report.ablation_table"), tuple(words.text(f"report.{key}") for key in keys), tuple(rows), n_texts=2
    )
    about = Paragraph(words.text("report.about_ablation"))
    return Section("mechanisms", words.text("report.mechanisms"), (about, *pictures, Folded(table.caption, (table,))))

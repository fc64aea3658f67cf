"""The first sections of a report: what was asked and planned, what of it was run, and whether that is often enough."""

from __future__ import annotations

import numpy as np

from analysis.design.reach import reach_of
from analysis.design.sampling import kind_of
from analysis.number_format import MISSING, told, told_decimals, told_number, told_width, whole
from analysis.report.contents import Contents, Replication
from analysis.report.elements import Callout, Element, Facts, Folded, Paragraph, Section, Table
from analysis.report.section_words import (
    base_value_text,
    label,
    levels_text,
    measure_label,
    origin_text,
    plausible_range,
    reach_text,
    said,
    size_text,
    spread_text,
    unit_text,
    unseen_texts,
    window_months,
)
from model.catalogue import Catalogue

_MOST_GAPS = 20
_REASONS = {"not run": "not_run", "timed out": "timed_out"}
_MOST_FACTORS_OPEN = 15


def design_section(contents: Contents, words: Catalogue) -> Section:
    """Return what was planned: base scenario, design, factors, replications, measures, seeds."""
    specification = contents.specification
    first, last = window_months(specification)
    draws = words.text("sweep.common" if specification.common_random_numbers else "sweep.own")
    kind = kind_of(specification.design)
    rule = specification.replicate_until
    if rule is None:
        replications = words.text("sweep.replications_each").format(
            n=whole(specification.replications), draws=draws, seed=specification.seed
        )
    else:
        replications = words.text("sweep.replications_until").format(
            minimum=rule.minimum,
            maximum=rule.maximum,
            measure=measure_label(rule.measure, words),
            half_width=f"{rule.half_width:g}",
            draws=draws,
            seed=specification.seed,
        )
    origin = ((words.text("scenario.made_from"), text),) if (text := origin_text(specification.base)) else ()
    facts = Facts(
        (
            (words.text("sweep.base"), f"{said(specification.base.title, words)} ({specification.base.name})"),
            *origin,
            (words.text("report.size"), size_text(specification.base, words)),
            (
                words.text("sweep.design"),
                words.text("sweep.design_of").format(kind=said(kind.label, words), n=whole(len(contents.points))),
            ),
            (words.text("sweep.replications"), replications),
            (
                words.text("sweep.measures"),
                words.text("sweep.measures_over").format(n=len(specification.measures), first=first, last=last),
            ),
        )
    )
    about_kind = Paragraph(said(kind.about, words))
    table = _factor_table(contents, words)
    few = len(specification.factors) <= _MOST_FACTORS_OPEN
    shown: Element = table if few else Folded(table.caption, (table,))
    unseen = [Callout(text, "warning") for text in unseen_texts(specification, words)]
    return Section("design", words.text("report.design"), (facts, about_kind, *unseen, shown))


def _factor_table(contents: Contents, words: Catalogue) -> Table:
    rows: list[tuple[str, ...]] = []
    for factor in contents.specification.factors:
        plausible = plausible_range(factor.path)
        rows.append(
            (
                label(factor.path, words),
                factor.path,
                unit_text(factor.path, words),
                MISSING if factor.levels else told_number(factor.low),
                MISSING if factor.levels else told_number(factor.high),
                base_value_text(contents.specification, factor, words),
                MISSING if plausible is None else f"{told_number(plausible[0])} – {told_number(plausible[1])}",
            )
        )
    keys = ("factor", "path", "unit", "lowest", "highest", "base_value", "plausible")
    head = [words.text(f"report.{key}") for key in keys]
    base, factors = contents.specification.base, contents.specification.factors
    reaches = [reach_text(reach_of(base, factor.path, factor.where), factor.where, words) for factor in factors]
    if any(reaches):
        head.append(words.text("sweep.reach"))
        rows = [(*row, reach or MISSING) for row, reach in zip(rows, reaches, strict=True)]
    spreads = [levels_text(contents.specification, f, words) or spread_text(f, words) for f in factors]
    if any(spreads):
        head.append(words.text("report.levels"))
        rows = [(*row, spread or MISSING) for row, spread in zip(rows, spreads, strict=True)]
    caption = words.text("report.factor_table").format(n=len(rows))
    return Table(caption, tuple(head), tuple(rows), n_texts=3)


def run_section(contents: Contents, words: Catalogue) -> Section:
    """Return planned against run, every gap named."""
    progress = contents.progress
    planned = words.text("report.at_most" if progress.is_most else "report.exactly").format(
        n=whole(progress.planned_runs)
    )
    ok = progress.rows - progress.failed - progress.timed_out
    rows = (
        (words.text("report.planned"), planned),
        (words.text("report.done"), whole(progress.rows)),
        (words.text("report.with_numbers"), whole(ok)),
        (words.text("sweep.failed"), whole(progress.failed)),
        (words.text("sweep.timed_out"), whole(progress.timed_out)),
        (words.text("sweep.blocks"), f"{whole(progress.blocks)} / {whole(progress.planned_blocks)}"),
        (words.text("report.lock"), str(contents.manifest["lock"])),
        (words.text("report.planned_at"), str(contents.manifest["planned_at"])),
    )
    blocks: list[Element] = [_verdict(contents, words), Facts(rows), Paragraph(words.text("report.lock_means"), True)]
    if progress.missing:
        head = tuple(words.text(f"report.{key}") for key in ("missing_runs", "reason", "message"))
        gaps = tuple(
            (
                whole(gap.first_id)
                if gap.first_id == gap.last_id
                else words.text("sweep.from_to").format(first=whole(gap.first_id), last=whole(gap.last_id)),
                words.text(f"sweep.{_REASONS.get(gap.reason, gap.reason)}"),
                gap.message or MISSING,
            )
            for gap in progress.missing[:_MOST_GAPS]
        )
        caption = words.text("report.gaps").format(n=len(gaps), of=len(progress.missing))
        blocks.append(Table(caption, head, gaps, n_texts=3))
    return Section("run", words.text("report.planned_and_run"), tuple(blocks))


def _verdict(contents: Contents, words: Catalogue) -> Callout:
    progress = contents.progress
    if progress.missing:
        text = words.text("report.incomplete").format(n=whole(progress.n_missing), of=whole(progress.planned_runs))
        return Callout(text, "warning")
    return Callout(words.text("report.complete").format(n=whole(progress.rows)), "good")


def replication_section(contents: Contents, words: Catalogue, pictures: tuple[Element, ...]) -> Section:
    """Return how wide intervals are, whether that is stable, and how many more replications would narrow them."""
    keys = ("measure", "base_mean", "half_width", "of_points", "coefficient", "enough", "more")
    rows = tuple(_replication_row(item, words) for item in contents.replication)
    table = Table(words.text("report.replication_table"), tuple(words.text(f"report.{key}") for key in keys), rows)
    about_table = Paragraph(words.text("report.about_replication"))
    blocks: list[Element] = [about_table, table]
    if contents.specification.replicate_until is not None:
        blocks.append(Callout(words.text("report.about_rule")))
    return Section("replications", words.text("report.replications"), (*blocks, *pictures))


def _replication_row(item: Replication, words: Catalogue) -> tuple[str, ...]:
    widths = item.half_widths[~np.isnan(item.half_widths)]
    of_points = MISSING
    if widths.size:
        of_points = f"{told_width(item.measure, float(np.median(widths)))} / {told_width(item.measure, widths.max())}"
    target = told_width(item.measure, item.target)
    key = "more_unknown" if item.more is None else "more_for" if item.more else "more_none"
    more = words.text(f"report.{key}").format(n=whole(item.more or 0), target=target)
    if np.isnan(item.half_width):  # fewer than two values: nothing is known of how they spread
        more = MISSING
    coefficient = float(item.coefficients[-1]) if item.coefficients.size else float("nan")
    enough = words.text("report.not_yet") if item.enough is None else whole(item.enough)
    if np.isnan(coefficient):
        enough = MISSING
    return (
        measure_label(item.measure, words),
        told(item.measure, float(item.values.mean()) if item.values.size else float("nan")),
        f"±{told_width(item.measure, item.half_width)}",
        of_points,
        told_decimals(coefficient, 3),
        enough,
        more,
    )

"""A report put together: which charts and sections an experiment gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from matplotlib.figure import Figure

from analysis.number_format import whole
from analysis.report.charts.ablation_chart import ablation_chart
from analysis.report.charts.best_lever_chart import best_lever_drawings
from analysis.report.charts.effects import paired_effects
from analysis.report.charts.grid_maps import grid_maps, grid_of
from analysis.report.charts.sensitivity_chart import sensitivity_chart
from analysis.report.charts.spread_charts import convergence_chart, effects_in_order, factor_profiles
from analysis.report.charts.words import WINDOW_MONTHS
from analysis.report.contents import Contents
from analysis.report.elements import Element, Picture, ReportDocument, Section
from analysis.report.method_sections import again_section, limits_section, method_section
from analysis.report.plan_sections import design_section, replication_section, run_section
from analysis.report.result_sections import (
    ablation_section,
    answer_section,
    best_section,
    effects_section,
    leading_measures,
    maps_section,
    profiles_section,
    sensitivity_section,
)
from analysis.report.section_words import point_text, said, size_text
from model.catalogue import Catalogue, labels
from model.measures import headline_measures
from model.scenario import Text

Draw = Callable[[], Figure]

_MOST_ROWS = 20
_MOST_PROFILES = 15
_MAPPED = (
    ("innovation_rate", "lazy_prevalence"),
    ("self_dealing_share", "sanctions_per_100_officials_and_year"),
    ("trust_gap", "public_value"),
)
_SHORT_HASH = 12


def charts_of(contents: Contents, words: Catalogue) -> dict[str, Draw]:
    """Return what draws each chart of the report, by the name of its file."""
    specification, leading = contents.specification, leading_measures(contents)
    charts: dict[str, Draw] = {}
    if any(len(item.values) > 2 for item in contents.replication):
        charts["convergence"] = lambda: convergence_chart(contents.replication, words)
    # The points of a sensitivity design are a sample for the indices: to see each of them says nothing.
    if len(contents.points) > 1 and contents.ablation is None and contents.indices is None:
        charts["effects"] = lambda: _effects(contents, words)
    charts |= best_lever_drawings(contents, words)
    if contents.best is None:  # along a weight no behaviour changes, so that maps of measures would be stripes
        charts |= _map_charts(contents, words)
    n = len(specification.factors)
    if (
        contents.ablation is None
        and not {"map_1", "best"} & set(charts)
        and n <= _MOST_PROFILES
        and specification.design.kind != "morris"
    ):
        for number, measure in enumerate(leading, 1):
            charts[f"profiles_{number}"] = lambda measure=measure: factor_profiles(  # type: ignore[misc]
                specification, contents.points, contents.means, measure, words
            )
    if contents.indices is not None:
        found = contents.indices
        charts["sensitivity"] = lambda: sensitivity_chart(found, leading, words)
    if contents.ablation is not None:
        ablation = contents.ablation
        charts["mechanisms"] = lambda: ablation_chart(ablation, leading, words)
    return charts


def _map_charts(contents: Contents, words: Catalogue) -> dict[str, Draw]:
    grid = grid_of(contents.specification, contents.points, contents.means)
    if grid is None:
        return {}
    boundary = contents.boundary
    if boundary is not None and (boundary.vertical, boundary.horizontal) != grid.paths:
        boundary = None
    pairs = [tuple(measure for measure in pair if measure in contents.measures) for pair in _MAPPED]
    held = [pair for pair in pairs if pair] or [contents.measures[:2]]
    return {
        f"map_{number}": lambda pair=pair: grid_maps(contents.specification, grid, pair, words, boundary)  # type: ignore[misc]
        for number, pair in enumerate(held, 1)
    }


def _effects(contents: Contents, words: Catalogue) -> Figure:
    """Return the chart of effects: a row for each point if they are few, else all points in order."""
    specification = contents.specification
    is_usual_window = specification.window_until is None and (
        specification.window_months == min(WINDOW_MONTHS, specification.base.months)
    )
    has_all = set(headline_measures()) <= set(contents.measures)
    if len(contents.points) > _MOST_ROWS or not is_usual_window or not has_all:
        return effects_in_order(contents.effects, contents.measures, words)
    scenarios = [specification.base]
    for number, point in enumerate(contents.points):
        titles = (point_text(specification, point, number, labels(language)) for language in ("en", "zh"))
        scenarios.append(replace(specification.base, name=f"point {number}", title=Text(*titles)))
    table = contents.effects.assign(
        scenario="point " + contents.effects["point"].astype(str), baseline_mean=contents.effects["reference_mean"]
    )
    return paired_effects(table, scenarios, words)


def document_of(contents: Contents, words: Catalogue, sources: Mapping[str, str]) -> ReportDocument:
    """Return the report.

    Parameters
    ----------
    sources : of the charts, by the names that `charts_of` gives them.
    """
    pictures = {name: _picture(name, source, words) for name, source in sources.items()}
    return ReportDocument(
        language=words.language,
        kicker=words.text("report.kicker"),
        title=said(contents.specification.title, words),
        question=said(contents.specification.question, words),
        facts=_facts(contents, words),
        contents=words.text("report.contents"),
        sections=tuple(_sections(contents, words, pictures)),
        foot=words.text("report.foot"),
    )


def _sections(contents: Contents, words: Catalogue, pictures: Mapping[str, Picture]) -> list[Section]:
    def starting_with(name: str) -> tuple[Element, ...]:
        return tuple(picture for key, picture in pictures.items() if key.startswith(name))

    sections = [
        answer_section(contents, words),
        design_section(contents, words),
        run_section(contents, words),
        replication_section(contents, words, starting_with("convergence")),
    ]
    if contents.ablation is None:
        sections.append(effects_section(contents, words, starting_with("effects")))
    if starting_with("map_"):
        sections.append(maps_section(words, starting_with("map_"), contents.boundary is not None))
    if contents.best is not None:
        sections.append(best_section(contents.best, words, starting_with("best")))
    if starting_with("profiles_"):
        sections.append(profiles_section(words, starting_with("profiles_")))
    if contents.indices is not None:
        sections.append(sensitivity_section(contents.indices, words, starting_with("sensitivity")))
    if contents.ablation is not None:
        sections.append(ablation_section(contents, words, starting_with("mechanisms")))
    return [*sections, limits_section(contents, words), method_section(contents, words), again_section(contents, words)]


def _picture(name: str, source: str, words: Catalogue) -> Picture:
    kind = name.split("_", maxsplit=1)[0]
    return Picture(name, words.text(f"report.alt_{kind}"), words.text(f"report.caption_{kind}"), source)


def _facts(contents: Contents, words: Catalogue) -> tuple[tuple[str, str], ...]:
    specification, manifest = contents.specification, contents.manifest
    git = manifest.get("git") or {}
    return (
        (words.text("sweep.base"), said(specification.base.title, words)),
        (words.text("report.size"), size_text(specification.base, words)),
        (words.text("sweep.runs_planned"), whole(contents.progress.rows)),
        (words.text("report.seed"), str(specification.seed)),
        (words.text("report.model_hash"), str(manifest["model_hash"])[:_SHORT_HASH]),
        (words.text("report.code_state"), str(git.get("commit") or words.text("report.unknown"))[:_SHORT_HASH]),
    )

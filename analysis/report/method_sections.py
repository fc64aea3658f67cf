"""The last sections of a report: limits, method, and how to make it again."""

from __future__ import annotations

from analysis.design.sampling import kind_of
from analysis.number_format import whole
from analysis.report.contents import Contents
from analysis.report.elements import Bullets, Code, Element, Folded, Paragraph, Section, Table
from analysis.report.section_words import (
    label,
    listed,
    measure_label,
    plausible_range,
    said,
    setting_text,
    size_text,
    time_text,
    unit_text,
    window_months,
)
from model.catalogue import Catalogue
from model.scenario import find_scenario
from model.scenario.differences import Difference, differences

_MANY_POINTS = 20
_ODD_PARTS = ("purpose", "entities", "process", "decision", "beliefs", "interaction", "luck", "start", "observation")


def limits_section(contents: Contents, words: Catalogue) -> Section:
    """Return what the numbers do not say, as far as it can be told from the experiment itself."""
    specification, progress = contents.specification, contents.progress
    first, last = window_months(specification)
    items = [
        words.text("report.limit_model"),
        words.text("report.limit_base").format(
            base=said(specification.base.title, words),
            size=size_text(specification.base, words).rstrip(".。"),
            first=first,
            last=last,
        ),
        words.text("report.limit_intervals"),
    ]
    if len(contents.points) > _MANY_POINTS:
        n = len(contents.points) * len(contents.measures)
        items.append(words.text("report.limit_many").format(n=whole(n), expected=whole(round(0.05 * n))))
    if progress.missing:
        items.append(words.text("report.limit_missing").format(n=whole(progress.n_missing)))
    outside = _outside_plausible(contents)
    if outside:
        named = listed([label(path, words) for path in outside], words)
        items.append(words.text("report.limit_outside").format(factors=named))
    limit = kind_of(specification.design).limit
    if limit is not None:
        items.append(said(limit, words))
    if specification.replicate_until is not None:
        items.append(words.text("report.about_rule"))
    if not specification.common_random_numbers:
        items.append(words.text("report.limit_unpaired"))
    if "public_value" in contents.measures:
        items.append(words.text("report.limit_value"))
    wide = [measure_label(item.measure, words) for item in contents.replication if item.more is None or item.more > 0]
    if wide:
        items.append(words.text("report.limit_replications").format(measures=listed(wide, words)))
    git = contents.manifest.get("git")
    if not git or not git["is_clean"]:
        items.append(words.text("report.limit_code" if git else "report.limit_no_git"))
    return Section("limits", words.text("report.limits"), (Bullets(tuple(items)),))


def _outside_plausible(contents: Contents) -> list[str]:
    """Return the factors that were varied beyond what is plausible for them."""
    found = []
    for path, values in zip(contents.specification.factor_paths, contents.points.T, strict=True):
        plausible = plausible_range(path)
        if plausible is not None and (values.min() < plausible[0] or values.max() > plausible[1]):
            found.append(path)
    return found


def method_section(contents: Contents, words: Catalogue) -> Section:
    """Return the model in short after ODD+D, what differs from its defaults, and where luck comes from."""
    summary = Bullets(tuple(words.text(f"report.odd_{part}") for part in _ODD_PARTS))
    specification = contents.specification
    own = "common" if specification.common_random_numbers else "own"
    blocks: list[Element] = [
        Paragraph(words.text("report.about_odd")),
        summary,
        *_difference_blocks(contents, words),
        Paragraph(words.text("report.seeds").format(seed=specification.seed)),
        Paragraph(words.text(f"report.seeds_{own}")),
    ]
    return Section("method", words.text("report.method"), tuple(blocks))


def _difference_blocks(contents: Contents, words: Catalogue) -> list[Element]:
    found = differences(contents.specification.base, find_scenario("baseline"))
    scenario = Folded(words.text("report.scenario_file"), (Code(contents.scenario_file),))
    if not found:
        return [Paragraph(words.text("report.no_difference")), scenario]
    keys = ("parameter", "path", "unit", "where_and_when", "default", "here")
    head = tuple(words.text(f"report.{key}") for key in keys)
    rows = tuple(_difference_row(difference, words) for difference in found)
    return [Table(words.text("report.difference_table"), head, rows, n_texts=4), scenario]


def _difference_row(difference: Difference, words: Catalogue) -> tuple[str, ...]:
    places = [said(difference.where.name, words)] if difference.where is not None else []
    times = [time_text(difference.when, words)] if difference.when is not None else []
    return (
        label(difference.path, words),
        difference.path,
        unit_text(difference.path, words),
        listed([*places, *times], words) or words.text("report.everywhere"),
        setting_text(difference.path, difference.baseline_value, words),
        setting_text(difference.path, difference.value, words),
    )


def again_section(contents: Contents, words: Catalogue) -> Section:
    """Return the commands that make the experiment again, the file they need, and what it was made with."""
    manifest = contents.manifest
    git = manifest.get("git") or {}
    clean = words.text("report.clean" if git.get("is_clean") else "report.not_clean")
    versions = tuple((name, str(version)) for name, version in manifest["versions"].items() if version)
    code = f"{git['commit']} ({clean})" if git.get("commit") else words.text("report.unknown")
    table = Table(
        words.text("report.made_with"),
        (words.text("report.what"), words.text("report.version")),
        (
            (words.text("report.code_state"), code),
            (words.text("report.model_hash"), str(manifest["model_hash"])),
            (words.text("report.platform"), f"{manifest['platform']['system']} ({manifest['platform']['machine']})"),
            *versions,
        ),
        n_texts=2,
    )
    return Section(
        "again",
        words.text("report.again"),
        (
            Paragraph(words.text("report.about_again")),
            Code(contents.commands),
            Folded(words.text("report.experiment_file"), (Code(contents.experiment_file),)),
            Folded(words.text("report.made_with"), (table,)),
        ),
    )

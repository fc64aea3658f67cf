"""A coded text as a scenario: its levers, the file, and an experiment that takes one map away at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.evidence.evidence_folder import quoted_toml
from analysis.evidence.labels import item_label
from analysis.evidence.mapping import (
    DEFAULT_MAPPING,
    OPEN,
    STRICTNESS,
    Moved,
    not_in_the_model,
    scenario_of_text,
    settings_of,
)
from analysis.evidence.provenance import MADE_BY_TEXTS, EvidenceProvenance, checksum, scenario_with_provenance
from analysis.evidence.text_file import TextFile
from analysis.shell import quoted
from analysis.store.whole_files import write_files
from model.catalogue import Catalogue
from model.parameters import Parameters, value_at
from model.scenario import find_scenario


class ScenarioFiles(NamedTuple):
    """The scenario that was written, and the experiment that takes one map away at a time."""

    scenario: Path
    experiment: Path


def lever_head(words: Catalogue) -> tuple[str, ...]:
    """Return the head of the table of levers."""
    return tuple(words.text(f"text_scenario.{key}") for key in ("lever", "default", "value", "rests", "why"))


def lever_rows(moved: Sequence[Moved], words: Catalogue) -> list[tuple[str, ...]]:
    """Return a row for each map: the lever, its default, where it goes, the codes it rests on, and why."""
    return [
        (
            lever_name(words, one.map.lever),
            _default(one.map.lever, words),
            _value(one, words),
            ", ".join(f"{item_label(words, item)} {code or '-'}" for item, code in one.codes.items()),
            one.map.why[words.language],
        )
        for one in moved
    ]


def _value(one: Moved, words: Catalogue) -> str:
    if one.value is None:
        return words.text("text_scenario.alone")
    if one.map.lever.startswith(OPEN):
        return words.text("estimate.yes" if one.value > 0.0 else "estimate.no")
    return f"{one.value:.3g}"


def lever_name(words: Catalogue, lever: str) -> str:
    """Return what a lever is called."""
    if lever == STRICTNESS:
        return words.text("text_scenario.strictness")
    if lever.startswith(OPEN):
        action = words.text(f"actions.{lever.removeprefix(OPEN)}.label")
        return words.text("text_scenario.open").format(action=action)
    return words.texts.get(f"parameters.{lever}.label", lever)


def said_sentence(codes: Mapping[str, str], words: Catalogue) -> str:
    """Return which items a text names that the model has no lever for."""
    items = not_in_the_model(codes)
    if not items:
        return words.text("text_scenario.nothing_said")
    joined = ("、" if words.language == "zh" else ", ").join(item_label(words, item) for item in items)
    return words.text("text_scenario.said").format(items=joined)


def write_text_scenario(
    file: TextFile, document: str, moved: Sequence[Moved], out: Path, mapping: Path
) -> ScenarioFiles:
    """Write the scenario of a text, and beside it an experiment with a point for each map that is taken away.

    Raises
    ------
    ExperimentError
        If the place does not take them.
    """
    rows = [row for row in file.rows if row["document"] == document]
    provenance = EvidenceProvenance(
        made_by=MADE_BY_TEXTS,
        file=f"{Path(file.label).name}, {document}",
        sha256=checksum(file.label),
        rows=len(rows),
        codebook="data/codebook/items.toml",
        mapping=mapping.name,
        invented=any(row["invented"] == "yes" for row in rows),
        made_with=f"run.py {quoted(*_words(file, document, out, mapping))}",
    )
    scenario = scenario_of_text(out.stem, document, moved)
    points = maps_taken_away(moved)
    texts = {out.name: scenario_with_provenance(scenario, provenance)}
    if points.shape[1]:
        texts[f"{out.stem}-maps.csv"] = points.to_csv(index=False, lineterminator="\n")
        texts[f"{out.stem}-maps.toml"] = _experiment(out, document)
    write_files(out.parent, texts)
    return ScenarioFiles(out, out.with_name(f"{out.stem}-maps.toml"))


def _words(file: TextFile, document: str, out: Path, mapping: Path) -> list[str]:
    """Return the words of the command that makes the same again."""
    words = ["texts", "scenario", Path(file.label).name, "--document", document, "--out", out.name]
    return words if mapping == DEFAULT_MAPPING else [*words, "--mapping", mapping.name]


def maps_taken_away(moved: Sequence[Moved]) -> pd.DataFrame:
    """Return a point for all maps together, and one for each map taken away, in the columns of the levers moved.

    The opening of actions is no number and stays as the scenario has it.
    """
    acting = [one for one in moved if one.value is not None and not one.map.lever.startswith(OPEN)]
    levers = [path for path in settings_of(acting) if not path.endswith(".actions")]
    defaults = {path: value_at(find_scenario("baseline").parameters, path) for path in levers}
    variants = [acting, *([other for other in acting if other is not one] for one in acting)]
    points = [{**defaults, **settings_of(kept)} for kept in variants]
    return pd.DataFrame([{path: point[path] for path in levers} for point in points], columns=levers)


def _experiment(out: Path, document: str) -> str:
    titles = {
        "en": f"{document}: one map from words to numbers taken away at a time",
        "zh": f"{document}：每次去掉一条从文字到数值的映射",
    }
    en, zh = (quoted_toml(titles[language]) for language in ("en", "zh"))
    return (
        "# Which map carries the result? The first point has all maps, each next one leaves one away, in their order.\n"
        f'schema = 1\nscenario = "{out.name}"\nreplications = 20\nseed = 1\n\n'
        f"[title]\nen = {en}\nzh = {zh}\n\n"
        f'[design]\nkind = "list"\nfile = "{out.stem}-maps.csv"\n'
    )


def _default(lever: str, words: Catalogue) -> str:
    if lever == STRICTNESS:
        return "0"
    return words.text("estimate.yes") if lever.startswith(OPEN) else f"{value_at(Parameters(), lever):.3g}"

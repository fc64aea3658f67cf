"""What survives other structures, printed: a line a finding, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console

from analysis.command_line.terminal import plain_table
from analysis.structure.answers import Answer, answers_of
from analysis.structure.matrix import Finding, Matrix
from analysis.structure.verdicts import Effect, Verdict
from model.catalogue import Catalogue
from model.parameters import DECISION_RULES, NETWORKS

_SCALES: Mapping[str, tuple[float, str]] = {
    "points": (100.0, ".1f"),
    "percent": (100.0, ".1f"),
    "months": (1.0, ".1f"),
    "value": (1.0, ".3f"),
}


def print_structure(console: Console, found: Matrix, words: Catalogue) -> None:
    """Print what becomes of every finding under the structures asked about, then what to bear in mind."""
    table = plain_table(console)
    for key in ("finding", "by_default", "elsewhere"):
        table.add_column(words.text(f"structure.{key}").format(runs=found.replications))
    by_default = found.structures[0]
    for answer in answers_of(found):
        effect = found.cell(answer.finding, by_default).as_is
        table.add_row(finding_label(answer.finding, words), effect_text(effect, words), answer_text(answer, words))
    console.print(table)
    for line in (*_anchor_lines(found, words), *_tipping_lines(found, words)):
        console.print(line, soft_wrap=True)
    for key in ("anchored", "luck"):
        console.print(words.text(f"structure.{key}"), soft_wrap=True)


def finding_label(finding: Finding, words: Catalogue) -> str:
    """Return a finding in words."""
    return words.text(f"structure.findings.{finding.fact}.{finding.number}")


def verdict_label(verdict: Verdict, words: Catalogue) -> str:
    """Return a verdict in words."""
    return words.text(f"structure.verdicts.{verdict.replace(', ', '_').replace(' ', '_')}")


def structure_label(name: str, words: Catalogue) -> str:
    """Return the name of a rule or a network in words; of other structures the settings as they are."""
    for path, known in (("decision.rule", DECISION_RULES), ("network.kind", NETWORKS)):
        if name in known:
            return words.text(f"choices.{path}.{name}")
    return name


def effect_text(effect: Effect, words: Catalogue) -> str:
    """Return the mean of an effect with its interval and its unit."""
    scale, form = _SCALES[effect.unit]
    mean, low, high = (format(value * scale, f"+{form}") for value in (effect.mean, effect.low, effect.high))
    return words.text(f"structure.effects.{effect.unit}").format(effect=f"{mean} [{low}, {high}]")


def answer_text(answer: Answer, words: Catalogue) -> str:
    """Return in a sentence what becomes of a finding elsewhere."""
    n = len(answer.survives_in)
    if answer.survives_everywhere:
        return words.text("structure.everywhere").format(n=n)
    shown = {verdict: cells for verdict, cells in answer.others.items() if verdict != "not found by default"}
    comma, semicolon = words.text("scenario.comma"), words.text("command_line.semicolon")
    others = semicolon.join(
        words.text("structure.others").format(
            verdict=verdict_label(verdict, words),
            names=comma.join(structure_label(cell.structure.name, words) for cell in cells),
        )
        for verdict, cells in shown.items()
    )
    if not answer.is_found:
        return words.text("structure.not_found").format(others=others or words.text("structure.nowhere_else"))
    n_asked = n + sum(len(cells) for cells in answer.others.values())
    return words.text("structure.in_most").format(n=n, all=n_asked, others=others)


def _anchor_lines(found: Matrix, words: Catalogue) -> Iterator[str]:
    for name, anchor in found.anchors.items():
        if anchor.is_found and anchor.is_plausible:
            continue
        yield words.text("structure.implausible" if anchor.is_found else "structure.no_anchor").format(
            structure=structure_label(name, words),
            innovation=f"{anchor.innovation_effort:.2f}",
            routine=f"{anchor.routine_effort:.2f}",
        )


def _tipping_lines(found: Matrix, words: Catalogue) -> Iterator[str]:
    for one in found.tippings:
        yield words.text("structure.tips").format(
            finding=finding_label(one.finding, words),
            structure=structure_label(one.structure.name, words),
            below=f"{one.below:.2f}",
            above=f"{one.above:.2f}",
            effect_below=effect_text(one.effect_below, words),
            effect_above=effect_text(one.effect_above, words),
        )

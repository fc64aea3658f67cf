"""docs/robustness.md: which findings survive other decision rules, other networks, other numbers nobody knows.

``python -m analysis.structure.document`` writes it anew, in both languages. Verdicts are computed, and nothing was
chosen so that a finding survives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis.documents import file_of, headed, table, write_document
from analysis.evidence.fact_comparisons import Unit
from analysis.evidence.tried_policies import TriedPolicy, scenario_of
from analysis.structure.answers import OF_STRUCTURE, Answer, answer_of, answers_of
from analysis.structure.matrix import REPLICATIONS, Cell, Finding, Matrix, matrix_of
from analysis.structure.structures import DEFAULT, Kind, NamedStructure, assumptions, structures
from analysis.structure.verdicts import Effect, Verdict
from analysis.words import words_in
from model.catalogue import Catalogue, Language
from model.parameters import DECISION_RULES, NETWORKS

DOCUMENT, OF_NUMBERS = "robustness", "robustness_of_numbers"
_SCALES: dict[Unit, tuple[float, int]] = {
    "points": (100.0, 1),
    "percent": (100.0, 1),
    "months": (1.0, 1),
    "value": (1.0, 3),
}


def document(found: Matrix, language: Language) -> str:
    """Return docs/robustness.md in a language."""
    words = words_in(language)
    text = words.text("robustness.text").format(
        runs=found.replications,
        officials=f"{scenario_of(TriedPolicy()).officials:,}",
        n_findings=len(found.findings),
        numbers_file=file_of(OF_NUMBERS, language),
        everywhere=everywhere(found, words),
        rules=_table(found, (*OF_STRUCTURE, "default"), words),
        assumptions=_table(found, ("assumption", "default"), words),
        failures=bulleted(_failures(found, words)),
        as_is=_table(found, (*OF_STRUCTURE, "default"), words, is_anchored=False),
        anchors=_anchors(found, words),
    )
    return f"{headed(words.text('robustness.title'), DOCUMENT, language)}\n\n{text}\n"


def bulleted(texts: Iterable[str]) -> str:
    """Return texts as items of a list, as they are."""
    return "\n".join(f"- {text}" for text in texts)


def everywhere(found: Matrix, words: Catalogue) -> str:
    """Return in lists what survives under every rule and network, what does not, and what is no finding."""

    def text(key: str, **texts: Any) -> str:
        return words.text(f"robustness.{key}").format(**texts)

    by_rule = answers_of(found, OF_STRUCTURE)
    always = {answer.finding for answer in answers_of(found) if answer.survives_everywhere}
    survivors = [answer.finding for answer in by_rule if answer.survives_everywhere]
    lost = [answer for answer in by_rule if answer.is_found and not answer.survives_everywhere]
    missing = [answer.finding for answer in by_rule if not answer.is_found]
    kept = [f"{said(one, words)}{'' if one in always else _also_lost(found, one, words)}" for one in survivors]
    parts = [text("survive", n=len(survivors), all=len(by_rule) - len(missing)), bulleted(kept)]
    without = [structure_name(name, words) for name, anchor in found.anchors.items() if not anchor.is_found]
    if without:
        parts.append(text("without_anchor", names=listed(without, words)))
    parts += [text("others", n=len(lost)), bulleted(_where_lost(answer, words) for answer in lost)]
    if missing:
        parts += [text("missing"), bulleted(said(finding, words) for finding in missing)]
    return "\n\n".join(parts)


def _where_lost(answer: Answer, words: Catalogue) -> str:
    where = words.text("command_line.semicolon").join(
        lost_under(verdict, [cell.structure for cell in cells], words) for verdict, cells in answer.others.items()
    )
    return words.text("robustness.lost").format(finding=said(answer.finding, words), where=where)


def lost_under(verdict: Verdict, structures_of_verdict: Sequence[NamedStructure], words: Catalogue) -> str:
    """Return a verdict, and under which structures it is so."""
    names = listed([structure_name(one.name, words) for one in structures_of_verdict], words)
    return words.text("robustness.lost_under").format(verdict=verdict_text(verdict, words), names=names)


def _also_lost(found: Matrix, finding: Finding, words: Catalogue) -> str:
    """Return under which other numbers a finding does not survive that survives every rule and network."""
    cells = (cell for cells in answer_of(found, finding).others.values() for cell in cells)
    names = [structure_name(cell.structure.name, words) for cell in cells]
    return words.text("robustness.not_under").format(names=listed(names, words))


def said(finding: Finding, words: Catalogue) -> str:
    """Return a finding in words."""
    text = words.text(f"structure.findings.{finding.fact}.{finding.number}")
    return text[0].lower() + text[1:]


def verdict_text(verdict: Verdict, words: Catalogue) -> str:
    """Return a verdict in words."""
    return words.text(f"structure.verdicts.{_key(verdict)}")


def structure_name(name: str, words: Catalogue) -> str:
    """Return what a structure is called: in English as in a scenario file, in Chinese in the words of the model."""
    if words.language == "en":
        return name
    first, comma, rest = name.partition(", ")
    for path, known in (("decision.rule", DECISION_RULES), ("network.kind", NETWORKS)):
        if first in known:
            label = words.text(f"choices.{path}.{first}")
            return f"“{label}（{rest}）”" if comma else f"“{label}”"
    return f"“{name}”"


def listed(texts: Sequence[str], words: Catalogue) -> str:
    """Return texts with commas between them."""
    return words.text("scenario.comma").join(texts)


def _key(verdict: Verdict) -> str:
    return verdict.replace(", ", "_").replace(" ", "_")


def _table(found: Matrix, kinds: tuple[Kind, ...], words: Catalogue, is_anchored: bool = True) -> str:
    """Return a table with a row a finding and a column a structure of these kinds, below the names of the facts."""
    columns = [structure for structure in found.structures if structure.kind in kinds]
    rows, fact = [], ""
    for finding in found.findings:
        if finding.fact != fact:
            fact = finding.fact
            rows.append([f"*{words.texts.get(f'robustness.facts.{fact}', fact)}*", *[""] * len(columns)])
        cells = (_cell(found.cell(finding, structure), structure, words, is_anchored) for structure in columns)
        rows.append([said(finding, words), *cells])
    head = [words.text("robustness.finding"), *(f"`{structure.name}`" for structure in columns)]
    return table(head, rows)


def _cell(cell: Cell, structure: NamedStructure, words: Catalogue, is_anchored: bool) -> str:
    effect = cell.anchored if is_anchored else cell.as_is
    number = _effect(effect, words) if effect else ""
    if not is_anchored or structure == DEFAULT:
        return number
    return f"{words.text(f'robustness.marks.{_key(cell.verdict)}')} {number}".strip()


def _effect(effect: Effect, words: Catalogue) -> str:
    scale, decimals = _SCALES[effect.unit]
    unit = {"percent": "%", "months": words.text("robustness.months")}.get(effect.unit, "")
    mean, low, high = (f"{value * scale:+.{decimals}f}" for value in (effect.mean, effect.low, effect.high))
    return f"{mean}{unit} [{low}, {high}]"


def _failures(found: Matrix, words: Catalogue) -> Iterator[str]:
    """Yield a line for every failing finding under a rule, with the weights between which it tips."""
    if not found.tippings:
        yield words.text("robustness.no_failure")
    for one in found.tippings:
        yield words.text("robustness.tips").format(
            finding=said(one.finding, words),
            structure=one.structure.name,
            above=f"{one.above:.2f}",
            below=f"{one.below:.2f}",
            effect_above=_effect(one.effect_above, words),
            effect_below=_effect(one.effect_below, words),
        )
    for cell in (cell for cell in found.cells if cell.verdict == "fails" and cell.structure.kind != "rule"):
        effect = _effect(cell.anchored, words) if cell.anchored else ""
        texts = {"finding": said(cell.finding, words), "structure": cell.structure.name, "effect": effect}
        yield words.text("robustness.fails").format(**texts)


def _anchors(found: Matrix, words: Catalogue) -> str:
    rows = []
    for name, anchor in found.anchors.items():
        remark = "" if anchor.is_plausible else words.text("robustness.implausible")
        if not anchor.is_found:
            remark = words.text("robustness.not_found").format(distance=f"{anchor.distance:.3f}")
        rows.append([f"`{name}`", f"{anchor.innovation_effort:.3f}", f"{anchor.routine_effort:.3f}", remark])
    head = [words.text(f"robustness.{key}") for key in ("structure", "innovation_effort", "routine_effort")]
    return table([*head, ""], rows)


def main() -> None:
    """Write docs/robustness.md in both languages."""
    among = [*structures(DECISION_RULES, NETWORKS), *assumptions()]
    found = matrix_of(among, REPLICATIONS, is_tipping_wanted=True)
    write_document(DOCUMENT, lambda language: document(found, language))


if __name__ == "__main__":
    main()

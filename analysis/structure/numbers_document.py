"""docs/robustness_of_numbers.md: whether findings hang on the numbers that the rules and networks themselves assume.

``python -m analysis.structure.numbers_document`` writes it anew, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.documents import file_of, headed, write_document
from analysis.structure.answers import SURVIVES
from analysis.structure.document import DOCUMENT as OF_STRUCTURES
from analysis.structure.document import OF_NUMBERS, bulleted, lost_under, said, verdict_text
from analysis.structure.matrix import Finding, Matrix, matrix_of
from analysis.structure.structures import DEFAULT, NamedStructure, own_numbers, structures
from analysis.words import words_in
from model.catalogue import Catalogue, Language
from model.parameters import DECISION_RULES, NETWORKS

REPLICATIONS_OF_NUMBERS = 20


def numbers_document(found: Matrix, language: Language) -> str:
    """Return the document of a matrix that has each structure with its numbers as they are, and at half and twice."""
    words = words_in(language)
    text = words.text("robustness.numbers_text").format(
        runs=found.replications,
        n_found=len(_there(found)),
        robustness_file=file_of(OF_STRUCTURES, language),
        summary=_summary(found, words),
        rows="\n".join(_rows(found, words)),
    )
    return f"{headed(words.text('robustness.numbers_title'), OF_NUMBERS, language)}\n\n{text}\n"


def _there(found: Matrix) -> list[Finding]:
    """Return the findings that the default has."""
    return [finding for finding in found.findings if found.cell(finding, DEFAULT).as_is.holds]


def _survives(found: Matrix, finding: Finding, structure: NamedStructure) -> bool:
    return found.cell(finding, structure).verdict in SURVIVES


def _summary(found: Matrix, words: Catalogue) -> str:
    """Return which findings that survive all rules and networks are lost with another number, and where."""
    there, others = _there(found), [one for one in found.structures if one != DEFAULT]
    plain = [one for one in others if one.kind != "number"]
    before = [finding for finding in there if all(_survives(found, finding, one) for one in plain)]
    lost = {finding: [one for one in others if not _survives(found, finding, one)] for finding in before}
    kept = [finding for finding, where in lost.items() if not where]
    parts = [words.text("robustness.numbers_kept").format(n=len(before), kept=len(kept))]
    if len(kept) < len(before):
        gone = (_lost(found, finding, where, words) for finding, where in lost.items() if where)
        parts += [words.text("robustness.numbers_others"), bulleted(gone)]
    return "\n\n".join(parts)


def _lost(found: Matrix, finding: Finding, where: list[NamedStructure], words: Catalogue) -> str:
    """Return a finding, and under which structures it does not survive."""
    told = (lost_under(found.cell(finding, one).verdict, [one], words) for one in where)
    texts = {"finding": said(finding, words), "where": words.text("command_line.semicolon").join(told)}
    return words.text("robustness.lost").format(**texts)


def _rows(found: Matrix, words: Catalogue) -> Iterator[str]:
    """Yield a row for each structure, one with other numbers below that with its numbers as they are."""
    there = _there(found)
    plain = {one.name: one for one in found.structures if one.kind != "number"}
    numbers = [one for one in found.structures if one.kind == "number"]
    for name, parent in plain.items():
        yield f"| **`{name}`** | {sum(_survives(found, finding, parent) for finding in there)} | |"
        for one in (one for one in numbers if one.name.startswith(f"{name}, ")):
            n = sum(_survives(found, finding, one) for finding in there)
            changes = words.text("command_line.semicolon").join(_changes(found, (parent, one), words))
            own = one.name.removeprefix(f"{name}, ")
            yield f"| `{own}` | {n} | {changes or words.text('robustness.nothing')} |"


def _changes(found: Matrix, pair: tuple[NamedStructure, NamedStructure], words: Catalogue) -> Iterator[str]:
    """Yield which findings survive under one of two structures alone, with both verdicts."""
    for finding in _there(found):
        if len({_survives(found, finding, one) for one in pair}) > 1:
            before, after = (verdict_text(found.cell(finding, one).verdict, words) for one in pair)
            texts = {"finding": said(finding, words), "before": before, "after": after}
            yield words.text("robustness.changed").format(**texts)


def main() -> None:
    """Write docs/robustness_of_numbers.md in both languages."""
    among = structures(DECISION_RULES, NETWORKS)
    found = matrix_of([*among, *own_numbers(among)], REPLICATIONS_OF_NUMBERS)
    write_document(OF_NUMBERS, lambda language: numbers_document(found, language))


if __name__ == "__main__":
    main()

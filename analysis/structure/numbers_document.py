"""docs/robustness_of_numbers.md: whether findings hang on the numbers that the rules and networks themselves assume.

``python -m analysis.structure.numbers_document`` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.structure.answers import SURVIVES
from analysis.structure.document import said
from analysis.structure.matrix import Finding, Matrix, matrix_of
from analysis.structure.structures import DEFAULT, NamedStructure, own_numbers, structures
from model.parameters import DECISION_RULES, NETWORKS

DOCUMENT = Path(__file__).parents[2] / "docs" / "robustness_of_numbers.md"
REPLICATIONS_OF_NUMBERS = 20

_TEXT = """# Do the findings hang on the rules' own numbers?

Made by `python -m analysis.structure.numbers_document`; do not edit. [robustness.md](robustness.md) asks whether
findings survive other decision rules and networks. These rules and networks have numbers of their own, which are
assumptions as well. So each is taken at half and at twice, within its bounds, the others as they are; {runs} runs each,
with common random numbers, judged as there. `python run.py structure --own-numbers` gives the same for a scenario of
your own.

{summary}

## Number by number

How many of the {n_found} findings that the default has survive, and what is other than with the numbers as they are.
With so few runs a finding near its limit may change by luck: one of twenty would.

| structure | survive | other than with its numbers as they are |
| --- | --- | --- |
{rows}
"""


def numbers_document(found: Matrix) -> str:
    """Return the document of a matrix that has each structure with its numbers as they are, and at half and twice."""
    return _TEXT.format(
        runs=found.replications,
        n_found=len(_there(found)),
        summary=_summary(found),
        rows="\n".join(_rows(found)),
    )


def _there(found: Matrix) -> list[Finding]:
    """Return the findings that the default has."""
    return [finding for finding in found.findings if found.cell(finding, DEFAULT).as_is.holds]


def _survives(found: Matrix, finding: Finding, structure: NamedStructure) -> bool:
    return found.cell(finding, structure).verdict in SURVIVES


def _summary(found: Matrix) -> str:
    """Return which findings that survive all rules and networks are lost with another number, and where."""
    there, others = _there(found), [one for one in found.structures if one != DEFAULT]
    plain = [one for one in others if one.kind != "number"]
    before = [finding for finding in there if all(_survives(found, finding, one) for one in plain)]
    lost = {finding: [one for one in others if not _survives(found, finding, one)] for finding in before}
    kept = [finding for finding, where in lost.items() if not where]
    lines = [
        f"**Of the {len(before)} findings that survive every rule and network with these runs, {len(kept)} survive "
        "every number at half and at twice, too.**"
    ]
    if len(kept) < len(before):
        lines += ["", "The others, and where they do not:", ""]
        lines += [
            f"- {said(finding)}: {'; '.join(_where(found, finding, one) for one in where)}"
            for finding, where in lost.items()
            if where
        ]
    return "\n".join(lines)


def _where(found: Matrix, finding: Finding, structure: NamedStructure) -> str:
    return f"{found.cell(finding, structure).verdict} under {structure.name}"


def _rows(found: Matrix) -> Iterator[str]:
    """Yield a row for each structure, one with other numbers below that with its numbers as they are."""
    there = _there(found)
    plain = {one.name: one for one in found.structures if one.kind != "number"}
    numbers = [one for one in found.structures if one.kind == "number"]
    for name, parent in plain.items():
        yield f"| **`{name}`** | {sum(_survives(found, finding, parent) for finding in there)} | |"
        for one in (one for one in numbers if one.name.startswith(f"{name}, ")):
            n = sum(_survives(found, finding, one) for finding in there)
            changes = [
                f"{said(finding)}: {found.cell(finding, parent).verdict} → {found.cell(finding, one).verdict}"
                for finding in there
                if _survives(found, finding, parent) != _survives(found, finding, one)
            ]
            yield f"| `{one.name.removeprefix(f'{name}, ')}` | {n} | {'; '.join(changes) or 'nothing'} |"


def main() -> None:
    """Write docs/robustness_of_numbers.md."""
    among = structures(DECISION_RULES, NETWORKS)
    found = matrix_of([*among, *own_numbers(among)], REPLICATIONS_OF_NUMBERS)
    DOCUMENT.write_text(numbers_document(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

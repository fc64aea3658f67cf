"""What the matrix says of each finding: where it survives, and under which structures it does not."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.structure.matrix import Cell, Finding, Matrix
from analysis.structure.structures import DEFAULT, Kind
from analysis.structure.verdicts import Verdict

SURVIVES: tuple[Verdict, ...] = ("survives", "survives, weaker", "survives as it comes out")
# What a referee asks first: another rule, another network.
OF_STRUCTURE: tuple[Kind, ...] = ("rule", "network", "pair")


@dataclass(frozen=True)
class Answer:
    """Of one finding: whether the default has it, where it survives, and all other cells by their verdict."""

    finding: Finding
    is_found: bool
    survives_in: tuple[Cell, ...]
    others: dict[Verdict, tuple[Cell, ...]]

    @property
    def survives_everywhere(self) -> bool:
        """Tell whether the finding survives under every structure that was asked about."""
        return self.is_found and not self.others


def answer_of(found: Matrix, finding: Finding, kinds: tuple[Kind, ...] | None = None) -> Answer:
    """Return what the matrix says of a finding under structures of some kinds, or all but the default."""
    cells = [found.cell(finding, structure) for structure in found.structures if structure != DEFAULT]
    asked = [cell for cell in cells if kinds is None or cell.structure.kind in kinds]
    others: dict[Verdict, tuple[Cell, ...]] = {}
    for cell in asked:
        if cell.verdict not in SURVIVES:
            others[cell.verdict] = (*others.get(cell.verdict, ()), cell)
    survives_in = tuple(cell for cell in asked if cell.verdict in SURVIVES)
    return Answer(finding, found.cell(finding, DEFAULT).as_is.holds, survives_in, others)


def answers_of(found: Matrix, kinds: tuple[Kind, ...] | None = None) -> list[Answer]:
    """Return what the matrix says of every finding."""
    return [answer_of(found, finding, kinds) for finding in found.findings]

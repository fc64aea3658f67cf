"""The matrix of findings by structures: every finding as it comes out and re-anchored, with a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.evidence.fact_comparisons import FACTS, Comparison
from analysis.evidence.tried_policies import PolicyRuns
from analysis.progress import Advance, no_progress
from analysis.structure.anchoring import Anchor, anchor_of, rates_under
from analysis.structure.structures import DEFAULT, NamedStructure
from analysis.structure.verdicts import Effect, Verdict, effect_of, fails, verdict_of
from model.scenario import Settings

REPLICATIONS = 40
WEIGHT = "decision.weight"
_FINE_ENOUGH = 0.05

Fact = Callable[[PolicyRuns], list[Comparison]]


@dataclass(frozen=True)
class Finding:
    """One comparison of which a sign is expected: the fact that it belongs to, its words, its number there from 1."""

    fact: str
    what: str
    number: int


@dataclass(frozen=True)
class Cell:
    """A finding under a structure: as it comes out, re-anchored (None if that cannot be), and what that says."""

    finding: Finding
    structure: NamedStructure
    as_is: Effect
    anchored: Effect | None
    verdict: Verdict


@dataclass(frozen=True)
class Tipping:
    """From which weight of a rule on a finding fails: the last weight tried at which not, the first at which so."""

    finding: Finding
    structure: NamedStructure
    below: float
    effect_below: Effect
    above: float
    effect_above: Effect


@dataclass(frozen=True)
class Matrix:
    """All cells, the anchor of every structure, and from which weight on the failing findings fail (if asked)."""

    replications: int
    beside: Settings
    cells: tuple[Cell, ...]
    anchors: dict[str, Anchor]
    tippings: tuple[Tipping, ...]

    @property
    def structures(self) -> list[NamedStructure]:
        """Return the structures in their order, the default first."""
        return list(dict.fromkeys(cell.structure for cell in self.cells))

    @property
    def findings(self) -> list[Finding]:
        """Return the findings in their order."""
        return list(dict.fromkeys(cell.finding for cell in self.cells))

    def cell(self, finding: Finding, structure: NamedStructure) -> Cell:
        """Return the cell of a finding and a structure."""
        return next(cell for cell in self.cells if (cell.finding, cell.structure) == (finding, structure))


def matrix_of(
    among: Sequence[NamedStructure],
    replications: int = REPLICATIONS,
    beside: Settings = Settings(),  # noqa: B008 - frozen
    is_tipping_wanted: bool = False,
    facts: Sequence[Fact] = FACTS,
    advance: Advance = no_progress,
) -> Matrix:
    """Return the matrix of all findings by the structures, the first of which is the default.

    Parameters
    ----------
    beside : settings in which a scenario departs from the baseline; a structure that sets the same has its way.
    is_tipping_wanted : whether to look for the weight at which a finding begins to fail under a rule.
    facts : whose comparisons with the role "sign" are the findings.
    advance : called with 1 after every structure.
    """
    wanted = rates_under(Settings({**beside, **DEFAULT.settings}))
    by_default = _effects(PolicyRuns(replications, Settings({**beside, **DEFAULT.settings})), facts)
    cells, anchors = [], {}
    for structure in among:
        settings = Settings({**beside, **structure.settings})
        as_is = by_default if structure == DEFAULT else _effects(PolicyRuns(replications, settings), facts)
        anchor = anchors[structure.name] = anchor_of(settings, wanted)
        anchored = as_is if structure == DEFAULT else _anchored(settings, anchor, replications, facts)
        for finding, effect in as_is.items():
            other = anchored[finding] if anchored is not None else None
            verdict = verdict_of(by_default[finding], effect, other)
            cells.append(Cell(finding, structure, effect, other, verdict))
        advance(1.0)
    found = Matrix(replications, beside, tuple(cells), anchors, ())
    if not is_tipping_wanted:
        return found
    tippings = tuple(_tippings(found, facts))
    return Matrix(replications, beside, found.cells, anchors, tippings)


def _effects(runs: PolicyRuns, facts: Sequence[Fact]) -> dict[Finding, Effect]:
    """Return the effect of every comparison of which a sign is expected."""
    effects = {}
    for fact in facts:
        with np.errstate(divide="ignore", invalid="ignore"):  # of a run in which nobody innovates
            signs = [comparison for comparison in fact(runs) if comparison.role == "sign"]
        for number, comparison in enumerate(signs, start=1):
            effects[Finding(fact.__name__, comparison.what, number)] = effect_of(comparison)
    return effects


def _anchored(
    settings: Settings, anchor: Anchor, replications: int, facts: Sequence[Fact]
) -> dict[Finding, Effect] | None:
    if not anchor.is_found:
        return None
    return _effects(PolicyRuns(replications, Settings({**settings, **anchor.settings})), facts)


def _tippings(found: Matrix, facts: Sequence[Fact]) -> list[Tipping]:
    """Return from which weight on each failing finding fails under its rule, by halving to a twentieth."""
    wanted = rates_under(Settings({**found.beside, **DEFAULT.settings}))
    by_name = {fact.__name__: fact for fact in facts}
    tippings = []
    for cell in found.cells:
        if cell.verdict != "fails" or cell.structure.kind != "rule" or cell.anchored is None:
            continue
        by_default = found.cell(cell.finding, DEFAULT).as_is
        below, above = 0.0, 1.0
        effect_below, effect_above = by_default, cell.anchored
        while above - below > _FINE_ENOUGH:
            weight = 0.5 * (below + above)
            settings = Settings({**found.beside, **cell.structure.settings, WEIGHT: weight})
            anchor = anchor_of(settings, wanted)
            tried = _anchored(settings, anchor, found.replications, [by_name[cell.finding.fact]])
            if tried is not None and fails(by_default, tried[cell.finding]):
                above, effect_above = weight, tried[cell.finding]
            elif tried is not None:
                below, effect_below = weight, tried[cell.finding]
            else:
                break
        tippings.append(Tipping(cell.finding, cell.structure, below, effect_below, above, effect_above))
    return tippings


def cells_table(found: Matrix) -> pd.DataFrame:
    """Return a row for every cell: as is and re-anchored, mean, low and high, and the verdict."""
    return pd.DataFrame(
        {
            "fact": cell.finding.fact,
            "finding": cell.finding.what,
            "unit": cell.as_is.unit,
            "structure": cell.structure.name,
            "kind": cell.structure.kind,
            **_numbers("as_is", cell.as_is),
            **_numbers("anchored", cell.anchored),
            "verdict": cell.verdict,
        }
        for cell in found.cells
    )


def anchors_table(found: Matrix) -> pd.DataFrame:
    """Return a row for every structure: its two efforts, how near they come, whether they are plausible."""
    return pd.DataFrame(
        {
            "structure": name,
            "innovation_effort": anchor.innovation_effort,
            "routine_effort": anchor.routine_effort,
            "distance": anchor.distance,
            "is_found": anchor.is_found,
            "is_plausible": anchor.is_plausible,
        }
        for name, anchor in found.anchors.items()
    )


def tippings_table(found: Matrix) -> pd.DataFrame:
    """Return a row for every failing finding: the weights between which it tips, with the effects there."""
    columns = ("fact", "finding", "structure", "below", "above")
    rows = [
        {
            "fact": one.finding.fact,
            "finding": one.finding.what,
            "structure": one.structure.name,
            "below": one.below,
            **_numbers("at_below", one.effect_below),
            "above": one.above,
            **_numbers("at_above", one.effect_above),
        }
        for one in found.tippings
    ]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=list(columns))


def _numbers(prefix: str, effect: Effect | None) -> dict[str, float | None]:
    ends = ("mean", "low", "high")
    return {f"{prefix}_{end}": getattr(effect, end) if effect else None for end in ends}

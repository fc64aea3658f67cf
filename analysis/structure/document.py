"""docs/robustness.md: which findings survive other decision rules, other networks, other numbers nobody knows.

``python -m analysis.structure.document`` writes it anew. Verdicts are computed, and nothing was chosen so that a
finding survives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.evidence.fact_comparisons import Unit
from analysis.evidence.stylised_facts import FACTS_FILE
from analysis.structure.answers import OF_STRUCTURE, Answer, answer_of, answers_of
from analysis.structure.matrix import REPLICATIONS, Cell, Finding, Matrix, Tipping, matrix_of
from analysis.structure.structures import DEFAULT, Kind, NamedStructure, assumptions, structures
from analysis.structure.verdicts import Effect
from model.catalogue import labels
from model.parameters import DECISION_RULES, NETWORKS

DOCUMENT = Path(__file__).parents[2] / "docs" / "robustness.md"
_WORDS = Path(__file__).parents[1] / "command_line" / "words"
_SCALES: dict[Unit, tuple[float, str, int]] = {
    "points": (100.0, "", 1),
    "percent": (100.0, "%", 1),
    "months": (1.0, " months", 1),
    "value": (1.0, "", 3),
}
_MARKS = {
    "survives": "✓",
    "survives, weaker": "✓ weaker",
    "depends on the level": "~",
    "fails": "**✗**",
    "not enough runs": "?",
    "survives as it comes out": "(✓)",
    "cannot be anchored": "no anchor",
    "not found by default": "–",
    "appears": "+",
}

_TEXT = """# Do the findings survive other assumptions?

Made by `python -m analysis.structure.document`; do not edit. `python run.py structure` gives the same for a scenario of
your own. A referee's first question: do the conclusions hang on how officials decide, on who sees whom, on numbers
nobody knows? Every comparison of [stylised_facts.md](stylised_facts.md) of which a sign is expected is taken again
under each [decision rule and network](model_decision_rules.md) at full weight, over {runs} runs with common random
numbers. What one rule makes of one policy is seen in the trainers' page, too, under "How officials decide".

{everywhere}

## How to read the tables

Every finding is looked at twice: as it comes out, and **re-anchored**, with `work.innovation_effort` and
`work.routine_effort` such that innovation and inaction are as common in the baseline as by default (to 0.003). A rule
under which hardly anybody innovates cannot show an effect on innovation, whatever it says of how people decide.

- ✓ **survives**: the 95% interval lies on the expected side, both times, and is not as good as none; *weaker*: the
  re-anchored effect is below a third of the default's
- ~ **depends on the level**: one of the two
- **✗ fails**: re-anchored, the interval lies on the other side or within half a point of 0 (of other units, within 5%
  of the default's effect)
- ? **not enough runs** to say one or the other
- (✓) **survives as it comes out**, and no efforts bring the shares back; *no anchor*: does not, so that it cannot be
  told whether the level is to blame
- – the default does not have the finding, and so it cannot survive; + it appears where the default does not have it

Re-anchored effects are shown: percentage points if no unit is said. One finding in twenty that is none would be found
by luck, and there are {n_findings}. What fails hangs on what it is about: reinforcement is the rule of those who learn
from their own cases only, so that what rests on hearing of others' must fail under it.

## Decision rules and networks

{rules}

Their own numbers at half and at twice: [robustness_of_numbers.md](robustness_of_numbers.md).

## Sizes, noise, memory and nesting

The default rule and network, with one number at about half and at about twice.

{assumptions}

## What fails, and from which weight on

{failures}

## As they come out

The same without re-anchoring.

{as_is}

## Anchors

The efforts at which innovation and inaction are as common in the baseline as by default.

{anchors}
"""


def document(found: Matrix) -> str:
    """Return docs/robustness.md."""
    return _TEXT.format(
        runs=found.replications,
        n_findings=len(found.findings),
        everywhere=everywhere(found),
        rules=_table(found, (*OF_STRUCTURE, "default")),
        assumptions=_table(found, ("assumption", "default")),
        failures="\n".join(_failures(found)),
        as_is=_table(found, (*OF_STRUCTURE, "default"), is_anchored=False),
        anchors="\n".join(_anchors(found)),
    )


def everywhere(found: Matrix) -> str:
    """Return in lists what survives under every rule and network, what does not, and what is no finding."""
    by_rule = answers_of(found, OF_STRUCTURE)
    always = {answer.finding for answer in answers_of(found) if answer.survives_everywhere}
    survivors = [answer.finding for answer in by_rule if answer.survives_everywhere]
    lost = [answer for answer in by_rule if answer.is_found and not answer.survives_everywhere]
    missing = [answer.finding for answer in by_rule if not answer.is_found]
    n_found = len(by_rule) - len(missing)
    lines = [f"**Under every rule and every network {len(survivors)} of {n_found} findings survive:**", ""]
    lines += [f"- {said(finding)}{'' if finding in always else _also_lost(found, finding)}" for finding in survivors]
    without = [name for name, anchor in found.anchors.items() if not anchor.is_found]
    if without:
        lines += ["", f"Under {', '.join(without)} they are judged as they come out, as there is no anchor."]
    lines += ["", f"The other {len(lost)}, and where they do not survive:", "", *map(_where_lost, lost)]
    if missing:
        lines += ["", "The default does not have, so that nothing can survive:", ""]
        lines += [f"- {said(finding)}" for finding in missing]
    return "\n".join(lines)


def _where_lost(answer: Answer) -> str:
    where = "; ".join(
        f"{verdict} under {', '.join(cell.structure.name for cell in cells)}"
        for verdict, cells in answer.others.items()
    )
    return f"- {said(answer.finding)}: {where}"


def _also_lost(found: Matrix, finding: Finding) -> str:
    """Return under which other numbers a finding does not survive that survives every rule and network."""
    cells = (cell for cells in answer_of(found, finding).others.values() for cell in cells)
    return f" (but not under {', '.join(cell.structure.name for cell in cells)})"


def said(finding: Finding) -> str:
    """Return a finding in words."""
    text = labels("en", _WORDS).text(f"structure.findings.{finding.fact}.{finding.number}")
    return text[0].lower() + text[1:]


def _table(found: Matrix, kinds: tuple[Kind, ...], is_anchored: bool = True) -> str:
    """Return a table with a row a finding and a column a structure of these kinds, below the names of the facts."""
    facts = pd.read_csv(FACTS_FILE).set_index("name")["fact"]
    columns = [structure for structure in found.structures if structure.kind in kinds]
    lines = ["| finding | " + " | ".join(f"`{structure.name}`" for structure in columns) + " |"]
    lines.append("| --- |" + " --- |" * len(columns))
    fact = ""
    for finding in found.findings:
        if finding.fact != fact:
            fact = finding.fact
            lines.append(f"| *{facts.get(fact, fact)}* |" + " |" * len(columns))
        cells = (_cell(found.cell(finding, structure), structure, is_anchored) for structure in columns)
        lines.append(f"| {said(finding)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(cell: Cell, structure: NamedStructure, is_anchored: bool) -> str:
    effect = cell.anchored if is_anchored else cell.as_is
    number = _effect(effect) if effect else ""
    if not is_anchored or structure == DEFAULT:
        return number
    return f"{_MARKS[cell.verdict]} {number}".strip()


def _effect(effect: Effect) -> str:
    scale, unit, decimals = _SCALES[effect.unit]
    mean, low, high = (f"{value * scale:+.{decimals}f}" for value in (effect.mean, effect.low, effect.high))
    return f"{mean}{unit} [{low}, {high}]"


def _failures(found: Matrix) -> Iterator[str]:
    """Yield a line for every failing finding under a rule, with the weights between which it tips."""
    if not found.tippings:
        yield "No finding fails under a rule."
    for one in found.tippings:
        yield f"- {_tipping(one)}"
    network = [cell for cell in found.cells if cell.verdict == "fails" and cell.structure.kind != "rule"]
    for cell in network:
        effect = _effect(cell.anchored) if cell.anchored else ""
        yield f"- {said(cell.finding)}, `{cell.structure.name}`: fails, {effect}"


def _tipping(one: Tipping) -> str:
    below, above = _effect(one.effect_below), _effect(one.effect_above)
    return (
        f"{said(one.finding)}, `{one.structure.name}`: fails from weight {one.above:.2f} on ({above}), not yet at "
        f"{one.below:.2f} ({below})"
    )


def _anchors(found: Matrix) -> Iterator[str]:
    yield "| structure | innovation effort | routine effort | |"
    yield "| --- | --- | --- | --- |"
    for name, anchor in found.anchors.items():
        remark = "" if anchor.is_plausible else "outside the plausible range"
        remark = remark if anchor.is_found else f"not found; the rates stay {anchor.distance:.3f} away"
        yield f"| `{name}` | {anchor.innovation_effort:.3f} | {anchor.routine_effort:.3f} | {remark} |"


def main() -> None:
    """Write docs/robustness.md."""
    among = [*structures(DECISION_RULES, NETWORKS), *assumptions()]
    found = matrix_of(among, REPLICATIONS, is_tipping_wanted=True)
    DOCUMENT.write_text(document(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

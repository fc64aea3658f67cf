"""Tallies: how many cases of each kind were decided and how, counted from cases or taken from counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from analysis.evidence.review import CAUSES, HONEST

MitigatedAs = Literal["sanctioned", "exempt"]
NOT_TOLD, NOT_TOLD_CAUSE = "", "not_told"
N_RUNGS = 4
# In the model private gain has a ladder of its own, and inaction a loss of its own.
NOT_ON_THE_LADDER = ("self_dealing", "inaction")
Cell = tuple[str, str]  # cause; filed: "yes", "no", or nothing where it is not told


class Share(NamedTuple):
    """So many of so many."""

    k: int
    n: int

    def __add__(self, other: object) -> Share:
        """Return both together."""
        k, n = other if isinstance(other, tuple) else (0, 0)
        return Share(self.k + k, self.n + n)


NONE = Share(0, 0)


@dataclass(frozen=True)
class Tally:
    """What was counted.

    Attributes
    ----------
    exempt : exempted before appeal, of those decided, by cause and filing. A case for which nobody asked, and that no
        organ considered of its own motion, was not reviewed and is left out: that is access.
    pooled : exempted of all decided, but for false accusations.
    applied : asked for or considered of own motion, of honest cases for which that is told.
    appeals_won : of honest cases that were denied, appealed or not.
    filed, published : of honest cases that tell whether they were filed; of exempted ones that tell whether published,
        if any case of the file was not: else all are published by choice.
    not_told : honest cases that do not tell whether they were filed, applied for, or (of those denied) won an appeal.
    rungs : sanctions by rung, but for causes NOT_ON_THE_LADDER.
    other : decided cases that belong to no row of the model, by cause.
    """

    exempt: Mapping[Cell, Share] = field(default_factory=dict)
    pooled: Share = NONE
    applied: Share = NONE
    appeals_won: Share = NONE
    filed: Share = NONE
    published: Share = NONE
    rungs: tuple[int, ...] = (0,) * N_RUNGS
    other: Mapping[str, int] = field(default_factory=dict)
    not_told: Mapping[str, int] = field(default_factory=dict)
    n_open: int = 0

    def of_cause(self, cause: str) -> Share:
        """Return the exempted of those decided for a cause, however filed."""
        return sum((share for (name, _), share in self.exempt.items() if name == cause), NONE)


def tally_of_cases(
    used: Iterable[Mapping[str, str]],
    mitigated: MitigatedAs,
    left_out: Iterable[str] = (),
    counted_as: Mapping[str, str] | None = None,
) -> Tally:
    """Return the tally of cases, each with the values that are used of it.

    Parameters
    ----------
    mitigated : what a mitigated case counts as.
    left_out : columns that are not reliable; they count as not told.
    counted_as : causes that are to count as others, such as procedure as complexity.
    """
    hidden, names = set(left_out), counted_as or {}
    exempt: dict[Cell, Share] = {}
    sums: Counter[str] = Counter()
    rungs, other = [0] * N_RUNGS, Counter[str]()
    for values in used:
        case = {column: NOT_TOLD if column in hidden else value for column, value in values.items()}
        cause = _cause(case, names)
        outcome = _outcome(case.get("outcome", ""), mitigated)
        sums["unpublished"] += case.get("published") == "no"
        _count_application(case, cause, sums)
        if outcome == NOT_TOLD:
            sums["open"] += 1
            continue
        is_exempt = outcome == "exempt"
        is_sanction = case.get("outcome") == "sanctioned" and cause not in NOT_ON_THE_LADDER
        if is_sanction and case.get("rung", "").isdecimal():
            rungs[int(case["rung"])] += 1
        if is_exempt:
            _count(sums, "published", case.get("published", ""))
        if cause not in CAUSES:
            other[NOT_TOLD_CAUSE if cause in (NOT_TOLD, "na") else cause] += 1
            if cause == "accusation_false" or outcome == "clarified":
                continue
        elif case.get("applied") != "no":
            cell = (cause, _filed(case, cause))
            exempt[cell] = exempt.get(cell, NONE) + Share(int(is_exempt), 1)
        sums["pooled"] += is_exempt
        sums["pooled_n"] += 1
        if cause in HONEST and not is_exempt and case.get("applied") != "no":
            _count(sums, "won", _won(case))
    return Tally(
        exempt=exempt,
        pooled=Share(sums["pooled"], sums["pooled_n"]),
        applied=Share(sums["applied"], sums["applied_n"]),
        appeals_won=Share(sums["won"], sums["won_n"]),
        filed=Share(sums["filed"], sums["filed_n"]),
        published=Share(sums["published"], sums["published_n"]) if sums["unpublished"] else NONE,
        rungs=tuple(rungs),
        other=dict(other),
        not_told={name: sums[f"{name}_not_told"] for name in ("filed", "applied", "won")},
        n_open=sums["open"],
    )


def _cause(case: Mapping[str, str], counted_as: Mapping[str, str]) -> str:
    """Return the cause that a case counts as: what was left undone is inaction, and no honest failure of an act."""
    cause = case.get("cause", "")
    if case.get("act") == "omission" and cause in HONEST:
        cause = "inaction"
    return counted_as.get(cause, cause)


def _outcome(outcome: str, mitigated: MitigatedAs) -> str:
    """Return exempt, sanctioned or clarified; nothing if there is no outcome, or none yet."""
    if outcome == "mitigated":
        return mitigated
    if outcome == "refused":
        return "sanctioned"
    return outcome if outcome in ("exempt", "sanctioned", "clarified") else NOT_TOLD


def _filed(case: Mapping[str, str], cause: str) -> str:
    filed = case.get("filed", "")
    return filed if cause in HONEST and filed in ("yes", "no") else NOT_TOLD


def _count_application(case: Mapping[str, str], cause: str, sums: Counter[str]) -> None:
    if cause not in HONEST:
        return
    _count(sums, "filed", case.get("filed", ""))
    _count(sums, "applied", {"own_motion": "yes"}.get(case.get("applied", ""), case.get("applied", "")))


def _won(case: Mapping[str, str]) -> str:
    """Return whether an appeal was won; a case without an appeal has won none."""
    if case.get("appealed") == "yes":
        return {"exempt": "yes", "upheld": "no", "mitigated": "no"}.get(case.get("appeal_result", ""), NOT_TOLD)
    return "no" if case.get("appealed") == "no" else NOT_TOLD


def _count(sums: Counter[str], name: str, told: str) -> None:
    if told in ("yes", "no"):
        sums[name] += told == "yes"
        sums[f"{name}_n"] += 1
    else:
        sums[f"{name}_not_told"] += 1

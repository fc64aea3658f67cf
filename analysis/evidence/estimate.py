"""From coded cases to estimates: rates with bounds, the posterior of the review, the ladder, and what is not told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.evidence.agreement import Scale, agreement, codings_of, values_used
from analysis.evidence.case_file import CaseFile
from analysis.evidence.codebook import case_columns
from analysis.evidence.coded_file import EvidenceError
from analysis.evidence.counts_file import CountsFile
from analysis.evidence.ladder import SEVERITY, ladder_of, severity_draws
from analysis.evidence.posterior import FILED_SHARE, N_DRAWS, Posterior, posterior_of
from analysis.evidence.review import ACCESS, CAUSES, HONEST, PROBABILITY, REMEDY, evidence_of, exempt_at_review
from analysis.evidence.selection import DISCLOSURE, Selection, bounds_of, share_interval
from analysis.evidence.tally import MitigatedAs, Share, Tally, tally_of_cases
from model.suggestions import quoted

Mitigated = Literal["sanctioned", "exempt", "bounds"]
By = Literal["place", "period"]
USED = ("act", "cause", "filed", "applied", "outcome", "rung", "appealed", "appeal_result", "published")
TOLD, IN_PART = 0.8, 0.3  # contraction from which the data tell, and tell in part
RATE_COLUMNS = ("group", "mitigated_as", "quantity", "k", "n", "share", "low", "high", "bound_low", "bound_high")
POSTERIOR_COLUMNS = ("mitigated_as", "quantity", "n", "estimate", "low", "high", "contraction", "verdict")
_ALL = "all"


class Options(NamedTuple):
    """What was chosen: the stance, what mitigated cases count as, columns to use all the same, causes to recount."""

    selection: Selection
    mitigated: Mitigated = "bounds"
    accept: tuple[str, ...] = ()
    counted_as: tuple[tuple[str, str], ...] = ()
    by: By | None = None
    seed: int = 1


@dataclass(frozen=True)
class CaseEstimate:
    """What was found of a file."""

    label: str
    n_rows: int
    n_cases: int
    is_invented: bool
    options: Options
    agreement: pd.DataFrame
    left_out: tuple[str, ...]
    ties: Mapping[str, int]
    not_told: Mapping[str, int]
    tallies: Mapping[MitigatedAs, Tally]
    posteriors: Mapping[MitigatedAs, Posterior]
    rates: pd.DataFrame
    quantities: pd.DataFrame

    @property
    def ladder(self) -> tuple[int, ...]:
        """Return the sanctions by rung."""
        return next(iter(self.tallies.values())).rungs


def estimate_of_cases(file: CaseFile, options: Options) -> CaseEstimate:
    """Return what the cases of a file tell; EvidenceError if nothing was decided or the posterior cannot be sampled."""
    _check(options)
    compared = agreement_of_cases(file, options.seed, USED)
    unreliable = compared.loc[compared["verdict"] == "unreliable", "column"]
    left_out = tuple(column for column in unreliable if column not in options.accept)
    if "outcome" in left_out:
        raise EvidenceError(
            f"{file.label}, outcome: coders do not agree on it, so nothing can be estimated; adjudicate the file "
            "(coder consensus), or go on with --accept outcome"
        )
    used, ties = values_used(file.rows, [*USED, "place", "date"], "case_id")
    names = dict(options.counted_as)
    ways = _ways(options, any(case["outcome"] == "mitigated" for case in used.values()))
    tallies = {way: tally_of_cases(used.values(), way, left_out, names) for way in ways}
    groups = {name: list(cases) for name, cases in _groups(used.values(), options.by)}
    rates = [
        _rates(group, way, tally_of_cases(cases, way, left_out, names), options.selection)
        for group, cases in groups.items()
        for way in ways
    ]
    not_told = {column: sum(not case[column] for case in used.values()) for column in USED}
    return _estimated(
        CaseEstimate(
            label=file.label,
            n_rows=len(file.rows),
            n_cases=len(used),
            is_invented=file.is_invented,
            options=options,
            agreement=compared,
            left_out=left_out,
            ties=ties,
            not_told=not_told,
            tallies=tallies,
            posteriors={},
            rates=pd.concat(rates, ignore_index=True),
            quantities=pd.DataFrame(),
        )
    )


def estimate_of_counts(file: CountsFile, options: Options) -> CaseEstimate:
    """Return what counts tell; as of cases, but without agreement, and mitigated cases are as the counts have them."""
    _check(options)
    groups, names = dict(_groups(file.rows, options.by)), dict(options.counted_as)
    tally = file.tally(file.rows, names)
    rates = [_rates(group, "sanctioned", file.tally(rows, names), options.selection) for group, rows in groups.items()]
    return _estimated(
        CaseEstimate(
            label=file.label,
            n_rows=len(file.rows),
            n_cases=tally.pooled.n,
            is_invented=file.is_invented,
            options=options,
            agreement=agreement([]),
            left_out=(),
            ties={},
            not_told={},
            tallies={"sanctioned": tally},
            posteriors={},
            rates=pd.concat(rates, ignore_index=True),
            quantities=pd.DataFrame(),
        )
    )


def agreement_of_cases(
    file: CaseFile, seed: int, columns: Iterable[str] | None = None, *, by_nltk: bool = False
) -> pd.DataFrame:
    """Return the agreement on columns of a case file: those named, or all that hold one of a few values."""
    known = case_columns()
    names = [name for name in file.columns if name in known and known[name].kind in ("choice", "yes_no", "integer")]
    chosen = [name for name in names if columns is None or name in set(columns)]

    def scale(name: str) -> Scale:
        return "ordinal" if known[name].kind == "integer" else "nominal"

    codings = [codings_of(file.rows, name, "case_id", scale(name)) for name in chosen]
    return agreement(codings, seed, by_nltk=by_nltk)


def verdict_of_contraction(contraction: float) -> str:
    """Return whether data tell a quantity: told, in_part or not_told; fixed if nothing was open."""
    if np.isnan(contraction):
        return "fixed"
    return "told" if contraction >= TOLD else "in_part" if contraction >= IN_PART else "not_told"


def _estimated(found: CaseEstimate) -> CaseEstimate:
    """Return an estimate with its posteriors and the table of quantities."""
    selection, seed = found.options.selection, found.options.seed
    if not any(tally.pooled.n for tally in found.tallies.values()):
        raise EvidenceError(f"{found.label}: no case in it has an outcome, so there is nothing to estimate")
    posteriors = {way: posterior_of(tally, selection, seed) for way, tally in found.tallies.items()}
    tables = [_quantities(way, found.tallies[way], posterior, selection, seed) for way, posterior in posteriors.items()]
    return CaseEstimate(**{**vars(found), "posteriors": posteriors, "quantities": pd.concat(tables, ignore_index=True)})


def _check(options: Options) -> None:
    columns = case_columns()
    allowed = columns["cause"].allowed
    for name in options.accept:
        if name not in USED:
            raise EvidenceError(f"--accept {name}: is no column that estimates use; allowed are {', '.join(USED)}")
    for cause, other in options.counted_as:
        if cause not in allowed or other not in CAUSES:
            raise EvidenceError(
                f"--count {cause}={other}: write a cause of the codebook ({', '.join(allowed)}) and a cause of the "
                f"model ({', '.join(CAUSES)}), such as procedure=complexity"
            )


def _ways(options: Options, has_mitigated: bool) -> tuple[MitigatedAs, ...]:
    """Return what mitigated cases count as: either, but once where there are none."""
    if options.mitigated != "bounds":
        return (options.mitigated,)
    return ("sanctioned", "exempt") if has_mitigated else ("sanctioned",)


def _groups(rows: Iterable[Mapping[str, str]], by: By | None) -> list[tuple[str, Sequence[Mapping[str, str]]]]:
    """Return all rows, and those of each place or period, in the order of their names."""
    listed = list(rows)
    if by is None:
        return [(_ALL, listed)]
    column = by if not listed or by in listed[0] else "date"
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in listed:
        name = row[column][:4] if by == "period" else row[column]
        found.setdefault(name or "not told", []).append(row)
    return [(_ALL, listed), *sorted(found.items())]


def _rates(group: str, way: MitigatedAs, tally: Tally, selection: Selection) -> pd.DataFrame:
    rows = [(group, way, name, *_rate(share, selection)) for name, share in _shares(tally, group == _ALL)]
    if group == _ALL:
        others = {ACCESS: (tally.applied, "applied"), REMEDY: (tally.appeals_won, "won")}
        others |= {FILED_SHARE: (tally.filed, "filed"), DISCLOSURE: (tally.published, "published")}
        rows += [
            (group, way, name, *_rate_of_all(share, tally.not_told.get(column, 0), selection))
            for name, (share, column) in others.items()
        ]
        rows += [(group, way, *row) for row in _rungs(tally, selection)]
    return pd.DataFrame(rows, columns=list(RATE_COLUMNS))


def _shares(tally: Tally, is_whole: bool) -> list[tuple[str, Share]]:
    """Return the shares exempted to tell: of all, and for the whole file of each cause, filed, unfiled and not told."""
    shares = [("exempt", tally.pooled)]
    if not is_whole:
        return shares
    for cause in CAUSES:
        shares.append((f"exempt.{cause}", tally.of_cause(cause)))
        if cause in HONEST:
            for filed, word in (("yes", "filed"), ("no", "unfiled")):
                shares.append((f"exempt.{cause}.{word}", tally.exempt.get((cause, filed), Share(0, 0))))
    return shares


def _rate(share: Share, selection: Selection) -> tuple[int, int, float, float, float, float, float]:
    return (share.k, share.n, *share_interval(share), *bounds_of(share, selection))


def _rate_of_all(
    share: Share, n_not_told: int, selection: Selection
) -> tuple[int, int, float, float, float, float, float]:
    """Return a share where some cases do not tell: between none and all of these.

    Under `bounds` cases that were not published may be anything, too.
    """
    n = share.n + n_not_told
    of_all = selection if selection.stance == "bounds" else Selection("none")
    low = bounds_of(Share(share.k, n), of_all)[0]
    high = bounds_of(Share(share.k + n_not_told, n), of_all)[1]
    return (*share, *share_interval(share), low, high)


def _rungs(tally: Tally, selection: Selection) -> list[tuple[str, int, int, float, float, float, float, float]]:
    """Return the shares of the rungs, each with its bounds: sanctions not published may be on any."""
    n = sum(tally.rungs)
    if not n:
        return []
    part = selection.published[0] if selection.stance == "bounds" else 1.0
    shares = ladder_of(tally.rungs).shares.T.tolist()
    return [
        (f"rung.{rung}", k, n, share, low, high, part * low, 1.0 - part * (1.0 - high))
        for rung, (k, (share, low, high)) in enumerate(zip(tally.rungs, shares, strict=True))
    ]


def _quantities(way: MitigatedAs, tally: Tally, posterior: Posterior, selection: Selection, seed: int) -> pd.DataFrame:
    """Return what is known of every parameter, and of the chances of exemption that follow from them."""
    counted = _counted(tally)
    rows = []
    for name in posterior.ranges:
        contraction = posterior.contraction(name)
        rows.append(
            (
                way,
                name,
                counted.get(name, 0),
                *posterior.interval(name),
                contraction,
                verdict_of_contraction(contraction),
            )
        )
    if sum(tally.rungs):
        rows.append((way, SEVERITY, sum(tally.rungs), *_severity(tally, selection, seed)))
    for cause in CAUSES:
        if cause == "self_dealing" or evidence_of(cause) in posterior.ranges:
            chance = posterior.interval_of(exempt_at_review(posterior.values, cause))
            rows.append((way, f"chance.{cause}", tally.of_cause(cause).n, *chance, np.nan, "follows"))
    return pd.DataFrame(rows, columns=list(POSTERIOR_COLUMNS))


def _severity(tally: Tally, selection: Selection, seed: int) -> tuple[float, float, float, float, str]:
    """Return the median of the severity, the ends of its interval, its contraction and the verdict."""
    draws = severity_draws(tally.rungs, selection, N_DRAWS, seed)
    ends = np.quantile(draws, [0.5, 0.025, 0.975])
    contraction = 1.0 - 12.0 * float(np.var(draws))
    return float(ends[0]), float(ends[1]), float(ends[2]), contraction, verdict_of_contraction(contraction)


def _counted(tally: Tally) -> dict[str, int]:
    """Return how many cases bear on each parameter."""
    honest = sum(tally.of_cause(cause).n for cause in HONEST)
    causes = {evidence_of(cause): tally.of_cause(cause).n for cause in CAUSES}
    filed = sum(share.n for (_, told), share in tally.exempt.items() if told == "yes")
    return {
        **causes,
        PROBABILITY: honest,
        "exemption.evidence_filing": filed,
        ACCESS: tally.applied.n,
        REMEDY: tally.appeals_won.n,
        FILED_SHARE: tally.filed.n,
    }


def checked_count(text: str) -> tuple[str, str]:
    """Return (cause, other) of "cause=other"; EvidenceError if it is not of that form."""
    cause, sign, other = text.partition("=")
    if not (cause and sign and other):
        raise EvidenceError(f"--count {quoted(text)}: write for example --count procedure=complexity")
    return cause.strip(), other.strip()

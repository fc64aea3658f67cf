"""The stylised facts against the model: what comes out, and whether it is what was observed.

``python -m analysis.evidence.stylised_facts`` writes docs/stylised_facts.md anew. Verdicts are computed. What the
model misses is reported as missed, with the reason; no number of the model was chosen to meet a fact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.evidence.fact_comparisons import FACTS, Comparison, Unit
from analysis.evidence.tried_policies import PolicyRuns
from analysis.statistics.paired_effects import intervals_of

_ROOT = Path(__file__).parents[2]
FACTS_FILE = _ROOT / "data" / "stylised_facts.csv"
DOCUMENT = _ROOT / "docs" / "stylised_facts.md"
REPLICATIONS = 40
COLUMNS = ("fact", "comparison", "role", "unit", "least", "most", "mean", "low", "high", "n", "holds")
BY_CONSTRUCTION = "by construction"  # of a fact that rests on how the model is made: no source is claimed
MET, IN_SIGN, IN_PART, MISSED = "met", "met in sign, not in size", "met in part", "missed"

_SCALES: dict[Unit, tuple[float, str]] = {
    "points": (100.0, " points"),
    "percent": (100.0, "%"),
    "months": (1.0, " months"),
    "value": (1.0, ""),
}

# How a fact is put to the model, in words.
PUT: dict[str, str] = {
    "oversight_chills": "Certainty 0.1, severity 0.45 and severity for misconduct 0.8, the levers of `crackdown`, "
    "from month 36 to 84, then lifted, against the baseline in the same months. Innovation stands for the activity "
    "that can end in a complaint.",
    "lasting_defence": "The baseline alone, so there is no pair of policies. Lazy prevalence, inaction in more than "
    "6 of the last 12 months, stands for the defensive option; lazy persistence tells whether it is the same persons "
    "who take it a year later.",
    "inaction_to_routine": "Inaction called to account five times as often (0.04 a month), against the baseline.",
    "seen_tolerance_works": "The exemption rate raised from 0.4 to 0.8 while no exemption is disclosed (on paper), "
    "and with 0.9 of them disclosed (seen); the same where mean motivation is 0.7 and not 0.45; and on paper under "
    "the levers of `crackdown`.",
    "harshness_disciplines": "Severity 0.45 for failures and 0.8 for misconduct, the sanctions of `crackdown` "
    "without its certainty, against the baseline. Shirking is read as care not taken by those who act. If doing "
    "nothing is called shirking too, the model says the opposite of it: harder sanctions for failures drive officials "
    "into inaction, and only sanctions for inaction itself lower it.",
    "out_of_use": "`rule_out_of_use`, in which practice hardens by hand, against the same rule left alone. Then a "
    "rule that is adopted in month 24 and never changed, with nothing disclosed: does it lapse by itself? At last the "
    "same with exemptions disclosed, reviewers as cautious as is plausible (caution 3), a public that cannot tell "
    "honest failures from negligence (objectivity 0) and nothing learned by doing.",
    "audits_shift_method": "Filing made dearer (0.12 to 0.4), for checks on the one method; red tape on all "
    "innovation (0.1 to 0.5), for checks on all of it.",
    "certainty_over_severity": "Certainty raised by 25%, or severity so that the expected loss of a sanction grows "
    "by 25%. For private gain: detection raised by 25%, or its severity likewise.",
    "hot_stove": "Starts at which 99% and 1% innovate: in the baseline; with conformity at the top of its plausible "
    "range (1); and where, with it, trust has to be learned, as the document gets little credence (0.2) and exemption "
    "is generous (0.8), open to all and disclosed (0.9). Outcomes are called two if they are at least 5 points apart "
    "in the last five years.",
    "leniency_shelters": "The exemption rate from 0 to 1 in 13 steps, all else as in the baseline.",
    "retreat_near_retirement": "Officials of the same run of the baseline, in its last five years. The hope of "
    "promotion fades by assumption above the ceiling age and under a bar, so the fact stands in the model by "
    "construction.",
}

# Why the model misses a fact, or part of it; printed unless the fact is met.
REASONS: dict[str, str] = {
    "oversight_chills": "Innovation falls by as much as the kinds of activity that fell most, or a little more, and "
    "all activity together by less than the one that fell least, since officials under pressure turn to routine. "
    "Which of the two is more like an arrest is open, and how strong the harsh years are is an assumption that was "
    "not fitted. Most of the fall is made up for within four years, as in Los Angeles.",
    "lasting_defence": "The share lies at the upper end of the range, or just above it. It hangs on where the line "
    "is drawn (more than 6 of 12 months), which was chosen for its plain words, and on temperature and habit, which "
    "are assumptions. That it is the same persons is met: of those who were lazy a year ago far more are so now than "
    "of all.",
    "out_of_use": "That exemptions get fewer when practice hardens is put in by hand; that officials then file less "
    "is the model's answer. By itself an unseen rule does not lapse: no fewer cases end exempt in the last year than "
    "in the first. Only where a public that blames every failure alike frightens cautious reviewers, and nobody "
    "learns by doing, do exemptions get fewer though the rule stays; what made practice harden in Korea is not known.",
    "certainty_over_severity": "An equal rise of the expected sanction deters equally, whether it comes from "
    "certainty or from severity: officials weigh the one times the other, for honest innovation as for private gain. "
    "The burden of a review, which certainty alone raises, is too small to tell. The model knows neither impatience "
    "nor a weight of probabilities beside their size, by which the fact could be explained.",
    "hot_stove": "In the baseline two starts end in one outcome: conformity is too weak for two norms, so a start "
    "is forgotten before it can be learned from. Two outcomes need the strongest conformity that is plausible; at 0.8 "
    "they are hardly apart. Where trust must be learned, they then differ in belief too, as the fact says; but most "
    "of the gap in innovation is the norm's, as it stays where nobody learns. And where the document is believed and "
    "exemptions are seldom seen, the fact turns round: those who try learn to trust less than those who do not.",
}


def stylised_facts(replications: int = REPLICATIONS) -> pd.DataFrame:
    """Return a row for every comparison, with COLUMNS: `holds` if the interval lies between `least` and `most`."""
    rows = [_row(fact.__name__, comparison) for fact in FACTS for comparison in fact(PolicyRuns(replications))]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(fact: str, comparison: Comparison) -> tuple[object, ...]:
    mean, low, high, n = (values.item() for values in intervals_of(comparison.values[:, np.newaxis]))
    least, most = comparison.expected
    holds = low >= least and high <= most
    return (fact, comparison.what, comparison.role, comparison.unit, least, most, mean, low, high, n, holds)


def verdict_of(comparisons: pd.DataFrame) -> str:
    """Return the verdict on one fact from its comparisons: signs first, then sizes; information does not count."""
    signs = comparisons.loc[comparisons["role"] == "sign", "holds"]
    sizes = comparisons.loc[comparisons["role"] == "size", "holds"]
    if signs.all() and sizes.all():
        return MET
    if signs.empty or not signs.any():
        return MISSED
    return IN_SIGN if signs.all() else IN_PART


def verdicts(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Return a row for every fact: name, fact, sign_or_size and source as observed, verdict, reason if not met."""
    observed = pd.read_csv(FACTS_FILE)
    found = {name: verdict_of(of_fact) for name, of_fact in comparisons.groupby("fact")}
    verdict = observed["name"].map(found)
    reason = [
        ("" if was_met else REASONS[name]) for name, was_met in zip(observed["name"], verdict == MET, strict=True)
    ]
    return observed.assign(verdict=verdict, reason=reason)


def document(comparisons: pd.DataFrame) -> str:
    """Return docs/stylised_facts.md: the verdicts, then every fact with its comparisons."""
    facts = verdicts(comparisons)
    n_runs, n_met = comparisons["n"].max(), facts["verdict"].eq(MET).sum()
    lines = [
        _INTRODUCTION.format(n_met=n_met, n_facts=len(facts), n_runs=n_runs),
        "| fact | observed | verdict |",
        "| --- | --- | --- |",
        *(f"| {row['fact']} | {row['sign_or_size']} | **{row['verdict']}** |" for _, row in facts.iterrows()),
    ]
    for _, fact in facts.iterrows():
        lines += ["", *_section(fact, comparisons[comparisons["fact"] == fact["name"]])]
    return "\n".join(lines) + "\n"


_INTRODUCTION = """# Stylised facts

Made by `python -m analysis.evidence.stylised_facts`; do not edit. What was observed elsewhere, and what the model
gives: an illustration, not a calibration. No number of the model was chosen to meet a fact. What the model misses, or
meets only under a condition, is said to be so, with the reason.

{n_met} of {n_facts} facts are met. A comparison holds if its 95% interval, over {n_runs} runs with common random
numbers, lies in the range expected. A fact is met if all its comparisons of sign and size hold, met in part if some of
its signs do; comparisons for *information* do not count. The observations stand in
[data/stylised_facts.csv](../data/stylised_facts.csv), their sources in [model/sources.toml](../model/sources.toml), the
comparisons in [fact_comparisons.py](../analysis/evidence/fact_comparisons.py). "Points" are percentage points.
"""


def _section(fact: pd.Series, comparisons: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of one fact, a row of `verdicts`."""
    title, keys = fact["fact"][0].upper() + fact["fact"][1:], fact["source"].split("; ")
    sources = ", ".join(key if key == BY_CONSTRUCTION else f"`{key}`" for key in keys)
    yield from (f"## {title}", "", f"Observed: {fact['sign_or_size']} ({sources}). Verdict: **{fact['verdict']}**.", "")
    yield from (PUT[fact["name"]], "")
    yield from ("| comparison | expected | found, 95% interval | |", "| --- | --- | --- | --- |")
    for _, row in comparisons.iterrows():
        is_information = row["role"] == "information"
        holds = "holds" if row["holds"] else "**does not hold**"
        expected, outcome = ("", "*information*") if is_information else (_expected(row), holds)
        yield f"| {row['comparison']} | {expected} | {_found(row)} | {outcome} |"
    if fact["reason"]:
        yield from ("", fact["reason"])


def _expected(row: pd.Series) -> str:
    least, most = _figure(row["least"], row["unit"]), _figure(row["most"], row["unit"])
    if math.isinf(row["most"]):
        return f"above {least}"
    return f"below {most}" if math.isinf(row["least"]) else f"{_number(row['least'], row['unit'])} to {most}"


def _found(row: pd.Series) -> str:
    low, high = (_number(row[end], row["unit"]) for end in ("low", "high"))
    return f"{_figure(row['mean'], row['unit'])} [{low}, {high}]"


def _figure(value: float, unit: Unit) -> str:
    return _number(value, unit) + _SCALES[unit][1]


def _number(value: float, unit: Unit) -> str:
    decimals = 3 if unit == "value" else 1
    text = f"{value * _SCALES[unit][0]:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0.0 else text


def main() -> None:
    """Write docs/stylised_facts.md."""
    DOCUMENT.write_text(document(stylised_facts()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

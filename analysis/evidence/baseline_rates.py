"""Base rates: how often officials meet with measures in the baseline, beside what was counted.

``python -m analysis.evidence.baseline_rates`` writes docs/base_rates.md anew. The counts say in which order of
magnitude the baseline has to lie, and a test fails where it does not; nothing was fitted to a single count.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.evidence.tried_policies import Floats, TriedPolicy, mean_of, scenario_of
from analysis.statistics.paired_effects import intervals_of
from model.parameters import MONTHS_PER_YEAR, Range

_ROOT = Path(__file__).parents[2]
COUNTED_FILE = _ROOT / "data" / "base_rates.csv"
DOCUMENT = _ROOT / "docs" / "base_rates.md"
REPLICATIONS = 40
# Formal and informal measures of all causes per 100 officials and year between which the baseline has to lie.
BAND: Range = (2.0, 10.0)

# The measures of the model that are sanctions in the strict sense, and the milder ones, as the counts tell them apart.
FORMAL = (
    "disciplines",
    "organisational_removals",
    "misconduct_second_form",
    "misconduct_third_form",
    "misconduct_fourth_form",
)
INFORMAL = ("circulars", "admonitions", "misconduct_first_form", "sanctions_inaction")
FAILURES = ("failures_force_majeure", "failures_complexity", "failures_ability", "failures_negligence")


class BaseRates(NamedTuple):
    """What the baseline gives, run by run, each (runs,): per 100 officials and year, and ratios."""

    all_measures: Floats
    for_failures: Floats
    for_misconduct: Floats
    for_inaction: Floats
    formal: Floats
    informal: Floats
    removals: Floats
    failures: Floats
    pursued: Floats
    passed: Floats
    exempted: Floats
    passed_per_pursued: Floats


_TOLD: dict[str, str] = {
    "all_measures": "measures of all kinds",
    "for_failures": "of them for failures",
    "for_misconduct": "of them for private gain",
    "for_inaction": "of them for inaction",
    "formal": "formal: disciplinary sanctions and removals, second to fourth form",
    "informal": "informal: circulars, admonitions, first form, calls to account for inaction",
    "removals": "removals from the post",
    "failures": "failures, of routine too",
    "pursued": "failures that become a case",
    "passed": "failures that pass",
    "exempted": "cases that end exempt",
    "passed_per_pursued": "failures that pass, per failure that becomes a case",
}


def base_rates(n_runs: int = REPLICATIONS) -> BaseRates:
    """Return the base rates of the baseline over the last five years of its runs 0 to n_runs - 1."""
    baseline = TriedPolicy()
    per_year = 100.0 * MONTHS_PER_YEAR / scenario_of(baseline).officials

    def rate(*measures: str) -> Floats:
        means = [mean_of(measure, baseline, n_runs) for measure in measures]
        return per_year * np.asarray(np.sum(means, axis=0), dtype=np.float64)

    failures, passed = rate(*FAILURES), rate("unpursued_failures")
    # What covers private gain that is found out is neither pursued as a failure nor passed over.
    pursued = rate("cases") - rate("sanctions_misconduct")
    return BaseRates(
        all_measures=mean_of("sanctions_per_100_officials_and_year", baseline, n_runs),
        for_failures=rate("sanctions_failures"),
        for_misconduct=rate("sanctions_misconduct"),
        for_inaction=rate("sanctions_inaction"),
        formal=rate(*FORMAL),
        informal=rate(*INFORMAL),
        removals=rate("removals"),
        failures=failures,
        pursued=pursued,
        passed=passed,
        exempted=rate("exemptions"),
        passed_per_pursued=passed / pursued,
    )


def failings(rates: BaseRates) -> list[str]:
    """Return where the baseline lies outside of what was counted, in words; nothing if it does not."""
    low, high = BAND
    mean, found = float(rates.all_measures.mean()), []
    if not low <= mean <= high:
        found.append(f"{mean:.1f} measures per 100 officials and year lie outside {low:g} to {high:g}")
    if not (rates.passed > rates.pursued).all():
        found.append("more failures are pursued than pass in some run")
    return found


def counted_rates() -> pd.DataFrame:
    """Return what was counted as rates: a row for every year with the sanctions per 100 officials.

    The columns are year, officials (punished outside of the countryside, firms and elsewhere), per_100, source.
    """
    counts = pd.read_csv(COUNTED_FILE).set_index("name")
    values, rows = counts["value"], []
    for name in values.index:
        if name.startswith("punished_elsewhere_"):
            whole = name.replace("_elsewhere", "")
            officials = values[whole] - values[name]
            keys = dict.fromkeys((counts["source"][whole], counts["source"][name]))
            rows.append((name[-4:], officials, 100.0 * officials / values["civil_servants"], "; ".join(keys)))
    return pd.DataFrame(rows, columns=["year", "officials", "per_100", "source"])


def document(rates: BaseRates) -> str:
    """Return docs/base_rates.md: what the baseline gives, what was counted, what is not known."""
    counts = pd.read_csv(COUNTED_FILE).set_index("name")["value"]
    counted, missing = counted_rates(), failings(rates)
    forms = counts["first_form_2023"] / counts["other_forms_2023"]
    low, high = counted["per_100"].min(), counted["per_100"].max()
    texts = {
        "verdict": "Both hold." if not missing else f"**Not so: {'; '.join(missing)}.**",
        "band": f"{BAND[0]:g} to {BAND[1]:g}",
        "mean": f"{rates.all_measures.mean():.1f}",
        "passed": f"{rates.passed_per_pursued.mean():.0f}",
        "n_runs": len(rates.all_measures),
        "rates": "\n".join(_rate_line(name, values) for name, values in rates._asdict().items()),
        "counted": "\n".join(
            f"| {row.year} | {row.officials:,.0f} | {row.per_100:.1f} | {_keys(str(row.source))} |"
            for row in counted.itertuples()
        ),
        "civil_servants": f"{counts['civil_servants'] / 1e6:.2f}",
        "low": f"{low:.1f}",
        "high": f"{high:.1f}",
        "forms": f"{forms:.1f}",
        "all_low": f"{low * (1 + forms):.1f}",
        "all_high": f"{high * (1 + forms):.1f}",
        "held": f"{100.0 * counts['cadres_held_accountable_2019'] / counts['civil_servants']:.1f}",
        "formal": f"{rates.formal.mean():.1f}",
    }
    return _TEXT.format(**texts)


_TEXT = """# Base rates

Made by `python -m analysis.evidence.baseline_rates`; do not edit. How often officials meet with a measure in the
baseline, beside what was counted. `accountability.certainty` was chosen so that the order of magnitude is right, since
the counts know no rate per failure; nothing was fitted to a single count.

Asked of the baseline: {band} measures of all kinds per 100 officials and year, and more failures that pass than are
pursued. It gives {mean}, and about {passed} failures pass for each that becomes a case. {verdict}

## What the baseline gives

Means over the last five years of {n_runs} runs, with 95% intervals; per 100 officials and year, but for the last line.

| what | baseline, 95% interval |
| --- | --- |
{rates}

## What was counted

People punished outside of the countryside, firms and elsewhere, over {civil_servants} million civil servants (2015).
All causes, mostly misconduct that the model does not have. Figures and marks of how they were checked stand in
[data/base_rates.csv](../data/base_rates.csv), sources in [model/sources.toml](../model/sources.toml).

| year | officials punished | per 100 and year | source |
| --- | --- | --- | --- |
{counted}

- These {low} to {high} are formal sanctions. The first of the four forms, which is no sanction, was {forms} times the
  other three together in 2023 (`ccdi_2023`). If that holds for officials too, there are {all_low} to {all_high}
  measures of both kinds.
- Leading cadres held accountable inside the party in 2019, for duties not carried out: {held} per 100 civil servants
  (`accountability_in_numbers_2019`). This is nearest to what the model calls accountability for failures; its formal
  measures for all it has are {formal}.

## What is not known

- **The denominator.** The number of civil servants is of 2015, and the punished are not all civil servants: staff of
  public institutions are among them. With more officials the rates are lower.
- **How many failures there are**, and so how surely one is pursued. No official series counts failures that passed.
  That more pass than are pursued is an assumption that no count contradicts.
- **How many cases of honest failure ended exempt.** No count was found for any province; the exemption rate is not
  calibrated on China.
- **How the causes divide.** Those punished are counted for all causes together, so neither the share of failures nor
  that of inaction can be checked.
- **How many were removed from their posts** after a failure: the top rung of the ladder is an assumption.
"""


def _rate_line(name: str, values: Floats) -> str:
    mean, low, high, _ = (column.item() for column in intervals_of(values[:, np.newaxis]))
    decimals = 2 if mean < 1.0 else 1
    return f"| {_TOLD[name]} | {mean:.{decimals}f} [{low:.{decimals}f}, {high:.{decimals}f}] |"


def _keys(sources: str) -> str:
    return ", ".join(f"`{key}`" for key in sources.split("; "))


def main() -> None:
    """Write docs/base_rates.md."""
    DOCUMENT.write_text(document(base_rates()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

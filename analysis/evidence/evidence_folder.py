"""What an estimate leaves on disk: tables, draws to sweep over, a scenario, an experiment, a summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.evidence.estimate import CaseEstimate
from analysis.evidence.ladder import SEVERITY, severity_draws
from analysis.evidence.provenance import MADE_BY_CASES, EvidenceProvenance, checksum, scenario_with_provenance
from analysis.evidence.review import parameters_of_review
from analysis.evidence.selection import DISCLOSURE, PUBLICITY
from analysis.store.findings import CODED, SUMMARY, write_findings
from analysis.store.whole_files import write_files
from analysis.words import words_in
from model.catalogue import LANGUAGES
from model.parameters import about
from model.scenario import Scenario, Text, find_scenario, with_settings

SCENARIO, EXPERIMENT, DRAWS = "scenario.toml", "experiment.toml", "draws"
N_DRAWS = 200
MOST_DRAWS = 100_000


class EvidenceFiles(NamedTuple):
    """What was written: the folder and the files in it."""

    folder: Path
    files: tuple[Path, ...]


def draws_of(found: CaseEstimate, n: int) -> pd.DataFrame:
    """Return draws of the parameters, a row each: as many for either way of counting mitigated cases.

    The severity is among them where sanctions tell their rung.
    """
    ways = list(found.posteriors.values())
    wanted = [*parameters_of_review(), *([DISCLOSURE, PUBLICITY] if found.options.selection.stance == "model" else [])]
    parts = []
    for place, posterior in enumerate(ways):
        size = n // len(ways) + (place < n % len(ways))
        sample = posterior.sample(size, found.options.seed)
        parts.append(pd.DataFrame({name: np.clip(sample[name], *about(name).bounds) for name in wanted}))
    draws = pd.concat(parts, ignore_index=True)
    if sum(found.ladder):
        draws[SEVERITY] = severity_draws(found.ladder, found.options.selection, n, found.options.seed)
    return draws


def median_scenario(found: CaseEstimate, draws: pd.DataFrame) -> Scenario:
    """Return the baseline with the medians of the draws."""
    stance = dict.fromkeys(LANGUAGES, "")
    if found.options.selection.stance == "none":
        stance = {language: words_in(language).text("estimate.none") for language in LANGUAGES}
    settings = {str(name): round(float(draws[name].median()), 4) for name in draws}
    scenario = with_settings(find_scenario("baseline"), settings)
    name = Path(found.label).name
    return replace(
        scenario,
        name="scenario",
        title=Text(f"From the cases of {name}", f"据 {name} 中的案例"),
        question=Text(
            "What follows if review is as these cases suggest? The middle of many values: sweep over draws.csv. "
            f"{stance['en']}".strip(),
            f"如果审查如这些案例所示，会怎样？此为多种可能取值的中值，请按 draws.csv 扫描。{stance['zh']}",
        ),
    )


def write_evidence(found: CaseEstimate, folder: Path, n_draws: int, made_with: str) -> EvidenceFiles:
    """Write everything of an estimate but its charts; ExperimentError if the place does not take it."""
    draws = draws_of(found, n_draws)
    provenance = EvidenceProvenance(
        made_by=MADE_BY_CASES,
        file=Path(found.label).name,
        sha256=checksum(found.label),
        rows=found.n_rows,
        cases=found.n_cases,
        codebook="data/codebook/cases.toml",
        selection=found.options.selection.text,
        published=_published(found),
        seed=found.options.seed,
        invented=found.is_invented,
        made_with=made_with,
    )
    tables = {
        "estimates": found.quantities.assign(selection=found.options.selection.text),
        "bounds": found.rates.assign(selection=found.options.selection.text),
        "agreement": found.agreement,
        DRAWS: draws,
    }
    files = write_findings(folder, tables, _summary(found, provenance))
    scenario = median_scenario(found, draws)
    coded = Path(found.label)
    contents: dict[str, str | bytes] = {
        SCENARIO: scenario_with_provenance(scenario, provenance),
        EXPERIMENT: experiment_text(found),
        # For bundles; it holds no names of persons.
        f"{CODED}{coded.suffix.lower()}": coded.read_bytes(),
    }
    return EvidenceFiles(folder, (*files, *write_files(folder, contents)))


def _published(found: CaseEstimate) -> str:
    """Return the share of published cases that was assumed, empty where none had to be."""
    low, high = found.options.selection.published
    return f"{low:g}:{high:g}" if found.options.selection.stance == "bounds" else ""


def experiment_text(found: CaseEstimate) -> str:
    """Return the experiment that sweeps over the draws."""
    name = Path(found.label).name
    titles = {
        "en": f"Draws from the cases of {name}",
        "zh": f"据 {name} 中案例的抽样",
    }
    title = "\n".join(f"{language} = {quoted_toml(text)}" for language, text in titles.items())
    stance = found.options.selection.text
    return (
        f"# What follows from all that these cases leave open. Selection: {stance}.\n"
        f'schema = 1\nscenario = "{SCENARIO}"\nreplications = 5\nseed = {found.options.seed}\n\n'
        f"[title]\n{title}\n\n"
        f'[design]\nkind = "list"\nfile = "{DRAWS}.csv"\n'
    )


def quoted_toml(text: str) -> str:
    """Return a text in quotes, as TOML has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(sign if sign.isprintable() else " " for sign in escaped)}"'


def _summary(found: CaseEstimate, provenance: EvidenceProvenance) -> dict[str, Any]:
    return {
        "provenance": provenance.table,
        "mitigated": found.options.mitigated,
        "accepted": list(found.options.accept),
        "counted_as": dict(found.options.counted_as),
        "left_out": list(found.left_out),
        "ties": dict(found.ties),
        "not_told": dict(found.not_told),
        "other_causes": dict(next(iter(found.tallies.values())).other),
        "open": next(iter(found.tallies.values())).n_open,
        "ladder": list(found.ladder),
        "effective_sample_sizes": {way: round(found.posteriors[way].effective) for way in found.posteriors},
        "tables": ["estimates", "bounds", "agreement", DRAWS],
        "file": SUMMARY,
    }

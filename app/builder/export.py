"""What the page knows of the model, exported from Python so that nothing is typed twice.

Writes into ``app/generated/``: `model.json` (parameters, measures, actions, constants), `scenarios.json`,
`sources.json`, a catalogue of words for each language and `names.ts` (the names that TypeScript checks). The same
sources give the same bytes.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scipy.special import stdtrit

from analysis.statistics.paired_effects import CONFIDENCE
from analysis.structure.structures import numbers_of
from app.builder.kernel_code import ROOT
from app.builder.kernel_wasm import GENERATED, layout_hash
from app.kernel.names import NAME_LISTS
from model import parameters as of_parameters
from model.code_hash import model_hash
from model.measures import MEASURES, about_measure
from model.parameters import DECISION_RULES, FIXED_AT_START, Parameters, about, parameter_paths, value_at
from model.scenario import Scenario, find_scenario, shipped_scenarios
from model.scenario.scenario import ALWAYS_OPEN, switch_of
from model.simulate import LARGEST_SEED, WINDOW_MONTHS
from model.vocabulary import ACTIONS, DEFAULT_REPLICATIONS, DEFAULT_SEED

LANGUAGES = ("en", "zh-CN")
MOST_RUNS = 1000

_CONSTANTS = (
    "N_RUNGS",
    "ACCOUNTABILITY_SHARES",
    "MISCONDUCT_SHARES",
    "LADDER_LOSSES",
    "LADDER_FREEZES_MONTHS",
    "HABIT_MONTHS",
    "LAZY_MONTHS",
    "MONTHS_PER_YEAR",
)


def export(folder: Path = GENERATED) -> list[Path]:
    """Write what the page knows of the model into the folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in exported().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def exported() -> dict[str, str]:
    """Return the text of every exported file by its name."""
    catalogues = {f"catalogue.{language}.json": _json(_toml("catalogue", f"{language}.toml")) for language in LANGUAGES}
    return {
        "model.json": _json(model()),
        "scenarios.json": _json([scenario(find_scenario(name)) for name in shipped_scenarios()]),
        "sources.json": _json(_toml("sources.toml")),
        **catalogues,
        "names.ts": names(),
    }


def model() -> dict[str, Any]:
    """Return the model's declarations: parameters, measures, actions and what the page needs to count with."""
    return {
        "version": _project()["version"],
        "model_hash": model_hash(),
        "layout_hash": layout_hash(),
        "parameters": [_parameter(path) for path in parameter_paths()],
        # What is set by a word: its number is the place of the word.
        "words": {path: list(about(path).words) for path in parameter_paths() if about(path).words},
        "numbers_of_rules": {rule: numbers_of(rule) for rule in DECISION_RULES},
        "measures": [{"name": name, **asdict(about_measure(name))} for name in MEASURES],
        "actions": [{"name": name, "switch": None if name in ALWAYS_OPEN else switch_of(name)} for name in ACTIONS],
        "constants": {name.lower(): getattr(of_parameters, name) for name in _CONSTANTS},
        "default_seed": DEFAULT_SEED,
        "largest_seed": LARGEST_SEED,
        "default_replications": DEFAULT_REPLICATIONS,
        "window_months": WINDOW_MONTHS,
        "confidence": CONFIDENCE,
        # For 1, 2, ... degrees of freedom: what `analysis.statistics.paired_effects` multiplies a standard error with.
        "student_t": [float(stdtrit(degrees, 0.5 + CONFIDENCE / 2)) for degrees in range(1, MOST_RUNS)],
    }


def scenario(of: Scenario) -> dict[str, Any]:
    """Return a scenario as data; of its parameters those that differ from the defaults."""
    defaults = Parameters()
    values = {path: value_at(of.parameters, path) for path in parameter_paths()}
    return {
        "name": of.name,
        "title": asdict(of.title),
        "question": asdict(of.question),
        "references": list(of.references),
        "officials": of.officials,
        "jurisdictions": of.n_jurisdictions,
        "months": of.months,
        "settings": {path: value for path, value in values.items() if not _is_same(value, value_at(defaults, path))},
        "listed": [
            {"name": asdict(listed.name), "officials": listed.officials, "settings": dict(listed.settings)}
            for listed in of.jurisdictions
        ],
        "changes": [
            {
                "month": change.month,
                "until": change.until,
                "phaseInMonths": change.phase_in_months,
                "settings": dict(change.settings),
            }
            for change in of.changes
        ],
    }


def names() -> str:
    """Return a TypeScript module with every name of the model, so that a wrong one does not compile."""
    head = "/** The names of the model, exported from Python by app/builder/export.py: do not edit. */\n"
    return head + "".join(_name_list(constant, *of) for constant, of in NAME_LISTS.items())


def _name_list(constant: str, type_name: str, of: Sequence[str]) -> str:
    items = "".join(f'  "{name}",\n' for name in of)
    list_of_names = f"\nexport const {constant} = [\n{items}] as const;\n"
    return f"{list_of_names}export type {type_name} = (typeof {constant})[number];\n"


def _parameter(path: str) -> dict[str, Any]:
    known = about(path)
    default = value_at(Parameters(), path)
    return {
        "path": path,
        "unit": known.unit,
        "bounds": list(known.bounds),
        "plausible": list(known.plausible) if known.plausible else None,
        "default": None if math.isnan(default) else default,
        "source": known.source,
        "fixed_at_start": path in FIXED_AT_START or path.startswith("population."),
    }


def _is_same(value: float, other: float) -> bool:
    return value == other or (math.isnan(value) and math.isnan(other))


def _project() -> Mapping[str, Any]:
    project: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def _toml(*place: str) -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "model").joinpath(*place).read_text(encoding="utf-8"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


if __name__ == "__main__":
    for written in export():
        print(f"{written.name}: {written.stat().st_size:,} bytes")
